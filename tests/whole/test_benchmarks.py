"""What `kpi` is compared with does the same work, and is measured as documented."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from council import write_council
from helpers.councils import ROOT
from measuring import Command, Comparison, Run, measure

from merton_kpi.papers.build import write_index_workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    from merton_kpi.scorecard.records import Scorecard


def test_the_straight_script_writes_the_workbooks_own_cells_and_styles(
    november: Scorecard, tmp_path: Path
) -> None:
    ours, values, straight = (tmp_path / name for name in ("ours.xlsx", "values", "straight.xlsx"))
    ours.write_bytes(write_index_workbook(november))
    run_script("values.py", ours, values)
    run_script("straight.py", values, straight)
    for sheet, same in zip(*map(openpyxl.load_workbook, (ours, straight)), strict=True):
        assert read_sheet(same) == read_sheet(sheet)


def run_script(name: str, *paths: Path) -> None:
    subprocess.run([sys.executable, ROOT / "benchmarks" / name, *paths], check=True)


def read_sheet(sheet: Any) -> dict[str, Any]:
    """All that both write of a sheet; only ours has charts."""
    return {
        "name": sheet.title,
        "cells": [[read_cell(cell) for cell in row] for row in sheet.iter_rows()],
        "widths": {letter: each.width for letter, each in sheet.column_dimensions.items()},
        "heights": {number: each.height for number, each in sheet.row_dimensions.items()},
        "tables": sheet.tables.items(),
        "held": sheet.freeze_panes,
        "printed": (sheet.print_title_rows, sheet.page_setup.paperSize, dict(sheet.page_margins)),
    }


def read_cell(cell: Any) -> tuple[Any, ...]:
    look = (cell.style, cell.font, cell.fill, cell.border, cell.alignment, cell.number_format)
    return cell.value, cell.hyperlink and cell.hyperlink.location, *map(repr, look)


def test_a_made_up_council_is_built_without_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kpi: Callable[..., Outcome]
) -> None:
    write_council(tmp_path / "council", 60)
    monkeypatch.chdir(tmp_path / "council")
    done = kpi("build", "--month", "2021-03")
    assert (done.code, done.err) == (0, "")
    assert "60 indicators" in done.out


def test_the_ratio_is_the_median_of_the_pairs_ratios_not_of_the_medians() -> None:
    pairs = [(1.0, 1.0), (6.0, 2.0), (4.0, 5.0)]
    measured = Comparison(
        names=("a", "b"),
        pairs=tuple((Run(seconds=a, peak=7), Run(seconds=b, peak=None)) for a, b in pairs),
        size=39,
        most=None,
    )
    assert measured.seconds == (4.0, 2.0)
    assert measured.ratios == (0.9, 1.0, 2.0)
    assert measured.peaks == (7, None)


def test_a_command_that_fails_is_no_measurement(tmp_path: Path) -> None:
    line = (sys.executable, "-c", "import sys; print(end='it broke', file=sys.stderr); sys.exit(1)")
    with pytest.raises(RuntimeError, match=r"^a fault failed: it broke$"):
        measure(Command(name="a fault", line=line, folder=tmp_path))
