"""Names and descriptions of commands in the reader's language, from the [commands] table of the language files."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.render.words import command_words


class CommandTranslator(app_commands.Translator):
    """Looks each text up under its English wording; what is not there stays English."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,  # noqa: ARG002  the same text means the same everywhere
    ) -> str | None:
        """The text in a language; None where it has none."""
        return command_words(str(locale)).get(string.message)
