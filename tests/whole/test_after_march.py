"""Figures in arrears that come after March: the year's papers go on until the last one is due."""

from __future__ import annotations

import json
import textwrap
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from merton_kpi.core.periods import FinancialYear, Month
from merton_kpi.loading.catalogue_file import read_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]
    Messages = Callable[..., None]

CATALOGUE = """\
authority: Anyborough Council
short_name: Anyborough
panel: Scrutiny Panel
financial_year: 2024/25
lead_officer: Director
lead_member: Cabinet Member
contact_officer: Head of Performance
meetings:
  - {date: 2025-05-08, data_to: 2025-03}
  - {date: 2025-06-19, data_to: 2025-05, papers_due: 2025-06-10T12:00}
bands:
  percent: {amber: {percentage_points: 2}}
  other: {amber: {percent_of_target: 10}}
sections:
  - title: Streets
    indicators:
      - number: "1"
        title: Household waste recycled
        unit: percent
        decimals: 1
        frequency: quarterly
        arrears: 2
        target: {at_least: 48}
        rationale: Recycling costs less than burning.
        owner: Head of Waste
      - number: "2"
        title: Calls answered in time
        unit: percent
        decimals: 1
        frequency: monthly
        target: {at_least: 90}
        rationale: A call is a question.
        owner: Head of Contact
"""
HEADER = "indicator,period,value,commentary\n"
# Q1 to Q3 of recycling came in August, November and February.
EXTRACTS = {
    "2024-08": "1,2024-06,49.0,\n",
    "2024-11": "1,2024-09,48.5,\n",
    "2025-02": "1,2024-12,48.0,\n",
    "2025-03": "2,,85.0,Two vacancies were filled in March.\n",
    "2025-05": "1,2025-03,45.9,A crew was on strike.\n2,,91.0,\n",
}


@pytest.fixture
def borough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A council with its extracts to May 2025, and the catalogues of two years."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "indicators.yaml").write_text(CATALOGUE, encoding="utf-8")
    following = CATALOGUE.replace("2024/25", "2025/26")
    (tmp_path / "next.yaml").write_text(following, encoding="utf-8")
    (tmp_path / "data").mkdir()
    months = [f"2024-{month:02}" for month in range(4, 13)] + ["2025-01", "2025-02"]
    for place, month in enumerate(months):
        write_extract(month, f"2,,9{place % 3}.0,\n{EXTRACTS.get(month, '')}")
    for month in ("2025-03", "2025-05"):
        write_extract(month, EXTRACTS[month])
    return tmp_path


def write_extract(name: str, rows: str) -> None:
    Path(f"data/{name}.csv").write_text(HEADER + rows, encoding="utf-8")


def read_index(path: str) -> dict[str, dict[str, object]]:
    """The index's rows by number, each with its cells by heading."""
    sheet = openpyxl.load_workbook(path)["Performance index"]
    lines = list(sheet.iter_rows(values_only=True))
    start = next(place for place, line in enumerate(lines) if line[0] == "No.")
    heads = [str(head) for head in lines[start]]
    return {str(line[0]): dict(zip(heads, line, strict=True)) for line in lines[start + 1 :]}


def test_the_last_quarter_is_chased_in_the_month_it_comes(kpi: Kpi, borough: Path) -> None:
    Path("data/2025-05.csv").unlink()
    assert "Household waste" not in kpi("due", "--month", "2025-03").out
    due = kpi("due", "--month", "2025-05").out
    assert due == textwrap.dedent("""\
        Scrutiny Panel
        Due for the papers of 2024/25 to May 2025

        The panel meets on 19 June 2025.
        The papers are due on 10 June 2025, 12:00.
        Figures: 0 of 1 received, 1 missing.
        Please send what is still due, or the reason why there is none, to: Head of
        Performance.

        Head of Waste
          Still due
               1  Household waste recycled
                  Figure for Q4
        """)


