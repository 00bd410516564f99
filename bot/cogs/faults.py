"""One door for every error that reaches Discord: what it was and what to do, in one sentence.

An error is looked up by its class, the most specific first. What Verbatim did not expect gets a reference that the
operator finds in the log beside the traceback.
"""

from __future__ import annotations

import logging
import secrets
from typing import TYPE_CHECKING

import aiohttp
import discord
from discord import app_commands

from bot.errors import VerbatimError
from bot.render.card import CONTENT, clip
from bot.render.escape import escape

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.render.words import Words

_log = logging.getLogger(__name__)
OUT_OF_REACH = (discord.DiscordServerError, aiohttp.ClientError, OSError)
"""What is raised when Discord cannot be reached or is broken, and the same may succeed later."""
REFUSED = (discord.HTTPException, *OUT_OF_REACH)
"""What is raised when Discord did not do what it was asked to."""


def explain(error: BaseException, words: Words) -> str:
    """The sentence that a user reads; an unexpected error is logged here."""
    error = getattr(error, "original", error)
    for kind in type(error).__mro__:
        if kind in _SENTENCES:
            return clip(_SENTENCES[kind](error, words), CONTENT)
    reference = secrets.token_hex(3)
    if isinstance(error, REFUSED):
        # Too late, gone, or out of reach: a matter of the wire, which a traceback does not explain.
        _log.warning("fault %s: Discord did not do it (%s)", reference, error)
    else:
        _log.error("fault %s", reference, exc_info=error)
    return words.fault.format(reference=reference)


def _verbatim(error: BaseException, _words: Words) -> str:
    return escape(error.sentence) if isinstance(error, VerbatimError) else ""


def _cooldown(error: BaseException, words: Words) -> str:
    seconds = error.retry_after if isinstance(error, app_commands.CommandOnCooldown) else 0
    return words.too_many.format(when=f"<t:{int(discord.utils.utcnow().timestamp() + seconds) + 1}:R>")


def _missing(error: BaseException, words: Words) -> str:
    names = getattr(error, "missing_permissions", [])
    return words.missing_permissions.format(names=", ".join(name.replace("_", " ").title() for name in names))


def _not_allowed(_error: BaseException, words: Words) -> str:
    return words.not_allowed


_SENTENCES: dict[type, Callable[[BaseException, Words], str]] = {
    VerbatimError: _verbatim,
    app_commands.CommandOnCooldown: _cooldown,
    app_commands.MissingPermissions: _missing,
    app_commands.BotMissingPermissions: _missing,
    app_commands.CheckFailure: _not_allowed,
}


async def tell(interaction: discord.Interaction, sentence: str) -> None:
    """Say a sentence to the one who asked, whether or not the interaction was answered already."""
    try:
        if interaction.response.is_done():
            await interaction.followup.send(sentence, ephemeral=True)
        else:
            await interaction.response.send_message(sentence, ephemeral=True)
    except REFUSED as error:
        # The token is gone, or Discord is: nobody can be told, but the operator can.
        _log.warning("interaction %s: could not be told (%s)", interaction.id, error)
