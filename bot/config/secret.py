"""Read a secret from the environment or a file. It must not log it, keep it, or put it into a message."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bot.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path


def read_secret(variable: str, file: Path | None, setting: str) -> str:
    """Read the environment's `variable`, else the `file` that the setting of this name gives; empty for neither.

    Raises:
        ConfigError: the file cannot be read, or what is found is not one line of plain characters.
    """
    secret = os.environ.get(variable, "").strip() or _content(file, setting)
    if not (secret.isascii() and secret.isprintable()):
        reason = f"What {variable} or {setting} gives is not one line of plain characters."
        raise ConfigError(reason, "Copy it again.")
    return secret


def _content(file: Path | None, setting: str) -> str:
    if file is None:
        return ""
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = f"The file {file} cannot be read."
        raise ConfigError(reason, f"Check {setting}.") from error
