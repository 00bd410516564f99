"""`verbatim evaluate`: run one task over records with references and print its figures as one JSON object.

A record is what `batch` takes, with one field more, `expected`: the text (extract), a list of summaries (summarize),
of quotes with start, end and speaker (quotes), of answers, empty where there is none (ask), or true or false (check).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.cli import jsonl
from bot.cli.batch import answers
from bot.cli.numbers import MOST_WORKERS, whole
from bot.cli.progress import Progress
from bot.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from bot.config import Config

_TASKS = ("ask", "check", "extract", "quotes", "summarize")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("evaluate", help="score a task on a JSONL file with references")
    parser.add_argument("task", choices=_TASKS)
    parser.add_argument("gold", metavar="GOLD", help="a JSONL file: records of batch, each with its `expected`")
    parser.add_argument("--writer", metavar="NAME", help="none, default, a folder or a hub id; else as configured")
    parser.add_argument(
        "--workers", type=whole(1, MOST_WORKERS), default=1, metavar="N", help="processes to share the work"
    )
    parser.set_defaults(command=run)


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Print the figures, with how many records there were and how many failed."""
    from bot.core.scoring import SCORERS, Case  # noqa: PLC0415  keeps --help free of the core

    with jsonl.opened(arguments.gold, "r") as source:
        lines = list(jsonl.read(source))
    for line in lines:
        if line.record is None or "expected" not in line.record:
            message = f"Line {line.number} of {arguments.gold} has no field “expected”."
            raise UsageError(message, "Add the reference to each record, or use batch.")
    if not lines:
        message = f"The file {arguments.gold} has no records."
        raise UsageError(message)
    cases, failed = [], 0
    with Progress(arguments.task, len(lines)) as progress:
        for line, answer in zip(lines, answers(arguments.task, config, lines, arguments.workers), strict=True):
            record = line.record or {}
            failed += "error" in answer
            cases.append(Case(record, record["expected"], answer))
            progress.advance()
    figures = SCORERS[arguments.task](cases)
    print(json.dumps({"records": len(cases), "failed": failed, **figures}))  # noqa: T201
    return 0
