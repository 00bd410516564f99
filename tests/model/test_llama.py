from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
import transformers
from tiny_models import save_random

from bot.model.llama import LlamaPasses, is_llama
from bot.model.packaged import Role
from bot.model.passes import CausalPasses, Passes
from bot.model.weights import WeightStore

_COLUMNS = torch.arange(0, 50, 3)
_PREFIX = (5, 6, 7, 8)
_RESTS = [[9], [10, 11, 12], list(range(20, 90)), [13, 14]]


def _load(folder: Path) -> Any:
    model: Any = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    return model.eval()


def _logits(passes: Passes, prefix: tuple[int, ...] = _PREFIX) -> list[torch.Tensor]:
    """Read, take back, go on with some rows, one of them twice,, as drafted copying does."""
    with torch.inference_mode():
        found = [passes.begin(prefix, _RESTS, _COLUMNS)]
        found.append(passes.feed([[1, 2, 3], [4], [5, 6, 7, 8], [9, 10]]))
        passes.keep([2, 1, 1, 2])
        passes.fork([0, 2, 3, 2], [len(prefix) + length for length in (3, 71, 4, 50)])
        found.append(passes.feed([[11, 12], [13] * 70, [14], []]))
        passes.keep([1, 70, 1, 0])
        found.append(passes.feed([[15], [16], [17], [18]]))
    return found


def _by_the_book(model: Any, prefix: tuple[int, ...] = _PREFIX) -> list[torch.Tensor]:
    """The same logits, each row read anew by transformers."""
    read = [
        [(rest, 1) for rest in _RESTS],
        [([*_RESTS[row], *more], len(more)) for row, more in enumerate([[1, 2, 3], [4], [5, 6, 7, 8], [9, 10]])],
        [([*_RESTS[0], 1, 2, 11, 12], 2), ([*_RESTS[2], 5, *[13] * 70], 70), ([*_RESTS[3], 9, 10, 14], 1)],
        [
            ([*_RESTS[0], 1, 2, 11, 15], 1),
            ([*_RESTS[2], 5, *[13] * 70, 16], 1),
            ([*_RESTS[3], 9, 10, 14, 17], 1),
            ([*_RESTS[2][:50], 18], 1),
        ],
    ]
    with torch.inference_mode():
        return [
            torch.cat([model(input_ids=torch.tensor([[*prefix, *row]])).logits[0, -last:] for row, last in rows])[
                :, _COLUMNS
            ]
            for rows in read
        ]


@pytest.fixture(scope="module")
def llama(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("llama")
    save_random(folder, pieces="bytes")
    return _load(folder)


@pytest.mark.parametrize("passes", [LlamaPasses, CausalPasses])
@pytest.mark.parametrize("prefix", [_PREFIX, ()])
def test_passes_give_the_logits_of_reading_each_row_anew(llama: Any, passes: Any, prefix: tuple[int, ...]) -> None:
    for one, other in zip(_logits(passes(llama), prefix), _by_the_book(llama, prefix), strict=True):
        torch.testing.assert_close(one, other, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("passes", [LlamaPasses, CausalPasses])
def test_what_is_kept_of_a_prefix_serves_again(llama: Any, passes: Any) -> None:
    one = passes(llama)
    first, second = _logits(one), _logits(one)
    torch.testing.assert_close(first, second)


def test_another_kind_of_model_is_not_taken_for_a_llama(llama: Any) -> None:
    assert is_llama(llama)
    assert not is_llama(transformers.GPT2LMHeadModel(transformers.GPT2Config(n_layer=1, n_embd=8, n_head=1)))


def test_a_model_with_learned_positions_is_read_in_passes_too() -> None:
    torch.manual_seed(1)
    config = transformers.GPT2Config(vocab_size=120, n_layer=2, n_embd=16, n_head=2, initializer_range=0.5)
    model: Any = transformers.GPT2LMHeadModel(config)
    for one, other in zip(_logits(CausalPasses(model.eval())), _by_the_book(model), strict=True):
        torch.testing.assert_close(one, other, rtol=1e-4, atol=1e-4)


@pytest.mark.model
def test_the_packaged_writer_is_read_as_transformers_reads_it() -> None:
    store = WeightStore()
    model = _load(store.prepare(store.locate(Role.WRITER)).folder)
    for one, other in zip(_logits(LlamaPasses(model)), _by_the_book(model), strict=True):
        torch.testing.assert_close(one, other, rtol=1e-3, atol=1e-3)
