"""The Government Analysis Function's rules for accessible spreadsheets, each by its number.

Each rule is a function that a workbook either passes or fails with an assertion; all are put to
November 2020's workbook, and to workbooks of random content.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from helpers.councils import HEAD, NOVEMBER, ROOT, read_merton, score
from helpers.xlsx import CHART, DRAWING, MAIN, Book, Sheet, show_number
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from merton_kpi.cli.app import main
from merton_kpi.core.issues import Place
from merton_kpi.core.periods import Month
from merton_kpi.core.ratings import Rating
from merton_kpi.core.statuses import Shorthand, Status
from merton_kpi.extracts.observations import Observation
from merton_kpi.loading import read_catalogue
from merton_kpi.papers.build import write_index_workbook
from merton_kpi.papers.workbook.text_fit import count_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SHEETS = [
    "Cover",
    "Contents",
    "Summary",
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
# The sheets that may be wider than a page, and the first words of what begins a further one.
SPLIT = {
    "Performance index": {"Apr", "Reason"},
    "Trend data": {"Target", "Amber", "England", "London"},
}
REPEATED = {"Performance index": 3, "Trend data": 2}  # columns, on each page beside the first
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
        if sheet.rows:
            for first in sheet.rows[0]:
                assert sheet.headers[first.column - 1]


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
                    assert count_lines(cell.value, width) * 15 <= height, cell.coordinate
                elif cell.value is not None:
                    assert len(show_number(cell)) + 1 <= width, cell.coordinate


def t7_held_panes_are_announced_and_there_are_no_filters(book: Book) -> None:
    for sheet in book.sheets:
        announced = any("Unfreeze Panes" in line for line in sheet.lines)
        assert (sheet.cells.freeze_panes is not None) == announced, sheet.name
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
    column = book["Performance index"].column("Notes")
    met = [marker for cell in column for marker in str(cell.value).split("\n") if marker != "[z]"]
    notes = book["Notes"]
    kept = [
        cell.value
        for cell in (notes.column("Note or symbol") if notes.rows else [])
        if cell.value not in SYMBOLS
    ]
    kept = list(dict.fromkeys(kept))  # a long note goes on in a row of the same number
    assert list(dict.fromkeys(met)) == kept == [f"[note {n + 1}]" for n in range(len(kept))]


def n1_no_superscript(book: Book) -> None:
    for _, cell in list_cells(book):
        assert cell.font.vertAlign is None


def n5_each_symbol_is_explained_above_its_table(book: Book) -> None:
    everywhere = set()
    for sheet in book.sheets:
        if sheet.name == "Notes":
            continue
        used = {cell.value for row in sheet.rows for cell in row} & SYMBOLS
        line = next((line for line in sheet.lines if line.startswith("Shorthand: ")), "")
        explained = set(re.findall(r"\[[a-z]+\]", line))
        # Symbols beside a figure stand in its note: a cell with a number holds the number alone.
        assert used <= explained <= used | {"[r]", "[p]", "[u]", "[b]"}, sheet.name
        everywhere |= explained
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
                elif MONTH.match(header) or header in ("England", "London", *Rating.__members__):
                    assert cell.value is None or cell.value in SYMBOLS, cell.coordinate


def n11_months_are_written_with_their_year(book: Book) -> None:
    index, data = book["Performance index"], book["Trend data"]
    months = [header for header in index.headers if MONTH.match(header)]
    assert len(months) == 12
    if data.tables:
        assert all(MONTH.fullmatch(cell.value) for cell in data.column("Period"))


def f2_links_have_words_and_lead_to_a1(book: Book) -> None:
    for sheet, cell in list_cells(book):
        if cell.hyperlink:
            assert cell.hyperlink.location == f"'{cell.value}'!A1"
            assert cell.hyperlink.target is None
            assert cell.font.underline == "single"
            assert sheet.name == "Contents"


def f3_type_is_sans_serif_upright_and_large(book: Book) -> None:
    for sheet, cell in list_cells(book):
        assert cell.font.name == "Arial"
        assert cell.font.size == (16 if cell.coordinate == "A1" else 12), (sheet.name, cell)
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


def f6_footers_hold_page_numbers_alone(book: Book) -> None:
    for sheet in book.sheets:
        footers = sheet.xml.iterfind(f"{MAIN}headerFooter/*")
        texts = [part.text for part in footers if part.text]
        assert texts == ["&CPage &P of &N"]
    assert not any("comment" in name or "vml" in name for name in book.parts)


def f8_fills_are_on_rating_cells_with_their_word(book: Book) -> None:
    fills = {rating.fill: rating.label for rating in Rating if rating.fill}
    for _, cell in list_cells(book):
        if cell.fill.fill_type is not None:
            assert cell.value.startswith(fills[cell.fill.fgColor.rgb[2:]])
            assert cell.font.color.rgb == "FF000000"


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
    data = book["Trend data"]
    assert not book["Trends"].tables
    drawings = [book.parse(name) for name in book.parts if name.startswith("xl/drawings/drawing")]
    described = [each.get("descr") for d in drawings for each in d.iter(f"{DRAWING}cNvPr")]
    assert len(described) == len(charts)
    assert all(text and "Line chart of indicator" in text for text in described)
    drawn: list[int] = []
    for chart in charts:
        assert {each.get("val") for each in chart.iter(f"{CHART}delete")} == {"0"}
        assert [each.get("val") for each in chart.iter(f"{CHART}dispBlanksAs")] == ["gap"]
        looks = [(s.findtext(f".//{CHART}f"), *find_look(s)) for s in chart.iter(f"{CHART}ser")]
        assert len({look[1:] for look in looks}) == len(looks)
        rows = [check_figures(book, series) for series in chart.iter(f"{CHART}ser")]
        assert len({*rows}) == 1
        drawn += rows[0]
    assert drawn == list(range(data.top + 1, data.bottom + 1)) or not charts


def find_look(series: Any) -> tuple[str, str]:
    namespace = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    dash, symbol = series.find(f".//{namespace}prstDash"), series.find(f".//{CHART}symbol")
    return dash.get("val"), symbol.get("val")


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
    assert book.cells.sheetnames == SHEETS
    assert all(len(name) <= 31 for name in SHEETS)


def s3_no_sheet_is_blank(book: Book) -> None:
    for sheet in book.sheets:
        assert len(sheet.lines) >= 2, sheet.name


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
    assert names == book.cells.sheetnames[2:]
    assert all(cell.hyperlink for cell in book["Contents"].column("Sheet"))


def b1_saved_at_a1_of_the_first_sheet(book: Book) -> None:
    assert book.cells.active.title == "Cover"
    for sheet in book.sheets:
        view = sheet.cells.sheet_view
        assert bool(view.tabSelected) == (sheet.name == "Cover")
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


def prints_wide_tables_in_8_points_or_more_on_pages_that_fit(book: Book) -> None:
    """12 point type at 67% is 8 point; a digit of it is 6.75 points wide, and A3 is 1,190."""
    for sheet in (book[name] for name in SPLIT if book[name].tables):
        setup = sheet.cells.page_setup
        assert not sheet.cells.sheet_properties.pageSetUpPr.fitToPage
        repeated = REPEATED[sheet.name]
        assert setup.pageOrder == "overThenDown"
        assert sheet.cells.print_title_cols == f"$A:${'ABC'[repeated - 1]}"
        assert 67 <= setup.scale <= 100
        dimensions = sheet.cells.column_dimensions.values()
        widths = [each.width for each in sorted(dimensions, key=lambda each: each.min)]
        assert len(widths) == len(sheet.headers)
        ends = [each.id for each in sheet.cells.col_breaks.brk]
        starts = [sheet.headers[end].split(" ")[0] for end in ends]
        assert set(starts) <= SPLIT[sheet.name]
        for first, end in pairwise((0, *ends, len(widths))):
            page = sum(widths[first:end]) + (sum(widths[:repeated]) if first else 0)
            assert page * 6.75 * setup.scale / 100 <= 1_190 - 2 * 0.4 * 72


RULES: list[Callable[[Book], None]] = [
    rule
    for name, rule in list(globals().items())
    if re.match(r"[tnfsbd]\d+_|prints_", name) and callable(rule)
]


@pytest.fixture(scope="module")
def book() -> Book:
    return Book(write_index_workbook(read_merton(NOVEMBER)))


@pytest.mark.parametrize("rule", RULES, ids=[rule.__name__ for rule in RULES])
def test_november_keeps_the_rule(book: Book, rule: Callable[[Book], None]) -> None:
    rule(book)


@pytest.mark.parametrize("number", [4, 9])
def test_every_month_keeps_every_rule(number: int) -> None:
    book = Book(write_index_workbook(read_merton(Month(2020, number))))
    for rule in RULES:
        rule(book)


def test_p3_file_names_are_short_and_in_lower_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    with pytest.raises(SystemExit):
        main(["build", "--month", "2020-11", "--out", str(tmp_path)])
    for path in tmp_path.glob("*.xlsx"):
        assert re.fullmatch(r"[a-z0-9-]{1,55}\.xlsx", path.name)


# Words of every kind: formulas, markers, symbols, dashes, long ones, other scripts, emoji.
NASTY = [
    '=HYPERLINK("http://example.org","click")',
    "+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "-2+3",
    "#N/A",
    "[note 1]",
    "[x]",
    "_x000D_",
    "N/A",
    "-",
    "مؤشر الأداء",
    "😀" * 40,
    "W" * 300,
    "long words, " * 900,
    "two\nlines",
    "  spaces  ",
    "<b>&amp;</b>",
    "\u202eright to left",
]
WORDS = st.one_of(
    st.sampled_from(NASTY),
    st.text(
        st.characters(exclude_categories=["C", "Zl", "Zp"], exclude_characters="\x85"),
        min_size=1,
        max_size=60,
    ).filter(str.strip),
)
FIGURES = st.decimals(min_value=0, max_value=99_999, places=1, allow_nan=False)
TARGETS = st.sampled_from(
    ["not_a_target_measure", "new", {"at_least": 50}, {"at_most": 10}, {"between": [12, 20]}]
)


@st.composite
def indicators(draw: st.DrawFn, number: int) -> dict[str, object]:
    entry: dict[str, object] = {
        "number": str(number),
        "title": draw(WORDS),
        "unit": draw(st.sampled_from(["percent", "number", "weeks", "rate_per_10000"])),
        "decimals": draw(st.integers(0, 2)),
        "frequency": draw(st.sampled_from(["monthly", "quarterly"])),
        "target": draw(TARGETS),
        "benchmarks": draw(st.sampled_from([{}, {"England": {"value": 12, "note": "of 5"}}])),
    }
    for key in ("rationale", "owner", "source"):
        words = draw(st.none() | WORDS)
        if words:
            entry[key] = words
    return entry


@st.composite
def councils(draw: st.DrawFn) -> tuple[str, list[Observation]]:
    """A catalogue's text and observations for it, as an extract would give them."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    sections: list[dict[str, object]] = []
    number = 0
    for size in sizes:
        entries = [draw(indicators(number + index)) for index in range(size)]
        number += size
        title = f"Section {len(sections)} {draw(WORDS)}"
        sections.append({"title": title, "indicators": entries})
    observations = [
        Observation(
            indicator=str(each),
            month=Month(2020, month),
            known=Month(2020, month),
            place=Place(file="any.csv", line=2),
            value=figure,
            status=None if figure is not None else Status.SUPPRESSED,
            note=draw(st.just("") | WORDS),
            commentary=draw(st.just("") | WORDS),
            caveat=draw(st.just("") | WORDS),
        )
        for each in range(number)
        for month in (6, 9)
        for figure in draw(st.sampled_from([(), (None,)]) | st.tuples(FIGURES))
    ]
    head = HEAD.replace(
        "panel: Services Panel", f"panel: {json.dumps(draw(WORDS)[:200], ensure_ascii=False)}"
    )
    return head + "sections: " + json.dumps(sections, ensure_ascii=False), observations


