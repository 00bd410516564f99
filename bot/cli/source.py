"""What a SOURCE on the command line means: a link, a file, or standard input."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import UsageError

if TYPE_CHECKING:
    from bot.core.source import Source

_LINK = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SourceArgument:
    """The word as it was given."""

    word: str

    def read(self) -> Source:
        """Read a file or standard input; a link is followed later, by the desk."""
        from bot.core.source import FileSource, LinkSource  # noqa: PLC0415  keeps --help instant

        if self.word == "-":
            # As bytes, so that its encoding is found and what is no text is refused.
            return FileSource(sys.stdin.buffer.read(), "message.txt")
        if _LINK.match(self.word):
            return LinkSource(self.word)
        try:
            return FileSource(Path(self.word).read_bytes(), Path(self.word).name)
        except OSError as error:
            message = f"The file {self.word} cannot be read: {error.strerror}."
            hint = "Give a link that begins with https://, a file, or - for standard input."
            raise UsageError(message, hint) from error
