"""Which outturns the closing year leaves, and the remark on each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.new_year import ANNUAL, COUNT, MONTHLY, QUARTERLY, TOTAL, entries_of, only_indicator

from merton_kpi.core.statuses import Status
from merton_kpi.new_year.outturns import Remark

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers.councils import Outcome
    from helpers.new_year import WriteNextYear

    Kpi = Callable[..., Outcome]

BIENNIAL = MONTHLY.replace("monthly", "every_second_year\n  first_due: %d-03")


@pytest.mark.parametrize(
    ("indicators", "extracts", "outturn", "reason"),
    [
        (TOTAL, {"2021-03": "1,48,"}, "48", ""),
        (ANNUAL, {"2021-03": "1,48,"}, "48", ""),
        (ANNUAL, {"2021-03": "1,,covid"}, "{status: covid}", ""),
        (
            QUARTERLY.replace("quarterly", "half_yearly"),
            {"2021-03": "1,48,"},
            "48",
            "which is the figure of H2 only",
        ),
        (MONTHLY + "  first_due: 2021-03\n", {"2021-03": "1,48,"}, "48", ""),
        (BIENNIAL % 2019, {"2021-03": "1,48,"}, "48", ""),
        (BIENNIAL % 2020, {"2021-03": "1,48,"}, "{status: not_applicable}", ""),
        (MONTHLY, {"2021-03": "1,48.0,"}, "48.0", "which is the figure of March 2021 only"),
        (
            QUARTERLY + "  decimals: 0\n",
            {"2021-03": "1,47.5,"},
            "48",
            "which is the figure of Q4 only",
        ),
        (
            MONTHLY + "  decimals: 2\n",
            {"2021-03": "1,48.0,"},
            "48.0",
            "which is the figure of March 2021 only",
        ),
        (
            TOTAL,
            {"2020-11": "1,48,", "2020-12": "1,,not_available"},
            "{status: not_available}",
            "since the last figure was 48 (to November 2020)",
        ),
        (
            TOTAL,
            {"2020-11": "1,48,"},
            "{value: 48, status: provisional, period: to November 2020}",
            "since March 2021 was still due",
        ),
        (
            QUARTERLY,
            {"2020-09": "1,48,low_reliability"},
            "{value: 48, status: low_reliability, period: Q2}",
            "since Q4 was still due",
        ),
        (
            TOTAL,
            {"2021-03": "1,48,provisional"},
            "{value: 48, status: provisional}",
            "which is marked provisional",
        ),
        (QUARTERLY, {"2020-09": "1,,covid"}, "{status: covid}", "since Q4 was still due"),
        (
            # By March the last figure due is February's; the reason given for March is not used.
            MONTHLY + "  arrears: 1\n",
            {"2021-02": "1,48,", "2021-03": "1,,not_available"},
            "{value: 48, status: provisional, period: February 2021}",
            "since March 2021 was still due",
        ),
    ],
    ids=[
        "total of the year",
        "annual figure",
        "reason in the last period",
        "one half of two",
        "the only month of its first year",
        "every second year, with a figure this year",
        "every second year, without one this year",
        "one month of twelve",
        "one quarter of four, with more decimals than printed",
        "one month of twelve, with fewer decimals than printed",
        "reason after a figure",
        "total of part of the year",
        "low reliability, and the last quarter due",
        "marked provisional",
        "reason, and the last quarter due",
        "in arrears",
    ],
)
def test_the_last_figure_becomes_the_outturn_with_what_to_confirm(
    write_next_year: WriteNextYear,
    indicators: str,
    extracts: dict[str, str],
    outturn: str,
    reason: str,
) -> None:
    text, _ = write_next_year(indicators + "  outturns:\n    2019/20: 9\n", extracts)
    assert f"          2020/21: {outturn}\n" in text
    comments = [line.strip() for line in text.splitlines() if "confirm" in line]
    expected = [f"# For 2021/22: confirm 2020/21's outturn, {reason}."] if reason else []
    assert comments == expected


@pytest.mark.parametrize(
    ("indicators", "extracts", "outturn", "months"),
    [
        (COUNT, {"2021-02": "1,9,", "2021-03": "1,3,"}, "suppressed", {"2021-02": 9}),
        (TOTAL, {"2021-02": "1,9,", "2021-03": "1,11,"}, "suppressed_with_another", {"2021-02": 9}),
        (COUNT, {"2021-03": "1,<5,"}, "suppressed", {}),
    ],
    ids=["small count", "small step of a total", "suppressed by the service"],
)
def test_a_suppressed_count_stays_suppressed(
    write_next_year: WriteNextYear,
    indicators: str,
    extracts: dict[str, str],
    outturn: str,
    months: dict[str, int],
) -> None:
    text, catalogue = write_next_year(indicators, extracts)
    assert f"outturns: {{2020/21: {{status: {outturn}}}}}\n" in text
    assert {str(m): int(v) for m, v in only_indicator(catalogue).earlier_months.items()} == months


def test_a_rate_stays_suppressed_without_its_count(
    write_next_year: WriteNextYear,
) -> None:
    """The count is dropped, so the rate's own figures must say that they are suppressed."""
    indicators = COUNT.replace("  target", "  removed: The panel said so.\n  target") + (
        "  outturns: {2019/20: 3, 2018/19: 30}\n"
        '- {number: "2", title: Waiting per 10000, unit: rate_per_10000, frequency: monthly,\n'
        "   target: not_a_target_measure, suppress_small_numbers: true,\n"
        '   rate_of: {count: "1"}, outturns: {2019/20: 0.6, 2018/19: 6}}\n'
    )
    text, catalogue = write_next_year(indicators, {"2020-04": "2,,to_come"})
    assert "0.6" not in text
    assert only_indicator(catalogue).rate_of is None
    outturns = only_indicator(catalogue).outturns
    statuses = {str(y): each.status and each.status.value for y, each in outturns.items()}
    assert statuses == {"2020/21": "to_come", "2019/20": "suppressed_with_another", "2018/19": None}


