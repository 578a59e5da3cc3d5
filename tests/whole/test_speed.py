"""A build against its imports, and a large one against a small one, each measured in one run."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from compare import FLOOR
from council import MONTHS, write_council
from helpers.councils import ROOT
from measuring import Command, compare

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.slow
def test_a_build_takes_at_most_four_times_as_long_as_its_imports(tmp_path: Path) -> None:
    """About twice on a quiet machine; fails where something is badly wrong."""
    line = ("-m", "merton_kpi", "build", "--month", "2020-11", "--out", str(tmp_path))
    build = Command(name="a build", line=(sys.executable, *line), folder=ROOT)
    floor = Command(name="its imports", line=(sys.executable, "-c", FLOOR), folder=ROOT)
    measured = compare(build, floor, pairs=15, size=39)
    print(measured)
    assert measured.ratios[1] <= 4


@pytest.mark.slow
def test_no_step_of_a_build_takes_longer_an_indicator_the_more_there_are(tmp_path: Path) -> None:
    """One whose time grew with the square of them would take four times as long for each."""
    few, many = (measure_steps(tmp_path / str(size), size) for size in (250, 1_000))
    grown = {name: many[name] / few[name] / 4 for name in few}
    print(grown)
    assert {name for name, growth in grown.items() if growth > 2} == set()


def measure_steps(folder: Path, size: int) -> dict[str, float]:
    """The seconds of the steps of a build, and of each paper alone."""
    write_council(folder, size)
    line = (sys.executable, ROOT / "benchmarks" / "steps.py", MONTHS[-1])
    steps, papers = json.loads(subprocess.check_output(line, cwd=folder))
    return {name: seconds for name, (seconds, _) in {**steps, **papers}.items()}
