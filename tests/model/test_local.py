from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.model.base import Task, Writer, WriteRequest
from bot.model.draft import Ask, Draft
from bot.model.local import LocalWriter
from bot.model.prompts import Limits, Prompt, TooLong

if TYPE_CHECKING:
    from collections.abc import Sequence


class FakeDrafter:
    """Writes the first word of each text, and what was added for it; counts words for tokens."""

    decoding = "fake"
    tasks = frozenset(Task)

    def __init__(self, drafts: Sequence[Draft] = ()) -> None:
        self.asked: list[tuple[Ask, ...]] = []
        self._drafts = list(drafts)

    def count(self, text: str) -> int:
        return len(text.split())

    def room(self, prompt: Prompt) -> int:
        return prompt.limits.max_input_tokens

    def generate(self, asks: Sequence[Ask]) -> list[list[Draft]]:
        self.asked.append(tuple(asks))
        return [self._drafts or [Draft(f"{ask.text.split()[0]}.", finished=True)] for ask in asks]


def _prompts(too_long: TooLong, room: int = 4) -> dict[Task, Prompt]:
    return {task: Prompt(task, "", "", "$text", Limits(room, 20, too_long), f"hash of {task}") for task in Task}


def _writer(drafter: FakeDrafter, too_long: TooLong = TooLong.REFUSE, room: int = 4) -> LocalWriter:
    return LocalWriter(drafter, _prompts(too_long, room), "weights")


def test_all_requests_are_asked_at_once_and_answered_in_order() -> None:
    drafter = FakeDrafter()
    writer: Writer = _writer(drafter)
    requests = [WriteRequest(Task.SHORTEN, ("one two",)), WriteRequest(Task.SHORTEN, ("three", "four"))]
    assert writer.write(requests) == [("one.",), ("three.",)]
    assert [[ask.text for ask in asks] for asks in drafter.asked] == [["one two", "three four"]]


def test_a_shorter_text_gets_no_more_room_than_its_source() -> None:
    drafter = FakeDrafter()
    _writer(drafter).write([WriteRequest(Task.SHORTEN, ("one two",))])
    _writer(drafter).write([WriteRequest(Task.SUMMARY, ("one two",))])
    assert [asks[0].most for asks in drafter.asked] == [10, 20]


def test_a_sentence_is_shortened_to_several_lengths() -> None:
    drafter = FakeDrafter()
    writer = LocalWriter(drafter, _prompts(TooLong.REFUSE, 40), "weights", (0.5, 0.65, 0.8))
    writer.write([WriteRequest(Task.SHORTEN, ("a " * 20,))])
    assert [ask.words for ask in drafter.asked[0]] == [10, 13, 16]


def test_an_unlikely_draft_is_no_candidate() -> None:
    drafts = [Draft("Torn off of.", finished=True, score=-9.0), Draft("Whole.", finished=True, score=-1.0)]
    assert _writer(FakeDrafter(drafts)).write([WriteRequest(Task.SHORTEN, ("a",))]) == [("Whole.",)]


def test_the_likeliest_draft_comes_first() -> None:
    drafts = [Draft("Less.", finished=True, score=-2.0), Draft("More.", finished=True, score=-1.0)]
    assert _writer(FakeDrafter(drafts)).write([WriteRequest(Task.SHORTEN, ("a",))]) == [("More.", "Less.")]


@pytest.mark.parametrize(("task", "copies"), [(Task.SHORTEN, True), (Task.SUMMARY, False)])
def test_only_what_is_made_shorter_is_held_to_its_words(task: Task, copies: bool) -> None:  # noqa: FBT001  a case
    drafter = FakeDrafter()
    _writer(drafter).write([WriteRequest(task, ("a",))])
    assert drafter.asked[0][0].copies is copies


def test_candidates_are_whole_and_each_stands_once() -> None:
    drafts = [Draft("One.", finished=True), Draft(" One. ", finished=True), Draft("Broken off", finished=False)]
    assert _writer(FakeDrafter(drafts)).write([WriteRequest(Task.SHORTEN, ("a",))]) == [("One.",)]


@pytest.mark.parametrize("sources", [(), ("",), (" ",)])
def test_nothing_is_written_from_nothing(sources: tuple[str, ...]) -> None:
    drafter = FakeDrafter()
    assert _writer(drafter).write([WriteRequest(Task.SHORTEN, sources)]) == [()]
    assert drafter.asked == []


def test_no_requests_are_no_work() -> None:
    assert _writer(FakeDrafter()).write([]) == []


def test_sources_that_are_too_long_are_refused() -> None:
    assert _writer(FakeDrafter()).write([WriteRequest(Task.SHORTEN, ("a b c", "d e"))]) == [()]


def test_sources_that_are_too_long_are_cut() -> None:
    drafter = FakeDrafter()
    _writer(drafter, TooLong.CUT).write([WriteRequest(Task.SUMMARY, ("a b c", "d e"))])
    assert [ask.text for ask in drafter.asked[0]] == ["a b c"]


def test_sources_that_are_too_long_are_merged() -> None:
    drafter = FakeDrafter()
    sources = ("a b c d", "e f g h", "i j k l")
    assert _writer(drafter, TooLong.MERGE).write([WriteRequest(Task.SUMMARY, sources)]) == [("a..",)]
    assert [[ask.text for ask in asks] for asks in drafter.asked] == [[*sources], ["a. e. i."]]


def test_merging_ends_also_where_nothing_gets_shorter() -> None:
    drafter = FakeDrafter([Draft("as long as before, always.", finished=True)])
    sources = tuple("a b c d e" for _ in range(30))
    assert _writer(drafter, TooLong.MERGE, room=5).write([WriteRequest(Task.SUMMARY, sources)]) != [()]
    assert len(drafter.asked) < 10


def test_merging_goes_on_where_nothing_was_written() -> None:
    drafter = FakeDrafter([Draft("", finished=True)])
    assert _writer(drafter, TooLong.MERGE).write([WriteRequest(Task.SUMMARY, ("a b c", "d e f"))]) == [()]


def test_a_prompt_that_leaves_no_room_writes_nothing() -> None:
    assert _writer(FakeDrafter(), TooLong.MERGE, room=0).write([WriteRequest(Task.SUMMARY, ("a",))]) == [()]


def test_the_name_changes_with_the_prompts() -> None:
    changed = {**_prompts(TooLong.CUT), Task.SUMMARY: Prompt("summary", "", "", "", Limits(1, 1), "another hash")}
    names = {LocalWriter(FakeDrafter(), prompts, "weights").name for prompts in (_prompts(TooLong.CUT), changed)}
    assert len(names) == 2
    assert all(name.startswith("weights+fake+") for name in names)
