"""The year's own figure, given beside the periods' figures: printed, never rated, an outturn."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from helpers.councils import make_catalogue
from helpers.messages import list_codes
from helpers.rating import list_sentences

from merton_kpi.core.periods import FinancialYear, Month
from merton_kpi.core.statuses import Status
from merton_kpi.extracts.quoting import Quotable
from merton_kpi.extracts.reader import read_extract
from merton_kpi.loading.catalogue_file import read_catalogue
from merton_kpi.loading.inputs import Inputs
from merton_kpi.rating.wording.explain import explain
from merton_kpi.scorecard.assess import assess_indicators
from merton_kpi.series.match import match_observations

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from helpers.councils import Outcome

    from merton_kpi.extracts.observations import Observation

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
        target: {at_least: 48}
      - number: "2"
        title: Calls answered in time
        unit: percent
        decimals: 1
        frequency: quarterly
        target: {at_least: 90}
"""
HEADER = "indicator,period,value,numerator,denominator,status,note,commentary\n"
OF_THE_YEAR = "1,2024/25,47.2,,,,Of all waste,\n"
MARCH = Month(2025, 3)
YEAR = FinancialYear(2024)


@pytest.fixture
def borough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A council with four quarters, and in March the figure of the year."""
    monkeypatch.chdir(tmp_path)
    Path("indicators.yaml").write_text(CATALOGUE, encoding="utf-8")
    Path("data").mkdir()
    for month, waste in (("2024-06", 49), ("2024-09", 50), ("2024-12", 44)):
        write_extract(month, f"1,,{waste}.0,,,,,\n2,,91.5,,,,,\n")
    write_extract("2025-03", f"1,,45.9,,,,,A strike.\n2,,92.0,,,,,\n{OF_THE_YEAR}")
    return tmp_path


def write_extract(name: str, rows: str) -> None:
    Path(f"data/{name}.csv").write_text(HEADER + rows, encoding="utf-8")


def read_index(path: str) -> Sequence[tuple[object, ...]]:
    """The index's lines from its headings on."""
    book = openpyxl.load_workbook(path)
    lines = list(book["Performance index"].iter_rows(values_only=True))
    return lines[next(place for place, line in enumerate(lines) if line[0] == "No.") :]


def test_the_index_has_its_column_once_there_is_one(kpi: Kpi, borough: Path) -> None:
    """After March; the verdict stays on the fourth quarter."""
    assert kpi("build", "--month", "2025-03").code == 0
    heads, waste, calls, *_ = read_index("output/performance-index-2025-03.xlsx")
    place = heads.index("Year 2024/25")
    assert (heads[place - 1], heads[place + 1]) == ("Mar 2025", "Anyborough 2023/24")
    assert (waste[place], calls[place]) == (0.472, "[z]")
    assert waste[heads.index("BRAG rating")] == "Red"
    kpi("build", "--month", "2024-12")
    assert "Year 2024/25" not in read_index("output/performance-index-2024-12.xlsx")[0]


def test_the_csv_has_its_columns_once_there_is_one(kpi: Kpi, borough: Path) -> None:
    kpi("build", "--month", "2025-03")
    text = Path("output/performance-index-2025-03.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert {(row["indicator"], row["year_value"], row["year_note"]) for row in rows} == {
        ("1", "47.2", "Of all waste"),
        ("2", "", ""),
    }
    kpi("build", "--month", "2024-12")
    text = Path("output/performance-index-2024-12.csv").read_text(encoding="utf-8-sig")
    assert "year_value" not in text


def test_it_is_worked_out_from_its_parts_where_it_has_no_value(kpi: Kpi, borough: Path) -> None:
    """945 of 2,000 is 47.25%, printed with the indicator's one decimal as 47.3%."""
    write_extract("2025-03", "1,,45.9,,,,,A strike.\n2,,92.0,,,,,\n1,2024/25,,945,2000,,,\n")
    assert "Year 2024/25: 47.3%" in kpi("show", "--month", "2025-03").out
    assert "47.3%" in kpi("new-year", "2025/26").out


def test_show_prints_it_below_its_indicator(kpi: Kpi, borough: Path) -> None:
    shown = kpi("show", "--month", "2025-03").out
    assert shown.count("Year 2024/25:") == 1
    assert "Year 2024/25: 47.2%" in shown


