"""A trained adapter merged into a model's weights: the difference that task training made, a hundredth of their size.

The file holds low-rank matrices by the name of the module that they change (Hu et al. 2021, LoRA), and tells in its
metadata how much they count and of which weights they are. peft, which trained them, is not needed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.errors import WeightsMissing
from bot.model.checksum import sha256_of
from bot.model.packaged import HASH_SHOWN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from torch import Tensor

_SHIPPED = Path(__file__).with_name("shorten.safetensors")
_FIRST, _SECOND = ".lora_A.weight", ".lora_B.weight"
_SCALE = re.compile(r"\d{1,4}(?:\.\d{1,8})?")
_INSTALL = "Install Verbatim again, or name another writer in the configuration."


@dataclass(frozen=True, slots=True)
class Adapter:
    """An adapter's file, its sha256, and the sha256 of the file with the weights that it is to be merged into."""

    path: Path
    hash: str
    base: str

    @property
    def name(self) -> str:
        """A stable name, part of every cache key."""
        return f"{self.path.stem}-{self.hash[:HASH_SHOWN]}"


def shipped_adapter(base: str, path: Path = _SHIPPED) -> Adapter | None:
    """Find the adapter that came with Verbatim, to be merged into `base`; None where there is none."""
    return Adapter(path, sha256_of(path), base) if path.is_file() else None


def merge(adapter: Adapter, model: Any) -> None:  # noqa: ANN401  transformers' classes differ with the model
    """Add what `adapter` says to the weights of `model`.

    Raises:
        WeightsMissing: the file is damaged, or was made for other weights.
    """
    import torch  # noqa: PLC0415  loading torch takes seconds

    tensors, metadata = _read(adapter.path)
    if metadata.get("base") != adapter.base:
        message = f"The adapter {adapter.path.name} was made for other weights than the writer's."
        raise WeightsMissing(message, _INSTALL)
    if not _SCALE.fullmatch(metadata.get("scale", "")):
        raise _damaged(adapter.path)
    modules = dict(model.named_modules())
    with torch.no_grad():
        for name in _adapted(adapter.path, tensors):
            weight = getattr(modules.get(name), "weight", None)
            first, second = tensors[name + _FIRST].float(), tensors[name + _SECOND].float()
            if weight is None or weight.shape != (second.shape[0], first.shape[1]) or second.shape[1] != len(first):
                raise _damaged(adapter.path)
            weight.copy_(weight.float() + float(metadata["scale"]) * (second @ first))


def _read(path: Path) -> tuple[dict[str, Tensor], Mapping[str, str]]:
    from safetensors import SafetensorError, safe_open  # noqa: PLC0415  loads torch

    try:
        with safe_open(path, framework="pt") as file:
            return {key: file.get_tensor(key) for key in file.keys()}, file.metadata() or {}  # noqa: SIM118  no mapping
    except (OSError, SafetensorError) as error:
        raise _damaged(path) from error


def _adapted(path: Path, tensors: Mapping[str, Tensor]) -> list[str]:
    """The names of the modules; each must have both matrices and there must be nothing else."""
    names = [key.removesuffix(_FIRST) for key in tensors if key.endswith(_FIRST)]
    if {name + end for name in names for end in (_FIRST, _SECOND)} != set(tensors):
        raise _damaged(path)
    if any(tensor.dim() != 2 for tensor in tensors.values()):  # noqa: PLR2004  a matrix
        raise _damaged(path)
    return names


def _damaged(path: Path) -> WeightsMissing:
    message = f"The adapter {path.name} is damaged or fits another model."
    return WeightsMissing(message, _INSTALL)
