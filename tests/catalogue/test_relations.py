"""The indicators that a sum, a running total or a percentage names are counts of a fitting kind."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest
from helpers.catalogues import list_issues, list_places
from helpers.councils import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.core.issues import Issue

COUNT = "title: Any, unit: number, frequency: monthly, target: new"
PERCENT = COUNT.replace("number", "percent")
TOTAL = f"{COUNT}, accumulates: financial_year"
OF_PERIOD = f"{TOTAL}, figures: of_period"
TO_DATE = f"{COUNT}, figures: to_date"
SCHOOL = f"{COUNT}, accumulates: academic_year"
PETS = COUNT.replace("number", "{label: pets}")
CLOSED = f"{PERCENT}, removed: Agreed"


def list_relation_issues(*entries: str) -> tuple[Issue, ...]:
    """The issues of a catalogue with these entries, numbered from 1, one on a line."""
    lines = (f'- {{number: "{number}", {keys}}}' for number, keys in enumerate(entries, 1))
    text = f"{HEAD}sections:\n  - title: Services\n    indicators:\n"
    return list_issues(text + textwrap.indent("\n".join(lines), " " * 6) + "\n")


def list_lines(issues: tuple[Issue, ...]) -> list[str]:
    """Each issue's code and its entry, counted from 1."""
    found = [place.partition(":")[0].split(" +") for place in list_places(issues)]
    return [f"{code} {int(line) - 3}" for code, line in found]


OWN_FAULTS = {
    f'{COUNT}, sum_of: ["2"]': "wrong_kind",
    f"{COUNT}, sum_of: []": "wrong_kind",
    f'{COUNT}, sum_of: ["2", "3", "2"]': "unfit_value",
    f'{PERCENT}, sum_of: ["2", "3"]': "unfit_value",
    f'{COUNT.replace("number", "pounds")}, sum_of: ["2", "3"]': "unfit_value",
    f'{TO_DATE}, sum_of: ["2", "3"]': "unfit_value",
    f'{COUNT}, running_total_of: "2"': "unfit_value",
    f'{OF_PERIOD}, running_total_of: "2"': "unfit_value",
    f'{PERCENT}, accumulates: financial_year, running_total_of: "2"': "unfit_value",
    f'{PERCENT}, percentage_of: {{of: "2"}}': "missing_key",
    f'{PERCENT}, percentage_of: {{count: "2", of: "2"}}': "unfit_value",
    f'{COUNT.replace("number", "weeks")}, percentage_of: {{count: "2"}}': "unfit_value",
    f'{COUNT}, sum_of: ["2", "3"], percentage_of: {{count: "2"}}': "unfit_value",
    f'{COUNT.replace("number", "rate_per_1000")}, rate_of: {{count: "2"}}, '
    'percentage_of: {count: "2"}': "unfit_value",
}


@pytest.mark.parametrize(("entry", "code"), OWN_FAULTS.items())
def test_a_relation_that_does_not_fit_its_own_entry_is_one_error(entry: str, code: str) -> None:
    assert list_lines(list_relation_issues(entry, COUNT, COUNT)) == [f"{code} 1"]


def test_a_relation_that_does_not_fit_its_own_entry_is_explained(
    messages: Callable[..., None],
) -> None:
    for entry in OWN_FAULTS:
        messages(list_relation_issues(entry, COUNT, COUNT))


FITTING = {
    "a sum of counts": (f'{COUNT}, sum_of: ["2", "3"]', COUNT, COUNT),
    "a sum of each period's own counts": (f'{COUNT}, sum_of: ["2", "3"]', OF_PERIOD, COUNT),
    "a sum of running totals": (f'{TOTAL}, sum_of: ["2", "3"]', TOTAL, TOTAL),
    "a sum in a unit of one's own": (f'{PETS}, sum_of: ["2", "3"]', PETS, PETS),
    "a sum with a part that is no longer reported": (f'{COUNT}, sum_of: ["2", "3"]', CLOSED, COUNT),
    "a running total": (f'{TOTAL}, running_total_of: "2"', COUNT),
    "a running total of what is added up": (f'{TOTAL}, running_total_of: "2"', OF_PERIOD),
    "a running total that is also a sum": (
        f'{TOTAL}, running_total_of: "2", sum_of: ["3", "4"]',
        *(COUNT, TOTAL, TOTAL),
    ),
    "a percentage": (f'{PERCENT}, percentage_of: {{count: "2", of: "3"}}', COUNT, TOTAL),
    "a percentage without the denominator": (f'{PERCENT}, percentage_of: {{count: "2"}}', COUNT),
    "an average": (f'{COUNT}, percentage_of: {{count: "2", of: "3"}}', COUNT, COUNT),
}


@pytest.mark.parametrize("entries", FITTING.values(), ids=FITTING)
def test_relations_to_counts_of_the_same_kind_are_no_fault(entries: tuple[str, ...]) -> None:
    assert list_relation_issues(*entries) == ()


