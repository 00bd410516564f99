"""Whether Discord would take a request's body: by its own schema where that is at hand, and by the rules it lacks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from wire.things import Json

SCHEMA = Path(__file__).parents[3] / "shared" / "discord" / "openapi.json"
_URN = "urn:discord"
_CONTENT, _SUM, _ROWS = 2000, 6000, 5
_MEDIA = 16
"""A type of channel that Discord's documentation has and its schema has not."""
_LARGEST_EXACT = 2**53


class Bodies:
    """Judges bodies; `thorough` asks the schema too, which costs milliseconds a body."""

    def __init__(self, *, thorough: bool = True) -> None:
        self._paths = _paths() if thorough else frozenset()

    def faults(self, method: str, path: str, body: object) -> list[str]:
        """What is wrong with a body; `path` is written as the schema writes it."""
        found = []
        if (path, method.lower()) in self._paths:
            errors = _validator(path, method.lower()).iter_errors(_readable(body))
            found = [f"{method} {path}: {error.json_path} {error.message[:200]}" for error in errors]
        sent = body.get("data", body) if isinstance(body, dict) and path.endswith("/callback") else body
        if isinstance(sent, dict):
            found += [f"{method} {path}: {fault}" for fault in _unwritten(sent)]
        return found


def is_empty(body: Json, files: int) -> bool:
    """Tell whether a new message would have nothing in it (50006)."""
    return not files and not any(body.get(part) for part in ("content", "embeds", "components", "sticker_ids", "poll"))


def _unwritten(body: Json) -> Iterator[str]:
    """The limits that stand in Discord's documentation alone."""
    if len(body.get("content") or "") > _CONTENT:
        yield f"content over {_CONTENT}"
    if sum(map(_embed_size, body.get("embeds") or ())) > _SUM:
        yield f"embeds over {_SUM} in all"
    rows = body.get("components") or []
    if len(rows) > _ROWS:
        yield f"over {_ROWS} rows"
    ids = [child["custom_id"] for row in rows for child in row.get("components", ()) if "custom_id" in child]
    if len(ids) != len(set(ids)):
        yield "a custom_id twice"


def _embed_size(embed: Json) -> int:
    texts = [embed.get("title"), embed.get("description")]
    texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    texts += [field[part] for field in embed.get("fields") or () for part in ("name", "value")]
    return sum(len(text or "") for text in texts)


def _readable(value: object, key: str = "") -> object:
    """The body with its ids as strings: discord.py sends some as numbers, which Discord takes too."""
    if isinstance(value, dict):
        return {name: _readable(part, name) for name, part in value.items()}
    if isinstance(value, list):
        kept = [part for part in value if part != _MEDIA] if key == "channel_types" else value
        return [_readable(part, key) for part in kept]
    if isinstance(value, int) and not isinstance(value, bool):
        is_id = key == "id" or key.endswith("_id") or value > _LARGEST_EXACT
        return str(value) if is_id else value
    return value


@cache
def _schema() -> Json:
    read: Json = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return read


@cache
def _paths() -> frozenset[tuple[str, str]]:
    """The routes of which the schema describes the body; none where there is no schema."""
    if not SCHEMA.exists():
        return frozenset()
    return frozenset(
        (path, method)
        for path, methods in _schema()["paths"].items()
        for method, route in methods.items()
        if isinstance(route, dict) and "application/json" in route.get("requestBody", {}).get("content", {})
    )


@cache
def _registry() -> Registry[Json]:
    resource: Resource[Json] = Resource.from_contents(_schema(), default_specification=DRAFT202012)
    empty: Registry[Json] = Registry()
    filled: Registry[Json] = empty.with_resource(_URN, resource)
    return filled


@cache
def _validator(path: str, method: str) -> Draft202012Validator:
    name = path.replace("~", "~0").replace("/", "~1")
    pointer = f"{_URN}#/paths/{name}/{method}/requestBody/content/application~1json/schema"
    return Draft202012Validator({"$ref": pointer}, registry=_registry())
