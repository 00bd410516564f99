from __future__ import annotations

import pytest
from fakes import FakeWriter

from bot.article import Mode, Span
from bot.core.rewriting import Source, tellings
from bot.model.base import Task

LONG = (
    "Mayor Ann Lee said on Tuesday, after a long debate in the town hall, that the bridge will cost $45 million and "
    "open in 2031."
)
SOURCE = Source(LONG, Span(0, len(LONG)), "")


def test_the_source_comes_first_then_what_says_nothing_else() -> None:
    longer = "Mayor Ann Lee said on Tuesday that the bridge will cost $45 million and open in 2031."
    shorter = "Mayor Ann Lee said that the bridge will cost $45 million."
    (ways,) = tellings([SOURCE], FakeWriter((longer, shorter, longer)))
    assert [way.text for way in ways] == [LONG, longer, shorter]
    assert [way.mode for way in ways] == [Mode.EXTRACTED, Mode.REWRITTEN, Mode.REWRITTEN]
    assert all(way.evidence == (SOURCE.span,) for way in ways)


@pytest.mark.parametrize(
    "candidate",
    [
        "Mayor Ann Lee said that the bridge will cost $54 million.",
        "Mayor Bob Ray said that the bridge will cost $45 million.",
        "She said that the bridge will cost $45 million.",
        "the bridge will cost",
        "",
        f"{LONG} Indeed it will.",
    ],
)
def test_what_is_untrue_a_fragment_or_no_shorter_leaves_the_source(candidate: str) -> None:
    (ways,) = tellings([SOURCE], FakeWriter((candidate,)))
    assert [(way.text, way.mode) for way in ways] == [(LONG, Mode.EXTRACTED)]


def test_all_long_sentences_go_to_the_writer_at_once_and_short_ones_do_not() -> None:
    short = Source("The bridge will cost $45 million.", Span(0, 33), "")
    writer = FakeWriter()
    ways = tellings([short, SOURCE], writer)
    assert [(request.task, request.sources) for request in writer.history] == [(Task.SHORTEN, (LONG,))]
    assert [[way.text for way in one] for one in ways] == [[short.text], [LONG]]
