"""Say whether a text is an article, and refuse it with the reason where it is not.

What is summarised must be prose. A page that gives a cookie wall, a login wall, a list of links or a table instead
is refused: a summary of it would read like one of an article. No language is preferred; where the script puts no
spaces between words, two characters count as one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.article import ParagraphKind
from bot.errors import EmptyInput, NotAnArticle, Paywalled, TooLarge

if TYPE_CHECKING:
    from bot.article import Article

MAX_CHARACTERS = 200_000
_FEWEST_WORDS = 25
"""A news brief has two sentences; less prose than this has nothing to shorten."""
_WALL_WORDS = 150
"""Walls are short: in a longer text, words about cookies or subscriptions are its subject."""
_PROSE_FROM = {
    ParagraphKind.PROSE: 1,
    ParagraphKind.ITEM: 9,
    ParagraphKind.FURNITURE: 40,
    ParagraphKind.HEADING: 40,
}
"""From how many words a paragraph counts as prose: no caption or heading is as long as forty."""
_MOST_NUMBERS = 0.4
_LEAST_PROSE = 0.2

_UNSPACED = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")
_DIGIT = re.compile(r"\d")
_PAYWALL = re.compile(
    r"subscribe (?:now |today )?to (?:continue|read|keep)|subscri(?:be|ption) (?:is )?(?:required|to unlock)"
    r"|already (?:a|have a) (?:subscri\w+|member|account)|to (?:continue|keep) reading|for (?:our )?subscribers only"
    r"|(?:log|sign) ?in to (?:continue|read|view|access)|this (?:content|article) is (?:only )?(?:for|available to)"
    r"|members[- ]only|create (?:a free|an) account|start your free trial|unlock (?:this|the full)"
    r"|register to (?:read|continue)"
    r"|jetzt (?:weiterlesen|abonnieren)|nur für abonnenten|réservé aux abonnés|contenido exclusivo para suscriptores",
    re.IGNORECASE,
)
_COOKIES = re.compile(
    r"\bcookies?\b|\bconsent\b|enable javascript|javascript (?:is )?(?:disabled|required)|ad ?blocker"
    r"|privacy (?:policy|settings)|einwilligung|verify (?:that )?you are (?:a )?human|checking your browser"
    r"|are you a robot|unusual (?:traffic|activity)|access (?:denied|to this page has been denied)",
    re.IGNORECASE,
)


def count_words(text: str) -> int:
    """Count the words; two characters of a script without spaces count as one."""
    unspaced = len(_UNSPACED.findall(text))
    return len(_UNSPACED.sub(" ", text).split()) + unspaced // 2


def check_not_empty(source: str) -> None:
    """Raise EmptyInput for a text without a character to read."""
    if not source.strip():
        message = "There is no text in it."
        raise EmptyInput(message)


def check_size(text: str) -> None:
    """Raise TooLarge for a body over the limit."""
    if len(text) > MAX_CHARACTERS:
        message = f"The text has {len(text):,} characters; the most is {MAX_CHARACTERS:,}."
        raise TooLarge(message)


def check_article(article: Article, *, shown: str = "", locked: bool = False) -> None:
    """Raise Paywalled or NotAnArticle where the body is no article.

    `shown` is the start of what the page shows, `locked` tells that the page says it is not free to read.
    """
    words, prose = count_words(article.text), sum(_prose_words(article))
    if words < _WALL_WORDS:
        _check_walls(article.text)
        if locked and article.text.endswith(("...", "…")):
            raise _paywalled()
    if _is_mostly_numbers(article.text):
        message = "This is a table of numbers, not an article."
        raise NotAnArticle(message)
    if prose < _FEWEST_WORDS:
        _check_walls(shown)
        message = f"There is too little running text to summarise ({prose} words in sentences)."
        raise NotAnArticle(message)
    if prose < words * _LEAST_PROSE:
        message = "This is a list of links or headlines, not an article."
        raise NotAnArticle(message)


def check_body(text: str, shown: str) -> None:
    """Raise Paywalled or NotAnArticle where a page has no body at all; `shown` as in `check_article`."""
    if text.strip():
        return
    _check_walls(shown)
    message = "There is no article on this page."
    raise NotAnArticle(message)


def _check_walls(text: str) -> None:
    if _PAYWALL.search(text):
        raise _paywalled()
    if len(_COOKIES.findall(text)) > 1:
        message = "The page shows a notice about cookies, consent or robots in place of the article."
        raise NotAnArticle(message)


def _paywalled() -> Paywalled:
    message = "The page shows a login or subscription wall in place of the article."
    return Paywalled(message)


def _prose_words(article: Article) -> list[int]:
    """Count the words of each paragraph that is prose, or long enough to be prose for its kind."""
    counts = ((part.kind, count_words(part.span.of(article.text))) for part in article.paragraphs)
    return [words for kind, words in counts if words >= _PROSE_FROM[kind]]


def _is_mostly_numbers(text: str) -> bool:
    words = text.split()
    return sum(bool(_DIGIT.search(word)) for word in words) > len(words) * _MOST_NUMBERS
