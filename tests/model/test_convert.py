from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tiny_gguf import MERGES, gguf, llama_metadata, tiny_llama

from bot.model.convert import convert_llama
from bot.model.packaged import Role
from bot.model.weights import WeightStore

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("converted")
    (folder / "tiny.gguf").write_bytes(tiny_llama())
    convert_llama(folder / "tiny.gguf", folder)
    return folder


def _tokenizer(folder: Path) -> Any:
    from transformers import AutoTokenizer  # noqa: PLC0415

    return AutoTokenizer.from_pretrained(folder, local_files_only=True)


def test_transformers_loads_the_folder_with_every_weight(converted: Path) -> None:
    import torch  # noqa: PLC0415
    from transformers import AutoModelForCausalLM  # noqa: PLC0415

    loaded: Any = AutoModelForCausalLM.from_pretrained(converted, local_files_only=True, output_loading_info=True)
    model, loading = loaded
    assert not loading["unexpected_keys"]
    assert not loading["missing_keys"]
    assert torch.isfinite(model(torch.tensor([[5, 6, 7]])).logits).all()


def test_the_tokenizer_merges_words_and_takes_digits_one_by_one(converted: Path) -> None:
    assert _tokenizer(converted).tokenize("the 2019") == ["the", "Ġ", "2", "0", "1", "9"]


def test_what_is_encoded_is_decoded_unchanged(converted: Path) -> None:
    tokenizer = _tokenizer(converted)
    assert tokenizer.decode(tokenizer("the end, 12.5 of it").input_ids) == "the end, 12.5 of it"


def test_the_chat_template_and_its_markup_are_kept(converted: Path) -> None:
    tokenizer = _tokenizer(converted)
    chat = tokenizer.apply_chat_template([{"role": "user", "content": "the"}], return_dict=True)
    assert tokenizer.convert_ids_to_tokens(chat["input_ids"]) == ["<|user|>", "the"]
    assert tokenizer.eos_token == "<|end|>"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("general.architecture", "bert"),
        ("tokenizer.ggml.model", "llama"),
        ("llama.block_count", "many"),
        ("llama.rope.freq_base", 1),
        ("tokenizer.chat_template", 1),
        ("tokenizer.ggml.merges", MERGES[0]),
    ],
)
def test_a_file_of_another_kind_is_told(tmp_path: Path, key: str, value: object) -> None:
    source = tmp_path / "other.gguf"
    source.write_bytes(gguf({**llama_metadata(), key: value}))
    with pytest.raises(ValueError, match=r"GGUF|Llama"):
        convert_llama(source, tmp_path)


@pytest.mark.model
def test_the_packaged_tokenizer_is_smollms() -> None:
    store = WeightStore()
    tokenizer = _tokenizer(store.prepare(store.locate(Role.WRITER)).folder)
    assert tokenizer.tokenize("In 2019, taxes rose.") == ["In", "Ġ", "2", "0", "1", "9", ",", "Ġtaxes", "Ġrose", "."]
    assert tokenizer.decode(tokenizer("“Ça va?” – 12.5 %").input_ids) == "“Ça va?” – 12.5 %"
