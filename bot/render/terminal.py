"""Values as lines for a terminal: wrapped to its width, in colour where it has any.

Article text is printed without its control characters, so that a page cannot drive the reader's terminal.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.article import Mode, QuoteKind
from bot.render.passages import is_named, minutes_to_read, paragraph_number, places, word_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.article import Answer, Article, Quote, Span, Summary, SummarySentence, Verdict

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_KILO = 1000


@dataclass(frozen=True, slots=True)
class Style:
    """How wide the terminal is, in columns, and whether it shows colour."""

    width: int = 80
    colour: bool = False

    def bold(self, text: str) -> str:
        """Strong, for titles and the words that matter."""
        return self._paint(text, "1")

    def dim(self, text: str) -> str:
        """Faint, for what stands beside."""
        return self._paint(text, "2")

    def good(self, text: str) -> str:
        """Green, for what is supported."""
        return self._paint(text, "32")

    def bad(self, text: str) -> str:
        """Red, for what is not."""
        return self._paint(text, "31")

    def _paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text

    def wrap(self, text: str, first: str = "", rest: str | None = None) -> str:
        """Fill a paragraph, its first line behind `first`, the others behind `rest` (by default as much space)."""
        indent = " " * len(first) if rest is None else rest
        return textwrap.fill(plain(text), max(30, min(self.width, 100)), initial_indent=first, subsequent_indent=indent)


def plain(text: str) -> str:
    """Leave out control characters and fold white space."""
    return " ".join(_CONTROL.sub("", text).split())


def file_size(count: int) -> str:
    """Bytes in the largest unit that keeps a number short: "12.3 MB"."""
    size, units = float(count), ["B", "kB", "MB", "GB"]
    while size >= _KILO and len(units) > 1:
        size /= _KILO
        units.pop(0)
    return f"{size:.0f} {units[0]}" if units[0] == "B" else f"{size:.1f} {units[0]}"


def masthead(article: Article, style: Style) -> str:
    """The title, and one line on where the article came from."""
    lines = [style.bold(style.wrap(article.title))] if article.title else []
    about = [article.byline and f"By {article.byline}", article.site, article.credit]
    if article.published:
        about.append(f"{article.published:%-d %B %Y}")
    words = word_count(article.text)
    about.append(f"{words:,} words, {minutes_to_read(words)} min")
    lines.append(style.dim(style.wrap(" · ".join(part for part in about if part))))
    return "\n".join(lines)


def summary(article: Article, value: Summary, style: Style, *, evidence: bool = False) -> str:
    """The summary, a sentence a bullet, each with the paragraph that it rests on."""
    lines = []
    for sentence in value.sentences:
        lines.append(style.wrap(f"{sentence.text} [{places(article, sentence.evidence)}]", "• "))
        if evidence:
            lines.extend(_evidence(article, sentence.evidence, style))
    lines.append(style.dim(_traced(value.sentences)))
    return "\n".join(lines)


def _traced(sentences: Sequence[SummarySentence]) -> str:
    own = sum(sentence.mode is Mode.EXTRACTED for sentence in sentences)
    if own == len(sentences):
        return "Every sentence is the article's own."
    return f"{own} of {len(sentences)} sentences are the article's own; the others were shortened and checked."


def _evidence(article: Article, spans: Sequence[Span], style: Style) -> Iterator[str]:
    for span in spans:
        yield style.dim(style.wrap(span.of(article.text), f"    ¶{paragraph_number(article, span)} "))


def quotes(article: Article, values: Sequence[Quote], style: Style) -> str:
    """The quotes, each with who said it and where."""
    if not values:
        return "The article quotes nobody."
    return "\n".join(_quote(article, quote, style) for quote in values)


def _quote(article: Article, quote: Quote, style: Style) -> str:
    said = style.wrap(f"“{quote.text}”", "  ", "  ")
    fragment = ", in part" if quote.kind is QuoteKind.PARTIAL else ""
    where = f"[{places(article, [quote.span])}]"
    return f"{said}\n{style.dim(style.wrap(f'{attribution(quote)}{fragment} {where}', '    — ', '      '))}"


def attribution(quote: Quote) -> str:
    """Who said it, in words: an inferred speaker is marked as likely."""
    if not is_named(quote.speaker):
        return "speaker not named"
    name = plain(quote.speaker.name)
    return f"likely {name}" if quote.speaker.inferred else name


def answer(article: Article, value: Answer, style: Style) -> str:
    """The answer with its passage, or that the article does not say, with the closest one."""
    if value.text is None:
        lines = [style.bold("The article does not say.")]
        label = "Closest passage:"
    else:
        lines = [style.bold(style.wrap(value.text))]
        label = "From:"
    if value.evidence:
        lines.append(style.dim(label))
        lines.extend(_evidence(article, value.evidence[:1], style))
    return "\n".join(lines)


def verdict(article: Article, value: Verdict, style: Style) -> str:
    """Each statement marked as supported or not, with the reason and the passage."""
    lines = []
    for statement in value.statements:
        mark = style.good("✓") if statement.supported else style.bad("✗")
        lines.append(f"{mark} {style.wrap(statement.text, '', '  ')}")
        if statement.reason:
            lines.append(style.wrap(statement.reason, "    "))
        lines.extend(_evidence(article, statement.evidence[:1], style))
    supported = sum(statement.supported for statement in value.statements)
    lines.append(style.bold(f"{supported} of {len(value.statements)} statements are supported by the article."))
    return "\n".join(lines)
