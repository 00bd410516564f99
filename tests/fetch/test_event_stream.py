from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import WriterUnavailable
from bot.fetch.event_stream import Event, EventStream

LINES = st.sampled_from(
    [
        b"data: {}",
        b"data:a",
        b"data",
        b"data: [DONE]",
        b": ping",
        b"event: error",
        b"event: message",
        b"error: {}",
        b"id: 7",
        b'{"error": 1}',
        "data: “é”".encode(),
        b"",
    ]
)
ENDS = st.sampled_from([b"\n", b"\r\n", b"\r"])
STREAMS = st.lists(st.tuples(LINES, ENDS)).map(lambda pairs: b"".join(line + end for line, end in pairs)) | st.binary()


def events(content: bytes, cuts: list[int] | None = None) -> list[Event]:
    stream = EventStream()
    places = [0, *sorted(cut % (len(content) + 1) for cut in cuts or []), len(content)]
    found = [event for start, end in pairwise(places) for event in stream.feed(content[start:end])]
    return found + stream.close()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"data: one\n\ndata: two\n\n", [Event("one"), Event("two")]),
        (b"data:one\ndata: two\n\n", [Event("one\ntwo")]),
        (b": ping\n\n\n\ndata: one\r\n\r\n", [Event("one")]),
        (b"\xef\xbb\xbfdata: one", [Event("one")]),
        (b"event: error\ndata: out\n\ndata: in\n\n", [Event("out", is_error=True), Event("in")]),
        (b'error: {"code":400}\n\n', [Event('{"code":400}', is_error=True)]),
        (b'{"error":"out"}\n', [Event('{"error":"out"}')]),
        (b"retry: 5\nid: 3\ndatum: x\n\n", []),
        (b"data: \xff\n\n", [Event("�")]),
    ],
)
def test_events_are_read_as_the_standard_and_the_servers_have_them(content: bytes, found: list[Event]) -> None:
    assert events(content) == found


@given(STREAMS, st.lists(st.integers(0, 10_000)))
def test_it_does_not_matter_how_a_stream_is_cut(content: bytes, cuts: list[int]) -> None:
    assert events(content, cuts) == events(content)


@pytest.mark.parametrize("line", [b"data: 12345678", b"data: 1\ndata: 2345678"])
def test_an_event_that_does_not_end_is_given_up(line: bytes) -> None:
    stream = EventStream(most_bytes=10)
    with pytest.raises(WriterUnavailable, match="more than 10 bytes"):
        stream.feed(line + b"\n\n")


def test_what_keeps_a_connection_alive_is_no_event_that_grows() -> None:
    stream = EventStream(most_bytes=10)
    assert [event for _ in range(100) for event in stream.feed(b": ping\n")] == []
