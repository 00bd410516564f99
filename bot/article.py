"""The frozen values that the layers hand to one another: an article, its parts, and what is made of it.

Every offset counts Unicode code points in `Article.text` (Python str indices); a span is half-open. This module
knows no rules: how a text is cut, cleaned, ranked or checked is decided elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, `text[start:end]`."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            reason = f"not a span: {self.start}:{self.end}"
            raise ValueError(reason)

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Cut this span out of `text`."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


class ParagraphKind(StrEnum):
    """What a paragraph is to the reader."""

    PROSE = "prose"
    HEADING = "heading"
    ITEM = "item"
    """A list item, with or without its bullet."""
    FURNITURE = "furniture"
    """A caption, credit, dateline alone or other line that is not part of the story's prose."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of the text, without the blank space around it."""

    span: Span
    kind: ParagraphKind = ParagraphKind.PROSE


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, with its closing marks, and the index of its paragraph in `Article.paragraphs`."""

    span: Span
    paragraph: int


@dataclass(frozen=True, slots=True)
class Article:
    """A body of text with its parts, and what is known of where it came from.

    `text` is the body alone: title, byline and agency credit are metadata. The sentences are in order, do not
    overlap, and each lies inside its paragraph.
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    title: str | None = None
    byline: str | None = None
    published: datetime | None = None
    """Aware; UTC where the source named no zone."""
    site: str | None = None
    language: str | None = None
    """Two-letter ISO 639-1 code."""
    url: str | None = None
    """The canonical link, without tracking parameters."""
    credit: str | None = None
    """The news agency named at the end or the start, such as "AP"."""

    def sentence_text(self, index: int) -> str:
        """The words of sentence `index`."""
        return self.sentences[index].span.of(self.text)


class QuoteKind(StrEnum):
    """Whether the marks hold a whole quotation or a fragment inside the writer's own sentence."""

    DIRECT = "direct"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said it.

    `name` is `text[span]` unless it was resolved from a pronoun or a description ("he", "the minister"):
    then `name` is the resolved person's, `span` is where that name stands, and `inferred` is true.
    """

    name: str
    span: Span
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Words between quotation marks; `text` is `article.text[span]`, without the outer marks.

    Made only by `Quote.cut`, so that a quote cannot hold other words than the article's.
    """

    text: str
    span: Span
    kind: QuoteKind
    speaker: Speaker | None = None
    cue: str | None = None
    """The reporting word as it stands in the article: "said", "according to", "tweeted"."""

    @classmethod
    def cut(
        cls, text: str, span: Span, kind: QuoteKind, speaker: Speaker | None = None, cue: str | None = None
    ) -> Self:
        """Cut a quote out of the article's `text`."""
        return cls(span.of(text), span, kind, speaker, cue)


class Length(StrEnum):
    """How long a summary is to be."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


class Mode(StrEnum):
    """Where a summary sentence's words come from."""

    EXTRACTED = "extracted"
    REWRITTEN = "rewritten"


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """One sentence of a summary, with the spans of the article that support it (never empty)."""

    text: str
    mode: Mode
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary, in the order of the article."""

    sentences: tuple[SummarySentence, ...]
    length: Length
    headline: str | None = None

    @property
    def text(self) -> str:
        """The summary as one paragraph."""
        return " ".join(sentence.text for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the article says to a question.

    `text` is None where the article does not say. `span` is the exact words of the answer in the article, where
    the question wants some. `evidence` holds the best passages, best first, at most three: where `text` is None,
    the first is the closest passage. `confidence` (0 to 1) is the probability that the article answers.
    """

    text: str | None
    confidence: float
    evidence: tuple[Span, ...]
    span: Span | None = None

    @property
    def answerable(self) -> bool:
        """Tell whether the article says."""
        return self.text is not None


@dataclass(frozen=True, slots=True)
class CheckedStatement:
    """One statement of a summary set against an article; `reason` says in a sentence why it is not supported."""

    text: str
    supported: bool
    score: float
    evidence: tuple[Span, ...]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether every statement of a summary is supported; `score` (0 to 1, higher is better) ranks summaries."""

    supported: bool
    score: float
    statements: tuple[CheckedStatement, ...]
