"""What the writer is trained on: only shorter sentences that say nothing else."""

from __future__ import annotations

import pytest

from bot.training.alignment import Pair, aligned

_SOURCE = "The council of Leeds, which met for six hours on Monday night, voted to close 14 libraries by June."


def test_a_shorter_sentence_is_a_pair_with_the_case_of_its_source() -> None:
    """Outputs of some systems come in lower case."""
    pair = aligned(_SOURCE, "the council of leeds voted to close 14 libraries by june.", held_out=True)
    assert pair == Pair(_SOURCE, "The council of Leeds voted to close 14 libraries by June.", held_out=True)


def test_the_capital_that_opens_the_source_is_not_kept_inside_the_pair() -> None:
    """Only names keep theirs."""
    source = "The mayor said on Monday night that the council of Leeds had voted to close 14 libraries."
    pair = aligned(source, "the mayor said the council of leeds had voted to close 14 libraries.", held_out=False)
    assert pair is not None
    assert pair.target == "The mayor said the council of Leeds had voted to close 14 libraries."


@pytest.mark.parametrize(
    "sentence",
    [
        "The council of Leeds voted to close 15 libraries by June.",
        "The council of York voted to close 14 libraries by June.",
        "Libraries by June close to voted 14 Leeds of council the.",
        "The council voted.",
        "Council of Leeds voted to close 14 libraries by June.",
        "Met for six hours on Monday night, voted to close 14 libraries by June.",
        _SOURCE,
        "",
    ],
    ids=["other number", "other name", "other order", "too short", "no article", "no subject", "not shorter", "empty"],
)
def test_what_is_not_a_shorter_source_is_no_pair(sentence: str) -> None:
    """A target teaches the writer what it may do."""
    assert aligned(_SOURCE, sentence, held_out=False) is None
