"""Every setting, its default, its bounds and what it is for. It must not know where a value came from.

To add a setting, add one field here and its line (with the description as the comment above it) in
`config.example.toml`; to add a section, add a dataclass here and a field of it in `Config`. The loader reads these
annotations at run time, which is why this module does not postpone them.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit

from bot.article import Length
from bot.config.places import data_folder
from bot.errors import ConfigError

SERVER: Final = "server"
"""The choice of a writer that runs on the server of the section `writer_server`."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a setting is for, and its bounds (both inclusive; of each item, where it is a list)."""

    about: str
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Models:
    """Which models are used, and how."""

    encoder: Annotated[str, Setting('Sentence encoder: "default", a folder, or a hub id.')] = "default"
    writer: Annotated[
        str, Setting('Writer: "none" (the article\'s own sentences), "default", a folder, a hub id, or "server".')
    ] = "none"
    cache: Annotated[Path | None, Setting("Folder for prepared weights; empty: the user's cache folder.")] = None
    threads: Annotated[
        int, Setting("Processor threads for the models; never more than there are free cores.", 1, 256)
    ] = 1

    @property
    def writer_is_server(self) -> bool:
        """Tell whether sentences are sent to another machine to be rewritten."""
        return self.writer == SERVER


@dataclass(frozen=True, slots=True)
class WriterServer:
    """An OpenAI-compatible server that writes, such as vLLM, llama.cpp's, Ollama or LM Studio; off by default."""

    url: Annotated[
        str, Setting('Address of the server for models.writer = "server", such as "http://192.168.1.20:11434/v1".')
    ] = ""
    model: Annotated[str, Setting("Name of the model there; `verbatim models` lists what is served.")] = ""
    key_file: Annotated[
        Path | None, Setting("File that holds its key, if it wants one; VERBATIM_WRITER_KEY goes first.")
    ] = None
    timeout_seconds: Annotated[
        float, Setting("Seconds for all the sentences of one summary, repetitions included.", 0.1, 86_400)
    ] = 60.0
    idle_seconds: Annotated[
        float, Setting("Seconds that the server may be silent; it may have to load its model first.", 0.1, 86_400)
    ] = 30.0
    retries: Annotated[int, Setting("Times to ask again where it is busy or the connection breaks.", 0, 10)] = 2
    parallel: Annotated[int, Setting("Sentences that it is asked for at once.", 1, 64)] = 4

    def __post_init__(self) -> None:
        if self.url:
            _check_address("writer_server.url", self.url)


def _check_address(name: str, url: str) -> None:
    """Refuse what is no plain web address; what is wrong with it is told without repeating it: it may hold a key."""
    try:
        parts = urlsplit(url)
        is_address = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_address = False
    if not is_address or not url.isprintable() or " " in url:
        reason = f"{name} is not a web address; give one such as http://192.168.1.20:11434/v1."
        raise ConfigError(reason)
    if parts.username is not None or parts.query or parts.fragment:
        reason = f"{name} must be an address alone, without user name, ? or #."
        raise ConfigError(
            reason, "Put a key into VERBATIM_WRITER_KEY, or into a file that writer_server.key_file names."
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """What a summary is like where the user does not say."""

    length: Annotated[Length, Setting("Length of a summary: short, medium or long.")] = Length.MEDIUM


@dataclass(frozen=True, slots=True)
class Fetch:
    """How links are followed."""

    enabled: Annotated[bool, Setting("Follow links; false keeps Verbatim off the network (air gap).")] = True
    ports: Annotated[tuple[int, ...], Setting("Ports that a link may name.", 1, 65535)] = (80, 443)
    timeout_seconds: Annotated[float, Setting("Seconds for one link in all, redirects included.", 0.1, 600)] = 15.0
    connect_seconds: Annotated[float, Setting("Seconds for one connection to be made.", 0.1, 600)] = 5.0
    redirects: Annotated[int, Setting("Redirects followed for one link.", 0, 20)] = 5
    user_agent: Annotated[str, Setting("User-Agent sent to sites; empty: Verbatim and its version.")] = ""
    accept_language: Annotated[str, Setting("Accept-Language sent to sites.")] = "en, *;q=0.5"
    allow_private: Annotated[bool, Setting("Follow links into private networks; for development only.")] = False


@dataclass(frozen=True, slots=True)
class Limits:
    """How large an input may be; more is refused with a clear message."""

    article_characters: Annotated[int, Setting("Characters of an article.", 1, 10_000_000)] = 200_000
    page_bytes: Annotated[int, Setting("Bytes of a fetched page, unpacked (5 MiB).", 1, 1_073_741_824)] = 5_242_880
    attachment_bytes: Annotated[int, Setting("Bytes of an attached file (10 MiB).", 1, 1_073_741_824)] = 10_485_760
    pdf_pages: Annotated[int, Setting("Pages of a PDF.", 1, 10_000)] = 100


@dataclass(frozen=True, slots=True)
class Storage:
    """What is kept, where, and for how long."""

    path: Annotated[Path | None, Setting("Database file; empty: verbatim.sqlite in the user's data folder.")] = None
    max_bytes: Annotated[
        int, Setting("Size of the database in bytes; the least used is dropped first (1 GiB).", 1_048_576)
    ] = 1_073_741_824
    ttl_days: Annotated[float, Setting("Days that an unused article and its results are kept.", 0.01, 36_500)] = 30.0

    @property
    def file(self) -> Path:
        """The database file, with the default filled in."""
        return self.path or data_folder() / "verbatim.sqlite"


@dataclass(frozen=True, slots=True)
class Worker:
    """How much work may wait, and for how long."""

    queue: Annotated[int, Setting("Requests that may wait for the models; more are told to come back.", 1, 100_000)] = (
        64
    )
    deadline_seconds: Annotated[float, Setting("Seconds that one request may take, waiting included.", 0.1, 86_400)] = (
        120.0
    )


@dataclass(frozen=True, slots=True)
class Discord:
    """How the bot lives in Discord, and where its health can be asked."""

    token_file: Annotated[
        Path | None, Setting("File that holds the bot's token; VERBATIM_DISCORD_TOKEN in the environment goes first.")
    ] = None
    message_content: Annotated[
        bool, Setting("Ask for the Message Content intent, which links that are posted unasked need.")
    ] = True
    health_port: Annotated[int, Setting("Port on 127.0.0.1 for /health and /metrics; 0 for neither.", 0, 65535)] = 8087


@dataclass(frozen=True, slots=True)
class Config:
    """All settings, by section."""

    models: Models = field(default_factory=Models)
    writer_server: WriterServer = field(default_factory=WriterServer)
    summary: Summary = field(default_factory=Summary)
    fetch: Fetch = field(default_factory=Fetch)
    limits: Limits = field(default_factory=Limits)
    storage: Storage = field(default_factory=Storage)
    worker: Worker = field(default_factory=Worker)
    discord: Discord = field(default_factory=Discord)

    def __post_init__(self) -> None:
        if not self.models.writer_is_server:
            return
        for name in ("url", "model"):
            if not getattr(self.writer_server, name):
                reason = f'models.writer is "server", but writer_server.{name} is not set.'
                raise ConfigError(reason)
        if self.writer_server.timeout_seconds >= self.worker.deadline_seconds:
            reason = "writer_server.timeout_seconds must be less than worker.deadline_seconds."
            raise ConfigError(reason, "A summary would be given up before the server is.")
