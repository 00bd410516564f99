"""A model's process: the loop that runs in it, and the handle by which its owner holds it.

The process loads an engine, then answers one request after another over a pipe. It ends when the pipe closes or
its parent is gone, and it ignores Ctrl-C, which a terminal sends to parent and child alike. Everything here blocks;
the module knows no event loop and no model.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import secrets
import signal
import threading
import traceback
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.errors import ModelError, VerbatimError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

    Factory = Callable[[], Any]
    """Makes an engine; it must be picklable: a function of a module, or a `functools.partial` of one."""

_FAREWELL = 2.0
"""Seconds that an idle process has to end by itself."""
_UNPICKLABLE = (pickle.PickleError, TypeError, AttributeError, ImportError)
"""What pickle raises for a value that it cannot carry."""


class ProcessEnded(Exception):
    """The process is gone."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the engine returned."""

    value: Any


@dataclass(frozen=True, slots=True)
class Fault:
    """What the engine raised; `trace` is for the log, where the error was not one that Verbatim raises itself."""

    error: VerbatimError
    trace: str | None = None


class ModelProcess:
    """Starts a process that makes its engine with `factory`; the first reply tells whether it could.

    Only `kill` may be called from another thread than the one that waits for a reply.
    """

    def __init__(self, factory: Factory) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(factory, theirs), daemon=True, name="verbatim-model")
        with theirs, _interrupts_held_back():
            self._process.start()

    def reply(self) -> Answer | Fault:
        """Wait for the next reply.

        Raises:
            ProcessEnded: the process ended before it replied.
        """
        try:
            reply: Answer | Fault = self._pipe.recv()
        except _UNPICKLABLE as error:
            return _unforeseen(error)
        except (EOFError, OSError) as error:
            raise ProcessEnded from error
        return reply

    def ask(self, method: str, args: tuple[Any, ...]) -> Answer | Fault:
        """Have the engine run `method` and wait for what comes of it.

        Raises:
            ProcessEnded: the process ended before it replied.
        """
        try:
            self._pipe.send((method, args))
        except _UNPICKLABLE as error:
            return _unforeseen(error)
        except OSError as error:
            raise ProcessEnded from error
        return self.reply()

    def kill(self) -> None:
        """End the process at once; whoever waits for its reply is told."""
        self._process.kill()

    def close(self) -> int | None:
        """Let the process end, reap it, and give its exit code."""
        with suppress(OSError):
            self._pipe.send(None)
        self._process.join(_FAREWELL)
        self._process.kill()
        self._process.join()
        code = self._process.exitcode
        self._process.close()
        self._pipe.close()
        return code


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Have a process that is started meanwhile hold back Ctrl-C until it ignores it; Windows knows no such mask."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(factory: Factory, pipe: Connection) -> None:
    """Run in the process: load, then answer until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    made = _attempt(factory)
    with suppress(EOFError, OSError):
        pipe.send(Answer(None) if isinstance(made, Answer) else made)
        if isinstance(made, Answer):
            _answer_all(made.value, pipe)


def _answer_all(engine: Any, pipe: Connection) -> None:  # noqa: ANN401  any engine
    while (request := pipe.recv()) is not None:
        method, args = request
        reply = _attempt(partial(_run, engine, method, args))
        try:
            pipe.send(reply)
        except _UNPICKLABLE as error:
            pipe.send(_unforeseen(error))


def _run(engine: Any, method: str, args: tuple[Any, ...]) -> Any:  # noqa: ANN401  any engine
    return getattr(engine, method)(*args)


def _attempt(action: Callable[[], Any]) -> Answer | Fault:
    """Run `action`; this is the outermost door of the process."""
    try:
        return Answer(action())
    except VerbatimError as error:
        return Fault(error)
    except Exception as error:  # noqa: BLE001  whatever a model raises is told, and the process goes on
        return _unforeseen(error)


def _unforeseen(error: Exception) -> Fault:
    reference = secrets.token_hex(4)
    message = f"The model failed for a reason that Verbatim does not know (reference {reference})."
    hint = "Try again; if it fails again, look for the reference in the log."
    return Fault(ModelError(message, hint), f"reference {reference}\n{''.join(traceback.format_exception(error))}")


def _end_with_parent() -> None:
    """End in the middle of whatever is being computed when the parent is gone."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
