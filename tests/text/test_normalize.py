from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.normalize import normalize

_ODD = st.text(st.characters() | st.sampled_from("\r\n\t \x00\u200b\u200d\u00ad\ufeff\u202e\u0301\u0338\ufb01\u2028"))


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("", ""),
        (" \u00a0\u200b\n\t ", ""),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("one\u00a0two\u2009three\tfour", "one two three four"),
        ("one  two \n\n\n\n three", "one two\n\nthree"),
        ("nu\x00ll \x1b[0mbell\x07", "null [0mbell"),
        ("hy\u00adphen zero\u200bwidth\ufeff", "hyphen zerowidth"),
        ("\u202eevil\u202c \u2066isolate\u2069", "evil isolate"),
        ("o\ufb03ce \ufb01ve \ufb02at", "office five flat"),
        ("cafe\u0301", "café"),
        ("in\u200dvisible", "invisible"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🚒 at work", "👩\u200d🚒 at work"),
        ("tag\U000e0041\U000e0042ged \ue000icon", "tagged icon"),
        ("lone \ud800 half", "lone \ufffd half"),
        ("“Curly” ‘quotes’ — «stay» １２", "“Curly” ‘quotes’ — «stay» １２"),
    ],
)
def test_gives_text_one_form(raw: str, clean: str) -> None:
    assert normalize(raw) == clean


def test_a_tower_of_marks_is_cut_before_it_costs_time() -> None:
    assert len(normalize("a" + "\u0316\u0301" * 100_000)) <= 31


@given(_ODD)
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


@given(_ODD)
def test_the_result_is_composed_and_can_be_stored(text: str) -> None:
    clean = normalize(text)
    assert unicodedata.is_normalized("NFC", clean)
    assert "\x00" not in clean
    clean.encode()
