"""Fit the weights that judge how much a sentence of an article tells.

    python -m bot.training.salience --data DIR --encoder FOLDER [--held-out OUT.jsonl]

DIR holds `summaries/summ.jsonl` (articles, reference summaries and the outputs of good systems) and
`questions/newsqa.jsonl` (stories whose questions were written from the highlights alone). A sentence's label is the
share of its words and word pairs that the summaries have too, the references weighing as much as the systems; in the
question set, how many questions' answers it holds, the more so the more words it shares with the question. Labels are
standardised within an article, and boosted trees are fitted.

With --held-out, the articles are split in five, and each fifth is summarised in three sentences by trees of the
others; the summaries are written as `batch summarize` writes them. Their figures, beside those of Lead-3:

    cnndm    ROUGE-1/2/Lsum  42.4/18.4/38.4 with 69 words  (40.5/17.1/36.1 with 77)
    writers  ROUGE-1/2/Lsum  43.7/21.2/38.3 with 65 words  (42.8/19.8/37.5 with 74)
    newsqa   answers shown   58.5 % with 67 words          (55.0 % with 68)
"""

from __future__ import annotations

import argparse
import json
import math
from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from zlib import crc32

import numpy as np
from safetensors.numpy import save_file

from bot.article import Length
from bot.core.features import STOP, measure, stems
from bot.core.passages import find_passages
from bot.core.summarise import Judges, summarise
from bot.core.trees import IMPORTANCE, SALIENCE, Trees, load_trees
from bot.model.encoder import SentenceEncoder
from bot.text.segment import segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from bot.core.passages import Passage
    from bot.model.base import Encoder

_SEEDS, _TREES, _RATE, _DEPTH = 4, 150, 0.05, 3
_QUESTIONS_WEIGH = 0.3
FOLDS = 5
_FEWEST = 3
"""Articles with fewer sentences teach nothing of choice."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """An article to learn from: its passages, their measures and embeddings, and how much each tells."""

    name: str
    passages: tuple[Passage, ...]
    measures: NDArray[np.float32]
    vectors: NDArray[np.float32]
    labels: NDArray[np.float64]
    weight: float
    """How much the article counts in the fit."""


def lessons(data: Path, encoder: Encoder) -> Iterator[Lesson]:
    """Read both sets; articles in which no sentence is told from another are left out."""
    for record in articles(data):
        if "qas" in record:
            questions = [question for question in record["qas"] if question["answerable"]]
            yield from _lesson(record, encoder, partial(_answers, questions=questions), _QUESTIONS_WEIGH)
        else:
            texts = references(record), [text for text in (record["systems"] or {}).values() if text]
            yield from _lesson(record, encoder, partial(_shares, groups=texts), 1.0)


def articles(data: Path) -> Iterator[dict[str, Any]]:
    """Read the records that teach what tells much."""
    for record in _records(data / "summaries" / "summ.jsonl"):
        if record["dataset"] != "xsum":
            yield record
    yield from _records(data / "questions" / "newsqa.jsonl")


def name_of(record: Mapping[str, Any]) -> str:
    """The article's own name: one for "cnndm:6fae7" and "writers:6fae7"."""
    return str(record["id"].split(":")[1])


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def references(record: Mapping[str, Any]) -> list[str]:
    """The summaries that people wrote."""
    wanted = "highlights" if record["dataset"] == "cnndm" else "writer"
    return [text for name, text in record["references"].items() if name.startswith(wanted)]


def _lesson(
    record: dict[str, Any], encoder: Encoder, judge: Callable[[Sequence[Passage]], list[float]], weight: float
) -> Iterator[Lesson]:
    passages = find_passages(segment(record["article"]))
    labels = np.array(judge(passages)) if len(passages) > _FEWEST else np.zeros(0)
    if labels.size and labels.std() > 0:
        vectors = encoder.encode([passage.text for passage in passages])
        standard = (labels - labels.mean()) / labels.std()
        yield Lesson(name_of(record), passages, measure(passages, vectors), vectors, standard, weight)


def _shares(passages: Sequence[Passage], groups: Iterable[Sequence[str]]) -> list[float]:
    """For each sentence the share of its words, and of its word pairs, that the summaries have; groups weigh alike."""
    filled = [group for group in groups if group]
    weights: defaultdict[str | tuple[str, str], float] = defaultdict(float)
    for group in filled:
        for text in group:
            for unit in _units(text):
                weights[unit] += 1 / len(group) / len(filled)
    return [_mean_weight(_units(passage.text), weights) for passage in passages]


def _units(text: str) -> set[str | tuple[str, str]]:
    words = stems(text)
    return {word for word in words if word not in STOP} | set(pairwise(words))


def _mean_weight(units: set[str | tuple[str, str]], weights: Mapping[str | tuple[str, str], float]) -> float:
    singles = [weights.get(unit, 0.0) for unit in units if isinstance(unit, str)]
    pairs = [weights.get(unit, 0.0) for unit in units if isinstance(unit, tuple)]
    # fsum, since a set has another order in every run, and the trees would differ with the last digit.
    return math.fsum(singles) / max(1, len(singles)) + math.fsum(pairs) / max(1, len(pairs))


