"""What every model loaded with torch needs: threads set, noise off, faults told in plain words.

Importing this module does not import torch; calling it does, which takes seconds.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from bot.errors import ModelError, WeightsMissing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ALLOCATION_FAILED = ("not enough memory", "can't allocate memory", "out of memory")
"""What torch says, in a RuntimeError, where the processor's memory ends."""


def set_up_torch(threads: int) -> None:
    """Use `threads` threads, and keep transformers from drawing progress bars and giving advice."""
    import torch  # noqa: PLC0415  loading torch takes seconds
    from transformers.utils import logging  # noqa: PLC0415

    torch.set_num_threads(threads)
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]


def quick_type() -> Any:  # noqa: ANN401  a torch.dtype
    """Choose bfloat16 where the processor multiplies it by itself, else float32.

    Measured: 1.7 times as fast, for the packaged encoder (no vector turned by more than a cosine of .9999) and for
    the packaged writer. Eight-bit weights turned some of the encoder's vectors to a cosine of .90.
    """
    import torch  # noqa: PLC0415

    abilities = torch.cpu.get_capabilities()
    quick = abilities.get("avx512_bf16") or abilities.get("amx_bf16")
    return torch.bfloat16 if quick else torch.float32


@contextmanager
def loading_from(folder: Path) -> Iterator[None]:
    """Tell that `folder` holds no model that can be loaded, whatever transformers raises about it.

    Raises:
        WeightsMissing: a file is missing, damaged, or of a kind of model that is not known.
        ModelError: the memory does not suffice.
    """
    from safetensors import SafetensorError  # noqa: PLC0415

    try:
        with enough_memory():
            yield
    except (OSError, ValueError, KeyError, AttributeError, ImportError, RuntimeError, SafetensorError) as error:
        message = f"The model in {folder} cannot be loaded: {_first_line(error)}"
        raise WeightsMissing(message, "Check the folder, or choose another model in the configuration.") from error


@contextmanager
def enough_memory() -> Iterator[None]:
    """Tell where the memory did not suffice.

    Raises:
        ModelError: an allocation failed.
    """
    try:
        yield
    except (MemoryError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and not any(said in str(error) for said in _ALLOCATION_FAILED):
            raise
        message = "The memory of this machine does not suffice for the model."
        raise ModelError(message, "Give a shorter text, or choose a smaller model in the configuration.") from error


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") + "." if lines else f"{type(error).__name__}."
