from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tiny_gguf import Q4_1, Q8_0, Tensor, f32, gguf

from bot.model.gguf import GGUFFile

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


def _open(folder: Path, data: bytes) -> GGUFFile:
    file = folder / "model.gguf"
    file.write_bytes(data)
    return GGUFFile(file)


def _only_tensor(folder: Path, tensor: Tensor) -> NDArray[np.float32]:
    ((name, values),) = _open(folder, gguf({}, [tensor])).tensors()
    assert name == tensor.name
    return values


def test_metadata_are_read(tmp_path: Path) -> None:
    metadata = {"name": "tiny – ä", "count": 7, "rate": 0.5, "words": ["a", "", "c"], "kinds": [1, 3]}
    assert _open(tmp_path, gguf(metadata)).metadata == metadata


def test_the_fastest_axis_of_the_file_is_the_last(tmp_path: Path) -> None:
    values = np.arange(6, dtype=np.float32).reshape(2, 3)
    assert np.array_equal(_only_tensor(tmp_path, f32("t", values)), values)


def test_four_bits_are_scaled_from_the_least_value(tmp_path: Path) -> None:
    packed = bytes(low | (15 - low) << 4 for low in range(16))
    block = struct.pack("<ee", 0.5, -1.0) + packed
    values = _only_tensor(tmp_path, Tensor("t", (1, 32), Q4_1, block))
    nibbles = [*range(16), *range(15, -1, -1)]
    assert values.tolist() == [[0.5 * nibble - 1.0 for nibble in nibbles]]


def test_eight_bits_are_signed(tmp_path: Path) -> None:
    numbers = list(range(-16, 16))
    block = struct.pack("<e32b", 0.25, *numbers)
    values = _only_tensor(tmp_path, Tensor("t", (32,), Q8_0, block))
    assert values.tolist() == [0.25 * number for number in numbers]


def test_several_tensors_lie_apart(tmp_path: Path) -> None:
    tensors = [f32(name, np.full((3,), index, dtype=np.float32)) for index, name in enumerate("abc")]
    found = dict(_open(tmp_path, gguf({"a": 1}, tensors)).tensors())
    assert {name: values.tolist() for name, values in found.items()} == {"a": [0] * 3, "b": [1] * 3, "c": [2] * 3}


@pytest.mark.parametrize("data", [b"GGU", b"ZIPP" + bytes(40), b"GGUF" + bytes(40), gguf({"a": "b"})[:30]])
def test_a_damaged_file_is_told(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ValueError, match="GGUF"):
        _open(tmp_path, data)


def test_an_unknown_kind_of_tensor_is_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not understood"):
        _open(tmp_path, gguf({}, [Tensor("t", (1,), 99, b"1234")]))
