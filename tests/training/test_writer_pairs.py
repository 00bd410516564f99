"""Which words are left out of a sentence to teach the writer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bot.training.writer_pairs import pairs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_SENTENCE = (
    "Anna Berg, the mayor of Leeds, closed the old bridge over the river on Monday because engineers had found cracks."
)


class _Judge:
    """Finds every word as likely as any other, but for sentences with `unlikely` at their end."""

    def __init__(self, unlikely: str) -> None:
        self._unlikely = unlikely

    def surprise(self, sentences: Sequence[str]) -> list[list[tuple[int, float]]]:
        """A nat a sentence, or a hundred."""
        return [[(0, 100.0 if text.endswith(self._unlikely) else 1.0)] for text in sentences]


def _data(folder: Path, title: str) -> Path:
    for name in ("summaries/summ.jsonl", "questions/newsqa.jsonl", "questions/rtqa.jsonl", "quotes/polnear.jsonl"):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("", encoding="utf-8")
    record = {"set": "newsqa", "title": title, "article": f"{_SENTENCE}\n\nNobody was hurt, she said.", "qas": []}
    (folder / "questions/newsqa.jsonl").write_text(json.dumps(record), encoding="utf-8")
    return folder


def test_pairs_keep_what_the_title_names(tmp_path: Path) -> None:
    """Words weigh more that stand in the title, and go last."""
    found = pairs(_data(tmp_path, "Anna Berg, mayor of Leeds"), _Judge("never"))
    assert found
    assert all(pair.source == _SENTENCE for pair in found)
    first = max(found, key=lambda pair: len(pair.target))
    assert "the mayor of Leeds" in first.target


@pytest.mark.parametrize(("unlikely", "stays"), [("never", False), ("on Monday.", True)])
def test_a_cut_that_leaves_an_unlikely_rest_is_not_made(unlikely: str, stays: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """The language model judges each cut."""
    found = pairs(_data(tmp_path, ""), _Judge(unlikely))
    assert all("because" in pair.target for pair in found) is stays
