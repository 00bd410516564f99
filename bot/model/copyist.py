"""Writes about a text in the text's own words alone: asks become prompts, pieces, an automaton, and drafts.

It knows no kind of model: what reads the tokens are `Passes`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.model.automaton import Automaton
from bot.model.copying import Text, write
from bot.model.draft import UNFILLED, Draft
from bot.model.pieces import pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.model.draft import Ask
    from bot.model.forms import Form
    from bot.model.passes import Passes
    from bot.model.prompts import Prompt

COPYING: Final = "copy1"
"""Names this way of writing in cache keys; another number for each change of what may be written."""
_ROWS = 16
"""Texts written at once; more are done in turns, so that memory stays bounded."""
_DEPTH = 4
"""Tokens drafted at once; with two or eight it takes as long."""
_OTHERS = 4
"""Further drafts of each text, written from where the model was least sure; four cost half of what the first does."""
_OTHERWISE = {"text": "a", "words": "7"}
"""Another filling of a prompt than `UNFILLED`: what both have in common, all fillings have."""


class Copyist:
    """Writes with `passes`, in the tokens of `tokenizer`; `stops` are the tokens that end a text."""

    def __init__(self, passes: Passes, tokenizer: Any, form: Form, stops: Iterable[int]) -> None:  # noqa: ANN401
        self._passes = passes
        self._tokenizer = tokenizer
        self._form = form
        self._stops = tuple(stops)

    def write(self, asks: Sequence[Ask]) -> list[list[Draft]]:
        """Write drafts for each of `asks`, the likeliest first; those of one prompt are written together."""
        drafts: dict[int, list[Draft]] = {}
        for prompt in dict.fromkeys(ask.prompt for ask in asks):
            places = [index for index, ask in enumerate(asks) if ask.prompt == prompt]
            for start in range(0, len(places), _ROWS):
                turn = places[start : start + _ROWS]
                drafts |= zip(turn, self._written(prompt, [asks[index] for index in turn]), strict=True)
        return [drafts[index] for index in range(len(asks))]

    def _written(self, prompt: Prompt, asks: Sequence[Ask]) -> list[list[Draft]]:
        prefix = self._prefix(prompt)
        rests = [self._read(prompt, ask.variables)[len(prefix) :] for ask in asks]
        automata = {text: self._automaton(text) for text in dict.fromkeys(ask.text for ask in asks)}
        texts = [Text(*automata[ask.text], ask.most) for ask in asks]
        others = write(self._passes, prefix, rests, texts, _DEPTH, _OTHERS)
        return [[self._draft(one) for one in (text, *more)] for text, more in zip(texts, others, strict=True)]

    def _prefix(self, prompt: Prompt) -> tuple[int, ...]:
        """The tokens that all fillings of a prompt begin with."""
        both = zip(self._read(prompt, UNFILLED), self._read(prompt, _OTHERWISE), strict=False)
        common = []
        for one, other in both:
            if one != other:
                break
            common.append(one)
        return tuple(common)

    def _read(self, prompt: Prompt, variables: dict[str, str]) -> list[int]:
        rendered = self._form.render(prompt, variables)
        tokens: list[int] = self._tokenizer(
            rendered, add_special_tokens=not self._form.has_special_tokens, verbose=False
        ).input_ids
        return tokens

    def _automaton(self, text: str) -> tuple[Automaton, list[int]]:
        source = self._tokenizer(" ".join(text.split()), add_special_tokens=False, verbose=False).input_ids
        return Automaton(pieces(text), self._tokenizer, self._stops), source

    def _draft(self, text: Text) -> Draft:
        return Draft(self._tokenizer.decode(text.written, skip_special_tokens=True), text.finished, text.score)
