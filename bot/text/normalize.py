"""Give text one form before anything else reads it: the only place where characters are changed.

Offsets count in the text that comes out. What a reader does not see (controls, zero-width and bidi marks, soft
hyphens, private-use icons, the tag characters that can smuggle words) goes; what a reader sees alike becomes alike
(kinds of space, line ends, composed accents, the Latin ligatures of PDF fonts). Quotation marks, dashes and
full-width forms stay: they are the article's own words. Canonical composition is that of UAX #15.
"""

from __future__ import annotations

import re
import unicodedata

# The longest run of combining marks that UAX #15 calls stream-safe; longer ones make composition quadratic.
_MOST_MARKS = 30

_LINE_ENDS = dict.fromkeys((0x0B, 0x0C, 0x85, 0x2028, 0x2029), "\n")
_SPACES = dict.fromkeys((0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " ")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_UNSEEN = dict.fromkeys(
    (
        *(code for code in range(0x20) if code not in {0x09, 0x0A, 0x0B, 0x0C, 0x0D}),
        *range(0x7F, 0x85),
        *range(0x86, 0xA0),
        *(0xAD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x200B, 0x200E, 0x200F, 0x3164, 0xFEFF, 0xFFA0),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFFF0, 0xFFFD),
    )
)
_TABLE = {**_UNSEEN, **_LINE_ENDS, **_SPACES, **_LIGATURES}

_BEYOND_TABLE = re.compile("[\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Joiners shape Persian, Indic and emoji sequences; after Latin letters and spaces they only hide.
_IDLE_JOINER = re.compile("(?<![\u0300-\U0010ffff])[\u200c\u200d]+")
_SPACE_RUN = re.compile(" {2,}")
_SPACE_AT_LINE_END = re.compile(" ?\n ?")
_BLANK_LINES = re.compile("\n{3,}")


def normalize(text: str) -> str:
    """Normalise `text`; normalising twice changes nothing more.

    Runs of spaces become one, lines lose the space around them, blank lines come singly, lone surrogates become
    U+FFFD. A text with nothing to see in it becomes "".
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_TABLE)
    if not text.isascii():
        text = _compose(text)
    text = _SPACE_RUN.sub(" ", text)
    text = _SPACE_AT_LINE_END.sub("\n", text)
    return _BLANK_LINES.sub("\n\n", text).strip(" \n")


def _compose(text: str) -> str:
    text = _SURROGATE.sub("\ufffd", _BEYOND_TABLE.sub("", text))
    text = _IDLE_JOINER.sub("", text)
    return unicodedata.normalize("NFC", _cap_marks(text))


def _cap_marks(text: str) -> str:
    """Cut every run of combining marks to the stream-safe length."""
    kept: list[str] = []
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run <= _MOST_MARKS:
            kept.append(character)
    return text if len(kept) == len(text) else "".join(kept)
