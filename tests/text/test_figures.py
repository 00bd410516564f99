from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.figures import find_figures
from bot.text.segment import segment


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("At least 12 people were killed in the fire.", [(12, "dead", "12 people were killed")]),
        ("The blast left fifteen dead and 30 injured.", [(15, "dead", "fifteen dead"), (30, "injured", "30 injured")]),
        ("A fire killed 12 people.", [(12, "dead", "12 people")]),
        ("It cost $3.5 million.", []),
        ("The bridge opened in 1964.", []),
        ("The strike shut 40 schools.", [(40, "school", "40 schools")]),
        ("She came first.", []),
    ],
)
def test_a_figure_is_known_by_what_it_counts(text: str, figures: list[tuple[float, str, str]]) -> None:
    found = find_figures(segment(text))
    assert [(figure.value, figure.counts, figure.span.of(text)) for figure in found] == figures


@given(st.text(max_size=200))
def test_any_text_is_taken_and_every_span_lies_in_its_sentence(text: str) -> None:
    article = segment(text)
    for figure in find_figures(article):
        assert article.sentences[figure.sentence].span.contains(figure.span)
