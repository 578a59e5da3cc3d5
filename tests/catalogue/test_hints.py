"""What a message of the catalogue says to write is what its writer meant."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from helpers.catalogues import ONE, add_key, list_issues
from helpers.councils import HEAD
from hypothesis import given
from hypothesis import strategies as st

from merton_kpi.catalogue.reading.advice.numbers import is_hidden_number, read_written_number
from merton_kpi.core.units import Unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.core.issues import Issue

FIGURES = [
    ("pounds", "£1.85m", "write 1850000, not"),
    ("million_pounds", "£1.85m", "write 1.85, not"),
    ("thousand_pounds", "£1.85m", "write 1850, not"),
    ("number", "1 234", "write 1234, not"),
    ("number", '"1,234"', "write 1234, not"),
    ("percent", "96%", "write 96, not"),
    ("number", "5 or fewer", "write a plain number, like 90, not"),
    ("number", "ninety", "write a plain number, like 90, not"),
]


@pytest.mark.parametrize(("unit", "text", "advice"), FIGURES)
def test_a_figure_is_suggested_whole_and_in_the_indicators_unit(
    unit: str, text: str, advice: str
) -> None:
    target = f"\n          at_least: {text}"
    (issue,) = list_issues(HEAD + ONE.replace("{at_least: 90}", target).replace("percent", unit))
    assert issue.message.startswith(f"at_least: {advice} ")


OUTTURNS = [
    ("N/A", "write {status: not_available}, not 'N/A'"),
    ("N/A - C19", "write {status: covid}, not 'N/A - C19'"),
    ("TBC", "write {status: to_come}, not 'TBC'"),
    ("'<5'", "write {status: suppressed}, not '<5'"),
    ("5 or fewer", "write {status: suppressed} if the number must not be shown, not '5 or fewer'"),
    ("'*'", "write {status: suppressed} if the number must not be shown, not '*'"),
    ("53%", "write 53, or {value: 53} with its source and period, not '53%'"),
    (
        "none",
        "write a plain number, like 90, or {value: 90} with its source and period, or "
        "{status: not_available} if there is none, not 'none'",
    ),
]


@pytest.mark.parametrize(("text", "advice"), OUTTURNS)
def test_a_reason_for_no_outturn_is_answered_with_its_key(text: str, advice: str) -> None:
    (issue,) = list_issues(add_key(f"outturns: {{2019/20: {text}}}"))
    assert issue.message == f"2019/20: {advice}"
    (issue,) = list_issues(add_key(f"benchmarks: {{England: {text}}}"))
    assert issue.message == f"England: {advice}"


def test_a_reason_for_no_outturn_is_explained(messages: Callable[..., None]) -> None:
    for text, _ in OUTTURNS:
        messages(list_issues(add_key(f"outturns: {{2019/20: {text}}}")))


SHAPES = [
    ("target: at most 26 weeks", "target: write a target, like {at_least: 90}, or "),
    ("target: at most £1.2m", "target: write {at_most: 1200000}, not "),
    ("target: at least 95%", "target: write {at_least: 95}, not "),
    ("target: 95", "target: write {at_least: 95} or {at_most: 95}, or "),
    ("linked: 2 and 3", 'linked: write a list, ["2", "3"], not '),
    ("linked: 2; 3", 'linked: write a list, ["2", "3"], not '),
    ("due_months: June", "due_months: write a list of calendar months, [6], not "),
]


@pytest.mark.parametrize(("line", "advice"), SHAPES)
def test_another_value_is_suggested_as_it_was_meant(line: str, advice: str) -> None:
    key = line.partition(":")[0]
    lines = [each for each in ONE.splitlines() if not each.strip().startswith(f"{key}:")]
    (issue,) = list_issues(HEAD + "\n".join(lines) + f"\n        {line}\n")
    assert issue.message.startswith(advice)


def test_a_time_in_one_digit_is_answered_with_both_halves_of_the_day() -> None:
    """In quotes as it is written it would be refused next."""

    def list_times(text: str) -> tuple[Issue, ...]:
        return list_issues(f"{HEAD}papers_due: {{working_days_before: 5, at: {text}}}\n{ONE}")

    (issue,) = list_times("3:00")
    assert issue.message.endswith('; write "3:00", or for a time of day "03:00" or "15:00"')
    (issue,) = list_times('"3:00"')
    assert issue.message.endswith(' like "03:00" or "15:00"')
    assert list_times('"15:00"') == ()


@given(st.decimals(0, 10**9, places=2), st.sampled_from(Unit.NAMED))
def test_an_amount_is_the_same_in_each_unit(amount: Decimal, unit: Unit) -> None:
    """In thousands or millions where the unit counts in them, else in full."""
    number = read_written_number(f"£{amount:,f}m")
    size = {Unit.THOUSAND_POUNDS: 1_000, Unit.MILLION_POUNDS: 1}.get(unit, 1_000_000)
    assert number
    assert Decimal(number.format_in(unit)) == amount * size


@pytest.mark.parametrize("text", ["*", "<6", "5 or fewer", "1-4", "under 5"])
def test_what_hides_a_number_is_no_number(text: str) -> None:
    assert is_hidden_number(text)
    assert read_written_number(text) is None


FIGURES_IN_BAD_YAML = [
    "outturns: {2019/20: 03}",
    "outturns: {2019/20: “3”}",
    "outturns: {2019/20:\xa03}",
    "earlier_months: {2019-05: +3}",
    "earlier_months: {2019-05\xa03}",
    "outturns: {2019/20: 3,0}",
]


@pytest.mark.parametrize("line", FIGURES_IN_BAD_YAML)
def test_an_earlier_figure_that_may_be_hidden_is_not_quoted(line: str) -> None:
    """Small counts may be hidden in it, however it is written."""
    text = f"{HEAD}{ONE.replace('percent', 'number')}        suppress_small_numbers: true\n"
    text += f"        {line}\n"
    other = text.replace(line, line.replace("3", "2"))
    issues = list_issues(text)
    assert issues
    assert [str(each) for each in issues] == [str(each) for each in list_issues(other)]
