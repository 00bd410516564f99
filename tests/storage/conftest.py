from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from fakes import Clock

from bot.config import Storage
from bot.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "verbatim.sqlite"


@pytest_asyncio.fixture
async def store(path: Path, clock: Clock) -> AsyncIterator[Store]:
    async with await Store.open(Storage(path=path), clock) as store:
        yield store
