"""Programs that slow tests run: where they are, and what happens where one is not installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NoReturn

import pytest
from filelock import FileLock

# With this in the environment, a test whose program is missing fails: .ci/run sets it for those
# that it has installed the programs for.
REQUIRED = "KPI_TESTS_SKIP_NOTHING"


def stop_without(what: str) -> NoReturn:
    """Skip the test, which needs this. Where nothing may be skipped, it fails."""
    reason = f"not installed: {what}"
    if os.environ.get(REQUIRED):
        pytest.fail(reason)
    pytest.skip(reason)


def find_program(*names: str) -> str:
    """The path of a program that has one of these names."""
    for name in names:
        if path := shutil.which(name):
            return path
    stop_without(" or ".join(names))


def install_node_packages(*names: str) -> Path:
    """The folder `node_modules` with these packages of npm, each with its version.

    They are kept outside the project from one run to the next, in a folder for each choice.
    """
    npm = find_program("npm")
    label = "-".join(sorted(name.strip("@").replace("/", "-") for name in names))
    folder = Path(tempfile.gettempdir()) / "merton-kpi-node" / label
    folder.mkdir(parents=True, exist_ok=True)
    modules = folder / "node_modules"
    with FileLock(folder / "lock"):  # tests may run in several processes
        if not all((modules / name.rpartition("@")[0]).exists() for name in names):
            command = [npm, "install", "--no-save", "--prefix", str(folder), *names]
            try:
                subprocess.run(command, check=True, capture_output=True, timeout=300)
            except subprocess.SubprocessError as error:
                stop_without(f"{', '.join(names)}, since npm says: {error}")
    return modules
