"""The commands about one article: `summarize`, `quotes`, `ask` and `check`."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.article import Length
from bot.cli.source import SourceArgument
from bot.errors import UsageError
from bot.render import records, terminal

if TYPE_CHECKING:
    import argparse
    from collections.abc import Awaitable, Callable, Sequence

    from bot.article import Article, Quote, Summary
    from bot.config import Config
    from bot.core.desk import Desk


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the four commands."""
    summarize = _declare(subparsers, "summarize", _summarize, "summarise an article and list its quotes")
    summarize.add_argument("--length", choices=[length.value for length in Length], help="default: as configured")
    summarize.add_argument("--evidence", action="store_true", help="show the passage behind each sentence")
    summarize.add_argument("--writer", metavar="NAME", help="none, default, a folder or a hub id; else as configured")
    _declare(subparsers, "quotes", _quotes, "list the quotes of an article with their speakers")
    ask = _declare(subparsers, "ask", _ask, "answer a question from an article, or say that it does not say")
    ask.add_argument("question", metavar="QUESTION")
    check = _declare(subparsers, "check", _check, "check a summary against an article, statement by statement")
    check.add_argument("summary", metavar="SUMMARY", help="the summary's text, or @FILE")


def _declare(
    subparsers: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    answer: Callable[[argparse.Namespace, Desk, Article], Awaitable[int]],
    explanation: str,
) -> argparse.ArgumentParser:
    parser = subparsers.add_parser(name, help=explanation, description=f"{explanation[0].upper()}{explanation[1:]}.")
    parser.add_argument("source", metavar="SOURCE", help="a link, a file, or - for standard input")
    parser.add_argument("--json", action="store_true", help="print one JSON object, for programs")
    parser.add_argument("--no-cache", action="store_true", help="neither read nor write the cache")
    parser.set_defaults(command=_command, answer=answer)
    return parser


def _command(arguments: argparse.Namespace, config: Config) -> int:
    return asyncio.run(_answer(arguments, config))


async def _answer(arguments: argparse.Namespace, config: Config) -> int:
    from bot.core.assembly import open_desk  # noqa: PLC0415  keeps --help free of the core

    source = SourceArgument(arguments.source).read()
    async with open_desk(config, cached=not arguments.no_cache) as desk:
        article = await desk.open(source)
        status: int = await arguments.answer(arguments, desk, article)
        return status


async def _summarize(arguments: argparse.Namespace, desk: Desk, article: Article) -> int:
    summary = await desk.summarise(article, Length(arguments.length) if arguments.length else None)
    quotes = await desk.quotes(article)
    if arguments.json:
        return _print_json(
            {
                **_about(article),
                "summary": records.summary_records(summary),
                "quotes": records.quote_records(quotes),
            }
        )
    return _print(summary_page(article, summary, quotes, evidence=arguments.evidence))


def summary_page(article: Article, summary: Summary, quotes: Sequence[Quote], *, evidence: bool) -> str:
    """Title, summary and quotes, for this terminal."""
    style = _style()
    head = terminal.masthead(article, style)
    body = terminal.summary(article, summary, style, evidence=evidence)
    return f"{head}\n\n{body}\n\n{style.bold('Quotes')}\n{terminal.quotes(article, quotes, style)}"


async def _quotes(arguments: argparse.Namespace, desk: Desk, article: Article) -> int:
    quotes = await desk.quotes(article)
    if arguments.json:
        return _print_json({**_about(article), "quotes": records.quote_records(quotes)})
    return _print(terminal.quotes(article, quotes, _style()))


async def _ask(arguments: argparse.Namespace, desk: Desk, article: Article) -> int:
    answer = await desk.ask(article, arguments.question)
    if arguments.json:
        return _print_json(records.answer_record(answer))
    return _print(terminal.answer(article, answer, _style()))


async def _check(arguments: argparse.Namespace, desk: Desk, article: Article) -> int:
    summary = _text_argument(arguments.summary)
    if not summary.strip():
        message = "There is no summary."
        raise UsageError(message, "Give its text, or @FILE.")
    verdict = await desk.check(article, summary)
    if arguments.json:
        return _print_json(records.verdict_record(verdict))
    return _print(terminal.verdict(article, verdict, _style()))


def _text_argument(text: str) -> str:
    if not text.startswith("@"):
        return text
    try:
        return Path(text[1:]).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"The summary file {text[1:]} cannot be read as UTF-8 text."
        raise UsageError(message) from error


def _about(article: Article) -> dict[str, Any]:
    return {**records.article_record(article), "url": article.url, "credit": article.credit}


def _style() -> terminal.Style:
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    return terminal.Style(width=shutil.get_terminal_size().columns, colour=colour)


def _print(text: str) -> int:
    sys.stdout.write(text + "\n")
    return 0


def _print_json(record: dict[str, Any]) -> int:
    return _print(json.dumps(record, ensure_ascii=False, indent=2))
