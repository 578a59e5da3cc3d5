"""The return: a workbook to fill in, what it says of each figure, and what it must not say."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from helpers.councils import make_catalogue
from helpers.libreoffice import press_tab_in_libreoffice
from helpers.return_books import fill_in
from helpers.workbook_rules import RULES
from helpers.xlsx import Book

from merton_kpi.core.issues import require
from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Status
from merton_kpi.extracts.reader import read_extract
from merton_kpi.loading.inputs import Inputs
from merton_kpi.returns.due import compose_due_list
from merton_kpi.returns.return_facts import compose_return_facts
from merton_kpi.returns.return_workbook import write_return_workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    from merton_kpi.extracts.observations import Observation

    Kpi = Callable[..., Outcome]

JULY = Month(2020, 7)
CATALOGUE = make_catalogue("""
    - number: "1"
      title: Homes let in time
      unit: percent
      frequency: monthly
      owner: Head of Housing
      target: {at_least: 90}
    - number: "2"
      title: Children placed far away
      unit: number
      frequency: monthly
      polarity: lower_is_better
      owner: Head of Care
      target: not_a_target_measure
      suppress_small_numbers: true
    - {number: "3", title: Reviews, unit: number, frequency: quarterly, owner: Head of Housing,
       target: new}
    - {number: "4", title: Culture, unit: score, frequency: annual, due_months: [7],
       owner: Head of Care, target: judged}
    """)
EXTRACTS = {
    4: "1,95\n2,3\n",
    5: "1,85.5\n2,17\n",
    6: "1,80\n2,19\n3,12\n",
}


def read_inputs(catalogue: Any = CATALOGUE, month: Month = JULY) -> Inputs:
    observations: list[Observation] = []
    for number, rows in EXTRACTS.items():
        content = f"indicator,value\n{rows}".encode()
        known = Month(2020, number)
        observations += read_extract(content, f"{known}.csv", known).observations
    return Inputs(
        file="indicators.yaml",
        catalogue=catalogue,
        month=month,
        observations=tuple(observations),
    )


def write(owner: str = "", inputs: Inputs | None = None) -> bytes:
    inputs = inputs or read_inputs()
    dues = require(compose_due_list(inputs)).filter(owner=owner or None)
    return write_return_workbook(dues, require(compose_return_facts(inputs)), owner)


def list_rows(content: bytes) -> list[dict[str, Any]]:
    sheet = Book(content)["Return"]
    return [
        dict(zip(sheet.headers, (cell.value for cell in row), strict=True)) for row in sheet.rows
    ]


def test_a_row_says_what_is_due_in_which_unit_and_what_came_before() -> None:
    (row, *_) = list_rows(write("Head of Housing"))
    assert {name: cell for name, cell in row.items() if cell is not None} == {
        "Indicator": "1",
        "Title": "Homes let in time",
        "Due": "Figure for Jul 2020; commentary if it is still amber or red",
        "Period": "2020-07",
        "Unit": "Per cent",
        "Target": "at least 90%",
        "Last three figures": "Apr 2020: 95%; May 2020: 85.5%; Jun 2020: 80%",
        "Last rating": "Red (Jun 2020)",
    }


def test_one_owners_return_has_that_owners_rows_alone() -> None:
    assert [each["Indicator"] for each in list_rows(write("Head of Housing"))] == ["1"]
    every = list_rows(write())
    assert [each["Indicator"] for each in every].count("2") == 1
    assert every[-1]["Due"] == "Judgement for Jul 2020"


def test_commentary_that_is_due_has_a_row_where_no_figure_is_due() -> None:
    inputs = read_inputs(month=Month(2020, 6))
    rows = list_rows(write("Head of Housing", inputs))
    assert [(each["Indicator"], each["Due"]) for each in rows] == [
        ("1", "Commentary, as it is Red")
    ]
    sheet = Book(write("Head of Housing", inputs))["Return"]
    assert [cell.protection.locked for (cell,) in [sheet.column("Value")]] == [True]
    assert [cell.protection.locked for cell in sheet.column("Commentary")] == [False]


def test_only_the_cells_to_be_filled_in_can_be_changed() -> None:
    book = Book(write())
    for sheet in book.sheets:
        protection = sheet.cells.protection
        assert protection.sheet is (sheet.name == "Return")
        assert protection.password is None
    sheet = book["Return"]
    opened = {
        header: [cell.protection.locked for cell in sheet.column(header)]
        for header in sheet.headers
    }
    assert {header for header, locked in opened.items() if not any(locked)} == {
        "Value",
        "Numerator",
        "Denominator",
        "Status",
        "Note",
    }
    assert opened["Commentary"] == [False, True, True]
    assert opened["Judgement"] == [True, True, False]
    assert all(all(opened[header]) for header in ("Indicator", "Title", "Period", "Target"))


def test_each_open_cell_says_what_it_may_hold() -> None:
    sheet = Book(write())["Return"]
    rules = sheet.cells.data_validations.dataValidation
    by_cell = {
        str(cell): rule for rule in rules for cell in str(rule.sqref).split() if ":" not in cell
    }
    for header in ("Value", "Numerator", "Denominator", "Note", "Commentary", "Judgement"):
        for cell in sheet.column(header):
            assert (cell.coordinate in by_cell) is (not cell.protection.locked)
    values = [by_cell[cell.coordinate] for cell in sheet.column("Value")]
    assert [(each.type, each.errorStyle) for each in values] == [("decimal", "warning")] * 3
    assert [(each.formula1, each.formula2) for each in values] == [
        ("0", "100"),
        ("0", str(10**15)),
        (str(-(10**15)), str(10**15)),
    ]
    assert [each.prompt for each in values] == [
        "A number in per cent, from 0 to 100. If there is none, choose a word under Status.",
        "A number, 0 or more. If there is none, choose a word under Status.",
        "A number (score). If there is none, choose a word under Status.",
    ]


def test_the_list_of_statuses_has_every_word_that_kpi_knows() -> None:
    book = Book(write())
    (rule,) = [
        each
        for each in book["Return"].cells.data_validations.dataValidation
        if each.promptTitle == "Status"
    ]
    name, _, area = rule.formula1.partition("!")
    assert name == "'Status words'"
    words = [row[0].value for row in book["Status words"].cells[area.replace("$", "")]]
    assert words == [each.value for each in Status]


def test_a_hidden_count_is_hidden_in_every_owners_return_too() -> None:
    """Head of Care knows the figure, but the return is a file that is sent on."""
    content = write("Head of Care")
    (row, _) = list_rows(content)
    assert row["Last three figures"] == "Apr 2020: <5; May 2020: 17; Jun 2020: 19"
    assert row["Last rating"] == "Not a target measure"


NOT_OF_A_FORM = {  # the rules that do not fit it, each with the reason
    "t1_every_table_is_marked_up": "it names the sheets of the index",
    "t4_no_blank_row_or_column_in_a_table": "cells are blank to be filled in",
    "t8_blank_cells_have_one_reason_given_above": "a notice gives it, for cells in any column",
    "n1_every_note_is_used_and_every_marker_found": "there are no notes",
    "n11_months_are_written_with_their_year": "it names the columns of the index",
    "d1_properties_name_title_language_and_council": "it names the index",
    "f8_fills_are_on_rating_cells_with_their_word": "it names the columns of the index",
    "s7_cover_first_then_contents_with_links": "two sheets need neither",
    "s1_sheet_names_are_the_same_every_month": "it names the sheets of the index",
}


@pytest.mark.parametrize(
    "rule",
    [rule for rule in RULES if rule.__name__ not in NOT_OF_A_FORM],
    ids=lambda rule: rule.__name__,
)
def test_the_return_keeps_the_rules_for_accessible_spreadsheets(
    rule: Callable[[Book], None],
) -> None:
    rule(Book(write("Head of Housing")))


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_tab_goes_from_one_cell_to_be_filled_in_to_the_next(tmp_path: Path) -> None:
    """It begins at the title, which a screen reader reads; the last Tab is at the first cell again.

    LibreOffice does as it does for a person: no key moves the cursor into a closed cell by Tab, and
    Alt+Down opens the list of a cell that has one.
    """
    content = write()
    path = tmp_path / "return.xlsx"
    path.write_bytes(content)
    sheet = Book(content)["Return"]
    opened = [cell for row in sheet.rows for cell in row if not cell.protection.locked]
    lists = {cell.coordinate for header in ("Status", "Judgement") for cell in sheet.column(header)}
    expected = [
        f"$Return.${cell.column_letter}${cell.row}" + " list" * (cell.coordinate in lists)
        for cell in opened
    ]
    first, reached, back = press_tab_in_libreoffice(path, len(opened) + 1, tmp_path)
    assert first == "$Return.$A$1"
    assert reached == [*expected, expected[0]]
    assert back == expected[-1]


def test_two_returns_of_one_month_are_the_same_bytes() -> None:
    assert write() == write()


def test_an_owner_is_sent_a_workbook_each(kpi: Kpi, council: Path) -> None:
    outcome = kpi("template", "--month", "2020-06", "--format", "xlsx", "--out", "returns")
    assert outcome.code == 0
    names = sorted(path.name for path in (council / "returns").iterdir())
    assert names
    assert all(name.startswith("2020-06-") and name.endswith(".xlsx") for name in names)
    again = kpi("template", "--month", "2020-06", "--format", "xlsx", "--out", "returns")
    assert (again.code, again.out) == (1, "")
    assert [line.split(": ")[0] for line in again.err.splitlines() if ": error: " in line] == [
        f"returns/{name}" for name in names
    ]


def test_a_workbook_that_comes_back_is_read_where_it_lies(kpi: Kpi, council: Path) -> None:
    kpi("template", "--month", "2020-06", "--format", "xlsx")
    path = council / "data" / "2020-06.xlsx"
    path.write_bytes(fill_in(path.read_bytes(), [{"Value": 92}] * 3))
    outcome = kpi("build", "--month", "2020-06")
    assert (outcome.code, outcome.err) == (0, "")
    assert "4 rows in 2 extracts, all used\n" in outcome.out
    manifest = next((council / "output").glob("*.json")).read_text(encoding="utf-8")
    assert "2020-06.xlsx" in manifest
