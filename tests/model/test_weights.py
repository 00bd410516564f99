from __future__ import annotations

import os
import sys
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from tiny_gguf import tiny_llama

from bot.errors import WeightsMissing
from bot.model import hub, packaged, weights
from bot.model.packaged import PACKAGED, Packaged, Role, package_folder
from bot.model.weights import Source, WeightStore, default_cache

if TYPE_CHECKING:
    from pathlib import Path

_GGUF = tiny_llama()


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two packages with weights of a few bytes, known by their true hashes; nothing is in the hub's cache."""
    root = tmp_path / "site-packages"
    files = {"mini_encoder": ("model/model.safetensors", b"weights"), "mini_writer": ("mini.gguf", _GGUF)}
    known = []
    for role, (package, (name, content)) in zip(Role, files.items(), strict=True):
        file = root / package / name
        file.parent.mkdir(parents=True)
        file.write_bytes(content)
        known.append(
            Packaged(role, f"Mini-{role}", f"org/Mini-{role}", package, name, sha256(content).hexdigest(), "mit")
        )
    (root / "mini_encoder" / "model" / "config.json").write_text("{}")
    monkeypatch.setattr(packaged, "PACKAGED", tuple(known))
    monkeypatch.setattr(hub, "downloaded", lambda _: None)
    return root


@pytest.fixture
def store(tmp_path: Path, packages: Path) -> WeightStore:
    return WeightStore(tmp_path / "cache", _finder(packages))


def _finder(root: Path) -> weights.FindPackage:
    def find(package: str) -> Path | None:
        folder = root / package
        return folder if folder.is_dir() else None

    return find


def _model_folder(folder: Path, content: str = "{}") -> Path:
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(content)
    return folder


def test_a_folder_is_taken_before_all_else(store: WeightStore, tmp_path: Path) -> None:
    folder = _model_folder(tmp_path / "my-model")
    (folder / "README.md").write_text("---\nlanguage: en\nlicense: mit\n---\n# A model\n")
    found = store.locate(Role.ENCODER, str(folder))
    assert (found.source, found.folder, found.licence) == (Source.FOLDER, folder, "mit")


def test_the_name_of_a_folders_weights_changes_with_them(store: WeightStore, tmp_path: Path) -> None:
    folder = _model_folder(tmp_path / "my-model")
    before = store.locate(Role.ENCODER, str(folder)).name
    (folder / "model.safetensors").write_bytes(b"other weights")
    assert store.locate(Role.ENCODER, str(folder)).name != before


@pytest.mark.parametrize("choice", ["default", "Mini-encoder", "org/mini-encoder"])
def test_the_package_is_found_under_any_of_its_names(store: WeightStore, packages: Path, choice: str) -> None:
    found = store.prepare(store.locate(Role.ENCODER, choice))
    assert (found.source, found.folder) == (Source.PACKAGE, packages / "mini_encoder" / "model")
    assert found.size == len("weights") + len("{}")


def test_the_cache_is_taken_before_the_package(store: WeightStore, tmp_path: Path) -> None:
    name = store.locate(Role.ENCODER).name
    _model_folder(tmp_path / "cache" / name)
    assert store.locate(Role.ENCODER).source is Source.CACHE


def test_the_writer_is_converted_once(store: WeightStore, tmp_path: Path) -> None:
    told: list[str] = []
    unprepared = store.locate(Role.WRITER)
    assert not unprepared.prepared
    with pytest.raises(WeightsMissing, match="have not been prepared"):
        _ = unprepared.folder
    ready = store.prepare(unprepared, told.append)
    assert (ready.folder / "model.safetensors").is_file()
    assert len(told) == 2
    assert store.locate(Role.WRITER) == ready
    assert [path.name for path in (tmp_path / "cache").iterdir() if path.is_dir()] == [ready.name]


def test_two_conversions_at_once_leave_one_whole_folder(store: WeightStore, tmp_path: Path) -> None:
    unprepared = store.locate(Role.WRITER)
    store.prepare(unprepared)
    assert store.prepare(unprepared).folder.is_dir()
    assert len([path for path in (tmp_path / "cache").iterdir() if path.is_dir()]) == 1


