"""Find the news agency that a story is credited to, and where the credit stands: "… Xi wrote. — AP", "(Reuters) —".

Only known agencies count, since "— Maria Silva" at the end of a paragraph is the speaker of a quotation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.article import Span

_AGENCY = (
    r"(?:AP|The Associated Press|Associated Press|Reuters|Thomson Reuters Foundation|AFP(?:[-/]Relaxnews)?|"
    r"Agence France-Presse|dpa|DPA|UPI|Bloomberg|Xinhua|Bernama|PTI|ANI|IANS|ANN|EFE|ANSA|TASS|Tass|Interfax|Kyodo|"
    r"Kyodo News|Jiji Press|Yonhap|Anadolu|Antara|VNA|VNS|TNA|CNA|NNA|Ukrinform|PA|PA Media|AAP|NZME|RNZ|CP|"
    r"The Canadian Press|Canadian Press|TNS|Agencies|agencies)"
)
_NAMES = rf"{_AGENCY}(?:\s?[/,&]\s?[A-Z][\w .-]{{1,30}}|\s?and\s{_AGENCY})*"
_LAST = re.compile(
    rf"(?:(?<=[.!?…”\"’')])\s*[—–-]{{1,2}}\s*(?P<dash>{_NAMES})|(?<=[.!?…”\"’'])\s+[(\[](?P<bracket>{_NAMES})[)\]])\.?\Z"
)
_WHOLE = re.compile(rf"\W*(?:[Ss]ource:\s*|[Ff]rom\s+)?[(\[]?(?P<name>{_NAMES})[)\]]?\W*")
_FIRST = re.compile(rf"[(\[](?P<name>{_NAMES})[)\]]\s*(?:[—–-]{{1,2}}|:)\s*")
_DATELINE = re.compile(
    rf"[A-ZÀ-Þ][\w .,’'À-ÿ-]{{1,60}}?"
    rf"(?:\s*[(\[](?P<bracket>{_NAMES})[)\]]|,\s\w+\.?\s\d{{1,2}}\s[(\[](?P<late>{_NAMES})[)\]])\s*[—–-]"
)
_REACH = 80


@dataclass(frozen=True, slots=True)
class Credit:
    """An agency's name, and the span of the credit that is no part of the story; empty in a dateline, which stays."""

    name: str
    span: Span


def credit_of_line(line: str) -> str | None:
    """Give the agency where a line is a credit and nothing else."""
    match = _WHOLE.fullmatch(line) if len(line) <= _REACH else None
    return match["name"] if match else None


def credit_at_end(paragraph: str) -> Credit | None:
    """Find a credit behind the last sentence of a paragraph."""
    start = max(0, len(paragraph) - _REACH)
    match = _LAST.search(paragraph, start)
    if not match or not match.start():
        return None
    return Credit(match["dash"] or match["bracket"], Span(match.start(), len(paragraph)))


def credit_at_start(paragraph: str) -> Credit | None:
    """Find a credit before the first sentence, with or without a dateline before it."""
    head = paragraph[: 2 * _REACH]
    match = _FIRST.match(head)
    if match and match.end() < len(paragraph):
        return Credit(match["name"], Span(0, match.end()))
    dateline = _DATELINE.match(head)
    return Credit(dateline["bracket"] or dateline["late"], Span(0, 0)) if dateline else None
