from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
import transformers
from safetensors.torch import save_file
from tiny_models import save_random

from bot.errors import WeightsMissing
from bot.model.adapter import Adapter, merge, shipped_adapter
from bot.model.generation import Generator

_BASE = "ab" * 32
_MODULE = "model.layers.0.mlp.down_proj"
_METADATA = {"scale": "2.0", "base": _BASE}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made: Path = tmp_path_factory.mktemp("adapted")
    save_random(made, pieces="bytes")
    return made


@pytest.fixture
def model(folder: Path) -> Any:
    return transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)


def _matrices(module: str = _MODULE, inner: int = 48, outer: int = 32) -> dict[str, torch.Tensor]:
    torch.manual_seed(2)
    return {
        f"{module}.lora_A.weight": torch.randn(4, inner).bfloat16(),
        f"{module}.lora_B.weight": torch.randn(outer, 4).bfloat16(),
    }


def _adapter(
    tmp_path: Path, matrices: dict[str, torch.Tensor] | None = None, metadata: dict[str, str] | None = None
) -> Adapter:
    file = tmp_path / "shorten.safetensors"
    save_file(_matrices() if matrices is None else matrices, file, metadata or _METADATA)
    found = shipped_adapter(_BASE, file)
    assert found is not None
    return found


def test_the_product_of_both_matrices_is_added(model: Any, tmp_path: Path) -> None:
    matrices = _matrices()
    first, second = (matrix.float() for matrix in matrices.values())
    before = model.get_submodule(_MODULE).weight.detach().clone()
    merge(_adapter(tmp_path, matrices), model)
    torch.testing.assert_close(model.get_submodule(_MODULE).weight.detach(), before + 2.0 * second @ first)


def test_an_adapter_for_other_weights_is_refused(model: Any, tmp_path: Path) -> None:
    adapter = _adapter(tmp_path, metadata={**_METADATA, "base": "cd" * 32})
    with pytest.raises(WeightsMissing, match="other weights") as caught:
        merge(adapter, model)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("matrices", "metadata"),
    [
        (_matrices("model.layers.7.mlp.down_proj"), _METADATA),
        (_matrices(inner=47), _METADATA),
        (dict(list(_matrices().items())[:1]), _METADATA),
        ({**_matrices(), "other": torch.zeros(1)}, _METADATA),
        ({key: matrix[0] for key, matrix in _matrices().items()}, _METADATA),
        (_matrices(), {"base": _BASE}),
        (_matrices(), {"base": _BASE, "scale": "nan"}),
    ],
)
def test_an_adapter_that_does_not_fit_is_refused(
    model: Any, tmp_path: Path, matrices: dict[str, torch.Tensor], metadata: dict[str, str]
) -> None:
    with pytest.raises(WeightsMissing, match="damaged or fits another model"):
        merge(_adapter(tmp_path, matrices, metadata), model)


def test_a_file_that_is_no_adapter_is_refused(model: Any, tmp_path: Path) -> None:
    file = tmp_path / "shorten.safetensors"
    file.write_bytes(b"no tensors")
    with pytest.raises(WeightsMissing, match="damaged"):
        merge(Adapter(file, "", _BASE), model)


def test_no_adapter_need_be_there(tmp_path: Path) -> None:
    assert shipped_adapter(_BASE, tmp_path / "shorten.safetensors") is None


def test_the_name_tells_one_adapter_from_another(tmp_path: Path) -> None:
    one = _adapter(tmp_path)
    other = _adapter(tmp_path, metadata={**_METADATA, "scale": "1.0"})
    assert one.name.startswith("shorten-")
    assert one.name != other.name


def test_a_generator_merges_what_it_is_given(folder: Path, tmp_path: Path) -> None:
    wrong = Adapter(_adapter(tmp_path).path, "", "cd" * 32)
    Generator(folder, adapter=_adapter(tmp_path))
    with pytest.raises(WeightsMissing, match="other weights"):
        Generator(folder, adapter=wrong)
