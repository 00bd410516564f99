"""An edition of a digest as cards for Discord: an overview first, then a card or two of stories each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.render.card import Card, clip, fitted, pages, size
from bot.render.escape import bare, inline

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.render.words import Words
    from bot.story import Disagreement, Edition, Reasons, Report, Story

_MOST_LINKS = 6
_HEADLINE = 200
_ROOM = 5600
"""Units for the cards of one message, within Discord's sum for all of them."""


def digest_cards(edition: Edition, words: Words, *, brief: bool = False) -> list[Card]:
    """The cards of an edition, in order; `messages` puts them into messages."""
    blocks = [story_block(number, story, words, brief=brief) for number, story in enumerate(edition.stories, 1)]
    if edition.left_out:
        blocks.append(words.digest_left_out.format(count=edition.left_out))
    title = clip(bare(f"{edition.name} · {edition.day:%Y-%m-%d}"), _HEADLINE)
    filled = pages(blocks or [words.digest_empty])
    return [
        fitted(Card(title=inline(title) if number == 0 else "", description=text)) for number, text in enumerate(filled)
    ]


def messages(cards: Sequence[Card]) -> Iterator[list[Card]]:
    """Cards that go into one message together, for as many messages as they need."""
    batch: list[Card] = []
    for card in cards:
        if batch and (len(batch) == 10 or sum(one.total for one in batch) + card.total > _ROOM):  # noqa: PLR2004
            yield batch
            batch = []
        batch.append(card)
    if batch:
        yield batch


def story_block(number: int, story: Story, words: Words, *, brief: bool) -> str:
    """One story: headline, sentences, quote, what outlets disagree on, what is new, links, and why it stands here."""
    lines = [f"**{number}. {inline(clip(story.headline, _HEADLINE))}**"]
    if story.news:
        lines += [f"🆕 {inline(sentence)}" for sentence in story.news]
    else:
        lines += [inline(sentence) for sentence in story.sentences[: 1 if brief else 2]]
    if story.quote and not brief:
        name = f"**{inline(story.quote.speaker.name)}**" if story.quote.speaker else words.speaker_unknown
        lines.append(f"> “{inline(story.quote.text)}” — {name}")
    if not brief:
        lines += [_disagreement(one, words) for one in story.disagreements]
    lines += [_links(story.reports), f"-# {reasons(story.reasons, words)}"]
    return "\n".join(lines)


def _disagreement(found: Disagreement, words: Words) -> str:
    claims = "; ".join(f"“{inline(one.text)}” ({inline(one.outlet)} ¶{one.paragraph})" for one in found.claims)
    return f"⚖️ {words.digest_disagree} {claims}"


def _links(reports: Sequence[Report]) -> str:
    shown = []
    for report in reports[:_MOST_LINKS]:
        url = report.article.url or ""
        linkable = url and not any(mark in url for mark in " ()<>[]\\")
        name = inline(clip(report.outlet, 40))
        posted = "".join(f" [↗]({post.jump})" for post in report.posts[:1])
        shown.append((f"[{name}]({url})" if linkable else name) + posted)
    more = len(reports) - _MOST_LINKS
    return " · ".join(shown) + (f" · +{more}" if more > 0 else "")


def reasons(why: Reasons, words: Words) -> str:
    """Why a story stands where it stands, in a line."""
    parts = [words.digest_outlets.format(count=why.outlets)]
    if why.posts:
        parts.append(words.digest_posts.format(count=why.posts))
    if why.reactions:
        parts.append(words.digest_reactions.format(count=why.reactions))
    if why.replies:
        parts.append(words.digest_replies.format(count=why.replies))
    if not why.is_new:
        parts.append(words.digest_followed)
    return " · ".join(parts)


def is_short(cards: Sequence[Card]) -> bool:
    """Tell whether an edition goes into one message; a longer one goes into a thread."""
    return len(list(messages(cards))) == 1 and size("".join(card.description for card in cards)) <= _ROOM
