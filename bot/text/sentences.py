"""Cut one paragraph into its sentences, with offsets.

A closing mark ends a sentence unless what stands before it (an abbreviation, an initial, an ordinal) or after it
(a word in lower case, the tag of a quotation, the rest of a bracket) says otherwise. That most false boundaries are
abbreviations, initials and ordinals was shown by Kiss and Strunk (2006, "Unsupervised Multilingual Sentence Boundary
Detection"); the lists here are of newspapers' English. Marks of scripts without case or without spaces (CJK,
Devanagari, Arabic) end a sentence by themselves. Knows nothing of paragraphs or of what a sentence is worth.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.article import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

# A name follows: never the end of a sentence.
_TITLES = frozenset(
    "mr mrs ms mx messrs dr prof rev hon pres gov lt col gen maj capt cmdr cpt adm sgt cpl pvt sen sens rep reps supt "
    "insp det msgr mgr atty vs cf eg ie mme mlle".split()
)
# A number follows where they are abbreviations: "No. 5", but "He said no. Then".
_BEFORE_NUMBERS = frozenset(
    "no nos fig figs vol vols pp p ch sec art eq para jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
# They end a sentence where a word follows that is capitalised only at the start of one.
_ABBREVIATIONS = frozenset(
    "st mt ft sr jr bros inc ltd co corp llc plc al ave blvd rd hwy dept est approx ca assn univ intl natl "
    "ala ariz ark calif colo conn del fla ga ill ind kan ky md mass mich minn miss mont neb nev okla ore pa penn tenn "
    "tex vt wash wis wyo".split()
)
_DAYS = frozenset("mon tue tues wed thu thur thurs fri sat sun".split())
# In lower case, the others are words: "he was ill.", "a sec."
_LOWER_CASE = frozenset(
    "vs cf eg ie no nos fig figs vol vols pp p para approx ca est dept al mr mrs ms dr prof".split()
)
_OPENING_WORDS = frozenset(
    "the a an he she it they we you this that these those but and or in on at for from with without as if when while "
    "after before there his her its their our your my no not so yet however what who why how where which to by of "
    "since although though because despite during until meanwhile many most some several few one two three all both "
    "each every such still even once under over also now then here according another other nobody everyone more "
    "less instead later last earlier nor among about against between within whether mr mrs ms dr police i is was were "
    "are do does did can could will would should let".split()
)
_AFTER_CLOCK = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday jan feb march april may june july aug sept oct nov dec "
    "january february august september october november december today tomorrow eastern central pacific mountain "
    "est edt et cst cdt ct mst mdt pst pdt pt gmt bst utc cet ist".split()
)
_STANDALONE = "。！？｡．؟۔।॥։።။។"
_MARKS = ".!?…‽" + _STANDALONE
_CLOSERS = "\"'”’»›)]}」』】》〉）］*_"
_OPENERS = "\"'“‘«‹„‚([{¿¡—–-*_#「『（《 \u00a0"
_QUOTES = frozenset("\"'“”’»›")
_END = re.compile(
    rf"(?<![{re.escape(_MARKS)}])(?P<mark>(?:\.[ \u00a0]){{2,}}\.+|[{re.escape(_MARKS)}]++)"
    rf"(?P<close>[{re.escape(_CLOSERS)}]*+(?:[ \u00a0\u202f]?»|“(?=\s|\Z))?(?:\[\d{{1,3}}\])*+"
    r"(?: ?[\u2600-\u27bf\U0001f000-\U0001faff\ufe0f\u200d]++)?)"
)
_GAP = re.compile(r"\s*+")
_LETTER = re.compile(r"\w")
_WORD_BEFORE = re.compile(r"[\w.'’-]*\Z")
_WORD_AFTER = re.compile(r"[\"'“‘«([*_ ]*([^\W\d_]+)(\.?)")
_SINGLE_STRAIGHT = re.compile(r"(?<!\w)['\"]|['\"](?!\w)")
_TAG = re.compile(
    r"(?!(?:He|She|They|We|It|You)\b)"
    r"(?:[A-Z][\w.'’-]*,?\s+|(?:de|da|di|la|le|van|von|der|den|el|al|bin|ibn|of|the)\s+){1,6}"
    r"(?:then |also |later |once |has |had )?"
    r"(?:said|says|asked|asks|added|adds|replied|replies|wrote|writes|tweeted|posted|shouted|yelled|cried|exclaimed|"
    r"wondered|recalled|recalls|continued|continues|concluded|joked|quipped|told|explained|explains|demanded|answered|"
    r"responded|insisted|declared|screamed|remarked|noted|muttered|whispered|inquired|enquired)\b"
    r"(?!\s+(?:that|he|she|it|they|we|I|there|no|not|whether|if)\b)"
)
_DOTTED_PART = 3
_LOOK_BACK = 30
_LOOK_AHEAD = 90
_BRACKET_REACH = 300


def trim(text: str, span: Span) -> Span:
    """Leave out the white space at both ends of a span."""
    piece = span.of(text)
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start, max(start, span.start + len(piece.rstrip())))


def sentence_spans(text: str, within: Span) -> Iterator[Span]:
    """Cut one paragraph into its sentences, closing marks included, the white space between them left out."""
    paragraph = trim(text, within)
    held: Span | None = None
    for start, end in _cuts(paragraph.of(text)):
        span = Span(paragraph.start + start, paragraph.start + end)
        if held and not _LETTER.search(text, span.start, span.end):
            held = Span(held.start, span.end)
            continue
        if held:
            yield held
        held = span
    if held:
        yield held


def _cuts(piece: str) -> Iterator[tuple[int, int]]:
    """Cut at every mark that ends a sentence; a piece may be marks alone."""
    cased = piece != piece.lower()
    detached = _detached_closers(piece)
    start = 0
    for match in _END.finditer(piece):
        end = match.end()
        if end + 1 in detached:
            end += 2
        if end > start and _Boundary(piece, match, start, end, cased=cased).ends_sentence():
            yield start, end
            start = _after_gap(piece, end)
    if start < len(piece):
        yield start, len(piece)


def _after_gap(piece: str, end: int) -> int:
    gap = _GAP.match(piece, end)
    return gap.end() if gap else end


def _detached_closers(piece: str) -> frozenset[int]:
    """Find the straight quotation marks with a space on both sides that close: tokenised text writes them so."""
    closing: set[int] = set()
    is_open = {"'": False, '"': False}
    for match in _SINGLE_STRAIGHT.finditer(piece):
        at, mark = match.start(), match.group()
        before, after = piece[at - 1 : at].strip(), piece[at + 1 : at + 2].strip()
        if not before and not after:
            if is_open[mark]:
                closing.add(at)
            is_open[mark] = not is_open[mark]
        elif not before:
            is_open[mark] = True
        elif before in ".,!?…":
            is_open[mark] = False
    return frozenset(closing)


@dataclass(frozen=True, slots=True)
class _Boundary:
    """A closing mark in a paragraph, where `start` begins the sentence and `end` is behind the closing quotes."""

    piece: str
    match: re.Match[str]
    start: int
    end: int
    cased: bool

    def ends_sentence(self) -> bool:
        after = _after_gap(self.piece, self.end)
        if after >= len(self.piece):
            return True
        rest = self.piece[after : after + _LOOK_AHEAD]
        if self.match["mark"][-1] in _STANDALONE:
            return rest[0] not in "とっ、，,；："
        if after == self.end:
            return self._is_glued(rest)
        if self._goes_on(rest) or self._in_bracket():
            return False
        if _QUOTES.intersection(self.piece[self.match.end("mark") : self.end]):
            return not _TAG.match(rest)
        return self._mark_ends(rest)

    def _goes_on(self, rest: str) -> bool:
        """Tell whether what follows cannot open a sentence: a comma, a word in lower case (but not "iPhone")."""
        first = rest.lstrip(_OPENERS)[:2]
        if not first:
            return False
        return first[0] in ",;:" or (self.cased and first[0].islower() and not first[1:].isupper())

    def _in_bracket(self) -> bool:
        """Tell whether the mark stands in a bracket that was opened within the sentence."""
        opened = self.piece.rfind("(", max(self.start, self.end - _BRACKET_REACH), self.end)
        if opened <= self.start or self.piece.rfind(")", opened, self.end) >= 0:
            return False
        return self.piece.find(")", self.end, self.end + _BRACKET_REACH) >= 0

    def _is_glued(self, rest: str) -> bool:
        """Tell whether a sentence follows without a space: "was lost.The", "he said.”Then"."""
        word = _WORD_AFTER.match(rest)
        if not word or not word[1][0].isupper():
            return False
        if self.match["close"].endswith(("”", "»")):
            return True
        before = self.piece[max(0, self.match.start() - 3) : self.match.start()]
        return self.match["mark"] == "." and before.isalpha() and before.islower() and _opens_sentence(rest)

    def _mark_ends(self, rest: str) -> bool:
        mark = self.match["mark"]
        if mark == ".":
            return bool(self.match["close"]) or self._full_stop_ends(rest)
        is_ellipsis = "…" in mark or ".." in mark or ". ." in mark
        stands_apart = self.piece[self.match.start() - 1 : self.match.start()].isspace()
        return not (is_ellipsis and stands_apart) or _opens_sentence(rest)

    def _full_stop_ends(self, rest: str) -> bool:
        at = self.match.start()
        found = _WORD_BEFORE.search(self.piece, max(self.start, at - _LOOK_BACK), at)
        word = found.group().rpartition("-")[2].strip("'’.") if found else ""
        if not word:
            return not (self.piece[max(0, at - 2) : at].strip().isdigit() and rest[0].isdigit())
        if word.replace(".", "").isdigit():
            return at - len(word) > self.start
        if len(word) == 1:
            return _initial_ends(word, rest)
        if "." in word:
            return _dotted_ends(word, rest)
        return _abbreviation_ends(word, rest)


def _initial_ends(letter: str, rest: str) -> bool:
    """Decide on one letter and a full stop: an initial ("J. R. R."), or the end of "Plan B"."""
    if letter == "I":
        return not re.match(r"[A-Z]\.", rest)
    return _opens_sentence(rest)


def _dotted_ends(word: str, rest: str) -> bool:
    """Decide on "U.S.", "p.m.", "Ph.D."; a longer word is an address and ends like any other."""
    if max(map(len, word.split("."))) > _DOTTED_PART:
        return True
    if word.lower() in {"a.m", "p.m"}:
        return not rest[0].isdigit() and _word_after(rest) not in _AFTER_CLOCK
    return _opens_sentence(rest)


def _abbreviation_ends(word: str, rest: str) -> bool:
    bare = word.lower()
    if word[0].islower() and bare not in _LOWER_CASE:
        return True
    if bare in _TITLES:
        return False
    if bare in _BEFORE_NUMBERS:
        return not rest[0].isdigit()
    if bare in _DAYS:
        return not rest[0].isdigit() and _word_after(rest) not in _AFTER_CLOCK
    return bare not in _ABBREVIATIONS or _opens_sentence(rest)


def _word_after(rest: str) -> str:
    word = _WORD_AFTER.match(rest)
    return word[1].lower() if word else ""


def _opens_sentence(rest: str) -> bool:
    """Tell whether the next word is one that is capitalised only at the start of a sentence."""
    word = _WORD_AFTER.match(rest)
    if not word or (len(word[1]) == 1 and word[2]):
        return False
    return word[1].lower() in _OPENING_WORDS
