"""`verbatim batch`: one task over many records, a JSON object a line, in the order of the input.

A record that fails is answered with its error and the run goes on: bad input never stops a batch. The shapes are a
contract with scripts outside, so names here do not change.
"""

from __future__ import annotations

import logging
import multiprocessing
import time
from functools import partial
from typing import TYPE_CHECKING

from bot.article import Length
from bot.cli import jsonl
from bot.cli.numbers import MOST_WORKERS, whole
from bot.cli.progress import Progress
from bot.errors import UsageError, VerbatimError, WriterUnavailable
from bot.render import records

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterator

    from bot.article import Article, Summary
    from bot.cli.jsonl import Line, Record
    from bot.config import Config
    from bot.core.engine import Engine

EXIT_SOME_FAILED = 3
_log = logging.getLogger(__name__)


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("batch", help="run one task over many records in a JSONL file")
    parser.add_argument("task", choices=sorted(TASKS), help="what to do with each record")
    parser.add_argument("--input", required=True, metavar="IN", help="the JSONL file to read, - for standard input")
    parser.add_argument("--output", required=True, metavar="OUT", help="the JSONL file to write, - for standard output")
    parser.add_argument(
        "--writer", metavar="NAME", help="none, default, a folder, a hub id or server; else as configured"
    )
    parser.add_argument(
        "--workers", type=whole(1, MOST_WORKERS), default=1, metavar="N", help="processes to share the work"
    )
    parser.set_defaults(command=run)


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Answer every record; see the module's contract for the exit status."""
    with jsonl.opened(arguments.input, "r") as source:
        lines = list(jsonl.read(source))
    failed = 0
    with jsonl.opened(arguments.output, "w") as sink, Progress(arguments.task, len(lines)) as progress:
        for answer in answers(arguments.task, config, lines, arguments.workers):
            failed += "error" in answer
            jsonl.write(sink, answer)
            progress.advance()
    return EXIT_SOME_FAILED if failed else 0


def answers(task: str, config: Config, lines: list[Line], workers: int) -> Iterator[Record]:
    """Answer the lines in their order, in `workers` processes."""
    if workers == 1:
        yield from map(partial(answer, _engine(config), task), lines)
        return
    context = multiprocessing.get_context("spawn")
    with context.Pool(workers, initializer=_start_process, initargs=(task, config)) as pool:
        yield from pool.imap(_answer_in_process, lines, chunksize=1)


def _engine(config: Config) -> Engine:
    from bot.core.assembly import build_engine  # noqa: PLC0415  keeps --help free of the core

    return build_engine(config)


_process: list[Callable[[Line], Record]] = []


def _start_process(task: str, config: Config) -> None:
    _process.append(partial(answer, _engine(config), task))


def _answer_in_process(line: Line) -> Record:
    return _process[0](line)


def answer(engine: Engine, task: str, line: Line) -> Record:
    """Answer one line; what went wrong is in the answer."""
    if line.record is None:
        return _error(None, "bad_record", f"Line {line.number} is not a JSON object.")
    identifier = line.record.get("id")
    try:
        return {"id": identifier, **TASKS[task](engine, line.record)}
    except VerbatimError as error:
        return _error(identifier, error.kind, error.sentence)
    except Exception as error:  # noqa: BLE001  the outermost door: one record's fault must not end the run
        return _error(identifier, "fault", f"Verbatim failed on this record: {type(error).__name__}: {error}.")


def _error(identifier: object, kind: str, message: str) -> Record:
    return {"id": identifier, "error": {"kind": kind, "message": message}}


def _field(record: Record, name: str) -> str:
    value = record.get(name)
    if not isinstance(value, str):
        message = f"The record's field “{name}” is {'missing' if value is None else 'not a string'}."
        raise UsageError(message)
    return value


def _optional(record: Record, name: str) -> str | None:
    return _field(record, name) if record.get(name) is not None else None


def _extract(engine: Engine, record: Record) -> Record:
    return records.article_record(engine.extract_page(_field(record, "html"), _optional(record, "url")))


def _clean(engine: Engine, record: Record) -> Record:
    cleaned = engine.clean(_field(record, "text"))
    return {"text": cleaned.text, "title": cleaned.title, "removed": records.span_records(cleaned.removed)}


def _quotes(engine: Engine, record: Record) -> Record:
    article = engine.read_body(_field(record, "text"))
    return {"quotes": records.quote_records(engine.quotes(article))}


def _summarize(engine: Engine, record: Record) -> Record:
    length = _length(_optional(record, "length"))
    start = time.perf_counter()
    article = engine.read_body(_field(record, "text"), _optional(record, "title"))
    summary = _written(engine, article, length)
    quotes = engine.quotes(article)
    seconds = round(time.perf_counter() - start, 4)
    return {
        "summary": records.summary_records(summary),
        "quotes": records.quote_records(quotes),
        "seconds": seconds,
    }


def _written(engine: Engine, article: Article, length: Length) -> Summary:
    try:
        return engine.summarise(article, length)
    except WriterUnavailable as error:
        _log.warning("a summary has the article's own sentences: %s", error.sentence)
        return engine.extract(article, length)


def _length(name: str | None) -> Length:
    try:
        return Length(name or Length.MEDIUM)
    except ValueError as error:
        message = f"The length “{name}” is unknown; use short, medium or long."
        raise UsageError(message) from error


def _ask(engine: Engine, record: Record) -> Record:
    article = engine.read_body(_field(record, "text"))
    return records.answer_record(engine.ask(article, _field(record, "question")))


def _check(engine: Engine, record: Record) -> Record:
    article = engine.read_body(_field(record, "text"))
    return records.verdict_record(engine.check(article, _field(record, "summary")))


def _embed(engine: Engine, record: Record) -> Record:
    return {"vector": list(engine.embed(engine.read_body(_field(record, "text"))))}


TASKS: dict[str, Callable[[Engine, Record], Record]] = {
    "extract": _extract,
    "clean": _clean,
    "quotes": _quotes,
    "summarize": _summarize,
    "ask": _ask,
    "check": _check,
    "embed": _embed,
}
