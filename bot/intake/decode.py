"""Turn bytes into text: which encoding they are in, and whether they are text at all.

The order is that of the WHATWG encoding sniffing algorithm with UTF-8 tried before any other claim, since no other
encoding passes its checks by chance: byte order mark, UTF-8, what was declared, what the page declares, a guess.
"""

from __future__ import annotations

import codecs
import re

from bot.errors import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What sites mean by these names, after the table of the WHATWG Encoding Standard.
_MEANT = {
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "windows-1252": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
    "iso-8859-9": "cp1254",
}
_PAGE_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_HEAD = 4096
_SAMPLE = 60_000
_MAGIC = tuple(
    bytes.fromhex(head)
    for head in "89504e47 ffd8ff 47494638 504b0304 1f8b 377abcaf 52617221 7f454c46 4d5a90 4f676753 494433 52494646 "
    "d0cf11e0 0061736d 53514c697465 774f4646 774f4632".split()
)
"""PNG, JPEG, GIF, ZIP, gzip, 7z, RAR, ELF, PE, Ogg, MP3, RIFF, OLE, WebAssembly, SQLite, WOFF, WOFF2."""
_MOST_CONTROLS = 0.02


def decode(data: bytes, content_type: str | None = None) -> str:
    """Decode bytes that should be text; `content_type` may carry a charset.

    Raises Unreadable where they are not text. Single bad bytes in what is otherwise text become U+FFFD.
    """
    if data.startswith(_MAGIC):
        raise _not_text()
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    text = _wide(data) or _narrow(data, content_type)
    if _looks_binary(text):
        raise _not_text()
    return text


def _not_text() -> Unreadable:
    message = "The file is not text: it looks like a picture, an archive or a program."
    return Unreadable(message)


def _wide(data: bytes) -> str | None:
    """Decode UTF-16 without a mark: every second byte of Western text is NUL."""
    sample = data[:_SAMPLE]
    half = max(1, len(sample) // 2)
    for name, nuls in (("utf-16-le", sample[1::2].count(0)), ("utf-16-be", sample[::2].count(0))):
        if nuls > half * 0.7 and sample.count(0) < len(sample) * 0.6:
            return data.decode(name, "replace")
    return None


def _narrow(data: bytes, content_type: str | None) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for name in _declared(data, content_type):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return _guess(data)


def _declared(data: bytes, content_type: str | None) -> list[str]:
    header = _HEADER_CHARSET.search(content_type or "")
    page = _PAGE_CHARSET.search(data[:_HEAD])
    names = [header[1]] if header else []
    names += [page[1].decode("ascii", "ignore")] if page else []
    names = [_MEANT.get(name.lower(), name.lower()) for name in names]
    return [name for name in names if _is_text_encoding(name)]


def _is_text_encoding(name: str) -> bool:
    """Tell whether Python knows `name` as an encoding of text; it also knows codecs such as zip and rot13."""
    try:
        return codecs.lookup(name)._is_text_encoding  # noqa: SLF001  bytes.decode itself asks this attribute
    except LookupError:
        return False


def _guess(data: bytes) -> str:
    """Guess by a sample; mostly valid UTF-8 stays so, with its broken bytes replaced."""
    text = data.decode("utf-8", "replace")
    wide = sum(byte >= 0xC0 for byte in data)  # noqa: PLR2004  the lead bytes of UTF-8
    if text.count("\ufffd") <= wide // 20:
        return text
    from charset_normalizer import from_bytes  # noqa: PLC0415  not needed for most input

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None or best.encoding == "utf_8":
        return data.decode("cp1252", "replace")
    return data.decode(best.encoding, "replace")


def _looks_binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    controls = sum(character < " " and character not in "\t\n\v\f\r\x1b" for character in sample)
    broken = sample.count("\ufffd")
    return controls > len(sample) * _MOST_CONTROLS + 10 or broken > len(sample) * 0.1 + 10
