"""The forms in which models read a prompt: as a chat, as plain text, or as the text alone after a task's prefix."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.model.prompts import Prompt


class Form(Protocol):
    """One way of putting a prompt to a model."""

    @property
    def has_special_tokens(self) -> bool:
        """Tell whether what is rendered already holds the tokens that open and close a text."""
        ...

    def render(self, prompt: Prompt, variables: Mapping[str, str]) -> str:
        """Give what the model reads for `prompt` with its `variables`, of which "text" comes from an article."""
        ...


def form_for(tokenizer: Any, config: Any) -> Form:  # noqa: ANN401  transformers' classes differ with the model
    """Choose the form that a model was trained on."""
    if config.is_encoder_decoder:
        tasks = getattr(config, "task_specific_params", None) or {}
        return PrefixForm(str(tasks.get("summarization", {}).get("prefix", "")))
    return ChatForm.of(tokenizer) if tokenizer.chat_template else PlainForm()


@dataclass(frozen=True, slots=True)
class PrefixForm:
    """For BART, PEGASUS and T5, which know their task: the text alone, after the prefix of the task."""

    prefix: str
    has_special_tokens: bool = False

    def render(self, prompt: Prompt, variables: Mapping[str, str]) -> str:
        """Leave out the prompt's own words."""
        del prompt
        return self.prefix + variables["text"]


@dataclass(frozen=True, slots=True)
class PlainForm:
    """For a causal model that knows no chat."""

    has_special_tokens: bool = False

    def render(self, prompt: Prompt, variables: Mapping[str, str]) -> str:
        """Put system text, prompt and the start of the answer under one another."""
        return f"{prompt.system}\n\n{prompt.fill(variables)}\n\n"


@dataclass(frozen=True, slots=True)
class ChatForm:
    """For a causal model with a chat template."""

    tokenizer: Any
    markup: re.Pattern[str]
    knows_system: bool
    has_special_tokens: bool = True

    @classmethod
    def of(cls, tokenizer: Any) -> ChatForm:  # noqa: ANN401  see form_for
        """Look whether the template takes a system message; some, such as Gemma's, refuse it."""
        from jinja2 import TemplateError  # noqa: PLC0415  comes with torch

        try:
            tokenizer.apply_chat_template(_messages("system", "user"), tokenize=False)
        except TemplateError:
            return cls(tokenizer, _markup(tokenizer), knows_system=False)
        return cls(tokenizer, _markup(tokenizer), knows_system=True)

    def render(self, prompt: Prompt, variables: Mapping[str, str]) -> str:
        """Fill the template; what looks like its markup in the text is taken out: no text can end its turn."""
        asked = prompt.fill({**variables, "text": self.markup.sub(" ", variables["text"])})
        messages = _messages(prompt.system, asked) if self.knows_system else _merged(prompt.system, asked)
        rendered = self.tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
        return str(rendered)


def _messages(system: str, user: str) -> list[dict[str, str]]:
    return [{"role": "system", "content": system}, {"role": "user", "content": user}]


def _merged(system: str, user: str) -> list[dict[str, str]]:
    return [{"role": "user", "content": f"{system}\n\n{user}"}]


def _markup(tokenizer: Any) -> re.Pattern[str]:  # noqa: ANN401  see form_for
    tokens = {*tokenizer.all_special_tokens, *tokenizer.get_added_vocab()}
    return re.compile("|".join(re.escape(token) for token in sorted(tokens, key=len, reverse=True)) or r"(?!)")
