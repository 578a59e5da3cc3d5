"""What is due for a month's papers, from whom, and what was received, as `kpi due` lists it."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from helpers.councils import NOVEMBER, ROOT, make_catalogue
from markdown_it import MarkdownIt

from merton_kpi.cli.options import ReminderFormat
from merton_kpi.core.issues import require
from merton_kpi.core.periods import Month
from merton_kpi.extracts.reader import read_extract
from merton_kpi.loading.inputs import Inputs
from merton_kpi.returns.due import compose_due_list
from merton_kpi.returns.reminder import format_csv, format_markdown, format_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.returns.due import DueList

    Kpi = Callable[..., Outcome]
    Messages = Callable[..., None]

JUNE = Month(2020, 6)
MEETING = """\
meetings:
  - {date: 2020-07-16, data_to: 2020-06, papers_due: 2020-07-06T12:00}
"""


def compose(catalogue: Catalogue, extracts: dict[str, str], month: Month = JUNE) -> DueList:
    """What is due as at a month, of extracts by their own months."""
    rows: list[Observation] = []
    for known, text in extracts.items():
        extract = read_extract(text.encode(), f"{known}.csv", Month.read(known))
        assert not extract.issues
        rows += extract.observations
    given = tuple(each for each in rows if each.known <= month)
    inputs = Inputs(file="indicators.yaml", catalogue=catalogue, month=month, observations=given)
    return require(compose_due_list(inputs))


def list_lines(dues: DueList) -> list[str]:
    """Each thing due in a line."""
    return [
        " ".join(filter(None, (e.indicator, str(e.month), e.period, e.state.value, e.words)))
        for e in dues.items
    ]


@pytest.mark.parametrize("style", list(ReminderFormat))
def test_mertons_list_of_what_is_due(
    style: ReminderFormat, kpi: Kpi, golden: Callable[[str, str], None]
) -> None:
    outcome = kpi(
        *("due", "--month", "2020-11", "--format", style.value),
        *("--catalogue", ROOT / "indicators.yaml", "--data", ROOT / "data"),
    )
    assert (outcome.code, outcome.err) == (0, "")
    ending = {"text": "txt", "csv": "csv", "markdown": "md"}[style.value]
    golden(f"due-2020-11.{ending}", outcome.out)


CATALOGUE = make_catalogue("""
    - {number: "1", title: Monthly, unit: percent, frequency: monthly, target: {at_least: 90}}
    - {number: "2", title: Quarterly, unit: number, frequency: quarterly, target: new}
    - {number: "3", title: Late, unit: number, frequency: monthly, target: new, arrears: 1}
    - number: "4"
      title: Annual
      unit: number
      frequency: annual
      due_months: [5]
      target: new
    - number: "5"
      title: Replaced
      unit: number
      frequency: monthly
      target: new
      replaced_by: "1"
    """)


def test_where_nothing_was_received_all_is_due() -> None:
    """A figure a month in arrears is not overdue before its month has passed."""
    assert list_lines(compose(CATALOGUE, {})) == [
        "1 2020-04 Apr 2020 overdue",
        "1 2020-05 May 2020 overdue",
        "1 2020-06 Jun 2020 missing",
        "2 2020-06 Q1 missing",
        "3 2020-04 Apr 2020 overdue",
        "3 2020-05 May 2020 missing",
        "4 2020-05 May 2020 overdue",
    ]


def test_of_earlier_figures_only_those_missing_are_listed() -> None:
    known = {
        "2020-05": "indicator,value,period\n1,95,2020-04\n3,7,2020-04\n4,<5,\n",
        "2020-06": "indicator,value,period\n1,96,\n2,N/A - C19,\n3,6,2020-05\n",
    }
    assert list_lines(compose(CATALOGUE, known)) == [
        "1 2020-05 May 2020 overdue",
        "1 2020-06 Jun 2020 received 96%",
        "2 2020-06 Q1 received N/A - C19",
        "3 2020-05 May 2020 received 6",
    ]


def test_a_figure_still_to_come_is_listed_until_it_is_received() -> None:
    """Its status is printed with the period; any other reason for no figure is an answer."""
    known = {
        "2020-05": "indicator,value,period\n1,TBC,2020-04\n1,N/A,\n3,TBC,2020-04\n4,7,\n",
        "2020-06": "indicator,value,period\n1,96,\n3,TBC,2020-05\n"
        "2,Awaiting confirmed annual rate,\n",
    }
    dues = compose(CATALOGUE, known)
    assert list_lines(dues) == [
        "1 2020-04 Apr 2020 overdue TBC",
        "1 2020-06 Jun 2020 received 96%",
        "2 2020-06 Q1 missing Awaiting confirmed annual rate",
        "3 2020-04 Apr 2020 overdue TBC",
        "3 2020-05 May 2020 missing TBC",
    ]
    printed = format_markdown(dues)
    assert "Figures: 1 of 5 received, 4 missing." in printed.replace("\\", "")
    assert "| 1 | Monthly | Figure for Apr 2020 (TBC, overdue) |\n" in printed
    assert "| 2 | Quarterly | Figure for Q1 (Awaiting confirmed annual rate) |\n" in printed
    assert "Figures for Apr 2020 (TBC, overdue) and May 2020 (TBC)" in printed
    rows = list(csv.DictReader(io.StringIO(format_csv(dues))))
    assert [(row["state"], row["figure_or_reason"]) for row in rows][2:4] == [
        ("missing", "Awaiting confirmed annual rate"),
        ("overdue", "TBC"),
    ]
    known["2020-06"] += "1,95,2020-04\n"
    assert "1 2020-04 Apr 2020 overdue TBC" not in list_lines(compose(CATALOGUE, known))


def test_a_figure_received_after_the_month_is_still_due_for_it() -> None:
    late = {"2020-06": "indicator,value,period\n1,95,2020-05\n"}
    assert "1 2020-05 May 2020 missing" in list_lines(compose(CATALOGUE, late, Month(2020, 5)))
    assert "1 2020-05 May 2020 missing" not in list_lines(compose(CATALOGUE, late))


@pytest.mark.parametrize(
    ("row", "is_needed"), [("50,", True), ("50,Too few staff", False), ("95,", False)]
)
def test_an_exception_needs_its_commentary(row: str, *, is_needed: bool) -> None:
    dues = compose(CATALOGUE, {"2020-06": f"indicator,value,commentary\n1,{row}\n"})
    assert ("1 2020-06 Jun 2020 commentary_missing Red" in list_lines(dues)) == is_needed


def test_commentary_is_needed_before_the_months_figure_is_received() -> None:
    """The exception report would list it on the last figure."""
    dues = compose(CATALOGUE, {"2020-05": "indicator,value,commentary\n1,50,Said in May\n"})
    assert "1 2020-06 Jun 2020 commentary_missing Red (May 2020)" in list_lines(dues)
    printed = format_markdown(dues)
    entry = "Figures for Apr 2020 (overdue) and Jun 2020. Commentary, as it is Red (May 2020)"
    assert f"| 1 | Monthly | {entry} |\n" in printed


@pytest.mark.parametrize("format_reminder", [format_text, format_markdown, format_csv])
def test_a_suppressed_figure_stays_suppressed(format_reminder: Callable[[DueList], str]) -> None:
    catalogue = make_catalogue("""
        - number: "7"
          title: Small
          unit: number
          frequency: monthly
          target: new
          suppress_small_numbers: true
        """)
    april = Month(2020, 4)
    printed = format_reminder(compose(catalogue, {"2020-04": "indicator,value\n7,3\n"}, april))
    assert "<5" in printed.replace("\\", "")
    assert "3" not in printed


OWNERS = make_catalogue("""
    - {number: "1", title: A, unit: number, frequency: monthly, target: new}
    - {number: "2", title: B, unit: number, frequency: quarterly, target: new, owner: Head of Z}
    - {number: "3", title: C, unit: number, frequency: monthly, target: new, owner: Head of A}
    - {number: "4", title: D, unit: number, frequency: monthly, target: new, owner: Head of Z}
    """)


def test_owners_follow_the_indexs_order_and_no_owner_is_last() -> None:
    grouped = compose(OWNERS, {}).by_owner
    assert [(owner, {each.indicator for each in items}) for owner, items in grouped] == [
        ("Head of Z", {"2", "4"}),
        ("Head of A", {"3"}),
        ("No owner is named", {"1"}),
    ]


@pytest.fixture
def panel(council: Path) -> Path:
    """The small council, with a meeting whose papers are due on a day."""
    catalogue = council / "indicators.yaml"
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(text.replace("bands:", MEETING + "bands:"), encoding="utf-8")
    return council


def test_the_list_names_the_day_and_needs_no_extract(kpi: Kpi, panel: Path) -> None:
    (panel / "data/2020-04.csv").unlink()
    empty = kpi("due", "--today", "2020-07-01")
    (panel / "data").rmdir()
    absent = kpi("due", "--today", "2020-07-01")
    assert (empty.code, empty.err) == (absent.code, absent.err) == (0, "")
    assert empty.out == absent.out
    assert (
        absent.out
        == """\
