"""The sha256 of large files, taken once and remembered by size and time of change."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from typing import TYPE_CHECKING

from bot.model.atomic import write_text

if TYPE_CHECKING:
    from pathlib import Path


def sha256_of(path: Path) -> str:
    """Hash the file at `path`; lower-case hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class ChecksumMemory:
    """Remembers hashes in a small JSON file; one that is lost, damaged or not writable only costs time."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def sha256_of(self, path: Path) -> str:
        """Give the hash of `path`, without reading it where it has not changed since the last time."""
        status = path.stat()
        stamp = [status.st_size, status.st_mtime_ns]
        known = self._load()
        entry = known.get(str(path))
        if isinstance(entry, list) and entry[:2] == stamp:
            return str(entry[2])
        digest = sha256_of(path)
        known[str(path)] = [*stamp, digest]
        with suppress(OSError):
            write_text(self._file, json.dumps(known))
        return digest

    def forget(self) -> None:
        """Have every file hashed anew."""
        with suppress(OSError):
            self._file.unlink(missing_ok=True)

    def _load(self) -> dict[str, object]:
        try:
            known = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}
