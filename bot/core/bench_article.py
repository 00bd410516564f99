"""The article that speed is measured with: the project's own, at a length of 1,000 tokens, and never twice the same."""

from __future__ import annotations

import re
from importlib.resources import files

_REPEATED = 6
"""Paragraphs told twice: by SmolLM2's count the article then has 1,000 tokens."""
_SYLLABLES = "nor ve lin as tor um el ba dri ko".split()
_END = re.compile(r"\.(?=[”\s]|$)")


def article(number: int) -> str:
    """The article as it happened in town `number`.

    The town is named in nearly every sentence, or the encoder would remember those of the number before.
    """
    text = files("bot.samples").joinpath("harbour_bridge.txt").read_text(encoding="utf-8")
    paragraphs = text.split("\n\n")[2:]
    again = [paragraph.replace("bridge", "crossing") for paragraph in paragraphs[::-1][:_REPEATED]]
    return _END.sub(f" in {_town(number)}.", "\n\n".join(paragraphs + again))


def _town(number: int) -> str:
    return "".join(_SYLLABLES[int(digit)] for digit in f"{number:03}").capitalize()
