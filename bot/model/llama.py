"""The forward pass of Llama models, lean: made for few tokens of many rows at once.

transformers' own pass is made for every model and every use: for a handful of tokens most of its time goes into the
steps around the multiplications. Here the tokens of all rows are multiplied as one matrix without padding, matrices
that read the same input are one, and keys and values lie in one block that is written in place. Tested to give the
logits that transformers gives. It knows nothing of what the tokens are for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.model.packing import packed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from torch import Tensor

    Multiply = Callable[[Tensor], Tensor]

_GROWTH = 64
"""Tokens a row by which the block of keys and values grows."""


@dataclass(frozen=True, slots=True)
class _Layer:
    before_attention: Tensor
    attention_in: Multiply
    attention_out: Multiply
    before_mlp: Tensor
    mlp_in: Multiply
    mlp_out: Multiply


@dataclass(frozen=True, slots=True)
class _Fed:
    """Where each token fed belongs: its row and position; and how tokens lie in rows that are padded for attention."""

    rows: Tensor
    positions: Tensor
    going: Tensor | None
    """The rows of which there are tokens, where these are not all; what follows is of these."""
    padded: Tensor
    """(rows, widest): the token at each place of each row, 0 for padding."""
    places: Tensor
    """The place of each token in `padded`, flattened."""
    mask: Tensor
    """(rows, 1, heads that share keys times widest, tokens in memory): what each token may look at."""


def is_llama(model: Any) -> bool:  # noqa: ANN401  transformers' classes differ with the model
    """Tell whether `model` is computed the way that is written here."""
    config = model.config
    rope = getattr(config, "rope_parameters", None) or {}
    return (
        type(model).__name__ == "LlamaForCausalLM"
        and config.hidden_act == "silu"
        and not (config.attention_bias or config.mlp_bias)
        and rope.get("rope_type") == "default"
        and rope.get("partial_rotary_factor", 1.0) == 1.0
    )


class LlamaPasses:
    """`Passes` of `model`, a Llama of transformers; it must not change afterwards."""

    def __init__(self, model: Any) -> None:  # noqa: ANN401  see is_llama
        import torch  # noqa: PLC0415  loading torch takes seconds

        self._torch = torch
        config, inner = model.config, model.model
        self._size = inner.embed_tokens.weight.shape[1]
        self._heads, self._shared = config.num_attention_heads, config.num_key_value_heads
        self._head = inner.layers[0].self_attn.head_dim
        self._epsilon = config.rms_norm_eps
        self._embedding, self._output = inner.embed_tokens.weight, model.lm_head.weight
        self._last_norm = inner.norm.weight
        self._frequencies = inner.rotary_emb.inv_freq.float()
        self._layers = [_layer(layer, torch) for layer in inner.layers]
        self._prefixes: dict[tuple[int, ...], Tensor] = {}
        self._columns = self._lengths = torch.zeros(0, dtype=torch.long)
        self._memory = self._fresh(0, 0)
        self._wanted = self._output

    def begin(self, prefix: tuple[int, ...], rests: Sequence[Sequence[int]], columns: Tensor) -> Tensor:
        """See `Passes.begin`."""
        if prefix not in self._prefixes:
            self._memory, self._lengths = self._fresh(1, len(prefix)), self._torch.zeros(1, dtype=self._torch.long)
            if prefix:
                self._read([prefix])
            self._prefixes[prefix] = self._memory
        self._wanted = self._output[columns]
        self._memory = self._prefixes[prefix].repeat(1, 1, len(rests), 1, 1, 1)
        self._lengths = self._torch.full((len(rests),), len(prefix))
        lasts = self._torch.tensor([len(rest) for rest in rests]).cumsum(0) - 1
        logits = self._logits(self._read(rests)[lasts])
        self.keep([len(rest) for rest in rests])
        return logits

    def feed(self, tokens: Sequence[Sequence[int]]) -> Tensor:
        """See `Passes.feed`."""
        return self._logits(self._read(tokens))

    def keep(self, counts: Sequence[int]) -> None:
        """See `Passes.keep`."""
        self._lengths = self._lengths + self._torch.tensor(counts)

    def fork(self, rows: Sequence[int], lengths: Sequence[int]) -> None:
        """See `Passes.fork`."""
        self._memory = self._memory[:, :, self._torch.tensor(rows)]
        self._lengths = self._torch.tensor(lengths)

    def _fresh(self, rows: int, length: int) -> Tensor:
        """Make room for keys and values: (layers, 2, rows, heads, tokens, size of a head)."""
        shape = (len(self._layers), 2, rows, self._shared, length, self._head)
        return self._torch.zeros(shape, dtype=self._embedding.dtype)

    def _read(self, tokens: Sequence[Sequence[int]]) -> Tensor:
        """Give the last layer's output for each token, and remember its keys and values."""
        fed = self._fed(tokens)
        angles = fed.positions[:, None].float() * self._frequencies
        turn = self._torch.cat([angles, angles], dim=-1)[:, None]
        hidden: Tensor = self._embedding[self._torch.tensor([token for row in tokens for token in row])]
        turns = turn.cos().to(hidden.dtype), turn.sin().to(hidden.dtype)
        for layer, memory in zip(self._layers, self._memory, strict=True):
            hidden = hidden + self._attention(layer, self._normed(hidden, layer.before_attention), turns, fed, memory)
            gate, up = layer.mlp_in(self._normed(hidden, layer.before_mlp)).chunk(2, dim=-1)
            hidden = hidden + layer.mlp_out(self._torch.nn.functional.silu(gate) * up)
        return hidden

    def _fed(self, tokens: Sequence[Sequence[int]]) -> _Fed:
        torch = self._torch
        going = torch.tensor([index for index, row in enumerate(tokens) if row])
        counts = torch.tensor([len(row) for row in tokens if row])
        self._make_room(int((self._lengths[going] + counts).max()))
        within = torch.arange(int(counts.max()))
        real = within < counts[:, None]
        padded = torch.where(real, (counts.cumsum(0) - counts)[:, None] + within, 0)
        positions = self._lengths[going][:, None] + within
        seen, group = torch.arange(self._memory.shape[4]), self._heads // self._shared
        mask = torch.zeros((), dtype=self._memory.dtype)  # added to; one that chooses is made into it in every layer
        return _Fed(
            rows=going.repeat_interleave(counts),
            positions=positions[real],
            going=going if len(going) < len(tokens) else None,
            padded=padded,
            places=real.view(-1).nonzero()[:, 0],
            mask=mask.where(seen <= positions[..., None], -torch.inf)[:, None].repeat(1, 1, group, 1),
        )

    def _make_room(self, length: int) -> None:
        missing = length - self._memory.shape[4]
        if missing > 0:
            more = self._fresh(self._memory.shape[2], missing + _GROWTH)
            self._memory = self._torch.cat([self._memory, more], dim=4)

    def _attention(
        self, layer: _Layer, hidden: Tensor, turns: tuple[Tensor, Tensor], fed: _Fed, memory: Tensor
    ) -> Tensor:
        """Attend with heads that share keys and values side by side, as further queries."""
        torch = self._torch
        projected = layer.attention_in(hidden).view(len(hidden), -1, self._head)
        turned = _turned(projected[:, : self._heads + self._shared], turns, torch)
        keys, values = memory[0], memory[1]
        keys[fed.rows, :, fed.positions] = turned[:, self._heads :]
        values[fed.rows, :, fed.positions] = projected[:, self._heads + self._shared :]
        if fed.going is not None:
            keys, values = keys[fed.going], values[fed.going]
        rows, widest = fed.padded.shape
        group = self._heads // self._shared
        queries = turned[:, : self._heads][fed.padded].view(rows, widest, self._shared, group, self._head)
        queries = queries.permute(0, 2, 3, 1, 4).reshape(rows, self._shared, group * widest, self._head)
        attended = torch.nn.functional.scaled_dot_product_attention(queries, keys, values, attn_mask=fed.mask)
        attended = attended.view(rows, self._shared, group, widest, self._head).permute(0, 3, 1, 2, 4)
        return layer.attention_out(attended.reshape(rows * widest, -1)[fed.places])

    def _normed(self, hidden: Tensor, weight: Tensor) -> Tensor:
        normed: Tensor = self._torch.nn.functional.rms_norm(hidden, (self._size,), weight, self._epsilon)
        return normed

    def _logits(self, hidden: Tensor) -> Tensor:
        logits: Tensor = (self._normed(hidden, self._last_norm) @ self._wanted.T).float()
        return logits


def _layer(layer: Any, torch: Any) -> _Layer:  # noqa: ANN401  see is_llama
    attention, mlp = layer.self_attn, layer.mlp
    return _Layer(
        layer.input_layernorm.weight,
        packed(torch.cat([attention.q_proj.weight, attention.k_proj.weight, attention.v_proj.weight])),
        packed(attention.o_proj.weight),
        layer.post_attention_layernorm.weight,
        packed(torch.cat([mlp.gate_proj.weight, mlp.up_proj.weight])),
        packed(mlp.down_proj.weight),
    )


def _turned(heads: Tensor, turns: tuple[Tensor, Tensor], torch: Any) -> Tensor:  # noqa: ANN401
    """Turn each head by its token's position (Su et al. 2021, RoFormer), halves as Llama has them."""
    cosine, sine = turns
    first, second = heads.chunk(2, dim=-1)
    turned: Tensor = heads * cosine + torch.cat([-second, first], dim=-1) * sine
    return turned
