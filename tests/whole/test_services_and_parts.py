"""Indicators belong to a service, and can be a part of another indicator."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import openpyxl
import pytest
from helpers.catalogues import list_issues
from helpers.councils import HEAD
from helpers.messages import list_codes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]
    Messages = Callable[..., None]

ENTRY = """\
  - number: "{}"
    title: {}
    unit: percent
    frequency: monthly
    target: {{at_least: 90}}
    rationale: R.
    owner: Head of Housing
    {}
"""
CATALOGUE = (
    HEAD
    + "service_heading: Directorate\nsections:\n- title: Homes\n  indicators:\n"
    + ENTRY.format("10", "Rent collected", "service: Housing")
    + ENTRY.format("10a", "Rent collected in Anytown", 'service: Housing\n    part_of: "10"')
    + ENTRY.format("11", "Bins emptied", "service: Street scene")
)

NO_SERVICE = CATALOGUE.replace("service:", "source:")


@pytest.fixture
def homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A council with two services, and one indicator that is a part of another."""
    (tmp_path / "data").mkdir()
    (tmp_path / "indicators.yaml").write_text(CATALOGUE, encoding="utf-8")
    (tmp_path / "data/2020-04.csv").write_text("indicator,value\n10,95\n10a,80\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_show_prints_one_service(kpi: Kpi, homes: Path) -> None:
    shown = kpi("show", "--month", "2020-04", "--service", "street").out
    assert "Bins emptied" in shown
    assert "Rent collected" not in shown
    assert kpi("show", "--month", "2020-04", "--service", "Roads").code == 2


def test_due_lists_one_service(kpi: Kpi, homes: Path) -> None:
    listed = kpi("due", "--month", "2020-04", "--service", "Street scene", "--format", "csv").out
    rows = [*csv.DictReader(listed.splitlines())]
    assert [(row["indicator"], row["service"], row["state"]) for row in rows] == [
        ("11", "Street scene", "missing")
    ]


def test_template_has_the_rows_of_one_service(kpi: Kpi, homes: Path) -> None:
    assert kpi("template", "--month", "2020-05", "--service", "Housing").code == 0
    text = (homes / "data/2020-05-housing.csv").read_text(encoding="utf-8-sig")
    assert [row["indicator"] for row in csv.DictReader(text.splitlines())] == ["10", "10a"]


def test_the_papers_say_what_an_indicator_is_a_part_of(kpi: Kpi, homes: Path) -> None:
    assert kpi("build", "--month", "2020-04").code == 0
    text = (homes / "output/performance-index-2020-04.csv").read_text(encoding="utf-8-sig")
    rows = {row["indicator"]: row for row in csv.DictReader(text.splitlines())}
    assert rows["10a"]["title"] == "Rent collected in Anytown - part of indicator 10"
    assert [(row["service"], row["part_of"]) for row in rows.values()] == [
        ("Housing", ""),
        ("Housing", "10"),
        ("Street scene", ""),
    ]
    report = (homes / "output/exception-report-2020-04.md").read_text(encoding="utf-8")
    assert "#### Red: indicator 10a, Rent collected in Anytown - part of indicator 10\n" in report


def test_the_index_has_a_column_for_the_service_where_an_indicator_has_one(
    kpi: Kpi, homes: Path
) -> None:
    cells = list_index_cells(kpi, homes)
    assert cells[1] == ("Indicator", "Rent collected", "Bins emptied")
    place = [column[0] for column in cells].index("Directorate")
    assert cells[place][1:] == ("Housing", "[z]")
    assert (cells[place - 1][0], cells[place + 1][0]) == ("In context", "Section")
    (homes / "indicators.yaml").write_text(NO_SERVICE, encoding="utf-8")
    headings = [column[0] for column in list_index_cells(kpi, homes)]
    assert headings[place : place + 1] == ["Section"]


def list_index_cells(kpi: Kpi, homes: Path) -> list[tuple[object, ...]]:
    """The index's columns: the heading, then the cells of indicators 10 and 11."""
    text = (homes / "indicators.yaml").read_text(encoding="utf-8")
    text = text.replace("service: Street scene", "source: Bins")
    (homes / "indicators.yaml").write_text(text, encoding="utf-8")
    assert kpi("build", "--month", "2020-04").code == 0
    book = openpyxl.load_workbook(homes / "output/performance-index-2020-04.xlsx")
    rows = [row for row in book["Performance index"].iter_rows(values_only=True) if row[0]]
    return [*zip(*(row for row in rows if row[0] in ("No.", "10", "11")), strict=True)]


def test_changes_name_another_service_and_another_whole(kpi: Kpi, homes: Path) -> None:
    (homes / "before.yaml").write_text(
        CATALOGUE.replace('service: Housing\n    part_of: "10"', "service: Homes"), encoding="utf-8"
    )
    (homes / "data/2020-05.csv").write_text("indicator,value\n10,95\n")
    printed = kpi("changes", "--since", "2020-04", "--month", "2020-05", "--before", "before.yaml")
    assert "service: Homes -> Housing" in printed.out
    assert "part of: none -> 10" in printed.out


def test_next_years_part_follows_a_replaced_whole(kpi: Kpi, homes: Path) -> None:
    replaced = CATALOGUE.replace(
        ENTRY.format("10", "Rent collected", "service: Housing"),
        ENTRY.format("10", "Rent collected", 'replaced_by: "11"'),
    )
    (homes / "indicators.yaml").write_text(replaced, encoding="utf-8")
    (homes / "data/2020-04.csv").write_text("indicator,value\n10a,80\n")
    assert "10a is a part of 11 (was 10)" in kpi("new-year", "2021/22", "--write").out
    assert 'part_of: "11"' in (homes / "indicators-2021-22.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("whole", "codes"),
    [
        ("12", ["dangling_link"]),
        ("10b", ["circle"]),
        ("10a", ["part_of_part"]),
    ],
)
def test_a_part_belongs_to_another_indicator_that_is_no_part(
    whole: str, codes: list[str], messages: Messages
) -> None:
    part = ENTRY.format("10b", "Rent collected elsewhere", f'part_of: "{whole}"')
    issues = list_issues(CATALOGUE + part)
    assert [code.split()[0] for code in list_codes(issues)] == codes
    messages(issues)


def test_two_indicators_are_not_parts_of_each_other(messages: Messages) -> None:
    issues = list_issues(
        HEAD
        + "sections:\n- title: Homes\n  indicators:\n"
        + ENTRY.format("1", "One", 'part_of: "2"')
        + ENTRY.format("2", "Two", 'part_of: "1"')
    )
    assert [code.split()[0] for code in list_codes(issues)] == ["circle", "circle"]
    messages(issues)


def test_the_word_for_a_service_is_no_other_heading(messages: Messages) -> None:
    area = CATALOGUE.replace("[England, London]", "[service]")
    for text in (
        CATALOGUE.replace("Directorate", "Indicator"),
        area.replace("service_heading: Directorate\n", ""),
    ):
        issues = list_issues(text)
        assert [code.split()[0] for code in list_codes(issues)] == ["duplicate_heading"]
        messages(issues)
