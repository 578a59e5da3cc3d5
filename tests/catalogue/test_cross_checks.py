"""One fault is one line, also where it concerns several entries."""

from __future__ import annotations

import re
import textwrap

import pytest
from helpers.catalogues import list_issues
from helpers.councils import HEAD, NOVEMBER, ROOT, make_catalogue, read_merton, score

from merton_kpi.core.headings import list_column_headings
from merton_kpi.papers.workbook.index_sheets import INDEX, list_sheets

MERTON = (ROOT / "indicators.yaml").read_text(encoding="utf-8")
LINE = HEAD.count("\n") + 3  # the lines before the first entry


def list_entry_faults(entries: str) -> list[str]:
    """The faults of some entries: each with its line, from 1 for the first, and the word there."""
    text = HEAD + "sections:\n  - title: Services\n    indicators:\n"
    text += textwrap.indent(textwrap.dedent(entries), " " * 6)
    lines = text.splitlines()

    def format_place(place: re.Match[str]) -> str:
        line, column = int(place[1]), int(place[2])
        there = re.match(r"[^\s,:}\]]+", lines[line - 1][column - 1 :])
        assert there
        return f"{line - LINE} at {there[0]}"

    return [re.sub(r"^f:(\d+):(\d+)", format_place, each) for each in list_issues(text)]


EDITS = [
    ("benchmark_areas: [England, London]", "benchmark_areas: England, London",
     '18:18: error: benchmark_areas: write a list, ["England, London"], not \'England, London\''),
    ("benchmark_areas:", "benchmark_area:",
     "18:1: error: the key 'benchmark_area' is not known here; did you mean 'benchmark_areas'?"),
    ("[England, London]", "[Englnd, London]",
     "18:19: error: benchmark_areas: no indicator uses 'Englnd'; did you mean 'England', which "
     "38 indicators use?"),
    ("benchmark_areas: [England, London]\n", "",
     "51:11: error: indicator 1: benchmarks: there is no 'London'; use one of England"),
    ("[England, London]", "[]",
     "51:11: error: indicator 1: benchmarks: there is no 'England'; none is defined"),
    ("percentage_points: 1", "percentage_points: 0",
     "23:20: error: target and bands: amber and green both begin at 91%: say 'amber: none'; "
     "first seen on indicator 2"),
    ("percent: {amber: {percentage_points: 1}}", "percent: {amber: {units: 2}}",
     "23:20: error: target and bands: an indicator in percent has its bands in "
     "'percentage_points'; first seen on indicator 2"),
    ("percent_of_target: 5", "percent_of_target: 0",
     "24:18: error: target and bands: amber and green both begin at 26 weeks: say 'amber: none'; "
     "first seen on indicator 16"),
    ("\nfootnotes:", "\nfootnote:",
     "25:1: error: the key 'footnote' is not known here; did you mean 'footnotes'?"),
    ('number: "40"', 'nmber: "40"',
     "823:9: error: the key 'nmber' is not known here; did you mean 'number'?"),
    ('number: "2"', "number:", "60:16: error: number: write text, not nothing"),
    ('number: "2"', 'number: "2"\n        number: "2b"',
     "61:9: error: indicator 2b: the key 'number' stands on line 60 already; keep one of the two"),
    ('number: "2"', "number: 02",
     "60:17: error: indicator 02: '02' without quotes is 2 to other programs; write \"02\", or 2"),
    ('number: "2"', 'number: "3"',
     "80:17: error: indicator 3: number 3 was given on line 60 already; give each its own"),
    ('number: "2"', 'number: "2x"',
     "56:18: error: indicator 1: linked: there is no '2'; did you mean '32'?"),
    ('number: "2"', "number: 3",
     '60:17: error: indicator 3: number: this is text, so write it in quotes: "3"'),
    ("  - title: Looked After Children\n", "",
     "223:5: error: the key 'indicators' stands on line 102 already; keep one of the two"),
    ("    indicators:", "    indicator:",
     "40:5: error: the key 'indicator' is not known here; did you mean 'indicators'?"),
    ("owner: Head of Early Help", "owner: ''",
     "57:16: error: indicator 1: owner: write something between the quotes, or leave it out"),
    ("owner: Head of Early Help", "owner:",
     "41:9: warning: indicator 1: the owner is missing; give the job title of the one who answers "
     "for the figures"),
    ("data_to: 2020-11", "data_to: 2019-11",
     "15:14: warning: data_to: 2019-11 is not in the catalogue's year, 2020-04 to 2021-03, so no "
     "papers can be built for this meeting"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "fault"), EDITS, ids=[each[1] for each in EDITS])
