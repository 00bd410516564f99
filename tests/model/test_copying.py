from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
import torch
import transformers
from tiny_models import save_random

from bot.model.automaton import Automaton
from bot.model.copying import Text, write
from bot.model.llama import LlamaPasses
from bot.model.packaged import Role
from bot.model.passes import CausalPasses
from bot.model.pieces import pieces
from bot.model.weights import WeightStore

_SOURCES = (
    "The minister, who was elected in 2019 after a long campaign, said on Tuesday that taxes would rise.",
    "“We were closed,” said Theresa May, “and the road is not open.”",
    "It cost 1.3 million pounds.",
    "The bridge and the road and the bridge and the road were opened in May by the minister.",
)
_PREFIX = (5, 6, 7)


@pytest.fixture(scope="module", params=["bytes", "spaces"])
def loaded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    folder = tmp_path_factory.mktemp("random")
    save_random(folder, pieces=request.param)
    model: Any = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    return model.eval(), transformers.AutoTokenizer.from_pretrained(folder)


def _texts(tokenizer: Any, sources: Sequence[str], most: int = 40) -> list[Text]:
    return [
        Text(Automaton(pieces(source), tokenizer, [1]), tokenizer(source, add_special_tokens=False).input_ids, most)
        for source in sources
    ]


def _plain(model: Any, text: Text, prompt: list[int], begun: Sequence[int] = ()) -> list[int]:
    """Write by the book: the whole text is read anew for each token, and nothing is drafted."""
    state, written = text.automaton.start, list[int]()
    while len(written) < text.most and state.allowed:
        with torch.inference_mode():
            logits = model(input_ids=torch.tensor([prompt + written])).logits[0, -1]
        likeliest = max(state.allowed, key=lambda one: float(logits[one]))
        token = begun[len(written)] if len(written) < len(begun) else likeliest
        if text.automaton.is_stop(token):
            break
        following = text.automaton.step(state, token)
        assert following is not None
        state = following
        written.append(token)
    return written


def _write(
    model: Any, texts: Sequence[Text], rests: Sequence[Sequence[int]], depth: int, passes: Any = CausalPasses
) -> None:
    with torch.inference_mode():
        write(passes(model), _PREFIX, rests, texts, depth, others=0)


@pytest.mark.parametrize("depth", [0, 1, 5, 30])
@pytest.mark.parametrize("passes", [CausalPasses, LlamaPasses])
def test_drafts_change_nothing_of_what_is_written(loaded: tuple[Any, Any], depth: int, passes: Any) -> None:
    model, tokenizer = loaded
    texts = _texts(tokenizer, _SOURCES)
    rests = [
        tokenizer(source, add_special_tokens=False).input_ids[: 4 + index] for index, source in enumerate(_SOURCES)
    ]
    _write(model, texts, rests, depth, passes)
    for text, rest in zip(texts, rests, strict=True):
        assert text.written == _plain(model, text, [*_PREFIX, *rest])


@pytest.mark.parametrize("passes", [CausalPasses, LlamaPasses])
def test_others_go_on_from_where_another_choice_was_likely(loaded: tuple[Any, Any], passes: Any) -> None:
    model, tokenizer = loaded
    texts = _texts(tokenizer, _SOURCES)
    rests = [[8, 9], [8], [8, 9, 10], [11]]
    with torch.inference_mode():
        others = write(passes(model), _PREFIX, rests, texts, depth=4, others=3)
    assert any(others)
    for text, rest, more in zip(texts, rests, others, strict=True):
        written = [text.written, *(other.written for other in more)]
        assert len({tuple(one) for one in written}) == len(written)
        for other in more:
            turn = next(
                at for at, (a, b) in enumerate(zip([*other.written, 1], [*text.written, 1], strict=False)) if a != b
            )
            assert other.written == _plain(model, text, [*_PREFIX, *rest], [*other.written, 1][: turn + 1])


def test_only_pieces_of_the_text_are_written(loaded: tuple[Any, Any]) -> None:
    model, tokenizer = loaded
    texts = _texts(tokenizer, _SOURCES)
    _write(model, texts, [[8]] * len(texts), 5)
    for text, source in zip(texts, _SOURCES, strict=True):
        known = {way for piece in pieces(source) for way in (*piece.inside, *piece.opening)}
        said = tokenizer.decode(text.written)
        whole = " ".join(said.split()[:-1]) if not text.finished else said
        assert set(whole.split()) <= {word for way in known for word in way.split()}


def test_a_text_that_may_not_begin_is_left_empty(loaded: tuple[Any, Any]) -> None:
    model, tokenizer = loaded
    automaton = Automaton((), tokenizer, [1])
    texts = [Text(automaton, [], 8), *_texts(tokenizer, _SOURCES[:1])]
    _write(model, texts, [[8], [9]], 5)
    assert texts[0].written == []
    assert texts[1].written


def test_nothing_is_written_beyond_the_most(loaded: tuple[Any, Any]) -> None:
    model, tokenizer = loaded
    texts = _texts(tokenizer, _SOURCES, most=3)
    _write(model, texts, [[8]] * len(texts), 5)
    assert all(len(text.written) <= 3 for text in texts)


def test_a_copy_takes_few_passes(loaded: tuple[Any, Any]) -> None:
    _, tokenizer = loaded
    (text,) = _texts(tokenizer, _SOURCES[:1])
    for token in text.source[:3]:
        text.take(token, -1.0)
    drafted = [token for token, _ in text.draft(6)]
    assert drafted == list(text.source[3:9])
    assert text.score == -3.0


def test_after_words_that_were_left_out_the_draft_goes_on_behind_them(loaded: tuple[Any, Any]) -> None:
    _, tokenizer = loaded
    (text,) = _texts(tokenizer, ["The minister said that the road was closed."])
    source = list(text.source)
    behind = len(tokenizer("The minister said that", add_special_tokens=False).input_ids)
    for token in (source[0], source[behind]):
        text.take(token, 0.0)
    assert [token for token, _ in text.draft(2)] == source[behind + 1 : behind + 3]


def test_the_memory_of_a_prefix_is_computed_once(loaded: tuple[Any, Any]) -> None:
    model, tokenizer = loaded
    passes = CausalPasses(model)
    written = []
    for _ in range(2):
        (text,) = _texts(tokenizer, _SOURCES[:1])
        with torch.inference_mode():
            write(passes, _PREFIX, [[8]], [text], 5, others=0)
        written.append(text.written)
    assert written[0] == written[1]


@pytest.mark.model
def test_drafts_change_nothing_of_what_the_packaged_writer_writes() -> None:
    store = WeightStore()
    folder = store.prepare(store.locate(Role.WRITER)).folder
    model: Any = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32)
    tokenizer: Any = transformers.AutoTokenizer.from_pretrained(folder)
    rests = [tokenizer(f"Shorten: {source}\n\n", add_special_tokens=False).input_ids for source in _SOURCES[:2]]
    texts = _texts(tokenizer, _SOURCES[:2], most=24)
    _write(model.eval(), texts, rests, 4, LlamaPasses)
    for text, rest in zip(texts, rests, strict=True):
        assert text.written == _plain(model, text, [*_PREFIX, *rest])
