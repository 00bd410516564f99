"""Turn the packaged writer's GGUF file into a folder that transformers loads in under a second.

The weights are unpacked to float16, which holds every value of the four-bit file to eleven bits; the tokenizer is
built anew from the vocabulary in the file. This module knows nothing of where either lies.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from bot.model.gguf import GGUFFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from bot.model.gguf import Scalar

_CONTROL_TOKEN = 3
_GLOBAL_NAMES = {
    "token_embd.weight": "model.embed_tokens.weight",
    "output_norm.weight": "model.norm.weight",
    "output.weight": "lm_head.weight",
}
_BLOCK_NAMES = {
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}


def convert_llama(source: Path, folder: Path) -> None:
    """Write config, tokenizer and weights of the Llama-like model in `source` into the empty `folder`.

    Raises:
        ValueError: the file is damaged, or is not of a Llama-like model with a byte-level BPE vocabulary.
    """
    from safetensors.numpy import save_file  # noqa: PLC0415  only a conversion needs it

    model = _LlamaFile(source)
    _write_json(folder / "config.json", model.config())
    _write_json(folder / "generation_config.json", model.generation_config())
    _write_json(folder / "tokenizer_config.json", model.tokenizer_config())
    _write_json(folder / "tokenizer.json", model.tokenizer())
    weights = folder / "model.safetensors"
    save_file(dict(model.weights()), weights, metadata={"format": "pt"})
    weights.chmod(0o644)  # else only who converted it could load it, in a container not the user who runs it


class _LlamaFile:
    """A GGUF file read as a Llama-like model."""

    def __init__(self, source: Path) -> None:
        self._file = GGUFFile(source)
        if self._text("general.architecture") != "llama" or self._text("tokenizer.ggml.model") != "gpt2":
            reason = f"{source.name} does not hold a Llama-like model with a byte-level vocabulary"
            raise ValueError(reason)

    def config(self) -> dict[str, object]:
        heads = self._whole("llama.attention.head_count")
        return {
            "architectures": ["LlamaForCausalLM"],
            "model_type": "llama",
            "hidden_act": "silu",
            "hidden_size": self._whole("llama.embedding_length"),
            "intermediate_size": self._whole("llama.feed_forward_length"),
            "num_hidden_layers": self._whole("llama.block_count"),
            "num_attention_heads": heads,
            "num_key_value_heads": self._whole("llama.attention.head_count_kv"),
            "head_dim": self._whole("llama.rope.dimension_count"),
            "max_position_embeddings": self._whole("llama.context_length"),
            "rms_norm_eps": round(self._real("llama.attention.layer_norm_rms_epsilon"), 9),
            "rope_parameters": {"rope_type": "default", "rope_theta": self._real("llama.rope.freq_base")},
            "vocab_size": self._whole("llama.vocab_size"),
            "tie_word_embeddings": True,
            "dtype": "float16",
            **self._token_ids(),
        }

    def generation_config(self) -> dict[str, object]:
        return dict(self._token_ids())

    def tokenizer_config(self) -> dict[str, object]:
        tokens = self._texts("tokenizer.ggml.tokens")
        ids = self._token_ids()
        return {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "bos_token": tokens[ids["bos_token_id"]],
            "eos_token": tokens[ids["eos_token_id"]],
            "pad_token": tokens[ids["pad_token_id"]],
            "unk_token": tokens[self._whole("tokenizer.ggml.unknown_token_id")],
            "model_max_length": self._whole("llama.context_length"),
            "clean_up_tokenization_spaces": False,
            "chat_template": self._text("tokenizer.chat_template"),
        }

    def tokenizer(self) -> dict[str, object]:
        """SmolLM's own: each digit alone, then GPT-2's cut into words, then byte-level BPE."""
        tokens = self._texts("tokenizer.ggml.tokens")
        merges = [merge.split(" ", 1) for merge in self._texts("tokenizer.ggml.merges")]
        byte_level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": True}
        return {
            "version": "1.0",
            "added_tokens": list(self._control_tokens(tokens)),
            "pre_tokenizer": {
                "type": "Sequence",
                "pretokenizers": [{"type": "Digits", "individual_digits": True}, byte_level],
            },
            "decoder": byte_level,
            "model": {
                "type": "BPE",
                "fuse_unk": False,
                "byte_fallback": False,
                "vocab": {token: index for index, token in enumerate(tokens)},
                "merges": merges,
            },
        }

    def weights(self) -> Iterator[tuple[str, NDArray[np.float16]]]:
        for name, tensor in self._file.tensors():
            ordered = self._unpermute(name, tensor)
            yield _torch_name(name), np.ascontiguousarray(ordered, dtype=np.float16)

    def _unpermute(self, name: str, tensor: NDArray[np.float32]) -> NDArray[np.float32]:
        """Undo llama.cpp's interleaving of the two halves that rotary embedding pairs."""
        part = name.split(".")[-2]
        if part not in {"attn_q", "attn_k"}:
            return tensor
        heads = self._whole("llama.attention.head_count" if part == "attn_q" else "llama.attention.head_count_kv")
        rows, columns = tensor.shape
        return tensor.reshape(heads, rows // heads // 2, 2, columns).swapaxes(1, 2).reshape(rows, columns)

    def _control_tokens(self, tokens: list[str]) -> Iterator[dict[str, object]]:
        kinds = self._list("tokenizer.ggml.token_type")
        flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
        for index, (token, kind) in enumerate(zip(tokens, kinds, strict=True)):
            if kind == _CONTROL_TOKEN:
                yield {"id": index, "content": token, **flags}

    def _token_ids(self) -> dict[str, int]:
        names = {"bos_token_id": "bos", "eos_token_id": "eos", "pad_token_id": "padding"}
        return {key: self._whole(f"tokenizer.ggml.{name}_token_id") for key, name in names.items()}

    def _whole(self, key: str) -> int:
        value = self._file.metadata.get(key)
        if not isinstance(value, int):
            raise _wrong(key)
        return value

    def _real(self, key: str) -> float:
        value = self._file.metadata.get(key)
        if not isinstance(value, float):
            raise _wrong(key)
        return value

    def _text(self, key: str) -> str:
        value = self._file.metadata.get(key)
        if not isinstance(value, str):
            raise _wrong(key)
        return value

    def _texts(self, key: str) -> list[str]:
        return [str(item) for item in self._list(key)]

    def _list(self, key: str) -> list[Scalar]:
        value = self._file.metadata.get(key)
        if not isinstance(value, list):
            raise _wrong(key)
        return value


def _torch_name(name: str) -> str:
    if name in _GLOBAL_NAMES:
        return _GLOBAL_NAMES[name]
    _, block, part, suffix = name.split(".")
    return f"model.layers.{block}.{_BLOCK_NAMES[part]}.{suffix}"


def _wrong(key: str) -> ValueError:
    return ValueError(f"the GGUF file lacks {key}, or it is of another type")


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
