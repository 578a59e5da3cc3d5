"""Names that would break the workbook are refused, and the longest that it can hold are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD
from helpers.messages import list_codes
from helpers.xlsx import Book

from merton_kpi.core.issues import require
from merton_kpi.core.periods import Month
from merton_kpi.loading.catalogue_file import read_catalogue
from merton_kpi.loading.inputs import Inputs
from merton_kpi.papers.build import write_index_workbook
from merton_kpi.scorecard.compose import compose_scorecard

if TYPE_CHECKING:
    from collections.abc import Callable

SECTIONS = """\
sections:
  - title: Services
    indicators:
      - {number: "1", title: Any, unit: number, frequency: monthly, target: {at_least: 90}}
"""


def write_head(short_name: str, area: str) -> str:
    head = HEAD.replace("short_name: Anyborough", f"short_name: '{short_name}'")
    return head.replace("[England, London]", f"[England, '{area}']") + SECTIONS


def list_faults(text: str) -> list[tuple[str, int | None]]:
    issues = read_catalogue(text, "indicators.yaml")[1]
    return [(issue.code, issue.place.line) for issue in issues]


SHORT_NAME_LINE, AREAS_LINE = 2, 8


@pytest.mark.parametrize(
    ("short_name", "area", "faults"),
    [
        ("x" * 247, "y" * 255, []),
        ("x" * 248, "London", [("heading_too_long", SHORT_NAME_LINE)]),
        ("Any", "y" * 256, [("heading_too_long", AREAS_LINE)]),
        ("😀" * 124, "London", [("heading_too_long", SHORT_NAME_LINE)]),
        ("A_x0041_", "London", [("heading_escape", SHORT_NAME_LINE)]),
        ("Any", "B_x00e9_", [("heading_escape", AREAS_LINE)]),
        ("A_x41_", "_xylophone_", []),
    ],
    ids=[
        "as long as a heading can be",
        "a short name that is too long with its year",
        "an area that is too long",
        "characters that count twice",
        "what Excel reads as another character, in the short name",
        "the same in an area",
        "what only looks like it",
    ],
)
def test_a_name_that_no_heading_can_hold_is_a_fault_on_its_line(
    short_name: str, area: str, faults: list[tuple[str, int | None]]
) -> None:
    assert list_faults(write_head(short_name, area)) == faults


def test_a_name_that_no_heading_can_hold_is_an_error(messages: Callable[..., None]) -> None:
    _, issues = read_catalogue(write_head("x" * 248, "B_x0041_"), "f")
    assert list_codes(issues) == ["heading_too_long 2:13", "heading_escape 8:28"]
    messages(issues)


def test_the_longest_names_are_the_headings_of_the_index() -> None:
    catalogue, issues = read_catalogue(write_head("x" * 247, "y" * 255), "indicators.yaml")
    assert catalogue is not None, issues
    inputs = Inputs(
        file="indicators.yaml", catalogue=catalogue, month=Month(2020, 4), observations=()
    )
    (table,) = Book(write_index_workbook(require(compose_scorecard(inputs))))[
        "Performance index"
    ].tables
    names = [column.name for column in table.tableColumns]
    assert f"{'x' * 247} 2019/20" in names
    assert "y" * 255 in names
    assert max(map(len, names)) == 255
