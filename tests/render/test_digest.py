from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from bot.article import Article, Quote, QuoteKind, Span, Speaker
from bot.render import export
from bot.render.card import within_limits
from bot.render.digest import digest_cards, is_short, messages
from bot.render.words import words
from bot.story import Claim, Disagreement, Edition, Post, Reasons, Report, Story
from bot.text.segment import segment

EN = words("en")
SEEN = datetime(2026, 3, 6, tzinfo=UTC)
HOSTILE = st.text(max_size=60) | st.sampled_from(["<script>@everyone</script>", "]]>&<b>", "😀" * 300, "x" * 5000])


def _story(article: Article, headline: str, reports: int = 2) -> Story:
    span = Span(0, min(40, len(article.text)))
    quote = Quote.cut(article.text, span, QuoteKind.DIRECT, Speaker(headline or "x", span))
    report = Report(
        replace(article, url="https://site.example/a", title=headline), (1.0,), SEEN, (Post("https://d/1"),)
    )
    claims = (Claim("12 dead", "A", 3), Claim("15 dead", headline, 1))
    return Story(
        headline,
        (report,) * reports,
        (article.text[:80], headline),
        quote,
        (Disagreement("dead", claims),),
        Reasons(2, reports, 3, 1, is_new=True),
    )


def _edition(*stories: Story) -> Edition:
    return Edition("Morning", date(2026, 3, 6), stories, 3)


@settings(max_examples=15, deadline=None)
@example("w" * 9000, 40)
@given(HOSTILE, st.integers(0, 40))
def test_any_number_of_stories_fits_discord(text: str, count: int) -> None:
    article = segment(text or "x")
    cards = digest_cards(_edition(*[_story(article, text)] * count), EN)
    for batch in messages(cards):
        assert within_limits(batch)


def test_a_story_shows_headline_sentences_quote_conflict_and_links(bridge: Article) -> None:
    (card,) = digest_cards(_edition(_story(bridge, "Bridge closes")), EN)
    assert "**1. Bridge closes**" in card.description
    assert "“12 dead” (A ¶3); “15 dead” (Bridge closes ¶1)" in card.description
    assert "[site.example](https://site.example/a) [↗](https://d/1)" in card.description
    assert "outlets: 2 · posted 2× · reactions: 3 · replies: 1" in card.description
    assert "And 3 more stories." in card.description
    assert is_short([card])


def test_a_story_told_before_shows_what_is_new(bridge: Article) -> None:
    story = replace(_story(bridge, "Bridge"), news=("It reopened.",), reasons=Reasons(0, 1, 0, 0, is_new=False))
    (card,) = digest_cards(_edition(story), EN)
    assert "🆕 It reopened." in card.description
    assert "told before" in card.description


def test_a_brief_digest_leaves_the_quotes_out(bridge: Article) -> None:
    (card,) = digest_cards(_edition(_story(bridge, "Bridge")), EN, brief=True)
    assert "> “" not in card.description


def test_an_empty_day_is_said_in_a_line() -> None:
    (card,) = digest_cards(Edition("Morning", date(2026, 3, 6), ()), EN)
    assert card.description == "Nothing new today."


@settings(max_examples=30, deadline=None)
@given(HOSTILE)
def test_exports_are_well_formed_whatever_the_words(text: str) -> None:
    edition = _edition(_story(segment("Some text."), text))
    assert json.loads(export.to_json(edition))["stories"][0]["headline"] == text
    assert "<script>" not in export.to_html(edition)
    assert not re.search(r"^#\s*<script>", export.to_markdown(edition), re.MULTILINE)
    root = etree.fromstring(export.to_atom([edition], "urn:x").encode())
    assert len(root.findall("{*}entry")) == 1
