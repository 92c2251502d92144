"""Modules and functions stay small enough to read at once."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULE_LINES = 400
TEST_LINES = 600
FUNCTION_LINES = 50


def modules(folder: str) -> Iterator[Path]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


def lines_of(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_modules_are_short() -> None:
    long = [f"{path.relative_to(ROOT)}: {n}" for path in modules("src") if (n := lines_of(path)) > MODULE_LINES]
    assert long == []


def test_test_modules_are_short() -> None:
    long = [f"{path.relative_to(ROOT)}: {n}" for path in modules("tests") if (n := lines_of(path)) > TEST_LINES]
    assert long == []


def test_functions_are_short() -> None:
    long = []
    for path in modules("src"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > FUNCTION_LINES:
                    long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {length}")
    assert long == []
