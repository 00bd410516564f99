"""What reports of one story say differently: figures that count the same, and names of one person spelt in two ways."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from difflib import SequenceMatcher
from itertools import combinations, product
from typing import TYPE_CHECKING

from bot.story import Claim, Disagreement
from bot.text.figures import Figure, find_figures
from bot.text.names import Name, NameKind, find_names
from bot.text.tokens import content_stems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.article import Article
    from bot.story import Report

_MOST = 3
_FEWEST_SHARED, _SHARE = 3, 0.5
"""Content words, besides the general ones, that two sentences must share to be about the same count, and their share of
the shorter sentence's; chosen by benchmarks/disagreements.py, where silence is better than a false accusation."""
_LONG_WORD, _SPELT_ALIKE = 4, 0.75
_GENERAL = content_stems(
    "people person men women killed dead died injured hurt wounded said says told police officials"
)


def find_disagreements(reports: Sequence[Report]) -> tuple[Disagreement, ...]:
    """At most three disagreements between outlets, the most widely reported first."""
    latest = list(_one_an_outlet(reports))
    found = [*_figures_apart(latest), *_names_apart(latest)]
    return tuple(sorted(found, key=lambda one: -len(one.claims))[:_MOST])


def _figures_apart(reports: Sequence[Report]) -> list[Disagreement]:
    by_count: dict[tuple[str, str], list[tuple[Report, Figure]]] = defaultdict(list)
    for report in reports:
        for figure in find_figures(report.article):
            by_count[figure.counts, figure.unit].append((report, figure))
    return [Disagreement(counts, claims) for (counts, _), said in by_count.items() if (claims := _conflict(said))]


def _names_apart(reports: Sequence[Report]) -> Iterator[Disagreement]:
    """Full names of people that two outlets spell in two ways, neither having the other's way."""
    named = [(report, _people(report.article)) for report in reports]
    for (one, here), (other, there) in combinations(named, 2):
        for mine, theirs in product(here, there):
            if _is_spelt_apart(mine.full, theirs.full) and not (
                theirs.full in one.article.text or mine.full in other.article.text
            ):
                yield Disagreement("name", (_name_claim(one, mine), _name_claim(other, theirs)))


def _people(article: Article) -> list[Name]:
    return [name for name in find_names(article) if name.kind is NameKind.PERSON and " " in name.full]


def _is_spelt_apart(one: str, two: str) -> bool:
    """Tell whether one word of a name differs by a letter or so; its first letter stands, or it is somebody else."""
    mine, theirs = one.replace("-", "").split(), two.replace("-", "").split()
    if len(mine) != len(theirs):
        return False
    ((left, right), *more) = [pair for pair in zip(mine, theirs, strict=True) if pair[0] != pair[1]] or [("", "")]
    longest = max(len(left), len(right))
    return not more and longest >= _LONG_WORD and left[0] == right[0] and _likeness(left, right) >= _SPELT_ALIKE


def _likeness(left: str, right: str) -> float:
    return SequenceMatcher(None, left.lower(), right.lower(), autojunk=False).ratio()


def _name_claim(report: Report, name: Name) -> Claim:
    article = report.article
    at = bisect_right(article.sentences, name.span.start, key=lambda sentence: sentence.span.start) - 1
    return Claim(name.full, report.outlet, article.sentences[max(0, at)].paragraph + 1)


def _one_an_outlet(reports: Sequence[Report]) -> Iterator[Report]:
    """The newest report of each outlet: an update is no disagreement."""
    newest: dict[str, Report] = {}
    for report in reports:
        known = newest.get(report.outlet.lower())
        if known is None or report.seen > known.seen:
            newest[report.outlet.lower()] = report
    yield from newest.values()


def _conflict(said: Sequence[tuple[Report, Figure]]) -> tuple[Claim, ...]:
    """The first figure of each outlet where those that are about the same differ; nothing where they agree."""
    values: dict[str, set[float]] = defaultdict(set)
    for report, figure in said:
        values[report.outlet.lower()].add(figure.value)
    claims: dict[str, tuple[float, Claim]] = {}
    for index, (report, figure) in enumerate(said):
        for other, against in said[index + 1 :]:
            names = report.outlet.lower(), other.outlet.lower()
            # An outlet that has both figures tells two counts, not another count.
            apart = names[0] != names[1] and not values[names[0]] & values[names[1]]
            if apart and not figure.bound and not against.bound and same_subject(report, figure, other, against):
                claims.setdefault(names[0], (figure.value, _claim(report, figure)))
                claims.setdefault(names[1], (against.value, _claim(other, against)))
    return tuple(claim for _, claim in claims.values()) if len({value for value, _ in claims.values()}) > 1 else ()


def same_subject(report: Report, figure: Figure, other: Report, against: Figure) -> bool:
    """Tell whether two figures that count the same kind of thing are about the same instance of it."""
    one, two = _subject(report.article, figure), _subject(other.article, against)
    return len(one & two) >= max(_FEWEST_SHARED, _SHARE * min(len(one), len(two)))


def _subject(article: Article, figure: Figure) -> frozenset[str]:
    return content_stems(article.sentence_text(figure.sentence)) - _GENERAL - {figure.counts}


def _claim(report: Report, figure: Figure) -> Claim:
    paragraph = report.article.sentences[figure.sentence].paragraph + 1
    return Claim(figure.span.of(report.article.text), report.outlet, paragraph)
