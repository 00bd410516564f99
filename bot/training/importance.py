"""Fit the weights that judge how much a word of an article matters.

    python -m bot.training.importance --data DIR --encoder FOLDER [--held-out OUT.jsonl]

DIR is the development data, read as `bot.training.salience` reads it. A word's label is the share of the article's
reference summaries and systems' outputs that have it, the references weighing as much as the systems; in the question
set, whether answers have it. Boosted trees are fitted, which see each sentence's salience as trees judge it that were
fitted without its article.

With --held-out, articles that the committed writer was not trained on (`bot.training.articles`) are summarised by it,
by trees of both kinds that were fitted on the other folds; written as `batch summarize` writes them, with the article's
own sentences of the same article beside it in OUT.extracted.jsonl.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from bot.article import Length
from bot.core.features import stems
from bot.core.importance import measure
from bot.core.summarise import Judges, summarise
from bot.core.trees import IMPORTANCE
from bot.model.encoder import SentenceEncoder
from bot.model.writer import load_writer
from bot.text.segment import segment
from bot.training.articles import held_out_texts, is_one_of
from bot.training.salience import articles, fit, fit_folds, fold_of, lessons, name_of, read_arguments, references, save

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from bot.core.trees import Trees
    from bot.model.base import Encoder, Writer
    from bot.training.salience import Lesson

_QUESTIONS_WEIGH = 0.3
_OFTEN_ASKED = 2
"""Answers that have a word before it counts as wholly important."""


@dataclass(frozen=True, slots=True)
class WordLesson:
    """An article's words to learn from: their measures, and how much each matters."""

    name: str
    measures: NDArray[np.float32]
    labels: NDArray[np.float64]
    weight: float


def word_lessons(data: Path, taught: Sequence[Lesson], folds: Sequence[Trees]) -> Iterator[WordLesson]:
    """Make a lesson of each article that salience is learned from as well."""
    known = {lesson.name: lesson for lesson in taught}
    for record in articles(data):
        lesson = known.get(name_of(record))
        if lesson is not None:
            salience = folds[fold_of(lesson.name)].judge(lesson.measures)
            words, rows = measure([passage.text for passage in lesson.passages], salience)
            weight = _QUESTIONS_WEIGH if "qas" in record else 1.0
            yield WordLesson(lesson.name, rows, np.array(_labels(record, words)), weight)


def _labels(record: Mapping[str, Any], words: Sequence[str]) -> list[float]:
    if "qas" in record:
        asked = [question["answers"] for question in record["qas"] if question["answerable"]]
        found = [frozenset(stem for answer in answers for stem in stems(answer)) for answers in asked]
        return [min(1.0, sum(word in answer for answer in found) / _OFTEN_ASKED) for word in words]
    groups = references(record), [text for text in (record["systems"] or {}).values() if text]
    shares = [[frozenset(stems(text)) for text in group] for group in groups if group]
    return [sum(sum(word in text for text in group) / len(group) for group in shares) / 2 for word in words]


def held_out(data: Path, encoder: Encoder, writer: Writer | None, folds: Sequence[Judges]) -> Iterator[dict[str, Any]]:
    """Summarise each article that neither the writer nor the judges have seen."""
    unseen = held_out_texts(data)
    for record in articles(data):
        if is_one_of(record["article"], unseen):
            judges = folds[fold_of(name_of(record))]
            summary = summarise(segment(record["article"]), Length.MEDIUM, encoder, writer, judges=judges)
            sentences = [{"text": sentence.text, "mode": sentence.mode.value} for sentence in summary.sentences]
            yield {"id": record["id"], "summary": sentences}


def main() -> None:
    """Write the trees of all articles; where it is wanted, held-out summaries before."""
    arguments = read_arguments(__doc__)
    encoder = SentenceEncoder(arguments.encoder, "encoder")
    taught = list(lessons(arguments.data, encoder))
    folds = fit_folds(taught)
    words = list(word_lessons(arguments.data, taught, folds))
    save(fit(words), IMPORTANCE)
    if arguments.held_out:
        judges = list(map(Judges, folds, fit_folds(words)))
        for path, writer in (
            (arguments.held_out, load_writer("default")),
            (arguments.held_out.with_suffix(".extracted.jsonl"), None),
        ):
            with path.open("w", encoding="utf-8") as out:
                for row in held_out(arguments.data, encoder, writer, judges):
                    out.write(json.dumps(row) + "\n")
                    out.flush()


if __name__ == "__main__":
    main()