def test_the_papers_print_it_in_context(kpi: Kpi, borough: Path) -> None:
    kpi("build", "--month", "2025-03")
    report = Path("output/exception-report-2025-03.md").read_text(encoding="utf-8")
    assert "The year's own figure: 47.2%." in report


def test_its_note_is_one_of_the_indexs_notes(kpi: Kpi, borough: Path) -> None:
    kpi("build", "--month", "2025-03")
    book = openpyxl.load_workbook("output/performance-index-2025-03.xlsx")
    notes = [str(line[1]) for line in book["Notes"].iter_rows(values_only=True)]
    assert "2024/25: Of all waste" in notes


def test_explain_says_what_it_would_be_rated(kpi: Kpi, borough: Path, messages: Messages) -> None:
    """47.2 is within 2 points of 48, so amber; the fourth quarter's 45.9 is red."""
    told = kpi("explain", "1", "--month", "2025-03").out
    assert told.startswith("Indicator 1, March 2025: Red\n")
    section = told.partition("The year's own figure\n")[2].partition("\n\n")[0]
    messages(section.splitlines())
    facts = json.loads(kpi("explain", "1", "--month", "2025-03", "--format", "json").out)
    assert facts["year_figure"] == {
        "year": "2024/25",
        "received": "47.2",
        "reason_none": None,
        "would_be_rated": "Amber",
        "file": "data/2025-03.csv",
        "line": 4,
    }
    assert "own figure" not in kpi("explain", "2", "--month", "2025-03").out


@pytest.mark.parametrize(
    ("figure", "rating"),
    [("48.0", "Green"), ("47.9", "Amber"), ("46.0", "Amber"), ("45.9", "Red"), ("45.95", "Amber")],
)
def test_it_would_be_rated_as_the_last_months_figure(
    kpi: Kpi, borough: Path, figure: str, rating: str
) -> None:
    """At least 48, and amber within 2 points, from 46; 45.95 is printed and rated as 46.0."""
    write_extract("2025-03-year", f"1,2024/25,{figure},,,,,\n")
    text = Path("data/2025-03.csv").read_text(encoding="utf-8")
    Path("data/2025-03.csv").write_text(text.replace(OF_THE_YEAR, ""))
    facts = json.loads(kpi("explain", "1", "--month", "2025-03", "--format", "json").out)
    assert (facts["rating"], facts["year_figure"]["would_be_rated"]) == ("Red", rating)


def test_changes_lists_it(kpi: Kpi, borough: Path) -> None:
    changed = kpi("changes", "--since", "2024-12", "--month", "2025-03").out
    assert "2024/25 47.2%" in changed


def test_a_correction_of_it_is_listed_with_the_others(kpi: Kpi, borough: Path) -> None:
    """A year with arrears goes on, so that a later extract can correct it."""
    Path("indicators.yaml").write_text(CATALOGUE + "        arrears: 1\n", encoding="utf-8")
    write_extract("2025-04", "1,2024/25,47.4,,,,One site was left out,\n")
    changed = kpi("changes", "--since", "2025-03", "--month", "2025-04").out
    assert "2024/25: 47.2% -> 47.4%. One site was left out" in changed
    assert "2024/25 47.4%" not in changed  # it is no new figure
    kpi("build", "--month", "2025-04")
    name = "output/exception-report-2024-25-to-2025-04.md"
    report = Path(name).read_text(encoding="utf-8")
    assert r", 2024/25: 47\.4%, which was 47\.2%. One site was left out" in report
    heads, waste, *_ = read_index("output/performance-index-2024-25-to-2025-04.xlsx")
    assert str(waste[heads.index("Year 2024/25")]) == "0.474"


def test_the_new_year_takes_it_as_the_outturn(kpi: Kpi, borough: Path) -> None:
    """In place of the fourth quarter's, and without a comment that asks to confirm it."""
    planned = kpi("new-year", "2025/26", "--write").out
    lines = [line.split() for line in planned.splitlines() if "%" in line]
    assert [line[-2:] for line in lines] == [["47.2%", "2024/25"], ["Q4", "confirm"]]
    text = Path("indicators-2025-26.yaml").read_text(encoding="utf-8")
    catalogue, _ = read_catalogue(text, "new")
    assert catalogue
    waste, calls = catalogue.indicators
    assert waste.outturns[YEAR].value == Decimal("47.2")
    assert waste.earlier_months[MARCH] == Decimal("45.9")
    assert calls.outturns[YEAR].value == Decimal("92.0")
    assert text.count("confirm 2024/25's outturn") == 1


