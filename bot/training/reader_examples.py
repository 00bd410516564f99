"""What the reader learns from: a question, a passage, and the tokens where the passage answers it (or none)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from hashlib import sha1
from typing import TYPE_CHECKING, Any

from bot.text.segment import segment
from bot.text.tokens import content_stems
from bot.training.held import is_held_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import torch

    from bot.article import Span

_PASSAGE_TOKENS = 150
_QUESTION_TOKENS = 40
_MARKS = ' .,;:"“”'
_EVERY = 4
"""Of the questions asked about another story, which are easy, one in so many is taken."""


@dataclass(slots=True)
class Example:
    """A question and a passage in tokens; `answers` are pairs of passage tokens, first and last."""

    source: str
    held_out: bool
    question: list[int]
    passage: list[int]
    answers: list[tuple[int, int]]
    states: torch.Tensor | None = field(default=None, repr=False)
    """What the frozen lower layers make of it, kept from the first pass."""

    def __len__(self) -> int:
        return len(self.question) + len(self.passage) + 3


@dataclass(frozen=True, slots=True)
class _Passage:
    tokens: list[int]
    answers: list[tuple[int, int]]
    shared: int
    """The most content words that one of its sentences shares with the question."""


def examples(folder: Path, tokenizer: Any) -> Iterator[Example]:  # noqa: ANN401  an untyped library
    """Make the examples of all JSONL files of `folder`: the passage that answers, and a likely one that does not."""
    for path in sorted(folder.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                yield from _of_record(record, tokenizer)


def _of_record(record: dict[str, Any], tokenizer: Any) -> Iterator[Example]:  # noqa: ANN401
    text = record["article"]
    spans = [sentence.span for sentence in segment(text).sentences]
    if not spans:
        return
    cut = tokenizer(
        [span.of(text) for span in spans], add_special_tokens=False, return_offsets_mapping=True, truncation=True,
        max_length=_PASSAGE_TOKENS,
    )  # fmt: skip
    stems = [content_stems(span.of(text)) for span in spans]
    for asked in record["qas"]:
        if asked["kind"] == "mismatched" and int(sha1(asked["id"].encode()).hexdigest(), 16) % _EVERY:  # noqa: S324
            continue
        wanted = content_stems(asked["question"])
        found = sorted({place for answer in asked["answers"] for place in _places(text, answer)})
        passages = [
            _passage(cut, spans, found, run, max(len(wanted & stems[index]) for index in range(*run)))
            for run in _runs([len(ids) for ids in cut["input_ids"]])
        ]
        ids = tokenizer(asked["question"], add_special_tokens=False, truncation=True, max_length=_QUESTION_TOKENS)
        for passage in _chosen(passages, record["set"], answerable=asked["answerable"]):
            yield Example(record["set"], is_held_out(record), ids["input_ids"], passage.tokens, passage.answers)


def _places(text: str, answer: str) -> list[tuple[int, int]]:
    """Find an answer's words in the text as whole words, whatever their case and spacing."""
    words = (answer.strip(_MARKS) or answer).split()
    pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)"
    return [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)] if words else []


def _runs(lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Cut sentences of so many tokens into runs (half-open), each beginning with the last of the one before."""
    first = 0
    while first < len(lengths):
        end, count = first, 0
        while end < len(lengths) and (end == first or count + lengths[end] <= _PASSAGE_TOKENS):
            count += lengths[end]
            end += 1
        yield first, end
        if end == len(lengths):
            return
        first = max(first + 1, end - 1)


def _passage(
    cut: Any,  # noqa: ANN401
    spans: Sequence[Span],
    found: Sequence[tuple[int, int]],
    run: tuple[int, int],
    shared: int,
) -> _Passage:
    tokens = [token for index in range(*run) for token in cut["input_ids"][index]]
    offsets = [
        (spans[index].start + start, spans[index].start + end)
        for index in range(*run)
        for start, end in cut["offset_mapping"][index]
    ]
    answers = []
    for start, end in found:
        first = next((index for index, token in enumerate(offsets) if token[0] <= start < token[1]), None)
        last = next((index for index, token in enumerate(offsets) if token[0] < end <= token[1]), None)
        if first is not None and last is not None:
            answers.append((first, last))
    return _Passage(tokens, answers, shared)


def _chosen(passages: Sequence[_Passage], source: str, *, answerable: bool) -> Iterator[_Passage]:
    """Take the likeliest passage that answers and, of an article with several, the likeliest that does not."""
    likely = sorted(passages, key=lambda passage: -passage.shared)
    answering = [passage for passage in likely if passage.answers]
    others = [passage for passage in likely if not passage.answers]
    if not answerable:
        yield from others[:1]
    elif answering:
        yield answering[0]
        yield from others[:1] if source != "squad2" else ()
