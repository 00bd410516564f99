from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import TooLarge, Unreachable, VerbatimError
from bot.fetch.unpack import Body


def unpack(pieces: list[bytes], encoding: str = "gzip", limit: int = 10_000) -> bytes:
    body = Body(encoding, limit)
    for piece in pieces:
        body.add(piece)
    return body.finish()


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


@given(
    st.lists(st.binary(max_size=60), min_size=1, max_size=4), st.integers(1, 50), st.sampled_from([b"", b"\x00" * 9])
)
def test_pieces_of_any_size_make_the_same_body(members: list[bytes], size: int, padding: bytes) -> None:
    packed = b"".join(gzip.compress(member) for member in members) + padding
    assert unpack(cut(packed, size)) == b"".join(members)


def test_a_zlib_stream_is_taken_and_what_follows_is_not() -> None:
    assert unpack([zlib.compress(b"words") + b"rest", gzip.compress(b"more")], "deflate") == b"words"


def test_an_empty_packed_body_is_empty() -> None:
    assert unpack([]) == b""


@pytest.mark.parametrize("end", [1, 5, 12, -1])
def test_an_early_end_is_damage(end: int) -> None:
    with pytest.raises(Unreachable):
        unpack([gzip.compress(b"words")[:end]])


def test_a_flood_of_empty_members_is_refused() -> None:
    with pytest.raises(Unreachable):
        unpack([gzip.compress(b"") * 400])


@pytest.mark.parametrize("pieces", [[b"x" * 10_001], [b"x"] * 10_001])
def test_the_limit_holds_for_plain_bodies(pieces: list[bytes]) -> None:
    with pytest.raises(TooLarge):
        unpack(pieces, "identity")


def test_the_limit_holds_over_members_and_pieces() -> None:
    with pytest.raises(TooLarge):
        unpack(cut(gzip.compress(b"x" * 6_000) * 2, 10))
    assert len(unpack([gzip.compress(b"x" * 5_000) * 2])) == 10_000


@given(st.lists(st.binary()), st.sampled_from(["gzip", "deflate", "identity", "br", "x"]))
def test_any_bytes_are_a_body_or_an_error(pieces: list[bytes], encoding: str) -> None:
    try:
        unpack(pieces, encoding, 50)
    except VerbatimError as error:
        assert error.hint  # noqa: PT017
