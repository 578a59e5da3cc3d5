"""Earlier years' figures: whose they are, and which of them may be shown."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from helpers.councils import make_catalogue

from merton_kpi.core.issues import Place
from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Status
from merton_kpi.extracts.observations import Observation
from merton_kpi.series.suppression import suppress_earlier_figures
from merton_kpi.series.years.history import History, match_history

COUNT = "title: Any, unit: number, frequency: monthly, target: new"
HIDES = f"{COUNT}, suppress_small_numbers: true"
NOVEMBER = Month(2020, 11)
HIDDEN = Status.SUPPRESSED_WITH_ANOTHER


def observe(number: str, month: str, value: str | None, **more: object) -> Observation:
    read = Month.read(month)
    row = Observation(
        indicator=number,
        month=read,
        known=read,
        place=Place(file=f"{month}.csv", line=2),
        value=None if value is None else Decimal(value),
    )
    return replace(row, **more)  # type: ignore[arg-type]


def match(entries: list[str], *rows: Observation, as_at: Month = NOVEMBER) -> History:
    """The history of a catalogue of 2020/21 with these entries, numbered from 1."""
    lines = (f'- {{number: "{number}", {each}}}\n' for number, each in enumerate(entries, 1))
    written = make_catalogue("".join(lines))
    return match_history(written, suppress_earlier_figures(written), rows, as_at)


def list_given(history: History, number: str) -> dict[str, str]:
    """An indicator's earlier figures, or why there is none, by month."""
    return {
        str(month): str(each.status.name if each.value is None and each.status else each.value)
        for month, each in history.figures[number].given.items()
    }


def test_figures_are_found_by_the_numbers_of_their_years() -> None:
    history = match(
        [COUNT + ', formerly: {2018/19: "7"}', COUNT],
        observe("7", "2019-03", "5"),
        observe("1", "2019-03", "99"),
        observe("1", "2019-04", "6"),
        observe("2", "2019-03", "8"),
    )
    assert list_given(history, "1") == {"2019-03": "5", "2019-04": "6"}
    assert list_given(history, "2") == {"2019-03": "8"}
    assert history.passed_over == 1
    assert history.used == {"2019-03.csv": 2, "2019-04.csv": 1}


def test_the_last_correction_known_by_then_is_in_force() -> None:
    rows = (
        observe("1", "2019-05", "5"),
        observe("1", "2019-05", "6", known=Month(2019, 7)),
        observe("1", "2019-05", "7", known=Month(2020, 12)),
    )
    assert list_given(match([COUNT], *rows), "1") == {"2019-05": "6"}
    assert list_given(match([COUNT], *rows, as_at=Month(2020, 12)), "1") == {"2019-05": "7"}


def test_rows_that_do_not_fit_are_passed_over_and_nothing_is_said_twice() -> None:
    closed = COUNT.replace("target: new", "target: new, removed: Agreed")
    history = match([COUNT, closed], observe("2", "2019-05", "5"), observe("3", "2019-05", "5"))
    assert history.figures["1"].given == {}
    assert history.passed_over == 2


def test_words_of_another_year_are_left_behind() -> None:
    row = observe("1", "2019-05", "5", commentary="Staff were ill.", note="Late")
    (each,) = match([COUNT], row).figures["1"].given.values()
    assert not each.words


def test_figures_are_worked_out_from_their_parts_with_todays_decimals() -> None:
    parts = {"numerator": Decimal(1), "denominator": Decimal(3)}
    percent = COUNT.replace("number", "percent") + ", decimals: 1"
    history = match([percent], observe("1", "2019-05", None, **parts))
    assert list_given(history, "1") == {"2019-05": "33.3"}


def test_sums_are_those_of_their_own_year() -> None:
    added = f"{COUNT}, accumulates: financial_year, figures: of_period"
    months = [Month(2019, 2).add_months(index) for index in range(4)]
    rows = [observe("1", str(month), "5") for month in months]
    rated = match([added], *rows).figures["1"].rated
    # February and March lack what came before; April and May do not.
    assert {str(month): each.value for month, each in rated.items()} == {
        "2019-04": 5,
        "2019-05": 10,
    }


YEAR = [Month(2019, 4).add_months(index) for index in range(12)]
ALL = ["9"] * 12
STEPS = [str(9 * index) for index in range(1, 13)]


