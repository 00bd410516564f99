"""How a mention stands to a reporting word: the patterns a speaker is told by."""

from __future__ import annotations

import pytest

from bot.text.frame import Frame
from bot.text.marks import find_quotations
from bot.text.mentions import find_mentions
from bot.text.names import find_names
from bot.text.reporting import Relation, reporting
from bot.text.segment import segment


def relations(text: str) -> dict[str, Relation]:
    article = segment(text)
    frame = Frame(article, find_quotations(article))
    mentions = find_mentions(frame, find_names(article))
    return {mention.span.of(text): reporting(frame, mention).relation for mention in mentions if not mention.inner}


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("“We go,” Paul Novak said.", Relation.SUBJECT),
        ("“We go,” Paul Novak later said.", Relation.SUBJECT),
        ("“We go,” said Mayor Paul Novak.", Relation.INVERTED),
        ("“We go,” Paul Novak, 42, said.", Relation.APPOSED),
        ("“We go,” Paul Novak, a farmer from the town, said.", Relation.APPOSED),
        ("“We go,” the mayor, Paul Novak, said.", Relation.APPOSED),
        ("“We go,” according to Paul Novak.", Relation.SOURCE),
        ("They told Paul Novak “we go”.", Relation.ADDRESSEE),
        ("“We go,” it read, and Paul Novak left.", Relation.NONE),
    ],
)
def test_the_relation_of_a_name(text: str, relation: Relation) -> None:
    assert relations(text)["Paul Novak"] is relation


def test_what_tells_more_of_a_speaker_is_no_speaker() -> None:
    assert list(relations("“We go,” said Mill Group director Paul Novak.")) == ["Paul Novak"]
    assert list(relations("“We go,” Paul Novak of Mill Group said.")) == ["Paul Novak"]
