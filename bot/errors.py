"""Every error that Verbatim raises on purpose, in one tree.

An error carries what the user reads: `message`, one plain sentence on what happened, and `hint`, one on what
to do next. `kind` is the stable word that programs see (the batch output, the logs, the metrics).

    VerbatimError
    ├── UsageError            the command or the configuration was wrong
    │   ├── ConfigError
    │   └── PromptError
    ├── IntakeError           what was given is not an article that can be read
    │   ├── EmptyInput
    │   ├── TooLarge
    │   ├── NotAnArticle
    │   ├── Paywalled
    │   └── Unreadable
    ├── FetchError            a link could not be followed
    │   ├── BadLink
    │   ├── ForbiddenAddress
    │   ├── Unreachable
    │   └── RefusedBySite
    ├── ModelError            a model could not be loaded or did not answer
    │   ├── WeightsMissing
    │   ├── ModelBusy
    │   ├── DeadlineExceeded
    │   ├── ModelCrashed
    │   └── WriterUnavailable
    └── StorageError          the database could not be read or written
        └── DatabaseTooNew

Foreign errors (aiohttp, sqlite3, torch, lxml, pypdf) are mapped to these at the edge where they arise, with
`raise … from`. This module imports nothing of the project.
"""

from __future__ import annotations

from typing import ClassVar


class VerbatimError(Exception):
    """The root: anything that Verbatim can explain to a user."""

    kind: ClassVar[str] = "error"
    default_hint: ClassVar[str] = ""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = self.default_hint if hint is None else hint

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by message and hint, so that an error crosses from the model's process unharmed."""
        return (type(self), (self.message, self.hint))

    @property
    def sentence(self) -> str:
        """The message and the hint, as one line for a person."""
        return f"{self.message} {self.hint}".strip()


class UsageError(VerbatimError):
    """The command line, the configuration or a prompt file was wrong."""

    kind = "usage"


class ConfigError(UsageError):
    """The configuration has an unknown key, a wrong type or a value out of range."""

    kind = "config"
    default_hint = "See config.example.toml for every key and its default."


class PromptError(UsageError):
    """A file in prompts/ is missing, malformed, or lacks a variable."""

    kind = "prompt"


class IntakeError(VerbatimError):
    """What was given is not an article that can be read."""

    kind = "intake"


class EmptyInput(IntakeError):
    """Nothing, or only white space, was given."""

    kind = "empty"
    default_hint = "Paste the text of an article, or give a link or a file."


class TooLarge(IntakeError):
    """The input is over one of the size limits."""

    kind = "too_large"
    default_hint = "Give a part of it."


class NotAnArticle(IntakeError):
    """The page or text has no article in it: too little prose, a cookie wall, a table, a list of links."""

    kind = "not_an_article"
    default_hint = "If there is an article, paste its text."


class Paywalled(IntakeError):
    """The page shows a login or subscription wall in place of the article."""

    kind = "paywall"
    default_hint = "If you can read it, paste its text."


class Unreadable(IntakeError):
    """The bytes are not text, HTML or a PDF with text in it."""

    kind = "unreadable"
    default_hint = "Give plain text, Markdown, HTML or a PDF that has text."


class FetchError(VerbatimError):
    """A link could not be followed."""

    kind = "fetch"


class BadLink(FetchError):
    """The link is not an http or https address that Verbatim follows."""

    kind = "bad_link"
    default_hint = "Give a link that begins with https://, or paste the article's text."


class ForbiddenAddress(FetchError):
    """The link leads to an address inside a private or reserved network."""

    kind = "forbidden_address"
    default_hint = "Only public web addresses are followed."


class Unreachable(FetchError):
    """The site did not answer, or not in time."""

    kind = "unreachable"
    default_hint = "Try again later, or paste the article's text."


class RefusedBySite(FetchError):
    """The site answered with an error status."""

    kind = "refused"
    default_hint = "Open the link in a browser and paste the article's text."


class ModelError(VerbatimError):
    """A model could not be loaded or did not answer."""

    kind = "model"


class WeightsMissing(ModelError):
    """The weights of a model were not found, or do not have the expected hash."""

    kind = "weights_missing"
    default_hint = "Run `verbatim models prepare`."


class ModelBusy(ModelError):
    """The queue before the model is full."""

    kind = "busy"
    default_hint = "Try again in a minute."


class DeadlineExceeded(ModelError):
    """The work took longer than it was allowed."""

    kind = "deadline"
    default_hint = "Try again, or give a shorter text."


class ModelCrashed(ModelError):
    """The model's process ended while it worked; it is started anew."""

    kind = "crashed"
    default_hint = "Try again."


class WriterUnavailable(ModelError):
    """The server that writes for Verbatim did not answer, or not as it should; the article's own sentences stand."""

    kind = "writer_unavailable"
    default_hint = "Run `verbatim doctor`."


class StorageError(VerbatimError):
    """The database could not be read or written."""

    kind = "storage"
    default_hint = "Run `verbatim db check`."


class DatabaseTooNew(StorageError):
    """The database was written by a newer Verbatim."""

    kind = "database_too_new"
    default_hint = "Update Verbatim, or restore the backup made before the update."
