"""Any bytes give a result or issues; any text reaches every paper unchanged."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import openpyxl
import pytest
from helpers.councils import HEAD, ROOT, make_catalogue
from helpers.table import write_table
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from merton_kpi.core.issues import Severity, require
from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Shorthand
from merton_kpi.core.text import check_text, has_unseen, quote_formula
from merton_kpi.extracts.columns import COLUMNS
from merton_kpi.extracts.reader import read_extract
from merton_kpi.extracts.rows import EMPTY_ROW
from merton_kpi.extracts.values import read_value
from merton_kpi.loading.catalogue_file import read_catalogue
from merton_kpi.loading.inputs import Inputs
from merton_kpi.papers.build import write_index_workbook
from merton_kpi.papers.templated.report import format_report
from merton_kpi.scorecard.compose import compose_scorecard
from merton_kpi.series.match import match_observations
from merton_kpi.storage.files import SourceFile
from merton_kpi.storage.templates import REPORT_TEMPLATE

if TYPE_CHECKING:
    from merton_kpi.extracts.reader import Extract
    from merton_kpi.scorecard.records import Scorecard

JUNE = Month(2020, 6)
CATALOGUE = make_catalogue("""
    - {number: "1", title: A share, unit: percent, frequency: monthly, target: {at_least: 90}}
    - number: "2"
      title: A count
      unit: number
      frequency: monthly
      target: new
      accumulates: financial_year
      suppress_small_numbers: true
    """)
MERTON = (ROOT / "indicators.yaml").read_text(encoding="utf-8")

CELLS = st.one_of(
    st.sampled_from(["", "1", "2", "9", "96", "3", "<5", "N/A", "TBC", "covid", "2020-05", "1,5"]),
    st.text(st.sampled_from("0129.,;%<>-£/() NaAef\t\n\r\"'\0é９"), max_size=8),
    st.text(max_size=5),
)
COLUMN_NAMES = st.lists(st.sampled_from(list(COLUMNS)), unique=True).map(
    lambda names: list(dict.fromkeys(("indicator", "value", *names)))
)


@st.composite
def extracts(draw: st.DrawFn) -> bytes:
    """Bytes that come close to an extract: a good header, cells of all kinds, some encoding."""
    header = draw(COLUMN_NAMES)
    rows = draw(st.lists(st.lists(CELLS, min_size=1, max_size=len(header) + 1), max_size=8))
    delimiter = draw(st.sampled_from([",", ";", "\t"]))
    if draw(st.booleans()):
        buffer = io.StringIO(newline="")
        csv.writer(buffer, delimiter=delimiter).writerows([header, *rows])
        text = buffer.getvalue()
    else:
        text = "\n".join(delimiter.join(row) for row in [header, *rows])
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
    return text.encode(encoding, "replace" if encoding == "cp1252" else "surrogatepass")


def check_conservation(extract: Extract) -> None:
    """Rows read = rows used + rows in issues, row by row."""
    errors = (each for each in extract.issues if each.severity is Severity.ERROR)
    empty = (each for each in extract.issues if each.code == EMPTY_ROW)
    faulty = {each.place.line for each in (*errors, *empty)}
    used = {each.place.line for each in extract.observations}
    assert not faulty & used
    header_is_faulty = any(each.code in ("header", "encoding") for each in extract.issues)
    if not header_is_faulty:
        assert extract.rows == len(used) + len(faulty - {1, None})
    _, issues = match_observations(CATALOGUE, extract.observations, JUNE)
    assert {issue.place.line for issue in issues} <= used


@pytest.mark.slow
@given(extracts())
@settings(max_examples=400, deadline=None)
def test_each_row_of_what_looks_like_an_extract_is_used_or_in_an_issue(content: bytes) -> None:
    check_conservation(read_extract(content, "f.csv", JUNE))


@given(st.binary(max_size=400))
@settings(max_examples=400, deadline=None)
def test_any_bytes_as_an_extract_end_in_observations_and_issues(content: bytes) -> None:
    extract = read_extract(content, "f.csv", JUNE)
    assert extract.observations or extract.issues or content.count(b"\n") <= 1


@given(CELLS | st.text())
@settings(max_examples=400, deadline=None)
def test_any_text_is_a_plain_number_a_status_or_a_fault(text: str) -> None:
    reading = read_value(text.strip())
    if reading.value is not None:
        assert reading.value.is_finite()
        assert re.sub("[£\xa0\u2007\u2009\u202f]|\\(.*\\)", "", text.strip()).isascii()
    assert bool(reading.fault) <= (reading.value is None and reading.status is None)


@st.composite
def catalogues(draw: st.DrawFn) -> str:
    """Merton's catalogue with a piece of it cut out, doubled, or replaced by any text."""
    start = draw(st.integers(0, 6000))
    end = start + draw(st.integers(0, 60))
    middle = draw(
        st.sampled_from(
            ["", "  ", "\n", ": ", "- ", "*a", "&a", "!!python/object:x", "{", "[", "\t"]
        )
        | st.text(max_size=20)
        | st.just(MERTON[start:end] * 2)
    )
    return MERTON[:start] + middle + MERTON[end:7000]


