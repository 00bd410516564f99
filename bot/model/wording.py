"""Texts on their way into a model and out of it.

What a model wrote is made fit to be checked: the line that was asked for, without the model's own trimmings.
"""

from __future__ import annotations

import re

_SENTENCES = re.compile(r".*[.!?…][\"”’'»)\]]*(?=\s|$)", re.DOTALL)
"""Everything up to the last end of a sentence."""
_PAIRS = {'"': '"', "“": "”", "«": "»", "'": "'", "‘": "’"}
_MARKS = frozenset('"“”«»')


def well_formed(text: str) -> str:
    """Put a question mark for each half of a surrogate pair: tokenizers take none."""
    return text.encode("utf-8", "replace").decode("utf-8")


def tidy(written: str, *, finished: bool, one_line: bool) -> str | None:
    """Keep the answer alone; None where nothing of it is whole.

    `finished` tells that the model came to an end by itself: else the text breaks off, and is cut back to its last
    whole sentence. `one_line` takes the first line that does not announce another ("Here it is:").
    """
    lines = [" ".join(line.split()) for line in written.splitlines()]
    lines = [line for line in lines if line and not line.endswith(":")]
    text = " ".join(lines[:1] if one_line else lines)
    broke_off = not finished and not (one_line and len(lines) > 1)
    if broke_off:
        whole = _SENTENCES.match(text)
        text = whole.group() if whole else ""
    return _without_outer_marks(text) or None


def _without_outer_marks(text: str) -> str:
    """Take off a pair of quotation marks that was put around the whole answer."""
    inner = text[1:-1]
    if len(text) > 1 and _PAIRS.get(text[0]) == text[-1] and not _MARKS.intersection(inner):
        return inner.strip()
    return text
