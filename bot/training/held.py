"""Which articles are kept from the reader's training, so that what is built on its marks is fitted on fair ones."""

from __future__ import annotations

from hashlib import sha1
from typing import Any

# More of the sets whose questions are like users' own and teach the reader little: their answers are marked by rule.
_SHARE = {"squad2": 0.2, "newsqa": 0.3, "realtimeqa": 0.5}


def page_of(record: dict[str, Any]) -> str:
    """The page a record was cut from: one for "squad2:Page:0" and "squad2:Page:1"."""
    return str(record["id"].split(":")[1]) if record["set"] == "squad2" else str(record["id"])


def is_held_out(record: dict[str, Any]) -> bool:
    """Tell whether the reader never saw this record's article."""
    place = int(sha1(f"g{page_of(record)}".encode(), usedforsecurity=False).hexdigest(), 16) % 1000
    return place < 1000 * _SHARE[record["set"]]
