"""Read a GGUF file: its metadata, and its tensors as float32 arrays.

Only what the packaged writer's file holds is understood: GGUF version 2 or 3, and tensors of the types F32, Q4_1 and
Q8_0 (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md). This module knows no model: what a tensor is for is
decided elsewhere.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    Scalar = int | float | bool | str
    Value = Scalar | list[Scalar]

_MAGIC = b"GGUF"
_VERSIONS = (2, 3)
_STRING, _ARRAY = 8, 9
_SCALARS = {0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?", 10: "<Q", 11: "<q", 12: "<d"}
_DEFAULT_ALIGNMENT = 32


@dataclass(frozen=True, slots=True)
class _Encoding:
    """How a block of weights is stored."""

    weights: int
    size: int
    """Bytes."""
    decode: Callable[[NDArray[np.uint8]], NDArray[np.float32]]
    """Rows of one block each to rows of weights."""


@dataclass(frozen=True, slots=True)
class _TensorInfo:
    name: str
    shape: tuple[int, ...]
    encoding: _Encoding
    start: int
    """Offset in the file, in bytes."""


class GGUFFile:
    """A GGUF file that is mapped, not read, into memory.

    Raises:
        ValueError: it is not GGUF, is cut short, or holds a type that is not understood.
    """

    def __init__(self, path: Path) -> None:
        self._data: NDArray[np.uint8] = np.memmap(path, dtype=np.uint8, mode="r")
        cursor = _Cursor(self._data)
        if bytes(cursor.take(4)) != _MAGIC or cursor.number("<I") not in _VERSIONS:
            reason = f"{path.name} is not a GGUF file of version 2 or 3"
            raise ValueError(reason)
        tensors, keys = cursor.number("<Q"), cursor.number("<Q")
        self.metadata: dict[str, Value] = {}
        for _ in range(keys):
            name = cursor.string()
            self.metadata[name] = cursor.value(cursor.number("<I"))
        infos = [cursor.tensor_info() for _ in range(tensors)]
        base = self._aligned(cursor.position)
        self._infos = [_TensorInfo(info.name, info.shape, info.encoding, base + info.start) for info in infos]

    def tensors(self) -> Iterator[tuple[str, NDArray[np.float32]]]:
        """Yield each tensor's name and weights, one at a time so that little memory is held."""
        for info in self._infos:
            encoding = info.encoding
            blocks = prod(info.shape) // encoding.weights
            stored = self._data[info.start : info.start + blocks * encoding.size]
            yield info.name, encoding.decode(stored.reshape(blocks, encoding.size)).reshape(info.shape)

    def _aligned(self, position: int) -> int:
        alignment = self.metadata.get("general.alignment", _DEFAULT_ALIGNMENT)
        if not isinstance(alignment, int):
            reason = "general.alignment is not a number"
            raise TypeError(reason)
        return -(-position // alignment) * alignment


class _Cursor:
    """Takes values off the file's head, one after another."""

    def __init__(self, data: NDArray[np.uint8]) -> None:
        self._data = data
        self.position = 0

    def take(self, count: int) -> bytes:
        end = self.position + count
        if end > len(self._data):
            reason = "the GGUF file is cut short"
            raise ValueError(reason)
        taken = self._data[self.position : end].tobytes()
        self.position = end
        return taken

    def number(self, layout: str) -> int:
        return int(self._scalar(layout))

    def string(self) -> str:
        return self.take(self.number("<Q")).decode("utf-8")

    def value(self, kind: int) -> Value:
        if kind != _ARRAY:
            return self._single(kind)
        item_kind, count = self.number("<I"), self.number("<Q")
        return [self._single(item_kind) for _ in range(count)]

    def tensor_info(self) -> _TensorInfo:
        name = self.string()
        dimensions = self.number("<I")
        shape = tuple(self.number("<Q") for _ in range(dimensions))[::-1]  # ggml names the fastest axis first
        encoding = _ENCODINGS.get(self.number("<I"))
        if encoding is None:
            reason = f"the tensor {name} is stored in a way that is not understood"
            raise ValueError(reason)
        return _TensorInfo(name, shape, encoding, self.number("<Q"))

    def _single(self, kind: int) -> Scalar:
        return self.string() if kind == _STRING else self._scalar(_SCALARS[kind])

    def _scalar(self, layout: str) -> int | float | bool:
        value: int | float | bool = struct.unpack(layout, self.take(struct.calcsize(layout)))[0]
        return value


def _decode_f32(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    return np.ascontiguousarray(blocks).view(np.float32)


def _decode_q4_1(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Each block: a scale and a least value (float16), then 32 weights of four bits, the low halves first."""
    scale, least = _float16(blocks[:, 0:2]), _float16(blocks[:, 2:4])
    nibbles = np.concatenate([blocks[:, 4:] & 0x0F, blocks[:, 4:] >> 4], axis=1)
    return nibbles.astype(np.float32) * scale + least


def _decode_q8_0(blocks: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Each block: a scale (float16), then 32 weights of eight bits."""
    return np.ascontiguousarray(blocks[:, 2:]).view(np.int8).astype(np.float32) * _float16(blocks[:, 0:2])


def _float16(column: NDArray[np.uint8]) -> NDArray[np.float32]:
    return np.ascontiguousarray(column).view(np.float16).astype(np.float32)


_ENCODINGS = {
    0: _Encoding(1, 4, _decode_f32),
    3: _Encoding(32, 20, _decode_q4_1),
    8: _Encoding(32, 34, _decode_q8_0),
}
