"""Sort reports into stories: the same events told by several outlets and posts make one.

Average-linkage clustering of the articles' vectors (Sokal and Michener 1958), in which the likeness of two reports is
the cosine of their vectors, raised where they share names. Ranked by how often, and how lively, a story came up.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from bot.story import Reasons
from bot.text.names import find_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bot.article import Article
    from bot.story import Report

SAME_STORY = 0.52
"""Likeness from which two groups of reports are one story; chosen by B-cubed F1, see benchmarks/clustering.py."""
NAMES_WEIGHT = 0.3
"""What shared names count against the cosine; chosen likewise."""
_TOLD_BEFORE = 0.74
"""Cosine from which a story was told before: of two reports so alike, one in three hundred tells another story."""
_WEIGHTS = {"posts": 1.0, "outlets": 1.5, "reactions": 0.5, "replies": 0.7, "new": 1.0}


def group(reports: Sequence[Report], same_story: float = SAME_STORY) -> list[list[Report]]:
    """Stories of one or more reports each; within a story the report nearest to the others comes first."""
    if not reports:
        return []
    alike = likeness(reports)
    return [_nearest_first(members, reports, alike) for members in clusters(alike, same_story)]


def likeness(reports: Sequence[Report], names_weight: float = NAMES_WEIGHT) -> NDArray[np.float64]:
    """How alike each two reports are, at most 1; a weight of 0 leaves the cosine of their vectors alone."""
    vectors = np.asarray([report.vector for report in reports], dtype=np.float64)
    names = [_names(report.article) for report in reports]
    shared = np.asarray([[_overlap(one, other) for other in names] for one in names])
    return (1 - names_weight) * (vectors @ vectors.T) + names_weight * shared


def _names(article: Article) -> frozenset[str]:
    return frozenset(name.full.split()[-1].lower() for name in find_names(article))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the smaller set (Szymkiewicz and Simpson): a short report names few of a long one's people."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def clusters(alike: NDArray[np.float64], threshold: float) -> list[list[int]]:
    """Join, nearest first, what is alike on average by `threshold` or more; each cluster as its reports' places."""
    found = [[index] for index in range(len(alike))]
    between = alike.copy()
    np.fill_diagonal(between, -math.inf)
    while len(found) > 1:
        first, second = divmod(int(between.argmax()), len(found))
        if between[first, second] < threshold:
            break
        first, second = min(first, second), max(first, second)
        merged = len(found[first]), len(found[second])
        row = (between[first] * merged[0] + between[second] * merged[1]) / sum(merged)
        between[first], between[:, first] = row, row
        between[first, first] = -math.inf
        between = np.delete(np.delete(between, second, axis=0), second, axis=1)
        found[first] += found.pop(second)
    return found


def _nearest_first(members: list[int], reports: Sequence[Report], alike: NDArray[np.float64]) -> list[Report]:
    central = alike[np.ix_(members, members)].sum(axis=1)
    order = sorted(range(len(members)), key=lambda at: (-central[at], members[at]))
    return [reports[members[at]] for at in order]


def why(story: Sequence[Report], told: Sequence[Sequence[float]]) -> Reasons:
    """What speaks for a story; `told` are the vectors of stories that were told before."""
    posts = [post for report in story for post in report.posts]
    lead = np.asarray(story[0].vector)
    is_new = all(float(lead @ np.asarray(vector)) < _TOLD_BEFORE for vector in told if len(vector) == len(lead))
    return Reasons(
        posts=len(posts),
        outlets=len({report.outlet.lower() for report in story}),
        reactions=sum(post.reactions for post in posts),
        replies=sum(post.replies for post in posts),
        is_new=is_new,
    )


def weight(reasons: Reasons) -> float:
    """How high a story stands: each count by its logarithm, so that one loud channel does not decide."""
    counted = {name: getattr(reasons, name) for name in ("posts", "outlets", "reactions", "replies")}
    return sum(_WEIGHTS[name] * math.log1p(count) for name, count in counted.items()) + (
        _WEIGHTS["new"] if reasons.is_new else 0.0
    )
