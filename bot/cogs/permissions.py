"""What the bot may do where it is to work, and what is missing: Discord's own names of permissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import discord

NEEDED = (
    "view_channel",
    "send_messages",
    "embed_links",
    "attach_files",
    "read_message_history",
    "add_reactions",
    "create_public_threads",
    "send_messages_in_threads",
)


def missing_in(channel: discord.abc.GuildChannel, me: discord.Member) -> list[str]:
    """The permissions that the bot lacks in a channel, in words."""
    granted = channel.permissions_for(me)
    return [name.replace("_", " ").title() for name in NEEDED if not getattr(granted, name)]


def report(guild: discord.Guild, channels: Iterable[int], fine: str, missing: str, gone: str) -> str:
    """A line a channel: all there, or what is missing; the three texts have `{channel}` and `{names}`."""
    lines = []
    for number in sorted(set(channels)):
        channel = guild.get_channel(number)
        if channel is None:
            lines.append(gone.format(channel=f"<#{number}>"))
            continue
        lacking = missing_in(channel, guild.me)
        text = missing if lacking else fine
        lines.append(text.format(channel=channel.mention, names=", ".join(lacking)))
    return "\n".join(lines)
