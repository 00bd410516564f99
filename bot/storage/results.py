"""What was made of articles, so that it need not be made twice: all SQL on results and embeddings."""

from __future__ import annotations

import logging
import sys
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from bot.errors import StorageError
from bot.storage.clock import to_stored
from bot.storage.codec import FORMAT, decode, encode, kind_of
from bot.storage.database import storable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.storage.clock import Clock
    from bot.storage.database import Database

_log = logging.getLogger(__name__)
_Value = TypeVar("_Value")
_FRESH_MS = 60_000

# Both say nothing where the article has been dropped meanwhile.
_SAVE = """
INSERT OR REPLACE INTO results (article, task, parameters, model, prompt, format, kind, value, created, used)
SELECT :article, :task, :parameters, :model, :prompt, :format, :kind, :value, :now, :now
WHERE EXISTS (SELECT 1 FROM articles WHERE hash = :article)
"""
_SAVE_EMBEDDING = """
INSERT OR REPLACE INTO embeddings (article, model, vector, created)
SELECT :article, :model, :vector, :now WHERE EXISTS (SELECT 1 FROM articles WHERE hash = :article)
"""
_FIND = """
SELECT id, value, used FROM results
WHERE article = :article AND task = :task AND parameters = :parameters AND model = :model AND prompt = :prompt
    AND format = :format
"""


@dataclass(frozen=True, slots=True)
class ResultKey:
    """Everything that a result depends on; the format of the value is added here.

    `article` is the hash of the text, `task` the name of what was done, `parameters` what it was done with, in one
    spelling ("length=short", the question), `model` the names of the models, `prompt` the hash of the prompt file.
    """

    article: str
    task: str
    parameters: str = ""
    model: str = ""
    prompt: str = ""


class Results:
    """The results kept in a database."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def save(self, key: ResultKey, value: object) -> None:
        """Keep a value of one of `codec.KINDS` in place of an earlier one of this key."""
        row = _row(key) | {"kind": kind_of(value), "value": encode(value), "now": to_stored(self._clock())}
        async with self._database.write() as connection:
            await connection.execute(_SAVE, row)

    async def find(self, key: ResultKey, kind: type[_Value]) -> _Value | None:
        """The value kept for `key`, read as `kind` (`Summary`, `tuple[Quote, ...]`); None where there is none."""
        async with self._database.read() as connection:
            rows = await connection.execute_fetchall(_FIND, _row(key))
        for number, data, used in rows:
            value = decode(data, kind)
            if value is not None:
                await self._note(number, key.article, used)
            return value
        return None

    async def save_embedding(self, article: str, model: str, vector: Sequence[float]) -> None:
        """Keep the vector of an article by a model, as 32-bit floats."""
        row = {"article": article, "model": storable(model), "vector": _pack(vector), "now": to_stored(self._clock())}
        async with self._database.write() as connection:
            await connection.execute(_SAVE_EMBEDDING, row)

    async def find_embedding(self, article: str, model: str) -> tuple[float, ...] | None:
        """The vector of one article by `model`."""
        async with self._database.read() as connection:
            rows = await connection.execute_fetchall(
                "SELECT vector FROM embeddings WHERE article = ? AND model = ?", (article, storable(model))
            )
        return next((_unpack(vector) for (vector,) in rows), None)

    async def embeddings(self, model: str) -> tuple[tuple[str, tuple[float, ...]], ...]:
        """The hash and vector of every article embedded by `model`, the newest first."""
        async with self._database.read() as connection:
            rows = await connection.execute_fetchall(
                "SELECT article, vector FROM embeddings WHERE model = ? ORDER BY created DESC", (storable(model),)
            )
        found = ((article, _unpack(vector)) for article, vector in rows)
        return tuple((article, vector) for article, vector in found if vector is not None)

    async def _note(self, number: int, article: str, used: int) -> None:
        """Record the use of a result and so of its article. Not worth failing a reader for."""
        now = to_stored(self._clock())
        if now - used < _FRESH_MS:
            return
        try:
            async with self._database.write() as connection:
                await connection.execute("UPDATE results SET used = max(used, ?) WHERE id = ?", (now, number))
                await connection.execute("UPDATE articles SET used = max(used, ?) WHERE hash = ?", (now, article))
        except StorageError as error:
            _log.warning("The use of a result was not recorded: %s", error.message)


def _row(key: ResultKey) -> dict[str, str | int]:
    return {
        "article": key.article,
        "task": key.task,
        "parameters": storable(key.parameters),
        "model": storable(key.model),
        "prompt": key.prompt,
        "format": FORMAT,
    }


def _pack(vector: Sequence[float]) -> bytes:
    return _little_endian(array("f", vector)).tobytes()


def _unpack(data: bytes) -> tuple[float, ...] | None:
    vector = array("f")
    if len(data) % vector.itemsize:
        return None
    vector.frombytes(data)
    return tuple(_little_endian(vector))


def _little_endian(vector: array[float]) -> array[float]:
    if sys.byteorder == "big":
        vector.byteswap()
    return vector
