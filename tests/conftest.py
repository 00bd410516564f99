"""Fixtures that every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.article import Article
from bot.text.segment import segment

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The development data beside the project; the test is skipped where they are absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the development data are not here")
    return folder


@pytest.fixture(scope="session")
def bridge() -> Article:
    """The project's own sample article, body alone."""
    text = (ROOT / "bot" / "samples" / "harbour_bridge.txt").read_text()
    return segment(text.split("\n\n", 2)[2])
