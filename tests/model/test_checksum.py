from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from bot.model.atomic import make_folder, write_text
from bot.model.checksum import ChecksumMemory

if TYPE_CHECKING:
    from pathlib import Path


def test_a_changed_file_is_hashed_anew(tmp_path: Path) -> None:
    file, memory = tmp_path / "weights", ChecksumMemory(tmp_path / "memory.json")
    file.write_bytes(b"one")
    assert memory.sha256_of(file) == sha256(b"one").hexdigest()
    file.write_bytes(b"other")
    assert memory.sha256_of(file) == sha256(b"other").hexdigest()


@pytest.mark.parametrize("damaged", ["", "[]", "{", '{"PATH": 7}', '{"PATH": []}'])
def test_a_damaged_memory_costs_nothing_but_time(tmp_path: Path, damaged: str) -> None:
    file = tmp_path / "weights"
    file.write_bytes(b"one")
    (tmp_path / "memory.json").write_text(damaged.replace("PATH", str(file)))
    assert ChecksumMemory(tmp_path / "memory.json").sha256_of(file) == sha256(b"one").hexdigest()


def test_a_text_takes_the_place_of_what_was_there(tmp_path: Path) -> None:
    for text in ("one", "other"):
        write_text(tmp_path / "deep" / "file", text)
    assert (tmp_path / "deep" / "file").read_text() == "other"
    assert len(list((tmp_path / "deep").iterdir())) == 1


def test_a_folder_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").touch()
        message = "no space left"
        raise OSError(message)

    with pytest.raises(OSError, match="no space"):
        make_folder(tmp_path / "model", fail)
    assert list(tmp_path.iterdir()) == []


def test_the_first_of_two_writers_of_a_folder_wins(tmp_path: Path) -> None:
    target = tmp_path / "model"

    def fill(name: str) -> None:
        make_folder(target, lambda folder: (folder / name).touch())

    fill("first")
    fill("second")
    assert [file.name for file in target.iterdir()] == ["first"]
    assert list(tmp_path.iterdir()) == [target]
