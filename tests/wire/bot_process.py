"""`verbatim` as a process, with models that answer at once: for tests that need a process to stop or to kill."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    # Here, because the worker's process imports this module too, and needs none of it.
    from wire.engine import quick_engine

    from bot.app import serve
    from bot.cli import main

    serve.warm_engine = quick_engine  # type: ignore[assignment, attr-defined]
    sys.exit(main.run(sys.argv[1:]))
