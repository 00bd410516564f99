from __future__ import annotations

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
from bot.render import terminal

STYLE = terminal.Style(width=80)


def _span(article: Article, words: str) -> Span:
    start = article.text.index(words)
    return Span(start, start + len(words))


def test_a_summary_names_the_paragraph_of_each_sentence(bridge: Article) -> None:
    span = bridge.sentences[2].span
    value = Summary((SummarySentence(span.of(bridge.text), Mode.EXTRACTED, (span,)),), Length.SHORT)
    shown = terminal.summary(bridge, value, STYLE)
    assert "[¶2]" in shown
    assert "Every sentence is the article's own." in shown


def test_evidence_is_shown_on_demand(bridge: Article) -> None:
    span = bridge.sentences[0].span
    value = Summary((SummarySentence("The bridge closes.", Mode.REWRITTEN, (span,)),), Length.SHORT)
    assert "cracks in 11" not in terminal.summary(bridge, value, STYLE)
    assert "cracks in 11" in terminal.summary(bridge, value, STYLE, evidence=True)
    assert "0 of 1 sentences are the article's own" in terminal.summary(bridge, value, STYLE)


def test_an_inferred_speaker_is_marked_as_likely(bridge: Article) -> None:
    speaker = Speaker("Tobias Reyes", _span(bridge, "Tobias Reyes"), inferred=True)
    quote = Quote.cut(bridge.text, _span(bridge, "There was no single mistake."), QuoteKind.DIRECT, speaker)
    assert "— likely Tobias Reyes [¶7]" in terminal.quotes(bridge, [quote], STYLE)


def test_a_fragment_is_told_from_a_full_quotation(bridge: Article) -> None:
    quote = Quote.cut(bridge.text, _span(bridge, "cautiously confident"), QuoteKind.PARTIAL)
    assert "speaker not named, in part" in terminal.quotes(bridge, [quote], STYLE)


def test_no_quotes_is_said_in_words(bridge: Article) -> None:
    assert terminal.quotes(bridge, [], STYLE) == "The article quotes nobody."


def test_a_refusal_shows_the_closest_passage(bridge: Article) -> None:
    value = Answer(None, 0.1, (bridge.sentences[1].span,))
    shown = terminal.answer(bridge, value, STYLE)
    assert shown.startswith("The article does not say.\nClosest passage:")


def test_a_verdict_gives_the_reason(bridge: Article) -> None:
    statement = CheckedStatement("It opened in 1970.", False, 0.1, (), "The article does not have the number 1970.")
    shown = terminal.verdict(bridge, Verdict(False, 0.1, (statement,)), STYLE)
    assert "✗ It opened in 1970." in shown
    assert "0 of 1 statements are supported" in shown


def test_a_page_cannot_drive_the_readers_terminal() -> None:
    assert terminal.plain("a\x1b[2Jb\x07c\u202ed") == "a[2Jbcd"


def test_colour_is_left_out_where_there_is_none() -> None:
    assert terminal.Style().bold("x") == "x"
    assert terminal.Style(colour=True).bold("x") == "\x1b[1mx\x1b[0m"
