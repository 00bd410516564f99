"""Where a model's weights lie: a folder, the user's cache, an installed package, or the hub, in this order.

The packages are wanted for their files alone and are never imported. What is shipped by a package is known by its
sha256. Nothing here loads a model; the network is touched only by `WeightStore.prepare`, for a model that is
nowhere on this machine.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config.places import cache_folder
from bot.errors import WeightsMissing
from bot.model import hub
from bot.model.atomic import make_folder
from bot.model.checksum import ChecksumMemory, sha256_of
from bot.model.convert import convert_llama
from bot.model.packaged import DEFAULT, HASH_SHOWN, Packaged, Role, known, package_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Progress = Callable[[str], None]
    """Told in a few words what is being done."""

    FindPackage = Callable[[str], Path | None]
    """Gives the folder of an installed package."""

_HUB_ID = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")
_LICENCE = re.compile(r"^license:\s*(\S+)", re.MULTILINE)
_README_HEAD = 4096
"""Characters of a README in which a licence is looked for."""
_CORRECT = "Correct it in the configuration."
_REINSTALL = "Run `make setup` to install the weights again."


class Source(StrEnum):
    """Where weights were found."""

    FOLDER = "folder"
    CACHE = "cache"
    PACKAGE = "package"
    HUB = "hub"


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights that were found.

    `path` is the folder to load from where `prepared`; else the packaged file to convert, or None for a model that
    is still on the hub. `name` is stable: it changes when the weights change.
    """

    role: Role
    name: str
    source: Source
    path: Path | None
    prepared: bool
    licence: str = "unknown"
    packaged: Packaged | None = None

    @property
    def folder(self) -> Path:
        """The folder to load from."""
        if self.path is None or not self.prepared:
            message = f"The weights of {self.name} have not been prepared."
            raise WeightsMissing(message)
        return self.path

    @property
    def size(self) -> int:
        """Bytes on the disk; 0 for what is still on the hub."""
        if self.path is None:
            return 0
        files = [self.path] if self.path.is_file() else [file for file in self.path.rglob("*") if file.is_file()]
        return sum(file.stat().st_size for file in files)


@dataclass(frozen=True, slots=True)
class ListedModel:
    """One line of `verbatim models`: what was chosen for a role, and what was found or is wrong."""

    role: Role
    choice: str
    weights: Weights | None
    problem: str | None = None


def default_cache() -> Path:
    """Name the folder for prepared weights: `models` in VERBATIM_CACHE, or in the user's cache folder."""
    chosen = os.environ.get("VERBATIM_CACHE")
    return (Path(chosen).expanduser() if chosen else cache_folder()) / "models"


