"""Find the kept articles that are nearest in meaning to a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 10
_LEAST_LIKE = 0.25
"""Cosine below which MiniLM's vectors of a short question and an article mean nothing (read off by trial)."""


def nearest(query: Sequence[float], vectors: Sequence[tuple[str, bytes]], most: int = _MOST) -> list[str]:
    """The names of the vectors nearest to `query`, the nearest first; all are unit vectors, packed as `<f4`."""
    wanted = np.asarray(query, dtype=np.float32)
    whole = [(name, packed) for name, packed in vectors if len(packed) == wanted.nbytes]
    if not whole:
        return []
    matrix = np.frombuffer(b"".join(packed for _, packed in whole), dtype="<f4").reshape(len(whole), -1)
    likeness = matrix @ wanted
    order = np.argsort(-likeness, kind="stable")[:most]
    return [whole[index][0] for index in order if likeness[index] >= _LEAST_LIKE]
