from __future__ import annotations

from pathlib import Path

import pytest
import torch
import transformers
from tiny_models import save_random

from bot.model.copyist import Copyist
from bot.model.draft import Ask
from bot.model.forms import PlainForm
from bot.model.llama import LlamaPasses
from bot.model.prompts import Limits, Prompt

_STOP = 1


@pytest.fixture(scope="module")
def copyist(tmp_path_factory: pytest.TempPathFactory) -> Copyist:
    folder: Path = tmp_path_factory.mktemp("copyist")
    save_random(folder, pieces="bytes")
    model = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    with torch.inference_mode():
        passes = LlamaPasses(model)
    return Copyist(passes, transformers.AutoTokenizer.from_pretrained(folder), PlainForm(), [_STOP])


def _ask(text: str, prompt: str = "Make it $words words: $text", words: int = 3) -> Ask:
    return Ask(Prompt("shorten", "", "Be brief.", prompt, Limits(200, 40), "hash"), text, 40, words, copies=True)


def _texts(copyist: Copyist, asks: list[Ask]) -> list[list[str]]:
    with torch.inference_mode():
        return [[draft.text for draft in drafts] for drafts in copyist.write(asks)]


def test_each_ask_gets_what_it_gets_alone(copyist: Copyist) -> None:
    asks = [_ask(f"The bridge over the {name} was opened in May by the minister.") for name in "Po Elbe Tiber".split()]
    asks += [_ask("The road was closed.", "Shorten: $text"), _ask("The road was closed.", words=7)]
    assert _texts(copyist, asks) == [_texts(copyist, [ask])[0] for ask in asks]


def test_more_asks_than_one_batch_holds_are_written_in_turns(copyist: Copyist) -> None:
    asks = [_ask("The road was closed.")] * 40
    assert _texts(copyist, asks) == _texts(copyist, asks[:1]) * 40


def test_others_differ_from_the_likeliest(copyist: Copyist) -> None:
    ((first, *others),) = _texts(copyist, [_ask("The bridge and the road, which were closed, were opened.")])
    assert others
    assert first not in others


@pytest.mark.parametrize("text", ["", "...", "</s>"])
def test_of_nothing_little_is_written(copyist: Copyist, text: str) -> None:
    (drafts,) = _texts(copyist, [_ask(text)])
    assert drafts


def test_no_asks_are_no_work(copyist: Copyist) -> None:
    assert copyist.write([]) == []
