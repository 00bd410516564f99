"""What is made of an article, as cards: summary, quotes, evidence, answer. Escaped, paged, and within every limit.

A quote is shown whole or not at all: cut words would no longer be what was said.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING

from bot.article import Mode, QuoteKind
from bot.render.card import FIELD_VALUE, PAGE, Card, Field, fitted, pages, size
from bot.render.escape import bare, escape, inline
from bot.render.passages import is_named, minutes_to_read, places, word_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.article import Answer, Article, Quote, Summary, Verdict
    from bot.render.words import Words

_TOP_QUOTES = 3
_REFUSED = 0xB0803A
"""An amber edge tells "the article does not say" from an answer at a glance."""


def summary_card(
    article: Article, summary: Summary, quotes: Sequence[Quote], words: Words, *, notes: Iterable[str] = ()
) -> Card:
    """The first card: sentences with their paragraphs, the top quotes, and where it came from.

    `notes` are lines of the bot's own (already Markdown), such as the link to an earlier answer.
    """
    lines = [f"• {inline(sentence.text)} `{places(article, sentence.evidence)}`" for sentence in summary.sentences]
    body = pages([*lines, *notes], gap="\n")
    top = _fitting([quote_block(article, quote, words) for quote in quotes[: 2 * _TOP_QUOTES]])
    card = replace(
        masthead(article),
        description=body[0] if body else "",
        fields=(Field(words.quotes, "\n".join(top)),) if top else (),
        footer=_footer(article, summary, words),
    )
    return fitted(card)


def _fitting(blocks: Sequence[str]) -> list[str]:
    """The first blocks that go into one field together, skipping those too long to stand whole."""
    chosen: list[str] = []
    for block in blocks:
        if len(chosen) < _TOP_QUOTES and size("\n".join([*chosen, block])) <= FIELD_VALUE:
            chosen.append(block)
    return chosen


def masthead(article: Article) -> Card:
    """The title, the link and the source of an article, to which the rest is added.

    A day without an hour is written out: Discord shows times in the reader's zone, where midnight may be yesterday.
    """
    published = article.published
    day = f"{published:%Y-%m-%d}" if published and published.time() == time.min else None
    source = " · ".join(bare(part) for part in (article.site, article.byline, article.credit, day) if part)
    hour = None if day else published
    return Card(title=inline(article.title or ""), url=article.url, author=source, published=hour)


def _footer(article: Article, summary: Summary, words: Words) -> str:
    total, shown = word_count(article.text), word_count(summary.text)
    parts = [words.reading_time.format(words=total, minutes=minutes_to_read(total))]
    saved = minutes_to_read(total) - minutes_to_read(shown)
    if saved > 0:
        parts.append(words.saves.format(minutes=saved))
    shortened = sum(sentence.mode is Mode.REWRITTEN for sentence in summary.sentences)
    if shortened:
        parts.append(words.some_rewritten.format(shortened=shortened, all=len(summary.sentences)))
    else:
        parts.append(words.all_extracted)
    return " · ".join(parts)


def quote_block(article: Article, quote: Quote, words: Words) -> str:
    """One quote with who said it and where: `“…” — **Name** ¶3`."""
    part = f", {words.quoted_in_part}" if quote.kind is QuoteKind.PARTIAL else ""
    return f"“{inline(quote.text)}” — {speaker(quote, words)}{part} `{places(article, [quote.span])}`"


def speaker(quote: Quote, words: Words) -> str:
    """Who said it, escaped; a resolved pronoun is marked as likely."""
    if not is_named(quote.speaker):
        return f"*{words.speaker_unknown}*"
    name = f"**{inline(quote.speaker.name)}**"
    return words.speaker_likely.format(name=name) if quote.speaker.inferred else name


def quote_cards(article: Article, quotes: Sequence[Quote], words: Words) -> list[Card]:
    """Every quote, best first, on as many pages as they need."""
    blocks = [quote_block(article, quote, words) for quote in quotes] or [words.no_quotes]
    return _paged(article, words.quotes, blocks, words)


def evidence_cards(article: Article, summary: Summary, words: Words) -> list[Card]:
    """Each statement of a summary beside the passages that it rests on."""
    blocks = []
    for sentence in summary.sentences:
        passages = [f"> {inline(span.of(article.text))} `{places(article, [span])}`" for span in sentence.evidence]
        blocks.append("\n".join([f"**{inline(sentence.text)}**", *passages]))
    return _paged(article, words.evidence, blocks, words)


def answer_card(article: Article, question: str, answer: Answer, words: Words) -> Card:
    """The answer with its passage, or that the article does not say, with the closest one."""
    label = words.from_the_article if answer.answerable else words.closest_passage
    said = f"**{inline(answer.text)}**" if answer.text is not None else f"**{words.does_not_say}**"
    lines = [f"*{inline(question)}*", said]
    if answer.evidence:
        passage = answer.evidence[0]
        lines.append(f"{label} `{places(article, [passage])}`\n> {inline(passage.of(article.text))}")
    card = replace(masthead(article), description=pages(lines)[0])
    return fitted(card if answer.answerable else replace(card, colour=_REFUSED))


def verdict_cards(article: Article, verdict: Verdict, words: Words) -> list[Card]:
    """Each statement of somebody's summary, marked as supported or not, with the reason."""
    blocks = []
    for statement in verdict.statements:
        lines = [f"{'✅' if statement.supported else '❌'} {inline(statement.text)}"]
        lines += [escape(statement.reason)] if statement.reason else []
        lines += [f"> {inline(span.of(article.text))}" for span in statement.evidence[:1]]
        blocks.append("\n".join(lines))
    supported = sum(statement.supported for statement in verdict.statements)
    blocks.append(words.all_supported.format(supported=supported, all=len(verdict.statements)))
    return _paged(article, "", blocks, words)


def _paged(article: Article, heading: str, blocks: Sequence[str], words: Words) -> list[Card]:
    filled = pages(blocks, PAGE)
    head = masthead(article)
    cards = []
    for number, text in enumerate(filled, start=1):
        count = words.page.format(number=number, all=len(filled)) if len(filled) > 1 else ""
        footer = " · ".join(part for part in (heading, count) if part)
        cards.append(fitted(replace(head, description=text, footer=footer)))
    return cards
