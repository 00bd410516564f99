"""Discord's objects as JSON, with the keys that discord.py reads: nothing here knows of HTTP or of the bot."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import Any

Json = dict[str, Any]
APPLICATION = 1_000
BOT = 1_001
GUILD = 2_000
CHANNEL = 2_001
READER = 3_001
EPHEMERAL, LOADING = 1 << 6, 1 << 7
_EPOCH_MS = 1_420_070_400_000
_numbers = count(1)


def snowflake(seconds: float) -> int:
    """An id made at a time, in seconds since 1970; never the same twice."""
    return (int(seconds * 1000) - _EPOCH_MS) << 22 | (next(_numbers) & 0x3FFFFF)


def made_at(number: int) -> str:
    return datetime.fromtimestamp(((number >> 22) + _EPOCH_MS) / 1000, UTC).isoformat()


def user(number: int, name: str, *, is_bot: bool = False) -> Json:
    return {"id": str(number), "username": name, "discriminator": "0", "avatar": None, "global_name": None} | (
        {"bot": True} if is_bot else {}
    )


BOT_USER = user(BOT, "Verbatim", is_bot=True)
READER_USER = user(READER, "reader")


def member(who: Json) -> Json:
    joined = "2026-01-01T00:00:00+00:00"
    return {"user": who, "roles": [], "flags": 0, "joined_at": joined, "deaf": False, "mute": False, "nick": None}


def channel(number: int, *, kind: int = 0, **more: object) -> Json:
    return {"id": str(number), "type": kind, "name": "news", "position": 0, "permission_overwrites": [], **more}


def thread(number: int, parent: int, name: str) -> Json:
    archive = {"archived": False, "archive_timestamp": made_at(number), "auto_archive_duration": 1440}
    return {
        "id": str(number),
        "type": 11,
        "name": name,
        "guild_id": str(GUILD),
        "parent_id": str(parent),
        "owner_id": str(BOT),
        "message_count": 0,
        "member_count": 1,
        "thread_metadata": archive,
    }


def guild(channels: list[Json]) -> Json:
    everyone = {"id": str(GUILD), "name": "@everyone", "permissions": str((1 << 53) - 1), "position": 0, "color": 0}
    return {
        "id": str(GUILD),
        "name": "Readers",
        "owner_id": str(READER),
        "unavailable": False,
        "member_count": 2,
        "preferred_locale": "en-US",
        "roles": [everyone | {"hoist": False, "managed": False, "mentionable": False, "flags": 0}],
        "channels": channels,
        "members": [member(BOT_USER), member(READER_USER)],
        "emojis": [],
        "features": [],
    }


def message(number: int, place: int, author: Json, content: str, **more: object) -> Json:
    return {
        "id": str(number),
        "channel_id": str(place),
        "author": author,
        "content": content,
        "timestamp": made_at(number),
        "edited_timestamp": None,
        "type": 0,
        "tts": False,
        "pinned": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "components": [],
        "flags": 0,
        **more,
    }


def application() -> Json:
    return {
        "id": str(APPLICATION),
        "name": "Verbatim",
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "owner": READER_USER,
        "flags": 0,
        "interactions_endpoint_url": None,
    }


def command_interaction(number: int, token: str, place: int, name: str, options: dict[str, str]) -> Json:
    """What Discord sends for a slash command in the server, from the reader."""
    given = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
    return {
        "id": str(number),
        "application_id": str(APPLICATION),
        "type": 2,
        "token": token,
        "version": 1,
        "attachment_size_limit": 10_485_760,
        "guild_id": str(GUILD),
        "member": member(READER_USER) | {"permissions": str((1 << 53) - 1)},
        "channel": channel(place),
        "channel_id": str(place),
        "data": {"id": "1", "name": name, "type": 1, "options": given},
        "app_permissions": str((1 << 53) - 1),
        "locale": "en-US",
        "guild_locale": "en-US",
        "entitlements": [],
        "context": 0,
        "authorizing_integration_owners": {"0": str(GUILD)},
    }


def request_ids(of: Json) -> set[int]:
    """The requests of which a message's buttons tell."""
    ids = (str(child.get("custom_id", "")).split(":") for row in of["components"] for child in row["components"])
    return {int(parts[2]) for parts in ids if parts[0] == "vb" and len(parts) > 2}
