"""Where a user's files belong, after the XDG Base Directory Specification. It makes no folder."""

from __future__ import annotations

import os
from pathlib import Path

_NAME = "verbatim"


def config_folder() -> Path:
    """The folder of the configuration, `~/.config/verbatim` unless the environment says otherwise."""
    return _folder("XDG_CONFIG_HOME", ".config")


def data_folder() -> Path:
    """The folder of what must be kept, `~/.local/share/verbatim` unless the environment says otherwise."""
    return _folder("XDG_DATA_HOME", ".local/share")


def cache_folder() -> Path:
    """The folder of what can be made again, `~/.cache/verbatim` unless the environment says otherwise."""
    return _folder("XDG_CACHE_HOME", ".cache")


def _folder(variable: str, fallback: str) -> Path:
    named = Path(os.environ.get(variable, ""))
    # The specification tells to ignore a relative path.
    return (named if named.is_absolute() else Path.home() / fallback) / _NAME
