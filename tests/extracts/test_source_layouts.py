"""Extracts that a system or a service makes in its own way, read by the catalogue's `sources`."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD, make_catalogue
from helpers.return_books import make_book

from merton_kpi.catalogue.entries import OwnHeadings
from merton_kpi.core.periods import Month
from merton_kpi.extracts.columns import COLUMNS
from merton_kpi.extracts.quoting import Quotable, list_quotable_rows
from merton_kpi.extracts.reader import Extract, read_extract
from merton_kpi.loading.catalogue_file import read_catalogue
from merton_kpi.series.match import match_observations

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    Messages = Callable[..., None]

SOURCES = """\
sources:
  - files: "*-housing*"
    sheet: Data
    columns: {indicator: KPI ref, value: Actual, period: Month}
    pass_over: [Team, Value]
    indicators: {HSG-01: "1", HSG-02: "2"}
"""
INDICATORS = """
    - {number: "1", title: A, unit: percent, frequency: monthly, target: new}
    - {number: "2", title: B, unit: number, frequency: monthly, target: new}
    """
CATALOGUE = make_catalogue(INDICATORS, HEAD + SOURCES)
FILES = re.compile(r"\{files: (.*?), [a-z_]+: ")
JULY = Month(2025, 7)
ROWS = [
    ("KPI ref", "Team", "Month", "Actual", "Value"),
    ("HSG-01", "Voids", "2025-07", 96.5, "good"),
    ("HSG-02", "Rents", "2025-06", 18, "poor"),
]


def read(content: bytes, name: str) -> Extract:
    quotable = Quotable(is_all=True)
    return read_extract(content, name, Month(2025, 7), quotable, CATALOGUE.sources)


def list_values(extract: Extract) -> list[tuple[str, str, str]]:
    return [(each.indicator, str(each.month), f"{each.value}") for each in extract.observations]


def read_as_advised(content: bytes, name: str, refused: Extract) -> Extract:
    """The file as it is read where the catalogue has what each issue says to write."""
    keys = [re.search(r"\{(files: .*)\}\]? (?:in|to)", each.message) for each in refused.issues]
    layout = ", ".join(dict.fromkeys(found[1] for found in keys if found))
    catalogue = make_catalogue(INDICATORS, f"{HEAD}sources: [{{{layout}}}]\n")
    return read_extract(content, name, Month(2025, 7), Quotable(is_all=True), catalogue.sources)


def make_export(sheet: str) -> bytes:
    return make_book([("Export of 1 August",), *ROWS], lambda page: setattr(page, "title", sheet))


def test_a_workbook_is_read_by_its_own_headings_and_numbers() -> None:
    extract = read(make_export("Data"), "data/2025-07-Housing.xlsx")
    assert list_values(extract) == [("1", "2025-07", "96.5"), ("2", "2025-06", "18")]
    assert extract.issues == ()


def test_a_csv_file_is_read_in_the_same_way() -> None:
    text = "\n".join(",".join(map(str, row)) for row in ROWS)
    extract = read(text.encode(), "2025-07-housing.csv")
    assert list_values(extract) == [("1", "2025-07", "96.5"), ("2", "2025-06", "18")]
    assert extract.issues == ()


def test_another_file_is_read_by_the_names_of_an_extract(messages: Messages) -> None:
    extract = read(make_export("Data"), "2025-07-care.xlsx")
    assert [each.code for each in extract.issues] == ["no_header"]
    other_sheet = read(make_export("Return"), "2025-07-housing.xlsx")
    assert [each.code for each in other_sheet.issues] == ["no_header"]
    messages(extract.issues, other_sheet.issues)


EXPORTS = {  # each with columns that kpi does not know, by what is unusual in them
    "plain": "indicator,directorate,value,target\n1,Children,91,90\n",
    "yaml signs": 'indicator,"Team: ""A""",value,No,#\n1,x,91,y,z\n',
    "without a name": "indicator,Team,value,,Late\n1,x,91,y,z\n",
    "two lines": 'indicator,"Target\nfor 2025",value\n1,x,91\n',
}