Services Panel
Due for the papers of June 2020

The panel meets on 16 July 2020.
The papers are due on 6 July 2020, 12:00.
Figures: 0 of 4 received, 4 missing.
Please send what is still due, or the reason why there is none, to: Head of
Performance.

Head of Contact
  Still due
       1  Calls answered in time
          Figures for Apr 2020 (overdue), May 2020 (overdue) and Jun 2020

No owner is named
  Still due
       2  Days to reply
          Figure for Q1
"""
    )


def test_nothing_is_due_where_all_was_received(kpi: Kpi, council: Path) -> None:
    printed = kpi("due", "--month", "2020-04").out
    assert "\nFigures: 1 of 1 received, 0 missing.\n\nHead of Contact\n  Received\n" in printed
    assert "Please" not in printed
    printed = kpi("due", "--month", "2020-04", "--owner", "No owner is named").out
    assert printed == "Services Panel\nDue for the papers of April 2020\n\nNothing is due.\n"


def test_an_owner_is_known_whatever_the_capitals(kpi: Kpi, council: Path) -> None:
    outcome = kpi("due", "--month", "2020-06", "--owner", "head of CONTACT", "--format", "csv")
    assert outcome.code == 0
    rows = list(csv.DictReader(io.StringIO(outcome.out)))
    assert {row["owner"] for row in rows} == {"Head of Contact"}
    assert [(row["period"], row["state"]) for row in rows] == [
        ("2020-05", "overdue"),
        ("2020-06", "missing"),
    ]


@pytest.mark.parametrize("text", ["contact", "Head of C", "HEAD OF CONTACT"])
def test_a_part_of_an_owner_that_no_other_has_is_enough(text: str, kpi: Kpi, council: Path) -> None:
    outcome = kpi("due", "--month", "2020-06", "--owner", text)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == kpi("due", "--month", "2020-06", "--owner", "Head of Contact").out


def test_a_part_of_two_owners_is_wrong_usage(kpi: Kpi, council: Path, messages: Messages) -> None:
    outcome = kpi("due", "--month", "2020-06", "--owner", "O")
    assert (outcome.code, outcome.out) == (2, "")
    sentence = outcome.err.splitlines()[-1]
    assert "'Head of Contact' and 'No owner is named'" in sentence
    messages(sentence)


@pytest.mark.parametrize("command", ["due", "template"])
def test_an_unknown_owner_is_wrong_usage(
    command: str, kpi: Kpi, council: Path, messages: Messages
) -> None:
    outcome = kpi(command, "--month", "2020-06", "--owner", "HEAD OF CONTRACT")
    assert (outcome.code, outcome.out) == (2, "")
    sentence = outcome.err.splitlines()[-1]
    assert sentence.startswith("Error: Invalid value for '--owner': ")
    assert "'Head of Contact'" in sentence
    messages(sentence)


@pytest.mark.parametrize("command", ["due", "template"])
def test_a_fault_in_the_data_is_printed_and_nothing_is_listed(
    command: str, kpi: Kpi, council: Path
) -> None:
    (council / "data/2020-05.csv").write_text("indicator,value\n1,96+\n9,1\n")
    outcome = kpi(command, "--month", "2020-06")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("data/2020-05.csv:2: error: indicator 1: value: '96+' ")
    outcome = kpi(command, "--month", "2019-06")
    assert outcome.code == 1
    assert outcome.err.startswith("indicators.yaml: error: June 2019 is outside ")


ODD = make_catalogue("""
    - number: "=1+1"
      title: "=HYPERLINK(1) | a *b*\\n# c"
      unit: number
      frequency: monthly
      target: new
      owner: "[x](http://y) <b>"
      source: "@SUM(A1)"
    """)


def test_text_from_a_file_stays_text_in_each_format() -> None:
    dues = compose(ODD, {}, Month(2020, 4))
    row = next(csv.DictReader(io.StringIO(format_csv(dues))))
    assert (row["indicator"], row["title"][:4], row["source"]) == ("'=1+1", "'=HY", "'@SUM(A1)")
    html = MarkdownIt().enable("table").render(format_markdown(dues))
    assert "<h2>[x](http://y) &lt;b&gt;</h2>" in html
    assert "<td>=HYPERLINK(1) | a *b*<br># c</td>" in html.replace("&lt;br&gt;", "<br>")
    assert html.count("<h1>") == 1


@pytest.mark.parametrize(
    ("unit", "value", "written"),
    [("number", "-3", "-3"), ("percent", "-2.5", "-2.5%"), ("number", "0", "0")],
)
def test_a_negative_figure_is_a_figure_in_the_csv(unit: str, value: str, written: str) -> None:
    """As in the papers' CSV, so that a spreadsheet can calculate with it."""
    catalogue = make_catalogue(f"""
        - number: "1"
          title: "-3 is a title"
          unit: {unit}
          decimals: {1 if "." in value else 0}
          frequency: monthly
          target: new
        """)
    dues = compose(catalogue, {"2020-04": f"indicator,value\n1,{value}\n"}, Month(2020, 4))
    (row,) = csv.DictReader(io.StringIO(format_csv(dues)))
    assert (row["title"], row["figure_or_reason"]) == ("'-3 is a title", written)