@pytest.mark.parametrize("role", list(Role))
def test_a_wrong_hash_is_told(store: WeightStore, packages: Path, role: Role) -> None:
    file = next(
        file for file in packages.rglob("*") if file.suffix == {"encoder": ".safetensors", "writer": ".gguf"}[role]
    )
    found = store.locate(role)
    store.prepare(found)
    store.check(found)
    file.write_bytes(b"tampered with")
    with pytest.raises(WeightsMissing, match="not the ones that Verbatim knows"):
        store.prepare(found)
    with pytest.raises(WeightsMissing, match="not the ones that Verbatim knows"):
        store.check(found)


def test_a_hash_is_taken_once_but_checked_anew_when_asked(store: WeightStore, packages: Path) -> None:
    file = packages / "mini_encoder" / "model" / "model.safetensors"
    found = store.prepare(store.locate(Role.ENCODER))
    times = file.stat()
    file.write_bytes(b"WEIGHTS")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    store.prepare(found)
    with pytest.raises(WeightsMissing):
        store.check(found)


def test_a_damaged_file_of_the_right_hash_is_told(
    store: WeightStore, packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut = _GGUF[:100]
    (packages / "mini_writer" / "mini.gguf").write_bytes(cut)
    entry = Packaged(Role.WRITER, "m", "o/m", "mini_writer", "mini.gguf", sha256(cut).hexdigest(), "mit")
    monkeypatch.setattr(packaged, "PACKAGED", (entry,))
    with pytest.raises(WeightsMissing, match="damaged"):
        store.prepare(store.locate(Role.WRITER))


def test_a_cache_that_cannot_be_written_is_told(tmp_path: Path, packages: Path) -> None:
    (tmp_path / "file").touch()
    store = WeightStore(tmp_path / "file" / "cache", _finder(packages))
    store.prepare(store.locate(Role.ENCODER))
    with pytest.raises(WeightsMissing, match="cannot be written"):
        store.prepare(store.locate(Role.WRITER))


@pytest.mark.parametrize("choice", ["/nowhere/at/all", "nowhere", "./org/name", "org/name/more", ""])
def test_what_is_neither_a_folder_nor_a_hub_id_is_told(store: WeightStore, choice: str) -> None:
    with pytest.raises(WeightsMissing):
        store.locate(Role.ENCODER, choice)


def test_a_folder_without_a_model_is_told(store: WeightStore, tmp_path: Path) -> None:
    with pytest.raises(WeightsMissing, match=r"no config\.json"):
        store.locate(Role.ENCODER, str(tmp_path))


def test_the_hub_is_named_where_nothing_else_serves(tmp_path: Path, packages: Path) -> None:
    store = WeightStore(tmp_path / "cache", lambda _: None)
    for choice in ("default", "org/other"):
        found = store.locate(Role.ENCODER, choice)
        assert (found.source, found.path, found.prepared, found.size) == (Source.HUB, None, False, 0)
    assert packages.is_dir()


def test_a_model_that_the_hub_does_not_give_is_told(store: WeightStore) -> None:
    with pytest.raises(WeightsMissing, match="could not be fetched"):
        store.prepare(store.locate(Role.ENCODER, "org/other"))


def test_a_model_fetched_before_is_found_without_the_network(
    store: WeightStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _model_folder(tmp_path / "snapshots" / "0123456789abcdef")
    monkeypatch.setattr(hub, "downloaded", lambda _: folder)
    found = store.locate(Role.ENCODER, "org/other")
    assert (found.source, found.prepared, found.name) == (Source.HUB, True, "org/other-01234567")


def test_the_listing_tells_faults_and_goes_on(store: WeightStore) -> None:
    encoder, writer = store.listing({Role.ENCODER: "/nowhere", Role.WRITER: "default"})
    assert encoder.weights is None
    assert encoder.problem is not None
    assert "/nowhere" in encoder.problem
    assert writer.weights is not None
    assert writer.problem is None


def test_the_cache_can_be_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_CACHE", str(tmp_path))
    assert default_cache() == tmp_path / "models"
    monkeypatch.delenv("VERBATIM_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert default_cache() == tmp_path / "xdg" / "verbatim" / "models"


def test_a_package_is_found_without_being_imported() -> None:
    for entry in PACKAGED:
        folder = package_folder(entry.package)
        assert folder is None or folder.is_dir()
        assert entry.package not in sys.modules
    assert package_folder("no_such_package_at_all") is None


@pytest.mark.parametrize("hub_id", ["org/never-fetched", "org//name", "-/-"])
def test_a_model_that_was_never_fetched_is_not_found(hub_id: str) -> None:
    assert hub.downloaded(hub_id) is None