def test_the_template_of_a_month_after_march_does_not_take_the_next_years_name(
    kpi: Kpi, borough: Path
) -> None:
    Path("data/2025-05.csv").unlink()
    assert kpi("template", "--month", "2025-05").code == 0
    written = Path("data/2025-05-of-2024-25.csv").read_text(encoding="utf-8-sig")
    assert written.splitlines()[1] == "1,Household waste recycled,2025-03,,,,,,"
    assert kpi("template", "--month", "2025-05", "--catalogue", "next.yaml").code == 0
    assert "2,Calls" in Path("data/2025-05.csv").read_text(encoding="utf-8-sig")


def test_the_last_quarter_is_rated_and_reported(kpi: Kpi, borough: Path) -> None:
    built = kpi("build", "--month", "2025-05")
    assert (built.code, built.err) == (0, "")
    assert built.out == textwrap.dedent("""\
        2024/25 to May 2025, draft: 2 indicators; 17 rows in 13 extracts, 16 used, 1 of another year
        2 Red
        Exceptions: 2
             1  Red: Household waste recycled
             2  Red: Calls answered in time
        Due and missing: 0
        Written to output:
          performance-index-2024-25-to-2025-05.xlsx, .html, .csv, .datapackage.json
          exception-report-2024-25-to-2025-05.md, .docx
        For the office, not for publication: manifest-2024-25-to-2025-05.json
        """)
    row = read_index("output/performance-index-2024-25-to-2025-05.xlsx")["1"]
    assert (row["BRAG rating"], row["Mar 2025"]) == ("Red", 0.459)
    report = Path("output/exception-report-2024-25-to-2025-05.md").read_text(encoding="utf-8")
    assert "data to 31 May 2025" in report
    assert "A crew was on strike." in report
    # Nothing new came to be due of indicator 2, so its words of March still hold.
    assert "Two vacancies were filled in March." in report
    shown = kpi("show", "--month", "2025-05").out
    assert "45.9% (Mar 2025)" in shown
    assert kpi("explain", "1", "--month", "2025-05").out.startswith("Indicator 1, May 2025: Red\n")


def test_without_a_month_the_papers_are_the_next_meetings(kpi: Kpi, borough: Path) -> None:
    assert "2024/25 to May 2025, draft" in kpi("build", "--today", "2025-06-01").out
    assert kpi("verify", "--today", "2025-06-01").code == 0


def test_papers_of_two_years_to_the_same_month_stand_side_by_side(kpi: Kpi, borough: Path) -> None:
    """Each year's catalogue passes over the other's row, and each manifest names its own files."""
    write_extract("2025-04", "2,,92.0,\n")
    kpi("build", "--month", "2025-05")
    after = kpi("build", "--month", "2025-05", "--catalogue", "next.yaml")
    assert (after.code, after.err) == (0, "")
    assert "3 rows in 2 extracts, 2 used, 1 of another year\n" in after.out
    assert sorted(path.name for path in Path("output").glob("[a-z]*")) == [
        "exception-report-2024-25-to-2025-05.docx",
        "exception-report-2024-25-to-2025-05.md",
        "exception-report-2025-05.docx",
        "exception-report-2025-05.md",
        "manifest-2024-25-to-2025-05.json",
        "manifest-2025-05.json",
        "performance-index-2024-25-to-2025-05.csv",
        "performance-index-2024-25-to-2025-05.datapackage.json",
        "performance-index-2024-25-to-2025-05.html",
        "performance-index-2024-25-to-2025-05.xlsx",
        "performance-index-2025-05.csv",
        "performance-index-2025-05.datapackage.json",
        "performance-index-2025-05.html",
        "performance-index-2025-05.xlsx",
    ]
    rows = read_index("output/performance-index-2025-05.xlsx")
    assert [rows["2"][month] for month in ("Apr 2025", "May 2025")] == [0.92, 0.91]
    inputs = json.loads(Path("output/manifest-2025-05.json").read_text())["inputs"]
    assert min(inputs) == "2024-04.csv"  # the year before, as history
    assert sorted(name for name in inputs if name > "2025-04") == [
        "2025-04.csv",
        "2025-05.csv",
        "exception-report.md.j2",
        "next.yaml",
        "performance-index.html.j2",
    ]
    verified = kpi("verify", "--month", "2025-05")
    assert verified.out == (
        "output/manifest-2024-25-to-2025-05.json: 6 papers and 17 inputs have not changed\n"
    )
    verified = kpi("verify", "--month", "2025-05", "--catalogue", "next.yaml")
    assert verified.out == "output/manifest-2025-05.json: 6 papers and 17 inputs have not changed\n"


