"""Prompts are data: one TOML file a task in prompts/, loaded strictly, filled by string.Template.

An operator may edit them: an unknown key or a missing variable is told with the file's name, and the hash of a file
is part of every cache key. This module knows no model and none of the tasks by name.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from bot.errors import PromptError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_PACKAGED = Path(__file__).parents[1] / "prompts"
_CHECKOUT = Path(__file__).parents[2] / "prompts"
_NEAR = 0.5
"""How alike a known name must be to be suggested (difflib's ratio)."""


class TooLong(StrEnum):
    """What becomes of sources that are longer than `max_input_tokens`."""

    REFUSE = "refuse"
    """Nothing is written."""
    CUT = "cut"
    """The first ones that fit are used."""
    MERGE = "merge"
    """They are cut into windows, each is written about, and then about what was written."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much goes in and out, in the model's tokens; the prompt's own words are not counted."""

    max_input_tokens: int
    max_new_tokens: int
    too_long: TooLong = TooLong.REFUSE


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is told for one task. `hash` is the sha256 of the file."""

    name: str
    description: str
    system: str
    prompt: str
    limits: Limits
    hash: str

    def fill(self, variables: Mapping[str, str]) -> str:
        """Put `variables` into the prompt; what a variable holds is never itself filled.

        Raises:
            PromptError: the prompt names a variable that is not given.
        """
        try:
            return Template(self.prompt).substitute(variables)
        except KeyError as error:
            raise _fault(self.name, f"asks for ${error.args[0]}; known are {_listed(variables)}") from error


def prompts_folder() -> Path:
    """Find the folder that came with Verbatim: inside the installed package, else in the checkout."""
    return _PACKAGED if _PACKAGED.is_dir() else _CHECKOUT


def load_prompt(name: str, folder: Path | None = None) -> Prompt:
    """Load the prompt `name` from `folder`; where it has none of this name, the one that came with Verbatim.

    Raises:
        PromptError: there is no such file, it is not TOML, or a key is unknown, missing or of the wrong type.
    """
    path = _path(name, folder)
    try:
        content = path.read_bytes()
        table = tomllib.loads(content.decode("utf-8"))
    except OSError as error:
        raise _fault(name, f"cannot be read: {error.strerror or error}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise _fault(name, f"is not valid TOML: {error}") from error
    _check_keys(name, table, required=("description", "system", "prompt", "limits"))
    texts = {key: _text(name, key, table[key]) for key in ("description", "system", "prompt")}
    _check_template(name, texts["prompt"])
    limits = _limits(name, table["limits"])
    return Prompt(name=name, **texts, limits=limits, hash=hashlib.sha256(content).hexdigest())


def _path(name: str, folder: Path | None) -> Path:
    chosen = (folder or prompts_folder()) / f"{name}.toml"
    return chosen if chosen.is_file() else prompts_folder() / f"{name}.toml"


def _limits(name: str, table: object) -> Limits:
    if not isinstance(table, dict):
        raise _fault(name, "must have a section [limits]")
    _check_keys(name, table, required=("max_input_tokens", "max_new_tokens"), optional=("too_long",))
    too_long = table.get("too_long", TooLong.REFUSE)
    if too_long not in tuple(TooLong):
        raise _fault(name, f"has {too_long!r} for too_long; known are {_listed(TooLong)}")
    return Limits(
        max_input_tokens=_count(name, "max_input_tokens", table["max_input_tokens"]),
        max_new_tokens=_count(name, "max_new_tokens", table["max_new_tokens"]),
        too_long=TooLong(too_long),
    )


def _check_keys(
    name: str, table: Mapping[str, object], required: tuple[str, ...], optional: tuple[str, ...] = ()
) -> None:
    known = required + optional
    for key in table:
        if key not in known:
            near = get_close_matches(key, known, n=1, cutoff=_NEAR)
            wanted = f"did you mean {near[0]}?" if near else f"known are {_listed(known)}"
            raise _fault(name, f"has the unknown key {key}; {wanted}")
    for key in required:
        if key not in table:
            raise _fault(name, f"lacks the key {key}")


def _check_template(name: str, prompt: str) -> None:
    if not Template(prompt).is_valid():
        raise _fault(name, "has a $ in its prompt that starts no name; write $$ for the sign itself")


def _text(name: str, key: str, value: object) -> str:
    if not isinstance(value, str):
        raise _fault(name, f"must have a text for {key}")
    return value.strip()


def _count(name: str, key: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise _fault(name, f"must have a whole number above 0 for {key}")
    return value


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def _fault(name: str, what: str) -> PromptError:
    end = "" if what.endswith("?") else "."
    return PromptError(f"The prompt file {name}.toml {what}{end}")
