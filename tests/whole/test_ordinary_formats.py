"""A sheet in the formats that people use, saved as CSV, gives no issue but those of its faults."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]

HEAD = """\
authority: Anyborough Council
short_name: Anyborough
panel: Housing Panel
financial_year: 2025/26
lead_officer: Director
lead_member: Cabinet Member
contact_officer: Head of Performance
bands:
  percent: {amber: {percentage_points: 2}}
  other: {amber: {percent_of_target: 10}}
sections:
  - title: Housing
    indicators:
"""
# Title, unit with its settings, the period and the figure as the sheet shows them, and as read.
ROWS = (
    ("Rent collected", "percent, decimals: 1", "31/07/2025", "98.4%", "98.4"),
    ("Gas checks done", "percent, decimals: 2", "Jul 2025", "99.96%", "99.96"),
    ("Repairs in time", "percent, decimals: 1", "July 2025", "91.0 %", "91.0"),
    ("Decent homes", "percent, decimals: 0", "2025-07-31", "97 per cent", "97"),
    ("Calls answered", "percent, decimals: 1", "01/07/2025", "88.5% (new system)", "88.5"),
    ("Rent arrears", "pounds", "31/07/2025", "£1,852,600", "1852600"),
    ("Arrears of former tenants", "pounds", "31/07/2025", "£412 300", "412300"),
    ("Spent on repairs", "million_pounds", "31/07/2025", "£1.2m", "1.2"),
    ("Spent on empty homes", "thousand_pounds", "31/07/2025", "£85k", "85"),
    ("Rent lost", "pounds", "31-Jul-25", "£12,450.75", "12450.75"),
    ("Repairs done", "number", "07/2025", "1,234", "1234"),
    ("Calls", "number", "Jul-25", "12 480", "12480"),
    ("Letters", "number", "2025-07", "1\u00a0034", "1034"),
    ("Lettings", "number", "31 July 2025", "17 (+2 sept panel)", "17"),
    ("Complaints", "number", "July, 2025", "24 (provisional)", "24"),
    ("Days to let", "days, decimals: 1", "2025-07-31 00:00:00", "26.5", "26.5"),
    ("Recycled", "{label: tonnes}", "Jul-2025", "1,008.5", "1008.5"),
    # The two faults: a percentage for a count, and a date with two meanings.
    ("Evictions", "number", "31/07/2025", "4%", ""),
    ("Home visits", "number", "Jul 25", "52", ""),
)


def write_council(rows: tuple[tuple[str, ...], ...]) -> None:
    """A catalogue with an indicator a row, and the month's extract as a spreadsheet saves it."""
    entries = "".join(
        f'      - {{number: "{number}", title: {title}, unit: {unit}, frequency: monthly, '
        f"owner: Head of Housing, rationale: Any., target: new}}\n"
        for number, (title, unit, *_) in enumerate(rows, 1)
    )
    Path("indicators.yaml").write_text(HEAD + entries, encoding="utf-8")
    Path("data").mkdir()
    lines = [
        f'{number},{title},"{period}","{figure}"\r\n'
        for number, (title, _, period, figure, _) in enumerate(rows, 1)
    ]
    text = "Indicator,Title,Period,Value\r\n" + "".join(lines)
    Path("data/2025-07.csv").write_text(text, encoding="utf-8-sig", newline="")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_housing_analysts_sheet_has_no_issues_but_its_faults(
    kpi: Kpi, messages: Callable[..., None]
) -> None:
    """Each of its 19 rows was an error when only plain numbers and months were read."""
    write_council(ROWS)
    outcome = kpi("build", "--month", "2025-07")
    assert (outcome.code, outcome.out) == (1, "")
    issues = [line for line in outcome.err.splitlines() if "error:" in line]
    assert [line.partition(": error")[0] for line in issues] == [
        "data/2025-07.csv:20",
        "data/2025-07.csv:19",
    ]
    messages(issues)


def test_the_papers_have_the_figures_that_the_sheet_means(kpi: Kpi) -> None:
    write_council(ROWS[:-2])
    outcome = kpi("build", "--month", "2025-07")
    assert outcome.code == 0
    warnings = kpi("check", "--data", "data", "--month", "2025-07").err.splitlines()
    assert all("Apr 2025, May 2025 and Jun 2025" in each for each in warnings)
    for number, (*_, read) in enumerate(ROWS[:-2], 1):
        explained = kpi("explain", str(number), "--month", "2025-07", "--format", "json")
        figure = json.loads(explained.out)["figure"]
        assert (figure["received"], figure["month"]) == (read, "2025-07")
    index = Path("output/performance-index-2025-07.csv").read_text(encoding="utf-8-sig")
    assert "+2 sept panel" in index


def test_thousands_may_be_separated_by_a_space(kpi: Kpi) -> None:
    write_council((("Visits", "number", "", "1 234", "1234"),))
    assert kpi("build", "--month", "2025-07").code == 0
    outcome = kpi("explain", "1", "--month", "2025-07")
    assert "1,234 for Jul 2025, from data/2025-07.csv, line 2" in outcome.out
    assert "where it is written '1 234'." in outcome.out
