"""Counts from 1 to 4, and figures that would disclose one, are in no output."""

from __future__ import annotations

import json
import re
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD, Outcome, make_catalogue
from helpers.messages import list_codes

from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Status
from merton_kpi.extracts.reader import read_extract
from merton_kpi.series.match import match_observations
from merton_kpi.series.suppression import suppress_earlier_figures

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from merton_kpi.extracts.observations import Observation
    from merton_kpi.series.records import Series

    Kpi = Callable[..., Outcome]
    Messages = Callable[..., None]

APRIL = Month(2020, 4)
SMALL = "frequency: monthly, target: new, suppress_small_numbers: true"

COUNT_AND_RATE = f"""
- {{number: "1", title: Count, unit: number, {SMALL}}}
- number: "2"
  title: Rate
  unit: rate_per_10000
  decimals: 1
  frequency: monthly
  target: new
  rate_of: {{count: "1", population: 47000}}
"""


def match(settings: str, *rows: str) -> Series:
    """The series of indicator 1, from a row a month (value, numerator, denominator)."""
    catalogue = make_catalogue(f'- {{number: "1", title: Any, {settings}, {SMALL}}}')
    observations: list[Observation] = []
    for place, row in enumerate(rows):
        known = APRIL.add_months(place)
        text = f"indicator,value,numerator,denominator\n1,{row}\n".encode()
        extract = read_extract(text, "f.csv", known)
        assert not extract.issues
        observations += extract.observations
    series, issues = match_observations(catalogue, observations, APRIL.add_months(len(rows) - 1))
    assert not issues
    return series["1"]


def list_shown(series: Series) -> list[str]:
    return [str(each.value) if each.value is not None else "c" for each in series.figures.values()]


@pytest.mark.parametrize(
    ("value", "expected"),
    [("0", "0"), ("1", "c"), ("4", "c"), ("5", "5"), ("4.9", "c"), ("5.0", "5.0"), ("<5", "c")],
)
def test_a_count_from_1_to_4_is_suppressed(value: str, expected: str) -> None:
    series = match("unit: number", value)
    assert list_shown(series) == [expected]
    if expected == "c":
        assert series.figures[APRIL].status is Status.SUPPRESSED


@pytest.mark.parametrize(
    ("unit", "expected"), [("{label: children}", ["c"]), ("pounds", ["3"]), ("days", ["3"])]
)
def test_only_a_figure_that_can_be_a_count_is_suppressed_by_itself(
    unit: str, expected: list[str]
) -> None:
    """A unit of the council's own may be people."""
    assert list_shown(match(f"unit: {unit}", "3,30,10")) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("60,3,5", "c"),
        ("100,5,5", "100"),
        ("0,0,9", "0"),
        ("50,5,10", "50"),
        ("0,0,4", "c"),  # of at most four
    ],
)
def test_a_percentage_is_suppressed_with_its_numerator(row: str, expected: str) -> None:
    series = match("unit: percent", row)
    assert list_shown(series) == [expected]
    each = series.figures[APRIL]
    if expected == "c":
        assert (each.value, each.numerator, each.denominator) == (None, None, None)
        assert each.status is Status.SUPPRESSED_WITH_ANOTHER


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        ("2 9 11 14 15 19 23 31", "c 9 c 14 c 19 c 31"),
        ("0 0 0 1 5 6 10", "0 0 0 c 5 c 10"),
        ("9 9 9", "9 9 9"),
        ("9 12 14 14 18", "9 c 14 14 c"),
        ("20 17 15", "20 c 15"),  # a total that falls discloses as much
    ],
)
def test_no_two_totals_shown_differ_by_1_to_4(totals: str, expected: str) -> None:
    series = match("unit: number, accumulates: financial_year", *totals.split())
    assert list_shown(series) == expected.split()
    values = [each.value for each in series.figures.values() if each.value is not None]
    for earlier in values:
        for later in values:
            assert not 0 < abs(later - earlier) < 5


