from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.numbers import amounts
from bot.text.tokens import tokens


def _values(text: str) -> list[tuple[float, str]]:
    return [(amount.value, amount.unit) for amount in amounts(tokens(text))]


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("1.2 million", "1,200,000"),
        ("three", "3"),
        ("twenty-three", "23"),
        ("two hundred and five", "205"),
        ("5 per cent", "5%"),
        ("£5m", "5 million pounds"),
        ("the third", "the 3rd"),
    ],
)
def test_the_same_amount_is_known_in_other_spelling(text: str, other: str) -> None:
    assert _values(text) == _values(other) != []


@pytest.mark.parametrize(("text", "other"), [("£5", "$5"), ("5%", "5"), ("third", "three"), ("1.2m", "1.2bn")])
def test_another_unit_or_scale_is_another_amount(text: str, other: str) -> None:
    first, second = amounts(tokens(text))[0], amounts(tokens(other))[0]
    assert not first.agrees_with(second)


@pytest.mark.parametrize(
    ("text", "bound"),
    [("more than 60,000", "above"), ("nearly £5m", "below"), ("about 900", "near"), ("900", ""), ("up to 3", "below")],
)
def test_a_limit_or_estimate_is_part_of_the_amount(text: str, bound: str) -> None:
    assert [amount.bound for amount in amounts(tokens(text))] == [bound]


@given(st.text(alphabet="0123456789.,-–£$% million hundred and", max_size=60))
def test_any_text_is_read_without_failing(text: str) -> None:
    cut = tokens(text)
    assert all(0 <= amount.start < amount.end <= len(cut) for amount in amounts(cut))