@pytest.mark.parametrize(
    ("style", "mark"), [("csv", b"\xef\xbb\xbf"), ("markdown", b""), ("text", b"")]
)
def test_the_list_can_be_written_to_the_same_file_again(
    style: str, mark: bytes, kpi: Kpi, panel: Path
) -> None:
    """A CSV has the byte order mark by which Excel reads it as UTF-8, like the papers' CSV."""
    catalogue = panel / "indicators.yaml"
    text = catalogue.read_text(encoding="utf-8").replace("Head of Contact", "Head of Ca£l")
    catalogue.write_text(text, encoding="utf-8")
    arguments = ("due", "--month", "2020-06", "--format", style)
    printed = kpi(*arguments)
    for _ in range(2):
        outcome = kpi(*arguments, "--out", "due.out")
        assert (outcome.code, outcome.out, outcome.err) == (0, "due.out\n", "")
        assert (panel / "due.out").read_bytes() == mark + printed.out.encode("utf-8")
    assert "Ca£l" in printed.out
    outcome = kpi(*arguments, "--out", "missing/due.out")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("missing/due.out: error: ")


def test_text_is_no_wider_than_80_columns() -> None:
    catalogue = make_catalogue(f"""
        - number: "1"
          title: {"word " * 60}{"x" * 200}
          unit: number
          frequency: monthly
          target: new
          owner: Head of {"y" * 100}
        """)
    lines = format_text(compose(catalogue, {}, NOVEMBER)).splitlines()
    assert max(map(len, lines)) == 80


@pytest.mark.parametrize("command", ["due", "template"])
def test_what_is_due_is_listed_without_the_libraries_of_the_papers(
    command: str, council: Path
) -> None:
    code = (
        "import sys\nfrom merton_kpi.cli.app import main\n"
        f"try: main([{command!r}, '--month', '2020-06'])\n"
        "except SystemExit as stop: assert not stop.code\n"
        "assert not {'openpyxl', 'jinja2', 'rich'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_a_cell_with_a_carriage_return_is_quoted_in_the_csv() -> None:
    """A spreadsheet begins a row at it, and would run what follows as a formula."""
    catalogue = make_catalogue(
        '- {number: "1", title: "Calls\\r=1+1", unit: number, frequency: monthly, target: new}'
    )
    text = format_csv(compose(catalogue, {}, Month(2020, 4)))
    assert text.endswith("\n")
    assert '"Calls\r=1+1"' in text
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert [len(row) for row in rows] == [8, 8]
    assert rows[1][2] == "Calls\r=1+1"
