"""Words too long for a row are on the sheet of notes, once, and no row is repeated for them."""

from __future__ import annotations

import pytest
from helpers.cards import make_card
from helpers.xlsx import Book, Sheet

from merton_kpi.papers.build import write_index_workbook
from merton_kpi.papers.workbook.long_words import replace_long_words
from merton_kpi.papers.workbook.sheet import Column, Link, Table, compose_sheet

LONG = " ".join(f"word{number}" for number in range(2500))


def read_note(notes: Sheet, number: int) -> str:
    """A note's words, from all of its rows."""
    rows = [[cell.value for cell in row] for row in notes.rows]
    marker = f"[note {number}]"
    return " ".join(words for label, words in rows if label.startswith(marker))


@pytest.fixture(scope="module")
def book() -> Book:
    """Two red indicators, whose title, note, rationale and commentary are too long."""
    return Book(write_index_workbook(make_card(2, text=LONG)))


def test_the_cell_has_a_link_and_the_notes_have_all_words(book: Book) -> None:
    link = book["Exceptions"].column("Service commentary")[0]
    assert (link.value, link.hyperlink.location) == ("See [note 2]", "'Notes'!A1")
    assert read_note(book["Notes"], 2) == LONG


def test_each_text_is_one_note_for_every_sheet_and_column(book: Book) -> None:
    titles = [
        book[name].column("Indicator")[0].value
        for name in ("Performance index", "Caveats")
        if name in book.cells.sheetnames
    ]
    assert titles[0] == "See [note 2]"
    labels = [cell.value for cell in book["Notes"].column("Note or symbol")]
    assert [label for label in labels if "(continued)" not in label and "note" in label] == [
        "[note 1]",
        "[note 2]",
    ]


def test_an_indicator_has_one_row_and_its_figures_count_once(book: Book) -> None:
    index = book["Performance index"]
    assert [cell.value for cell in index.column("No.")] == ["0", "1"]
    assert [cell.value for cell in index.column("Sep 2020")] == [0.7, 0.71]
    assert "Words that are too long for a row are on the sheet Notes." in index.lines


def test_words_that_fit_stay_and_need_no_notice() -> None:
    columns = (Column(header="No.", width=6), Column(header="Words", width=20))
    table = Table(name="Words_said", columns=columns, rows=(("1", "short"), ("2", LONG)))
    sheet = compose_sheet(table, name="Words", title="Words", about="")
    (replaced,), notes = replace_long_words([sheet], ["First."], "Notes")
    assert replaced.table is not None
    assert replaced.table.rows == (("1", "short"), ("2", Link(words="See [note 2]", sheet="Notes")))
    assert notes == ("First.", LONG)
    short = compose_sheet(
        Table(name="Words_said", columns=columns, rows=(("1", "short"),)),
        name="Words",
        title="Words",
        about="",
    )
    assert replace_long_words([short], [], "Notes") == ((short,), ())
