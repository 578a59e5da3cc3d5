"""What the page "Which kind is my indicator?" says to write is accepted."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD, ROOT, make_catalogue, score

from merton_kpi.core.periods import Month
from merton_kpi.extracts.reader import read_extract
from merton_kpi.loading.catalogue_file import read_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = (ROOT / "docs/how-to/which-kind-is-my-indicator.md").read_text(encoding="utf-8")
YEAR = HEAD.replace("2020/21", "2024/25")
USUAL = {
    "number": '"1"',
    "title": "Any",
    "unit": "percent",
    "frequency": "monthly",
    "target": "{at_least: 90}",
}
EXAMPLE = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXTRACT = re.compile(r"^In `data/([\d-]{7})\.csv`:\n\n```csv\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SETTING = re.compile(
    r"`((?:unit|figures|frequency|due_months|first_due|target|bands|suppress): .+?)`"
)


def complete(settings: str) -> str:
    """An entry, with what every indicator needs and the settings leave out."""
    if settings.startswith("- "):
        return settings
    given = set(re.findall(r"^(\w+):", settings, re.MULTILINE))
    if "target: judged" in settings:
        given.add("unit")
    usual = [f"{key}: {word}" for key, word in USUAL.items() if key not in given]
    return "-" + textwrap.indent("\n".join([*usual, settings]), "  ")[1:]


def list_settings() -> Iterator[str]:
    """The keys that each row of a table says to write, one a line."""
    for row in re.findall(r"^\| .+$", PAGE, re.MULTILINE):
        found = SETTING.findall(row)
        kinds = [each.split(":")[0] for each in found]
        if len(set(kinds)) < len(kinds):  # one or the other
            yield from found
        elif found:
            yield "\n".join(found)


def list_figures() -> Iterator[tuple[str, Month, str]]:
    """Each example that has an extract: its settings, the extract's month, and its text."""
    for section in PAGE.split("\n### "):
        for name, rows in EXTRACT.findall(section):
            year, month = name.split("-")
            settings = "\n".join(EXAMPLE.findall(section)[:1])
            yield settings, Month(int(year), int(month)), rows


@pytest.mark.parametrize(
    "settings", [each for each in EXAMPLE.findall(PAGE) if not each.startswith("authority")]
)
def test_each_example_is_sound(settings: str) -> None:
    entry = complete(settings)
    if "replaced_by" in entry:
        other = complete("first_due: 2024-09").replace('"1"', '"40"')
        entry = f"{entry}\n{other}"
    assert make_catalogue(entry, YEAR)


def test_the_file_around_the_examples_is_sound() -> None:
    (whole,) = [each for each in EXAMPLE.findall(PAGE) if each.startswith("authority")]
    catalogue, issues = read_catalogue(whole, "indicators.yaml")
    assert catalogue
    assert {each.severity.value for each in issues} <= {"warning"}


@pytest.mark.parametrize("settings", list(list_settings()))
def test_each_cell_of_a_table_that_says_what_to_write_is_sound(settings: str) -> None:
    assert make_catalogue(complete(settings), YEAR)


@pytest.mark.parametrize(("settings", "month", "rows"), list(list_figures()))
def test_the_figures_of_an_example_are_read_and_rated(
    settings: str, month: Month, rows: str
) -> None:
    catalogue = make_catalogue(complete(settings), YEAR)
    read = read_extract(rows.encode(), f"data/{month}.csv", month)
    assert not read.issues
    assert len(read.observations) == len(rows.splitlines()) - 1
    scorecard = score(catalogue, read.observations, month)
    (row,) = scorecard.rows
    assert row.verdict.rating.is_brag
