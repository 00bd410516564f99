"""Names: who an article names, in what full form, and what kind and gender they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.lexicon import Gender
from bot.text.names import Name, NameKind, find_names, name_at
from bot.text.segment import segment


def named(text: str, full: str) -> Name:
    names = {name.full: name for name in find_names(segment(text))}
    assert full in names, sorted(names)
    return names[full]


STORY = (
    "Prime Minister Theresa May met Joseph Torigian, an expert on China, in Moscow on Tuesday. "
    "The talks were short, Torigian said. Mrs. May flew home. The Department of Justice declined to comment."
)


@pytest.mark.parametrize(
    ("full", "kind"),
    [
        ("Theresa May", NameKind.PERSON),
        ("Joseph Torigian", NameKind.PERSON),
        ("Moscow", NameKind.PLACE),
        ("Department of Justice", NameKind.ORGANISATION),
    ],
)
def test_the_kind_of_a_name(full: str, kind: NameKind) -> None:
    assert named(STORY, full).kind is kind


def test_a_surname_is_a_mention_of_the_full_name() -> None:
    name = named(STORY, "Joseph Torigian")
    assert [mention.of(STORY) for mention in name.mentions] == ["Joseph Torigian", "Torigian"]


def test_titles_are_roles_and_no_part_of_the_name() -> None:
    name = named(STORY, "Theresa May")
    assert {"prime", "minister"} & name.roles == {"minister"}
    assert [mention.of(STORY) for mention in name.mentions] == ["Theresa May", "May"]


@pytest.mark.parametrize(
    ("text", "full", "gender"),
    [
        ("Mr. Okonjo spoke. Okonjo said no.", "Okonjo", Gender.MALE),
        ("A report by Maria Lopez was read.", "Maria Lopez", Gender.FEMALE),
        ("The spokeswoman Chidi Obi said no.", "Chidi Obi", Gender.FEMALE),
        ("Chinese leader Xi Jinping said no.", "Xi Jinping", Gender.UNKNOWN),
    ],
)
def test_gender_comes_from_titles_and_first_names(text: str, full: str, gender: Gender) -> None:
    assert named(text, full).gender is gender


def test_namesakes_are_told_apart_by_title() -> None:
    text = "Bill Clinton and Hillary Clinton came. Mr. Clinton spoke first, then Mrs. Clinton did."
    assert len(named(text, "Bill Clinton").mentions) == 2
    assert len(named(text, "Hillary Clinton").mentions) == 2


def test_words_capitalised_by_grammar_alone_are_no_names() -> None:
    text = "Working hours were cut. However, nobody left. Monday was quiet. The Germans stayed."
    assert find_names(segment(text)) == ()


def test_a_name_is_found_at_its_mention() -> None:
    names = find_names(segment(STORY))
    mention = named(STORY, "Joseph Torigian").mentions[1]
    found = name_at(names, mention)
    assert found is not None
    assert found.full == "Joseph Torigian"


@given(st.text(alphabet=st.sampled_from("Aa Bb.’'\n-“”ÉßСс中,;:0 "), max_size=200))
def test_every_mention_lies_in_the_text(text: str) -> None:
    for name in find_names(segment(text)):
        assert name.full == name.span.of(text)
        assert name.span in name.mentions
        assert all(mention.end <= len(text) for mention in name.mentions)
