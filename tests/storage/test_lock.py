from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import StorageError
from bot.storage.lock import only_process


def test_a_second_process_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    database = tmp_path / "folder" / "test.sqlite"
    with only_process(database), pytest.raises(StorageError, match="Another Verbatim runs"), only_process(database):
        pass
    with only_process(database):
        assert database.with_name("test.sqlite.lock").exists()
