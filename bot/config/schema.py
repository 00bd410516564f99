"""Every setting, its default, its bounds and what it is for. It must not know where a value came from.

To add a setting, add one field here and its line (with the description as the comment above it) in
`config.example.toml`; to add a section, add a dataclass here and a field of it in `Config`. The loader reads these
annotations at run time, which is why this module does not postpone them.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from bot.article import Length
from bot.config.places import data_folder


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
    writer: Annotated[str, Setting('Writer: "none" (extracted sentences only), "default", a folder, or a hub id.')] = (
        "none"
    )
    cache: Annotated[Path | None, Setting("Folder for prepared weights; empty: the user's cache folder.")] = None
    threads: Annotated[
        int, Setting("Processor threads for the models; never more than there are free cores.", 1, 256)
    ] = 1


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
    summary: Summary = field(default_factory=Summary)
    fetch: Fetch = field(default_factory=Fetch)
    limits: Limits = field(default_factory=Limits)
    storage: Storage = field(default_factory=Storage)
    worker: Worker = field(default_factory=Worker)
    discord: Discord = field(default_factory=Discord)