@given(
    catalogues() | st.text(max_size=200) | st.binary(max_size=200).map(lambda b: b.decode("latin"))
)
@settings(max_examples=250, deadline=None)
def test_any_text_as_a_catalogue_ends_in_a_catalogue_or_in_issues(text: str) -> None:
    catalogue, issues = read_catalogue(text, "indicators.yaml")
    assert (catalogue is None) == bool(issues)


WORDS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("|<>[]`*_=+-@#\n"))


def compose(words: str) -> Scorecard:
    """The scorecard of a red indicator whose commentary and note are these words."""
    buffer = io.StringIO(newline="")
    # The value is last: words like 000 after it would be read as the rest of 5,000.
    rows = [["indicator", "commentary", "note", "value"], ["1", words, words, "5"]]
    csv.writer(buffer).writerows(rows)
    extract = read_extract(buffer.getvalue().encode(), "2020-06.csv", JUNE)
    assert not extract.issues
    inputs = Inputs(
        file="indicators.yaml",
        catalogue=CATALOGUE,
        month=JUNE,
        observations=extract.observations,
        sources=(SourceFile(path="indicators.yaml", rows=2, used=2, sha256=""),),
    )
    return require(compose_scorecard(inputs))


NOTHING = ("-", "–", "—", "..", "...", "…", "n/a")


def is_plain(words: str) -> bool:
    """Whether words are taken as they are: signs that cannot be seen are shown by their codes."""
    return not check_text(words.replace("\r", "\n")) and not has_unseen(words)