def test_one_fault_of_mertons_catalogue_is_one_line(old: str, new: str, fault: str) -> None:
    assert old in MERTON
    assert list_issues(MERTON.replace(old, new, 1), gaps=True) == [f"f:{fault}"]


AREAS = [
    ("[England, London, England]", "18:36: error: benchmark_areas: England stands twice; keep one"),
    ("[England, London, london]", "18:36: error: benchmark_areas: london stands twice; keep one"),
    *(
        (
            f"[England, London, {heading}]",
            f"18:36: error: benchmark_areas: '{heading}' is the heading of another column of the "
            "index; name it otherwise",
        )
        for heading in ("BRAG rating", "indicator", "Merton 2019/20", "Target 2020/21", "Apr 2020")
    ),
]


@pytest.mark.parametrize(("areas", "fault"), AREAS, ids=[each[0] for each in AREAS])
def test_an_area_that_would_be_a_second_equal_heading_is_a_fault(areas: str, fault: str) -> None:
    """Excel repairs a table with two equal headings, and a chart has a line for each area."""
    (issue,) = list_issues(MERTON.replace("[England, London]", areas), gaps=True)
    assert issue.removesuffix(" of them") == f"f:{fault}"


def test_the_headings_are_those_of_the_index() -> None:
    card = read_merton(NOVEMBER)
    (index,) = (sheet for sheet in list_sheets(card) if sheet.name == INDEX)
    headings = list_column_headings(card.short_name, card.year, card.areas, card.month)
    assert index.table is not None
    assert tuple(column.header for column in index.table.columns) == headings
    assert [column.header for column in index.table.columns if column.marked] == [
        "Nov 2020 month reported"
    ]


ANY = "title: Any, unit: number, frequency: monthly, target: {at_least: 90}"


def test_an_indicator_that_names_itself_is_a_fault() -> None:
    assert list_entry_faults(f"""\
        - {{number: "1", {ANY}, linked: ["2", "1"]}}
        - {{number: "2", {ANY}, replaced_by: "2"}}
        - {{number: "3", {ANY.replace("number", "rate_per_10000")}, rate_of: {{count: "3"}}}}
        """) == [
        '1 at "1": error: indicator 1: linked: it names the indicator itself; name another',
        '2 at "2": error: indicator 2: replaced_by: it names the indicator itself; name another',
        '3 at "3": error: indicator 3: rate_of: it names the indicator itself; name another',
    ]


def test_a_circle_of_replacements_is_one_fault() -> None:
    assert list_entry_faults(f"""\
        - {{number: "1", {ANY}, replaced_by: "2"}}
        - {{number: "2", {ANY}, replaced_by: "3"}}
        - {{number: "3", {ANY}, replaced_by: "2"}}
        - {{number: "4", {ANY}, replaced_by: "5"}}
        - {{number: "5", {ANY}}}
        """) == [
        '2 at "3": error: indicator 2: replaced_by: the indicators replace each other; '
        "name one that goes on"
    ]


TWO = f"""\
- {{number: "1", {ANY}, linked: ["20", "3"]}}
- {{number: "2", {ANY}, linked: ["3", "20"]}}
"""


def test_an_unknown_number_is_a_fault_where_it_is_used_first() -> None:
    assert list_entry_faults(TWO) == [
        "1 at \"20\": error: indicator 1: linked: there is no '20'; did you mean '2'?",
        "1 at \"3\": error: indicator 1: linked: there is no '3'; use one of 1, 2",
    ]


