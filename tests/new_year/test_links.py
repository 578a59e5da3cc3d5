"""What an indicator says of others that are dropped or replaced in the new year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.new_year import entries_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers.councils import Outcome
    from helpers.new_year import WriteNextYear

    Kpi = Callable[..., Outcome]

COUNT = "unit: number, frequency: monthly, target: not_a_target_measure"
TOTAL = f"{COUNT}, accumulates: financial_year"
PERCENT = COUNT.replace("number", "percent")
KEYS = {
    "sum_of": COUNT,
    "running_total_of": TOTAL,
    "percentage_of": PERCENT,
    "suppress": COUNT,
}
SUM = f'{COUNT}, sum_of: ["1", "9"]'
GONE = "unit: number, target: new, removed: The panel said so."
REPLACED = 'unit: number, target: new, replaced_by: "9"'


def write_indicators(relation: str, *others: str) -> str:
    """Indicator 1 with a relation on a line of its own, then those from 2, and 9."""
    lines = KEYS[relation.partition(":")[0]].replace(", ", "\n  ")
    first = f'- number: "1"\n  title: One\n  {lines}\n  {relation}\n'
    rest = ((str(number), each) for number, each in enumerate(others, 2))
    entries = (*rest, ("9", COUNT))
    return first + "".join(
        f'- {{number: "{number}", title: Any, {each}}}\n' for number, each in entries
    )


@pytest.mark.parametrize(
    "relation",
    [
        'sum_of: ["2", "3"]  # both landlords',
        'running_total_of: "2"',
        'percentage_of: {count: "2", of: "3"}',
        "suppress: {below: 6, round_to: 5}  # the department's rule",
    ],
)
def test_a_relation_is_kept_as_it_is_written(
    write_next_year: WriteNextYear, kpi: Kpi, relation: str
) -> None:
    text, _ = write_next_year(write_indicators(relation, COUNT, COUNT), {"2020-04": "1,93,"})
    assert f"        {relation}\n" in text
    assert "(was " not in kpi("new-year", "2021/22").out


@pytest.mark.parametrize(
    ("relation", "new", "words"),
    [
        ('sum_of: ["2", "3"]', 'sum_of: ["9", "3"]', "the sum of 9, 3 (was 2, 3)"),
        ('running_total_of: "2"', 'running_total_of: "9"', "the running total of 9 (was 2)"),
        (
            'percentage_of: {count: "3", of: "2"}',
            'percentage_of: {count: "3", of: "9"}',
            "a percentage of 3 of 9 (was 3 of 2)",
        ),
    ],
)
def test_a_replaced_indicator_gives_way_to_its_replacement(
    write_next_year: WriteNextYear, kpi: Kpi, relation: str, new: str, words: str
) -> None:
    entries = write_indicators(relation, REPLACED, COUNT)
    text, _ = write_next_year(entries, {"2020-04": "1,93,"})
    assert f"        {new}\n" in text
    assert f"1 is {words}\n" in kpi("new-year", "2021/22").out


@pytest.mark.parametrize(
    ("relation", "words"),
    [
        ('sum_of: ["2", "3"]', "the sum of no other indicator (was 2, 3)"),
        ('running_total_of: "2"', "the running total of no other indicator (was 2)"),
        ('percentage_of: {count: "2"}', "a percentage of no other indicator (was 2)"),
        (
            'percentage_of: {count: "2", of: "3"}',
            "a percentage of no other indicator (was 2 of 3)",
        ),
    ],
)
def test_a_relation_to_a_removed_indicator_is_left_out_and_marked_for_review(
    write_next_year: WriteNextYear, kpi: Kpi, relation: str, words: str
) -> None:
    """What is left of a sum may not be what its figures add up from."""
    entries = write_indicators(relation, GONE, COUNT)
    text, _ = write_next_year(entries, {"2020-04": "1,93,"})
    key = relation.partition(":")[0]
    comments, _, entry = entries_of(text).partition('- number: "1"')
    assert f"# For 2021/22: review '{key}' (" in comments
    assert f"{key}:" not in entry
    assert f"1 is {words}\n" in kpi("new-year", "2021/22").out


def test_a_percentage_loses_only_a_denominator_that_is_removed(
    write_next_year: WriteNextYear,
) -> None:
    relation = 'percentage_of: {count: "2", of: "3"}'
    entries = write_indicators(relation, COUNT, GONE)
    text, _ = write_next_year(entries, {"2020-04": "1,93,"})
    assert '        percentage_of: {count: "2"}\n' in text


@pytest.mark.parametrize(
    ("relation", "others"),
    [
        ('sum_of: ["2", "3"]', (REPLACED, REPLACED)),
        ('sum_of: ["2", "9"]', (REPLACED,)),
        ('sum_of: ["2", "3"]', (REPLACED.replace("9", "1"), COUNT)),
        ('sum_of: ["2", "3"]', (REPLACED.replace("9", "4"), COUNT, TOTAL)),
        ('running_total_of: "2"', (REPLACED.replace("9", "3"), TOTAL)),
        ('percentage_of: {count: "2"}', (REPLACED.replace("9", "3"), PERCENT)),
        ('sum_of: ["2", "3"]', (REPLACED.replace("9", "4"), COUNT, SUM)),
    ],
    ids=[
        "one replaces both parts",
        "one part replaces the other",
        "the sum replaces a part",
        "a running total replaces a part",
        "running totals replace the periods' figures",
        "a percentage replaces a count",
        "another sum of this one replaces a part",
    ],
)
def test_a_relation_that_does_not_fit_the_replacement_is_left_out(
    write_next_year: WriteNextYear, relation: str, others: tuple[str, ...]
) -> None:
    entries = write_indicators(relation, *others)
    text, _ = write_next_year(entries, {"2020-04": "1,93,"})
    key = relation.partition(":")[0]
    assert f"review '{key}' (" in text
    assert f"{key}: " not in text
