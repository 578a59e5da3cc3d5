"""A build is little more than its imports, measured side by side in one run."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

import pytest
from conftest import ROOT

IMPORTS = "import typer, pydantic, yaml, jinja2, openpyxl"
BUILD = ("-m", "merton_kpi", "build", "--month", "2020-11", "--out")


def measure(*arguments: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - start


@pytest.mark.slow
def test_a_build_takes_at_most_twice_its_imports(tmp_path: object) -> None:
    pairs = [(measure(*BUILD, str(tmp_path)), measure("-c", IMPORTS)) for _ in range(9)]
    build, imports = (statistics.median(times) for times in zip(*pairs, strict=True))
    print(f"build {build:.3f} s, imports {imports:.3f} s, ratio {build / imports:.2f}")
    assert build / imports <= 2
