from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from bot.errors import PromptError
from bot.model.base import Task
from bot.model.draft import UNFILLED
from bot.model.prompts import TooLong, load_prompt, prompts_folder

if TYPE_CHECKING:
    from pathlib import Path

_GOOD = """
description = "For a test."
system = "Be brief."
prompt = "Shorten: $text"
[limits]
max_input_tokens = 10
max_new_tokens = 5
"""


def _write(folder: Path, content: str) -> None:
    (folder / "shorten.toml").write_text(content, encoding="utf-8")


@pytest.mark.parametrize("task", list(Task))
def test_each_task_has_a_prompt_that_asks_for_the_text_alone(task: Task) -> None:
    prompt = load_prompt(task)
    assert "a story" in prompt.fill({**UNFILLED, "text": "a story"})


def test_every_file_of_the_folder_is_a_task() -> None:
    assert {file.stem for file in prompts_folder().glob("*.toml")} == set(Task)


def test_a_prompt_is_filled_and_its_hash_is_that_of_the_file(tmp_path: Path) -> None:
    _write(tmp_path, _GOOD)
    prompt = load_prompt("shorten", tmp_path)
    assert prompt.fill({"text": "costs $5 of $text"}) == "Shorten: costs $5 of $text"
    assert prompt.hash == sha256(_GOOD.encode()).hexdigest()
    assert prompt.limits.too_long is TooLong.REFUSE


def test_a_folder_without_the_file_falls_back_on_the_one_that_came_along(tmp_path: Path) -> None:
    assert load_prompt("shorten", tmp_path) == load_prompt("shorten")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("system", "sistem", "The prompt file shorten.toml has the unknown key sistem; did you mean system?"),
        ("max_new_tokens", "max_new_token", "has the unknown key max_new_token; did you mean max_new_tokens?"),
        ('system = "Be brief."', "", "The prompt file shorten.toml lacks the key system."),
        ('"Be brief."', "7", "The prompt file shorten.toml must have a text for system."),
        ("= 10", "= true", "must have a whole number above 0 for max_input_tokens."),
        ("= 10", "= 0", "must have a whole number above 0 for max_input_tokens."),
        ("= 5", '= 5\ntoo_long = "burn"', "has 'burn' for too_long; known are cut, merge, refuse."),
        ("$text", "$", "has a $ in its prompt that starts no name; write $$ for the sign itself."),
        ("[limits]", "limits = 7\n[other]", "has the unknown key other"),
        ("[limits]", "[limits", "is not valid TOML"),
    ],
)
def test_a_wrong_file_is_told_with_its_name_and_key(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    _write(tmp_path, _GOOD.replace(old, new))
    with pytest.raises(PromptError) as caught:
        load_prompt("shorten", tmp_path)
    assert sentence in caught.value.message


def test_limits_must_be_a_section(tmp_path: Path) -> None:
    _write(tmp_path, _GOOD.partition("[limits]")[0] + "limits = 7\n")
    with pytest.raises(PromptError, match=r"must have a section \[limits\]"):
        load_prompt("shorten", tmp_path)


def test_a_missing_file_is_told() -> None:
    with pytest.raises(PromptError, match=r"nothing\.toml cannot be read"):
        load_prompt("nothing")


def test_a_missing_variable_is_named(tmp_path: Path) -> None:
    _write(tmp_path, _GOOD.replace("$text", "$text for $reader"))
    with pytest.raises(PromptError) as caught:
        load_prompt("shorten", tmp_path).fill({"text": "a story"})
    assert caught.value.message == "The prompt file shorten.toml asks for $reader; known are text."