def draw_council(text: str, observations: list[Observation]) -> Book:
    catalogue, issues = read_catalogue(text, "indicators.yaml")
    assert catalogue is not None, issues
    return Book(write_index_workbook(score(catalogue, observations, Month(2020, 9))))


@pytest.mark.slow
# Without shrinking, which takes minutes here; the rule that fails says enough.
@settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(councils())
def test_random_content_keeps_every_rule(council: tuple[str, list[Observation]]) -> None:
    book = draw_council(*council)
    for rule in RULES:
        rule(book)


@pytest.mark.parametrize("count", [1, 300])
def test_any_number_of_indicators_keeps_every_rule(count: int) -> None:
    entries = [
        {
            "number": str(number),
            "title": f"Indicator {number}",
            "unit": "number",
            "frequency": "monthly",
            "target": {"at_least": 50},
        }
        for number in range(count)
    ]
    text = HEAD + "sections: " + json.dumps([{"title": "All", "indicators": entries}])
    observation = Observation(
        indicator="0",
        month=Month(2020, 9),
        known=Month(2020, 9),
        place=Place(file="any.csv", line=2),
        value=Decimal(40),
    )
    book = draw_council(text, [observation])
    assert len(book["Performance index"].rows) == count
    for rule in RULES:
        rule(book)