def test_a_number_under_a_misspelt_key_is_not_unknown_as_well() -> None:
    assert list_entry_faults(f'{TWO}- {{nmber: "3", {ANY}}}\n') == [
        "1 at \"20\": error: indicator 1: linked: there is no '20'; did you mean '2'?",
        "3 at nmber: error: the key 'nmber' is not known here; did you mean 'number'?",
    ]


def test_an_unknown_number_is_a_fault_although_other_numbers_are_faulty() -> None:
    """The faulty numbers are a trap (010) and one given twice (3); none is like 2111, 02 or 4."""
    entries = f"""\
- {{number: 010, {ANY}, linked: ["10", "2111"]}}
- {{number: "01", {ANY}, linked: ["02"]}}
- {{number: "3", {ANY}}}
- {{number: "3", {ANY}, linked: ["4"]}}
"""
    assert list_entry_faults(entries) == [
        "1 at 010: error: indicator 010: '010' without quotes is 8 to other programs; "
        'write "010", or 10',
        "1 at \"2111\": error: indicator 010: linked: there is no '2111'; use one of 010, 01, 3",
        "2 at \"02\": error: indicator 01: linked: there is no '02'; use one of 010, 01, 3",
        f'4 at "3": error: indicator 3: number 3 was given on line {LINE + 3} already; '
        "give each its own",
    ]


def test_a_fault_of_bands_is_placed_in_the_entry_or_the_section_that_sets_them() -> None:
    entries = f"""\
        - {{number: "1", {ANY}, bands: {{amber: {{units: 0}}}}}}
        - {{number: "2", {ANY}}}
        """
    own = "amber and green both begin at 90: say 'amber: none'"
    assert list_entry_faults(entries) == [
        f"1 at {{units: error: indicator 1: target and bands: {own}"
    ]
    text = HEAD + "sections:\n  - title: A\n    bands: {other: {amber: {units: 0}}}\n"
    text += f'    indicators:\n      - {{number: "1", {ANY}}}\n      - {{number: "2", {ANY}}}\n'
    assert list_issues(text) == [
        f"f:14:28: error: target and bands: {own}; first seen on indicator 1"
    ]


def test_a_percentage_of_a_target_of_0_is_a_fault_of_each_such_target() -> None:
    """The bands have no fault of their own, since they are right for other targets."""
    entries = f"""\
        - {{number: "1", {ANY.replace("90", "0")}}}
        - {{number: "2", {ANY.replace("90", "0")}}}
        - {{number: "3", {ANY}}}
        """
    fault = "target and bands: 5% of a target of 0 is nothing: give the band in 'units', or say"
    assert list_entry_faults(entries) == [
        f"{number} at {{at_least: error: indicator {number}: {fault} 'none'" for number in (1, 2)
    ]


def test_a_month_outside_the_year_is_a_fault_at_its_own_place() -> None:
    growing = ANY.replace("90}", "90, profile: milestones, milestones: {2020-06: 5, 2021-06: 9}}")
    moving = ANY.replace("{at_least: 90}", "[{at_least: 5}, {from: 2021-04, at_least: 6}]")
    assert list_entry_faults(f"""\
        - {{number: "1", {growing}, accumulates: financial_year}}
        - {{number: "2", {moving}}}
        - {{number: "3", {ANY}, outturns: {{2020/21: 4, 2021/22: 4}}}}
        - {{number: "4", {ANY}, earlier_months: {{2020-03: 4, 2020-04: 4}}}}
        """) == [
        "1 at 2021-06: error: indicator 1: target: 2021-06 is not in the catalogue's year, "
        "2020-04 to 2021-03",
        "2 at 2021-04: error: indicator 2: target: 2021-04 is not in the catalogue's year, "
        "2020-04 to 2021-03",
        "3 at 2021/22: error: indicator 3: outturns: 2021/22 comes after the catalogue's year, "
        "2020/21",
        "4 at 2020-04: error: indicator 4: earlier_months: 2020-04 is not before the catalogue's "
        "year, 2020/21",
    ]


def test_this_years_outturn_may_be_known_already() -> None:
    catalogue = make_catalogue(f'- {{number: "1", {ANY}, outturns: {{2020/21: 4}}}}')
    assert score(catalogue, [], NOVEMBER).rows[0].number == "1"