def test_an_academic_years_total_begins_anew_in_september() -> None:
    series = match("unit: number, accumulates: academic_year", "20", "20", "20", "20", "20", "22")
    assert list_shown(series) == ["20", "20", "20", "20", "20", "22"]


def test_a_rate_is_suppressed_with_its_count() -> None:
    catalogue = make_catalogue(COUNT_AND_RATE)
    text = b"indicator,value\n1,3\n2,0.6\n"
    series, _ = match_observations(
        catalogue, read_extract(text, "f.csv", APRIL).observations, APRIL
    )
    assert list_shown(series["2"]) == ["c"]


@pytest.mark.parametrize(
    ("may", "expected"),
    [
        ("1,2020-04,12\n", "c"),  # the rate is still that of 2
        ("1,2020-04,12\n2,2020-04,2.6\n", "2.6"),
        ("2,2020-04,0.4\n", "c"),
        ("1,2020-04,3\n2,2020-04,0.6\n", "c"),
    ],
)
def test_a_rate_stays_hidden_until_it_is_of_a_larger_count(may: str, expected: str) -> None:
    catalogue = make_catalogue(COUNT_AND_RATE)
    rows = [
        *read_extract(b"indicator,value\n1,2\n2,0.4\n", "a.csv", APRIL).observations,
        *read_extract(
            f"indicator,period,value\n{may}".encode(), "m.csv", APRIL.add_months(1)
        ).observations,
    ]
    series, issues = match_observations(catalogue, rows, APRIL.add_months(1))
    assert not issues
    assert list_shown(series["2"]) == [expected]


@pytest.mark.parametrize("column", ["note", "commentary", "caveat", "of_note", "judgement_reason"])
def test_a_number_in_any_text_of_a_suppressed_figure_is_an_error(
    column: str, kpi: Kpi, council: Path
) -> None:
    catalogue = council / "indicators.yaml"
    text = catalogue.read_text(encoding="utf-8")
    small = "unit: number\n        suppress_small_numbers: true"
    catalogue.write_text(text.replace("unit: percent", small), encoding="utf-8")
    is_judgement = column == "judgement_reason"
    columns = f"{column},judgement,judgement_by" if is_judgement else column
    rest = ",green,Director of Services" if is_judgement else ""
    (council / "data/2020-04.csv").write_text(
        f"indicator,value,{columns}\n1,2,There were two of them{rest}\n"
    )
    built = kpi("build", "--month", "2020-04")
    assert built.code == 1
    assert (
        "the text of this row has a number that a reader could take for a suppressed figure"
        in built.err
    )


@pytest.mark.parametrize(
    ("settings", "row", "code"),
    [
        pytest.param("unit: percent", "60,,,", "count_unknown", id="no-numerator"),
        pytest.param("unit: number", "3,,,3 in one school", "gives_away", id="figure-in-the-note"),
    ],
)
def test_a_row_that_could_disclose_a_small_number_is_an_error(
    settings: str, row: str, code: str, messages: Messages
) -> None:
    catalogue = make_catalogue(f'- {{number: "1", title: Any, {settings}, {SMALL}}}')
    text = f"indicator,value,numerator,denominator,note\n1,{row}\n".encode()
    rows = read_extract(text, "f.csv", APRIL).observations
    _, issues = match_observations(catalogue, rows, APRIL)
    assert list_codes(issues) == [f"{code} 2"]
    messages(issues)


@pytest.mark.parametrize(
    ("settings", "row"),
    [
        pytest.param("unit: number", "3.0,,,3 in one school", id="value"),
        pytest.param("unit: number", "3,,,3.0 in one school", id="words"),
        pytest.param("unit: percent", "60,3.0,5,3 of them", id="numerator"),
        pytest.param("unit: percent", '0.2,3,1204,"03, as in May"', id="leading-zero"),
        pytest.param("unit: number", '1204,1204,3,"1,204 so far"', id="comma-in-words"),
    ],
)
def test_a_figure_in_the_text_is_an_error_however_it_is_written(settings: str, row: str) -> None:
    catalogue = make_catalogue(f'- {{number: "1", title: Any, {settings}, {SMALL}}}')
    text = f"indicator,value,numerator,denominator,note\n1,{row}\n".encode()
    rows = read_extract(text, "f.csv", APRIL).observations
    _, issues = match_observations(catalogue, rows, APRIL)
    assert list_codes(issues) == ["gives_away 2"]