@pytest.mark.parametrize(
    ("row", "outturn", "comment"),
    [
        (
            "1,2024/25,47.2,,,provisional,,\n",
            "{value: 47.2, status: provisional}",
            "which is marked provisional",
        ),
        (
            "1,2024/25,,,,not_published,,\n",
            "{status: not_published}",
            "since no figure was given for 2024/25",
        ),
    ],
)
def test_a_year_figure_that_is_not_final_is_to_be_confirmed(
    kpi: Kpi, borough: Path, row: str, outturn: str, comment: str
) -> None:
    write_extract("2025-03-year", row)
    text = Path("data/2025-03.csv").read_text(encoding="utf-8")
    Path("data/2025-03.csv").write_text(text.replace(OF_THE_YEAR, ""))
    kpi("new-year", "2025/26", "--write")
    text = Path("indicators-2025-26.yaml").read_text(encoding="utf-8")
    assert outturn in text
    assert f"confirm 2024/25's outturn, {comment}." in text


def test_a_suspicious_figure_of_the_year_is_a_warning_that_can_be_answered(
    kpi: Kpi, borough: Path, messages: Messages
) -> None:
    text = Path("data/2025-03.csv").read_text(encoding="utf-8")
    for figure, parts in (("147.2", ","), ("47.2", "40,100")):
        changed = text.replace("1,2024/25,47.2,,", f"1,2024/25,{figure},{parts}")
        Path("data/2025-03.csv").write_text(changed, encoding="utf-8")
        outcome = kpi("check", "--data", "data")
        lines = [line for line in outcome.err.splitlines() if "csv" in line]
        assert len(lines) == 1
        assert lines[0].startswith("data/2025-03.csv:4: warning: indicator 1: 2024/25: ")
        messages(lines[0].partition(": warning: ")[2])
    answered = "indicator,period,value,confirmed\n1,2024/25,47.2,The weights are of two sites\n"
    Path("data/2025-03-answer.csv").write_text(answered, encoding="utf-8")
    Path("data/2025-03.csv").write_text(text.replace(OF_THE_YEAR, ""))
    assert "2024/25" not in kpi("check", "--data", "data").err


CATALOGUE_OF_KINDS = make_catalogue("""
    - {number: "1", title: Any, unit: number, frequency: monthly, target: new}
    - {number: "2", title: Any, unit: number, frequency: annual, due_months: [9], target: new}
    - number: "3"
      title: Any
      unit: number
      frequency: monthly
      accumulates: academic_year
      target: not_a_target_measure
    - {number: "4", title: Any, unit: number, target: new, removed: No longer collected}
""")


def read_rows(rows: str, known: str = "2021-03") -> tuple[Observation, ...]:
    extract = read_extract(
        f"indicator,period,value,numerator\n{rows}".encode(), f"{known}.csv", Month.read(known)
    )
    assert not extract.issues
    return extract.observations


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ("1,2020/21,9,\n", []),
        ("1,2020/21,9,\n1,,9,\n", []),  # March's figure beside the year's
        ("1,2020/21,9,\n1,2020/21,8,\n", ["given_twice 3"]),
        ("1,2019/20,9,\n", ["outside_year 2"]),
        ("2,2020/21,9,\n", ["no_year_figure 2"]),
        ("3,2020/21,9,\n", ["no_year_figure 2"]),
        ("4,2020/21,9,\n", ["closed_indicator 2"]),
        ("5,2020/21,9,\n", ["unknown_indicator 2"]),
    ],
)
def test_a_year_figure_must_fit_the_catalogue(rows: str, codes: list[str]) -> None:
    _, issues = match_observations(CATALOGUE_OF_KINDS, read_rows(rows), Month(2021, 3))
    assert list_codes(issues) == codes


def test_a_year_figure_that_does_not_fit_is_explained(messages: Messages) -> None:
    rows = "1,2020/21,9,\n1,2020/21,8,\n1,2019/20,9,\n2,2020/21,9,\n3,2020/21,9,\n"
    _, issues = match_observations(CATALOGUE_OF_KINDS, read_rows(rows), Month(2021, 3))
    assert len(issues) == 4
    messages(issues)


@pytest.mark.parametrize("known", ["2021-03", "2021-05"])
def test_a_years_figure_is_known_from_march_on(known: str) -> None:
    extract = read_extract(b"indicator,period,value\n1,2020/21,9\n", "f.csv", Month.read(known))
    assert not extract.issues
    (given,) = extract.observations
    assert (given.month, given.year) == (Month(2021, 3), FinancialYear(2020))