class WeightStore:
    """Finds, checks and prepares weights on this machine; `cache` holds what was prepared."""

    def __init__(self, cache: Path | None = None, find_package: FindPackage = package_folder) -> None:
        self._models = cache or default_cache()
        self._find_package = find_package
        self._memory = ChecksumMemory(self._models / "checksums.json")

    def locate(self, role: Role, choice: str = DEFAULT) -> Weights:
        """Find the weights of `choice`: "default", a folder, or a hub id. Nothing is downloaded or converted.

        Raises:
            WeightsMissing: there is no such folder, and the name is no hub id either.
        """
        folder = Path(choice).expanduser()
        if choice != DEFAULT and folder.is_dir():
            return _from_folder(role, folder)
        packaged = known(role, choice)
        if packaged is not None:
            return self._from_cache(packaged) or self._from_package(packaged) or self._from_hub(role, packaged.hub_id)
        if not _HUB_ID.fullmatch(choice):
            message = f"There is no folder {choice} to load the {role} from."
            raise WeightsMissing(message, _CORRECT)
        return self._from_hub(role, choice)

    def prepare(self, weights: Weights, progress: Progress = lambda _: None) -> Weights:
        """Check the hash of packaged weights and make ready what must be: converted, or fetched from the hub.

        Raises:
            WeightsMissing: the hash is wrong, the file is damaged, or the hub does not give the model.
        """
        if weights.source is Source.PACKAGE:
            progress(f"checking {weights.name}")
            self._check_hash(weights, self._memory.sha256_of)
        if weights.prepared:
            return weights
        if weights.source is Source.HUB:
            progress(f"fetching {weights.name} from the hub")
            return _from_hub_folder(weights.role, weights.name, hub.download(weights.name))
        return self._convert(weights, progress)

    def check(self, weights: Weights) -> None:
        """Read the packaged file again and compare its hash, whatever is remembered.

        Raises:
            WeightsMissing: the hash is wrong.
        """
        if weights.source is Source.PACKAGE:
            self._check_hash(weights, sha256_of)

    def listing(self, choices: Mapping[Role, str]) -> tuple[ListedModel, ...]:
        """Tell for each role what its choice leads to; a fault is told, not raised."""
        return tuple(self._listed(role, choice) for role, choice in choices.items())

    def _listed(self, role: Role, choice: str) -> ListedModel:
        try:
            return ListedModel(role, choice, self.locate(role, choice))
        except WeightsMissing as missing:
            return ListedModel(role, choice, None, missing.sentence)

    def _from_cache(self, packaged: Packaged) -> Weights | None:
        folder = self._models / packaged.stable_name
        if not (folder / "config.json").is_file():
            return None
        return _of_packaged(packaged, Source.CACHE, folder, prepared=True)

    def _from_package(self, packaged: Packaged) -> Weights | None:
        root = self._find_package(packaged.package)
        if root is None or not (root / packaged.file).is_file():
            return None
        file = root / packaged.file
        if packaged.is_gguf:
            return _of_packaged(packaged, Source.PACKAGE, file, prepared=False)
        return _of_packaged(packaged, Source.PACKAGE, file.parent, prepared=True)

    def _from_hub(self, role: Role, hub_id: str) -> Weights:
        folder = hub.downloaded(hub_id)
        if folder is None:
            return Weights(role, hub_id, Source.HUB, None, prepared=False)
        return _from_hub_folder(role, hub_id, folder)

    def _convert(self, weights: Weights, progress: Progress) -> Weights:
        source = weights.path
        if source is None:
            message = f"There is no file to make {weights.name} from."
            raise WeightsMissing(message)
        progress(f"converting {weights.name}, once")
        folder = self._models / weights.name
        try:
            make_folder(folder, lambda unfinished: convert_llama(source, unfinished))
        except (ValueError, KeyError) as error:
            message = f"The file {source} is damaged."
            raise WeightsMissing(message, _REINSTALL) from error
        except OSError as error:
            message = f"The model cache {self._models} cannot be written: {error.strerror or error}."
            raise WeightsMissing(message, "Set models.cache to a folder that can be written.") from error
        return replace(weights, source=Source.CACHE, path=folder, prepared=True)

    def _check_hash(self, weights: Weights, sha256: Callable[[Path], str]) -> None:
        packaged, path = weights.packaged, weights.path
        if packaged is None or path is None:
            return
        file = path if path.is_file() else path / Path(packaged.file).name
        if sha256(file) != packaged.sha256:
            message = f"The weights in the package {packaged.package} are not the ones that Verbatim knows."
            raise WeightsMissing(message, _REINSTALL)


def _of_packaged(packaged: Packaged, source: Source, path: Path, *, prepared: bool) -> Weights:
    return Weights(packaged.role, packaged.stable_name, source, path, prepared, packaged.licence, packaged)


def _from_folder(role: Role, folder: Path) -> Weights:
    if not (folder / "config.json").is_file():
        message = f"The folder {folder} holds no model: it has no config.json."
        raise WeightsMissing(message, _CORRECT)
    name = f"{folder.resolve().name}-{_folder_stamp(folder)}"
    return Weights(role, name, Source.FOLDER, folder, prepared=True, licence=_licence(folder))


def _from_hub_folder(role: Role, hub_id: str, folder: Path) -> Weights:
    """The hub's client names a snapshot's folder by its commit."""
    name = f"{hub_id}-{folder.name[:HASH_SHOWN]}"
    return Weights(role, name, Source.HUB, folder, prepared=True, licence=_licence(folder))


def _folder_stamp(folder: Path) -> str:
    """Tell one state of a folder from another by its files' names, sizes and times, without reading them."""
    digest = hashlib.sha256()
    for file in sorted(folder.iterdir()):
        status = file.stat()
        digest.update(f"{file.name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:HASH_SHOWN]


def _licence(folder: Path) -> str:
    try:
        with (folder / "README.md").open(encoding="utf-8", errors="replace") as file:
            found = _LICENCE.search(file.read(_README_HEAD))
    except OSError:
        return "unknown"
    return found.group(1) if found else "unknown"
