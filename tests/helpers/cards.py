"""Scorecards of every size and kind that the workbook is put to the test with."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from helpers.councils import HEAD, NOVEMBER, read_merton, score
from helpers.history import score_three_years
from merton_kpi.core.issues import Place
from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Status
from merton_kpi.extracts.observations import Observation
from merton_kpi.loading.catalogue_file import read_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.scorecard.records import Scorecard

WORDS = (
    '=HYPERLINK("http://example.org","click")',
    "+cmd|' /C calc'!A0",
    "#N/A",
    "_x0041_ and _x000D_",
    "مؤشر الأداء",
    "👩🏽‍🏫 😀",
    "long words, " * 900,
    "two\nlines",
    "  spaces   kept",
    "<b>&amp;</b> ]]>",
    "00123",
    "1e5",
    "TRUE",
    "2020-11-30",
)


def make_card(
    count: int, *, text: str = "", status: Status | None = None, **keys: Any
) -> Scorecard:
    """The scorecard of so many indicators for September, each with a figure or a status."""
    entry = {"unit": "percent", "frequency": "monthly", "target": {"at_least": 90}} | keys
    entries = [
        {"number": str(number), "title": text or f"Indicator {number}", "rationale": text or "Any"}
        | entry
        for number in range(count)
    ]
    sections = [{"title": "All", "indicators": entries}]
    source = HEAD + "sections: " + json.dumps(sections, ensure_ascii=False)
    catalogue, issues = read_catalogue(source, "indicators.yaml")
    assert catalogue is not None, issues
    observations = [
        Observation(
            indicator=str(number),
            month=Month(2020, month),
            known=Month(2020, month),
            place=Place(file="any.csv", line=2),
            value=None if status else Decimal(70 + number % 31) / Decimal("1"),
            status=status,
            note=text,
            commentary=text,
        )
        for number in range(count)
        for month in (6, 9)
    ]
    return score(catalogue, observations, Month(2020, 9))


def make_random_card() -> Scorecard:
    """Indicators whose texts are of every kind that a program may misread."""
    entries = [
        {
            "number": str(number),
            "title": words,
            "unit": "number",
            "frequency": "monthly",
            "target": {"at_least": 50},
            "rationale": words,
            "owner": words[:60],
        }
        for number, words in enumerate(WORDS)
    ]
    sections = [{"title": "All", "indicators": entries}]
    source = HEAD + "sections: " + json.dumps(sections, ensure_ascii=False)
    catalogue, issues = read_catalogue(source, "indicators.yaml")
    assert catalogue is not None, issues
    observations = [
        Observation(
            indicator=str(number),
            month=Month(2020, 9),
            known=Month(2020, 9),
            place=Place(file="any.csv", line=2),
            value=Decimal(40),
            note=words,
            commentary=words,
        )
        for number, words in enumerate(WORDS)
    ]
    return score(catalogue, observations, Month(2020, 9))


CARDS: dict[str, Callable[[], Scorecard]] = {
    "Merton's 39": lambda: read_merton(NOVEMBER),
    "one": lambda: make_card(1),
    "300": lambda: make_card(300),
    "all quarterly": lambda: make_card(12, frequency="quarterly"),
    "none rated": lambda: make_card(12, target="not_a_target_measure"),
    "all suppressed": lambda: make_card(12, status=Status.SUPPRESSED),
    "random text": make_random_card,
    "three years": score_three_years,
}
