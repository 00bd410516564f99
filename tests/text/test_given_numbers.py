from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.given_numbers import GivenNumbers

_TEXT = (
    "The court upheld the law by 9-5 in 2016. Rovers won 3–1 before 38,412 people; it took twelve hours. The cost is "
    "between 18 and 24 million crowns, 4.25 per cent more than in 2011-12. A third of 1,950 voters stayed away."
)


@pytest.mark.parametrize(
    "words",
    ["9-5", "5-9", "3-1", "1–3", "2016", "38,412", "38,000", "12", "18-24", "4.25 percent", "4.3", "4", "2,000", "no"],
)
def test_a_number_that_is_given_or_rounded_is_known(words: str) -> None:
    assert GivenNumbers.of(_TEXT).has(words)


@pytest.mark.parametrize("words", ["9-4", "8-5", "3-9", "2017", "38,413", "37,000", "7", "4.24", "$60", "18-25"])
def test_a_number_that_is_given_nowhere_is_not(words: str) -> None:
    assert not GivenNumbers.of(_TEXT).has(words)


@pytest.mark.parametrize("words", ["two", "three men", "a dozen"])
def test_a_count_in_words_is_not_asked_for(words: str) -> None:
    assert GivenNumbers.of("Ana and Ben came.").has(words)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_read_and_gives_its_own_numbers(text: str, words: str) -> None:
    GivenNumbers.of(text).has(words)
    assert GivenNumbers.of(text).has(text)


def test_a_long_row_of_digits_takes_no_time() -> None:
    row = "1-" * 50_000
    assert GivenNumbers.of(row).has(row[:2000])
