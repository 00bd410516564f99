from __future__ import annotations

import pytest

from bot.text.verify import shortens


@pytest.mark.parametrize(
    ("sentence", "shortening"),
    [
        ("Anna Keller sued the firm, and Mary Holm said she was innocent.", "Mary Holm said she was innocent."),
        ("The bridge was checked in May, and two of its cables had rusted.", "Two of its cables had rusted."),
        ("When the ferry sank in May, experts said it was old.", "Experts said it was old."),
    ],
)
def test_a_pronoun_needs_who_it_means(sentence: str, shortening: str) -> None:
    assert not shortens(shortening, [sentence]).supported


@pytest.mark.parametrize(
    ("sentence", "shortening"),
    [
        ("Anna Keller, a friend of Mary Holm, said she was innocent.", "Anna Keller said she was innocent."),
        ("In Orne, the ministry said it had paid the bill.", "The ministry said it had paid the bill."),
        (
            "Shares in the carmaker rose 6% in Varna after it cut costs.",
            "Shares in the carmaker rose 6% after it cut costs.",
        ),
    ],
)
def test_a_pronoun_whose_bearer_stays_is_fine(sentence: str, shortening: str) -> None:
    assert shortens(shortening, [sentence]).supported
