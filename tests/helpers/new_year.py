"""Small councils whose next year is written, and what is asked of the new catalogue."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from helpers.councils import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.models import Catalogue

    # Indicators and extracts, as for write_council, to the new catalogue's text and meaning.
    WriteNextYear = Callable[..., tuple[str, Catalogue]]

MONTHLY = """\
- number: "1"
  title: Calls answered in time
  unit: percent
  frequency: monthly
  target: {at_least: 90}
"""
COUNT = """\
- number: "1"
  title: Children waiting
  unit: number
  frequency: monthly
  target: not_a_target_measure
  suppress_small_numbers: true
"""
TOTAL = COUNT.replace("  target", "  accumulates: financial_year\n  target")
QUARTERLY = MONTHLY.replace("monthly", "quarterly")
ANNUAL = MONTHLY.replace("monthly", "annual\n  due_months: [3]")
SIX_INDICATORS = """\
# the first
- number: "1"
  title: One
  unit: percent
  frequency: monthly
  target: {at_least: 1}
  linked: ["2", '3', "5"]
# gone: it was 2
- number: "2"
  title: Two
  unit: number
  target: not_a_target_measure
  replaced_by: "4"

- number: "3"
  title: Three
  unit: rate_per_10000
  frequency: monthly
  target: not_a_target_measure
  linked:
  - "5"
  rate_of: {count: "2", population: 1000}

# why four is watched
- number: "4"
  title: Four
  unit: number
  frequency: monthly
  target: not_a_target_measure
  linked: ["2"]  # which it replaces
- number: "5"
  title: Five
  unit: number
  target: new
  removed: The panel said so.
"""


def write_council(
    folder: Path, indicators: str, extracts: Mapping[str, str], head: str = HEAD
) -> None:
    """Write a catalogue of one section, and its extracts.

    `extracts` has, for each month, rows of indicator, value and status, with spaces between them.
    """
    text = head + "sections:\n  - title: Services\n    indicators:\n"
    text += textwrap.indent(indicators, " " * 6)
    (folder / "indicators.yaml").write_text(text, encoding="utf-8", newline="\n")
    (folder / "data").mkdir(exist_ok=True)
    for month, rows in extracts.items():
        content = "indicator,value,status\n" + "".join(f"{row}\n" for row in rows.split())
        (folder / "data" / f"{month}.csv").write_text(content, encoding="utf-8", newline="\n")


def only_indicator(catalogue: Catalogue) -> Indicator:
    (indicator,) = catalogue.indicators
    return indicator


def entries_of(text: str) -> str:
    """The indicators of a catalogue of one section, with the indent that they were given with."""
    return textwrap.dedent(text.partition("    indicators:\n")[2])
