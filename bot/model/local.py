"""A writer over any drafter, here or on a server: requests become prompts, and drafts become candidates.

It knows no model: a `Drafter` reads prompts and writes drafts, in whatever way it decodes.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from bot.model.base import Task, WriteRequest
from bot.model.draft import Ask
from bot.model.prompts import TooLong
from bot.model.windows import windows
from bot.model.wording import tidy, well_formed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.model.draft import Draft, Drafter
    from bot.model.prompts import Prompt

_MERGE_ROUNDS = 4
"""A story that is still too long after so many rounds of merging is cut."""
_MARGIN = 8
"""Tokens that a shortened text may have over its source, for a word spelled in another way."""
_LEAST_SCORE = -3.0
"""Drafts whose logarithm of probability is lower are no candidates: by reading, most of them are torn."""


ONE_LENGTH: Final = (0.65,)
"""For a drafter that gives several drafts of its own: one share gave as good a choice as three, in less than half of
the time."""
LENGTHS: Final = (0.5, 0.65, 0.8)


class LocalWriter:
    """A `Writer` that asks `drafter` with `prompts`; `weights` is the stable name of what it was loaded from.

    `lengths` are the shares of a sentence's words that it is to be shortened to; each is read and written anew.
    """

    def __init__(
        self,
        drafter: Drafter,
        prompts: Mapping[Task, Prompt],
        weights: str,
        lengths: tuple[float, ...] = ONE_LENGTH,
    ) -> None:
        self._drafter = drafter
        self._prompts = prompts
        self._lengths = lengths
        self._name = f"{weights}+{drafter.decoding}+{_fingerprint(prompts)}"

    @property
    def name(self) -> str:
        """The weights, the way of decoding and the prompts."""
        return self._name

    @property
    def tasks(self) -> frozenset[Task]:
        """What its model is good at."""
        return self._drafter.tasks

    def write(self, requests: Sequence[WriteRequest]) -> list[tuple[str, ...]]:
        """Write for all `requests` as one batch; see `Writer.write`.

        Raises:
            ModelError: the memory does not suffice.
        """
        texts = [self._text(request) for request in requests]
        asked = [index for index, text in enumerate(texts) if text]
        results: list[tuple[str, ...]] = [()] * len(requests)
        drafts = self._drafts([(requests[index].task, texts[index]) for index in asked])
        for index, found in zip(asked, drafts, strict=True):
            results[index] = _candidates(requests[index].task, found)
        return results

    def _text(self, request: WriteRequest) -> str:
        """The sources as one text that fits the model; empty where they do not and may not be cut."""
        prompt = self._prompts[request.task]
        sources = [well_formed(source) for source in request.sources]
        text = " ".join(sources).strip()
        room = self._drafter.room(prompt)
        if room > 0 and self._drafter.count(text) <= room:
            return text
        if room < 1 or prompt.limits.too_long is TooLong.REFUSE:
            return ""
        cut = windows(sources, room, self._drafter.count)
        if prompt.limits.too_long is TooLong.MERGE:
            cut = self._merged(request.task, cut, room)
        return " ".join(cut[0]) if cut else ""

    def _merged(self, task: Task, cut: list[tuple[str, ...]], room: int) -> list[tuple[str, ...]]:
        """Write about each window, then about what was written, until that fits one window."""
        for _ in range(_MERGE_ROUNDS):
            if len(cut) < 2:  # noqa: PLR2004  two are what can be merged
                break
            drafts = self._drafts([(task, " ".join(window)) for window in cut])
            written = [candidates[0] for found in drafts if (candidates := _candidates(task, found))]
            cut = windows(written, room, self._drafter.count) or cut[:1]
        return cut

    def _drafts(self, asked: Sequence[tuple[Task, str]]) -> list[list[Draft]]:
        """Write for all that is `asked` as one batch; the likeliest draft of each comes first."""
        if not asked:
            return []
        asks = [self._asks(task, text) for task, text in asked]
        written = iter(self._drafter.generate([ask for one in asks for ask in one]))
        drafts = [[draft for _ in one for draft in next(written)] for one in asks]
        return [sorted(found, key=lambda draft: draft.score, reverse=True) for found in drafts]

    def _asks(self, task: Task, text: str) -> list[Ask]:
        prompt = self._prompts[task]
        most = self._most(task, text)
        if task is not Task.SHORTEN:
            return [Ask(prompt, text, most)]
        words = len(text.split())
        wanted = dict.fromkeys(max(1, round(share * words)) for share in self._lengths)
        return [Ask(prompt, text, most, count, copies=True) for count in wanted]

    def _most(self, task: Task, text: str) -> int:
        limit = self._prompts[task].limits.max_new_tokens
        return min(limit, self._drafter.count(text) + _MARGIN) if task is Task.SHORTEN else limit


def _candidates(task: Task, drafts: Sequence[Draft]) -> tuple[str, ...]:
    """The drafts that are whole, each once, the likeliest first."""
    one_line = task is not Task.SUMMARY
    likely = (draft for draft in drafts if draft.score >= _LEAST_SCORE)
    texts = (tidy(draft.text, finished=draft.finished, one_line=one_line) for draft in likely)
    return tuple(dict.fromkeys(text for text in texts if text))


def _fingerprint(prompts: Mapping[Task, Prompt]) -> str:
    joined = "".join(prompts[task].hash for task in sorted(prompts))
    return hashlib.sha256(joined.encode()).hexdigest()[:8]
