"""A writer on another machine: the prompts of this one, put to an OpenAI-compatible server as chats.

It drafts as any model does; what becomes of the drafts, and the gate, are the same. Where the server does not answer,
WriterUnavailable is raised and the article's own sentences are shown; after failures in a row it is not asked for a
minute.
"""

from __future__ import annotations

import asyncio
import re
import time
from typing import TYPE_CHECKING

from bot.config.secret import read_secret
from bot.core.breaker import Breaker
from bot.errors import WriterUnavailable
from bot.fetch.completion import Chat
from bot.fetch.completions import CompletionServer
from bot.model.base import Task, WriteRequest
from bot.model.draft import Draft
from bot.model.local import LENGTHS, LocalWriter
from bot.model.prompts import load_prompt
from bot.model.wording import well_formed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.config import WriterServer
    from bot.fetch.completion import Completion
    from bot.model.base import Writer
    from bot.model.draft import Ask
    from bot.model.prompts import Prompt

KEY_VARIABLE = "VERBATIM_WRITER_KEY"
_EXAMPLE = "The harbour bridge, which was built in 1931 and carries 30,000 cars a day, will be closed on Monday."
_BYTES_PER_TOKEN = 3
"""Fewer than any common tokenizer packs into one (English has 4 to 5): what is taken to fit, fits."""
_MARKUP = re.compile(r"<\|[^<>|]{1,40}\|>|</?(?:s|bos|eos|think)>|<(?:start|end)_of_turn>|\[/?(?:INST|SYSTEM_PROMPT)\]")
"""What chat templates mark turns with: no text may end its turn."""


class ServerDrafter:
    """A `Drafter` that asks `server`, and leaves it alone as `breaker` says; not for use inside an event loop."""

    decoding = "server"
    tasks = frozenset(Task)

    def __init__(self, server: CompletionServer, breaker: Breaker) -> None:
        self._server = server
        self._breaker = breaker

    def count(self, text: str) -> int:
        """Estimate the tokens of `text`, rather too many."""
        return len(text.encode("utf-8", "replace")) // _BYTES_PER_TOKEN + 1

    def room(self, prompt: Prompt) -> int:
        """The prompt's own limit; how much the server's model can read is not known."""
        return prompt.limits.max_input_tokens

    def generate(self, asks: Sequence[Ask]) -> list[list[Draft]]:
        """Draft once for each of `asks`; nothing for one that the server refuses.

        Raises:
            WriterUnavailable: the server does not answer, or did not a moment ago.
        """
        if seconds := self._breaker.seconds_left:
            message = f"The writer's server failed before, and is left alone for {seconds:.0f} seconds more."
            raise WriterUnavailable(message)
        try:
            found = asyncio.run(self._server.complete([_chat(ask) for ask in asks]))
        except WriterUnavailable:
            self._breaker.failed()
            raise
        self._breaker.succeeded()
        return [_drafts(completion) for completion in found]


def load_server_writer(settings: WriterServer) -> Writer:
    """Make the writer of these settings, without asking the server for anything yet.

    Raises:
        ConfigError: its key cannot be read.
        PromptError: a prompt is wrong.
    """
    prompts = {task: load_prompt(task) for task in Task}
    drafter = ServerDrafter(connect(settings), Breaker(time.monotonic))
    return LocalWriter(drafter, prompts, settings.model, LENGTHS)


def connect(settings: WriterServer) -> CompletionServer:
    """The server of these settings, with its key.

    Raises:
        ConfigError: its key cannot be read.
    """
    return CompletionServer(settings, read_key(settings))


def read_key(settings: WriterServer) -> str:
    """The server's key, from the environment or the configured file; empty for none.

    Raises:
        ConfigError: it cannot be read.
    """
    return read_secret(KEY_VARIABLE, settings.key_file, "writer_server.key_file")


def find_model(settings: WriterServer) -> str:
    """Ask the server for its models, and give the name of the configured one there.

    Raises:
        WriterUnavailable: it does not answer, or has no such model.
        ConfigError: its key cannot be read.
    """
    served = asyncio.run(connect(settings).models())
    # Ollama fills in the tag.
    for name in (settings.model, f"{settings.model}:latest"):
        if name in served:
            return name
    listed = ", ".join(well_formed(name)[:80] for name in served[:8]) or "none"
    message = f"The writer's server has no model {settings.model}; it serves {listed}."
    raise WriterUnavailable(message, "Set writer_server.model.")


def try_out(settings: WriterServer) -> str:
    """Have the server shorten an example, and say how that went; the first time, it may have to load its model.

    Raises:
        WriterUnavailable: it does not write.
        ConfigError: its key cannot be read.
    """
    start = time.monotonic()
    (candidates,) = load_server_writer(settings).write([WriteRequest(Task.SHORTEN, (_EXAMPLE,))])
    seconds = time.monotonic() - start
    if not candidates:
        message = "The writer's server gave no sentence back when it was asked to shorten one."
        raise WriterUnavailable(message, "Choose an instruct model that answers without thinking aloud.")
    return f"shortened an example in {seconds:.1f} s"


def _chat(ask: Ask) -> Chat:
    text = _MARKUP.sub(" ", ask.text)
    return Chat(ask.prompt.system, ask.prompt.fill({**ask.variables, "text": text}), ask.most)


def _drafts(completion: Completion | None) -> list[Draft]:
    return [] if completion is None else [Draft(well_formed(completion.text), completion.finished)]
