"""What a result depends on besides its article: the models, the prompts, and the methods with their trained weights.

A cached result of another signature is never shown. The names are found without loading a model.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

import bot
from bot.config.schema import SERVER
from bot.core.server_writer import read_key
from bot.model.base import Task
from bot.model.packaged import Role
from bot.model.prompts import load_prompt
from bot.model.weights import WeightStore
from bot.model.writer import NONE

if TYPE_CHECKING:
    from bot.config import Config

_TRAINED = ("bot.core", "bot.text", "bot.model")
_TRAINED_SUFFIXES = (".json", ".safetensors", ".txt")


@dataclass(frozen=True, slots=True)
class Signature:
    """Stable names; `writer` and `prompts` are empty where there is no writer."""

    encoder: str
    writer: str
    prompts: str
    methods: str


def signature(config: Config) -> Signature:
    """The signature of what this configuration makes.

    Raises:
        WeightsMissing: a model that the configuration names is nowhere.
        ConfigError: so is the key of the server that writes.
    """
    store = WeightStore(config.models.cache)
    encoder = store.locate(Role.ENCODER, config.models.encoder).name
    if config.models.writer == NONE:
        return Signature(encoder, "", "", methods())
    prompts = hashlib.sha256("".join(load_prompt(task).hash for task in Task).encode()).hexdigest()
    return Signature(encoder, _writer(config, store), prompts, methods())


def _writer(config: Config, store: WeightStore) -> str:
    """The server's model by its name alone: it writes the same wherever it runs."""
    if config.models.writer_is_server:
        # As weights that are missing, a key that is missing is told at the start.
        read_key(config.writer_server)
        return f"{config.writer_server.model}+{SERVER}"
    return store.locate(Role.WRITER, config.models.writer).name


def methods() -> str:
    """The version and a hash of every file of trained weights and word lists in the package."""
    digest = hashlib.sha256(bot.__version__.encode())
    for package in _TRAINED:
        for file in sorted(files(package).iterdir(), key=lambda entry: entry.name):
            if file.name.endswith(_TRAINED_SUFFIXES):
                digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]