@pytest.mark.parametrize("kind", EXPORTS)
def test_columns_of_a_systems_export_are_refused_until_the_catalogue_passes_them_over(
    kind: str, messages: Messages
) -> None:
    """The refusal names each of them once, and says what to write; `target` is a return's own."""
    content = EXPORTS[kind].encode()
    quotable = list_quotable_rows(CATALOGUE)
    refused = read_extract(content, "2025-07-export.csv", Month(2025, 7), quotable)
    assert [each.code for each in refused.issues] == ["header"]
    extract = read_as_advised(content, "2025-07-export.csv", refused)
    assert (list_values(extract), extract.issues) == ([("1", "2025-07", "91")], ())
    messages(refused.issues)


def test_a_workbooks_warning_says_how_to_pass_over_columns_without_one(messages: Messages) -> None:
    header = ("Indicator", "Team", "Value", "", "Late?")
    content = make_book([("Housing",), header, ("1", "x", 91, "y", "z")])
    warned = read(content, "2025-07-care (1).xlsx")
    extract = read_as_advised(content, "2025-08-care.xlsx", warned)
    assert (list_values(extract), extract.issues) == ([("1", "2025-07", "91")], ())
    messages(warned.issues)


def test_a_heading_like_an_extracts_may_stay(messages: Messages) -> None:
    content = make_book([("Indicator", "Value", "Comment"), ("1", 91, "Busy")])
    refused = read(content, "2025-07-care.xlsx")
    (row,) = read_as_advised(content, "2025-07-care.xlsx", refused).observations
    assert row.commentary == "Busy"
    messages(refused.issues)


def test_a_layout_that_has_columns_is_advised_to_have_more(messages: Messages) -> None:
    """The catalogue's entry for the file is named, with what it has already."""
    text = "KPI ref,Team,Month,Actual,Comments,Late\nHSG-01,x,2025-07,96.5,y,z\n"
    extract = read(text.encode(), "2025-07-housing.csv")
    no_value = read(b"KPI ref,Result\nHSG-01,96\n", "2025-07-housing.csv")
    assert [each.code for each in (*extract.issues, *no_value.issues)] == ["header"] * 4
    messages(extract.issues, no_value.issues)


def test_rows_can_be_passed_over_by_what_is_in_place_of_their_number(messages: Messages) -> None:
    rows = [*ROWS, ("HSG-03", "Voids", "2025-07", 12, ""), ("Total", "", "2025-07", 30, "")]
    text = "\n".join(",".join(map(str, row)) for row in rows).encode()
    book = make_book(rows, lambda page: setattr(page, "title", "Data"))
    for content, name in ((text, "2025-07-housing.csv"), (book, "2025-07-housing.xlsx")):
        extract = read(content, name)
        _, issues = match_observations(CATALOGUE, extract.observations, Month(2025, 7))
        unknown = [each for each in issues if each.code == "unknown_indicator"]
        assert [each.indicator for each in unknown] == ["HSG-03", "Total"]
        sources = SOURCES + '    pass_over_rows: [total, "HSG-*"]\n'
        catalogue = make_catalogue(INDICATORS, HEAD + sources)
        quotable = list_quotable_rows(catalogue)
        extract = read_extract(content, name, Month(2025, 7), quotable, catalogue.sources)
        assert list_values(extract) == [("1", "2025-07", "96.5"), ("2", "2025-06", "18")]
        assert (extract.rows, extract.issues) == (2, ())
    messages(unknown)


@pytest.mark.parametrize("row", ["Total [p]", "Total [a-z]?", "Total (all)", "Total *"])
def test_a_row_is_passed_over_as_advised_whatever_signs_it_has(row: str) -> None:
    content = f"KPI ref,Actual\n1,91\n{row},91\n".encode()
    quotable = list_quotable_rows(CATALOGUE)
    extract = read_extract(content, "2025-07-housing.csv", JULY, quotable, CATALOGUE.sources)
    _, issues = match_observations(CATALOGUE, extract.observations, JULY)
    (unknown,) = [each for each in issues if each.code == "unknown_indicator"]
    found = re.search(r"write (pass_over_rows: \[.*\]) in", unknown.message)
    assert found
    catalogue = make_catalogue(INDICATORS, f"{HEAD}{SOURCES}    {found[1]}\n")
    extract = read_extract(content, "2025-07-housing.csv", JULY, quotable, catalogue.sources)
    assert list_values(extract) == [("1", "2025-07", "91")]
    assert extract.issues == ()


