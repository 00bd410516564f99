"""`verbatim try`: the bot without a token, in a simulated Discord with a chat page in the browser."""

from __future__ import annotations

import asyncio
import logging
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from bot.cli.articles import summary_page
from bot.cli.numbers import whole

if TYPE_CHECKING:
    import argparse

    from bot.app.trial import Trial
    from bot.config import Config

_LAST_PORT = 65_535


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("try", help="try the bot without a token, in a chat page on this machine")
    parser.add_argument(
        "--port",
        type=whole(0, _LAST_PORT, "port"),
        metavar="N",
        help="the page's port on 127.0.0.1; default: any free one",
    )
    parser.add_argument("--once", action="store_true", help="end after the first answer, for scripts")
    parser.set_defaults(command=run)


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Answer the sample article, then serve the page until Ctrl-C."""
    # What SimCord makes discord.py say about its simulated world is of no use to who tries the bot.
    logging.getLogger("discord").setLevel(logging.ERROR)
    with suppress(KeyboardInterrupt):
        asyncio.run(_try(arguments, config))
    return 0


async def _try(arguments: argparse.Namespace, config: Config) -> None:
    from bot.app.trial import open_trial  # noqa: PLC0415  keeps --help instant

    _say("Starting the bot and its models …")
    async with open_trial(config) as trial:
        _say(summary_page(*await trial.post_sample(), evidence=False))
        if not arguments.once:
            await _serve(trial, arguments.port)


async def _serve(trial: Trial, port: int | None) -> None:
    async with trial.page(port) as page:
        _say(f"\nThe chat page: {page.url}\nType, paste, click, run slash commands there. Ctrl-C ends it.")
        await page.keep_time()


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
