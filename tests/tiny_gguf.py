"""Write GGUF files of a few kilobytes: of any values, or of a whole Llama with random weights."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

F32, Q4_1, Q8_0 = 0, 3, 8
_ALIGNMENT = 32
_BYTES = [*(chr(code) for code in range(33, 127)), "Ġ", "Ċ"]
VOCABULARY = ["<|end|>", "<|user|>", *_BYTES, "th", "the"]
MERGES = ["t h", "th e"]
TEMPLATE = "{% for m in messages %}<|user|>{{ m.content }}{% endfor %}"


@dataclass(frozen=True)
class Tensor:
    """A tensor as it lies in the file; `shape` is as numpy has it."""

    name: str
    shape: tuple[int, ...]
    kind: int
    data: bytes


def f32(name: str, values: NDArray[np.float32]) -> Tensor:
    return Tensor(name, values.shape, F32, values.astype("<f4").tobytes())


def gguf(metadata: Mapping[str, object], tensors: Sequence[Tensor] = ()) -> bytes:
    """Give the bytes of a file of version 3."""
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(metadata))
    head += b"".join(_text(key) + _value(value) for key, value in metadata.items())
    body = b""
    for tensor in tensors:
        dimensions = struct.pack(f"<I{len(tensor.shape)}Q", len(tensor.shape), *tensor.shape[::-1])
        head += _text(tensor.name) + dimensions + struct.pack("<IQ", tensor.kind, len(body))
        body += _padded(tensor.data)
    return _padded(head) + body


def tiny_llama() -> bytes:
    """A Llama of one block, with two heads that share one key."""
    random = np.random.default_rng(1)
    width, inner, size = 8, 16, len(VOCABULARY)
    shapes = {
        "token_embd": (size, width),
        "output_norm": (width,),
        "blk.0.attn_norm": (width,),
        "blk.0.attn_q": (width, width),
        "blk.0.attn_k": (width // 2, width),
        "blk.0.attn_v": (width // 2, width),
        "blk.0.attn_output": (width, width),
        "blk.0.ffn_norm": (width,),
        "blk.0.ffn_gate": (inner, width),
        "blk.0.ffn_up": (inner, width),
        "blk.0.ffn_down": (width, inner),
    }
    tensors = [f32(f"{name}.weight", random.normal(size=shape).astype(np.float32)) for name, shape in shapes.items()]
    return gguf(llama_metadata(), tensors)


def llama_metadata() -> dict[str, object]:
    return {
        "general.architecture": "llama",
        "llama.block_count": 1,
        "llama.context_length": 64,
        "llama.embedding_length": 8,
        "llama.feed_forward_length": 16,
        "llama.attention.head_count": 2,
        "llama.attention.head_count_kv": 1,
        "llama.attention.layer_norm_rms_epsilon": 1e-5,
        "llama.rope.dimension_count": 4,
        "llama.rope.freq_base": 10000.0,
        "llama.vocab_size": len(VOCABULARY),
        "tokenizer.ggml.model": "gpt2",
        "tokenizer.ggml.tokens": VOCABULARY,
        "tokenizer.ggml.token_type": [3, 3, *([1] * (len(VOCABULARY) - 2))],
        "tokenizer.ggml.merges": MERGES,
        "tokenizer.ggml.bos_token_id": 1,
        "tokenizer.ggml.eos_token_id": 0,
        "tokenizer.ggml.padding_token_id": 0,
        "tokenizer.ggml.unknown_token_id": 0,
        "tokenizer.chat_template": TEMPLATE,
    }


def _value(value: object) -> bytes:
    if isinstance(value, list):
        texts = isinstance(value[0], str)
        items = [_text(item) if texts else struct.pack("<I", item) for item in value]
        return struct.pack("<IIQ", 9, 8 if texts else 4, len(value)) + b"".join(items)
    if isinstance(value, str):
        return struct.pack("<I", 8) + _text(value)
    return struct.pack("<If", 6, value) if isinstance(value, float) else struct.pack("<II", 4, value)


def _text(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % _ALIGNMENT)