def test_final_papers_after_march_stay_while_the_next_years_drafts_are_built(
    kpi: Kpi, borough: Path, messages: Messages
) -> None:
    assert kpi("build", "--month", "2025-05", "--final").code == 0
    again = kpi("build", "--month", "2025-05")
    assert (again.code, again.err) == (0, "")
    messages(again.out)
    draft = kpi("build", "--month", "2025-05", "--catalogue", "next.yaml")
    assert draft.code == 0
    content = json.loads(Path("output/manifest-2024-25-to-2025-05.json").read_text())
    assert (content["month"], content["final"]) == ("2025-05", True)
    assert json.loads(Path("output/manifest-2025-05.json").read_text())["final"] is False
    write_extract("2025-05-late", "1,2025-03,46.1,\n")
    assert "final" in kpi("build", "--month", "2025-05").err


def test_final_papers_need_words_that_came_since_the_last_figure_was_due(
    kpi: Kpi, borough: Path, messages: Messages
) -> None:
    """Indicator 1 was due in May, so it needs words of May; indicator 2 in March."""
    write_extract("2025-03", "2,,85.0,Two vacancies were filled.\n1,2024-12,48.0,Before Q4.\n")
    write_extract("2025-05", "1,2025-03,45.9,\n")
    refused = kpi("build", "--month", "2025-05", "--final")
    assert refused.code == 1
    lines = refused.err.splitlines()
    codes = [line.partition(": error: ")[2][:12] for line in lines]
    assert codes == ["indicator 1:", "not final: 1"]
    messages(lines[-1].partition(": error: ")[2])


def test_the_workbook_says_which_rows_it_passed_over(
    kpi: Kpi, borough: Path, messages: Messages
) -> None:
    kpi("build", "--month", "2025-05")
    book = openpyxl.load_workbook("output/performance-index-2024-25-to-2025-05.xlsx")
    lines = list(book["Sources"].iter_rows(values_only=True))
    messages(str(line[0]) for line in lines if line[0] and "another year" in str(line[0]))
    rows = {str(line[0]): line[1:3] for line in lines}
    assert rows["File"] == ("Rows", "Rows of another year")
    assert rows["2025-03.csv"] == (1, 0)
    assert rows["2025-05.csv"] == (2, 1)
    lines = list(book["Performance index"].iter_rows(values_only=True))
    messages(str(line[0]) for line in lines if "May 2025" in str(line[0]))


def test_two_months_of_one_year_are_compared_across_march(kpi: Kpi, borough: Path) -> None:
    changed = kpi("changes", "--month", "2025-05").out
    assert changed.startswith("Scrutiny Panel")
    assert "Mar 2025" in changed
    assert "Green" in changed


@pytest.mark.parametrize("month", ["2024-03", "2025-06"])
def test_the_year_ends_with_its_last_figure(
    kpi: Kpi, borough: Path, messages: Messages, month: str
) -> None:
    outcome = kpi("build", "--month", month)
    assert (outcome.code, outcome.out) == (1, "")
    messages(outcome.err)


def test_a_year_without_arrears_ends_in_march(kpi: Kpi, borough: Path, messages: Messages) -> None:
    text = CATALOGUE.replace("        arrears: 2\n", "").replace("2024-06", "")
    Path("indicators.yaml").write_text(text, encoding="utf-8")
    outcome = kpi("build", "--month", "2025-04")
    assert (outcome.code, outcome.out) == (1, "")
    messages(outcome.err)
    checked = kpi("check")
    assert "data_to: 2025-05 is not in the catalogue's year, 2024-04 to 2025-03," in checked.err


