"""Quotation marks: every style pairs, nothing unbalanced swallows the rest of the article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.marks import find_quotations
from bot.text.segment import segment


def inner(text: str) -> list[str]:
    return [part.inner.of(text) for part in find_quotations(segment(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We will go," she said.', ["We will go,"]),
        ("“We will go,” she said.", ["We will go,"]),
        ('“We will go," she said. “Soon."', ["We will go,", "Soon."]),
        ("„Wir gehen“, sagte sie.", ["Wir gehen"]),
        ("»Wir gehen«, sagte sie.", ["Wir gehen"]),
        ("« Nous partons », a-t-elle dit.", ["Nous partons"]),
        ("‹Wir gehen›, sagte sie.", ["Wir gehen"]),
        ("彼は「行きます」と言った。", ["行きます"]),
        ("他说：“我们走。”然后离开。", ["我们走。"]),
        ("''We will go,'' she said.", ["We will go,"]),
        ("He called it—“a shame”—and left.", ["a shame"]),
    ],
)
def test_the_marks_of_a_style_pair(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_single_marks_quote_where_the_article_uses_them() -> None:
    text = "‘It’s the workers’ right,’ he said. ‘We won’t go,’ she said."
    assert inner(text) == ["It’s the workers’ right,", "We won’t go,"]


def test_single_marks_are_no_quotations_beside_double_ones() -> None:
    assert inner("The ’90s, the workers’ rights and ‘it’. “We go,” he said.") == ["We go,"]


def test_a_nested_quotation_is_part_of_the_outer_one() -> None:
    assert inner("“He said ‘no’ to me,” she said.") == ["He said ‘no’ to me,"]
    assert inner("“He said “no” to me,” she said.") == ["He said “no” to me,"]


def test_a_quotation_over_paragraphs_gives_a_part_for_each() -> None:
    text = "“We came early.\n\n“We stayed late.\n\n“We won,” she said."
    parts = find_quotations(segment(text))
    assert [part.inner.of(text) for part in parts] == ["We came early.", "We stayed late.", "We won,"]
    assert [part.continues for part in parts] == [False, True, True]
    assert [part.closed for part in parts] == [False, False, True]


@pytest.mark.parametrize(
    "text",
    [
        "“We will go, she said. They left.\n\nNothing else was said.",
        "The so-called “leader of the free world left.\n\nNothing else was said.",
        'A board of 5" by 6 feet.\n\nNothing else was said.',
        '<a href="x">Read more</a>\n\nNothing else was said.',
        '"" and “ ” and "—" mean nothing.',
    ],
)
def test_a_lone_mark_quotes_nothing(text: str) -> None:
    assert inner(text) == []


def test_a_missing_closing_mark_costs_only_its_own_quotation() -> None:
    assert inner("“We will go, she said. “We will win,” he said.") == ["We will win,"]


def test_a_missing_opening_mark_is_supplied_at_the_start_of_a_paragraph() -> None:
    assert inner("We will go,” she said.") == ["We will go,"]


@given(st.text(alphabet=st.sampled_from("ab A.,!?’'‘\"“”„«»‹›「」『』=<>\n—"), max_size=200))
def test_quotations_are_in_order_and_within_their_paragraphs(text: str) -> None:
    article = segment(text)
    end = 0
    for part in find_quotations(article):
        assert part.outer.contains(part.inner)
        assert article.paragraphs[part.paragraph].span.contains(part.outer)
        assert part.outer.start >= end
        end = part.outer.end