MISFITS = {
    "a part that is a percentage": (f'{COUNT}, sum_of: ["2", "3"]', PERCENT, COUNT),
    "a part that is an average of the year": (f'{COUNT}, sum_of: ["2", "3"]', TO_DATE, COUNT),
    "a part that is an average": (
        f'{COUNT}, sum_of: ["2", "3"]',
        f'{COUNT}, percentage_of: {{count: "3"}}',
        COUNT,
    ),
    "a part in another unit": (f'{COUNT}, sum_of: ["2", "3"]', PETS, COUNT),
    "one part with running totals": (f'{COUNT}, sum_of: ["2", "3"]', TOTAL, COUNT),
    "a part of another year": (f'{TOTAL}, sum_of: ["2", "3"]', SCHOOL, TOTAL),
    "only the sum with running totals": (f'{TOTAL}, sum_of: ["2", "3"]', COUNT, OF_PERIOD),
    "a sum without running totals": (f'{OF_PERIOD}, sum_of: ["2", "3"]', TOTAL, TOTAL),
    "a running total of a percentage": (f'{TOTAL}, running_total_of: "2"', PERCENT),
    "a running total in another unit": (f'{TOTAL}, running_total_of: "2"', PETS),
    "a running total of running totals": (f'{TOTAL}, running_total_of: "2"', TOTAL),
    "a percentage of a percentage": (f'{PERCENT}, percentage_of: {{count: "2"}}', PERCENT),
    "a percentage whose denominator is no count": (
        f'{PERCENT}, percentage_of: {{count: "2", of: "3"}}',
        *(COUNT, PERCENT),
    ),
}


@pytest.mark.parametrize("entries", MISFITS.values(), ids=MISFITS)
def test_a_relation_to_an_indicator_of_another_kind_is_one_error(entries: tuple[str, ...]) -> None:
    assert list_lines(list_relation_issues(*entries)) == ["unfit_relation 1"]


def test_a_relation_that_does_not_fit_is_explained(messages: Callable[..., None]) -> None:
    for entries in MISFITS.values():
        messages(list_relation_issues(*entries))


def test_a_misfit_is_placed_at_the_number_of_the_indicator() -> None:
    entry = f'{COUNT}, sum_of: ["2", "3"]'
    (issue,) = list_relation_issues(entry, COUNT, PERCENT)
    column = issue.place.column
    line = f'      - {{number: "1", {entry}}}'
    assert column is not None
    assert line[column - 1 :].startswith('"3"]')


def test_a_fault_of_another_entry_hides_no_misfit() -> None:
    issues = list_relation_issues(f'{COUNT}, sum_of: ["2", "3"]', PERCENT, COUNT, "title: Any")
    assert "unfit_relation 1" in list_lines(issues)
    assert "missing_key 4" in list_lines(issues)


def test_a_fault_of_an_entry_itself_is_the_only_one() -> None:
    issues = list_relation_issues(f'{COUNT}, sum_of: ["2", "3"]', f"{PERCENT}, arrears: 99", COUNT)
    assert list_lines(issues) == ["out_of_bounds 2"]


def test_a_number_that_no_indicator_has_is_an_error_with_the_nearest(
    messages: Callable[..., None],
) -> None:
    sums = list_relation_issues(f'{COUNT}, sum_of: ["22", "33"]', COUNT, COUNT)
    totals = list_relation_issues(f'{TOTAL}, running_total_of: "22"', COUNT)
    shares = list_relation_issues(f'{PERCENT}, percentage_of: {{count: "2", of: "33"}}', COUNT)
    assert list_lines(sums) == ["dangling_link 1", "dangling_link 1"]
    assert list_lines(totals) == list_lines(shares) == ["dangling_link 1"]
    messages(sums, totals, shares)


def test_an_indicator_does_not_follow_from_itself(messages: Callable[..., None]) -> None:
    issues = list_relation_issues(
        f'{COUNT}, sum_of: ["1", "4"]',
        f'{TOTAL}, running_total_of: "2"',
        f'{PERCENT}, percentage_of: {{count: "4", of: "3"}}',
        COUNT,
    )
    assert list_lines(issues) == ["circle 1", "circle 2", "circle 3"]
    messages(issues)


def test_a_circle_of_relations_is_an_error_at_the_last_of_them(
    messages: Callable[..., None],
) -> None:
    """Also where the relations are of several kinds; two circles are two errors."""
    two = list_relation_issues(
        f'{COUNT}, sum_of: ["2", "3"]',
        f'{COUNT}, sum_of: ["1", "3"]',
        COUNT,
        f'{TOTAL}, running_total_of: "5"',
        f'{COUNT}, sum_of: ["6", "3"]',
        f'{COUNT}, sum_of: ["4", "3"]',
    )
    assert list_lines(two) == ["circle 2", "circle 6"]
    messages(two)


def test_a_long_circle_is_named_by_its_first_numbers(messages: Callable[..., None]) -> None:
    chain = [f'{COUNT}, sum_of: ["{number % 9 + 1}", "10"]' for number in range(1, 10)]
    issues = list_relation_issues(*chain, COUNT)
    assert list_lines(issues) == ["circle 9"]
    messages(issues)
