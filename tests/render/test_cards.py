from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.article import (
    Answer,
    Article,
    CheckedStatement,
    Length,
    Mode,
    Quote,
    QuoteKind,
    Span,
    Speaker,
    Summary,
    SummarySentence,
    Verdict,
)
from bot.render import cards
from bot.render.card import Card, within_limits
from bot.render.words import LANGUAGES, words
from bot.text.segment import segment

HOSTILE = st.text(max_size=200) | st.sampled_from(
    [
        "@everyone <@&1> [x](https://evil.example) " * 20,
        "\u202eשלום " * 100,
        "a\u0301\u0302\u0303" * 400,
        "😀" * 2100,
        "**_~`|>#\\" * 300,
    ]
)


def _article(text: str, title: str, byline: str) -> Article:
    return replace(segment(text), title=title, byline=byline, site=title, url="https://site.example/" + "a" * 3000)


def _everything(article: Article, language: str) -> list[Card]:
    said = words(language)
    whole = Span(0, len(article.text))
    sentence = SummarySentence(article.text, Mode.REWRITTEN, (whole, whole))
    summary = Summary((sentence,) * 6, Length.LONG)
    quote = Quote.cut(article.text, whole, QuoteKind.PARTIAL, Speaker(article.title or "x", whole, inferred=True))
    answer = Answer(article.text, 0.9, (whole,))
    verdict = Verdict(False, 0.0, (CheckedStatement(article.text, False, 0.0, (whole,), article.text),))
    return [
        cards.summary_card(article, summary, (quote,) * 9, said),
        *cards.quote_cards(article, (quote,) * 3, said),
        *cards.evidence_cards(article, summary, said),
        cards.answer_card(article, article.text, answer, said),
        cards.answer_card(article, article.text, replace(answer, text=None), said),
        *cards.verdict_cards(article, verdict, said),
    ]


@settings(max_examples=20, deadline=None)
@example("w" * 50_000, "t" * 50_000, "@everyone", "en")
@given(HOSTILE, HOSTILE, HOSTILE, st.sampled_from(LANGUAGES))
def test_no_card_is_over_a_limit_whatever_the_article(text: str, title: str, byline: str, language: str) -> None:
    for card in _everything(_article(text, title, byline), language):
        assert within_limits([card])


def test_a_quote_too_long_for_the_card_is_left_out_not_cut(bridge: Article) -> None:
    long = Quote.cut(bridge.text, Span(0, 1500), QuoteKind.DIRECT)
    short = Quote.cut(bridge.text, Span(0, 39), QuoteKind.DIRECT)
    card = cards.summary_card(bridge, Summary((), Length.SHORT), (long, short), words("en"))
    assert card.fields[0].value.count("“") == 1
    assert short.text in card.fields[0].value


def test_the_card_says_what_stands_where(bridge: Article) -> None:
    span = bridge.sentences[0].span
    summary = Summary((SummarySentence(span.of(bridge.text), Mode.EXTRACTED, (span,)),), Length.SHORT)
    card = cards.summary_card(bridge, summary, (), words("en"), notes=("[Shared before](https://discord.example)",))
    assert card.description.startswith("• PORT ELLERY — The Ellery Harbour Bridge")
    assert card.description.endswith("`¶1`\n[Shared before](https://discord.example)")
    assert "every sentence is the article's own" in card.footer


def test_a_refusal_is_told_apart_and_shows_the_closest_passage(bridge: Article) -> None:
    card = cards.answer_card(bridge, "Who won?", Answer(None, 0.1, (bridge.sentences[3].span,)), words("de"))
    assert "**Das steht nicht im Artikel.**" in card.description
    assert "Nächstliegende Stelle `¶3`" in card.description


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_word(language: str) -> None:
    said = words(language)
    assert all(getattr(said, name) for name in said.__slots__)


@pytest.mark.parametrize(
    ("locale", "word"), [("es-419", "Citas"), ("fr", "Citations"), ("ja", "Quotes"), ("", "Quotes")]
)
def test_a_locale_finds_its_language_or_english(locale: str, word: str) -> None:
    assert words(locale).quotes == word


def test_a_pronoun_is_no_name(bridge: Article) -> None:
    quote = Quote.cut(bridge.text, Span(0, 9), QuoteKind.DIRECT, Speaker("It", Span(0, 2)))
    assert "speaker not named" in cards.quote_cards(bridge, [quote], words("en"))[0].description


@pytest.mark.parametrize(
    ("published", "author", "shown"),
    [
        (datetime(2026, 3, 3, tzinfo=UTC), "Ana Ruiz · 2026-03-03", None),
        (datetime(2026, 3, 3, 9, 30, tzinfo=UTC), "Ana Ruiz", datetime(2026, 3, 3, 9, 30, tzinfo=UTC)),
        (None, "Ana Ruiz", None),
    ],
)
def test_a_day_without_an_hour_is_the_same_day_for_every_reader(
    published: datetime | None, author: str, shown: datetime | None
) -> None:
    card = cards.masthead(replace(segment("It opened."), byline="Ana Ruiz", published=published))
    assert (card.author, card.published) == (author, shown)
