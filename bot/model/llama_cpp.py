"""llama.cpp with the packaged writer's own file, where `llama-cpp-python` is installed: what speed is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.model.packaged import DEFAULT, Role, known, package_folder

if TYPE_CHECKING:
    from collections.abc import Callable

_CONTEXT = 2048


def load_llama(threads: int) -> Callable[[str, int], object] | None:
    """Give what writes so many tokens in answer to a message, nothing kept between calls; None where there is none."""
    try:
        from llama_cpp import Llama  # noqa: PLC0415  optional, and large
    except ImportError:
        return None
    packaged = known(Role.WRITER, DEFAULT)
    folder = package_folder(packaged.package) if packaged else None
    if packaged is None or folder is None:
        return None
    file = str(folder / packaged.file)
    model = Llama(file, n_ctx=_CONTEXT, n_threads=threads, n_threads_batch=threads, verbose=False)

    def write(message: str, tokens: int) -> object:
        model.reset()
        return model.create_chat_completion([{"role": "user", "content": message}], max_tokens=tokens, temperature=0)

    return write
