"""The papers print what the examples of the pages on small numbers say that they print."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD, ROOT, make_catalogue, score
from helpers.table import write_table

from merton_kpi.core.periods import Month
from merton_kpi.extracts.reader import read_extract

if TYPE_CHECKING:
    from merton_kpi.extracts.observations import Observation

PAGE = (ROOT / "docs/explanation/small-numbers.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs/how-to/hide-small-numbers.md").read_text(encoding="utf-8")
YEAR = HEAD.replace("2020/21", "2024/25")
APRIL = Month(2024, 4)
COUNT = "unit: number, frequency: monthly, suppress: {below: 5}"
RISING = f"{COUNT}, target: {{at_most: 120, profile: share_of_year}}, accumulates: financial_year"
SUPPRESSED = "[c]"


@dataclass(frozen=True, kw_only=True)
class Example:
    """A table of the page: its rows by what begins them, without the months or titles."""

    sent: tuple[tuple[str, ...], ...]
    printed: tuple[tuple[str, ...], ...]


def read_example(header: str) -> Example:
    """The table whose header begins so."""
    table = PAGE.split(f"\n| {header} |")[1].split("\n\n")[0]
    rows = [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]
    return Example(
        sent=tuple(tuple(row[1:]) for row in rows if row[0].startswith("sent")),
        printed=tuple(tuple(row[1:]) for row in rows if row[0].startswith("printed")),
    )


def print_figures(entries: list[str], *sent: tuple[str, ...]) -> list[tuple[str, ...]]:
    """What the last paper prints of each indicator's figures, then of the totals since April.

    Args:
        entries: The settings of each indicator.
        sent: The figures of each from April on.
    """
    text = "\n".join(
        f'- {{number: "{number}", title: Any, {entry}}}'
        for number, entry in enumerate(entries, start=1)
    )
    catalogue = make_catalogue(text, YEAR)
    rows: list[Observation] = []
    last = APRIL
    for place, figures in enumerate(zip(*sent, strict=True)):
        last = APRIL.add_months(place)
        lines = "".join(f"{number},{each}\n" for number, each in enumerate(figures, start=1))
        content = f"indicator,value\n{lines}".encode()
        rows += read_extract(content, f"data/{last}.csv", last).observations
    printed = write_table(score(catalogue, rows, last)).decode("utf-8-sig")
    found = list(csv.DictReader(io.StringIO(printed)))
    numbers = [str(number) for number in range(1, len(entries) + 1)]
    own = [[e["value"] or e["symbols"] for e in found if e["indicator"] == n] for n in numbers]
    totals = [[e.get("total") or SUPPRESSED for e in found if e["indicator"] == n] for n in numbers]
    return [tuple(each) for each in (*own, *totals)]


def test_a_part_is_hidden_with_the_small_one() -> None:
    example = read_example("permanent exclusions")
    entries = [f'{COUNT}, target: new, sum_of: ["2", "3"]', *[f"{COUNT}, target: new"] * 2]
    entries[0] = entries[0].replace("target: new", "target: {at_most: 12}")
    (sent,), (printed,) = example.sent, example.printed
    assert print_figures(entries, *[(each,) for each in sent])[:3] == [(e,) for e in printed]


def test_a_running_total_is_hidden_after_a_small_step() -> None:
    example = read_example("since April")
    assert print_figures([RISING], *example.sent)[:1] == [*example.printed]


def test_the_sum_goes_on_after_a_small_month_and_one_more_month_is_hidden() -> None:
    example = read_example("months added up")
    assert print_figures([f"{RISING}, figures: of_period"], *example.sent) == [*example.printed]


def test_a_rate_is_hidden_with_its_count() -> None:
    example = read_example("children")
    rate = 'unit: rate_per_10000, frequency: monthly, target: new, rate_of: {count: "1"}'
    assert print_figures([f"{COUNT}, target: new", rate], *example.sent)[:2] == [*example.printed]


def test_a_total_is_rounded_from_its_true_sum() -> None:
    """Three months of 12 are printed as 10 each, and 36 since April as 35."""
    assert "three months of 12 are printed as 10 each, and 36 since April as 35" in PAGE
    entry = f"{RISING}, figures: of_period".replace("below: 5", "below: 6, round_to: 5")
    own, totals = print_figures([entry], ("12", "12", "12"))
    assert (own, totals[-1]) == (("10", "10", "10"), "35")


@pytest.mark.parametrize("piece", re.findall(r"```yaml\n(.*?)```", GUIDE, re.DOTALL))
def test_each_piece_of_a_catalogue_is_sound(piece: str) -> None:
    assert make_catalogue(piece)


def test_each_relation_of_the_table_is_a_key_of_the_catalogue() -> None:
    """In a row of its own kind, beside rows 1 to 3."""
    count = "frequency: monthly, target: new"
    found = set(re.findall(r"^\| .+ \| `(\w+: .+?)`", GUIDE, re.MULTILINE))
    assert {each.split(":")[0] for each in found} == {
        "sum_of",
        "running_total_of",
        "percentage_of",
        "rate_of",
    }
    kinds = {"percentage_of": "unit: percent", "rate_of": "unit: rate_per_1000"}
    for each in found:
        key = each.split(":")[0]
        rows = [f'- {{number: "{n}", title: Any, unit: number, {count}}}' for n in "123"]
        added = ", accumulates: financial_year" if key == "running_total_of" else ""
        unit = kinds.get(key, "unit: number")
        rows.append(f'- {{number: "4", title: Any, {unit}, {count}{added}, {each}}}')
        assert make_catalogue("\n".join(rows))
