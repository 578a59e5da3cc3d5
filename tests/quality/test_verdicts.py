"""Every warning on published figures has a verdict: right, or a false alarm.

They are Merton's eight months, and a paper each of other councils in the folder `published`: their
figures and targets, and our own words. Where no source is known to `kpi`, as for a quarter before
the paper's, the case is as if the council had begun to use `kpi` with that paper.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.councils import GOLDEN, read_merton

from merton_kpi.core.issues import require
from merton_kpi.core.periods import Month
from merton_kpi.loading.inputs import read_inputs
from merton_kpi.scorecard.compose import compose_scorecard

if TYPE_CHECKING:
    from merton_kpi.core.issues import Issue

LIST = GOLDEN / "warnings-with-verdicts.md"
MONTHS = [Month(2020, number) for number in range(4, 12)]
PUBLISHED = sorted(path for path in (Path(__file__).parent / "published").iterdir())
VERDICTS = ("right", "false alarm")
MOST_FALSE = {"Merton": 3, "others": 1}


def read_rows(table: str) -> list[list[str]]:
    """The cells of one of the list's tables, `Merton` or `others`, without its header."""
    _, merton, others = LIST.read_text(encoding="utf-8").split("\n## ")
    lines = (merton if table == "Merton" else others).splitlines()
    rows = [line for line in lines if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in rows[2:]]


def list_warnings() -> dict[tuple[str, str], str]:
    """The months whose papers raise each warning, by indicator and words of the last papers."""
    words: dict[tuple[str, str, str], str] = {}
    months: dict[tuple[str, str, str], list[Month]] = {}
    for month in MONTHS:
        for each in read_merton(month).warnings:
            assert each.place.line
            message = each.message.rpartition("; ")[0]
            # What goes on missing is one warning, which names more months each time.
            about = message.partition(":")[0].partition(",")[0].partition(" and ")[0]
            key = (each.subject.removeprefix("indicator "), each.code, about)
            words[key] = f"{each.code}: {message}"
            months.setdefault(key, []).append(month)
    return {
        (key[0], words[key]): " to ".join(dict.fromkeys((raised[0].label, raised[-1].label)))
        for key, raised in months.items()
    }


def read_warnings(folder: Path) -> tuple[Issue, ...]:
    """The warnings of a council's paper, which is of the month of its last extract."""
    last = Month.read(max(path.stem for path in (folder / "data").iterdir()))
    inputs = require(read_inputs(folder / "indicators.yaml", folder / "data", last))
    return require(compose_scorecard(inputs)).warnings


def test_the_list_has_every_warning_and_the_papers_that_raise_it() -> None:
    rows = read_rows("Merton")
    assert {(number, words): months for number, words, months, _ in rows} == list_warnings()


def test_the_list_has_every_warning_of_the_other_councils() -> None:
    assert [row[:3] for row in read_rows("others")] == [
        [
            folder.name,
            each.subject.removeprefix("indicator "),
            f"{each.code}: {each.message.rpartition('; ')[0].partition('; ask ')[0]}",
        ]
        for folder in PUBLISHED
        for each in read_warnings(folder)
    ]


@pytest.mark.parametrize("table", MOST_FALSE)
def test_each_warning_has_a_verdict_and_few_are_false_alarms(table: str) -> None:
    verdicts = [row[-1] for row in read_rows(table)]
    assert all(each.startswith(VERDICTS) and ": " in each for each in verdicts)
    assert sum(each.startswith("false alarm") for each in verdicts) <= MOST_FALSE[table]
