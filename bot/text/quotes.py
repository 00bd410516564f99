"""The quotes of an article, each the article's exact words with who said them, the best first.

This is the door to quotation marks, names, pronouns and attribution; it decides what is speech, whether it is whole
or a fragment, and which quotes a reader wants first. Every quote is made by `Quote.cut`, so that it cannot hold
other words than the article's.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.article import Quote, QuoteKind, Span, Speaker
from bot.text.coreference import resolve
from bot.text.frame import Frame
from bot.text.marks import Quotation, find_quotations
from bot.text.mentions import Mention, MentionKind, find_mentions
from bot.text.names import find_names
from bot.text.speakers import Attribution, attribute
from bot.text.tokens import content_stems, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.article import Article
    from bot.text.names import Name

_FRAGMENT_WORDS = 5
_CONTENT_LETTERS = 4
_SPOKEN_FRAGMENT = 0.75
_SPOKEN = 0.1
_LIKELY = 0.4
"""Below this a speaker is wrong more often than right, and nobody is named."""
_HEARD = 0.25
"""What each earlier quote of the same speaker takes off."""
_SHORT, _LONG = 8, 45
"""The range of words in which a quote is neither a scrap nor a speech."""
_MAIN_TERM = 3
"""How often a word stands in the article to be of its subject."""
_ENDS = frozenset(".,!?…;:—–。，！？、")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class _Found:
    """A quote before it is ranked."""

    quote: Quote
    attribution: Attribution
    words: int


def find_quotes(article: Article) -> tuple[Quote, ...]:
    """Find the quotes of an article with their speakers, best first; empty where nobody is quoted."""
    quotations = find_quotations(article)
    if not quotations:
        return ()
    frame = Frame(article, quotations)
    names = find_names(article)
    mentions = resolve(frame, find_mentions(frame, names))
    attributions = attribute(frame, quotations, mentions)
    found = list(_quotes(frame, quotations, attributions))
    return tuple(_ranked(article, found, names))


def _quotes(frame: Frame, quotations: Sequence[Quotation], attributions: Sequence[Attribution]) -> Iterator[_Found]:
    before: Quote | None = None
    for index, (part, attribution) in enumerate(zip(quotations, attributions, strict=True)):
        words = _count(part.inner.of(frame.text))
        doubtful = words < _FRAGMENT_WORDS or _is_title(part.inner.of(frame.text))
        if attribution.spoken < (_SPOKEN_FRAGMENT if doubtful else _SPOKEN):
            before = None
            continue
        kind = _kind(frame, index, part, before)
        before = Quote.cut(frame.text, part.inner, kind, _speaker(frame, attribution), _cue(frame, attribution))
        yield _Found(before, attribution, words)


def _count(text: str) -> int:
    """The number of words; two characters make one where the script has no blank spaces."""
    return len(text.split()) + len(_IDEOGRAPH.findall(text)) // 2


def _is_title(text: str) -> bool:
    """Tell whether the words are set as the title of a work is: capitals, but for the small words inside."""
    words = [word for word in text.split() if word[:1].isalpha()]
    content = [word for word in words if len(word) >= _CONTENT_LETTERS]
    small = [word for word in words[1:] if len(word) < _CONTENT_LETTERS]
    shouted = len(small) > 1 and all(word[0].isupper() for word in small)
    return bool(content) and all(word[0].isupper() for word in content) and not shouted


def _kind(frame: Frame, index: int, part: Quotation, before: Quote | None) -> QuoteKind:
    """Tell a whole quotation from a fragment: it opens and ends as a sentence does, or goes on from one that did."""
    text = frame.text
    first = next((char for char in part.inner.of(text) if char.isalnum()), "")
    ends = text[part.inner.end - 1] in _ENDS or text[part.outer.end : part.outer.end + 1] in {",", ".", "?", "!"}
    if part.continues or (ends and not first.islower()):
        return QuoteKind.DIRECT
    return QuoteKind.DIRECT if ends and _interrupted(frame, index, before) else QuoteKind.PARTIAL


def _interrupted(frame: Frame, index: int, before: Quote | None) -> bool:
    """Tell whether a quotation is the second part of one that its tag interrupts: “…,” she said, “…”."""
    at, previous = frame.places.get(index), frame.places.get(index - 1)
    if at is None or previous is None or before is None or before.kind is QuoteKind.PARTIAL:
        return False
    return frame.items[at].sentence == frame.items[previous].sentence and before.text.endswith(",")


def _speaker(frame: Frame, attribution: Attribution) -> Speaker | None:
    mention = attribution.mention
    if mention is None or attribution.probability < _LIKELY:
        return None
    if mention.name is None:
        return Speaker(mention.span.of(frame.text), mention.span)
    return Speaker(mention.name.full, mention.name.span, inferred=mention.kind is not MentionKind.NAME)


def _cue(frame: Frame, attribution: Attribution) -> str | None:
    if attribution.cue is None or attribution.probability < _LIKELY:
        return None
    item = frame.items[attribution.cue]
    if item.lower == "to":
        return Span(frame.items[attribution.cue - 1].span.start, item.span.end).of(frame.text)
    return item.form


def _ranked(article: Article, found: Sequence[_Found], names: Sequence[Name]) -> Iterator[Quote]:
    """Order quotes by worth; each further quote of a speaker counts a little less, so that others are heard."""
    weight = Counter(token.stem for token in tokens(article.text) if token.is_content)
    mentions = {name.full: len(name.mentions) for name in names}
    worth = {id(each): _worth(each, weight, mentions, len(article.text)) for each in found}
    heard: Counter[str] = Counter()
    for each in sorted(found, key=lambda item: -worth[id(item)]):
        who = each.quote.speaker.name if each.quote.speaker else ""
        worth[id(each)] -= _HEARD * heard[who]
        heard[who] += 1
    shown: set[str] = set()
    for each in sorted(found, key=lambda item: -worth[id(item)]):
        words = each.quote.text.casefold().rstrip(".,!?… ")
        if words not in shown:  # a headline or a pull quote repeats what the story quotes
            yield each.quote
        shown.add(words)


def _worth(found: _Found, weight: Counter[str], mentions: dict[str, int], length: int) -> float:
    """How much a reader gains: whole, attributed, of a good length, on the article's subject, by one it is about."""
    quote, who = found.quote, found.attribution.mention
    worth = 1.0 if quote.kind is QuoteKind.DIRECT else 0.0
    worth += found.attribution.spoken * found.attribution.probability
    worth += min(1.0, found.words / _SHORT) - max(0.0, min(1.0, (found.words - _LONG) / _LONG))
    content = content_stems(quote.text)
    worth += 0.5 * sum(weight[term] >= _MAIN_TERM for term in content) / max(6, len(content))
    worth += _standing(who, mentions)
    worth -= 0.5 if quote.text.endswith("?") else 0.0
    return worth - 0.3 * quote.span.start / max(1, length)


def _standing(who: Mention | None, mentions: dict[str, int]) -> float:
    """A named speaker before a described one before a pronoun without a name; the more often named the better."""
    if who is None:
        return -0.5
    if who.name is None:
        return 0.3 if who.kind is MentionKind.DESCRIPTION else -0.3
    return 0.6 + 0.4 * min(1.0, mentions.get(who.name.full, 0) / 8)
