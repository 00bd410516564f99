"""Where an article comes from: a link to follow, a file's bytes, or text as it was pasted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LinkSource:
    """A link as the user gave it."""

    url: str


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file's bytes; its kind is told by the name, since a content type may be missing or wrong."""

    data: bytes
    filename: str
    content_type: str | None = None


@dataclass(frozen=True, slots=True)
class TextSource:
    """Pasted text."""

    text: str


Source = LinkSource | FileSource | TextSource
