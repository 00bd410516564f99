"""Kill the bot at random moments under load, and count the answers: each accepted request is to have exactly one.

    PYTHONPATH=tests python -m benchmarks.discord_kills [--kills 50] [--seed 1]

`verbatim run` in a process of its own, over one database that outlives the kills; a Discord on loopback in this one.
It ends with status 1 where a request was lost, or answered twice.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from wire.kills import Tally, kill_often
from wire.process import BotProcess
from wire.server import LoopbackDiscord


async def measure(kills: int, seed: int) -> Tally:
    """Kill so often, at the moments that the seed gives."""
    with tempfile.TemporaryDirectory() as folder:
        async with LoopbackDiscord() as server:
            return await kill_often(await BotProcess.prepare(server, Path(folder)), kills, seed)


def main() -> int:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    tally = asyncio.run(measure(arguments.kills, arguments.seed))
    sys.stdout.write(json.dumps(asdict(tally), indent=2) + "\n")
    return int(bool(tally.lost or tally.doubled or tally.acknowledged_but_unkept))


if __name__ == "__main__":
    sys.exit(main())
