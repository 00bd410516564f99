"""Fit the scorers of `bot.core.ask`: which sentence answers a question, and whether any does.

    python -m bot.training.ask --data DIR

DIR holds JSONL files of articles with questions: `id`, `set`, `article`, `qas`; each of these has `question`,
`answers` (as they stand in the article) and `answerable`. The figures printed are held out: the articles are split in
five by the hash of their group, and each part is scored by weights that never saw it. Then the weights of all are
written beside `bot.core.ask`.
"""

from __future__ import annotations

import argparse
import json
import re
import string
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from zlib import crc32

import numpy as np
from safetensors.numpy import save_file

from bot import core
from bot.core.refusal import weigh
from bot.core.retrieval import measure
from bot.core.survey import survey
from bot.model.encoder import SentenceEncoder
from bot.text.question import read_question
from bot.text.segment import segment
from bot.training.fit import Choice, Plan, fit_choice, fit_probability

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from bot.core.ranker import Ranker
    from bot.core.survey import Survey
    from bot.model.base import Encoder
    from bot.text.question import Question

_FOLDS = 5
_THRESHOLD = 0.5
_OUT = Path(core.__file__).with_name("ask.safetensors")
# A set of few, hard questions counts as much as one of many: by rows it would be lost.
_WEIGHT = {"newsqa": 1.0, "realtimeqa": 3.0, "squad2": 0.5}
_SENTENCE = Plan(hidden=16, passes=30)
_ARTICLE = Plan(hidden=8, passes=20, decay=1e-2)
_MARKS = str.maketrans(dict.fromkeys(string.punctuation + "“”‘’", " "))


@dataclass(slots=True)
class Case:
    """One question of one article, measured; `right` tells the sentences that hold a right answer."""

    source: str
    fold: int
    survey: Survey
    question: Question
    rows: NDArray[np.float32]
    right: NDArray[np.bool_]
    answerable: bool


def cases(folder: Path, encoder: Encoder) -> Iterator[Case]:
    """Read and measure every question of the JSONL files of `folder`."""
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                yield from _measured(record, encoder)


def _measured(record: dict[str, Any], encoder: Encoder) -> Iterator[Case]:
    article = segment(record["article"])
    if not article.sentences:
        return
    surveyed = survey(article, encoder)
    said = [_normal(article.sentence_text(index)) for index in range(len(article.sentences))]
    vectors = encoder.encode([asked["question"] for asked in record["qas"]])
    for asked, vector in zip(record["qas"], vectors, strict=True):
        question = read_question(asked["question"])
        golds = [_normal(answer) for answer in asked["answers"]]
        right = np.array([any(gold.strip() and gold in words for gold in golds) for words in said])
        rows = measure(surveyed, question, vector)
        yield Case(record["set"], _fold(record), surveyed, question, rows, right, asked["answerable"])


def _fold(record: dict[str, Any]) -> int:
    """Keep what was cut from one page in one fold: "squad2:Page:0" and "squad2:Page:1"."""
    return crc32(":".join(record["id"].split(":")[:2]).encode()) % _FOLDS


def _normal(text: str) -> str:
    """Pad with blanks and normalise as SQuAD does, so that `in` compares whole words."""
    words = re.sub(r"\b(?:a|an|the)\b", " ", text.lower().translate(_MARKS)).split()
    return f" {' '.join(words)} "


def fit_sentence(group: Sequence[Case]) -> Ranker:
    """Fit the scorer of sentences on the answerable questions."""
    return fit_choice(
        [Choice(case.rows, case.right, _WEIGHT[case.source]) for case in group if case.answerable], _SENTENCE
    )


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


def fit_article(group: Sequence[Weighed]) -> Ranker:
    """Fit the probability that the article answers."""
    rows = np.stack([weighed.row for weighed in group])
    right = np.array([weighed.case.answerable for weighed in group])
    weights = np.array([_WEIGHT[weighed.case.source] for weighed in group], dtype=np.float32)
    return fit_probability(rows, right, weights, _ARTICLE)


class _Folded(Protocol):
    @property
    def fold(self) -> int: ...


_Row = TypeVar("_Row", bound=_Folded)


def held_out(
    group: Sequence[_Row], fit: Callable[[Sequence[_Row]], Ranker], rows: Callable[[_Row], NDArray[np.float32]]
) -> list[NDArray[np.float32]]:
    """Score each row by what `fit` makes of the other folds."""
    scorers = [fit([one for one in group if one.fold != fold]) for fold in range(_FOLDS)]
    return [scorers[one.fold].score(rows(one)) for one in group]


def report(weighed: Sequence[Weighed], chances: NDArray[np.floating], threshold: float) -> Iterator[str]:
    """Say for each set how often the right sentence is found, and how well refusals are told."""
    sources = np.array([one.case.source for one in weighed])
    answerable = np.array([one.case.answerable for one in weighed])
    for source in sorted(set(sources)):
        here = [one for one in weighed if one.case.source == source and one.case.answerable]
        orders = [np.argsort(-one.scores, kind="stable") for one in here]
        first = np.mean([one.case.right[order[0]] for one, order in zip(here, orders, strict=True)])
        three = np.mean([one.case.right[order[:3]].any() for one, order in zip(here, orders, strict=True)])
        mine = sources == source
        refused = chances[mine] < threshold
        hit = (refused & ~answerable[mine]).sum()
        f1 = 2 * hit / max(1, refused.sum() + (~answerable[mine]).sum())
        answered = 1 - refused[answerable[mine]].mean()
        yield (
            f"{source}: first {100 * first:.1f}, first three {100 * three:.1f}, refusal F1 {100 * f1:.1f}, "
            f"answerable answered {100 * answered:.1f}, AUC {_auc(chances[mine], answerable[mine]):.3f}"
        )


def _auc(chances: NDArray[np.floating], right: NDArray[np.bool_]) -> float:
    ranks = np.empty(len(chances))
    ranks[np.argsort(chances, kind="stable")] = np.arange(1, len(chances) + 1)
    positive = int(right.sum())
    area = ranks[right].sum() - positive * (positive + 1) / 2
    return float(area / max(1, positive * (len(right) - positive)))


def main() -> None:
    """Print the held-out figures, then fit on everything and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="a folder of JSONL files of articles with questions")
    parser.add_argument("--encoder", type=Path, required=True, help="the folder of the encoder's weights")
    parser.add_argument("--out", type=Path, default=_OUT)
    arguments = parser.parse_args()
    group = list(cases(arguments.data, SentenceEncoder(arguments.encoder, "encoder")))
    scores = held_out(group, fit_sentence, lambda case: case.rows)
    weighed = [
        Weighed(case, given, weigh(case.survey, case.question, case.rows, given))
        for case, given in zip(group, scores, strict=True)
    ]
    logits = np.concatenate(held_out(weighed, fit_article, lambda one: one.row[None]))
    chances = 1 / (1 + np.exp(-logits))
    for line in report(weighed, chances, _THRESHOLD):
        print(line)  # noqa: T201  a command's output
    tensors = {**fit_sentence(group).tensors("sentence"), **fit_article(weighed).tensors("article")}
    save_file({**tensors, "threshold": np.array([_THRESHOLD], dtype=np.float32)}, arguments.out)


if __name__ == "__main__":
    main()
