"""Runs of capitalised words: the raw material of names.

A run is words that stand together as one name might: "Prime Minister Theresa May", "the Department of Justice",
"Ursula von der Leyen". Titles in front are told from the name; what opens a sentence with a capital by grammar
alone is left out. Whether a run is a person or an organisation, and which runs are the same, is not known here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.article import Article, Span
from bot.text import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]\w*(?:[-’'&][^\W_]+)*")
_POSSESSIVE = re.compile(r"[’']s$")
_PARTICLES = frozenset("de la van von der den del della da dos di bin ibn al el ben le du y ter ten zu".split())
_JOINING = frozenset("of for on in".split())
_CONTRACTION = re.compile(r"[’'](?:re|m|ll|d|ve|t)$")
_BREAK = re.compile(r"[\"“‘«„:–—…]")
_PARTY_TAG = re.compile(r"[DRI]-\w+")
_LONGEST = 8
_SMALL = frozenset(
    "a an the and or but nor for of in on at to by as if is with from over into about after amid than that this when "
    "your upon vs via per not".split()
)
_HEADLINE = 4
_MOST_ROLES = 3
_MONTH_NAMES = frozenset({"Will", "May", "April", "June", "August", "Mark"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text, without a possessive ending; `text[span]` is `form`."""

    form: str
    span: Span
    possessive: bool = False

    @property
    def lower(self) -> str:
        """The form in lower case, for the word lists."""
        return self.form.lower()

    @property
    def capital(self) -> bool:
        """Tell whether the word begins with a capital."""
        return self.form[0].isupper()


@dataclass(frozen=True, slots=True)
class Run:
    """Words that may be a name; `titles` stood before them, and `opens` tells that the first opens a sentence."""

    words: tuple[Word, ...]
    titles: tuple[str, ...]
    opens: bool
    article: bool
    """The word "the" stands before it."""

    @property
    def span(self) -> Span:
        """The name's span, titles left out."""
        return Span(self.words[0].span.start, self.words[-1].span.end)


def words_of(text: str, within: Span) -> Iterator[Word]:
    """Cut a stretch of text into words; initials and abbreviated titles keep their full stop."""
    for match in _WORD.finditer(text, within.start, within.end):
        start, end = match.span()
        form = match.group()
        possessive = _POSSESSIVE.search(form)
        if possessive:
            end -= 2
            form = form[:-2]
        elif text[end : end + 1] == "." and _takes_stop(form):
            end += 1
            form = text[start:end]
        yield Word(form, Span(start, end), possessive is not None)


def _takes_stop(form: str) -> bool:
    return (len(form) == 1 and form.isupper()) or form.lower() in lexicon.TITLES or form in {"Jr", "Sr", "St"}


def runs(article: Article) -> Iterator[Run]:
    """Find the runs of an article, in order; lines set in title case (headlines) give none."""
    for sentence in article.sentences:
        words = list(words_of(article.text, sentence.span))
        if not _is_title_case(words):
            yield from _sentence_runs(article.text, words)


def _is_title_case(words: Sequence[Word]) -> bool:
    content = [word for word in words if word.lower not in _SMALL]
    return len(content) >= _HEADLINE and all(word.capital for word in content)


def _sentence_runs(text: str, words: Sequence[Word]) -> Iterator[Run]:
    index = 0
    while index < len(words):
        stop = _run_end(text, words, index)
        if stop > index:
            yield from _name_runs(text, words, index, stop)
        index = max(stop, index + 1)


def _adjoins(text: str, left: Word, right: Word) -> bool:
    if left.possessive:
        return False
    gap = text[left.span.end : right.span.start]
    return gap in {" ", "\u00a0"} or (gap == ", " and right.form in {"Jr.", "Sr."})


def _run_end(text: str, words: Sequence[Word], start: int) -> int:
    """The index after the last word of the run that begins at `start`; `start` itself where there is none."""
    if not words[start].capital:
        return start
    end = start + 1
    while end < min(len(words), start + _LONGEST) and _adjoins(text, words[end - 1], words[end]):
        if words[end].capital:
            end += 1
            continue
        after = _bridge(text, words, start, end)
        if after == end:
            break
        end = after
    return end