def test_an_academic_year_that_has_ended_gets_its_total(
    write_next_year: WriteNextYear, kpi: Kpi
) -> None:
    indicators = MONTHLY.replace("target: {at_least: 90}", "target: not_a_target_measure") + (
        "  accumulates: academic_year\n"
        "  due_months: [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12]\n"
        "  outturns:\n"
        "    2019/20: {status: academic_year_measure}\n"
        "    2018/19: 21\n"
    )
    text, _ = write_next_year(indicators, {"2020-07": "1,17,", "2021-03": "1,9,"})
    assert (
        "  outturns:\n"
        "    2020/21: {status: academic_year_measure}\n"
        "    2019/20: {value: 17, period: academic year 2019/20}\n"
        "    2018/19: 21\n"
    ) in entries_of(text)
    mark = "# For 2021/22: confirm 2019/20's outturn, which is the total of July 2020.\n"
    assert text.count(mark) == text.count("confirm") == 1
    printed = kpi("new-year", "2021/22").out
    assert "17%                    Jul 2020  2019/20: confirm\n" in printed
    assert "the figure of one period only" not in printed


def test_an_academic_year_that_is_printed_a_year_late_stays_so(
    write_next_year: WriteNextYear,
) -> None:
    indicators = MONTHLY.replace("target: {at_least: 90}", "target: not_a_target_measure") + (
        "  accumulates: academic_year\n"
        "  due_months: [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12]\n"
        "  outturns:\n"
        "    2019/20: {value: 21, period: academic year 2018/19}\n"
        "    2018/19: {value: 22, period: academic year 2017/18}\n"
    )
    text, _ = write_next_year(indicators, {"2020-07": "1,17,", "2021-03": "1,9,"})
    assert (
        "  outturns:\n"
        "    2020/21: {value: 17, period: academic year 2019/20}\n"
        "    2019/20: {value: 21, period: academic year 2018/19}\n"
        "    2018/19: {value: 22, period: academic year 2017/18}\n"
    ) in entries_of(text)


def test_an_outturn_that_the_catalogue_has_is_kept(
    write_next_year: WriteNextYear, kpi: Kpi
) -> None:
    outturns = "  outturns: {2020/21: 77, 2019/20: 9}\n"
    text, _ = write_next_year(ANNUAL + outturns, {"2021-03": "1,48,"})
    assert outturns in text
    assert (
        "1    Calls answered in time  77%          kept as given" in kpi("new-year", "2021/22").out
    )


