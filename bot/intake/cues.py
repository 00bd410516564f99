"""Words that tell an article's body from what stands around it: in a block's text, and in the marks of its containers.

Each cue is a feature among others, never a verdict, so that a wide pattern does no harm.
"""

from __future__ import annotations

import re
from functools import lru_cache

_TEXT = (
    r"\b(?:share|tweet|pin it|email this|print this|copy link|facebook|twitter|whatsapp|linkedin|pinterest|reddit)\b",
    r"subscri|newsletter|sign up|sign in|log in|inbox|register|e-?mail address|free trial|create an account",
    (
        r"^(?:read (?:more|also|next)|related|more (?:from|on|stories)|see also|also read|you (?:may|might) (?:also )?"
        r"(?:like|enjoy)|recommended|trending|most (?:read|popular)|up next|next|previous|continue reading|don.t miss"
        r"|watch|latest|popular|keep reading|explore more|further reading|view all|see more|load more|back to)\b"
    ),
    r"©|copyright|all rights reserved|terms of (?:use|service)|privacy policy|trademark|may not be published",
    r"cookie|consent|gdpr|javascript|browser|ad ?blocker",
    (
        r"(?:photo|image|picture|credit|getty|reuters|shutterstock|istock|unsplash|courtesy|illustration)\b.{0,40}$"
        r"|^(?:photo|image|source|credit|file|pictured|illustration)\b"
    ),
    (
        r"^(?:by|written by|posted by|author|reviewed by|edited by|reporting by|fact.checked)\b|\bcontributed to this "
        r"(?:report|story|article)"
        r"|is an? (?:\w+ ){0,4}(?:writer|reporter|editor|journalist|author|freelance|founder|ceo)\b"
    ),
    (
        r"^(?:published|updated|posted|last (?:updated|modified)|first published)\b"
        r"|^\W*(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*[ .,]+\d"
        r"|\b\d{1,2}:\d\d\b|min(?:ute)?s? read|\bago$"
    ),
    (
        r"follow (?:us|me|@|along|our)|join (?:us|our|the)|download (?:our|the)|get (?:our|the|started|a free)"
        r"|contact (?:us|me)|call us|book a|request a|learn more|click here|try (?:it )?(?:for )?free|schedule a"
        r"|shop now|buy now|let us know|leave a (?:comment|reply)"
    ),
    r"advertis|sponsor|affiliate|commission|promo(?:ted|tion)",
    (
        r"^(?:tags?|topics?|categor(?:y|ies)|filed under|in this article|table of contents|contents|on this page"
        r"|comments?|references?|sources?|footnotes|about the author|faqs?|frequently asked questions"
        r"|conclusion|key takeaways)\b"
    ),
)
_MARKS = (
    r"comment|disqus|reply|respond",
    r"sidebar|side-?bar|rail|aside|widget|secondary|tertiary",
    (
        r"relat|recommend|more-|read-?more|also|trending|popular|most-|promo|teaser|outbrain|taboola|card|carousel|slider|feed"
        r"|list-|latest|next-|prev|grid|tile|recirc"
    ),
    r"shar|social|follow|facebook|twitter",
    r"nav|menu|breadcrumb|toolbar|toc|table-of-contents|pagination|pager|skip",
    r"foot|copyright|legal|disclaimer|colophon",
    r"header|masthead|hero|banner|top-?bar",
    r"newsletter|subscri|sign-?up|cta|call-to|modal|popup|overlay|cookie|consent|gdpr|paywall|login|register|donat|form",
    r"(?:^|[\s_-])(?:ad|ads|dfp|gpt)(?:$|[\s_-])|advert|sponsor",
    r"caption|credit|figure|image|img|photo|media|gallery|video",
    r"author|byline|bio|profile|contributor|about-",
    r"meta|date|time|tag|categor|label|topic|eyebrow|kicker|info",
    r"dek|summary|standfirst|subtitle|sub-?head|excerpt|lead|intro|key-?takeaway|highlights|description",
    r"hidden|hide|screen-?reader|sr-only|visually|tooltip|collapse|accordion|tab",
    r"faq|question|answer",
    (
        r"article-?_*body|story-?_*body|post-?_*body|entry-?content|post-?content|article-?_*content|body-?copy|article-?text"
        r"|rich-?text|wysiwyg|prose|main-?content|page-?content|field-*name-?body|blog-?content|content-?_*body"
    ),
    r"article|story|post|entry|blog",
    r"content|text|copy|main|body",
)
_TEXT_CUES = tuple(re.compile(cue, re.IGNORECASE) for cue in _TEXT)
_MARK_CUES = tuple(re.compile(cue) for cue in _MARKS)
TEXT_CUES = len(_TEXT_CUES)
MARK_CUES = len(_MARK_CUES)

_LOOKED_AT = 400
"""A cue stands in the first characters of a block; more would cost time and prove little."""


def text_cues(text: str) -> tuple[bool, ...]:
    """Tell for each text cue whether it stands in the start of a block."""
    start = text[:_LOOKED_AT]
    return tuple(bool(cue.search(start)) for cue in _TEXT_CUES)


@lru_cache(maxsize=4096)
def mark_cues(marks: str) -> int:
    """Give the cues in a container's marks, one bit each."""
    start = marks[:_LOOKED_AT]
    return sum(1 << place for place, cue in enumerate(_MARK_CUES) if cue.search(start))
