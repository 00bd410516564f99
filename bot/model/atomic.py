"""Files and folders that appear whole or not at all, even when two processes write the same one."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def write_text(path: Path, text: str) -> None:
    """Put `text` at `path`, in the place of what was there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=".", delete=False) as file:
        file.write(text)
    Path(file.name).replace(path)


def make_folder(path: Path, fill: Callable[[Path], None]) -> None:
    """Have `fill` write into a new folder that then becomes `path`; the first of two processes wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.parent / f".{path.name}-{secrets.token_hex(4)}"
    unfinished.mkdir()
    try:
        fill(unfinished)
        _flush(unfinished)
        _rename_unless_there(unfinished, path)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _flush(folder: Path) -> None:
    """Have the files on the disk before their folder gets its name, so that no power cut leaves empty ones there."""
    for file in folder.iterdir():
        with file.open("rb+") as opened:
            os.fsync(opened.fileno())


def _rename_unless_there(unfinished: Path, path: Path) -> None:
    try:
        unfinished.rename(path)
    except OSError:
        if not path.is_dir():
            raise
