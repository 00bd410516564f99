"""Models of a few kilobytes, made in code and saved as a hub would: real classes, no weights worth the name.

The causal and the sequence-to-sequence ones say the same whatever they read: each token is followed by the one that
`SAYS` puts after it.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

SAYS = "the bridge opened in may ."
_SAMPLE = "The minister said that the bridge and the road, which were closed in May, would be opened on Monday. " * 2
_SPECIAL = ("<pad>", "</s>", "<unk>", "<answer>")
_WORDS = (*_SPECIAL, *SAYS.split(), "minister", "a", "b", "c")
_CHAT = "{% for m in messages %}<{{ m.role }}> {{ m.content }} {% endfor %}{{ '<answer>' if add_generation_prompt }}"
_NO_SYSTEM = "{% if messages[0].role == 'system' %}{{ raise_exception('no system') }}{% endif %}" + _CHAT


def save_causal(folder: Path, *, chat: str | None = None) -> None:
    """Save a Llama whose every word is the one that follows the last in `SAYS`."""
    import torch  # noqa: PLC0415
    from transformers import LlamaConfig, LlamaForCausalLM  # noqa: PLC0415

    size = len(_WORDS)
    config = LlamaConfig(
        vocab_size=size,
        hidden_size=size + size % 2,
        intermediate_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        max_position_embeddings=256,
        tie_word_embeddings=False,
        eos_token_id=1,
        pad_token_id=0,
    )
    model = LlamaForCausalLM(config)
    with torch.no_grad():
        _silence(model.model.layers[0].self_attn.o_proj, model.model.layers[0].mlp.down_proj)
        model.model.embed_tokens.weight.copy_(torch.eye(*model.model.embed_tokens.weight.shape))
        model.lm_head.weight.copy_(_followers(*model.lm_head.weight.shape))
    model.save_pretrained(folder)
    _save_tokenizer(folder, chat)


def save_random(folder: Path, *, pieces: str, seed: int = 1) -> None:
    """Save a Llama with random weights; its tokens are parts of words, of bytes ("bytes") or with "▁" ("spaces")."""
    import torch  # noqa: PLC0415
    from transformers import LlamaConfig, LlamaForCausalLM  # noqa: PLC0415

    torch.manual_seed(seed)
    tokenizer = _parts_tokenizer(pieces)
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=48,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=512,
        initializer_range=0.5,
        tie_word_embeddings=True,
        eos_token_id=1,
        pad_token_id=0,
    )
    LlamaForCausalLM(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)


def save_seq2seq(folder: Path, prefix: str = "") -> None:
    """Save a BART that says `SAYS`; with a `prefix`, its configuration asks for it as T5's does."""
    import torch  # noqa: PLC0415
    from transformers import BartConfig, BartForConditionalGeneration  # noqa: PLC0415

    size = len(_WORDS)
    config = BartConfig(
        vocab_size=size,
        d_model=size,
        encoder_layers=1,
        decoder_layers=1,
        encoder_attention_heads=1,
        decoder_attention_heads=1,
        encoder_ffn_dim=8,
        decoder_ffn_dim=8,
        max_position_embeddings=64,
        decoder_start_token_id=3,
        forced_eos_token_id=None,
        bos_token_id=None,
        eos_token_id=1,
        pad_token_id=0,
        tie_word_embeddings=False,
    )
    model = BartForConditionalGeneration(config)
    layer = model.model.decoder.layers[0]
    with torch.no_grad():
        _silence(layer.self_attn.out_proj, layer.encoder_attn.out_proj, layer.fc2)
        model.model.decoder.embed_positions.weight.zero_()
        model.model.decoder.embed_tokens.weight.copy_(torch.eye(size))
        model.lm_head.weight.copy_(_followers(size, size))
    model.save_pretrained(folder)
    if prefix:
        file = folder / "config.json"
        tasks = {"task_specific_params": {"summarization": {"prefix": prefix}}}
        file.write_text(json.dumps({**json.loads(file.read_text()), **tasks}))
    _save_tokenizer(folder, None)


def save_encoder(folder: Path, pooling: str = "mean_tokens") -> None:
    """Save a BERT with random weights, and the settings of its pooling."""
    import torch  # noqa: PLC0415
    from transformers import BertConfig, BertModel  # noqa: PLC0415

    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(_WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(folder)
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text(json.dumps({f"pooling_mode_{pooling}": True}))
    (folder / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": 32}))
    _save_tokenizer(folder, None)


def _save_tokenizer(folder: Path, chat: str | None) -> None:
    from tokenizers import Tokenizer, models, pre_tokenizers  # noqa: PLC0415
    from transformers import PreTrainedTokenizerFast  # noqa: PLC0415

    vocabulary = {word: index for index, word in enumerate(_WORDS)}
    inner = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    inner.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=inner,
        pad_token="<pad>",
        eos_token="</s>",
        unk_token="<unk>",
        additional_special_tokens=["<answer>"],
        model_max_length=256,
    )
    tokenizer.chat_template = {"chat": _CHAT, "no system": _NO_SYSTEM}.get(chat or "")
    tokenizer.save_pretrained(folder)


def _parts_tokenizer(pieces: str) -> Any:
    """Byte-pair encoding of two hundred merges, as GPT-2's or as Llama's tokenizer does it."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers  # noqa: PLC0415
    from transformers import PreTrainedTokenizerFast  # noqa: PLC0415

    inner = Tokenizer(models.BPE(unk_token=None if pieces == "bytes" else "<unk>"))
    alphabet = pre_tokenizers.ByteLevel.alphabet() if pieces == "bytes" else [chr(code) for code in range(33, 127)]
    if pieces == "bytes":
        inner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
        inner.decoder = decoders.ByteLevel()
    else:
        inner.pre_tokenizer = pre_tokenizers.Metaspace()
        inner.decoder = decoders.Metaspace()
    trainer = trainers.BpeTrainer(
        vocab_size=len(alphabet) + 200, special_tokens=list(_SPECIAL), initial_alphabet=alphabet, show_progress=False
    )
    inner.train_from_iterator([_SAMPLE], trainer)
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=inner, pad_token="<pad>", eos_token="</s>", unk_token="<unk>", model_max_length=512
    )


def _silence(*layers: Any) -> None:
    """Have the layers add nothing, so that a token's embedding passes through unchanged."""
    for layer in layers:
        layer.weight.zero_()
        if layer.bias is not None:
            layer.bias.zero_()


def _followers(rows: int, columns: int) -> Any:
    """The matrix by which each word's embedding points to the word that follows it; every other word starts anew."""
    import torch  # noqa: PLC0415

    said = ["<answer>", *SAYS.split(), "</s>"]
    following = dict(pairwise(said))
    matrix = torch.zeros(rows, columns)
    for index, word in enumerate(_WORDS):
        matrix[_WORDS.index(following.get(word, "the")), index] = 10.0
    return matrix