@pytest.mark.parametrize(
    ("entries", "rows", "hidden"),
    [
        pytest.param([HIDES], {"1": ["3", *ALL[1:]]}, {"1"}, id="a small count"),
        pytest.param([HIDES], {"1": ["0", "5", *ALL[2:]]}, set(), id="zero and five are not small"),
        pytest.param([COUNT], {"1": ["3", *ALL[1:]]}, set(), id="nothing is hidden"),
        pytest.param(
            [COUNT + ', sum_of: ["2", "3"]', COUNT, HIDES],
            {"1": ALL, "2": ["7", *["4"] * 11], "3": ["2", *["5"] * 11]},
            {"1", "2", "3"},
            id="those that are tied to it",
        ),
        pytest.param([HIDES + ", outturns: {2019/20: 3}"], {"1": ALL}, {"1"}, id="its outturn"),
        pytest.param([HIDES + ", outturns: {2018/19: 3}"], {"1": ALL}, set(), id="another year's"),
        pytest.param([HIDES + ", earlier_months: {2019-06: 3}"], {"1": ALL}, {"1"}, id="a month"),
        pytest.param([HIDES], {"1": ALL[1:]}, {"1"}, id="a month that is missing"),
        pytest.param([COUNT], {"1": ALL[1:]}, set(), id="a month where nothing is hidden"),
        pytest.param(
            [COUNT + ', sum_of: ["2", "3"]', COUNT, HIDES],
            {"1": ["20"] * 12, "2": ALL},
            {"1", "2"},
            id="a part that is missing",
        ),
        pytest.param(
            [HIDES.replace("unit: number", "unit: percent")],
            {"1": ["90"] * 12},
            {"1"},
            id="a percentage of an unknown count",
        ),
        pytest.param(
            [f"{HIDES}, accumulates: academic_year"],
            {"1": STEPS},
            {"1"},
            id="sums that go on in the next year",
        ),
        pytest.param(
            [f"{HIDES}, accumulates: financial_year"], {"1": STEPS}, set(), id="a running total"
        ),
        pytest.param(
            [f"{HIDES}, accumulates: financial_year"],
            {"1": [*STEPS[:5], "48", *STEPS[6:]]},
            {"1"},
            id="a small step of a running total",
        ),
    ],
)
def test_a_year_of_a_group_is_shown_only_where_all_is_there_and_none_is_hidden(
    entries: list[str], rows: dict[str, list[str]], hidden: set[str]
) -> None:
    given = [
        observe(number, str(month), value)
        for number, values in rows.items()
        for month, value in zip(reversed(YEAR), reversed(values), strict=False)
    ]
    history = match(entries, *given)
    for number in rows:
        figures = history.figures[number].given.values()
        assert all((each.status is HIDDEN) == (number in hidden) for each in figures)
        assert all((each.value is None) == (number in hidden) for each in figures)


def test_a_month_that_follows_from_the_outturn_is_not_shown_with_it() -> None:
    """Nine in each other month and 101 in the year leave two."""
    history = match(
        [HIDES + ", outturns: {2019/20: 101}"],
        *(observe("1", str(month), "9") for month in YEAR if month.number != 1),
    )
    assert {each.status for each in history.figures["1"].given.values()} == {HIDDEN}


def test_a_figure_that_its_service_suppressed_hides_the_year() -> None:
    history = match(
        [COUNT],
        observe("1", "2019-05", None, status=Status.SUPPRESSED),
        observe("1", "2019-06", "30"),
        observe("1", "2018-06", "31"),
    )
    assert list_given(history, "1") == {
        "2018-06": "31",
        "2019-05": HIDDEN.name,
        "2019-06": HIDDEN.name,
    }


def test_a_small_count_that_words_name_is_hidden_and_not_passed_over() -> None:
    rows = [observe("1", str(month), "30") for month in YEAR[1:]]
    history = match([HIDES], observe("1", "2019-04", "3", note="3 families"), *rows)
    assert {each.status for each in history.figures["1"].given.values()} == {HIDDEN}
    assert history.passed_over == 0


@pytest.mark.parametrize(
    ("today", "then", "used"),
    [
        ("Library visits", "Children excluded from school", 0),
        ("Library visits", "LIBRARY  VISITS", 1),
        ("Library visits", "Visits to a library", 1),
        ("Calls answered within 30 seconds", "Calls answered in time (30 seconds)", 1),
        ("Library visits", "", 1),
    ],
)
def test_a_row_with_another_title_was_another_indicators(today: str, then: str, used: int) -> None:
    """A number may have been given to another indicator since."""
    entry = COUNT.replace("Any", today)
    history = match([entry], observe("1", "2019-05", "5", title=then))
    assert len(history.figures["1"].given) == used
    linked = match([entry + ', formerly: {2019/20: "7"}'], observe("7", "2019-05", "5", title=then))
    assert linked.figures["1"].given


def test_an_indicator_can_have_had_no_number() -> None:
    history = match(
        [COUNT + ", formerly: {2018/19: none}"],
        *(observe("1", month, "5") for month in ("2017-05", "2018-05", "2019-05")),
    )
    assert list_given(history, "1") == {"2019-05": "5"}
    assert history.passed_over == 2


def test_rows_that_two_files_have_are_used_once() -> None:
    rows = [observe("1", month, "5") for month in ("2019-05", "2019-06")]
    known = Month(2019, 6)
    copies = [replace(each, known=known, place=Place(file="a.csv", line=2)) for each in rows]
    again = [replace(each, place=Place(file="b.csv", line=2)) for each in copies]
    history = match([COUNT], *copies, *again)
    assert (history.used, history.passed_over) == ({"a.csv": 2}, 2)
    assert [each.code for each in history.repeats] == ["given_twice"]


def test_an_academic_years_hidden_outturn_hides_every_year() -> None:
    """The year of 2018/19 ends in July 2019, which is in another financial year."""
    school = f"{COUNT}, accumulates: academic_year"
    outturn = "outturns: {2018/19: {status: suppressed}}"
    rows = [observe("1", str(month), "3") for month in YEAR[:4]]
    history = match([f"{school}, {outturn}"], *rows)
    assert {each.status for each in history.figures["1"].given.values()} == {HIDDEN}
    assert {each.value for each in match([school], *rows).figures["1"].given.values()} == {3}


def test_a_hidden_figure_of_an_academic_year_hides_every_year() -> None:
    school = f"{COUNT}, accumulates: academic_year"
    rows = [observe("1", str(month), "9") for month in YEAR]
    before = observe("1", "2018-10", None, status=Status.SUPPRESSED)
    history = match([school], before, *rows)
    assert {each.value for each in history.figures["1"].given.values()} == {None}
