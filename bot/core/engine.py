"""Everything that is computed from an article, as plain synchronous calls.

An Engine lives where the models live: in the worker's process for the bot, in this process for the command line.
Models are loaded when first needed, so that quotes and intake cost no torch. It keeps nothing between calls.
"""

from __future__ import annotations

import logging
from functools import cached_property
from typing import TYPE_CHECKING

from bot.core.ask import ask
from bot.core.check import check
from bot.core.summarise import summarise
from bot.errors import EmptyInput, TooLarge
from bot.intake.document import read_document
from bot.intake.page import extract_page, read_page
from bot.intake.paste import read_paste
from bot.text.clean import clean
from bot.text.quotes import find_quotes
from bot.text.segment import segment

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.article import Answer, Article, Length, Quote, Summary, Verdict
    from bot.model.base import Encoder, Reader, Writer
    from bot.text.clean import Cleaned

_log = logging.getLogger(__name__)
MAX_CHARACTERS = 200_000


class Engine:
    """The use cases over one encoder and, where configured, one writer."""

    def __init__(
        self,
        load_encoder: Callable[[], Encoder],
        load_writer: Callable[[], Writer | None],
        load_reader: Callable[[], Reader | None] = lambda: None,
    ) -> None:
        self._load_encoder = load_encoder
        self._load_writer = load_writer
        self._load_reader = load_reader

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder, loaded on first use."""
        return self._load_encoder()

    @cached_property
    def writer(self) -> Writer | None:
        """The writer, loaded on first use; None where the configuration wants none."""
        return self._load_writer()

    @cached_property
    def reader(self) -> Reader | None:
        """The reader of questions' answers, loaded on first use; None where its weights are not to be had."""
        return self._load_reader()

    def warm_up(self) -> None:
        """Load every model, so that the first request does not wait for it."""
        self.encoder.encode(["Ready."])
        loaded = [self.encoder, *(model for model in (self.reader, self.writer) if model)]
        _log.info("loaded %s", ", ".join(model.name for model in loaded))

    def read_body(self, text: str, title: str | None = None) -> Article:
        """Take a text as an article's body as it stands: nothing is changed, so its offsets hold in `text`."""
        if not text.strip():
            message = "The text is empty."
            raise EmptyInput(message)
        if len(text) > MAX_CHARACTERS:
            message = f"The text has {len(text):,} characters; the most is {MAX_CHARACTERS:,}."
            raise TooLarge(message)
        return segment(text, title=title)

    def clean(self, text: str) -> Cleaned:
        """Take the article out of a messy paste."""
        return clean(text)

    def read_page(self, html: bytes, url: str | None, content_type: str | None) -> Article:
        """Make an Article of a fetched page."""
        return read_page(html, url, content_type)

    def extract_page(self, html: str, url: str | None) -> Article:
        """Take whatever article a page has, however little: what `batch extract` gives."""
        return extract_page(html, url)

    def read_document(self, data: bytes, filename: str, content_type: str | None) -> Article:
        """Make an Article of a file."""
        return read_document(data, filename, content_type)

    def read_paste(self, text: str) -> Article:
        """Make an Article of pasted text."""
        return read_paste(text)

    def quotes(self, article: Article) -> tuple[Quote, ...]:
        """Find the quotes, best first."""
        return find_quotes(article)

    def extract(self, article: Article, length: Length) -> Summary:
        """Summarise in the article's own sentences: the first card."""
        return summarise(article, length, self.encoder)

    def summarise(self, article: Article, length: Length) -> Summary:
        """Summarise with the writer where there is one."""
        return summarise(article, length, self.encoder, self.writer)

    def ask(self, article: Article, question: str) -> Answer:
        """Answer a question from the article, or say that it does not say."""
        return ask(article, question, self.encoder, self.reader)

    def check(self, article: Article, summary: str) -> Verdict:
        """Check each statement of a summary against the article."""
        return check(article, summary, self.encoder)

    def embed_text(self, text: str) -> tuple[float, ...]:
        """Embed a question or another short text as one unit vector."""
        return tuple(float(value) for value in self.encoder.encode([text])[0])

    def embed(self, article: Article) -> tuple[float, ...]:
        """Embed the whole article as one unit vector: the normalised mean of title and sentences."""
        texts = [sentence.span.of(article.text) for sentence in article.sentences] or [article.text]
        if article.title:
            texts.insert(0, article.title)
        mean = self.encoder.encode(texts).mean(axis=0)
        norm = float((mean @ mean) ** 0.5) or 1.0
        return tuple(float(value) / norm for value in mean)