def test_a_years_figure_is_not_known_in_february(messages: Messages) -> None:
    content = b"indicator,period,value\n1,2020/21,9\n"
    extract = read_extract(content, "f.csv", Month(2021, 2), Quotable(is_all=True))
    assert list_codes(extract.issues) == ["future_period 2"]
    messages(extract.issues)


def test_what_belongs_to_a_month_cannot_be_given_for_a_year(messages: Messages) -> None:
    content = (
        "indicator,period,value,commentary,judgement,judgement_reason,judgement_by\n"
        "1,2020/21,9,Few came,,,\n"
        "1,2020/21,9,,red,Too few,Head of Service\n"
        "1,2020/22,9,,,,\n"
        "1,2020-2021,9,,,,\n"
        "1,Year 2020-21,9,,,,\n"
    )
    extract = read_extract(content.encode(), "f.csv", Month(2021, 3), Quotable(is_all=True))
    assert list_codes(extract.issues) == [
        "words_of_year 2",
        "words_of_year 3",
        *(f"period {n}" for n in (4, 5, 6)),
    ]
    messages(extract.issues)


def test_a_later_extract_corrects_the_years_figure() -> None:
    rows = (*read_rows("1,2020/21,9,\n"), *read_rows("1,2020/21,8,\n", "2021-05"))
    for as_at, figure in ((Month(2021, 4), 9), (Month(2021, 5), 8)):
        series, _ = match_observations(CATALOGUE_OF_KINDS, rows, as_at)
        year = series["1"].whole_year
        assert year
        assert year.figures[Month(2021, 3)].value == figure
        assert len(year.restatements) == (figure == 8)
        assert not series["1"].figures


COUNTS = """
    - number: "1"
      title: Children waiting
      unit: {unit}
      frequency: quarterly
      target: not_a_target_measure
      suppress_small_numbers: true
"""
RATES = """
    - number: "2"
      title: Rate of children waiting
      unit: rate_per_10000
      frequency: quarterly
      target: not_a_target_measure
      rate_of: {count: "1", population: 10000}
"""
TOTALS = COUNTS.replace("  target", "  accumulates: financial_year\n      target")
SUMS = TOTALS.replace("  target", "  figures: of_period\n      target")
TO_DATE = COUNTS.replace("{unit}", "percent\n      figures: to_date")


@pytest.mark.parametrize(
    ("entries", "rows", "shown"),
    [
        (COUNTS, "1,,5,\n1,2020/21,25,\n", {"1": "25"}),
        (COUNTS, "1,,5,\n1,2020/21,5,\n", {"1": "5"}),
        (COUNTS, "1,,5,\n1,2020/21,4,\n", {"1": Status.SUPPRESSED_WITH_ANOTHER}),
        (COUNTS, "1,,5,\n1,2020/21,0,\n", {"1": "0"}),
        # Less the quarters that are shown, the year's would give the small quarter away.
        (COUNTS, "1,,4,\n1,2020/21,25,\n", {"1": Status.SUPPRESSED_WITH_ANOTHER}),
        (COUNTS, "1,2020-06,4,\n1,2020/21,25,\n", {"1": Status.SUPPRESSED_WITH_ANOTHER}),
        (TOTALS, "1,,20,\n1,2020/21,25,\n", {"1": "25"}),
        (TOTALS, "1,,21,\n1,2020/21,25,\n", {"1": Status.SUPPRESSED_WITH_ANOTHER}),
        (TOTALS, "1,,25,\n1,2020/21,25,\n", {"1": "25"}),
        (TOTALS, "1,,26,\n1,2020/21,25,\n", {"1": Status.SUPPRESSED_WITH_ANOTHER}),
        # The year's less the sum of the quarters; neither is compared with one quarter.
        (SUMS, "1,2020-06,10,\n1,,10,\n1,2020/21,25,\n", {"1": "25"}),
        (SUMS, "1,2020-06,10,\n1,,11,\n1,2020/21,25,\n", {"1": Status.SUPPRESSED_WITH_ANOTHER}),
        (SUMS, "1,2020-06,5,\n1,,24,\n1,2020/21,29,\n", {"1": "29"}),
        (SUMS, "1,2020-06,0,\n1,,24,\n1,2020/21,29,\n", {"1": "29"}),
        (SUMS, "1,2020-06,8,\n1,,24,\n1,2020/21,25,\n", {"1": "25"}),
        (TO_DATE, "1,,90,90\n1,2020/21,86,95\n", {"1": "86"}),
        (TO_DATE, "1,,90,90\n1,2020/21,86,94\n", {"1": Status.SUPPRESSED_WITH_ANOTHER}),
        (COUNTS + RATES, "1,2020/21,9,\n2,2020/21,9,\n", {"1": "9", "2": "9"}),
        (
            COUNTS + RATES,
            "1,2020/21,4,\n2,2020/21,4,\n",
            {"1": Status.SUPPRESSED_WITH_ANOTHER, "2": Status.SUPPRESSED_WITH_ANOTHER},
        ),
        # 9 of 10,000 people: not a small count, though it is not given.
        (COUNTS + RATES, "2,2020/21,9,\n", {"2": "9"}),
        (
            COUNTS + RATES,
            "1,,3,\n1,2020/21,9,\n2,2020/21,9,\n",
            {"1": Status.SUPPRESSED_WITH_ANOTHER, "2": Status.SUPPRESSED_WITH_ANOTHER},
        ),
    ],
)
def test_a_years_figure_discloses_no_small_number(
    entries: str, rows: str, shown: dict[str, str | Status]
) -> None:
    catalogue = make_catalogue(entries.replace("{unit}", "number"))
    series, issues = match_observations(catalogue, read_rows(rows), Month(2021, 3))
    assert not issues
    found: dict[str, str | Status | None] = {}
    for number, each in series.items():
        if each.whole_year:
            (given,) = each.whole_year.figures.values()
            found[number] = given.status if given.value is None else f"{given.value}"
    assert found == shown


