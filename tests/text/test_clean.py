from __future__ import annotations

import json
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.article import Span
from bot.text.clean import Cleaned, clean

SHARED = Path(__file__).parents[2].parent / "shared" / "data"

BODY = (
    "The harbour of Port Ellery will stay closed until Friday after a storm sank two boats, the coastguard said.",
    "Nobody was hurt, but divers have yet to reach the larger boat, which lies in nine metres of water near the mouth.",
    "“We cannot let ferries in while she lies there,” said Maren Holt, who leads the coastguard in Port Ellery.",
    "The town council will meet on Wednesday to decide who pays for the work, which may cost as much as $2.4 million.",
    "Some 300 people live on the island of Skarn and depend on the ferry for food and medicine.",
)
PASTE = "\n\n".join(
    (
        "Home",
        "News",
        "Storm closes Port Ellery harbour until Friday",
        "Storm closes Port Ellery harbour until Friday",
        "By Jonas Whitby",
        "Published March 4, 2024 9:15 am GMT",
        "Share on Facebook",
        "Share on Twitter",
        BODY[0],
        "Advertisement",
        BODY[1],
        "The harbour of Port Ellery on Tuesday morning. (Photo: Lena Park)",
        *BODY[2:4],
        f"{BODY[4]} — Reuters",
        "Follow us on our official WhatsApp channel for breaking news alerts and key updates!",
        "Next In World News",
        "Ten dead in mine collapse",
        "Voters queue as heatwave goes on",
        "Online shop falls under tough rules as user numbers jump",
        "Others Also Read",
    )
)


def test_takes_the_body_alone() -> None:
    assert clean(PASTE).text == "\n\n".join(BODY)


def test_reads_what_stands_around_the_body() -> None:
    cleaned = clean(PASTE)
    assert cleaned.title == "Storm closes Port Ellery harbour until Friday"
    assert cleaned.byline == "Jonas Whitby"
    assert cleaned.published == datetime(2024, 3, 4, 9, 15, tzinfo=UTC)
    assert cleaned.credit == "Reuters"


def test_shows_where_each_kept_word_stood() -> None:
    cleaned = clean(PASTE)
    quote = "We cannot let ferries in"
    start = cleaned.text.index(quote)
    (source,) = cleaned.sources(Span(start, start + len(quote)))
    assert source.of(PASTE) == quote


def test_gives_two_sources_where_a_span_crosses_paragraphs() -> None:
    cleaned = clean(PASTE)
    boundary = cleaned.text.index("\n\n")
    sources = cleaned.sources(Span(boundary - 5, boundary + 7))
    assert [source.of(PASTE) for source in sources] == ["said.", "Nobod"]


def test_tells_what_was_removed() -> None:
    removed = [span.of(PASTE) for span in clean(PASTE).removed]
    assert "Advertisement" in removed
    assert any(piece.endswith("Others Also Read") for piece in removed)


def test_leaves_a_plain_article_alone() -> None:
    text = "\n\n".join(BODY)
    cleaned = clean(text)
    assert cleaned.text == text
    assert cleaned.removed == ()


def test_takes_no_caption_with_an_agency_for_the_end() -> None:
    caption = "A ferry leaves Port Ellery on a day in August last year. (AP)"
    paste = "\n\n".join((BODY[0], caption, *BODY[1:]))
    assert clean(paste).text.endswith(BODY[-1])


def test_keeps_an_article_of_one_line() -> None:
    text = " ".join(BODY)
    assert clean(text).text == text


def test_joins_hard_wrapped_lines_and_keeps_their_places() -> None:
    text = (
        "The harbour of Port Ellery will stay closed until Friday after a storm\n"
        "sank two fishing boats on Monday night, the coastguard said. Nobody was\n"
        "hurt, but divers have yet to reach the larger of the two boats.\n"
        "\n"
        "The town council will meet on Wednesday to decide who pays for the work,\n"
        "which may cost as much as $2.4 million. Some 300 people depend on the\n"
        "ferry for food and medicine.\n"
    )
    cleaned = clean(text)
    assert cleaned.text == text.strip().replace("\n\n", "¶").replace("\n", " ").replace("¶", "\n\n")
    start = cleaned.text.index("a storm sank")
    assert [source.of(text) for source in cleaned.sources(Span(start, start + 12))] == ["a storm", "sank"]