@pytest.mark.parametrize("name", ["2025-07-care [new].csv", "2025-07-Care[1] new?.csv"])
def test_only_a_star_stands_for_other_text_in_a_files_name(name: str) -> None:
    refused = read(b"KPI ref,Actual\n1,91\n", name)
    (advice,) = {found[1] for each in refused.issues if (found := FILES.search(each.message))}
    sources = f"sources:\n  - files: {advice}\n    columns: {{indicator: KPI ref, value: Actual}}\n"
    catalogue = make_catalogue(INDICATORS, HEAD + sources)
    quotable = Quotable(is_all=True)
    extract = read_extract(b"KPI ref,Actual\n1,91\n", name, JULY, quotable, catalogue.sources)
    assert list_values(extract) == [("1", "2025-07", "91")]


def test_a_heading_that_names_its_month_is_given_by_its_beginning() -> None:
    """One that is given as it is counts before one with a star."""
    sources = """\
sources:
  - files: "*-care*"
    columns: {indicator: Ref, value: "Actual*", note: column D}
    pass_over: [Actual last year, "Target*"]
"""
    catalogue = make_catalogue(INDICATORS, HEAD + sources)
    for month in (7, 8):
        named = date(2025, month, 1).strftime("%B %Y")
        header = ("Ref", f"Actual\n({named})", "Actual last year", "", f"Target {named}")
        content = make_book([header, ("1", 91, 89, "provisional", 90)])
        extract = read_extract(
            content, f"2025-{month:02}-care.xlsx", Month(2025, month), sources=catalogue.sources
        )
        assert list_values(extract) == [("1", f"2025-{month:02}", "91")]
        assert [each.note for each in extract.observations] == ["provisional"]
        assert extract.issues == ()


def test_headings_and_footnotes_of_a_sheet_are_no_rows() -> None:
    """A row with an indicator's number and nothing else is one that was not filled in."""
    rows = [
        ("Indicator", "Title", "Value"),
        ("Lettings",),
        ("1", "Homes let in time", 96),
        ("2", "Homes let", None),
        ("Source: the housing system",),
        ("* provisional",),
    ]
    content = make_book(rows, lambda sheet: sheet.merge_cells("A2:C2"))
    quotable = list_quotable_rows(CATALOGUE)
    extract = read_extract(content, "2025-07-lettings.xlsx", Month(2025, 7), quotable)
    assert list_values(extract) == [("1", "2025-07", "96")]
    assert [(each.code, each.place.line) for each in extract.issues] == [("empty_row", 4)]
    assert extract.rows == 2


def test_a_number_that_no_indicator_has_is_a_fault_of_the_catalogue(messages: Messages) -> None:
    head = HEAD + SOURCES.replace('"2"', '"22"')
    text = f"{head}sections:\n  - title: S\n    indicators:{INDICATORS}"
    catalogue, issues = read_catalogue(text, "indicators.yaml")
    assert catalogue is None
    assert [each.code for each in issues] == ["dangling_link"]
    messages(issues)


@pytest.mark.parametrize(
    "change", [("value: Actual", "valu: Actual"), ("sheet: Data", "tab: Data"), ("[Team", "[3")]
)
def test_a_layout_is_checked_as_the_rest_of_the_catalogue(
    change: tuple[str, str], messages: Messages
) -> None:
    head = HEAD + SOURCES.replace(*change)
    text = f"{head}sections:\n  - title: S\n    indicators:{INDICATORS}"
    catalogue, issues = read_catalogue(text, "indicators.yaml")
    assert catalogue is None
    messages(issues)


def test_each_column_of_an_extract_can_have_a_heading_of_its_own() -> None:
    assert list(OwnHeadings.model_fields) == list(COLUMNS)


@pytest.mark.parametrize(
    "fault",
    [
        ("frequency: monthly", "frequency: monthy"),
        ("value: Actual", "valu: Actual"),
        ("panel: Services Panel", "panel: 'Services"),
    ],
    ids=["of an indicator", "of the layout", "of the whole text"],
)
def test_a_fault_of_the_catalogue_makes_no_faults_of_headings(
    fault: tuple[str, str], kpi: Callable[..., Outcome], tmp_path: Path
) -> None:
    """Files are read by the layouts that are known; their headings are left alone where none is."""
    text = HEAD.replace("2020/21", "2025/26") + SOURCES
    text += f"sections:\n  - title: S\n    indicators:{INDICATORS}"
    (tmp_path / "indicators.yaml").write_text(text.replace(*fault), encoding="utf-8")
    (tmp_path / "2025-07-housing.xlsx").write_bytes(make_export("Data"))
    rows = "\n".join(",".join(map(str, row)) for row in ROWS)
    (tmp_path / "2025-07-housing-again.csv").write_text(rows, encoding="utf-8")
    outcome = kpi("check", "--catalogue", tmp_path / "indicators.yaml", "--data", tmp_path)
    assert outcome.code == 1
    assert "housing" not in outcome.err


