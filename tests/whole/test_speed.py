"""A build against its imports, measured side by side in one run."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from compare import FLOOR
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
