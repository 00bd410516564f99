"""How long a 1,000-token article takes from text to summary and quotes, beside llama.cpp writing a summary of it.

    python -m benchmarks.speed [--runs 5]

`verbatim bench` with the default configuration, whatever the user's own is: both run in turn, with one thread each, so
that the ratio holds on a busy machine. llama.cpp is measured where `llama-cpp-python` is installed:
SmolLM2-135M-Instruct, Q4, 120 tokens. Resident memory is that of the models' process.
"""

from __future__ import annotations

import argparse
import json
import sys

from bot.cli.bench import record
from bot.config import Config
from bot.core.bench import measure


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=300.0, help="when to begin nothing more")
    chosen = parser.parse_args()
    figures = measure(Config(), rounds=chosen.runs, seconds=chosen.seconds)
    sys.stdout.write(json.dumps(record(figures)) + "\n")


if __name__ == "__main__":
    main()