def squeeze(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.slow
@given(WORDS.filter(is_plain))
@settings(max_examples=60, deadline=None)
def test_any_words_survive_to_every_paper(words: str) -> None:
    """As they are in the workbook and the CSV; in Markdown but for the spaces between them."""
    expected = words.replace("\r\n", "\n").replace("\r", "\n").strip()
    card = compose(words)
    book = openpyxl.load_workbook(io.BytesIO(write_index_workbook(card)))
    sheet = book["Exceptions"]
    cells = [
        str(cell.value).replace("_x005F_", "_")  # as Excel reads it, and openpyxl does not
        for row in sheet.iter_rows()
        for cell in row
        if cell.value
    ]
    # Words that say nothing, such as a dash or a symbol, are no commentary.
    says_nothing = Shorthand.read(expected) is not None
    in_cells = "No commentary has been received." if says_nothing else expected
    assert not expected or in_cells in cells
    assert not any(cell.data_type == "f" for s in book for row in s.iter_rows() for cell in row)
    (row, *_) = [
        each
        for each in csv.DictReader(io.StringIO(write_table(card).decode("utf-8-sig"), newline=""))
        if (each["indicator"], each["period_end"]) == ("1", "2020-06-30")
    ]
    assert row["note"] == quote_formula(expected)
    assert not row["note"].startswith(("=", "+", "-", "@"))
    template = (ROOT / "templates" / REPORT_TEMPLATE).read_text(encoding="utf-8")
    report = format_report(card, template, REPORT_TEMPLATE)
    read = [
        "".join(HTML.get(child.content, child.content) for child in token.children)
        for token in MarkdownIt("commonmark").enable("table").parse(report)
        if token.children
    ]
    said = [each.removeprefix("Commentary from the service: ") for each in read]
    assert not expected or squeeze(in_cells) in map(squeeze, said)


HTML = {"<br>": "\n", "<!-- -->": ""}  # as readers see it, where it stands between words

LIMIT = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30))
from merton_kpi.loading.catalogue_file import read_catalogue
from merton_kpi.extracts.reader import read_extract
from merton_kpi.series.match import match_observations
from merton_kpi.core.periods import Month
header, rows = "indicator,value\\n", 2**22 - 10
month = Month(2020, 6)
section = "sections:\\n  - title: a\\n    indicators:\\n"
text = {0}
if {1!r} == "extract":
    extract = read_extract(text.encode(), "f.csv", month)
    catalogue, _ = read_catalogue({2!r} + "sections: [{{title: a, indicators: [" + ",".join(
        f"{{{{number: 'a{{n}}', title: x, unit: number, frequency: monthly, target: new}}}}"
        for n in range(1000)) + "]}}]", "f.yaml")
    _, issues = match_observations(catalogue, extract.observations, month)
    assert extract.issues or issues or not extract.rows
else:
    catalogue, issues = read_catalogue(text, "f.yaml")
    assert issues and catalogue is None
"""
LARGE = {
    "rows of one cell": ("extract", "header + '1\\n' * rows"),
    "rows with a fault": ("extract", "header + '1,x\\n' * (rows // 2)"),
    "unknown indicators": ("extract", "header + ''.join(f'{n},1\\n' for n in range(99_000))"),
    "blank rows": ("extract", "header + ',\\n' * rows"),
    "a header of millions": ("extract", "'a,' * rows"),
    "a row of millions": ("extract", "header + '1,' * rows"),
    "an open quote": ("extract", "header + chr(34) * (2 * rows)"),
    "nested lists": ("catalogue", "'[' * 2**20"),
    "a list of millions": ("catalogue", "'- a\\n' * 2**22"),
    "unknown keys": ("catalogue", "''.join(f'k{n}: 1\\n' for n in range(900_000))"),
    "empty indicators": ("catalogue", "section + '      - {x: 1}\\n' * 450_000"),
    "few empty indicators": ("catalogue", "section + '      - {x: 1}\\n' * 19_000"),
    "aliases": ("catalogue", "'a: &a [x,x]\\nb: &b [*a,*a]\\nc: [*b,*b]\\n' * 100_000"),
    "one long text": ("catalogue", "'a: ' + 'x' * 30 * 2**20"),
}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on a process's memory")
@pytest.mark.parametrize(("kind", "text"), LARGE.values(), ids=LARGE)
def test_a_huge_file_ends_in_issues_within_a_gibibyte(kind: str, text: str) -> None:
    code = LIMIT.format(text, kind, HEAD)
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60, cwd=ROOT)


def test_every_text_of_the_catalogue_is_limited() -> None:
    """The reader refuses what a cell cannot hold, whichever key it is under."""
    text = MERTON.replace("short_name: Merton", 'short_name: "a\\0b"')
    text = text.replace("title: Assessments", "title: " + "x" * 30_001)
    _, issues = read_catalogue(text, "f.yaml")
    assert [issue.code for issue in issues] == ["yaml"] * 2
    assert "U+0000" in issues[0].message
    assert "30,001 characters" in issues[1].message
