from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article import Length
from bot.config import Config, load
from bot.config.load import _config
from bot.errors import ConfigError

if TYPE_CHECKING:
    from bot.config.schema import Setting

EXAMPLE = Path(__file__).parents[1] / "config.example.toml"
SECTIONS: dict[str, type] = get_type_hints(Config)
_NO_ADDRESS = "writer_server.url is not a web address; give one such as http://192.168.1.20:11434/v1."
_NO_KEY_IN_ADDRESS = "writer_server.url must be an address alone, without user name, ? or #."


def write(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def settings() -> list[tuple[str, str, Setting]]:
    """Section, key and setting of every field of the schema."""
    found = []
    for section, kind in SECTIONS.items():
        for key, annotation in get_type_hints(kind, include_extras=True).items():
            assert get_origin(annotation) is Annotated, f"{section}.{key} has no description"
            found.append((section, key, get_args(annotation)[1]))
    return found


def test_the_example_equals_the_defaults() -> None:
    assert load(EXAMPLE) == Config()


def test_the_example_has_every_key_under_its_description() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    table = tomllib.loads("\n".join(lines))
    assert [(section, key) for section, part in table.items() for key in part] == [
        (section, key) for section, key, _ in settings()
    ]
    comments = [lines[i - 1] for i, line in enumerate(lines) if " = " in line and not line.startswith("#")]
    assert comments == [f"# {setting.about}" for _, _, setting in settings()]


def test_every_default_is_within_its_own_bounds(tmp_path: Path) -> None:
    assert load(write(tmp_path, EXAMPLE.read_text(encoding="utf-8"))) == Config()


def test_what_is_not_named_keeps_its_default(tmp_path: Path) -> None:
    config = load(write(tmp_path, '[summary]\nlength = "long"\n[fetch]\ntimeout_seconds = 20\nports = [8080]\n'))
    assert config.summary.length is Length.LONG
    assert config.fetch.timeout_seconds == 20.0
    assert config.fetch.ports == (8080,)
    assert config.limits == Config().limits


def test_a_relative_path_counts_from_the_file(tmp_path: Path) -> None:
    assert load(write(tmp_path, '[storage]\npath = "kept/v.sqlite"')).storage.file == tmp_path / "kept/v.sqlite"


def test_the_default_database_is_in_the_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert Config().storage.file == tmp_path / "verbatim" / "verbatim.sqlite"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[summary]\nlenght = 'long'", "summary.lenght is not a known setting; did you mean summary.length?"),
        ("[sumary]\n", "sumary is not a known section; did you mean summary?"),
        ("[summary]\nzzz = 1", "summary.zzz is not a known setting; known are length."),
        ("summary = 3", "summary must be a section, [summary], not 3."),
        ("[summary]\nlength = 'huge'", "summary.length must be one of short, medium, long, not 'huge'."),
        ("[summary]\nlength = ['short']", "summary.length must be one of short, medium, long, not ['short']."),
        ("[fetch]\nenabled = 1", "fetch.enabled must be true or false, not 1."),
        ("[fetch]\nredirects = true", "fetch.redirects must be a whole number, not true."),
        ("[fetch]\nredirects = 5.0", "fetch.redirects must be a whole number, not 5.0."),
        ("[fetch]\ntimeout_seconds = '15'", "fetch.timeout_seconds must be a number, not '15'."),
        ("[fetch]\ntimeout_seconds = nan", "fetch.timeout_seconds must be at least 0.1, not nan."),
        ("[fetch]\ntimeout_seconds = inf", "fetch.timeout_seconds must be at most 600, not inf."),
        ("[fetch]\nports = 80", "fetch.ports must be a list such as [80, 443], not 80."),
        ("[fetch]\nports = []", "fetch.ports must be a list such as [80, 443], not []."),
        ("[fetch]\nports = [80, 70000]", "fetch.ports[1] must be at most 65,535, not 70000."),
        ("[fetch]\nports = ['http']", "fetch.ports[0] must be a whole number, not 'http'."),
        ("[models]\nencoder = 5", "models.encoder must be a text in quotes, not 5."),
        ("[models]\ncache = false", "models.cache must be a text in quotes, not false."),
        ("[worker]\nqueue = 0", "worker.queue must be at least 1, not 0."),
        ("[writer_server]\nurl = 'host:8080'", _NO_ADDRESS),
        ("[writer_server]\nurl = 'http://'", _NO_ADDRESS),
        ("[writer_server]\nurl = 'http://host:99999'", _NO_ADDRESS),
        ("[writer_server]\nurl = 'http://[::1/v1'", _NO_ADDRESS),
        ("[writer_server]\nurl = 'http://ho st/v1'", _NO_ADDRESS),
        ("[writer_server]\nurl = 'http://me:secret@host/v1'", _NO_KEY_IN_ADDRESS),
        ("[writer_server]\nurl = 'http://host/v1?key=secret'", _NO_KEY_IN_ADDRESS),
        ("[models]\nwriter = 'server'", 'models.writer is "server", but writer_server.url is not set.'),
        (
            "[models]\nwriter = 'server'\n[writer_server]\nurl = 'http://host'",
            'models.writer is "server", but writer_server.model is not set.',
        ),
        (
            "[models]\nwriter = 'server'\n[writer_server]\nurl = 'http://host'\nmodel = 'm'\ntimeout_seconds = 120",
            "writer_server.timeout_seconds must be less than worker.deadline_seconds.",
        ),
    ],
)
def test_a_wrong_setting_is_named_in_one_sentence(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(write(tmp_path, text))
    assert caught.value.message == message


def test_a_long_value_is_cut(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(write(tmp_path, f"[fetch]\nenabled = '{'x' * 1000}'"))
    assert len(caught.value.message) < 120


@pytest.mark.parametrize("content", [b"[fetch", b"a = \xff", b"[fetch]\nenabled = yes", b"a = " + b"[" * 10_000])
def test_what_is_not_toml_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match="is not valid TOML"):
        load(path)


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read: No such file"):
        load(tmp_path / "absent.toml")
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path)


def test_the_file_is_looked_for_here_then_at_home_then_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    home, here = tmp_path / "home" / "verbatim", tmp_path / "here"
    home.mkdir(parents=True)
    here.mkdir()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home.parent))
    monkeypatch.chdir(here)
    assert load() == Config()
    write(home, "[worker]\nqueue = 2")
    assert load().worker.queue == 2
    write(here, "[worker]\nqueue = 3")
    assert load().worker.queue == 3


def test_a_relative_xdg_folder_is_ignored(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "here")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Config().storage.file == tmp_path / ".local/share/verbatim/verbatim.sqlite"


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
keys = st.sampled_from([key for _, key, _ in settings()]) | st.text()


@given(st.dictionaries(st.sampled_from(list(SECTIONS)), st.dictionaries(keys, values) | values))
def test_any_table_is_a_config_or_a_config_error(table: dict[str, object]) -> None:
    try:
        config = _config(table, Path("/base"))
    except ConfigError:
        return
    assert all(isinstance(getattr(config, f.name), SECTIONS[f.name]) for f in fields(Config))
