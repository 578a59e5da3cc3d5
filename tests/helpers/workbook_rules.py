"""The Government Analysis Function's rules for accessible spreadsheets, each by its number.

Each rule is a function that a workbook either passes or fails with an assertion.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from helpers.typeface import measure_bold
from helpers.xlsx import CHART, DRAWING, MAIN, Book, Sheet, show_number
from merton_kpi.core.ratings import Rating
from merton_kpi.core.statuses import Shorthand
from merton_kpi.papers.workbook.text_fit import count_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SHEETS = [
    "Cover",
    "Contents",
    "Summary",
    "Change and target",
    "Changes",
    "Performance index",
    "Exceptions",
    "Caveats",
    "Trends",
    "Trend data",
    "Rationale and linkages",
    "Notes",
    "Sources",
]
SYMBOLS = {symbol.symbol for symbol in Shorthand}
# The sheets that may be wider than a page.
SPLIT = {"Performance index", "Trend data", "Return"}
A3 = 1_190 - 2 * 0.4 * 72  # points between the margins
DIGIT = 6.75  # points of 12 point Arial on a screen, in which column widths count
HEADER_FILL = "E4E9F0"
FIGURES = ("England", "London", "Latest figure", *Rating.__members__)
MONTH = re.compile(r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}")


def list_cells(book: Book) -> Iterator[tuple[Sheet, Any]]:
    for sheet in book.sheets:
        for row in sheet.cells.iter_rows():
            yield from ((sheet, cell) for cell in row)


def t1_every_table_is_marked_up(book: Book) -> None:
    for sheet in book.sheets:
        says_so = "This sheet has one table." in sheet.lines
        assert len(sheet.tables) == says_so, sheet.name
    assert book["Contents"].tables
    assert book["Performance index"].tables
    assert book["Summary"].tables


def t2_table_names_mean_something(book: Book) -> None:
    names = [table.displayName for sheet in book.sheets for table in sheet.tables]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert re.fullmatch(r"[A-Z][A-Za-z_]{4,}", name), name
        assert not re.fullmatch(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]\d*", name), name


def t3_no_merged_cells_nor_nested_tables(book: Book) -> None:
    for sheet in book.sheets:
        assert sheet.xml.find(f"{MAIN}mergeCells") is None
        assert len(sheet.tables) <= 1


def t4_no_blank_row_or_column_in_a_table(book: Book) -> None:
    for sheet in book.sheets:
        for row in sheet.rows:
            assert any(cell.value is not None for cell in row), (sheet.name, row[0].row)
        for header in sheet.headers:
            assert any(cell.value is not None for cell in sheet.column(header)), header


def t4_each_indicator_has_one_row(book: Book) -> None:
    """Rows that repeat figures would count twice in a sum."""
    for sheet in book.sheets:
        if "No." in sheet.headers and sheet.name not in ("Trend data", "Caveats"):
            numbers = [cell.value for cell in sheet.column("No.")]
            assert len(set(numbers)) == len(numbers), sheet.name


def t5_one_header_row_of_unique_texts(book: Book) -> None:
    for sheet in book.sheets:
        assert all(isinstance(header, str) and header.strip() for header in sheet.headers)
        assert len({header.casefold() for header in sheet.headers}) == len(sheet.headers)
        for table in sheet.tables:
            assert table.headerRowCount == 1


def t6_text_wraps_and_nothing_is_cut_off(book: Book) -> None:
    for sheet in book.sheets:
        for element in sheet.xml.iter(f"{MAIN}row"):
            assert "customHeight" not in element.attrib
            assert float(element.get("ht", "0")) <= 409
        for row in sheet.rows:
            height = sheet.cells.row_dimensions[row[0].row].height
            for cell in row:
                width = sheet.cells.column_dimensions[cell.column_letter].width
                if isinstance(cell.value, str):
                    assert cell.alignment.wrap_text, cell.coordinate
                    assert count_lines(cell.value.replace("_x005F_", "_"), width) * 15 <= height, (
                        cell.coordinate
                    )
                elif cell.value is not None:
                    assert len(show_number(cell)) + 1 <= width, cell.coordinate


def t6_headers_break_between_words_only(book: Book) -> None:
    """By the widths of Arial Bold; a cell keeps 3 points free on each side, an indented one more.

    A word that is as wide as 24 digits may break.
    """
    for sheet in book.sheets:
        for cell in sheet.cells[sheet.top] if sheet.tables else ():
            width = sheet.cells.column_dimensions[cell.column_letter].width * DIGIT
            room = width - 6 - 10 * cell.alignment.indent
            for word in cell.value.split():
                needed = measure_bold(word) * 12
                assert needed <= room or needed > 24 * DIGIT, (cell.coordinate, word)


def t7_what_is_frozen_is_announced_and_leaves_most_of_a_small_screen(book: Book) -> None:
    """At 200% a digit is 18 pixels wide; rows are not frozen at all."""
    for sheet in book.sheets:
        announced = any("Unfreeze Panes" in line for line in sheet.lines)
        frozen = sheet.cells.freeze_panes
        assert (frozen is not None) == announced, sheet.name
        if frozen:
            column, row = coordinate_from_string(frozen)
            assert row == 1
            widths = sheet.cells.column_dimensions
            letters = [get_column_letter(n) for n in range(1, column_index_from_string(column))]
            assert sum(widths[letter].width for letter in letters) * 18 < 1366 / 2
        assert all(table.autoFilter is None for table in sheet.tables)
        assert sheet.xml.find(f"{MAIN}autoFilter") is None


def t8_blank_cells_have_one_reason_given_above(book: Book) -> None:
    for sheet in book.sheets:
        blank = {
            sheet.headers[cell.column - 1]
            for row in sheet.rows
            for cell in row
            if cell.value is None
        }
        drawn = sheet.headers[4:] if sheet.name == "Trend data" else []
        assert all(MONTH.match(header) or header in drawn for header in blank), (sheet.name, blank)
        if blank:
            assert sum("blank" in line for line in sheet.lines) == 1, sheet.name


def t9_nothing_is_hidden_or_grouped(book: Book) -> None:
    for sheet in book.sheets:
        assert sheet.cells.sheet_state == "visible"
        for element in [*sheet.xml.iter(f"{MAIN}row"), *sheet.xml.iter(f"{MAIN}col")]:
            assert not {"hidden", "outlineLevel", "collapsed"} & set(element.attrib)


def n1_every_note_is_used_and_every_marker_found(book: Book) -> None:
    """An indicator has one marker at most; the notes of long words come after theirs."""
    own = [str(cell.value) for cell in book["Performance index"].column("Notes")]
    assert all(re.fullmatch(r"\[z\]|\[note \d+\]", marker) for marker in own)
    linked = [
        cell.value.removeprefix("See ")
        for sheet, cell in list_cells(book)
        if cell.hyperlink and cell.hyperlink.location == "'Notes'!A1" and sheet.name != "Contents"
    ]
    met = dict.fromkeys(marker for marker in (*own, *linked) if marker != "[z]")
    assert "Notes" in book.cells.sheetnames or not met
    notes = book["Notes"].column("Note or symbol") if "Notes" in book.cells.sheetnames else []
    labels = [cell.value for cell in notes if cell.value not in SYMBOLS]
    kept = [label for label in labels if not label.endswith(" (continued)")]
    assert list(met) == kept == [f"[note {n + 1}]" for n in range(len(kept))]
    for before, label in pairwise(labels):
        marker = label.removesuffix(" (continued)")
        assert marker == label or before.startswith(marker)


def n1_no_superscript(book: Book) -> None:
    for _, cell in list_cells(book):
        assert cell.font.vertAlign is None


def n5_each_symbol_is_explained_above_its_table(book: Book) -> None:
    everywhere = set()
    for sheet in book.sheets:
        if sheet.name == "Notes":
            continue
        used = {cell.value for row in sheet.rows for cell in row} & SYMBOLS
        lines = [line for line in sheet.lines if line.startswith("Shorthand: ")]
        explained = set(re.findall(r"\[[a-z]+\]", " ".join(lines)))
        # Symbols beside a figure stand in its note: a cell with a number holds the number alone.
        assert used <= explained <= used | {"[r]", "[p]", "[u]", "[b]"}, sheet.name
        everywhere |= explained
    if everywhere:
        listed = {cell.value for row in book["Notes"].rows for cell in row[:1]} & SYMBOLS
        assert listed == everywhere


def n6_no_dash_dots_or_na_alone(book: Book) -> None:
    for sheet, cell in list_cells(book):
        assert str(cell.value).strip().casefold() not in ("-", "–", "..", "n/a"), sheet.name


def n7_numbers_are_numbers_in_their_own_format(book: Book) -> None:
    for sheet in book.sheets:
        for row in sheet.rows:
            for cell in row:
                header = sheet.headers[cell.column - 1]
                if cell.data_type == "n" and cell.value is not None:
                    assert re.fullmatch(r"#,##0(\.0+)?%?", cell.number_format)
                elif MONTH.match(header) or header in FIGURES:
                    assert cell.value is None or cell.value in SYMBOLS, cell.coordinate


def n11_months_are_written_with_their_year(book: Book) -> None:
    for sheet in book.sheets:
        for header in sheet.headers:
            assert MONTH.fullmatch(header) or not MONTH.match(header), header
    if "Trend data" in book.cells.sheetnames:
        assert all(MONTH.fullmatch(cell.value) for cell in book["Trend data"].column("Period"))
    latest = [cell.value for cell in book["Performance index"].column("Latest month")]
    assert all(words == "[z]" or MONTH.fullmatch(words) for words in latest)


def f2_links_have_words_and_lead_to_a1(book: Book) -> None:
    for sheet, cell in list_cells(book):
        if cell.hyperlink:
            (name,) = re.findall(r"^'(.+)'!A1$", cell.hyperlink.location)
            assert name in book.cells.sheetnames
            assert cell.hyperlink.target is None
            assert cell.font.underline == "single"
            words = {"Contents": re.escape(name), "Cover": r"(Red|Amber).+|… and \d+ more .+"}
            assert re.fullmatch(words.get(sheet.name, r"See \[note \d+\]"), cell.value)


def f3_type_is_sans_serif_upright_and_large(book: Book) -> None:
    for sheet, cell in list_cells(book):
        assert cell.font.name == "Arial"
        size = {"Heading 1": 16, "Banner": 16, "Heading 2": 14}.get(cell.style, 12)
        assert cell.font.size == size, (sheet.name, cell)
        assert not cell.font.italic
        assert not cell.alignment.textRotation


def f4_a1_is_a_heading_that_says_what_and_when(book: Book) -> None:
    year = re.compile(r"\d{4}")
    style = next(each for each in book.cells._named_styles if each.name == "Heading 1")
    assert style.builtinId == 16
    titles = [sheet.lines[0] for sheet in book.sheets]
    assert len(set(titles)) == len(titles)
    for sheet in book.sheets:
        assert sheet.cells["A1"].style == "Heading 1"
        assert year.search(sheet.lines[0]), sheet.lines[0]


def f6_no_headers_and_no_footers(book: Book) -> None:
    for sheet in book.sheets:
        assert not any(part.text for part in sheet.xml.iterfind(f"{MAIN}headerFooter/*"))
    assert not any("comment" in name or "vml" in name for name in book.parts)


def f8_fills_are_on_rating_cells_with_their_word(book: Book) -> None:
    """Headers have a fill too, and the same black type."""
    fills = {rating.fill: rating.label for rating in Rating if rating.fill}
    for sheet, cell in list_cells(book):
        is_header = bool(sheet.tables) and cell.row == sheet.top
        fill = cell.fill.fgColor.rgb[2:] if cell.fill.fill_type else ""
        if fill and not (is_header and fill == HEADER_FILL):
            assert cell.value.startswith(fills[fill])
        assert not fill or cell.font.color.rgb == "FF000000"
        assert not is_header or (fill and cell.border.bottom.style == "medium")


def f10_contrast_is_sufficient(book: Book) -> None:
    for _, cell in list_cells(book):
        filled = cell.fill.fill_type is not None
        ground = cell.fill.fgColor.rgb if filled else "FFFFFFFF"
        assert measure_contrast(cell.font.color.rgb, ground) >= (14 if filled else 4.5)


def measure_contrast(one: str, other: str) -> float:
    """WCAG's contrast of two colours written as AARRGGBB."""

    def measure(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (2, 4, 6)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((measure(one), measure(other)))
    return (light + 0.05) / (dark + 0.05)


def f11_charts_stand_alone_described_and_with_their_figures(book: Book) -> None:
    charts = list(book.find_charts())
    assert bool(charts) == ("Trends" in book.cells.sheetnames)
    if not charts:
        assert "Trend data" not in book.cells.sheetnames
        return
    data = book["Trend data"]
    assert not book["Trends"].tables
    drawings = [book.parse(name) for name in book.parts if name.startswith("xl/drawings/drawing")]
    described = [each.get("descr") for d in drawings for each in d.iter(f"{DRAWING}cNvPr")]
    assert len(described) == len(charts)
    assert all(text and "Line chart of indicator" in text for text in described)
    drawn: list[int] = []
    for chart in charts:
        unnamed = list(chart.iter(f"{CHART}legendEntry"))
        deleted = [each.get("val") == "1" for each in chart.iter(f"{CHART}delete")]
        assert sum(deleted) == len(unnamed)
        assert [each.get("val") for each in chart.iter(f"{CHART}dispBlanksAs")] == ["gap"]
        looks = [find_look(s) for s in chart.iter(f"{CHART}ser")]
        assert len({*looks}) == len(looks) - len(unnamed)
        rows = [check_figures(book, series) for series in chart.iter(f"{CHART}ser")]
        assert len({*rows}) == 1
        drawn += rows[0]
    assert drawn == list(range(data.top + 1, data.bottom + 1))


def find_look(series: Any) -> tuple[str, str]:
    namespace = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    dash, symbol = series.find(f".//{namespace}prstDash"), series.find(f".//{CHART}symbol")
    return "" if dash is None else dash.get("val"), symbol.get("val")


def check_figures(book: Book, series: Any) -> tuple[int, ...]:
    """The cells that a series names hold what it remembers; returns their rows."""
    cells = read_cells(book, series, "val/{0}numRef")
    labels = [cell.value for cell in read_cells(book, series, "cat/{0}strRef")]
    shown = [point.findtext(f"{CHART}v") for point in series.find(f"{CHART}cat").iter(f"{CHART}pt")]
    assert labels == shown
    (name,) = read_cells(book, series, "tx/{0}strRef")
    assert name.value == series.findtext(f"{CHART}tx//{CHART}v")
    assert name.column == cells[0].column
    remembered = {
        int(point.get("idx")): Decimal(point.findtext(f"{CHART}v"))
        for point in series.find(f"{CHART}val").iter(f"{CHART}pt")
    }
    assert remembered == {
        index: Decimal(str(cell.value))
        for index, cell in enumerate(cells)
        if cell.value is not None
    }
    return tuple(cell.row for cell in cells)


def read_cells(book: Book, series: Any, path: str) -> list[Any]:
    """The cells of the table that an address of the series names, one below the other."""
    address = series.findtext(f"{CHART}{path.format(CHART)}/{CHART}f")
    sheet, _, places = address.replace("$", "").partition("!")
    assert sheet == "'Trend data'"
    cells = book["Trend data"].cells[places]
    return [row[0] for row in cells] if isinstance(cells, tuple) else [cells]


def f13_no_formulas_and_no_macros(book: Book) -> None:
    for sheet in book.sheets:
        assert sheet.xml.find(f".//{MAIN}f") is None
    assert not any("vba" in name.lower() for name in book.parts)


def s1_sheet_names_are_the_same_every_month(book: Book) -> None:
    """One that has nothing to show is left out, and the contents say why."""
    names = book.cells.sheetnames
    assert names == [name for name in SHEETS if name in names]
    assert all(len(name) <= 31 for name in SHEETS)


def s3_no_sheet_is_blank(book: Book) -> None:
    for sheet in book.sheets:
        is_cover = sheet.name == "Cover"
        assert sheet.rows or is_cover or sheet.name == "Trends", sheet.name


def s4_title_notices_then_table_from_column_a(book: Book) -> None:
    for sheet in book.sheets:
        assert all(line not in ("", "None") for line in sheet.lines), sheet.name
        for table in sheet.tables:
            assert sheet.lines[1] == "This sheet has one table."
            assert table.ref.startswith(f"A{len(sheet.lines) + 1}:")


def s5_nothing_stands_below_or_beside_the_table(book: Book) -> None:
    for sheet in book.sheets:
        if sheet.tables:
            assert (sheet.cells.max_row, sheet.cells.max_column) == (
                sheet.bottom,
                len(sheet.headers),
            )
        else:
            assert sheet.cells.max_column == 1


def s7_cover_first_then_contents_with_links(book: Book) -> None:
    assert book.cells.sheetnames[:2] == ["Cover", "Contents"]
    names = [cell.value for cell in book["Contents"].column("Sheet")]
    assert names == SHEETS[2:]
    for name, words in book["Contents"].rows:
        is_there = name.value in book.cells.sheetnames
        assert (name.hyperlink is not None) == is_there
        assert re.match(r"Not in this workbook\. .+\.$", words.value) or is_there


def b1_saved_at_a1_of_the_first_sheet(book: Book) -> None:
    assert book.cells.active.title == book.cells.sheetnames[0]
    for sheet in book.sheets:
        view = sheet.cells.sheet_view
        assert bool(view.tabSelected) == (sheet is book.sheets[0])
        assert view.topLeftCell in (None, "A1")
        assert view.selection[-1].activeCell == "A1"


def d1_properties_name_title_language_and_council(book: Book) -> None:
    properties = book.cells.properties
    assert "Performance Index 2020/21" in properties.title
    assert (properties.language, properties.lastModifiedBy) == ("en-GB", properties.creator)
    assert properties.creator in ("London Borough of Merton", "Anyborough Council")
    assert "performance" in properties.keywords


def prints_on_a3_with_its_header(book: Book) -> None:
    for sheet in book.sheets:
        setup = sheet.cells.page_setup
        assert (str(setup.paperSize), setup.orientation) == ("8", "landscape")
        if sheet.tables:
            assert sheet.cells.print_title_rows == f"${sheet.top}:${sheet.top}"
        if sheet.tables and sheet.name not in SPLIT:
            assert (setup.fitToWidth, setup.fitToHeight) == (1, 0)
            assert sheet.cells.sheet_properties.pageSetUpPr.fitToPage


def prints_in_8_points_or_more_on_pages_that_fit(book: Book) -> None:
    for sheet in book.sheets:
        if sheet.tables:
            assert measure_print(sheet) >= 8, sheet.name
    for sheet in book.sheets:
        if sheet.name in SPLIT:
            setup = sheet.cells.page_setup
            assert not sheet.cells.sheet_properties.pageSetUpPr.fitToPage
            assert setup.pageOrder == "overThenDown"
            assert (
                sheet.cells.print_title_cols
                == {
                    "Performance index": "$A:$B",
                    "Trend data": "$A:$B",
                    "Return": "$A:$B",
                }[sheet.name]
            )
            assert max(list_pages(sheet)) * DIGIT * setup.scale / 100 <= A3


def measure_print(sheet: Sheet) -> float:
    """The points of a table's type on A3, from the widths of its columns and its scale."""
    setup = sheet.cells.page_setup
    if setup.fitToWidth:
        return 12 * min(1, A3 / DIGIT / max(list_pages(sheet)))
    return float(12 * setup.scale / 100)


def list_pages(sheet: Sheet) -> list[float]:
    """How wide each page across is, in digits, with the columns that it repeats."""
    dimensions = sheet.cells.column_dimensions.values()
    widths = [each.width for each in sorted(dimensions, key=lambda each: each.min)]
    assert len(widths) == len(sheet.headers)
    repeated = sheet.cells.print_title_cols
    held = column_index_from_string(repeated.rpartition("$")[2]) if repeated else 0
    ends = [each.id for each in sheet.cells.col_breaks.brk]
    return [
        sum(widths[first:end]) + (sum(widths[:held]) if first else 0)
        for first, end in pairwise((0, *ends, len(widths)))
    ]


RULES: list[Callable[[Book], None]] = [
    rule
    for name, rule in list(globals().items())
    if re.match(r"[tnfsbd]\d+_|prints_", name) and callable(rule)
]
