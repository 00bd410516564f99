"""Run by a test: die without a farewell while an engine's process is at work."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from fake_engine import FakeEngine

from bot.model.worker import Worker


async def _main(gate: Path) -> None:
    worker = Worker(FakeEngine)
    print(await worker.call("process_id", deadline=30.0), flush=True)  # noqa: T201  told to the test
    working = asyncio.create_task(worker.call("hold", gate, deadline=30.0))
    while not gate.with_suffix(".held").exists():  # noqa: ASYNC110  another process makes the file
        await asyncio.sleep(0.002)
    working.cancel()
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(_main(Path(sys.argv[1])))