def test_a_suppressed_figure_of_the_year_is_explained_as_suppressed() -> None:
    rows, march = read_rows("1,,5,\n1,2020/21,4,\n"), Month(2021, 3)
    catalogue = make_catalogue(COUNTS.replace("{unit}", "number"))
    assessed, _ = assess_indicators(
        Inputs(file="indicators.yaml", catalogue=catalogue, month=march, observations=rows), march
    )
    assert assessed
    explanation = explain(assessed["1"].indicator, assessed["1"].series, assessed["1"].assessment)
    assert list_sentences(explanation, "The year's own figure") == (
        "The figure for 2020/21 is suppressed (2021-03.csv, line 3).",
    )


def test_an_earlier_version_of_the_years_figure_is_no_step_from_a_total() -> None:
    """22 and then 30, beside a running total of 20: 22 would give a count of 2 away."""
    catalogue = make_catalogue(TOTALS.replace("{unit}", "number"))
    rows = (*read_rows("1,,20,\n1,2020/21,22,\n"), *read_rows("1,2020/21,30,\n", "2021-05"))
    series, issues = match_observations(catalogue, rows, Month(2021, 5))
    assert not issues
    year = series["1"].whole_year
    assert year
    (restated,) = year.restatements
    assert restated.old.value is None
    assert restated.new.value == 30


def test_a_percentage_of_the_year_needs_its_count_where_small_numbers_are_hidden() -> None:
    catalogue = make_catalogue(COUNTS.replace("{unit}", "percent"))
    _, issues = match_observations(catalogue, read_rows("1,2020/21,25,\n"), Month(2021, 3))
    assert list_codes(issues) == ["count_unknown 2"]
    _, issues = match_observations(catalogue, read_rows("1,2020/21,25,5\n"), Month(2021, 3))
    assert not issues


def test_a_catalogue_of_the_next_year_passes_over_last_years_figures(
    kpi: Kpi, borough: Path
) -> None:
    """While last year's figures come, by the arrears; after that it is an error."""
    text = CATALOGUE.replace("2024/25", "2025/26")
    Path("indicators.yaml").write_text(text + "        arrears: 1\n", encoding="utf-8")
    write_extract("2025-04", "1,2024/25,47.2,,,,,\n2,2025-03,91.0,,,,,\n1,,49.0,,,,,\n")
    built = kpi("build", "--month", "2025-04")
    assert built.code == 0
    assert "3 rows in 1 extract, 1 used, 2 of another year\n" in built.out
    write_extract("2025-05", "1,2024/25,47.2,,,,,\n")
    refused = kpi("build", "--month", "2025-05")
    assert refused.code == 1
    assert "2024/25 is outside the catalogue's year, 2025/26" in refused.err
