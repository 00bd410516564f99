"""`verbatim models`: which models are used and where their weights lie; check them; prepare them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bot.errors import WeightsMissing, WriterUnavailable
from bot.render.terminal import file_size

if TYPE_CHECKING:
    import argparse

    from bot.config import Config
    from bot.model.weights import ListedModel, WeightStore

_FAILED = 1


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("models", help="list, check and prepare the models")
    parser.add_argument(
        "action",
        nargs="?",
        choices=("list", "check", "prepare"),
        default="list",
        help="list what is used (default), check the files' hashes, or make everything ready to load",
    )
    parser.set_defaults(command=run)


def run(arguments: argparse.Namespace, config: Config) -> int:
    """List, check or prepare; fail where a model of the configuration cannot be used."""
    from bot.model.packaged import DEFAULT, Role  # noqa: PLC0415  keeps --help instant
    from bot.model.weights import WeightStore  # noqa: PLC0415
    from bot.model.writer import NONE  # noqa: PLC0415

    store = WeightStore(config.models.cache)
    roles = {Role.ENCODER: config.models.encoder}
    if not config.models.writer_is_server:
        roles[Role.WRITER] = config.models.writer if config.models.writer != NONE else DEFAULT
    lines = [_ACTIONS[arguments.action](store, model) for model in store.listing(roles)]
    if config.models.writer_is_server:
        lines.append(_server(config))
    return _FAILED if not all(lines) else 0


def _list(_store: WeightStore, model: ListedModel) -> bool:
    weights = model.weights
    if weights is None:
        return _say(model, model.problem or "not found", good=False)
    state = "ready" if weights.prepared else "to be prepared"
    return _say(model, f"{weights.name}, {file_size(weights.size)}, {weights.licence}, {weights.source}, {state}")


def _check(store: WeightStore, model: ListedModel) -> bool:
    if model.weights is None:
        return _list(store, model)
    try:
        store.check(model.weights)
    except WeightsMissing as missing:
        return _say(model, missing.sentence, good=False)
    return _say(model, f"{model.weights.name} is as it should be")


def _prepare(store: WeightStore, model: ListedModel) -> bool:
    if model.weights is None:
        return _list(store, model)
    try:
        weights = store.prepare(model.weights, lambda what: _progress(f"    {what} …"))
    except WeightsMissing as missing:
        return _say(model, missing.sentence, good=False)
    return _say(model, f"{weights.name} is ready")


def _server(config: Config) -> bool:
    """Every action is the same for a model elsewhere: see whether it is there."""
    from bot.core.server_writer import find_model  # noqa: PLC0415

    try:
        text, good = f"{find_model(config.writer_server)}, served by {config.writer_server.url}", True
    except WriterUnavailable as error:
        text, good = error.sentence, False
    sys.stdout.write(f"{'writer':<8} {text}\n")
    return good


_ACTIONS = {"list": _list, "check": _check, "prepare": _prepare}


def _say(model: ListedModel, text: str, *, good: bool = True) -> bool:
    sys.stdout.write(f"{model.role:<8} {text}\n")
    return good


def _progress(text: str) -> None:
    sys.stderr.write(f"{text}\n")
