"""Make foreign text harmless in Discord: it shows as it stands, and styles, links, pings and commands nothing.

Discord takes a backslash before a punctuation mark out again when it shows the text, so escaped words still read,
and copy, as the article's own.
"""

from __future__ import annotations

import re
import unicodedata

# Marks of Discord's Markdown wherever they stand; "<" opens mentions, timestamps, emoji and slash commands.
_MARKS = re.compile(r"([\\*_~`|<\[\]@])")
# A heading, list, quotation or small print is one only at the start of a line.
_LINE_MARKS = re.compile(r"^(\s*)([#>+-]|\d+(?=[.)]))", re.MULTILINE)
_SCHEME = re.compile(r"(?<=[A-Za-z]):(?=//)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]")
_MOST_MARKS_A_LETTER = 4
"""Vietnamese needs two, pointed Hebrew and vocalised Arabic three; more is decoration ("zalgo")."""
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


def escape(text: str) -> str:
    """Escape text that may run over several lines.

    A single mark may become two characters, so sizes are to be taken after this.
    """
    shown = _CONTROL.sub("", _thinned(text))
    shown = _MARKS.sub(r"\\\1", shown)
    shown = _LINE_MARKS.sub(_escape_line_mark, shown)
    return isolated(_SCHEME.sub(r"\\:", shown))


def _escape_line_mark(match: re.Match[str]) -> str:
    space, mark = match.groups()
    # A backslash before a digit would be shown: a numbered line gets a word joiner, which has no width, instead.
    return f"{space}\u2060{mark}" if mark.isdigit() else f"{space}\\{mark}"


def inline(text: str) -> str:
    """Escape text that is to stand in one line: white space is folded."""
    return escape(" ".join(text.split()))


def bare(text: str) -> str:
    """Clean text for places where Discord shows no Markdown (button labels, modal titles, thread names)."""
    return " ".join(_CONTROL.sub("", _thinned(text)).split())


def _thinned(text: str) -> str:
    """Drop the combining marks beyond what any script needs."""
    if text.isascii():
        return text
    kept, run = [], 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run <= _MOST_MARKS_A_LETTER:
            kept.append(character)
    return "".join(kept)


def isolated(text: str) -> str:
    """Keep right-to-left words from turning the line around them."""
    if any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text):
        return "\n".join(f"{_ISOLATE}{line}{_END_ISOLATE}" if line else line for line in text.split("\n"))
    return text
