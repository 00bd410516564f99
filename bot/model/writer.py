"""The writer that the configuration names: none, the packaged one, a folder's, or the hub's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.model.base import Task
from bot.model.generation import Generator
from bot.model.local import LocalWriter
from bot.model.packaged import Role
from bot.model.prompts import load_prompt
from bot.model.weights import WeightStore

if TYPE_CHECKING:
    from pathlib import Path

    from bot.model.base import Writer
    from bot.model.weights import Progress

NONE: Final = "none"
"""The choice that means no writer: a summary has the article's own sentences."""


def load_writer(
    choice: str,
    *,
    cache: Path | None = None,
    prompts: Path | None = None,
    threads: int = 1,
    candidates: int = 1,
    progress: Progress = lambda _: None,
) -> Writer | None:
    """Load the writer `choice`: "none", "default", a folder or a hub id.

    `cache` and `prompts` are folders in the place of the usual ones; `candidates` is how many are written for each
    request.

    Raises:
        WeightsMissing: it was not found, or is no model that can be loaded.
        PromptError: a prompt is wrong.
        ModelError: the memory does not suffice.
    """
    if choice == NONE:
        return None
    loaded = {task: load_prompt(task, prompts) for task in Task}
    store = WeightStore(cache)
    weights = store.prepare(store.locate(Role.WRITER, choice), progress)
    progress(f"loading {weights.name}")
    return LocalWriter(Generator(weights.folder, threads=threads, candidates=candidates), loaded, weights.name)
