"""The house's one direction of flow: a module imports only those above it."""

from __future__ import annotations

import ast
from pathlib import Path

import merton_kpi

ORDER = (
    "vocab",
    "formats",
    "periods",
    "headings",
    "issues",
    "files",
    "texts",
    "escapes",
    "days",
    "fields",
    "entries",
    "targets",
    "model",
    "schema",
    "goals",
    "traps",
    "yamltext",
    "yamledit",
    "faults",
    "links",
    "limits",
    "catalogue",
    "csvtext",
    "figures",
    "extracts",
    "suppression",
    "matching",
    "rating",
    "restating",
    "rates",
    "quality",
    "doubts",
    "context",
    "explain",
    "cells",
    "meetings",
    "scorecard",
    "due",
    "chaser",
    "form",
    "progress",
    "definitions",
    "differences",
    "terminal",
    "fitting",
    "layout",
    "overview",
    "trends",
    "signoff",
    "sheets",
    "styles",
    "markup",
    "charts",
    "package",
    "workbook",
    "report",
    "table",
    "inputs",
    "doubting",
    "scoring",
    "outturns",
    "newyear",
    "newyeartable",
    "rollover",
    "manifest",
    "papers",
    "writing",
    "listings",
    "options",
    "console",
    "views",
    "starters",
    "cli",
    "__main__",
)
SOURCE = Path(merton_kpi.__file__).parent


def list_imports(module: str) -> set[str]:
    tree = ast.parse((SOURCE / f"{module}.py").read_text(encoding="utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    ours = {name.split(".")[1] for name in names if name.startswith("merton_kpi.")}
    return ours - {"__version__", "templates"}


def test_the_order_names_every_module() -> None:
    """A new module takes its place in the order."""
    assert {path.stem for path in SOURCE.glob("*.py")} - {"__init__"} == set(ORDER)


def test_each_module_imports_only_those_above_it() -> None:
    """Data goes one way, and so do imports."""
    for place, module in enumerate(ORDER):
        assert list_imports(module) <= set(ORDER[:place]), module
