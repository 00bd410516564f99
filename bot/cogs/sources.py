"""What in a message could be an article, and what a kept request asks to read: a link, a file, or a long text."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.core.source import FileSource, LinkSource, Source, TextSource
from bot.errors import EmptyInput, TooLarge
from bot.storage.requests import Kind, Wish
from bot.text.links import find_links

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

    import discord

    from bot.article import Length
    from bot.storage.requests import Request

READABLE = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".pdf"})
LONG_TEXT = 600
"""Characters from which a message is taken for a pasted article rather than for talk."""
_MOST_SOURCES = 5
"""Of one message; more is a list of links, not something to read."""
_MEDIA = frozenset(".gif .gifv .png .jpg .jpeg .webp .avif .svg .mp4 .webm .mov .mp3 .ogg .wav .zip .exe".split())
_SKIPPED_HOSTS = (
    "discord.com",
    "discord.gg",
    "discordapp.com",
    "discordapp.net",
    "tenor.com",
    "giphy.com",
    "imgur.com",
    "youtube.com",
    "youtu.be",
    "twitch.tv",
    "tiktok.com",
    "spotify.com",
    "soundcloud.com",
    "instagram.com",
    "x.com",
    "twitter.com",
)


def article_links(text: str) -> list[str]:
    """The links of a message that may lead to an article: no pictures, films, GIFs, or places inside Discord."""
    return [link.url for link in find_links(text) if not _is_skipped(link.url)]


def _is_skipped(url: str) -> bool:
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    named = any(host == skipped or host.endswith(f".{skipped}") for skipped in _SKIPPED_HOSTS)
    return named or PurePosixPath(parts.path).suffix.lower() in _MEDIA


def readable_files(attachments: Sequence[discord.Attachment]) -> list[discord.Attachment]:
    """The attachments that can be read, by their names: the content type may be missing or wrong."""
    return [one for one in attachments if PurePosixPath(one.filename).suffix.lower() in READABLE]


def has_source(message: discord.Message) -> bool:
    """Tell whether there is anything in a message that could be read."""
    return bool(article_links(message.content) or readable_files(message.attachments)) or is_paste(message)


def is_paste(message: discord.Message) -> bool:
    """Tell whether the message's own text is long enough to be an article."""
    return len(message.content) >= LONG_TEXT


async def wishes_of(
    message: discord.Message, asker: int, kind: Kind, length: Length, locale: str, most_bytes: int
) -> list[Wish]:
    """What reading a message means: a wish for each file, else for each link, else for its text."""
    found: list[tuple[str, bytes, str | None]] = [source async for source in _files(message, most_bytes)]
    found = found or list(_texts(message))
    return [
        Wish(
            kind,
            message.guild.id if message.guild else None,
            message.channel.id,
            asker,
            source_kind,
            data,
            filename,
            message=message.id,
            length=length,
            locale=locale,
        )
        for source_kind, data, filename in found[:_MOST_SOURCES]
    ]


async def _files(message: discord.Message, most_bytes: int) -> AsyncIterator[tuple[str, bytes, str | None]]:
    for attachment in readable_files(message.attachments)[:_MOST_SOURCES]:
        yield "file", await read_file(attachment, most_bytes), attachment.filename


async def read_file(attachment: discord.Attachment, most_bytes: int) -> bytes:
    """The bytes of an attachment, at once: its link expires.

    Raises:
        TooLarge: it is over the configured size.
    """
    if attachment.size > most_bytes:
        message = f"The file {attachment.filename} has {attachment.size:,} bytes; the most is {most_bytes:,}."
        raise TooLarge(message)
    return await attachment.read()


def _texts(message: discord.Message) -> Iterator[tuple[str, bytes, str | None]]:
    if is_paste(message):
        yield "text", message.content.encode("utf-8", "surrogatepass"), None
        return
    for link in article_links(message.content):
        yield "link", link.encode("utf-8", "replace"), None


def source_of(request: Request) -> Source:
    """What a kept request asks to read.

    Raises:
        EmptyInput: it was read before, and its article has been deleted since.
    """
    data = request.source
    if data is None:
        message = "The article is no longer stored."
        raise EmptyInput(message, "Post its link or text again.")
    if request.source_kind == "link":
        return LinkSource(data.decode())
    if request.source_kind == "text":
        return TextSource(data.decode("utf-8", "surrogatepass"))
    return FileSource(data, request.filename or "file")
