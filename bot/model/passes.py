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
        """Read some tokens more, of some rows none; gives the logits after each token, row after row."""
        ...

    def keep(self, counts: Sequence[int]) -> None:
        """Forget, of what was last fed, all but the first `counts` tokens of each row."""
        ...

    def fork(self, rows: Sequence[int], lengths: Sequence[int]) -> None:
        """Go on with these rows alone, each as often as it is named, of which the first `lengths` tokens stand."""
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
        self._lengths = self._columns = torch.zeros(0, dtype=torch.long)
        self._positions = torch.zeros((0, 0), dtype=torch.long)  # of each token in the cache; what is taken back has -1

    def begin(self, prefix: tuple[int, ...], rests: Sequence[Sequence[int]], columns: Tensor) -> Tensor:
        """See `Passes.begin`."""
        torch = self._torch
        self._cache = self._after(prefix)
        self._cache.batch_repeat_interleave(len(rests))
        self._columns = columns
        self._positions = torch.arange(len(prefix)).repeat(len(rests), 1)
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
        real = torch.arange(widest) < torch.tensor([len(row) for row in tokens])[:, None]
        positions = self._lengths[:, None] + torch.arange(widest)
        self._positions = torch.cat([self._positions, positions.where(real, -1)], dim=1)
        written = self._model(
            input_ids=padded,
            attention_mask=(self._positions >= 0).long(),
            position_ids=positions,
            past_key_values=self._cache,
            use_cache=True,
        )
        logits: Tensor = written.logits[real][:, self._columns]
        return logits.float()

    def keep(self, counts: Sequence[int]) -> None:
        """See `Passes.keep`."""
        self._cut(self._lengths + self._torch.tensor(counts))

    def fork(self, rows: Sequence[int], lengths: Sequence[int]) -> None:
        """See `Passes.fork`."""
        chosen = self._torch.tensor(rows)
        self._cache.batch_select_indices(chosen)
        self._positions = self._positions[chosen]
        self._cut(self._torch.tensor(lengths))

    def _cut(self, lengths: Tensor) -> None:
        self._lengths = lengths
        self._positions = self._positions.where(self._positions < lengths[:, None], -1)

    def _after(self, prefix: tuple[int, ...]) -> Any:  # noqa: ANN401  a DynamicCache
        if prefix not in self._prefixes:
            from transformers import DynamicCache  # noqa: PLC0415

            cache = DynamicCache(config=self._model.config)
            if prefix:
                self._model(input_ids=self._torch.tensor([prefix]), past_key_values=cache, use_cache=True)
            self._prefixes[prefix] = cache
        return copy.deepcopy(self._prefixes[prefix])
