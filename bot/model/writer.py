"""The writer that the configuration names: none, the packaged one with its adapter, a folder's, or the hub's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.model.adapter import shipped_adapter
from bot.model.base import Task
from bot.model.generation import Generator
from bot.model.local import LocalWriter
from bot.model.packaged import DEFAULT, Role
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

    "default" is the packaged one, with the adapter that was trained for it where Verbatim came with one. `cache` and
    `prompts` are folders in the place of the usual ones; `candidates` is how many are written for each request by beam
    search, where that is how it is written.

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
    adapter = shipped_adapter(weights.packaged.sha256) if choice == DEFAULT and weights.packaged else None
    name = f"{weights.name}+{adapter.name}" if adapter else weights.name
    progress(f"loading {name}")
    generator = Generator(weights.folder, threads=threads, candidates=candidates, adapter=adapter)
    return LocalWriter(generator, loaded, name)