def test_a_meeting_is_not_doubted_while_an_entry_has_an_error(kpi: Kpi, borough: Path) -> None:
    """Its papers may be those of figures in arrears, which the entry may be of."""
    text = CATALOGUE.replace("frequency: monthly", "frequency: often")
    Path("indicators.yaml").write_text(text, encoding="utf-8")
    checked = kpi("check")
    assert checked.code == 1
    assert "often" in checked.err
    assert "data_to" not in checked.err


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ("1,2025-03,45.9,\n", []),  # in arrears
        ("1,2024-11,45.9,\n", []),  # a correction of one in arrears
        ("9,2025-03,5,\n", []),  # an indicator that the new year does not have
        ("9,2025-04,5,\n", ["unknown"]),
        ("2,2025-03,91.0,\n", ["outside"]),  # not in arrears
        ("1,2024-03,45.9,\n", ["outside"]),  # of the year before last
    ],
)
def test_the_new_year_passes_over_only_rows_that_can_be_right(
    kpi: Kpi, borough: Path, rows: str, codes: list[str]
) -> None:
    write_extract("2025-04", "2,,92.0,\n")
    write_extract("2025-05", rows + "2,,91.0,\n")
    outcome = kpi("build", "--month", "2025-05", "--catalogue", "next.yaml")
    words = {"unknown": "the catalogue has no such", "outside": "is outside the catalogue's year"}
    assert outcome.code == bool(codes)
    assert [code for code in words if words[code] in outcome.err] == codes


def test_a_row_of_last_year_is_an_error_once_last_years_figures_have_all_come(
    kpi: Kpi, borough: Path, messages: Messages
) -> None:
    """With two months of arrears, the last extract of last year's figures is that of May."""
    for month in ("2025-04", "2025-05"):
        write_extract(month, "2,,92.0,\n")
    write_extract("2025-06", "2,,91.0,\n1,2025-03,45.9,\n")
    outcome = kpi("build", "--month", "2025-06", "--catalogue", "next.yaml")
    assert outcome.code == 1
    messages(outcome.err.partition(": error: ")[2])


def test_a_month_before_the_years_end_is_not_changed_by_what_comes_after(
    kpi: Kpi, borough: Path
) -> None:
    kpi("build", "--month", "2025-03")
    before = Path("output/performance-index-2025-03.csv").read_bytes()
    Path("data/2025-05.csv").unlink()
    kpi("build", "--month", "2025-03")
    assert Path("output/performance-index-2025-03.csv").read_bytes() == before


def test_the_check_reads_the_extracts_after_march_and_counts_the_next_years_rows(
    kpi: Kpi, borough: Path
) -> None:
    write_extract("2025-06", "2,,91.0,\n")
    checked = kpi("check", "--data", "data")
    assert (checked.code, checked.err) == (0, "")
    assert checked.out == textwrap.dedent("""\
        indicators.yaml: 2 indicators, no faults, 0 warnings
        data: 1 extract of another year than 2024/25, not read: 2025-06.csv
        data: 17 rows in 13 extracts, 16 used, 1 of another year
        """)


def test_the_new_years_catalogue_takes_the_last_quarter_as_the_outturn(
    kpi: Kpi, borough: Path
) -> None:
    planned = kpi("new-year", "2025/26", "--write")
    assert planned.code == 0
    assert planned.out.startswith("Outturns of 2024/25, from the extracts up to May 2025\n")
    text = Path("indicators-2025-26.yaml").read_text(encoding="utf-8")
    catalogue, _ = read_catalogue(text, "new")
    assert catalogue
    recycled, _ = catalogue.indicators
    assert recycled.outturns[FinancialYear(2024)].value == Decimal("45.9")
    assert recycled.earlier_months[Month(2025, 3)] == Decimal("45.9")
