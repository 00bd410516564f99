"""`verbatim run` and `verbatim invite`: the bot in Discord, and the link that adds it to a server."""

from __future__ import annotations

import asyncio
import base64
import binascii
import logging
import sys
from typing import TYPE_CHECKING

from bot.config.secret import read_secret
from bot.errors import ConfigError

if TYPE_CHECKING:
    import argparse

    from bot.config import Config

TOKEN_VARIABLE = "VERBATIM_DISCORD_TOKEN"  # noqa: S105  the name of a variable
PERMISSIONS = 309_237_763_136
"""View, send, embed, attach, read history, add reactions, create public threads, send in threads."""
_TALKATIVE = ("discord", "aiosqlite")
"""Libraries that log at their debug level what people wrote, and the tokens of their commands."""
_INVITE = "https://discord.com/oauth2/authorize?client_id={}&permissions={}&scope=bot%20applications.commands"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare both commands."""
    runner = subparsers.add_parser("run", help="run the bot in Discord")
    runner.set_defaults(command=run)
    inviter = subparsers.add_parser("invite", help="print the link that adds the bot to a server")
    inviter.add_argument("application", nargs="?", metavar="ID", help="the application's id; default: the token's")
    inviter.set_defaults(command=invite)


def run(_arguments: argparse.Namespace, config: Config) -> int:
    """Run until stopped by Ctrl-C or SIGTERM."""
    from bot.app.serve import serve  # noqa: PLC0415  keeps --help instant

    logging.getLogger("bot").setLevel(logging.INFO)
    for library in _TALKATIVE:
        logger = logging.getLogger(library)
        logger.setLevel(max(logging.INFO, logger.getEffectiveLevel()))
    token = read_token(config)
    asyncio.run(serve(config, token))
    return 0


def read_token(config: Config) -> str:
    """The bot's token, from the environment or the configured file; never logged.

    Raises:
        ConfigError: there is none, or the file cannot be read.
    """
    token = read_secret(TOKEN_VARIABLE, config.discord.token_file, "discord.token_file")
    if not token:
        message = "There is no bot token."
        hint = f"Put it into the environment as {TOKEN_VARIABLE}, or into a file that discord.token_file names."
        raise ConfigError(message, hint)
    return token


def invite(arguments: argparse.Namespace, config: Config) -> int:
    """Print the link, with the least permissions that every feature needs."""
    application = arguments.application or application_of(read_token(config))
    if not application.isdigit():
        message = f"“{application}” is not the id of an application, which is a number."
        raise ConfigError(message, "Copy the application's id from Discord's developer portal.")
    sys.stdout.write(_INVITE.format(application, PERMISSIONS) + "\n")
    return 0


def application_of(token: str) -> str:
    """The application's id, which is the first part of its bot's token in base 64."""
    part = token.partition(".")[0]
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), validate=True).decode("ascii")
    except (binascii.Error, UnicodeDecodeError) as error:
        message = "The bot token is not of the form that Discord gives out."
        raise ConfigError(message, "Copy it again from Discord's developer portal.") from error
