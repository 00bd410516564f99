"""Quotes: exact words, with who said them, whole ones told from fragments."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.article import Quote, QuoteKind
from bot.text.quotes import find_quotes
from bot.text.segment import segment


def in_order(text: str) -> list[Quote]:
    return sorted(find_quotes(segment(text)), key=lambda quote: quote.span)


def speakers(text: str) -> list[str | None]:
    return [quote.speaker.name if quote.speaker else None for quote in in_order(text)]


def test_a_tag_after_the_quote_names_its_speaker() -> None:
    text = "Anna Berg runs the mill. “We will open again in the spring,” Berg said."
    (quote,) = in_order(text)
    assert quote.text == "We will open again in the spring,"
    assert quote.kind is QuoteKind.DIRECT
    assert quote.speaker is not None
    assert quote.speaker.name == "Anna Berg"
    assert quote.cue == "said"


@given(st.text(alphabet=st.sampled_from("ab A.,’'‘\"“”„«»‹›「」\n—"), max_size=300))
def test_quotes_are_cut_from_any_text(text: str) -> None:
    for quote in find_quotes(segment(text)):
        assert quote.text == quote.span.of(text)
        assert quote.text.strip() == quote.text != ""
        if quote.speaker is not None:
            assert quote.speaker.name == quote.speaker.span.of(text)