def _answers(passages: Sequence[Passage], questions: Iterable[dict[str, Any]]) -> list[float]:
    """For each sentence the sum of its shares in the questions' answers."""
    total = np.zeros(len(passages))
    padded = [f" {' '.join(stems(passage.text))} " for passage in passages]
    for question in questions:
        asked = set(stems(question["question"])) - STOP
        answers = [" ".join(stems(answer)) for answer in question["answers"]]
        shares = np.array([
            any(f" {answer} " in text for answer in answers if answer) * (0.1 + len(asked & set(text.split())))
            for text in padded
        ])  # fmt: skip
        total += shares**2 / max(1e-9, (shares**2).sum())
    return [float(value) for value in total / np.sqrt([len(text.split()) + 5 for text in padded])]


class Taught(Protocol):
    """What trees are fitted to: an article's rows of measures, a label for each, and how much all of them count."""

    @property
    def name(self) -> str:
        """The article's name, which tells its fold."""
        ...

    @property
    def measures(self) -> NDArray[np.float32]:
        """One row for each thing that is judged."""
        ...

    @property
    def labels(self) -> NDArray[np.float64]:
        """What is to be said of each."""
        ...

    @property
    def weight(self) -> float:
        """How much the article counts."""
        ...


def fit(taught: Sequence[Taught]) -> Trees:
    """Fit the trees, as the mean of some seeds; long articles weigh no more than short ones."""
    from sklearn.ensemble import GradientBoostingRegressor  # noqa: PLC0415  only training needs scikit-learn

    rows = np.concatenate([lesson.measures for lesson in taught])
    labels = np.concatenate([lesson.labels for lesson in taught])
    weight = np.concatenate([np.full(len(lesson.labels), lesson.weight / len(lesson.labels)) for lesson in taught])
    grown: list[Trees] = []
    for seed in range(_SEEDS):
        booster = GradientBoostingRegressor(
            n_estimators=_TREES, learning_rate=_RATE, max_depth=_DEPTH, min_samples_leaf=30, subsample=0.5,
            max_features=0.2, random_state=seed,
        )  # fmt: skip
        booster.fit(rows, labels, sample_weight=weight)
        estimators = [estimator.tree_ for estimator in booster.estimators_[:, 0]]
        grown.append(_complete(estimators, float(booster.init_.constant_.item())))
    return Trees(
        np.concatenate([trees.column for trees in grown]),
        np.concatenate([trees.threshold for trees in grown]),
        (np.concatenate([trees.leaf for trees in grown]) / _SEEDS).astype(np.float32),
    )


def _complete(grown: Sequence[Any], start: float) -> Trees:
    """Lay scikit-learn's trees out as complete ones; `start` is what the boosting began with."""
    inner = 2**_DEPTH - 1
    column = np.zeros((len(grown), inner), dtype=np.int64)
    threshold = np.full((len(grown), inner), np.inf, dtype=np.float32)
    leaf = np.zeros((len(grown), inner + 1), dtype=np.float32)

    def lay(tree: int, source: int, node: int) -> None:
        parts = grown[tree]
        if node >= inner:
            leaf[tree, node - inner] = _RATE * parts.value[source].item() + start / len(grown)
        elif parts.children_left[source] < 0:
            lay(tree, source, 2 * node + 1)
        else:
            column[tree, node], threshold[tree, node] = parts.feature[source], parts.threshold[source]
            lay(tree, parts.children_left[source], 2 * node + 1)
            lay(tree, parts.children_right[source], 2 * node + 2)

    for tree in range(len(grown)):
        lay(tree, 0, 0)
    return Trees(column, threshold, leaf)


def save(trees: Trees, path: Path = SALIENCE) -> None:
    """Write the trees."""
    tensors: dict[str, NDArray[Any]] = {
        "column": trees.column.astype(np.int16),
        "threshold": trees.threshold,
        "leaf": trees.leaf,
    }
    save_file(tensors, path)


def fold_of(name: str) -> int:
    """The part that an article is in, by the hash of its name, so that copies of an article stay together."""
    return crc32(name.encode()) % FOLDS


def fit_folds(taught: Sequence[Taught]) -> list[Trees]:
    """For each fold the trees that never saw its articles."""
    return [fit([lesson for lesson in taught if fold_of(lesson.name) != fold]) for fold in range(FOLDS)]


def held_out(data: Path, taught: Sequence[Lesson], encoder: Encoder) -> Iterator[dict[str, Any]]:
    """Summarise each article by trees that were fitted without it."""
    folds = fit_folds(taught)
    for record in articles(data):
        judges = Judges(folds[fold_of(name_of(record))], load_trees(IMPORTANCE))
        summary = summarise(segment(record["article"]), Length.MEDIUM, encoder, judges=judges)
        yield {"id": record["id"], "summary": [{"text": sentence.text} for sentence in summary.sentences]}


def read_arguments(about: str | None) -> argparse.Namespace:
    """Read the command line of a training whose trees can be held against articles that they were not fitted to."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True, help="the folder of the encoder's weights")
    parser.add_argument("--held-out", type=Path, help="where to write held-out summaries")
    return parser.parse_args()


def main() -> None:
    """Write the trees of all articles; where it is wanted, the held-out summaries before."""
    arguments = read_arguments(__doc__)
    encoder = SentenceEncoder(arguments.encoder, "encoder")
    taught = list(lessons(arguments.data, encoder))
    if arguments.held_out:
        rows = held_out(arguments.data, taught, encoder)
        arguments.held_out.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    save(fit(taught))


if __name__ == "__main__":
    main()