@pytest.mark.parametrize("text", ["", " \n\t\n ", "\n" * 1000])
def test_gives_an_empty_text_for_a_blank_one(text: str) -> None:
    assert clean(text) == Cleaned("", (), ())


@pytest.mark.parametrize(
    "text",
    [
        "word",
        "Advertisement",
        "Share",
        "12345",
        "© 2024",
        "x" * 200_000,
        "a\n" * 20_000,
        "\x00\n" * 100,
        "— AP",
        "(AP) —",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_never_leaves_nothing_of_something(text: str) -> None:
    assert clean(text).text


LINES = st.sampled_from(
    [
        *BODY,
        "Home",
        "Advertisement",
        "By Jonas Whitby",
        "March 4, 2024",
        "Read more: Ten dead in mine collapse",
        "— AP",
        "(Reuters) — A ship sank. — Reuters",
        "Comments",
        "I think they should pay!",
        "© 2024 The Daily Post. All rights reserved.",
        "Ten dead in mine collapse",
        "",
        "Why it matters",
        "- a list item",
    ]
)


@settings(deadline=None)
@given(st.lists(LINES | st.text(max_size=30), max_size=25).map("\n".join) | st.text(max_size=300))
def test_changes_nothing_the_second_time(text: str) -> None:
    once = clean(text)
    assert clean(once.text).text == once.text


@settings(deadline=None)
@given(st.lists(LINES | st.text(max_size=30), max_size=25).map("\n".join))
def test_every_piece_is_copied_from_the_input(text: str) -> None:
    cleaned = clean(text)
    for piece in cleaned.pieces:
        assert cleaned.text[piece.start : piece.start + len(piece.source)] == piece.source.of(text)
    kept = "".join(piece.source.of(text) for piece in cleaned.pieces)
    assert "".join(kept.split()) == "".join(cleaned.text.split())
    marked = sorted([*(piece.source for piece in cleaned.pieces), *cleaned.removed])
    assert all(one.end <= other.start for one, other in pairwise(marked))
    seen = "".join(span.of(text) for span in marked)
    assert "".join(seen.split()) == "".join(text.split())


def _records(path: str) -> list[dict[str, Any]]:
    file = SHARED / path
    if not file.exists():
        pytest.skip("the development data is not there")
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.mark.data
def test_takes_the_body_out_of_the_first_real_input() -> None:
    paths = sorted((SHARED / "seed").glob("*.txt"))
    if not paths:
        pytest.skip("the development data is not there")
    cleaned = clean(paths[0].read_text(encoding="utf-8"))
    assert cleaned.title == "Xi heads to Russia for talks"
    assert cleaned.credit == "AP"
    assert cleaned.text.startswith("Chinese leader Xi Jinping is due to meet")
    assert cleaned.text.endswith("sustainable security,” Xi wrote.")
    assert len(cleaned.text.split("\n\n")) == 23
    assert cleaned.published is None


@pytest.mark.data
@pytest.mark.parametrize("field", [("pastes/paste.jsonl", "paste"), ("pastes/newstext.jsonl", "text")])
def test_changes_nothing_the_second_time_on_real_pastes(field: tuple[str, str]) -> None:
    for record in _records(field[0])[::5]:
        once = clean(record[field[1]]).text
        assert clean(once).text == once


@pytest.mark.data
@pytest.mark.parametrize(
    ("path", "field"),
    [("quotes/polnear.jsonl", "text"), ("questions/newsqa.jsonl", "article"), ("summaries/summ.jsonl", "article")],
)
def test_keeps_plain_articles_nearly_whole(path: str, field: str) -> None:
    kept = total = 0
    for record in _records(path)[::5]:
        total += len(record[field].split())
        kept += len(clean(record[field]).text.split())
    assert kept / total > 0.99
