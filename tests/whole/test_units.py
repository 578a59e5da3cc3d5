"""A council whose indicators have other units than Merton's: its papers print each as people do."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from helpers.xlsx import Book, show_number

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]

HEAD = """\
authority: Anyborough Council
short_name: Anyborough
panel: Housing and Environment Panel
financial_year: 2024/25
lead_officer: Director
lead_member: Cabinet Member
contact_officer: Head of Performance
benchmark_areas: [England, London, Outer London, Our neighbours, Camden, Core cities]
bands:
  percent: {amber: {percentage_points: 2}}
  other: {amber: {percent_of_target: 10}}
sections:
- title: Housing
  indicators:
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """An indicator's unit and target, last year's outturn and June's figure; what is printed."""

    unit: str
    target: str
    outturn: str
    june: str
    label: str
    cells: tuple[str, str]
    reason: str


CASES = [
    Case(
        unit="pounds",
        target="at_most: 950000",
        outturn="968409",
        june="949999",
        label="£",
        cells=("£968,409", "£949,999"),
        reason="£949,999 in Jun 2024 meets the target of at most £950,000.",
    ),
    Case(
        unit="thousand_pounds",
        target="at_most: 350",
        outturn="1402",
        june="386",
        label="£ thousand",
        cells=("£1,402 thousand", "£386 thousand"),
        reason="£386 thousand in Jun 2024 is £36 thousand above the target of at most £350 "
        "thousand; amber reaches only to £385 thousand.",
    ),
    Case(
        unit="million_pounds, decimals: 1",
        target="at_least: 1.2",
        outturn="1.9",
        june="1.1",
        label="£ million",
        cells=("£1.9 million", "£1.1 million"),
        reason="£1.1 million in Jun 2024 is £0.1 million below the target of at least £1.2 "
        "million; amber reaches to £1.08 million.",
    ),
    Case(
        unit="days",
        target="at_most: 28",
        outturn="{value: 5, unit: weeks}",
        june="29",
        label="Days",
        cells=("5", "29"),
        reason="29 days in Jun 2024 is 1 day above the target of at most 28 days; amber reaches "
        "to 30.8 days.",
    ),
    Case(
        unit="rate_per_1000, decimals: 1",
        target="at_most: 4",
        outturn="4.4",
        june="4.1",
        label="Rate per 1,000",
        cells=("4.4", "4.1"),
        reason="4.1 in Jun 2024 is 0.1 above the target of at most 4; amber reaches to 4.4.",
    ),
    Case(
        unit="percentage_points, decimals: 1",
        target="at_least: -1",
        outturn="-2.1",
        june="-3.1",
        label="Percentage points",
        cells=("-2.1", "-3.1"),
        reason="-3.1 percentage points in Jun 2024 is 2.1 percentage points below the target of "
        "at least -1 percentage point; amber reaches only to -3 percentage points.",
    ),
    Case(
        unit="{label: tonnes, singular: tonne}",
        target="at_most: 120",
        outturn="140",
        june="1",
        label="tonnes",
        cells=("140", "1"),
        reason="1 tonne in Jun 2024 meets the target of at most 120 tonnes.",
    ),
]


@pytest.fixture
def papers(kpi: Kpi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of June's papers of a council with these indicators."""
    monkeypatch.chdir(tmp_path)
    entries = (
        f'  - {{number: "{number}", title: Any, unit: {case.unit}, frequency: quarterly, '
        f"target: {{{case.target}}}, outturns: {{2023/24: {case.outturn}}}}}\n"
        for number, case in enumerate(CASES, 1)
    )
    (tmp_path / "indicators.yaml").write_text(HEAD + "".join(entries), encoding="utf-8")
    rows = "".join(f"{number},{case.june}\n" for number, case in enumerate(CASES, 1))
    (tmp_path / "data").mkdir()
    (tmp_path / "data/2024-06.csv").write_text(f"indicator,value\n{rows}", encoding="utf-8")
    assert kpi("build", "--month", "2024-06").code == 0
    return tmp_path / "output"


def test_the_index_prints_each_figure_in_its_unit_and_has_a_column_for_it(papers: Path) -> None:
    index = Book((papers / "performance-index-2024-06.xlsx").read_bytes())["Performance index"]
    assert index.headers[6:8] == ["Target 2024/25", "Unit"]
    assert [cell.value for cell in index.column("Unit")] == [case.label for case in CASES]
    outturns, figures = index.column("Anyborough 2023/24"), index.column("Jun 2024")
    printed = [tuple(map(show_number, pair)) for pair in zip(outturns, figures, strict=True)]
    assert printed == [case.cells for case in CASES]
    reasons = [cell.value for cell in index.column("Reason for the rating")]
    assert reasons == [case.reason.replace("Jun 2024", "Q1") for case in CASES]


def test_a_figure_in_a_unit_that_the_cell_does_not_show_has_a_note(papers: Path) -> None:
    notes = Book((papers / "performance-index-2024-06.xlsx").read_bytes())["Notes"]
    assert "2023/24: in weeks" in [cell.value for cell in notes.column("Meaning")]


def test_the_csv_names_the_unit_as_the_catalogue_does(papers: Path) -> None:
    text = (papers / "performance-index-2024-06.csv").read_text(encoding="utf-8-sig")
    units = {row["indicator"]: row["unit"] for row in csv.DictReader(text.splitlines())}
    assert list(units.values()) == [
        *("pounds", "thousand_pounds", "million_pounds", "days", "rate_per_1000"),
        *("percentage_points", "tonnes"),
    ]


@pytest.mark.usefixtures("papers")
def test_an_index_with_six_areas_has_a_column_for_each(papers: Path) -> None:
    index = Book((papers / "performance-index-2024-06.xlsx").read_bytes())["Performance index"]
    first = index.headers.index("England")
    assert index.headers[first : first + 6] == [
        *("England", "London", "Outer London", "Our neighbours", "Camden", "Core cities")
    ]


@pytest.mark.usefixtures("papers")
def test_the_next_year_keeps_each_unit(kpi: Kpi, tmp_path: Path) -> None:
    (tmp_path / "data/2025-03.csv").write_text("indicator,value\n7,118\n", encoding="utf-8")
    assert kpi("new-year", "2025/26", "--write").code == 0
    text = (tmp_path / "indicators-2025-26.yaml").read_text(encoding="utf-8")
    assert [text.count(f"unit: {case.unit}, ") for case in CASES] == [1] * len(CASES)
    assert "2024/25: 118" in text
