"""The matrix of change against target, in the scorecard, the workbook and the web page."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from helpers.councils import NOVEMBER, ROOT, read_merton
from helpers.three_years import write_extracts
from helpers.workbook_rules import RULES
from helpers.xlsx import Book

from merton_kpi.core.issues import require
from merton_kpi.loading.inputs import read_inputs
from merton_kpi.papers.build import write_index_workbook
from merton_kpi.papers.html.page import PageContent, format_page
from merton_kpi.scorecard.compose import compose_scorecard
from merton_kpi.scorecard.explanations import compose_explanations
from merton_kpi.scorecard.periods.figures import compose_figures
from merton_kpi.scorecard.signals.matrix import MatrixColumn, MatrixRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.scorecard.records import Scorecard

TOO_SHORT = "No indicator has the 13 figures that it takes to tell a real change from chance."


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Scorecard:
    """Merton's scorecard with three earlier years that were made up."""
    folder = tmp_path_factory.mktemp("merton")
    shutil.copy(ROOT / "indicators.yaml", folder)
    shutil.copytree(ROOT / "data", folder / "data")
    write_extracts(folder / "data")
    inputs = require(read_inputs(folder / "indicators.yaml", folder / "data", NOVEMBER))
    return require(compose_scorecard(inputs))


def format_web_page(card: Scorecard) -> str:
    content = PageContent(
        card=card, figures=compose_figures(card), explanations=compose_explanations(card)
    )
    template = ROOT / "templates/performance-index.html.j2"
    return format_page(content, template.read_text(encoding="utf-8"), template.name)


def test_each_indicator_is_in_the_cell_of_its_finding_and_assurance(card: Scorecard) -> None:
    places = {
        row.number: (name, column)
        for name, cells in card.matrix.rows
        for column, cell in zip(card.matrix.columns, cells, strict=True)
        for row in cell
    }
    assert list(card.matrix.columns) == list(MatrixColumn)
    assert [name for name, _ in card.matrix.rows] == list(MatrixRow)
    counted = Counter(row.number for _, cells in card.matrix.rows for each in cells for row in each)
    assert set(counted.values()) == {1}
    for row, each in zip(card.rows, card.assessed, strict=True):
        assert (row.number in places) is bool(row.change), row.number
        if row.change:
            name, column = places[row.number]
            assert each.signal.finding in name.findings
            assert each.signal.assurance is column.assurance


def test_with_three_years_most_indicators_are_judged(card: Scorecard) -> None:
    """Not a matrix with all in its last row, so that what the others test is something."""
    used = {name for name, cells in card.matrix.rows if any(cells)}
    assert {MatrixRow.NO_REAL_CHANGE, MatrixRow.NOT_JUDGED} < used


def test_each_finding_of_three_years_reads_well(
    card: Scorecard, golden: Callable[[str, str], None]
) -> None:
    """To be read beside the charts, as a councillor would."""
    lines = [f"{row.number}. {row.title}: {row.change_words}" for row in card.rows if row.change]
    golden("findings-of-three-years.md", "\n\n".join(lines) + "\n")


def test_workbook_and_page_have_the_same_matrix(card: Scorecard) -> None:
    book = Book(write_index_workbook(card))
    sheet = book["Change and target"]
    assert sheet.headers == ["Direction of travel", *(each.value for each in MatrixColumn)]
    printed = [[str(cell.value) for cell in row] for row in sheet.rows]
    assert [row[0] for row in printed] == [each.value for each in MatrixRow]
    page = format_web_page(card)
    section = page.partition('aria-labelledby="matrix"')[2].partition("</section>")[0]
    rows = [
        re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)
        for row in re.findall("<tr>(.*?)</tr>", section)
    ]
    assert rows[0] == sheet.headers
    for words, (name, *cells) in zip(printed, rows[1:], strict=True):
        assert words[0] == name
        own = [re.sub("<[^>]+>", "", cell).split(", ") for cell in cells]
        assert [re.split(", | and ", cell) for cell in words[1:]] == own
    assert set(re.findall('scope="(.*?)"', section)) == {"col", "row"}


def test_each_number_on_the_page_leads_to_its_indicator(card: Scorecard) -> None:
    page = format_web_page(card)
    section = page.partition('aria-labelledby="matrix"')[2].partition("</section>")[0]
    links = re.findall('<a href="#(.*?)">(.*?)</a>', section)
    assert len(links) == sum(bool(row.change) for row in card.rows)
    for anchor, number in links:
        assert f'id="{anchor}"' in page
        assert anchor == f"indicator-{number}"


def test_a_workbook_with_a_matrix_keeps_every_rule(card: Scorecard) -> None:
    """The rule of charts apart, which the matrix has nothing to do with."""
    book = Book(write_index_workbook(card))
    for rule in RULES:
        if not rule.__name__.startswith("f11"):
            rule(book)


def test_where_nothing_is_judged_a_sentence_says_so() -> None:
    card = read_merton(NOVEMBER)
    assert (card.matrix.rows, card.matrix.why_none) == ((), TOO_SHORT)
    book = Book(write_index_workbook(card))
    assert "Change and target" not in book.cells.sheetnames
    assert TOO_SHORT in [cell.value for (cell,) in book.cells["Summary"]["A1:A6"]]
    assert f"<p>{TOO_SHORT}</p>" in format_web_page(card)


@pytest.mark.parametrize("word", ["improving", "worsening"])
def test_mertons_year_alone_improves_and_worsens_nowhere(word: str) -> None:
    card = read_merton(NOVEMBER)
    assert {row.change for row in card.rows} == {"", "too short to tell"}
    assert word not in format_web_page(card).lower()
