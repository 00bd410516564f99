from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import VerbatimError
from bot.fetch.completion import Completion, Reply, ServerFault, model_names
from bot.fetch.event_stream import Event, EventStream

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from("choices delta error content id".split()), inner),
    max_leaves=8,
)


def take(content: bytes) -> Reply:
    """Read a stream as far as it can be read."""
    stream, reply = EventStream(), Reply()
    with suppress(VerbatimError, ServerFault):
        for event in stream.feed(content) + stream.close():
            reply.add(event)
    return reply


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()), st.sampled_from([b"", b"data: ", b"error: "]))
def test_hostile_bytes_raise_nothing_but_faults(content: bytes, prefix: bytes) -> None:
    assert isinstance(take(prefix + content).completion(), Completion)
    with suppress(VerbatimError, ServerFault):
        assert isinstance(model_names(content), tuple)


@given(JSON, st.sampled_from([lambda v: [v], lambda v: [{"delta": v}], lambda v: [{"delta": {"content": v}}]]))
def test_an_answer_that_is_odd_within_raises_nothing_but_faults(
    value: object, wrap: Callable[[object], object]
) -> None:
    body = json.dumps({"choices": wrap(value)})
    assert isinstance(take(f"data: {body}".encode()).completion(), Completion)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("The bridge opens.", "The bridge opens."),
        ("<think>Short, then.</think>\n\nThe bridge opens.", "The bridge opens."),
        ("Short, then.</think>The bridge opens.", "The bridge opens."),
        ("<think>Short, then", ""),
    ],
)
def test_thoughts_are_no_part_of_an_answer(written: str, text: str) -> None:
    reply = Reply()
    reply.add_json(json.dumps({"choices": [{"delta": {"content": written, "reasoning_content": "Hm."}}]}))
    assert reply.completion().text == text


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ('{"error": {"code": 429}}', 429),
        ('{"error": {"code": "rate_limit"}}', None),
        ('{"error": "out of memory"}', None),
        ('{"error": {"code": true}}', None),
    ],
)
def test_a_fault_keeps_its_status_and_none_of_its_words(data: str, status: int | None) -> None:
    with pytest.raises(ServerFault) as caught:
        Reply().add(Event(data))
    assert caught.value.status == status
    assert "memory" not in str(caught.value)
