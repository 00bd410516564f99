"""Quotes: exact words, with who said them, whole ones told from fragments, the best first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.article import Quote, QuoteKind
from bot.text.quotes import find_quotes
from bot.text.segment import segment

SHARED = Path(__file__).parents[2].parent / "shared" / "data"


def in_order(text: str) -> list[Quote]:
    return sorted(find_quotes(segment(text)), key=lambda quote: quote.span)


def speakers(text: str) -> list[str | None]:
    return [quote.speaker.name if quote.speaker else None for quote in in_order(text)]


INTRODUCED = "Anna Berg, the owner of the mill, met Paul Novak, a farmer, on Monday. "


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        ("“We will open again in the spring,” Berg said.", "Anna Berg", "said"),
        ("“We will open again in the spring,” said Berg.", "Anna Berg", "said"),
        ("Berg said, “We will open again in the spring.”", "Anna Berg", "said"),
        ("Berg told reporters: “We will open again in the spring.”", "Anna Berg", "told"),
        ("“We will open again in the spring,” Ms. Berg wrote on her site.", "Anna Berg", "wrote"),
        ("The mill “will open again in the spring,” according to Berg.", "Anna Berg", "according to"),
        ("“We will open again in the spring,” Novak, 42, told the paper.", "Paul Novak", "told"),
        ("“We will open again in the spring,” Mill Group Inc. said in a statement.", "Mill Group Inc", "said"),
    ],
)
def test_the_tag_names_the_speaker(text: str, speaker: str, cue: str) -> None:
    (quote,) = in_order(INTRODUCED + text)
    assert quote.speaker is not None
    assert (quote.speaker.name, quote.cue) == (speaker, cue)
    assert not quote.speaker.inferred


def test_an_interrupted_quote_is_two_by_one_speaker() -> None:
    text = INTRODUCED + "“We will open again,” Berg said, “when the spring comes.”"
    assert [quote.text for quote in in_order(text)] == ["We will open again,", "when the spring comes."]
    assert speakers(text) == ["Anna Berg", "Anna Berg"]
    assert {quote.kind for quote in in_order(text)} == {QuoteKind.DIRECT}


def test_speech_that_goes_on_without_a_tag_keeps_its_speaker() -> None:
    text = INTRODUCED + (
        "\n\n“We will open again in the spring,” Berg said. “Nobody will lose work over it.\n\n"
        "“We owe that to the town and to everyone in it.”"
    )
    assert speakers(text) == ["Anna Berg"] * 3


def test_a_pronoun_is_resolved_and_marked_as_inferred() -> None:
    text = "Anna Berg met Paul Novak on Monday.\n\n“We will open again in the spring,” she said."
    (quote,) = in_order(text)
    assert quote.speaker is not None
    assert (quote.speaker.name, quote.speaker.inferred) == ("Anna Berg", True)
    assert quote.speaker.span.of(text) == "Anna Berg"


def test_a_description_is_resolved_where_the_article_gives_the_title() -> None:
    text = (
        "Finance Minister Anna Berg spoke to the house on Monday. Paul Novak listened.\n\n"
        "“We will cut no pension this year,” the minister said."
    )
    (quote,) = in_order(text)
    assert quote.speaker is not None
    assert (quote.speaker.name, quote.speaker.inferred) == ("Anna Berg", True)


def test_a_description_that_names_nobody_stays_as_it_is() -> None:
    (quote,) = in_order("“We will open again in the spring,” a spokesman for the mill said.")
    assert quote.speaker is not None
    assert quote.speaker.name.startswith("a spokesman")
    assert not quote.speaker.inferred


def test_a_fragment_is_told_from_a_whole_quotation() -> None:
    text = INTRODUCED + "Berg called the plan “a disaster for the whole town” and left. “We will fight it,” she said."
    assert [quote.kind for quote in in_order(text)] == [QuoteKind.PARTIAL, QuoteKind.DIRECT]


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        ("Angela Merkel kam. „Wir werden das gemeinsam schaffen“, sagte Merkel am Abend.", "Angela Merkel", "sagte"),
        ("« Nous devons agir ensemble pour le climat », a déclaré Emmanuel Macron.", "Emmanuel Macron", "déclaré"),
        ("«Vamos a trabajar juntos para salir de aquí», dijo Pedro Sánchez en Madrid.", "Pedro Sánchez", "dijo"),
    ],
)
def test_other_languages_have_their_marks_and_cues(text: str, speaker: str, cue: str) -> None:
    (quote,) = in_order(text)
    assert quote.speaker is not None
    assert (quote.speaker.name, quote.cue) == (speaker, cue)


@pytest.mark.parametrize(
    "text",
    [
        "The town’s “old quarter” is quiet.",
        "She was a guest on NBC’s “Meet the Press” that day.",
        "The so-called “super mill” was sold.",
        "Nothing was said.",
        "",
    ],
)
def test_terms_and_titles_are_no_quotes(text: str) -> None:
    assert find_quotes(segment(text)) == ()


def test_a_whole_informative_quote_of_a_named_speaker_comes_first() -> None:
    text = INTRODUCED + (
        "A neighbour called the mill “an eyesore on the river”. “Why?” Novak asked. "
        "“The mill will open again in the spring, and the mill will keep every worker in the town,” Berg said."
    )
    best = find_quotes(segment(text))[0]
    assert best.text.startswith("The mill will open")


@given(st.text(alphabet=st.sampled_from("ab A.,’'‘\"“”„«»‹›「」\n—"), max_size=300))
def test_quotes_are_cut_from_any_text(text: str) -> None:
    for quote in find_quotes(segment(text)):
        assert quote.text == quote.span.of(text)
        assert quote.text.strip() == quote.text != ""


_PIECES = st.sampled_from(
    "“ ” \" ' ‘ ’ « » , . ? \n Anna Berg Mr. Novak said he she told the minister according to company who A 42".split(
        " "
    )
)


@given(st.lists(_PIECES, max_size=60).map(" ".join))
def test_a_speaker_is_named_as_the_article_names_him(text: str) -> None:
    for quote in find_quotes(segment(text)):
        if quote.speaker is not None:
            assert quote.speaker.name == quote.speaker.span.of(text)


@pytest.mark.data
def test_the_seed_article_gives_its_quotes_with_their_speakers() -> None:
    found = sorted((SHARED / "seed").glob("*.txt"))
    if not found:
        pytest.skip("no development data")
    quotes = {quote.text: quote for quote in in_order(found[0].read_text(encoding="utf-8"))}
    said = {text[:12]: quote.speaker.name for text, quote in quotes.items() if quote.speaker}
    assert said["China can si"] == "Joseph Torigian"
    assert said["outrageous a"] == "Kremlin"
    assert said["actively pro"] == "Xi Jinping"
    assert said["My upcoming "] == "Xi Jinping"


@pytest.mark.data
def test_offsets_are_exact_on_news() -> None:
    path = SHARED / "quotes" / "polnear.jsonl"
    if not path.exists():
        pytest.skip("no development data")
    with path.open(encoding="utf-8") as lines:
        for line, _ in zip(lines, range(40), strict=False):
            text = json.loads(line)["text"]
            for quote in find_quotes(segment(text)):
                assert quote.text == text[quote.span.start : quote.span.end]
