"""Extracts as they really arrive, each with its issues or with what was read from it.

`name.txt` next to `name.csv` has the issues in the order they are printed, and the rows. The issues
are listed by place and code; the sentences of the bad extracts are in the golden list of messages.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.councils import NOVEMBER, make_catalogue

from merton_kpi.core.issues import Severity
from merton_kpi.extracts.quoting import list_quotable_rows
from merton_kpi.extracts.reader import read_extract
from merton_kpi.series.match import match_observations

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.core.issues import Issue
    from merton_kpi.extracts.reader import Extract

HERE = Path(__file__).parent
BAD = sorted((HERE / "bad").glob("*.csv"))
GOOD = sorted((HERE / "good").glob("*.csv"))
CATALOGUE = make_catalogue("""
    - {number: "1", title: A share, unit: percent, frequency: monthly, target: {at_least: 90}}
    - {number: "2", title: A count, unit: number, frequency: monthly, target: {at_least: 5}}
    - {number: "3", title: Another, unit: percent, frequency: quarterly, target: {at_least: 5}}
    - number: "15"
      title: Replaced
      unit: number
      frequency: monthly
      target: new
      replaced_by: "2"
    - {number: "24", title: Removed, unit: number, target: new, removed: Agreed by the panel.}
    """)


def read(path: Path) -> tuple[Extract, tuple[Issue, ...]]:
    quotable = list_quotable_rows(CATALOGUE)
    extract = read_extract(path.read_bytes(), path.name, NOVEMBER, quotable)
    _, issues = match_observations(CATALOGUE, extract.observations, NOVEMBER)
    return extract, (*extract.issues, *issues)


def list_places(issues: tuple[Issue, ...]) -> str:
    """A line for each issue: its place, severity, subject and code."""
    return "".join(f"{replace(issue, message=issue.code)}\n" for issue in issues)


def count_rows(extract: Extract, issues: tuple[Issue, ...]) -> str:
    """The conservation of rows, in words: a row is used, or an issue names its line."""
    lost = {issue.place.line for issue in issues if issue.code in ("given_twice",)}
    lost |= {issue.place.line for issue in issues if issue.subject and issue.severity is ERROR}
    used = [each for each in extract.observations if each.place.line not in lost]
    return f"{extract.rows} rows read, {len(used)} used, {extract.rows - len(used)} in issues\n"


ERROR = Severity.ERROR


@pytest.mark.parametrize("path", BAD, ids=[path.stem for path in BAD])
def test_a_bad_extract_gives_exactly_these_issues(
    path: Path, golden: Callable[[str, str], None], messages: Callable[..., None]
) -> None:
    extract, issues = read(path)
    assert issues
    golden(f"../extracts/bad/{path.stem}.txt", list_places(issues) + count_rows(extract, issues))
    messages(issues)


@pytest.mark.parametrize("path", GOOD, ids=[path.stem for path in GOOD])
def test_a_good_extract_is_read_whole(path: Path, golden: Callable[[str, str], None]) -> None:
    extract, issues = read(path)
    assert not [issue for issue in issues if issue.severity is ERROR]
    assert extract.rows == len(extract.observations)
    text = list_places(issues)
    for each in extract.observations:
        parts = "" if each.numerator is None else f" ({each.numerator}/{each.denominator})"
        figure = str(each.value) if each.value is not None else ""
        status = each.status.value if each.status else ""
        words = [figure + parts, status, *map(repr, filter(None, (each.note, each.of_note)))]
        text += f"{each.place}: {each.indicator} {each.month}: {' '.join(filter(None, words))}\n"
    golden(f"../extracts/good/{path.stem}.txt", text)


def test_the_corpus_is_large() -> None:
    assert len(BAD) >= 60
    assert len(GOOD) >= 12
