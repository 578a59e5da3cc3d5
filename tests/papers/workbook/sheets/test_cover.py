"""The cover names what is red and amber before all else, and a draft says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from helpers.cards import make_card
from helpers.councils import NOVEMBER, read_merton
from helpers.xlsx import Book

from merton_kpi.core.ratings import Rating
from merton_kpi.papers.build import write_index_workbook
from merton_kpi.papers.workbook.sheet import Banner, Heading, Link
from merton_kpi.papers.workbook.sheets.cover import compose_cover

if TYPE_CHECKING:
    from merton_kpi.scorecard.records import Scorecard

FOLD = 25 * 15  # points of rows that a screen of 1366 x 768 pixels shows at 100%


def list_links(card: Scorecard) -> list[tuple[str, Rating | None]]:
    opening = compose_cover(card).opening
    return [(each.words, each.rating) for each in opening if isinstance(each, Link)]


def test_mertons_three_reds_are_the_first_words_of_november() -> None:
    opening = compose_cover(read_merton(NOVEMBER)).opening
    assert opening[:4] == (
        Banner(words="Draft: not yet signed off"),
        Heading(words="Red: 3 of 39 indicators"),
        Link(
            words="Red, indicator 3: % of Education, Health and Care plans issued within statutory "
            "20 week timescale",
            sheet="Exceptions",
            rating=Rating.RED,
        ),
        "32% in Nov 2020 is 23 percentage points below the target of at least 55%; amber reaches "
        "only to 54%.",
    )
    assert [words[:12] for words, _ in list_links(read_merton(NOVEMBER))] == [
        "Red, indicat",
        "Red (Q1), in",
        "Red, indicat",
    ]
    assert opening[-1] == Heading(words="Amber: none of 39 indicators")


def test_mertons_cover_but_for_how_to_read_it_is_above_the_fold() -> None:
    sheet = Book(write_index_workbook(read_merton(NOVEMBER)))["Cover"].cells
    heights = [each.height for _, each in sorted(sheet.row_dimensions.items())]
    assert sheet.cell(len(heights) - 2, 1).value.startswith("How to read it")
    assert sum(heights[:-3]) <= FOLD
    last_red = max(cell.row for (cell,) in sheet.iter_rows() if cell.style == "Link Red")
    assert sum(heights[: last_red + 1]) < FOLD * 2 / 3


@pytest.mark.parametrize("count", [40, 41, 130])
def test_a_cover_has_forty_exceptions_at_most_and_says_how_many_more_there_are(count: int) -> None:
    card = make_card(1)
    (row,) = card.rows
    red = replace(row, verdict=replace(row.verdict, rating=Rating.RED))
    links = list_links(replace(card, rows=(red,) * count, exceptions=((red, ""),) * count))
    more = [(f"… and {count - 40} more on the sheet Exceptions", None)]
    assert links[40:] == (more if count > 40 else [])


def test_red_comes_before_amber_on_the_cover_and_the_exceptions() -> None:
    card = make_card(31)
    ratings = [rating for _, rating in list_links(card) if rating]
    assert ratings == sorted(ratings, key=[Rating.RED, Rating.AMBER].index)
    assert set(ratings) == {Rating.RED, Rating.AMBER}
    sheet = Book(write_index_workbook(card))["Exceptions"]
    words = [str(cell.value) for cell in sheet.column("BRAG rating")]
    assert words == sorted(words, reverse=True)


def test_without_red_and_amber_a_sentence_says_so() -> None:
    card = replace(make_card(3, target="not_a_target_measure"), is_final=True)
    assert compose_cover(card).opening == ("No indicator is rated amber or red.",)


def test_final_papers_have_no_word_of_a_draft() -> None:
    book = Book(write_index_workbook(replace(read_merton(NOVEMBER), is_final=True)))
    assert not any("Draft" in words for sheet in book.sheets for words in sheet.words())
    assert "Status: Final" in book["Cover"].lines


def test_every_sheet_of_a_draft_says_so_first() -> None:
    book = Book(write_index_workbook(read_merton(NOVEMBER)))
    assert all(sheet.lines[0].startswith("Draft: ") for sheet in book.sheets)
