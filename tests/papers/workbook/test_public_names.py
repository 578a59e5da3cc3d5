"""The workbook is written by its libraries' public names alone."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import merton_kpi.papers.workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(str(merton_kpi.papers.workbook.__file__)).parent
MODULES = sorted(FOLDER.glob("*.py"))


def list_private_names(source: str) -> Iterator[str]:
    """Imports and attributes with a leading underscore, except on `self` and `cls`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and is_private(node.attr):
            if not (isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")):
                yield f"line {node.lineno}: {ast.unparse(node)}"
        elif isinstance(node, ast.ImportFrom):
            names = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
            yield from (f"line {node.lineno}: {name}" for name in names if is_private(name))
        elif isinstance(node, ast.Import):
            names = [part for alias in node.names for part in alias.name.split(".")]
            yield from (f"line {node.lineno}: {name}" for name in names if is_private(name))


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_private_name_is_used(path: Path) -> None:
    assert list(list_private_names(path.read_text(encoding="utf-8"))) == []


def test_a_private_name_is_seen() -> None:
    source = "from openpyxl.cell._writer import write_cell\nimport a._b\nbook._fonts\nself._own\n"
    assert list(list_private_names(source)) == [
        "line 1: _writer",
        "line 2: _b",
        "line 3: book._fonts",
    ]
