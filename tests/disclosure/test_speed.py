"""How long the choice of hidden figures takes for a whole year's papers of 40 indicators."""

from __future__ import annotations

import random
from time import process_time

import pytest
from disclosure.published import OPEN, SMALL, read_rows
from helpers.councils import make_catalogue

from merton_kpi.core.periods import Month
from merton_kpi.disclosure.decisions import choose_hidden_figures
from merton_kpi.disclosure.keys import RowKey

YEAR = "accumulates: financial_year"
MONTHS = [Month(2020, 4).add_months(later) for later in range(12)]

# Eight indicators: a sum of two parts, the running total of one and the rate of the other, a
# percentage since April, one of two rows, and months that are added up.
MIXTURE = """\
- {{number: "{0}1", title: A, unit: number, sum_of: ["{0}2", "{0}3"], {small}}}
- {{number: "{0}2", title: B, unit: number, {small}}}
- {{number: "{0}3", title: C, unit: number, {small}}}
- {{number: "{0}4", title: D, unit: number, {year}, running_total_of: "{0}2", {small}}}
- {{number: "{0}5", title: E, unit: rate_per_10000, decimals: 1,
   rate_of: {{count: "{0}3", population: 47000}}, {open}}}
- {{number: "{0}6", title: F, unit: percent, figures: to_date, {small}}}
- {{number: "{0}7", title: G, unit: percent,
   percentage_of: {{count: "{0}2", of: "{0}1"}}, {open}}}
- {{number: "{0}8", title: H, unit: number, {year}, figures: of_period, {small}}}
"""
ADDED = '- {{number: "{0}", title: A, unit: number, {1}, figures: of_period{2}, {3}}}\n'


def measure(entries: str, rows: dict[Month, list[str]]) -> tuple[int, float]:
    """How many of the rows are hidden, and the seconds of processor time that this took."""
    catalogue = make_catalogue(entries)
    given = [each for month, found in rows.items() for each in read_rows(month, ";".join(found))]
    by_indicator = {
        indicator.number: [each for each in given if each.indicator == indicator.number]
        for indicator in catalogue.indicators
    }
    begin = process_time()
    decisions = choose_hidden_figures(catalogue, by_indicator)
    seconds = process_time() - begin
    assert not decisions.exposed
    hidden = sum(RowKey.of(each) in decisions.hidden for each in given)
    print(f"{len(given)} rows, {hidden} of them hidden, {seconds:.2f} s")
    return hidden, seconds


def draw_mixture(group: int, chance: random.Random) -> list[list[str]]:
    """Each month's rows of one group of eight indicators, most of them not small."""
    months = []
    so_far = met = seen = 0
    for _ in MONTHS:
        one, other = chance.randint(0, 25), chance.randint(0, 40)
        so_far += one
        new = chance.randint(0, 9)
        met += new
        seen += new + chance.randint(0, 6)
        rows = [f"1,,{one + other}", f"2,,{one}", f"3,,{other}", f"4,,{so_far}"]
        rows += [f"5,,{other / 4.7:.1f}", f"8,,{chance.randint(0, 15)}"]
        if seen:
            rows.append(f"6,,{100 * met / seen:.0f},{met},{seen}")
        if one + other:
            rows.append(f"7,,{100 * one / (one + other):.0f}")
        months.append([f"{group}{row}" for row in rows])
    return months


@pytest.mark.slow
def test_a_year_of_forty_indicators_takes_less_than_a_second() -> None:
    """About a fifth of a second on a quiet machine."""
    chance = random.Random(1)
    groups = [draw_mixture(group, chance) for group in range(1, 6)]
    rows = {
        month: [row for group in groups for row in group[place]]
        for place, month in enumerate(MONTHS)
    }
    entries = "".join(
        MIXTURE.format(group, small=SMALL, open=OPEN, year=YEAR) for group in range(1, 6)
    )
    hidden, seconds = measure(entries, rows)
    assert 60 < hidden < 240
    assert seconds < 1


def name_parts(group: int, parts: int) -> list[str]:
    return [f"{group}-{part}" for part in range(1, parts + 1)]


@pytest.mark.slow
@pytest.mark.parametrize(("groups", "parts", "months", "most"), [(10, 3, 12, 30), (1, 39, 6, 25)])
def test_papers_in_which_every_part_is_small_end_in_bounded_time(
    groups: int, parts: int, months: int, most: int
) -> None:
    """Sums of small counts, with each month's and all since April: about half of `most` seconds.

    So much is tied together that every search is long; each paper's limit ends them.
    """
    chance = random.Random(1)
    entries = ""
    for group in range(1, groups + 1):
        names = name_parts(group, parts)
        listed = ", ".join(f'"{name}"' for name in names)
        entries += ADDED.format(f"{group}-0", YEAR, f", sum_of: [{listed}]", SMALL)
        entries += "".join(ADDED.format(name, YEAR, "", SMALL) for name in names)
    rows: dict[Month, list[str]] = {}
    for month in MONTHS[:months]:
        rows[month] = []
        for group in range(1, groups + 1):
            counts = [chance.randint(1, 4) for _ in range(parts)]
            rows[month].append(f"{group}-0,,{sum(counts)}")
            names = name_parts(group, parts)
            rows[month] += [f"{n},,{count}" for n, count in zip(names, counts, strict=True)]
    hidden, seconds = measure(entries, rows)
    assert hidden >= groups * parts * months
    assert seconds < most
