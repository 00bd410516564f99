from __future__ import annotations

import pytest

from bot.text.verify import shortens


@pytest.mark.parametrize(
    ("sentence", "shortening"),
    [
        ("The former mayor of Leeds opened the bridge.", "The mayor of Leeds opened the bridge."),
        ("Orne would become the 12th town to sell its mill.", "Orne would become the 12th town."),
        ("It is the only pre-war mill that runs outside of Orne.", "It is the only pre-war mill that runs."),
        ("The would-be buyer met the union on Friday.", "The buyer met the union on Friday."),
        ("The so-called expert advised the board on pay.", "The expert advised the board on pay."),
        ("Only members may vote in the hall on Friday.", "Members may vote in the hall on Friday."),
        ("Most residents of Orne backed the new bridge.", "Residents of Orne backed the new bridge."),
        ("One of the engineers left the firm in May.", "The engineers left the firm in May."),
        ("Half of the harbour was closed on Monday.", "The harbour was closed on Monday."),
        ("The mill was partly destroyed by the fire.", "The mill was destroyed by the fire."),
        ("At least 40 people were hurt in the crash.", "40 people were hurt in the crash."),
        ("The fire killed nearly 40 horses in Orne.", "The fire killed 40 horses in Orne."),
    ],
)
def test_a_word_that_narrows_or_bounds_must_stay(sentence: str, shortening: str) -> None:
    assert not shortens(shortening, [sentence]).supported


@pytest.mark.parametrize(
    ("sentence", "shortening"),
    [
        ("People who smoke pay more for their insurance.", "People pay more for their insurance."),
        ("Workers hired in May lost their bonus this year.", "Workers lost their bonus this year."),
        ("Any driver who refuses the test loses his licence.", "Any driver loses his licence."),
    ],
)
def test_a_clause_that_tells_which_must_stay(sentence: str, shortening: str) -> None:
    assert not shortens(shortening, [sentence]).supported


@pytest.mark.parametrize(
    ("sentence", "shortening"),
    [
        ("The mayor, who smokes, pays more for his insurance.", "The mayor pays more for his insurance."),
        ("A farmer who lost his barn was fined for speeding.", "A farmer was fined for speeding."),
    ],
)
def test_a_clause_about_one_known_thing_may_go(sentence: str, shortening: str) -> None:
    assert shortens(shortening, [sentence]).supported


@pytest.mark.parametrize(
    ("sentence", "shortening"),
    [
        ("The bank earned more than its rival in Oslo.", "The bank earned more."),
        ("The new hall is larger than the old theatre.", "The new hall is larger."),
        ("The bridge is as long as the old harbour wall.", "The bridge is as long."),
        ("The tower is the tallest building in northern Europe.", "The tower is the tallest building."),
        ("She was the first woman to lead the choir.", "She was the first woman."),
        ("It was the worst flood since the dam was built.", "It was the worst flood."),
    ],
)
def test_a_comparison_keeps_what_it_compares_with(sentence: str, shortening: str) -> None:
    assert not shortens(shortening, [sentence]).supported


@pytest.mark.parametrize(
    ("sentence", "shortening"),
    [
        ("Keller and Vega met in the capital on Monday.", "Keller met in the capital on Monday."),
        ("Anna Keller and Tom Vega married in Rome in May.", "Anna Keller married in Rome in May."),
        ("The plan pleased both Keller and Vega.", "The plan pleased both Keller."),
        ("A ferry runs between Orne and Varna every day.", "A ferry runs between Orne every day."),
        ("Three towns were flooded: Orne, Varna and Tarn.", "Three towns were flooded: Orne and Tarn."),
        ("The storm hurt 13 men and 14 women in Orne.", "The storm hurt 13 women in Orne."),
        ("The flag has 50 stars and 13 stripes on it.", "The flag has 50 stars and 13 on it."),
    ],
)
def test_a_list_keeps_what_its_words_ask_for(sentence: str, shortening: str) -> None:
    assert not shortens(shortening, [sentence]).supported


@pytest.mark.parametrize(
    ("sentence", "shortening"),
    [
        ("The bank did not close the branch on Monday.", "The bank did not close the branch."),
        ("Only 14 portraits of him were drawn in his lifetime.", "Only 14 portraits of him were drawn."),
        (
            "The firm has never paid a dividend to its owners in Oslo.",
            "The firm has never paid a dividend to its owners.",
        ),
        ("It was a matter of regret that the club had lost.", "It was a matter of regret."),
    ],
)
def test_less_may_not_be_denied_than_is_told(sentence: str, shortening: str) -> None:
    assert not shortens(shortening, [sentence]).supported
