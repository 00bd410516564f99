"""Pages of a private answer, turned by two buttons for as long as Discord lets a private answer be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOKEN_LIFE_SECONDS = 14 * 60


class Pages(discord.ui.View):
    """Holds what was found; nothing of it is kept when the view ends."""

    def __init__(self, embeds: Sequence[discord.Embed]) -> None:
        super().__init__(timeout=_TOKEN_LIFE_SECONDS)
        self.embeds = embeds
        self._page = 0
        if len(embeds) == 1:
            self.clear_items()
        self._set_ends()

    def _set_ends(self) -> None:
        self.back.disabled = self._page == 0
        self.forward.disabled = self._page == len(self.embeds) - 1

    async def _turn(self, interaction: discord.Interaction, step: int) -> None:
        self._page = min(max(self._page + step, 0), len(self.embeds) - 1)
        self._set_ends()
        await interaction.response.edit_message(embed=self.embeds[self._page], view=self)

    @discord.ui.button(label="◀")
    async def back(self, interaction: discord.Interaction, _button: discord.ui.Button[Pages]) -> None:
        """One page back."""
        await self._turn(interaction, -1)

    @discord.ui.button(label="▶")
    async def forward(self, interaction: discord.Interaction, _button: discord.ui.Button[Pages]) -> None:
        """One page on."""
        await self._turn(interaction, 1)
