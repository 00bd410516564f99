"""A small picture of a week: how many reports each outlet brought. Looking beats reading here."""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING

from bot.render.terminal import plain

if TYPE_CHECKING:
    from bot.story import Edition

_WIDTH, _ROW, _MARGIN, _LABEL = 640, 34, 16, 200
_MOST_ROWS, _LEAST_ROWS = 10, 2
_INK, _BAR, _PAPER = (230, 232, 236), (88, 132, 196), (43, 45, 49)
_LABEL_SHOWN = 26


def week_chart(edition: Edition) -> io.BytesIO | None:
    """A bar a row, the longest first, as a PNG; None where there is too little to compare."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415  wanted once a week

    counted = Counter(report.outlet for story in edition.stories for report in story.reports).most_common(_MOST_ROWS)
    if len(counted) < _LEAST_ROWS:
        return None
    image = Image.new("RGB", (_WIDTH, 2 * _MARGIN + _ROW * len(counted)), _PAPER)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=15)
    longest = counted[0][1]
    for row, (outlet, count) in enumerate(counted):
        top = _MARGIN + row * _ROW
        length = (_WIDTH - _LABEL - 4 * _MARGIN) * count // longest
        draw.text((_MARGIN, top + 6), plain(outlet)[:_LABEL_SHOWN], fill=_INK, font=font)
        draw.rectangle((_LABEL, top + 4, _LABEL + max(2, length), top + _ROW - 6), fill=_BAR)
        draw.text((_LABEL + length + 8, top + 6), str(count), fill=_INK, font=font)
    data = io.BytesIO()
    image.save(data, "PNG")
    data.seek(0)
    return data
