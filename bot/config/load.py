"""Read the settings from a TOML file and check them against the schema. It must not know any setting by name."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

from bot.config.places import config_folder
from bot.config.schema import Config, Setting
from bot.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_Section = TypeVar("_Section")
_LOCAL = Path("config.toml")
_KINDS: dict[type, str] = {bool: "true or false", int: "a whole number", float: "a number", str: "a text in quotes"}


def load(path: Path | None = None) -> Config:
    """Read `path`; without it `config.toml` here, then in the user's configuration folder, then the defaults.

    A relative path in a file counts from the folder of that file.

    Raises:
        ConfigError: the file is missing, is not TOML, or a setting is unknown, of the wrong type or out of range.
    """
    found = path or next((place for place in (_LOCAL, config_folder() / _LOCAL) if place.is_file()), None)
    return Config() if found is None else _config(_read(found), found.absolute().parent)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        reason = f"The configuration {path} cannot be read: {error.strerror or error}."
        raise ConfigError(reason) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        reason = f"The configuration {path} is not valid TOML: {error}."
        raise ConfigError(reason) from error


def _config(table: Mapping[str, Any], base: Path) -> Config:
    sections = get_type_hints(Config)
    _refuse_unknown("section", table, sections, "")
    return Config(**{name: _section(sections[name], name, part, base) for name, part in table.items()})


def _section(kind: type[_Section], name: str, table: object, base: Path) -> _Section:
    if not isinstance(table, dict):
        reason = f"{name} must be a section, [{name}], not {_shown(table)}."
        raise ConfigError(reason)
    known = get_type_hints(kind, include_extras=True)
    names = [item.name for item in fields(kind)]  # type: ignore[arg-type]
    _refuse_unknown("setting", table, names, f"{name}.")
    return kind(**{key: _value(known[key], f"{name}.{key}", value, base) for key, value in table.items()})


def _refuse_unknown(what: str, given: Iterable[str], known: Iterable[str], prefix: str) -> None:
    names = sorted(known)
    for name in given:
        if name not in names:
            near = get_close_matches(name, names, n=1, cutoff=0.5)
            wanted = f"did you mean {prefix}{near[0]}?" if near else f"known are {', '.join(names)}."
            reason = f"{prefix}{name} is not a known {what}; {wanted}"
            raise ConfigError(reason)


def _value(annotation: object, name: str, value: object, base: Path) -> object:
    if get_origin(annotation) is not Annotated:
        return value
    kind, setting = get_args(annotation)
    if get_origin(kind) is tuple:
        return _items(get_args(kind)[0], name, value, setting)
    if Path in get_args(kind):
        text = _typed(str, name, value)
        return base / Path(text).expanduser() if text else None
    return _single(kind, name, value, setting)


def _items(kind: type, name: str, value: object, setting: Setting) -> tuple[object, ...]:
    if not isinstance(value, list) or not value:
        reason = f"{name} must be a list such as [80, 443], not {_shown(value)}."
        raise ConfigError(reason)
    return tuple(_single(kind, f"{name}[{index}]", item, setting) for index, item in enumerate(value))


def _single(kind: type, name: str, value: object, setting: Setting) -> object:
    if issubclass(kind, StrEnum):
        return _choice(kind, name, value)
    typed = _typed(kind, name, value)
    if isinstance(typed, int | float):
        _check_bounds(name, typed, setting)
    return typed


def _choice(kind: type[StrEnum], name: str, value: object) -> StrEnum:
    names = [member.value for member in kind]
    if value not in names:
        reason = f"{name} must be one of {', '.join(names)}, not {_shown(value)}."
        raise ConfigError(reason)
    return kind(value)


def _typed(kind: type, name: str, value: object) -> Any:  # noqa: ANN401  the type is `kind`
    if kind is float and type(value) is int:
        return float(value)
    # isinstance would take true for a whole number.
    if type(value) is not kind:
        reason = f"{name} must be {_KINDS[kind]}, not {_shown(value)}."
        raise ConfigError(reason)
    return value


def _check_bounds(name: str, value: float, setting: Setting) -> None:
    # Written so that not-a-number is out of range.
    if setting.least is not None and not value >= setting.least:
        reason = f"{name} must be at least {setting.least:,}, not {_shown(value)}."
        raise ConfigError(reason)
    if setting.most is not None and not value <= setting.most:
        reason = f"{name} must be at most {setting.most:,}, not {_shown(value)}."
        raise ConfigError(reason)


def _shown(value: object) -> str:
    """The value as TOML would write it, cut to a length that fits in a sentence."""
    text = {True: "true", False: "false"}[value] if isinstance(value, bool) else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004
