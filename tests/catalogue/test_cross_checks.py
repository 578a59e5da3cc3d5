"""One fault is one issue, also where it concerns several entries."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from helpers.catalogues import list_issues
from helpers.councils import HEAD, NOVEMBER, ROOT, make_catalogue, read_merton, score
from helpers.messages import list_codes

from merton_kpi.core.headings import list_fixed_headings
from merton_kpi.core.periods import Month
from merton_kpi.core.units import Unit
from merton_kpi.papers.workbook.sheets.contents import list_sheets
from merton_kpi.papers.workbook.sheets.index import INDEX
from merton_kpi.scorecard.cells import Cell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from merton_kpi.core.issues import Issue

MERTON = (ROOT / "indicators.yaml").read_text(encoding="utf-8")
LINE = HEAD.count("\n") + 3  # the lines before the first entry


def list_entry_issues(entries: str) -> tuple[Issue, ...]:
    """The issues of a catalogue with these entries."""
    return list_issues(write_entries(entries))


def write_entries(entries: str) -> str:
    text = HEAD + "sections:\n  - title: Services\n    indicators:\n"
    return text + textwrap.indent(textwrap.dedent(entries), " " * 6)


def list_words(entries: str, issues: Iterable[Issue]) -> list[str]:
    """Each issue's code, the entry's line, from 1 for the first, and the word at its place."""
    lines = write_entries(entries).splitlines()
    words = []
    for issue in issues:
        line, column = issue.place.line, issue.place.column
        assert line is not None
        assert column is not None
        there = re.match(r"[^\s,:}\]]+", lines[line - 1][column - 1 :])
        assert there
        words.append(f"{issue.code} {line - LINE} at {there[0]}")
    return words


EDITS = [
    ("benchmark_areas: [England, London]", "benchmark_areas: England, London", "wrong_kind 18:18"),
    ("benchmark_areas:", "benchmark_area:", "unknown_key 18:1"),
    ("[England, London]", "[Englnd, London]", "dangling_link 18:19"),
    ("benchmark_areas: [England, London]\n", "", "dangling_link 51:11"),
    ("[England, London]", "[]", "dangling_link 51:11"),
    ("percentage_points: 1", "percentage_points: 0", "bands 25:20"),
    ("percent: {amber: {percentage_points: 1}}", "percent: {amber: {units: 2}}", "bands 25:20"),
    ("percent_of_target: 5", "percent_of_target: 0", "bands 26:18"),
    ("\nfootnotes:", "\nfootnote:", "unknown_key 27:1"),
    ('number: "40"', 'nmber: "40"', "unknown_key 838:9"),
    ('number: "2"', "number:", "wrong_kind 60:16"),
    ('number: "2"', 'number: "2"\n        number: "2b"', "yaml 61:9"),
    ('number: "2"', "number: 02", "yaml 60:17"),
    ('number: "2"', 'number: "3"', "duplicate_number 83:17"),
    ('number: "2"', 'number: "2x"', "dangling_link 56:18"),
    ('number: "2"', "number: 3", "wrong_kind 60:17"),
    ("  - title: Looked After Children\n", "", "yaml 226:5"),
    ("    indicators:", "    indicator:", "unknown_key 40:5"),
    ("owner: Head of Early Help", "owner: ''", "wrong_kind 57:16"),
    ("owner: Head of Early Help", "owner:", "no_owner 41:9"),
    ("data_to: 2020-11", "data_to: 2019-11", "other_year 15:14"),
]


def format_edit(edit: tuple[str, str, str]) -> str:
    old, new, _ = edit
    return " ".join(new.split()) or f"without {old.strip()}"


@pytest.mark.parametrize(("old", "new", "code"), EDITS, ids=map(format_edit, EDITS))
def test_one_fault_of_mertons_catalogue_is_one_issue(old: str, new: str, code: str) -> None:
    assert old in MERTON
    assert list_codes(list_issues(MERTON.replace(old, new, 1), gaps=True)) == [code]


def test_each_fault_of_mertons_catalogue_is_explained(messages: Callable[..., None]) -> None:
    for old, new, _ in EDITS:
        messages(list_issues(MERTON.replace(old, new, 1), gaps=True))


HEADINGS = ("BRAG rating", "indicator", "Merton 2019/20", "Target 2020/21", "Apr 2020")
AREAS = [
    "[England, London, England]",
    "[England, London, london]",
    *(f"[England, London, {heading}]" for heading in HEADINGS),
]


@pytest.mark.parametrize("areas", AREAS)
def test_an_area_that_would_be_a_second_equal_heading_is_an_error(areas: str) -> None:
    """Excel repairs a table with two equal headings, and a chart has a line for each area."""
    issues = list_issues(MERTON.replace("[England, London]", areas), gaps=True)
    assert list_codes(issues) == ["duplicate_heading 18:36"]


def test_an_area_given_twice_or_with_the_name_of_a_heading_is_explained(
    messages: Callable[..., None],
) -> None:
    for areas in AREAS:
        messages(list_issues(MERTON.replace("[England, London]", areas), gaps=True))


def test_the_headings_are_those_of_the_index() -> None:
    """In March, with the year's own figures, it has every one."""
    card = read_merton(NOVEMBER)
    cell = Cell(unit=Unit.PERCENT, value=Decimal(1))
    first = replace(card.rows[0], months=(cell,) * 12, year_figure=cell)
    march = replace(card, rows=(first, *card.rows[1:]), month=Month(2021, 3))
    (index,) = (sheet for sheet in list_sheets(march) if sheet.name == INDEX)
    assert index.table is not None
    headers = {column.header for column in index.table.columns}
    assert headers == {*list_fixed_headings(card.short_name, card.year), *card.areas}


