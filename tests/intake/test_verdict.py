from __future__ import annotations

import pytest

from bot.errors import EmptyInput, IntakeError, NotAnArticle, Paywalled, TooLarge
from bot.intake.verdict import MAX_CHARACTERS, check_article, check_body, check_not_empty, check_size, count_words
from bot.text.segment import segment

_SENTENCE = "The council met on Monday and put off its decision on the bridge until June."


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("one two", 2), ("部长星期一表示", 3), ("안녕 하세요", 2), ("Der Plan 計画です", 4)],
)
def test_counts_words_of_any_script(text: str, words: int) -> None:
    assert count_words(text) == words


def test_takes_a_brief_of_two_sentences() -> None:
    check_article(segment(f"{_SENTENCE} {_SENTENCE}"))


def test_a_long_article_may_be_about_cookies_and_subscriptions() -> None:
    check_article(segment(" ".join([_SENTENCE] * 12 + ["Cookies need consent.", "Readers subscribe to continue."])))


@pytest.mark.parametrize(
    ("text", "error", "reason"),
    [
        ("Hello", NotAnArticle, "too little"),
        (_SENTENCE, NotAnArticle, "too little"),
        ("\n\n".join(f"Ferry fares to rise {n}" for n in "abcdefghij" * 9), NotAnArticle, "too little"),
        ("\n\n".join(["Ferry fares to rise again"] * 90 + [_SENTENCE] * 3), NotAnArticle, "list"),
        ("\n".join("12 0.5 33 7" for _ in range(40)), NotAnArticle, "table"),
        (f"{_SENTENCE} This site uses cookies. Manage your cookies here and consent.", NotAnArticle, "cookies"),
        (f"{_SENTENCE} {_SENTENCE} Subscribe now to continue reading.", Paywalled, "subscription"),
    ],
)
def test_says_why_a_text_is_no_article(text: str, error: type[IntakeError], reason: str) -> None:
    with pytest.raises(error, match=reason):
        check_article(segment(text))


def test_a_locked_preview_is_a_wall() -> None:
    preview = segment(f"{_SENTENCE} {_SENTENCE} The mayor said that ...")
    check_article(preview)
    with pytest.raises(Paywalled):
        check_article(preview, locked=True)


def test_a_page_without_body_is_told_by_what_it_shows() -> None:
    with pytest.raises(Paywalled):
        check_body("", "Log in to continue")
    with pytest.raises(NotAnArticle, match="no article"):
        check_body("", "Home Sport")


def test_limits_are_exact() -> None:
    check_size("a" * MAX_CHARACTERS)
    with pytest.raises(TooLarge, match="200,001"):
        check_size("a" * (MAX_CHARACTERS + 1))
    with pytest.raises(EmptyInput):
        check_not_empty(" \n ")
