"""The package uses public names alone, of its libraries and of its own modules."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest
from helpers.councils import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MODULES = sorted((ROOT / "src").rglob("*.py"))


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
    """Whether a name begins with an underscore, and is not one that Python documents.

    Those end with one too: `__future__`, `__str__`, and `_value_`, which an enum's `__new__` sets.
    """
    return name.startswith("_") and not name.endswith("_")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_private_name_is_used(path: Path) -> None:
    assert list(list_private_names(path.read_text(encoding="utf-8"))) == []


def test_a_private_name_is_seen() -> None:
    source = """\
from __future__ import annotations
from openpyxl.cell._writer import write_cell
import a._b
from merton_kpi.cli.console import _compose_line
book._fonts
self._own
self.book._fonts
cls._own
type(value).__str__
member._value_
book.__fonts
"""
    assert sorted(list_private_names(source)) == [
        "line 11: book.__fonts",
        "line 2: _writer",
        "line 3: _b",
        "line 4: _compose_line",
        "line 5: book._fonts",
        "line 7: self.book._fonts",
    ]
