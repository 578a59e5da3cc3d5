"""A council of any size: a catalogue of so many indicators, and twelve extracts for each year.

    python benchmarks/council.py FOLDER SIZE [YEARS]

Written so, it can be profiled: `kpi build --month 2021-03` in the folder.
"""

from __future__ import annotations

import sys
from pathlib import Path


def list_months(first: int) -> tuple[str, ...]:
    """The months of the financial year that begins in a calendar year, as extracts are named."""
    months = [(first + (number > 12), (number - 1) % 12 + 1) for number in range(4, 16)]
    return tuple(f"{year}-{month:02}" for year, month in months)


LAST_YEAR = 2020  # in which the catalogue's year begins
MONTHS = list_months(LAST_YEAR)
_HEAD = """\
authority: Anyborough Council
short_name: Anyborough
panel: Services Panel
financial_year: 2020/21
lead_officer: Director
lead_member: Member
contact_officer: Officer
benchmark_areas: [England, London]
bands:
  percent: {amber: {percentage_points: 1}}
  other: {amber: {percent_of_target: 5}}
sections:
"""
_ENTRY = """\
      - number: "{number}"
        title: Indicator {number} of the services of the council
        unit: percent
        frequency: monthly
        target: {{at_least: 90}}
        outturns:
          2019/20: 91
          2018/19: {{value: 90, source: the case system, period: 2018/19}}
          2017/18: {{status: change_in_recording}}
        benchmarks:
          England: {{value: 89, source: DfE, period: 2019/20}}
          London: {{status: no_benchmark}}
        rationale: It shows whether the service does what it is there for.
        owner: Head of Service
        source: case system
"""


def write_council(folder: Path, size: int, years: int = 1) -> None:
    """Write the inputs of so many indicators, fifty to a section, into a new folder.

    Before the catalogue's year, there are extracts of so many years less one.
    """
    data = folder / "data"
    data.mkdir(parents=True)
    entries = [
        (f"  - title: Section {number // 50}\n    indicators:\n" if number % 50 == 0 else "")
        + _ENTRY.format(number=number)
        for number in range(size)
    ]
    (folder / "indicators.yaml").write_text(_HEAD + "".join(entries), encoding="utf-8")
    earlier = range(LAST_YEAR - years + 1, LAST_YEAR)
    months = [month for first in (*earlier, LAST_YEAR) for month in list_months(first)]
    for place, month in enumerate(months, 12 - 12 * years):
        rows = (
            f"{number},{85 + (number * 7 + place * 3) % 15},,A note on this month\n"
            for number in range(size)
        )
        text = "indicator,value,status,note\n" + "".join(rows)
        (data / f"{month}.csv").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_council(Path(sys.argv[1]), *map(int, sys.argv[2:4]))
