"""`kpi due --history`: in which extract each figure of the year came, and how late."""

from __future__ import annotations

import csv
import io
import os
from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD, ROOT, make_catalogue
from markdown_it import MarkdownIt

from merton_kpi.cli.options import ReminderFormat
from merton_kpi.core.issues import require
from merton_kpi.core.periods import Month
from merton_kpi.extracts.reader import read_extract
from merton_kpi.loading.inputs import Inputs
from merton_kpi.returns.chasing.history import compose_history
from merton_kpi.returns.chasing.history_lists import (
    format_csv_history,
    format_markdown_history,
    format_text_history,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.returns.chasing.history import ReturnHistory

    Kpi = Callable[..., Outcome]

JUNE = Month(2020, 6)
MERTON = ("--catalogue", ROOT / "indicators.yaml", "--data", ROOT / "data")


def compose(catalogue: Catalogue, extracts: dict[str, str], month: Month = JUNE) -> ReturnHistory:
    """The history as at a month, of extracts by their own months."""
    rows = [
        each
        for known, text in extracts.items()
        for each in read_extract(text.encode(), f"{known}.csv", Month.read(known)).observations
    ]
    given = tuple(each for each in rows if each.known <= month)
    inputs = Inputs(file="f", catalogue=catalogue, month=month, observations=given)
    return require(compose_history(inputs))


def list_lines(history: ReturnHistory) -> list[str]:
    """Each figure in a line."""
    return [
        f"{e.indicator} {e.month} due {e.due} came {e.returned} {e.timing.value} {e.months_late}"
        for e in history.items
    ]


@pytest.mark.parametrize("style", list(ReminderFormat))
def test_mertons_history(
    style: ReminderFormat, kpi: Kpi, golden: Callable[[str, str], None]
) -> None:
    outcome = kpi("due", "--history", "--month", "2020-11", "--format", style.value, *MERTON)
    assert (outcome.code, outcome.err) == (0, "")
    ending = {"text": "txt", "csv": "csv", "markdown": "md"}[style.value]
    golden(f"history-2020-11.{ending}", outcome.out)


MONTHLY = '- {number: "1", title: A, unit: number, frequency: monthly, target: new, owner: O}'


@pytest.mark.parametrize(
    ("settings", "extracts", "lines"),
    [
        pytest.param(
            "",
            {
                "2020-04": "1,5,,\n",
                "2020-06": "1,6,2020-05,\n1,7,,\n",
            },
            [
                "1 2020-04 due 2020-04 came 2020-04 on_time 0",
                "1 2020-05 due 2020-05 came 2020-06 late 1",
                "1 2020-06 due 2020-06 came 2020-06 on_time 0",
            ],
            id="a-figure-of-an-earlier-month-is-late",
        ),
        pytest.param(
            "",
            {},
            [
                "1 2020-04 due 2020-04 came None missing 2",
                "1 2020-05 due 2020-05 came None missing 1",
                "1 2020-06 due 2020-06 came None missing 0",
            ],
            id="a-missing-figure-is-late-so-far",
        ),
        pytest.param(
            "arrears: 1",
            {"2020-04": "1,5,,\n", "2020-06": "1,6,2020-05,\n"},
            [
                "1 2020-04 due 2020-05 came 2020-04 on_time 0",
                "1 2020-05 due 2020-06 came 2020-06 on_time 0",
            ],
            id="arrears-are-allowed-for",
        ),
        pytest.param(
            "first_due: 2020-06",
            {"2020-04": "1,TBC,,\n", "2020-05": "1,TBC,2020-04,\n", "2020-06": "1,4,2020-04,\n"},
            ["1 2020-06 due 2020-06 came None missing 0"],
            id="what-is-not-due-is-left-out",
        ),
        pytest.param(
            "",
            {
                "2020-04": "1,TBC,,\n",
                "2020-05": "1,N/A - C19,,\n",
                "2020-06": "1,4,2020-04,\n1,TBC,,\n",
            },
            [
                "1 2020-04 due 2020-04 came 2020-06 late 2",
                "1 2020-05 due 2020-05 came 2020-05 on_time 0",
                "1 2020-06 due 2020-06 came None missing 0",
            ],
            id="only-a-figure-still-to-come-has-not-come",
        ),
        pytest.param(
            "",
            {
                "2020-04": "1,5,,\n",
                "2020-05": "1,6,2020-04,Corrected\n1,6,,\n",
                "2020-06": "1,6,,\n",
            },
            [
                "1 2020-04 due 2020-04 came 2020-04 on_time 0",
                "1 2020-05 due 2020-05 came 2020-05 on_time 0",
                "1 2020-06 due 2020-06 came 2020-06 on_time 0",
            ],
            id="a-correction-does-not-make-a-figure-late",
        ),
        pytest.param(
            "",
            {"2020-04": "1,5,,\n", "2020-06": "1,TBC,2020-04,\n1,5,2020-05,\n1,6,,\n"},
            [
                "1 2020-04 due 2020-04 came None missing 2",
                "1 2020-05 due 2020-05 came 2020-06 late 1",
                "1 2020-06 due 2020-06 came 2020-06 on_time 0",
            ],
            id="a-figure-that-was-taken-back-is-missing",
        ),
    ],
)
def test_when_a_figure_came(settings: str, extracts: dict[str, str], lines: list[str]) -> None:
    entry = MONTHLY.replace("owner: O", f"owner: O, {settings}") if settings else MONTHLY
    entry = entry.replace("monthly", "quarterly") if "first_due" in settings else entry
    given = {month: f"indicator,value,period,note\n{rows}" for month, rows in extracts.items()}
    assert list_lines(compose(make_catalogue(entry), given)) == lines


def test_what_came_after_the_month_is_not_known_yet() -> None:
    late = {"2020-06": "indicator,value,period\n1,5,2020-04\n"}
    may = compose(make_catalogue(MONTHLY), late, Month(2020, 5))
    assert list_lines(may)[0] == "1 2020-04 due 2020-04 came None missing 1"


def test_a_figure_of_parts_alone_and_a_judgement_have_come() -> None:
    catalogue = make_catalogue("""
        - {number: "1", title: A, unit: percent, frequency: monthly, target: {at_least: 5}}
        - {number: "2", title: B, frequency: monthly, target: judged}
        """)
    head = "indicator,value,numerator,denominator,judgement,judgement_reason,judgement_by\n"
    rows = "1,,18,20,,,\n2,,,,green,All is well,Head of B\n"
    history = compose(catalogue, {"2020-04": head + rows}, Month(2020, 4))
    assert [each.timing.value for each in history.items] == ["on_time", "on_time"]


SMALL = make_catalogue("""
    - {number: "7", title: Small, unit: number, frequency: monthly, target: new, owner: O,
       suppress_small_numbers: true}
    """)


@pytest.mark.parametrize(
    "format_history", [format_text_history, format_markdown_history, format_csv_history]
)
def test_the_history_has_no_figures(format_history: Callable[[ReturnHistory], str]) -> None:
    """So none that the papers hide."""
    histories = [
        format_history(compose(SMALL, {"2020-04": f"indicator,value\n7,{figure}\n"}))
        for figure in ("3", "4", "<5", "867", "N/A")
    ]
    assert len(set(histories)) == 1


def test_the_text_is_a_table_of_80_columns() -> None:
    numbers = ", ".join(str(number) for number in range(10, 40))
    entries = "".join(
        f"- {{number: {number!r}, title: A, unit: number, frequency: monthly, target: new, "
        f"owner: Head of {'wide ' * 12}}}\n"
        for number in numbers.split(", ")
    ).replace("'", '"')
    rows = "".join(f"{number},5,2020-04\n" for number in numbers.split(", ")[:20])
    history = compose(make_catalogue(entries), {"2020-05": f"indicator,value,period\n{rows}"})
    lines = format_text_history(history).splitlines()
    assert 70 < max(map(len, lines)) <= 80


def test_a_row_of_the_text_is_read_across() -> None:
    catalogue = make_catalogue("""
        - {number: "1", title: A, unit: number, frequency: monthly, target: new, owner: O}
        - {number: "2", title: B, unit: number, frequency: monthly, target: new, owner: O}
        - {number: "3", title: C, unit: number, frequency: monthly, target: new, owner: O}
        """)
    given = {
        "2020-04": "indicator,value\n1,5\n",
        "2020-05": "indicator,value\n1,5\n2,5\n3,5\n",
        "2020-06": "indicator,value,period\n2,5,2020-04\n1,7,\n",
    }
    assert (
        format_text_history(compose(catalogue, given))
        == """\
Services Panel
Returns of the year so far, for the papers of June 2020

Each figure is named by its indicator's number, in the row of the month in whose
extract it was due. The months in brackets say how late it came, or is so far.

Owner                                                Due  On time  Late  Missing
O                                                      9        5     1        3

O
Due in    On time               Late                        Missing
Apr 2020  1                     2 in Jun 2020 (2 months)    3 (2 months)
May 2020  1, 2, 3
Jun 2020  1                                                 2, 3
"""
    )


def test_after_the_years_end_the_history_goes_on_until_the_last_figure_is_due() -> None:
    catalogue = make_catalogue(MONTHLY.replace("owner: O", "owner: O, arrears: 2"))
    given = {"2021-05": "indicator,value,period\n1,5,2021-02\n1,6,2021-03\n"}
    history = compose(catalogue, given, Month(2021, 5))
    assert list_lines(history)[-2:] == [
        "1 2021-02 due 2021-04 came 2021-05 late 1",
        "1 2021-03 due 2021-05 came 2021-05 on_time 0",
    ]
    assert "for the papers of 2020/21 to May 2021\n" in format_text_history(history)


def test_nothing_was_due_yet() -> None:
    quarterly = make_catalogue(MONTHLY.replace("monthly", "quarterly"))
    history = compose(quarterly, {}, Month(2020, 4))
    assert format_text_history(history).endswith("\nNo figure was due.\n")
    assert format_markdown_history(history).endswith("\nNo figure was due.\n")
    assert format_csv_history(history).count("\n") == 1


ODD = make_catalogue("""
    - number: "=1+1"
      title: "=HYPERLINK(1) | a"
      unit: number
      frequency: monthly
      target: new
      owner: "[x](http://y) <b>"
      source: "@SUM(A1)"
    """)


def test_text_from_the_catalogue_stays_text_in_each_format() -> None:
    history = compose(ODD, {}, Month(2020, 4))
    row = next(csv.DictReader(io.StringIO(format_csv_history(history))))
    assert (row["indicator"], row["title"][:4], row["source"]) == ("'=1+1", "'=HY", "'@SUM(A1)")
    html = MarkdownIt().enable("table").render(format_markdown_history(history))
    assert "<h2>[x](http://y) &lt;b&gt;</h2>" in html
    assert html.count("<table>") == 2


def test_one_owner_or_service_has_a_history_of_its_own(kpi: Kpi, council: Path) -> None:
    printed = kpi("due", "--month", "2020-06", "--history", "--owner", "contact").out
    assert "\nHead of Contact\nDue in " in printed
    assert "No owner" not in printed
    assert "No owner is named" in kpi("due", "--month", "2020-06", "--history").out


def test_the_history_depends_on_no_clock_and_no_files_time(kpi: Kpi, council: Path) -> None:
    before = kpi("due", "--month", "2020-06", "--history").out
    os.utime(council / "data/2020-04.csv", (0, 2_000_000_000))
    assert kpi("due", "--month", "2020-06", "--history", "--today", "2031-01-01").out == before


def test_the_history_can_be_written_to_a_file(kpi: Kpi, council: Path) -> None:
    arguments = ("due", "--month", "2020-06", "--history", "--format", "csv")
    outcome = kpi(*arguments, "--out", "history.csv")
    assert (outcome.code, outcome.out) == (0, "history.csv\n")
    written = (council / "history.csv").read_bytes()
    assert written == b"\xef\xbb\xbf" + kpi(*arguments).out.encode("utf-8")


def test_a_figure_in_arrears_over_the_years_end_is_in_its_own_years_history(
    kpi: Kpi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both years' catalogues read April's extract, and each lists its own year's figures."""
    monkeypatch.chdir(tmp_path)
    indicator = "frequency: quarterly, arrears: 1, first_due: YEAR-03, target: new, owner: O"
    entry = f'{{number: "1", title: A, unit: number, {indicator}}}'
    for year, name in (("2019/20", "last-year.yaml"), ("2020/21", "indicators.yaml")):
        end = str(int(year[:4]) + 1)
        text = HEAD.replace("2020/21", year)
        text += f"sections: [{{title: S, indicators: [{entry.replace('YEAR', end)}]}}]\n"
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "data").mkdir()
    extract = "indicator,value,period\n1,5,2020-03\n"
    (tmp_path / "data/2020-04.csv").write_text(extract, encoding="utf-8")
    command = ("due", "--month", "2020-04", "--history", "--format", "csv")
    this_year, last_year = kpi(*command), kpi(*command, "--catalogue", "last-year.yaml")
    assert list(csv.DictReader(io.StringIO(this_year.out))) == []
    (row,) = csv.DictReader(io.StringIO(last_year.out))
    assert (row["due_in"], row["returned_in"], row["state"]) == ("2020-04", "2020-04", "on_time")
