"""The questions that `bot.training.ask` learns from, measured."""

from __future__ import annotations

import json
import re
import string
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

from bot.core.retrieval import measure
from bot.core.survey import survey
from bot.text.question import read_question
from bot.text.segment import segment
from bot.training.held import is_held_out, page_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from bot.core.reading import Marked
    from bot.core.survey import Survey
    from bot.model.base import Encoder
    from bot.text.question import Question

FOLDS = 5
_MARKS = str.maketrans(dict.fromkeys(string.punctuation + "“”‘’", " "))


@dataclass(frozen=True, slots=True)
class Case:
    """One question of one article, measured; `right` tells the sentences that hold a right answer."""

    source: str
    fold: int
    survey: Survey
    question: Question
    rows: NDArray[np.float32]
    right: NDArray[np.bool_]
    answers: tuple[str, ...]
    answerable: bool
    is_new_to_reader: bool
    marked: Marked | None = None

    @property
    def columns(self) -> NDArray[np.float32]:
        """What its sentences are ranked by: the reader's marks where there are some, else the measures."""
        return self.rows if self.marked is None else self.marked.rows


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
    said = [normal(article.sentence_text(index)) for index in range(len(article.sentences))]
    vectors = encoder.encode([asked["question"] for asked in record["qas"]])
    fold = crc32(page_of(record).encode()) % FOLDS
    for asked, vector in zip(record["qas"], vectors, strict=True):
        question = read_question(asked["question"])
        golds = tuple(filter(str.strip, map(normal, asked["answers"])))
        right = np.array([any(gold in words for gold in golds) for words in said])
        rows = measure(surveyed, question, vector)
        is_new = is_held_out(record)
        yield Case(record["set"], fold, surveyed, question, rows, right, golds, asked["answerable"], is_new)


def normal(text: str) -> str:
    """Normalise as SQuAD does and pad with blanks, so that `in` compares whole words."""
    words = re.sub(r"\b(?:a|an|the)\b", " ", text.lower().translate(_MARKS)).split()
    return f" {' '.join(words)} "