@pytest.mark.parametrize(
    ("settings", "old", "new", "expected"),
    [
        ("unit: number", "3", "12", (None, 12)),
        ("unit: number", "12", "3", (12, None)),
        ("unit: number", "12", "15", (12, 15)),
        ("unit: number, accumulates: financial_year", "12", "20", (12, 20)),
    ],
)
def test_a_restatement_shows_no_small_number(
    settings: str, old: str, new: str, expected: tuple[int | None, int | None]
) -> None:
    """What the paper before printed is known; an old figure that it hid stays hidden."""
    catalogue = make_catalogue(f'- {{number: "1", title: Any, {settings}, {SMALL}}}')
    observations: list[Observation] = []
    for known, value in ((APRIL, old), (APRIL.add_months(1), new)):
        text = f"indicator,period,value\n1,2020-04,{value}\n".encode()
        observations += read_extract(text, f"{known}.csv", known).observations
    series, _ = match_observations(catalogue, observations, APRIL.add_months(1))
    (restatement,) = series["1"].restatements
    assert (restatement.old.value, restatement.new.value) == expected


def test_an_earlier_years_outturn_is_suppressed_with_its_note() -> None:
    catalogue = suppress_earlier_figures(
        make_catalogue(f"""
        - number: "1"
          title: Count
          unit: number
          {SMALL.replace(", ", chr(10) + "          ")}
          outturns: {{2019/20: {{value: 2, note: one in each school, source: DfE}}, 2018/19: 7}}
        - number: "2"
          title: Rate
          unit: rate_per_10000
          frequency: monthly
          target: new
          rate_of: {{count: "1"}}
          outturns: {{2019/20: 0.4, 2018/19: 1.5}}
        """)
    )
    count, rate = catalogue.indicators
    assert [(e.value, e.note, e.source) for e in count.outturns.values()] == [
        (None, None, "DfE"),
        (Decimal(7), None, None),
    ]
    assert [each.value for each in rate.outturns.values()] == [None, Decimal("1.5")]


def test_no_output_has_a_suppressed_figure(kpi: Kpi, council: Path) -> None:
    """Papers, standard output, and explain: searched for every part of a suppressed figure."""
    (council / "indicators.yaml").write_text(
        HEAD
        + f"""sections:
  - title: Services
    indicators:
      - {{number: "1", title: Share, unit: percent, decimals: 4, {SMALL}}}
      - number: "2"
        title: Total
        unit: number
        frequency: monthly
        accumulates: financial_year
        target: {{at_most: 9000, profile: full_year}}
        suppress_small_numbers: true
      - number: "3"
        title: Share with target
        unit: percent
        decimals: 4
        frequency: monthly
        target: {{at_least: 50}}
        suppress_small_numbers: true
""",
        encoding="utf-8",
    )
    header = "indicator,value,numerator,denominator,commentary\n"
    (council / "data/2020-04.csv").write_text(
        header + "1,0.0032,3,94717,\n2,7781,,,\n3,0.0032,3,94717,Few\n"
    )
    (council / "data/2020-05.csv").write_text(
        header + "1,0.0021,2,94718,\n2,7783,,,\n3,0.0021,2,94718,Few\n"
    )
    built = kpi("build", "--month", "2020-05")
    assert built.code == 0
    outputs = [built.out, built.err]
    for number in ("1", "2", "3"):
        outputs.append(kpi("explain", number, "--month", "2020-05").out)
        outputs.append(kpi("explain", number, "--month", "2020-05", "--format", "json").out)
        json.loads(outputs[-1])
    for path in (council / "output").iterdir():
        if path.suffix in (".xlsx", ".docx"):
            with zipfile.ZipFile(path) as book:
                outputs += [book.read(name).decode("utf-8", "replace") for name in book.namelist()]
        else:
            outputs.append(path.read_text(encoding="utf-8-sig"))
    # A file's SHA-256 can have any digits.
    for output in (re.sub("[0-9a-f]{64}", "", each) for each in outputs):
        for secret in ("0.0032", "0.0021", "94717", "94718", "94,717", "7783", "7,783"):
            assert secret not in output
    assert any("7781" in output for output in outputs)  # the search finds what is shown


