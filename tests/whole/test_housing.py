"""A landlord's 25 indicators through their year: arrears, empty homes, repairs, lettings, tenants.

They have most of the forms that an indicator can have: pounds, days, weeks and tonnes; counts of
each month, percentages to date and milestones; targets in steps, set late and of another area; a
judgement, a break, a landlord split in two, an indicator taken out, and figures in arrears.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.councils import ROOT, Outcome
from helpers.show_workbook import show_sheet
from helpers.xlsx import Book

if TYPE_CHECKING:
    from collections.abc import Callable

    Kpi = Callable[..., Outcome]

HOUSING = ROOT / "tests/whole/housing"


@pytest.fixture
def northmere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the landlord's catalogue and the year's extracts."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(HOUSING, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.mark.parametrize(
    ("month", "papers"),
    [
        ("2024-06", "2024-06"),
        ("2024-12", "2024-12"),
        ("2025-05", "2024-25-to-2025-05"),
    ],
)
def test_the_papers_of_a_meeting_read_well(
    kpi: Kpi, northmere: Path, golden: Callable[[str, str], None], month: str, papers: str
) -> None:
    outcome = kpi("build", "--month", month, "--final")
    assert (outcome.code, outcome.err) == (0, "")
    report = Path(f"output/exception-report-{papers}.md").read_text(encoding="utf-8")
    golden(f"housing-{papers}.md", report)
    book = Book(Path(f"output/performance-index-{papers}.xlsx").read_bytes())
    lines = [line for sheet in book.sheets for line in show_sheet(book, sheet)]
    golden(f"housing-{papers}.txt", "\n".join(lines) + "\n")


def test_the_next_year_begins_where_this_one_ends(
    kpi: Kpi, northmere: Path, golden: Callable[[str, str], None]
) -> None:
    """The new catalogue is sound, and takes April's figures of the old one."""
    outcome = kpi("new-year", "2025/26", "--write")
    assert (outcome.code, outcome.err) == (0, "")
    catalogue = Path("indicators-2025-26.yaml")
    golden("housing-2025-26.yaml", catalogue.read_text(encoding="utf-8"))
    assert kpi("check", "--catalogue", catalogue).code == 0


def test_the_services_and_what_is_due_can_be_listed(kpi: Kpi, northmere: Path) -> None:
    repairs = kpi("show", "--month", "2024-12", "--service", "Repairs")
    assert (repairs.code, repairs.err) == (0, "")
    assert "Repairs finished at the first visit" in repairs.out
    assert "Rent arrears" not in repairs.out
    due = kpi("due", "--month", "2024-07", "--service", "Lettings")
    assert due.code == 0
