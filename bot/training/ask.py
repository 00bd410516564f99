"""Fit the scorers of `bot.core.ask`: which sentence answers a question, and whether any does.

    python -m bot.training.ask --data DIR --encoder FOLDER [--reader LAYERS]

DIR holds JSONL files of articles with questions: `id`, `set`, `article`, `qas`; each of these has `question`,
`answers` (as they stand in the article) and `answerable`. FOLDER holds the encoder's weights, LAYERS those of
`bot.training.reader`; without it, the scorers for the reader's marks are left out. The figures printed are held out:
the articles are split in five by the hash of their page, and each part is scored by weights that never saw it. Then
the weights of all are written beside `bot.core.ask`.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np
from safetensors.numpy import save_file

from bot import core
from bot.core.reading import mark
from bot.core.refusal import weigh
from bot.model.encoder import SentenceEncoder
from bot.model.reader import SpanReader
from bot.training.ask_cases import FOLDS, Case, cases
from bot.training.ask_report import report
from bot.training.fit import Choice, Plan, fit_choice, fit_probability

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from bot.core.ranker import Ranker
    from bot.model.base import Reader

_OUT = Path(core.__file__).with_name("ask.safetensors")
_THRESHOLD = 0.56
# A set of few, hard questions counts as much as one of many: by rows it would be lost.
_WEIGHT = {"newsqa": 1.0, "realtimeqa": 3.0, "squad2": 0.5}
_ARTICLE_WEIGHT = {"newsqa": 1.0, "realtimeqa": 6.0, "squad2": 0.5}
_SENTENCE = Plan(hidden=16, passes=30)
_MARKED_SENTENCE = Plan(hidden=4, passes=30, decay=1e-2)
_PENALTY = 100.0


@dataclass(frozen=True, slots=True)
class Weighed:
    """A question with the scores of its sentences and what speaks for an answer being there."""

    case: Case
    scores: NDArray[np.float32]
    row: NDArray[np.float32]

    @property
    def fold(self) -> int:
        """The case's fold."""
        return self.case.fold


class _Folded(Protocol):
    @property
    def fold(self) -> int: ...


_Row = TypeVar("_Row", bound=_Folded)


def held_out(
    group: Sequence[_Row], fit: Callable[[Sequence[_Row]], Ranker], rows: Callable[[_Row], NDArray[np.float32]]
) -> list[NDArray[np.float32]]:
    """Score each row by what `fit` makes of the other folds."""
    scorers = [fit([one for one in group if one.fold != fold]) for fold in range(FOLDS)]
    return [scorers[one.fold].score(rows(one)) for one in group]


def fit_sentence(group: Sequence[Case], plan: Plan) -> Ranker:
    """Fit the scorer of sentences on the answerable questions."""
    choices = [Choice(case.columns, case.right, _WEIGHT[case.source]) for case in group if case.answerable]
    return fit_choice(choices, plan)


def fit_article(group: Sequence[Weighed]) -> Ranker:
    """Fit the probability that the article answers."""
    rows = np.stack([weighed.row for weighed in group])
    right = np.array([weighed.case.answerable for weighed in group])
    weights = np.array([_ARTICLE_WEIGHT[weighed.case.source] for weighed in group], dtype=np.float32)
    return fit_probability(rows, right, weights, _PENALTY)


def with_marks(case: Case, scores: NDArray[np.float32], reader: Reader) -> Case:
    """Add what the reader marks, where it reads by `scores`."""
    marked = mark(case.survey, case.question.text, scores, reader)
    return replace(case, marked=marked)


def weighed_by(case: Case, scores: NDArray[np.float32]) -> Weighed:
    """Weigh a question whose sentences have `scores`."""
    row = weigh(case.survey, case.question, case.rows, scores)
    if case.marked is not None:
        row = np.concatenate([row, case.marked.sum_up(int(np.argmax(scores)))])
    return Weighed(case, scores, row)


def fit_stage(
    name: str, group: Sequence[Case], plan: Plan
) -> tuple[dict[str, NDArray[np.float32]], list[NDArray[np.float32]]]:
    """Fit both scorers, print their held-out figures; gives the tensors and the sentences' held-out scores."""
    fit = partial(fit_sentence, plan=plan)
    scores = held_out(group, fit, lambda case: case.columns)
    weighed = [weighed_by(case, given) for case, given in zip(group, scores, strict=True)]
    logits = np.concatenate(held_out(weighed, fit_article, lambda one: one.row[None]))
    for line in report(group, scores, 1 / (1 + np.exp(-logits)), _THRESHOLD):
        print(f"{name}: {line}", flush=True)  # noqa: T201  a command's output
    tensors = fit(group).tensors(f"{name}.sentence") | fit_article(weighed).tensors(f"{name}.article")
    return tensors | {f"{name}.threshold": np.array([_THRESHOLD], dtype=np.float32)}, scores


def main() -> None:
    """Print the held-out figures, then fit on everything and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="a folder of JSONL files of articles with questions")
    parser.add_argument("--encoder", type=Path, required=True, help="the folder of the encoder's weights")
    parser.add_argument("--reader", type=Path, help="the reader's layers")
    parser.add_argument("--out", type=Path, default=_OUT)
    arguments = parser.parse_args()
    group = list(cases(arguments.data, SentenceEncoder(arguments.encoder, "encoder")))
    tensors, scores = fit_stage("plain", group, _SENTENCE)
    if arguments.reader:
        reader = SpanReader(arguments.encoder, arguments.reader)
        pairs = zip(group, scores, strict=True)
        marked = [with_marks(case, given, reader) for case, given in pairs if case.is_new_to_reader]
        tensors |= fit_stage("read", marked, _MARKED_SENTENCE)[0]
    save_file(tensors, arguments.out)


if __name__ == "__main__":
    main()
