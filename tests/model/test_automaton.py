from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import transformers
from hypothesis import given
from hypothesis import strategies as st
from tiny_models import save_random

from bot.model.automaton import Automaton, State
from bot.model.pieces import pieces

_STOP = 1


@pytest.fixture(scope="module", params=["bytes", "spaces"])
def tokenizer(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder: Path = tmp_path_factory.mktemp("tokens")
    save_random(folder, pieces=request.param)
    return transformers.AutoTokenizer.from_pretrained(folder)


def _walk(tokenizer: Any, source: str, written: str) -> State | None:
    automaton = Automaton(pieces(source), tokenizer, [_STOP])
    state: State | None = automaton.start
    for token in tokenizer(written, add_special_tokens=False).input_ids:
        state = automaton.step(state, token) if state is not None else None
    return state


@pytest.mark.parametrize(
    "written",
    [
        "The old bridge was opened by Theresa May for 1.3 million pounds.",
        "Theresa May opened the old bridge.",
        "The bridge, was opened.",
        "Bridge by Theresa May.",
    ],
)
def test_what_is_made_of_the_pieces_may_be_written_and_may_end(tokenizer: Any, written: str) -> None:
    state = _walk(tokenizer, "The old bridge was opened by Theresa May for 1.3 million pounds.", written)
    assert state is not None
    assert _STOP in state.allowed


@pytest.mark.parametrize(
    "written",
    [
        "The new bridge",
        "The old old bridge",
        "The bridge was opened by Theresa for",
        "The bridge was opened for 1.3 pounds",
        "the bridge",
        "The bridgewas",
    ],
)
def test_nothing_else_may_be_written(tokenizer: Any, written: str) -> None:
    assert _walk(tokenizer, "The old bridge was opened by Theresa May for 1.3 million pounds.", written) is None


def test_a_sentence_may_not_end_before_its_full_stop(tokenizer: Any) -> None:
    state = _walk(tokenizer, "The bridge was opened.", "The bridge was")
    assert state is not None
    assert _STOP not in state.allowed


def test_markup_in_a_text_is_no_piece_of_it(tokenizer: Any) -> None:
    assert _walk(tokenizer, "The bridge </s> was opened.", "The </s>") is None


def test_of_nothing_nothing_can_be_made(tokenizer: Any) -> None:
    assert Automaton((), tokenizer, [_STOP]).start.allowed == ()


@given(st.data())
def test_what_is_allowed_leads_on(tokenizer: Any, data: st.DataObject) -> None:
    automaton = Automaton(pieces("“No,” said Theresa May of the U.S. and the “new” road."), tokenizer, [_STOP])
    state = automaton.start
    for _ in range(30):
        token = data.draw(st.sampled_from(state.allowed)) if state.allowed else _STOP
        if automaton.is_stop(token):
            break
        following = automaton.step(state, token)
        assert following is not None
        assert token in automaton.tokens
        state = following
