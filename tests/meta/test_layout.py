"""Budgets of the tree: they keep files and functions readable, and the house in order."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "bot").rglob("*.py"))
MAX_FILE = 300
MAX_COG = 200
MAX_FUNCTION = 50


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_a_file_stays_readable(path: Path) -> None:
    lines = path.read_text().count("\n")
    assert lines <= (MAX_COG if path.parent.name == "cogs" else MAX_FILE)


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_a_function_stays_short_and_a_module_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert ast.get_docstring(tree), "no module docstring"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= MAX_FUNCTION, f"{node.name} has {length} lines"


@pytest.mark.parametrize("name", ["utils", "helpers", "manager", "common", "misc"])
def test_no_module_has_a_name_that_says_nothing(name: str) -> None:
    assert name not in {path.stem for path in SOURCES}


def test_importing_every_module_loads_no_torch_and_prints_nothing() -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in SOURCES
        if "training" not in path.parts and path.name != "__main__.py"
    ]
    code = f"import importlib, sys\nfor name in {modules!r}: importlib.import_module(name)\n"
    code += "sys.exit('torch' in sys.modules or 'transformers' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)  # noqa: S603
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_no_mock_is_used() -> None:
    for path in (ROOT / "tests").rglob("*.py"):
        assert "unittest" + ".mock" not in path.read_text(), _name(path)