@pytest.mark.parametrize("status", [each for each in Status if each.qualifies_a_figure])
def test_a_status_that_qualifies_the_last_figure_is_the_remark(
    write_next_year: WriteNextYear, kpi: Kpi, status: Status
) -> None:
    write_next_year(TOTAL, {"2021-03": f"1,48,{status.value}"})
    row = f"1    Children waiting  48       Mar 2021  {status.printed.lower()}\n"
    printed = kpi("new-year", "2021/22").out
    assert row in printed
    assert f"\n{status.printed.lower()}: " not in printed


@pytest.mark.parametrize("status", ["", "provisional"])
def test_a_figure_of_an_earlier_month_is_explained_as_provisional(
    write_next_year: WriteNextYear, kpi: Kpi, status: str
) -> None:
    write_next_year(TOTAL, {"2020-11": f"1,48,{status}"})
    printed = kpi("new-year", "2021/22").out
    assert "1    Children waiting  48       Nov 2020  provisional\n" in printed
    assert "\nprovisional: an earlier figure " in printed


def test_each_remark_that_needs_an_explanation_has_one(messages: Callable[..., None]) -> None:
    messages(f"{each.word}: {each.meaning}" for each in Remark if each.meaning)


OF_PERIOD = QUARTERLY.replace("percent", "number").replace(
    "  target: {at_least: 90}",
    "  accumulates: financial_year\n  figures: of_period\n"
    "  target: {at_least: 90, profile: full_year}",
)
THREE_QUARTERS = {"2020-06": "1,10,", "2020-09": "1,20,", "2020-12": "1,30,"}


@pytest.mark.parametrize(
    ("extracts", "outturn", "reason"),
    [
        ({**THREE_QUARTERS, "2021-03": "1,40,"}, "100", ""),
        (
            THREE_QUARTERS,
            "{value: 60, status: provisional, period: to December 2020}",
            "since Q4 was still due",
        ),
        (
            {"2020-06": "1,10,", "2020-12": "1,30,", "2021-03": "1,40,"},
            "{value: 10, status: provisional, period: to June 2020}",
            "since a period before the last one has no figure",
        ),
        (
            {**THREE_QUARTERS, "2020-09": "1,,suppressed", "2021-03": "1,40,"},
            "{status: suppressed_with_another}",
            "",
        ),
    ],
)
def test_the_sum_of_the_periods_becomes_the_outturn_and_the_periods_stay_as_sent(
    write_next_year: WriteNextYear, extracts: dict[str, str], outturn: str, reason: str
) -> None:
    text, catalogue = write_next_year(f"{OF_PERIOD}  outturns:\n    2019/20: 9\n", extracts)
    assert f"2020/21: {outturn}\n" in text
    confirmed = [line.strip() for line in text.splitlines() if "confirm" in line]
    assert confirmed == ([f"# For 2021/22: confirm 2020/21's outturn, {reason}."] if reason else [])
    indicator = only_indicator(catalogue)
    assert indicator.is_added_up
    sent = [each.split(",")[1] for each in extracts.values()]
    assert [f"{each:f}" for each in indicator.earlier_months.values()] == [*filter(None, sent)]


@pytest.mark.parametrize(
    ("settings", "figures"),
    [
        (OF_PERIOD.replace("financial_year", "academic_year"), {"2020-12": "0", "2021-03": "40"}),
        (OF_PERIOD, {"2020-12": "0", "2021-03": "40"}),
        (MONTHLY, {"2021-03": "40"}),
    ],
    ids=["added up since September", "added up since April", "not added up"],
)
def test_a_period_without_cases_adds_0_to_next_years_sum(
    write_next_year: WriteNextYear, settings: str, figures: dict[str, str]
) -> None:
    extracts = {"2020-12": "1,,no_cases", "2021-03": "1,40,"}
    _, catalogue = write_next_year(settings, extracts)
    earlier = only_indicator(catalogue).earlier_months
    assert {str(month): f"{value:f}" for month, value in earlier.items()} == figures


def test_a_figure_to_date_in_march_is_the_years_outturn(write_next_year: WriteNextYear) -> None:
    settings = f"{MONTHLY}  figures: to_date\n  outturns:\n    2019/20: 9\n"
    text, catalogue = write_next_year(settings, {"2021-03": "1,48,"})
    assert "2020/21: 48\n" in text
    assert "confirm" not in text
    assert only_indicator(catalogue).is_to_date
