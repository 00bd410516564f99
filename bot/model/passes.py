"""A causal model read in passes: some tokens for each row of a batch go in, what may follow each of them comes out.

What was fed may be taken back, so that drafted tokens can be tried. Rows have lengths of their own. It knows nothing of
what the tokens are for.
"""

from __future__ import annotations

import copy
import inspect
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor


class Passes(Protocol):
    """A model with a batch of texts in its memory."""

    def begin(self, prefix: tuple[int, ...], rests: Sequence[Sequence[int]], columns: Tensor) -> Tensor:
        """Read `prefix` with each of `rests` after it; gives the logits of what follows the last token of each.

        What was computed of a prefix is kept for the next time. `columns` are the tokens whose logits are wanted.
        """
        ...

    def feed(self, tokens: Sequence[Sequence[int]]) -> Tensor:
        """Read some tokens more of each row, at least one; gives the logits after each token, row after row."""
        ...

    def keep(self, counts: Sequence[int]) -> None:
        """Forget, of what was last fed, all but the first `counts` tokens of each row."""
        ...

    def select(self, rows: Sequence[int]) -> None:
        """Go on with these rows alone."""
        ...


def can_take_back(model: Any) -> bool:  # noqa: ANN401  transformers' classes differ with the model
    """Tell whether what a model of transformers was fed can be taken back: its memory must be one of single tokens."""
    if getattr(model, "_is_stateful", False):
        return False
    return {"position_ids", "past_key_values", "attention_mask"} <= inspect.signature(model.forward).parameters.keys()


class CausalPasses:
    """Any causal model of transformers. What is taken back stays in the cache, masked."""

    def __init__(self, model: Any) -> None:  # noqa: ANN401  see can_take_back
        import torch  # noqa: PLC0415  loading torch takes seconds

        self._torch = torch
        self._model = model
        self._prefixes: dict[tuple[int, ...], Any] = {}
        self._cache: Any = None
        self._mask = self._lengths = self._columns = torch.zeros(0)
        self._fed = 0

    def begin(self, prefix: tuple[int, ...], rests: Sequence[Sequence[int]], columns: Tensor) -> Tensor:
        """See `Passes.begin`."""
        torch = self._torch
        self._cache = self._after(prefix)
        self._cache.batch_repeat_interleave(len(rests))
        self._columns = columns
        self._mask = torch.ones((len(rests), len(prefix)), dtype=torch.long)
        self._lengths = torch.full((len(rests),), len(prefix))
        logits = self.feed(rests)
        self.keep([len(rest) for rest in rests])
        lasts = torch.tensor([len(rest) for rest in rests]).cumsum(0) - 1
        return logits[lasts]

    def feed(self, tokens: Sequence[Sequence[int]]) -> Tensor:
        """See `Passes.feed`."""
        torch = self._torch
        widest = max(len(row) for row in tokens)
        padded = torch.tensor([[*row, *[0] * (widest - len(row))] for row in tokens])
        real = torch.tensor([[1] * len(row) + [0] * (widest - len(row)) for row in tokens])
        self._mask = torch.cat([self._mask, real], dim=1)
        self._fed = widest
        written = self._model(
            input_ids=padded,
            attention_mask=self._mask,
            position_ids=self._lengths[:, None] + torch.arange(widest),
            past_key_values=self._cache,
            use_cache=True,
        )
        logits: Tensor = written.logits[real.bool()][:, self._columns]
        return logits.float()

    def keep(self, counts: Sequence[int]) -> None:
        """See `Passes.keep`."""
        torch = self._torch
        kept = torch.tensor(counts)
        self._lengths = self._lengths + kept
        self._mask[:, -self._fed :] = (torch.arange(self._fed) < kept[:, None]).long()

    def select(self, rows: Sequence[int]) -> None:
        """See `Passes.select`."""
        chosen = self._torch.tensor(rows)
        self._cache.batch_select_indices(chosen)
        self._mask, self._lengths = self._mask[chosen], self._lengths[chosen]

    def _after(self, prefix: tuple[int, ...]) -> Any:  # noqa: ANN401  a DynamicCache
        if prefix not in self._prefixes:
            from transformers import DynamicCache  # noqa: PLC0415

            cache = DynamicCache(config=self._model.config)
            if prefix:
                self._model(input_ids=self._torch.tensor([prefix]), past_key_values=cache, use_cache=True)
            self._prefixes[prefix] = cache
        return copy.deepcopy(self._prefixes[prefix])
