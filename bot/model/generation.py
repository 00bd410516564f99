"""A causal or sequence-to-sequence model with its tokenizer: prompts in, drafts out.

It knows nothing of what is asked for. A subclass or another class with `decoding`, `count`, `room` and `generate`
may decode in another way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.model.adapter import merge
from bot.model.base import Task
from bot.model.copyist import COPYING, Copyist
from bot.model.draft import UNFILLED, Draft
from bot.model.forms import form_for
from bot.model.llama import LlamaPasses, is_llama
from bot.model.loading import enough_memory, loading_from, quick_type, set_up_torch
from bot.model.passes import CausalPasses, can_take_back

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.model.adapter import Adapter
    from bot.model.draft import Ask
    from bot.model.passes import Passes
    from bot.model.prompts import Prompt

_BATCH = 16
"""Texts generated at once; more are done in turns, so that memory stays bounded."""
_MANY_TOKENS = 32_768
"""What a model that states no limit is taken to read."""


class Generator:
    """A model loaded from `folder`, with `adapter` merged into it.

    It gives `candidates` drafts a text, by beam search, or one, the likeliest. What is to be made of the text's own
    words is written by a `Copyist`, one draft each, where the model is causal.

    Raises:
        WeightsMissing: the folder holds no model that can be loaded, or the adapter is damaged or for another one.
        ModelError: the memory does not suffice.
    """

    def __init__(self, folder: Path, *, threads: int = 1, candidates: int = 1, adapter: Adapter | None = None) -> None:
        set_up_torch(threads)
        import torch  # noqa: PLC0415  loading torch takes seconds
        import transformers  # noqa: PLC0415

        self._torch = torch
        self._candidates = candidates
        with loading_from(folder):
            config = transformers.AutoConfig.from_pretrained(folder, local_files_only=True)
            self._is_seq2seq = bool(config.is_encoder_decoder)
            kind = transformers.AutoModelForSeq2SeqLM if self._is_seq2seq else transformers.AutoModelForCausalLM
            self._model: Any = kind.from_pretrained(folder, local_files_only=True, dtype=quick_type()).eval()
            self._tokenizer: Any = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)
            self._form = form_for(self._tokenizer, config)
        if adapter is not None:
            merge(adapter, self._model)
        self._tokenizer.padding_side = "right" if self._is_seq2seq else "left"
        self._tokenizer.pad_token = self._tokenizer.pad_token or self._tokenizer.eos_token
        self._copyist = None if self._is_seq2seq else self._new_copyist()

    @property
    def decoding(self) -> str:
        """The precision, the number of beams, and whether words are copied; part of a cache key."""
        precision = str(self._model.dtype).removeprefix("torch.")
        copies = f"-{COPYING}" if self._copyist is not None else ""
        return f"{precision}-beam{self._candidates}{copies}"

    @property
    def tasks(self) -> frozenset[Task]:
        """All of them; a sequence-to-sequence model was made for summaries, and shortens one sentence poorly."""
        return frozenset({Task.SUMMARY} if self._is_seq2seq else Task)

    def count(self, text: str) -> int:
        """Count the tokens of `text` alone."""
        return len(self._tokenizer(text, add_special_tokens=False, verbose=False).input_ids)

    def room(self, prompt: Prompt) -> int:
        """Count the tokens that a text may have beside `prompt` and what is to be written; below 1 for none."""
        stated = getattr(self._model.config.get_text_config(), "max_position_embeddings", None) or _MANY_TOKENS
        context = min(stated, self._tokenizer.model_max_length, _MANY_TOKENS)
        written = 0 if self._is_seq2seq else prompt.limits.max_new_tokens
        return int(min(prompt.limits.max_input_tokens, context - written - self._prompt_tokens(prompt)))

    def generate(self, asks: Sequence[Ask]) -> list[list[Draft]]:
        """Write for all `asks` as one batch; the likeliest draft of each comes first.

        Raises:
            ModelError: the memory does not suffice.
        """
        copied = {index for index, ask in enumerate(asks) if ask.copies and self._copyist is not None}
        with enough_memory(), self._torch.inference_mode():
            held = iter(self._copyist.write([asks[index] for index in sorted(copied)]) if self._copyist else ())
            free = iter(self._free([ask for index, ask in enumerate(asks) if index not in copied]))
            return [next(held) if index in copied else next(free) for index in range(len(asks))]

    def _free(self, asks: Sequence[Ask]) -> list[list[Draft]]:
        """Write whatever the model finds likeliest."""
        rendered = [self._form.render(ask.prompt, ask.variables) for ask in asks]
        most = max((ask.most for ask in asks), default=0)
        drafts: list[list[Draft]] = []
        for start in range(0, len(rendered), _BATCH):
            drafts += self._generate_batch(rendered[start : start + _BATCH], most)
        return drafts

    def _new_copyist(self) -> Copyist | None:
        if not (is_llama(self._model) or can_take_back(self._model)):
            return None
        with self._torch.inference_mode():
            passes: Passes = LlamaPasses(self._model) if is_llama(self._model) else CausalPasses(self._model)
        return Copyist(passes, self._tokenizer, self._form, self._stops())

    def _stops(self) -> frozenset[int]:
        """The tokens that end a text."""
        ends = self._model.generation_config.eos_token_id
        return frozenset(ends if isinstance(ends, list) else [ends])

    def _prompt_tokens(self, prompt: Prompt) -> int:
        return len(self._tokenizer(self._form.render(prompt, UNFILLED), verbose=False).input_ids)

    def _generate_batch(self, rendered: list[str], max_new_tokens: int) -> list[list[Draft]]:
        inputs = self._tokenizer(
            rendered, padding=True, return_tensors="pt", add_special_tokens=not self._form.has_special_tokens
        )
        written = self._model.generate(
            input_ids=inputs["input_ids"],
            attention_mask=inputs["attention_mask"],
            do_sample=False,
            num_beams=self._candidates,
            num_return_sequences=self._candidates,
            min_length=0,  # a summariser that must fill a length pads with inventions
            max_new_tokens=max_new_tokens,
            pad_token_id=self._tokenizer.pad_token_id,
        )
        start = 1 if self._is_seq2seq else inputs["input_ids"].shape[1]
        drafts = [self._draft(row[start:]) for row in written]
        return [drafts[index : index + self._candidates] for index in range(0, len(drafts), self._candidates)]

    def _draft(self, tokens: Any) -> Draft:  # noqa: ANN401  a tensor
        finished = not self._stops().isdisjoint(tokens.tolist())
        return Draft(self._tokenizer.decode(tokens, skip_special_tokens=True), finished)
