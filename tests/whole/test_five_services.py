"""A housing analyst's month: five services' workbooks as they come, papers in ten actions.

The catalogue describes the services' sheets, which is done once. After that, an action is a file
that is saved in a folder, or a command; no figure is typed again.
"""

from __future__ import annotations

import csv
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from helpers.five_services import (
    CATALOGUE,
    FIGURES,
    HOMELESSNESS,
    LETTINGS,
    REPAIRS,
    Sheet,
    list_compliance,
    list_rents,
    make_workbook,
)
from helpers.libreoffice import save_in_libreoffice
from helpers.return_books import fill_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]
    Convert = Callable[[bytes], bytes]

MOST_ACTIONS = 10


@dataclass(frozen=True, slots=True)
class Save:
    """Save a workbook that a service sent; a file with the same name is replaced."""

    name: str
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Type a command."""

    command: str


RENTS = list_rents(1_852_600)
RENTS_CORRECTED = list_rents(1_825_600)
COMPLIANCE = list_compliance(has_formulas=False)
MONTH: tuple[Save | Run, ...] = (
    Save("2025-04-rents.xlsx", RENTS),
    Save("2025-04-lettings.xlsx", LETTINGS),
    Save("2025-04-homelessness.xlsx", HOMELESSNESS),
    Save("2025-04-compliance.xlsx", COMPLIANCE),
    Run("build --month 2025-04"),  # the draft, with what is missing
    Run("due --month 2025-04 --out reminders"),
    Save("2025-04-rents.xlsx", RENTS),  # sent once more
    Save("2025-04-rents.xlsx", RENTS_CORRECTED),
    Save("2025-04-repairs.xlsx", REPAIRS),  # late
    Run("build --month 2025-04 --final"),
)


@pytest.fixture
def marbury(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the panel's catalogue and an empty folder of extracts."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(CATALOGUE, tmp_path)
    (tmp_path / "data").mkdir()
    return tmp_path


def keep(content: bytes) -> bytes:
    return content


def act(kpi: Kpi, actions: tuple[Save | Run, ...], convert: Convert = keep) -> list[Outcome]:
    """Do what the analyst does; returns what the commands did."""
    outcomes = []
    for each in actions:
        if isinstance(each, Save):
            Path("data", each.name).write_bytes(convert(make_workbook(each.sheets)))
        else:
            outcomes.append(kpi(*each.command.split()))
    return outcomes


def read_index() -> dict[str, dict[str, str]]:
    """April's rows of the final CSV file, by indicator."""
    path = Path("output/performance-index-2025-04.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["indicator"]: row for row in csv.DictReader(file)}


def check_papers(outcomes: list[Outcome]) -> None:
    """The draft names what is missing, and the final papers have the figures of the workbooks."""
    draft, chased, final = outcomes
    assert (draft.code, chased.code, final.code) == (0, 0, 0), final.err
    assert "Due and missing: 2\n" in draft.out
    assert {path.stem for path in Path("reminders").glob("2*")} == {"2025-04-head-of-repairs"}
    assert "April 2025, final: 11 indicators; 11 rows in 5 extracts, all used\n" in final.out
    rows = read_index()
    assert {number: row["value"] for number, row in rows.items()} == FIGURES
    assert (rows["9"]["numerator"], rows["9"]["denominator"]) == ("1063", "4718")
    assert rows["7"]["note"] == "'+2 sept panel"  # quoted: it looks like a formula
    report = Path("output/exception-report-2025-04.md").read_text(encoding="utf-8")
    assert "Two plumbers left in April." in report


def test_the_papers_of_a_month_take_ten_actions_and_no_typed_figure(
    kpi: Kpi, marbury: Path
) -> None:
    assert len(MONTH) <= MOST_ACTIONS
    check_papers(act(kpi, MONTH))
    assert {path.suffix for path in (marbury / "data").iterdir()} == {".xlsx"}
    assert kpi("check", "--data", "data", "--strict").code == 0


def test_a_correction_that_is_saved_beside_the_first_workbook_is_one_sentence(
    kpi: Kpi, marbury: Path, messages: Callable[..., None]
) -> None:
    """Ten actions still: it is read, and the older workbook removed."""
    first, *others = MONTH[:4]
    (outcome,) = act(
        kpi,
        (first, *others, Save("2025-04-rents v2.xlsx", RENTS_CORRECTED), Run("check --data data")),
    )
    assert outcome.code == 1
    errors = [line for line in outcome.err.splitlines() if ": error: " in line]
    assert len(errors) == 1
    messages(errors)
    Path("data/2025-04-rents.xlsx").unlink()
    assert kpi("check", "--data", "data").code == 0


def test_a_late_workbook_may_come_with_the_next_months(kpi: Kpi, marbury: Path) -> None:
    """April's papers stay as they were, and those of May have both months' figures."""
    act(kpi, (*MONTH[:4], Run("build --month 2025-04")))
    before = Path("output/performance-index-2025-04.csv").read_bytes()
    act(kpi, (Save("2025-05-repairs.xlsx", REPAIRS), Run("build --month 2025-04")))
    assert Path("output/performance-index-2025-04.csv").read_bytes() == before
    assert kpi("build", "--month", "2025-05").code == 0
    explained = kpi("explain", "2", "--month", "2025-05").out
    assert "1,234" in explained


@pytest.mark.parametrize(
    "command",
    [
        "due --month 2025-04 --out filled",
        "template --month 2025-04 --format xlsx --owner repairs --out filled",
    ],
    ids=["due", "template"],
)
def test_kpis_own_workbook_is_read_when_it_comes_back(
    command: str, kpi: Kpi, marbury: Path
) -> None:
    """Its name fits the entry for the service's own sheets, and its headings are kpi's."""
    act(kpi, (*MONTH[:4], Run(command)))
    name = "2025-04-head-of-repairs.xlsx"
    fills: list[dict[str, Any]] = [{"Value": 96.4}, {"Value": 1234, "Note": "By phone too"}]
    content = fill_in(Path("filled", name).read_bytes(), fills)
    Path("data", name).write_bytes(content)
    assert kpi("build", "--month", "2025-04").code == 0
    rows = read_index()
    assert (rows["1"]["value"], rows["2"]["value"]) == ("96.4", "1234")
    assert rows["2"]["note"] == "By phone too"


@pytest.mark.slow
def test_workbooks_saved_in_libreoffice_give_the_same_papers(
    kpi: Kpi, marbury: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Its formulas have values, and the files have its parts and styles."""
    actions = tuple(
        Save(each.name, list_compliance(has_formulas=True))
        if isinstance(each, Save) and each.sheets is COMPLIANCE
        else each
        for each in MONTH
    )
    folder = tmp_path_factory.mktemp("libreoffice")
    check_papers(act(kpi, actions, lambda content: save_in_libreoffice(content, folder)))