def _bridge(text: str, words: Sequence[Word], start: int, at: int) -> int:
    """Step over the small words inside a name ("von der", "of the"); `at` where they do not belong to it."""
    form = words[at].lower
    named_of = form in _JOINING and words[at - 1].lower in lexicon.NAMED_OF
    listed = form in {"and", "&"} and any(word.lower in _JOINING for word in words[start:at])
    particle = form in _PARTICLES or form.startswith("al-")
    if not (named_of or listed or particle):
        return at
    after = at + 1
    while after < len(words) and words[after].lower in _PARTICLES | {"the"} and after < at + 3:
        after += 1
    joined = after < len(words) and all(_adjoins(text, words[i], words[i + 1]) for i in range(at, after))
    if joined and words[after].capital and words[after].lower not in lexicon.TIME_WORDS:
        return after + 1
    return after if form.startswith("al-") else at


def _name_runs(text: str, words: Sequence[Word], start: int, stop: int) -> Iterator[Run]:
    """Make runs of `words[start:stop]`: drop the opener, split what stands before a title from what follows."""
    opens = start == 0 or _BREAK.search(text, words[start - 1].span.end, words[start].span.start) is not None
    article = start > 0 and words[start - 1].lower == "the"
    while start < stop and _is_opener(words[start]) and (opens or not _keeps(words, start, stop)):
        article = words[start].lower == "the"
        start += 1
    while stop > start and words[stop - 1].lower in lexicon.TIME_WORDS and not _is_surname(words, start, stop - 1):
        stop -= 1
    if start == stop or _PARTY_TAG.fullmatch(words[start].form) or _is_portfolio(words, start, stop):
        return
    cut, name = _title_cut(words, start, stop)
    if cut > start and any(word.lower not in lexicon.DEMONYMS for word in words[start:cut]):
        yield Run(tuple(words[start:cut]), (), opens, article)
    titles = tuple(word.lower.rstrip(".") for word in words[cut:name])
    before = _roles_before(words, start) if cut == start else ()
    if name < stop:
        yield Run(tuple(words[name:stop]), before + titles, opens and name == 0, article)


def _is_portfolio(words: Sequence[Word], start: int, stop: int) -> bool:
    """Tell the "State" of "the secretary of State"."""
    return stop == start + 1 and start > 1 and words[start - 1].lower == "of" and words[start - 2].lower == "secretary"


def _is_opener(word: Word) -> bool:
    return word.lower in lexicon.OPENERS or _CONTRACTION.search(word.form) is not None


def _keeps(words: Sequence[Word], start: int, stop: int) -> bool:
    """Tell whether an opener or a month is the first name that a name goes on from ("Will Smith", "April Ryan")."""
    return start > 0 and stop == start + 2 and words[start].form in _MONTH_NAMES


def _is_surname(words: Sequence[Word], start: int, index: int) -> bool:
    """Tell "Theresa May" and "Mrs. May" from "Tuesday" and "in May"."""
    before = words[index - 1] if index > start else None
    named = before and (
        lexicon.first_name_gender(before.form) is not None or before.lower.rstrip(".") in lexicon.TITLES
    )
    return words[index].form in _MONTH_NAMES and bool(named)


def _title_cut(words: Sequence[Word], start: int, stop: int) -> tuple[int, int]:
    """Where the titles begin and where the name after them begins; both `start` where there is no title."""
    forms = [word.lower.rstrip(".") for word in words[start:stop]]
    titles = [i for i, form in enumerate(forms) if form in lexicon.TITLES]
    if not titles:
        return start, _person_start(words, start, stop)
    first, last = titles[0], titles[-1]
    name = last + 1
    if name < len(forms) and forms[name] in {"of", "for"}:
        name += 2
    rest = forms[name:]
    if not rest or any(form in lexicon.ORGANISATIONS for form in rest):
        return start, start
    return start + first, start + name


def _person_start(words: Sequence[Word], start: int, stop: int) -> int:
    """Step over an adjective before a full name: "Democrat Hillary Clinton", "Russian Vladimir Putin"."""
    for i in range(start + 1, stop - 1):
        before = all(word.lower in lexicon.DEMONYMS for word in words[start:i])
        if before and lexicon.first_name_gender(words[i].form) is not None:
            return i
    return start


def _roles_before(words: Sequence[Word], start: int) -> tuple[str, ...]:
    """The lower-case role that stands right before a name: "former president Ma Ying-jeou"."""
    found: list[str] = []
    index = start - 1
    while (
        index >= 0 and words[index].lower in lexicon.PEOPLE and not words[index].possessive and len(found) < _MOST_ROLES
    ):
        if words[index + 1].span.start - words[index].span.end > 1:
            break
        found.append(words[index].lower)
        index -= 1
    return tuple(reversed(found))


def shorten(run: Run, count: int) -> Run:
    """The run without its first `count` words."""
    return replace(run, words=run.words[count:])