def list_earlier(settings: str, outturns: str, months: str) -> tuple[list[str], list[str]]:
    """The earlier years and months that are shown of an indicator with small numbers."""
    catalogue = suppress_earlier_figures(
        make_catalogue(
            f'- {{number: "1", title: Any, {settings}, {SMALL}, outturns: {{{outturns}}}, '
            f"earlier_months: {{{months}}}}}"
        )
    )
    (each,) = catalogue.indicators
    years = [str(year) for year, one in each.outturns.items() if one.value is not None]
    return years, [str(month) for month in each.earlier_months]


@pytest.mark.parametrize(
    ("settings", "outturns", "months", "shown_years", "shown_months"),
    [
        ("unit: number", "2019/20: 3, 2018/19: 0", "2019-11: 4, 2019-12: 0, 2020-01: 7",
         ["2018/19"], ["2019-12", "2020-01"]),
        # A running total's steps, up to March, whose total is the outturn.
        ("unit: number, accumulates: financial_year", "2019/20: 30", "2019-11: 9, 2019-12: 11, "
         "2020-01: 14", ["2019/20"], ["2019-11", "2020-01"]),
        ("unit: number, accumulates: financial_year", "2019/20: 16, 2018/19: 5", "2020-01: 14",
         ["2019/20", "2018/19"], []),
        ("unit: number, accumulates: financial_year", "2019/20: 14", "2020-01: 14",
         ["2019/20"], ["2020-01"]),
        # A revised outturn leaves March's own step where it was.
        ("unit: number, accumulates: financial_year", "2019/20: 40", "2020-02: 14, 2020-03: 16",
         ["2019/20"], ["2020-03"]),
        # In another unit it is not March's total.
        ("unit: number, accumulates: financial_year", "2019/20: {value: 16, unit: percent}",
         "2020-01: 14", ["2019/20"], ["2020-01"]),
        # A percentage's months are not counts.
        ("unit: percent", "2019/20: 3", "2019-11: 2", ["2019/20"], ["2019-11"]),
        ("unit: percent", "2019/20: {value: 3, unit: number}", "2019-11: 2", [], ["2019-11"]),
    ],
    ids=["count", "total", "outturn", "same", "revised", "other unit", "percentage", "other count"],
)  # fmt: skip
def test_earlier_years_and_months_disclose_no_small_count(
    settings: str, outturns: str, months: str, shown_years: list[str], shown_months: list[str]
) -> None:
    assert list_earlier(settings, outturns, months) == (shown_years, shown_months)


def test_of_an_outturn_and_a_month_the_month_is_hidden() -> None:
    """Its loss costs the paper less than that of a column of the index."""
    settings = "unit: number, accumulates: financial_year"
    assert list_earlier(settings, "2019/20: 16", "2020-01: 14") == (["2019/20"], [])


def test_a_rates_earlier_months_are_suppressed_with_its_counts() -> None:
    """And those whose count is not given: it may be missing because it is small."""
    catalogue = suppress_earlier_figures(
        make_catalogue(f"""
        - number: "1"
          title: Count
          unit: number
          {SMALL.replace(", ", chr(10) + "          ")}
          outturns: {{2019/20: {{status: suppressed}}, 2018/19: 7}}
          earlier_months: {{2019-10: 3, 2019-11: 8}}
        - number: "2"
          title: Rate
          unit: rate_per_10000
          frequency: monthly
          target: new
          rate_of: {{count: "1"}}
          outturns: {{2019/20: 0.4, 2018/19: 1.5}}
          earlier_months: {{2019-10: 0.6, 2019-11: 1.7, 2019-12: 0.8}}
        """)
    )
    count, rate = catalogue.indicators
    assert [str(month) for month in count.earlier_months] == ["2019-11"]
    assert [str(month) for month in rate.earlier_months] == ["2019-11"]
    assert [each.value for each in rate.outturns.values()] == [None, Decimal("1.5")]


