"""The council is compared with the areas that the catalogue lists, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.catalogues import ONE
from helpers.councils import HEAD, make_catalogue, score
from helpers.messages import list_codes

from merton_kpi.core.periods import Month
from merton_kpi.loading.catalogue_file import read_catalogue
from merton_kpi.papers.workbook.sheets.contents import list_sheets
from merton_kpi.scorecard.cells import Cell

if TYPE_CHECKING:
    from collections.abc import Callable

ENTRY = """\
- number: "1"
  title: Any
  unit: percent
  frequency: monthly
  target: {at_least: 90}
  benchmarks: {North West: 88, England: 90, Our neighbours: 91}
"""
AREAS = "benchmark_areas: [England, London]"


def test_the_index_has_a_column_for_each_area_in_their_order() -> None:
    head = HEAD.replace(AREAS, "benchmark_areas: [England, North West, Our neighbours]")
    card = score(make_catalogue(ENTRY, head=head), [], Month(2020, 4))
    (index,) = (sheet for sheet in list_sheets(card) if sheet.name == "Performance index")
    assert index.table is not None
    headers = [column.header for column in index.table.columns]
    first = headers.index("England")
    assert headers[first : first + 3] == ["England", "North West", "Our neighbours"]
    cells = index.table.rows[0][first : first + 3]
    assert [cell.printed for cell in cells if isinstance(cell, Cell)] == ["90%", "88%", "91%"]
    assert "London" not in str(list_sheets(card))


def test_without_a_list_of_areas_the_only_one_is_england() -> None:
    head = HEAD.replace(f"{AREAS}\n", "")
    entry = ENTRY.replace("North West: 88, England: 90, Our neighbours: 91", "England: 90")
    card = score(make_catalogue(entry, head=head), [], Month(2020, 4))
    assert card.areas == ("England",)


def test_a_benchmark_of_an_area_that_is_not_listed_is_an_error(
    messages: Callable[..., None],
) -> None:
    text = HEAD + "sections:\n  - title: S\n    indicators:\n"
    text += "".join(f"      {line}\n" for line in ENTRY.splitlines())
    _, issues = read_catalogue(text.replace("North West", "Londn"), "indicators.yaml")
    assert list_codes(issues) == ["dangling_link 20:22", "dangling_link 20:46"]
    messages(issues)


def test_there_are_no_more_than_six_areas(messages: Callable[..., None]) -> None:
    head = HEAD.replace(AREAS, "benchmark_areas: [A, B, C, D, E, F, G]")
    catalogue, issues = read_catalogue(head + ONE, "indicators.yaml")
    assert catalogue is None
    assert list_codes(issues) == ["wrong_kind 8:18"]
    messages(issues)
