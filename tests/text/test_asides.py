from __future__ import annotations

import pytest

from bot.text.asides import is_aside, says_nothing


@pytest.mark.parametrize(
    "text",
    [
        "Scroll down for video of the storm.",
        "Click here to see more from the match.",
        "See photos from the hunt for gold »",
        "The actor (pictured right) left the club early.",
        "Additional reporting by Ann Lee in Washington.",
        "This article was originally published in May.",
    ],
)
def test_what_is_not_the_story_is_an_aside(text: str) -> None:
    assert is_aside(text)


@pytest.mark.parametrize(
    "text",
    [
        "The party of the left won 40 seats on Sunday.",
        "Watching the storm from her porch, Ann Lee counted nine boats.",
        "The video shows a man running from the bank, police said.",
        "More than 100 people were on the boat.",
        "Lee celebrated the victory with her staff.",
    ],
)
def test_news_is_no_aside(text: str) -> None:
    assert not is_aside(text)


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("Xi’s government gave no details of what it hoped to accomplish.", True),
        ("The ministry did not respond to a request.", True),
        ("A spokesman declined to comment.", True),
        ("It was not immediately clear who fired.", True),
        ("The minister gave no ground in the talks.", False),
        ("She did not return to the office after the vote.", False),
    ],
)
def test_that_nothing_was_said_is_no_news(text: str, nothing: bool) -> None:  # noqa: FBT001
    assert says_nothing(text) is nothing
