"""The door from the shell: `python -m bot` and `verbatim` are the same."""

from __future__ import annotations

import sys

from bot.cli.main import run


def main() -> None:
    """Run the command line and end the process with its exit status."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