def test_an_academic_years_total_is_compared_with_last_years_months() -> None:
    """March's total is in the catalogue, April's in an extract: both are since September."""
    settings = "unit: number, accumulates: academic_year, earlier_months: {2020-03: 9}"
    assert list_shown(match(settings, "11", "14", "15")) == ["c", "14", "c"]


@pytest.mark.parametrize(
    ("months", "outturn", "shown"),
    [
        ("2019-06: 20, 2019-09: 30, 2019-12: 10, 2020-03: 40", "100", "20 30 10 40 100"),
        ("2019-06: 20, 2019-09: 30, 2019-12: 3, 2020-03: 40", "93", "c 30 c 40 93"),
        ("2019-06: 20, 2019-09: 30, 2020-03: 40", "94", "c 30 40 94"),
        ("2019-06: 20, 2019-09: 30, 2020-03: 40", "95", "20 30 40 95"),
    ],
)
def test_an_outturn_does_not_give_away_a_period_that_was_added_up(
    months: str, outturn: str, shown: str
) -> None:
    """Nor a period that has no figure: what is left of the year would be its count."""
    settings = (
        "unit: number, frequency: quarterly, accumulates: financial_year, figures: of_period, "
        f"target: new, suppress_small_numbers: true, earlier_months: {{{months}}}, "
        f"outturns: {{2019/20: {outturn}}}"
    )
    catalogue = make_catalogue(f'- {{number: "1", title: Any, {settings}}}')
    (indicator,) = suppress_earlier_figures(catalogue).indicators
    (past,) = indicator.outturns.values()
    given = [each.split(":")[0] for each in months.split(", ")]
    kept = {str(month): value for month, value in indicator.earlier_months.items()}
    found = [str(kept.get(month, "c")) for month in given]
    assert [*found, str(past.value) if past.value is not None else "c"] == shown.split()


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ("figures: of_period", "50 48 48"),
        ("figures: to_date", "50 c 48"),  # 2 more than in April, then 7
    ],
)
def test_the_count_of_a_percentage_to_date_is_a_running_total(figures: str, expected: str) -> None:
    series = match(f"unit: percent, {figures}", "50,10,20", "48,12,25", "48,17,35")
    assert list_shown(series) == expected.split()


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        ("accumulates: financial_year", ["2.1", "c", "2.6"]),
        ("accumulates: financial_year, figures: of_period", ["2.1", "c", "c"]),
        ("arrears: 0", ["2.1", "c", "c"]),
    ],
)
def test_a_rate_is_hidden_with_the_month_or_the_total_that_it_is_of(
    rate: str, expected: list[str]
) -> None:
    """June's count is hidden so that its total can be shown, and May's not be worked out."""
    catalogue = make_catalogue(f"""
        - number: "1"
          title: Count
          unit: number
          frequency: monthly
          target: new
          suppress_small_numbers: true
          accumulates: financial_year
          figures: of_period
        - {{number: "2", title: Rate, unit: rate_per_10000, frequency: monthly, target: new,
            rate_of: {{count: "1"}}, {rate}}}
        """)
    observations: list[Observation] = []
    for index, row in enumerate(("1,10\n2,2.1", "1,3\n2,0.6", "1,12\n2,2.6")):
        known = APRIL.add_months(index)
        observations += read_extract(f"indicator,value\n{row}\n".encode(), "f", known).observations
    series, issues = match_observations(catalogue, observations, Month(2020, 6))
    assert not issues
    assert list_shown(series["2"]) == expected
    assert list_shown(series["1"]) == ["10", "c", "c"]
