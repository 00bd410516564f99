"""Train the model of `bot.core.check` on summaries that experts found consistent with their articles or not.

    python -m bot.training.check --data DIR --encoder FOLDER

DIR holds factuality.jsonl: `id`, `article`, `summary`, `label` (1 supported, 0 not). Prints the figures of ten-fold
cross-validation with no article on both sides, then trains on all and writes `bot/core/check.json`.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bot.core import check
from bot.core.check import Judge, statements_of, weigh
from bot.core.support import FEATURES
from bot.model.encoder import SentenceEncoder
from bot.text.segment import segment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bot.model.base import Encoder

_OUT = Path(check.__file__).with_name("check.json")
_RIDGE = 300.0
_STEPS = 400
_RATE = 0.05
_FOLDS = 10
_SEEDS = range(5)


@dataclass(frozen=True, slots=True)
class Examples:
    """Statements of labelled summaries: `owner[i]` is the summary that statement i belongs to."""

    measures: NDArray[np.float64]
    owner: NDArray[np.int64]
    labels: NDArray[np.int64]
    articles: NDArray[np.int64]

    def of(self, summaries: NDArray[np.int64]) -> Examples:
        """The examples of some summaries alone."""
        place = np.full(len(self.labels), -1)
        place[summaries] = np.arange(len(summaries))
        mine = place[self.owner] >= 0
        return Examples(self.measures[mine], place[self.owner[mine]], self.labels[summaries], self.articles[summaries])


def read_examples(path: Path, encoder: Encoder) -> Examples:
    """Measure every statement of every summary."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    articles = {record["article"]: index for index, record in enumerate(records)}
    rows, owner = [], []
    for index, record in enumerate(records):
        statements = statements_of(record["summary"])
        rows += [found.measures for found in weigh(segment(record["article"]), statements, encoder)]
        owner += [index] * len(statements)
    return Examples(
        np.stack(rows).astype(np.float64),
        np.array(owner),
        np.array([record["label"] for record in records]),
        np.array([articles[record["article"]] for record in records]),
    )


def fit(examples: Examples) -> Judge:
    """Fit by gradient descent (Adam): a summary is supported if all its statements are; both kinds weigh the same."""
    mean, scale = examples.measures.mean(0), examples.measures.std(0) + 1e-6
    inputs = np.clip((examples.measures - mean) / scale, -4, 4)
    labels, owner = examples.labels, examples.owner
    share = np.where(labels == 1, 0.5 / max(1, (labels == 1).sum()), 0.5 / max(1, (labels == 0).sum())) * len(labels)
    at = np.r_[np.zeros(inputs.shape[1]), -1.5]
    first, second = np.zeros_like(at), np.zeros_like(at)
    for step in range(1, _STEPS + 1):
        doubt = inputs @ at[:-1] + at[-1]
        total = np.maximum(np.bincount(owner, np.logaddexp(0, doubt), minlength=len(labels)), 1e-6)
        pull = share * np.where(labels == 1, 1.0, -1 / np.expm1(np.minimum(total, 50)))
        slope = pull[owner] / (1 + np.exp(-doubt))
        gradient = np.r_[inputs.T @ slope + _RIDGE * at[:-1], slope.sum()]
        first = 0.9 * first + 0.1 * gradient
        second = 0.99 * second + 0.01 * gradient**2
        at -= _RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return Judge(mean, scale, at[:-1], float(at[-1]), threshold=0.5)


def summary_scores(model: Judge, examples: Examples) -> NDArray[np.float64]:
    """The product of each summary's statement scores."""
    logs = np.log(np.maximum(model.scores(examples.measures), 1e-300))
    scores: NDArray[np.float64] = np.exp(np.bincount(examples.owner, logs, minlength=len(examples.labels)))
    return scores


def cross_validate(examples: Examples, seed: int) -> NDArray[np.float64]:
    """The scores of summaries by models that saw none of their article."""
    chance = np.random.default_rng(seed)
    articles = chance.permutation(np.unique(examples.articles))
    scores = np.zeros(len(examples.labels))
    for fold in range(_FOLDS):
        held_out = np.isin(examples.articles, articles[fold::_FOLDS])
        model = fit(examples.of(np.flatnonzero(~held_out)))
        scores[held_out] = summary_scores(model, examples.of(np.flatnonzero(held_out)))
    return scores


def figures(scores: NDArray[np.float64], labels: NDArray[np.int64], threshold: float) -> dict[str, float]:
    """Balanced accuracy, what it is made of, area under the ROC curve, and the precision of what is supported."""
    good, bad = scores[labels == 1], scores[labels == 0]
    above = (good[:, None] > bad).mean() + 0.5 * (good[:, None] == bad).mean()
    kept, stopped = (good >= threshold).mean(), (bad < threshold).mean()
    return {
        "balanced_accuracy": (kept + stopped) / 2,
        "kept_true": kept,
        "stopped_false": stopped,
        "auc": above,
        "precision_shown": float(labels[scores >= threshold].mean()),
    }


def save(model: Judge, path: Path) -> None:
    """Write the weights, a line a measure."""
    rows = zip(FEATURES, model.mean, model.scale, model.weights, strict=True)
    measures = {name: [round(float(number), 6) for number in row] for name, *row in rows}
    stored = {"bias": round(model.bias, 6), "threshold": model.threshold, "measures": measures}
    path.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def report(runs: Sequence[dict[str, float]]) -> str:
    """The mean of some runs' figures, in one line."""
    return ", ".join(f"{name} {np.mean([run[name] for run in runs]):.4f}" for name in runs[0])


def main() -> None:
    """Print the held-out figures, then fit on everything and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder of factuality.jsonl")
    parser.add_argument("--encoder", type=Path, required=True, help="the folder of the encoder's weights")
    parser.add_argument("--out", type=Path, default=_OUT)
    given = parser.parse_args()
    encoder = SentenceEncoder(given.encoder, "encoder")
    examples = read_examples(given.data / "factuality.jsonl", encoder)
    runs = [figures(cross_validate(examples, seed), examples.labels, 0.5) for seed in _SEEDS]
    print(f"held out: {report(runs)}")  # noqa: T201  a command's output
    save(fit(examples), given.out)


if __name__ == "__main__":
    main()
