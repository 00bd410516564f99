"""Turn a file into an Article: what it is, is told by its name, then by its content type, then by its first bytes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.errors import EmptyInput, TooLarge, Unreadable
from bot.intake.decode import decode
from bot.intake.language import guess_language
from bot.intake.markdown import read_markdown
from bot.intake.page import read_page
from bot.intake.paste import looks_like_html, read_paste
from bot.intake.pdf import read_pdf
from bot.intake.verdict import check_article, check_not_empty, check_size
from bot.text.clean import clean
from bot.text.normalize import normalize
from bot.text.segment import segment

if TYPE_CHECKING:
    from bot.article import Article

MAX_BYTES = 10 * 1024 * 1024
_BY_EXTENSION = {
    "txt": "text", "text": "text", "log": "text", "md": "markdown", "markdown": "markdown", "mdown": "markdown",
    "html": "html", "htm": "html", "xhtml": "html", "pdf": "pdf",
}  # fmt: skip
_BY_TYPE = {
    "text/plain": "text", "text/markdown": "markdown", "text/x-markdown": "markdown", "text/html": "html",
    "application/xhtml+xml": "html", "application/pdf": "pdf",
}  # fmt: skip
_PDF_MAGIC = b"%PDF-"


def read_document(data: bytes, filename: str, content_type: str | None = None) -> Article:
    """Make an Article of a .txt, .md, .html or .pdf file of at most 10 MiB.

    Raises EmptyInput, TooLarge, NotAnArticle, Paywalled or Unreadable (of another kind, binary, or a PDF that is
    damaged, encrypted or without text).
    """
    if not data.strip():
        message = "The file is empty."
        raise EmptyInput(message)
    if len(data) > MAX_BYTES:
        message = f"The file has {len(data) / 2**20:.1f} MiB; the most is {MAX_BYTES // 2**20} MiB."
        raise TooLarge(message)
    kind = _kind(data, filename, content_type)
    if kind == "pdf":
        return _read_pdf(data)
    text = decode(data, content_type)
    if kind == "html" or looks_like_html(text):
        return read_page(text)
    return _read_markdown(text) if kind == "markdown" else read_paste(text)


def _kind(data: bytes, filename: str, content_type: str | None) -> str:
    if data[:1024].lstrip().startswith(_PDF_MAGIC):
        return "pdf"
    extension = filename.rpartition(".")[2].casefold() if "." in filename else ""
    media_type = (content_type or "").partition(";")[0].strip().casefold()
    if kind := _BY_EXTENSION.get(extension) or _BY_TYPE.get(media_type):
        return kind
    if not extension or media_type.startswith("text/"):
        return "text"
    message = f"Files of the kind .{extension[:12]} are not read."
    raise Unreadable(message)


def _read_pdf(data: bytes) -> Article:
    pdf = read_pdf(data)
    article = _checked(pdf.text)
    # A date above the story is its own; the file's may be that of its printing.
    said = clean(article.text)
    return replace(
        article,
        title=pdf.title or said.title,
        byline=pdf.byline or said.byline,
        published=said.published or pdf.published,
    )


def _read_markdown(source: str) -> Article:
    check_size(source)
    plain = read_markdown(source)
    return replace(_checked(plain.text), title=plain.title)


def _checked(text: str) -> Article:
    text = normalize(text)
    check_not_empty(text)
    check_size(text)
    article = segment(text, language=guess_language(text))
    check_article(article)
    return article
