"""The vectors of sentences that were embedded of late, so that an article's sentences are embedded once.

A summary, a question and a check of one article all ask for the same sentences. This module knows no model.
"""

from __future__ import annotations

from collections import OrderedDict
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Embed = Callable[[list[str]], NDArray[np.float32]]

_KEY_BYTES = 16


class VectorMemory:
    """Holds at most `limit` vectors; those that were not asked for the longest leave first."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._vectors: OrderedDict[bytes, NDArray[np.float32]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._vectors)

    def recall(self, texts: Sequence[str], embed: Embed) -> NDArray[np.float32]:
        """Give a vector for each of `texts` (at least one), having `embed` make those that are not held."""
        keys = [_key(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._vectors}
        made = dict(zip(missing, embed(list(missing.values())), strict=True)) if missing else {}
        found = np.stack([made[key] if key in made else self._vectors[key] for key in keys])
        for key in dict.fromkeys(keys):
            if key in made:
                self._vectors[key] = made[key].copy()  # else the whole batch would be kept with it
            self._vectors.move_to_end(key)
        while len(self._vectors) > self._limit:
            self._vectors.popitem(last=False)
        return found


def _key(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_KEY_BYTES).digest()
