"""Workbooks of every size and kind keep the rules for accessible spreadsheets.

`helpers/workbook_rules.py` has the rules, each by its number.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from helpers.cards import CARDS
from helpers.councils import HEAD, NOVEMBER, ROOT, read_merton, score
from helpers.workbook_rules import RULES
from helpers.xlsx import Book
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from merton_kpi.cli.app import main
from merton_kpi.core.issues import Place
from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Status
from merton_kpi.extracts.observations import Observation
from merton_kpi.loading.catalogue_file import read_catalogue
from merton_kpi.papers.build import write_index_workbook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def book() -> Book:
    return Book(write_index_workbook(read_merton(NOVEMBER)))


@pytest.mark.parametrize("rule", RULES, ids=[rule.__name__ for rule in RULES])
def test_november_keeps_the_rule(book: Book, rule: Callable[[Book], None]) -> None:
    rule(book)


@pytest.mark.parametrize("number", [4, 9])
def test_every_month_keeps_every_rule(number: int) -> None:
    book = Book(write_index_workbook(read_merton(Month(2020, number))))
    for rule in RULES:
        rule(book)


def test_p3_file_names_are_short_and_in_lower_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    with pytest.raises(SystemExit):
        main(["build", "--month", "2020-11", "--out", str(tmp_path)])
    for path in tmp_path.glob("*.xlsx"):
        assert re.fullmatch(r"[a-z0-9-]{1,55}\.xlsx", path.name)


# Words of every kind: formulas, markers, symbols, dashes, long ones, other scripts, emoji.
NASTY = [
    '=HYPERLINK("http://example.org","click")',
    "+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "-2+3",
    "#N/A",
    "[note 1]",
    "[x]",
    "_x000D_",
    "N/A",
    "-",
    "مؤشر الأداء",
    "😀" * 40,
    "W" * 300,
    "long words, " * 900,
    "two\nlines",
    "  spaces  ",
    "<b>&amp;</b>",
    "\u202eright to left",
]
WORDS = st.one_of(
    st.sampled_from(NASTY),
    st.text(
        st.characters(exclude_categories=["C", "Zl", "Zp"], exclude_characters="\x85"),
        min_size=1,
        max_size=60,
    ).filter(str.strip),
)
FIGURES = st.decimals(min_value=0, max_value=99_999, places=1, allow_nan=False)
TARGETS = st.sampled_from(
    ["not_a_target_measure", "new", {"at_least": 50}, {"at_most": 10}, {"between": [12, 20]}]
)


@st.composite
def indicators(draw: st.DrawFn, number: int) -> dict[str, object]:
    entry: dict[str, object] = {
        "number": str(number),
        "title": draw(WORDS),
        "unit": draw(st.sampled_from(["percent", "number", "weeks", "rate_per_10000"])),
        "decimals": draw(st.integers(0, 2)),
        "frequency": draw(st.sampled_from(["monthly", "quarterly"])),
        "target": draw(TARGETS),
        "benchmarks": draw(st.sampled_from([{}, {"England": {"value": 12, "note": "of 5"}}])),
    }
    for key in ("rationale", "owner", "source"):
        words = draw(st.none() | WORDS)
        if words:
            entry[key] = words
    return entry


@st.composite
def councils(draw: st.DrawFn) -> tuple[str, list[Observation]]:
    """A catalogue's text and observations for it, as an extract would give them."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    sections: list[dict[str, object]] = []
    number = 0
    for size in sizes:
        entries = [draw(indicators(number + index)) for index in range(size)]
        number += size
        title = f"Section {len(sections)} {draw(WORDS)}"
        sections.append({"title": title, "indicators": entries})
    observations = [
        Observation(
            indicator=str(each),
            month=Month(2020, month),
            known=Month(2020, month),
            place=Place(file="any.csv", line=2),
            value=figure,
            status=None if figure is not None else Status.SUPPRESSED,
            note=draw(st.just("") | WORDS),
            commentary=draw(st.just("") | WORDS),
            caveat=draw(st.just("") | WORDS),
        )
        for each in range(number)
        for month in (6, 9)
        for figure in draw(st.sampled_from([(), (None,)]) | st.tuples(FIGURES))
    ]
    head = HEAD.replace(
        "panel: Services Panel", f"panel: {json.dumps(draw(WORDS)[:200], ensure_ascii=False)}"
    )
    return head + "sections: " + json.dumps(sections, ensure_ascii=False), observations


def draw_council(text: str, observations: list[Observation]) -> Book:
    catalogue, issues = read_catalogue(text, "indicators.yaml")
    assert catalogue is not None, issues
    return Book(write_index_workbook(score(catalogue, observations, Month(2020, 9))))


@pytest.mark.slow
# Without shrinking, which takes minutes here; the rule that fails says enough.
@settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(councils())
def test_random_content_keeps_every_rule(council: tuple[str, list[Observation]]) -> None:
    book = draw_council(*council)
    for rule in RULES:
        rule(book)


@pytest.mark.parametrize("name", sorted(set(CARDS) - {"Merton's 39"}))
def test_any_size_and_kind_of_index_keeps_every_rule(name: str) -> None:
    card = CARDS[name]()
    book = Book(write_index_workbook(card))
    assert len(book["Performance index"].rows) == len(card.rows)
    for rule in RULES:
        rule(book)


def test_final_papers_keep_every_rule() -> None:
    book = Book(write_index_workbook(replace(read_merton(NOVEMBER), is_final=True)))
    for rule in RULES:
        rule(book)
    assert not any("Draft" in line for sheet in book.sheets for line in sheet.lines)
