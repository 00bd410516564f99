"""Cut a text into paragraphs and sentences, with offsets.

Rules on punctuation and a list of abbreviations, after Kiss and Strunk's observation (2006, "Unsupervised
Multilingual Sentence Boundary Detection") that most false boundaries are abbreviations, initials and ordinals.
Nothing is changed in the text: every part is a span of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.article import Article, Paragraph, ParagraphKind, Sentence, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

# Always followed by a name or a number, so never the end of a sentence.
_TITLES = frozenset(
    "mr mrs ms mx dr prof rev fr sr sra hon pres gov lt col gen maj capt cmdr adm sgt cpl pvt pte sen rep st mt ft "
    "supt insp det msgr no nos vs fig figs vol pp ed eds cf art sec ch".split()
)
# May end a sentence: they do where a capital that opens a sentence follows.
_ABBREVIATIONS = frozenset(
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun inc ltd co corp "
    "jr sr bros llc plc etc al ave blvd rd dept est approx ca min max ala ariz ark calif colo conn del fla ga ill "
    "ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa penn tenn tex va vt wash wis wyo".split()
)
_CLOSERS = "\"'”’»›)]"
_OPENERS = "\"'“‘«‹„([¿¡—–-"
_END = re.compile(rf"(?P<mark>[.!?…。！？]+)(?P<close>[{re.escape(_CLOSERS)}]*)(?P<gap>\s+|$)")
_WORD_BEFORE = re.compile(r"[\w.'’-]*$")
_ITEM = re.compile(r"(?:[-*•·–—▪●]|\(?\d{1,2}[.)])\s+\S")
_HEADING_MARK = re.compile(r"#{1,6}\s+\S")
_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_HEADING_WORDS = 12


def segment(text: str, **metadata: object) -> Article:
    """Make an Article of a body of text; `metadata` are the Article's other fields."""
    paragraphs = tuple(_paragraphs(text))
    sentences = tuple(
        Sentence(span, index)
        for index, paragraph in enumerate(paragraphs)
        for span in sentence_spans(text, paragraph.span)
    )
    return Article(text, paragraphs, sentences, **metadata)  # type: ignore[arg-type]


def _paragraphs(text: str) -> Iterator[Paragraph]:
    for line in _LINE.finditer(text):
        span = trim(text, Span(*line.span()))
        if len(span):
            yield Paragraph(span, _kind(span.of(text)))


def _kind(line: str) -> ParagraphKind:
    if _HEADING_MARK.match(line):
        return ParagraphKind.HEADING
    if _ITEM.match(line):
        return ParagraphKind.ITEM
    ends = line.rstrip(_CLOSERS)[-1:]
    if ends not in ".!?…:;,。！？" and len(line.split()) <= _HEADING_WORDS:
        return ParagraphKind.HEADING
    return ParagraphKind.PROSE


def trim(text: str, span: Span) -> Span:
    """Leave out the white space at both ends of a span."""
    piece = span.of(text)
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start, max(start, span.start + len(piece.rstrip())))


def sentence_spans(text: str, within: Span) -> Iterator[Span]:
    """Cut one paragraph into its sentences, closing marks included."""
    start = within.start
    for match in _END.finditer(text, within.start, within.end):
        if not _ends_sentence(text, match, within):
            continue
        end = match.end("close")
        yield Span(start, end)
        start = min(match.end(), within.end)
    if start < within.end:
        yield trim(text, Span(start, within.end))


def _ends_sentence(text: str, match: re.Match[str], within: Span) -> bool:
    if match.end() >= within.end:
        return True
    rest = text[match.end() : min(match.end() + 40, within.end)]
    opener = rest.lstrip(_OPENERS + " ")
    following = opener[:1]
    if following.islower():
        return False
    mark = match["mark"]
    if mark != ".":
        # “Why?” He left. / “Why?” Smith asked: the second goes on, but a capital cannot tell; cut at both.
        return bool(following) and not (mark in {"…", "..."} and following.islower())
    found = _WORD_BEFORE.search(text, max(within.start, match.start() - 30), match.start())
    word = found.group() if found else ""
    return _full_stop_ends(word, rest, has_closer=bool(match["close"]))


def _full_stop_ends(word: str, rest: str, *, has_closer: bool) -> bool:
    """Decide on a full stop after `word`, where `rest` begins with a capital, a digit or a mark."""
    bare = word.lower().strip("'’-")
    if has_closer:
        return True
    if bare in _TITLES:
        return False
    if len(bare) == 1 and bare.isalpha():
        return bare == "i" and word == "I"
    if "." in bare and len(bare) <= 6:
        return _opens_sentence(rest)
    if bare in _ABBREVIATIONS:
        return _opens_sentence(rest)
    return True


_OPENING_WORDS = frozenset(
    "the a an he she it they we you i this that these those but and in on at for from with as if when while after "
    "before there his her its their our my no not so yet however what who why how to by".split()
)


def _opens_sentence(rest: str) -> bool:
    """Tell whether the next word is one that is capitalised only at the start of a sentence."""
    word = re.match(r"[\"'“‘«(\[]*([A-Za-z]+)", rest)
    return bool(word) and word[1].lower() in _OPENING_WORDS if word else False
