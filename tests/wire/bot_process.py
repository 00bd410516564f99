"""`verbatim` as a process, with models that answer at once: for tests that need a process to stop or to kill."""

from __future__ import annotations

import sys

from wire.engine import quick_engine

from bot.app import serve
from bot.cli import main

if __name__ == "__main__":
    serve.build_engine = quick_engine  # type: ignore[assignment, attr-defined]
    sys.exit(main.run(sys.argv[1:]))