OWN = "indicator,title,period,value,numerator,denominator,status,note\n1,A,,91,,,,Counted\n"
ENTRIES = {  # each with a heading or a number that a file of kpi's own has in another meaning
    "of all headings": "columns: {indicator: Ref, title: Measure, value: Result, note: Remarks}",
    "of one heading": "columns: {note: Remarks}",
    "of numbers": 'columns: {indicator: Ref}, indicators: {"1": "2", "2": "1"}',
    "of rows": 'columns: {value: Result}, pass_over_rows: ["1", Total]',
    "of columns to pass over": "columns: {value: Result}, pass_over: [Value, Note, Title]",
    "of a sheet": 'sheet: KPIs, columns: {value: Result}, indicators: {"1": "2"}',
}


def read_with(entry: str, content: bytes, name: str) -> Extract:
    head = f'{HEAD}sources: [{{files: "*-repairs*", {entry}}}]\n'
    catalogue = make_catalogue(INDICATORS, head)
    quotable = list_quotable_rows(catalogue)
    return read_extract(content, name, JULY, quotable, catalogue.sources)


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_a_file_with_an_extracts_own_headings_is_read_by_them(entry: str) -> None:
    """Its numbers are the catalogue's too; a name that an entry fits changes neither."""
    rows = [line.split(",") for line in OWN.splitlines()]
    book = make_book([("Return of repairs",), *rows])
    for content, name in ((OWN.encode(), "2025-07-repairs.csv"), (book, "2025-07-repairs.xlsx")):
        extract = read_with(entry, content, name)
        assert list_values(extract) == [("1", "2025-07", "91")]
        assert [each.note for each in extract.observations] == ["Counted"]
        assert extract.issues == ()


def test_the_sources_entry_counts_where_a_sheet_has_both_kinds_of_headings() -> None:
    entry = 'columns: {indicator: Ref, value: Result}, indicators: {R1: "2"}'
    rows = [("Indicator", "Value", "Ref", "Result"), ("1", 50, "R1", 91)]
    text = "\n".join(",".join(map(str, row)) for row in rows)
    for content, name in (
        (text.encode(), "2025-07-repairs.csv"),
        (make_book(rows), "2025-07-repairs.xlsx"),
    ):
        extract = read_with(entry, content, name)
        assert list_values(extract) == [("2", "2025-07", "91")]
        assert extract.issues == ()


def test_a_sheet_of_a_service_may_lack_an_optional_column_of_its_entry() -> None:
    entry = 'columns: {note: Remarks}, indicators: {R1: "2"}'
    extract = read_with(entry, b"Indicator,Value\nR1,91\n", "2025-07-repairs.csv")
    assert list_values(extract) == [("2", "2025-07", "91")]


def test_only_the_sheet_return_is_of_kpis_own_where_the_entry_names_a_sheet() -> None:
    """Another one may have the figures of another year."""
    content = make_book(
        [("Indicator", "Value"), ("1", 91)], lambda page: setattr(page, "title", "Last year")
    )
    extract = read_with("sheet: KPIs", content, "2025-07-repairs.xlsx")
    assert [each.code for each in extract.issues] == ["no_header"]


def test_the_advice_for_a_row_of_a_file_of_kpis_own_is_not_to_pass_it_over() -> None:
    """The source's entry is not for its rows."""
    entry = "columns: {indicator: Ref, value: Result}"
    catalogue = make_catalogue(INDICATORS, f'{HEAD}sources: [{{files: "*", {entry}}}]\n')
    extract = read_extract(
        b"indicator,value\nTotal,91\n", "2025-07.csv", JULY, Quotable(), catalogue.sources
    )
    _, issues = match_observations(catalogue, extract.observations, JULY)
    (unknown,) = [each for each in issues if each.code == "unknown_indicator"]
    assert "pass_over_rows" not in unknown.message
