"""Take the running text out of a PDF: pages to lines, lines to paragraphs, without headers, footers and page numbers.

pypdf was chosen because it is pure Python (a broken file cannot crash the process) and BSD-licensed. A PDF has no
paragraphs, only lines at places; how they are joined is told in `bot.intake.lines`.
"""

from __future__ import annotations

import io
import logging
import struct
import time
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import TooLarge, Unreadable
from bot.intake.lines import join_pages

if TYPE_CHECKING:
    from datetime import datetime

    from pypdf import PdfReader

MAX_PAGES = 100
_SECONDS = 20.0
_MAX_CHARACTERS = 1_000_000
# What pypdf lets out on broken files beside its own errors.
_FAULTS = (
    ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError, OSError, RecursionError,
    TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PdfText:
    """A PDF's text in paragraphs, and what its information dictionary says."""

    text: str
    title: str | None
    byline: str | None
    published: datetime | None


def read_pdf(data: bytes) -> PdfText:
    """Read a PDF of at most 100 pages.

    Raises Unreadable where it is broken, locked by a password, has no text or takes too long, and TooLarge where it
    has too many pages.
    """
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError  # noqa: PLC0415  slow to import

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return _read(data)
    except (DependencyError, FileNotDecryptedError) as error:
        raise _locked() from error
    except (PyPdfError, *_FAULTS) as error:
        message = "The PDF is damaged and cannot be read."
        raise Unreadable(message) from error


def _read(data: bytes) -> PdfText:
    from pypdf import PasswordType, PdfReader  # noqa: PLC0415  slow to import

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        raise _locked()
    if len(reader.pages) > MAX_PAGES:
        message = f"The PDF has {len(reader.pages)} pages; the most is {MAX_PAGES}."
        raise TooLarge(message)
    text = join_pages(_page_texts(reader))
    if not text:
        message = "The PDF has no text in it: its pages are pictures."
        hint = "Run it through text recognition (OCR) first, or paste the text."
        raise Unreadable(message, hint)
    return _with_information(text, reader)


def _locked() -> Unreadable:
    message = "The PDF is encrypted."
    hint = "Save it without a password, or paste its text."
    return Unreadable(message, hint)


def _page_texts(reader: PdfReader) -> list[str]:
    start = time.monotonic()
    texts: list[str] = []
    for page in reader.pages:
        if time.monotonic() - start > _SECONDS or sum(map(len, texts)) > _MAX_CHARACTERS:
            message = "The PDF is too complex to read in reasonable time."
            raise Unreadable(message)
        texts.append(page.extract_text())
    return texts


def _with_information(text: str, reader: PdfReader) -> PdfText:
    information = reader.metadata
    if information is None:
        return PdfText(text, None, None, None)
    return PdfText(text, information.title, information.author, information.creation_date)