ANY = "title: Any, unit: number, frequency: monthly, target: {at_least: 90}"


def test_an_indicator_that_is_linked_to_itself_is_an_error(messages: Callable[..., None]) -> None:
    entries = f"""\
        - {{number: "1", {ANY}, linked: ["2", "1"]}}
        - {{number: "2", {ANY}, replaced_by: "2"}}
        - {{number: "3", {ANY.replace("number", "rate_per_10000")}, rate_of: {{count: "3"}}}}
        """
    issues = list_entry_issues(entries)
    assert list_words(entries, issues) == ['circle 1 at "1"', 'circle 2 at "2"', 'circle 3 at "3"']
    messages(issues)


def test_a_circle_of_replacements_is_one_error(messages: Callable[..., None]) -> None:
    entries = f"""\
        - {{number: "1", {ANY}, replaced_by: "2"}}
        - {{number: "2", {ANY}, replaced_by: "3"}}
        - {{number: "3", {ANY}, replaced_by: {{from: 2020-09, indicator: "2"}}}}
        - {{number: "4", {ANY}, replaced_by: {{from: 2020-09, indicator: "5"}}}}
        - {{number: "5", {ANY}}}
        """
    issues = list_entry_issues(entries)
    assert list_words(entries, issues) == ['circle 2 at "3"']
    messages(issues)


TWO = f"""\
- {{number: "1", {ANY}, linked: ["20", "3"]}}
- {{number: "2", {ANY}, linked: ["3", "20"]}}
"""


def test_an_unknown_number_is_an_error_where_it_is_used_first(
    messages: Callable[..., None],
) -> None:
    issues = list_entry_issues(TWO)
    assert list_words(TWO, issues) == ['dangling_link 1 at "20"', 'dangling_link 1 at "3"']
    messages(issues)


def test_a_number_under_a_misspelt_key_is_not_unknown_as_well(
    messages: Callable[..., None],
) -> None:
    entries = f'{TWO}- {{nmber: "3", {ANY}}}\n'
    issues = list_entry_issues(entries)
    assert list_words(entries, issues) == ['dangling_link 1 at "20"', "unknown_key 3 at nmber"]
    messages(issues)


def test_an_unknown_number_is_an_error_although_other_numbers_are_faulty(
    messages: Callable[..., None],
) -> None:
    """The faulty numbers are a trap (010) and one given twice (3); none is like 2111, 02 or 4."""
    entries = f"""\
- {{number: 010, {ANY}, linked: ["10", "2111"]}}
- {{number: "01", {ANY}, linked: ["02"]}}
- {{number: "3", {ANY}}}
- {{number: "3", {ANY}, linked: ["4"]}}
"""
    issues = list_entry_issues(entries)
    assert list_words(entries, issues) == [
        "yaml 1 at 010",
        'dangling_link 1 at "2111"',
        'dangling_link 2 at "02"',
        'duplicate_number 4 at "3"',
    ]
    messages(issues)


def test_an_error_in_bands_is_placed_in_the_entry_or_the_section_that_sets_them(
    messages: Callable[..., None],
) -> None:
    entries = f"""\
        - {{number: "1", {ANY}, bands: {{amber: {{units: 0}}}}}}
        - {{number: "2", {ANY}}}
        """
    issues = list_entry_issues(entries)
    assert list_words(entries, issues) == ["bands 1 at {units"]
    text = HEAD + "sections:\n  - title: A\n    bands: {other: {amber: {units: 0}}}\n"
    text += f'    indicators:\n      - {{number: "1", {ANY}}}\n      - {{number: "2", {ANY}}}\n'
    of_section = list_issues(text)
    assert list_codes(of_section) == ["bands 14:28"]
    messages(issues, of_section)


def test_a_percentage_of_a_target_of_0_is_an_error_at_each_such_target(
    messages: Callable[..., None],
) -> None:
    """No issue is at the bands themselves, since they are right for other targets."""
    entries = f"""\
        - {{number: "1", {ANY.replace("90", "0")}}}
        - {{number: "2", {ANY.replace("90", "0")}}}
        - {{number: "3", {ANY}}}
        """
    issues = list_entry_issues(entries)
    assert list_words(entries, issues) == ["bands 1 at {at_least", "bands 2 at {at_least"]
    messages(issues)


def test_a_month_outside_the_year_is_an_error_at_its_own_place(
    messages: Callable[..., None],
) -> None:
    growing = ANY.replace("90}", "90, profile: milestones, milestones: {2020-06: 5, 2021-06: 9}}")
    moving = ANY.replace("{at_least: 90}", "[{at_least: 5}, {from: 2021-04, at_least: 6}]")
    entries = f"""\
        - {{number: "1", {growing}, accumulates: financial_year}}
        - {{number: "2", {moving}}}
        - {{number: "3", {ANY}, outturns: {{2020/21: 4, 2021/22: 4}}}}
        - {{number: "4", {ANY}, earlier_months: {{2020-03: 4, 2020-04: 4}}}}
        """
    issues = list_entry_issues(entries)
    assert list_words(entries, issues) == [
        "other_year 1 at 2021-06",
        "other_year 2 at 2021-04",
        "not_past 3 at 2021/22",
        "not_past 4 at 2020-04",
    ]
    messages(issues)


def test_this_years_outturn_may_be_known_already() -> None:
    catalogue = make_catalogue(f'- {{number: "1", {ANY}, outturns: {{2020/21: 4}}}}')
    assert score(catalogue, [], NOVEMBER).rows[0].number == "1"
