"""Where small numbers are hidden, a link between figures that is not declared is asked about."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD, ROOT, make_catalogue
from helpers.quality import APRIL, list_places

from merton_kpi.core.findings import FindingCode
from merton_kpi.core.issues import require
from merton_kpi.extracts.reader import read_extract
from merton_kpi.loading.inputs import read_inputs_to_check
from merton_kpi.quality.warnings import DataWarning, check_data
from merton_kpi.series.match import match_observations

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.extracts.observations import Observation

    Kpi = Callable[..., Outcome]
    Messages = Callable[..., None]

SMALL = "suppress_small_numbers: true"
COUNT = "unit: number, frequency: monthly, target: new"
HIDING = f"{COUNT}, {SMALL}"
PERCENT = COUNT.replace("number", "percent")
RATE = COUNT.replace("number", "rate_per_1000")
TOTAL = f"{COUNT}, accumulates: financial_year"
UNDECLARED = (
    FindingCode.UNDECLARED_SUM,
    FindingCode.UNDECLARED_RUNNING_TOTAL,
    FindingCode.UNDECLARED_PERCENTAGE,
)


def check(*entries: str) -> list[DataWarning]:
    """The warnings about undeclared links of indicators numbered from 1.

    An entry is its keys, a bar, and a figure a month from April on, like `5 0 -`, where `-` is no
    row; or `10:3/30`, a figure with its parts.
    """
    lines, rows = [], list[tuple[int, str]]()
    for number, entry in enumerate(entries, 1):
        keys, _, figures = entry.partition("|")
        lines.append(f'- {{number: "{number}", title: Any, {keys}}}')
        for index, figure in enumerate(figures.split()):
            value, _, parts = figure.partition(":")
            cells = f"{number},{value},{parts.replace('/', ',') if parts else ','}"
            rows += [(index, cells)] if figure != "-" else []
    catalogue = make_catalogue("\n".join(lines))
    observations: list[Observation] = []
    for index in range(max(index for index, _ in rows) + 1):
        known = APRIL.add_months(index)
        text = "indicator,value,numerator,denominator\n"
        text += "\n".join(cells for at, cells in rows if at == index) + "\n"
        extract = read_extract(text.encode(), f"{known}.csv", known)
        assert not extract.issues
        observations += extract.observations
    series, issues = match_observations(catalogue, observations, known)
    assert not issues
    found = check_data(catalogue, series, list_places(catalogue))
    return [each for each in found if each.code in UNDECLARED]


def list_found(*entries: str) -> list[str]:
    """Each warning as the indicator, and the key that is suggested."""
    return [f"{each.indicator.number} {each.advice.split(chr(39))[1]}" for each in check(*entries)]


SUM = '1 sum_of: ["2", "3"]'
RUNNING = '1 running_total_of: "2"'


def test_a_count_that_may_be_the_sum_of_linked_ones_is_asked_about(messages: Messages) -> None:
    """One period is enough where the catalogue links them."""
    (found,) = check(f'{HIDING}, linked: ["2", "3"] | 11', f"{HIDING} | 3", f"{HIDING} | 8")
    assert (found.code, found.about) == (FindingCode.UNDECLARED_SUM, "sum_of")
    assert found.place == list_places(make_catalogue(f'- {{number: "1", title: A, {COUNT}}}'))["1"]
    messages(found.issue)


def test_a_running_total_that_may_be_of_another_count_is_asked_about(messages: Messages) -> None:
    (found,) = check(f"{TOTAL} | 6 13 22", f"{HIDING} | 6 7 9")
    assert (found.code, found.about) == (
        FindingCode.UNDECLARED_RUNNING_TOTAL,
        "running_total_of",
    )
    messages(found.issue)


def test_a_numerator_that_may_be_a_hidden_count_is_asked_about(messages: Messages) -> None:
    """So is the denominator, where another indicator has it."""
    (alone,) = check(f'{HIDING}, linked: ["2"] | 3', f"{PERCENT} | 10:3/30")
    (both,) = check(
        f"{HIDING} | 6 7 9", f"{PERCENT} | 20:6/30 20:7/35 20:9/45", f"{COUNT} | 30 35 45"
    )
    (rate,) = check(f"{HIDING} | 6 7 9", f"{RATE} | 2:6/3000 3:7/2333 3:9/3000")
    assert {each.code for each in (alone, both, rate)} == {FindingCode.UNDECLARED_PERCENTAGE}
    assert [each.about for each in (alone, both, rate)] == [
        "percentage_of",
        "percentage_of",
        "rate_of",
    ]
    messages(each.issue for each in (alone, both, rate))


CASES = {
    "three periods": ((f"{HIDING} | 13 15 18", f"{COUNT} | 6 7 8", f"{COUNT} | 7 8 10"), [SUM]),
    "two periods": ((f"{HIDING} | 13 15", f"{COUNT} | 6 7", f"{COUNT} | 7 8"), []),
    "one period says no": (
        (f"{HIDING} | 13 15 18 30", f"{COUNT} | 6 7 8 9", f"{COUNT} | 7 8 10 11"),
        [],
    ),
    "a hidden figure would be small": (
        (f"{HIDING} | 11 12 9 14 11 10", f"{HIDING} | 3 3 1 4 2 2", f"{COUNT} | 8 9 8 10 9 8"),
        [SUM],
    ),
    "a hidden figure would not be small": (
        (f'{HIDING}, linked: ["2", "3"] | 15', f"{HIDING} | 3", f"{COUNT} | 8"),
        [],
    ),
    "nothing is hidden": ((f"{COUNT} | 13 15 18", f"{COUNT} | 6 7 8", f"{COUNT} | 7 8 10"), []),
    "a part that is always zero": (
        (f"{HIDING} | 6 7 8", f"{COUNT} | 6 7 8", f"{COUNT} | 0 0 0"),
        [],
    ),
    "another unit": (
        (
            f"{HIDING} | 13 15 18",
            f"{COUNT} | 6 7 8",
            f"{COUNT.replace('number', '{label: pets}')} | 7 8 10",
        ),
        [],
    ),
    "it is declared": (
        (f'{HIDING}, sum_of: ["2", "3"] | 13 15 18', f"{COUNT} | 6 7 8", f"{COUNT} | 7 8 10"),
        [],
    ),
    "three parts": (
        (
            f"{HIDING} | 21",
            f'{HIDING}, part_of: "1" | 6',
            f'{HIDING}, part_of: "1" | 3',
            f'{HIDING}, part_of: "1" | 12',
        ),
        ['1 sum_of: ["2", "3", "4"]'],
    ),
    "rounded figures": (
        (
            f"{COUNT}, suppress: {{below: 6, round_to: 5}} | 21 34 47 31 29 54",
            f"{COUNT} | 10 15 20 11 12 23",
            f"{COUNT} | 11 19 27 20 17 31",
        ),
        [SUM],
    ),
    "running totals of two": (
        (f"{TOTAL}, {SMALL} | 13 28 46", f"{TOTAL} | 6 13 21", f"{TOTAL} | 7 15 25"),
        [SUM],
    ),
    "a linked running total": ((f'{TOTAL}, linked: ["2"] | 6', f"{HIDING} | 6"), [RUNNING]),
    "a hidden step": ((f'{TOTAL}, linked: ["2"] | 6 9', f"{HIDING} | 6 3"), [RUNNING]),
    "a hidden step that would not be small": (
        (f'{TOTAL}, linked: ["2"] | 6 19', f"{HIDING} | 6 3"),
        [],
    ),
    "a step that says no": ((f'{TOTAL}, linked: ["2"] | 6 19', f"{HIDING} | 6 12"), []),
    "a numerator that says no": (
        (f'{HIDING}, linked: ["2"] | 3 8', f"{PERCENT} | 10:3/30 30:9/30"),
        [],
    ),
    "a percentage that hides": (
        (f'{COUNT}, linked: ["2"] | 3', f"{PERCENT}, {SMALL} | 10:3/30"),
        ['2 percentage_of: {count: "1"}'],
    ),
    "a rate that is declared": (
        (f"{HIDING} | 6 7 9", f'{RATE}, rate_of: {{count: "1"}} | 2:6/3000 3:7/2333 3:9/3000'),
        [],
    ),
}


@pytest.mark.parametrize(("entries", "found"), CASES.values(), ids=CASES)
def test_a_link_is_asked_about_where_all_figures_shown_agree(
    entries: tuple[str, ...], found: list[str]
) -> None:
    assert list_found(*entries) == found


@pytest.mark.parametrize("linked", ["", ', linked: ["2", "3"]'])
def test_the_warning_is_the_same_whichever_count_is_hidden(linked: str) -> None:
    """Else whoever reads it would know the count: only one makes the figures add up."""
    texts = {
        tuple(
            each.issue.message
            for each in check(
                f"{HIDING}{linked} | 13 15 11",
                f"{COUNT} | 6 7 8",
                f"{HIDING} | 7 8 {count}",
                f'{PERCENT}, linked: ["3"] | 14:7/50 16:8/50 6:3/50',
            )
        )
        for count in (1, 2, 3, 4)
    }
    assert len(texts) == 1
    assert len(*texts) == (2 if linked else 1)


def test_only_an_answer_by_its_code_answers_it() -> None:
    """A text about something else must not pass over figures that give a hidden one away."""
    parts = (f"{COUNT} | 6 7 8", f"{COUNT} | 7 8 10")
    answers = ("confirmed: Zeros are right", "confirmed: {undeclared_sum: By chance}")
    found = [check(f"{HIDING}, {answer} | 13 15 18", *parts) for answer in answers]
    assert [each.answer for (each,) in found] == ["", "By chance"]


@pytest.mark.parametrize("council", ["", "tests/whole/housing"], ids=["Merton", "housing"])
def test_no_council_is_asked_without_need(council: str) -> None:
    """Not even if all of its indicators hid small numbers."""
    path = ROOT / council
    inputs = require(read_inputs_to_check(path / "indicators.yaml", path / "data"))
    assert inputs.as_written
    catalogue = hide_all(inputs.as_written)
    for month in catalogue.months_reported[2::3]:
        series, _ = match_observations(catalogue, inputs.observations, month)
        found = check_data(catalogue, series, inputs.entry_places)
        assert not [each for each in found if each.code in UNDECLARED]


def hide_all(catalogue: Catalogue) -> Catalogue:
    sections = []
    for section in catalogue.sections:
        hiding = [
            each.model_copy(update={"suppress_small_numbers": True}) for each in section.indicators
        ]
        sections.append(section.model_copy(update={"indicators": tuple(hiding)}))
    return catalogue.model_copy(update={"sections": tuple(sections)})


SUM_COUNCIL = (
    f'number: "1", title: All schools, {HIDING}, linked: ["2", "3"]',
    f'number: "2", title: Primary, {HIDING}',
    f'number: "3", title: Secondary, {HIDING}',
)
SHARE_COUNCIL = (
    f'number: "1", title: Care leavers homeless, {HIDING}',
    f'number: "2", title: The same in per cent, {PERCENT}, linked: ["1"]',
)


SUGGESTED = {
    'sum_of: ["2", "3"]': ("1", SUM_COUNCIL, "1,11,,\n2,3,,\n3,8,,\n"),
    'percentage_of: {count: "1"}': ("2", SHARE_COUNCIL, "1,3,,\n2,10,3,30\n"),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    return tmp_path


@pytest.mark.parametrize("key", SUGGESTED)
def test_the_suggested_key_hides_a_second_figure_and_ends_the_warning(
    kpi: Kpi, folder: Path, key: str
) -> None:
    number, entries, rows = SUGGESTED[key]
    text = f"indicator,value,numerator,denominator\n{rows}"
    (folder / "data/2020-04.csv").write_text(text, "utf-8")
    hidden = []
    for added in ("", f", {key}"):
        own = f'number: "{number}"'
        lines = [f"- {{{each}{added if own in each else ''}}}\n" for each in entries]
        text = f"{HEAD}sections:\n  - title: Services\n    indicators:\n"
        (folder / "indicators.yaml").write_text(
            text + textwrap.indent("".join(lines), " " * 6), "utf-8"
        )
        build, checked = kpi("build", "--month", "2020-04"), kpi("check", "--data", "data")
        assert (build.code, checked.code) == (0, 0)
        for printed in (build.err, checked.err):
            assert (f"write '{key}'" in printed) is (not added)
        index = (folder / "output/performance-index-2020-04.csv").read_text("utf-8-sig")
        hidden.append(sum("[c]" in row for row in index.splitlines() if ",2020-04-30," in row))
    assert hidden == [1, 2]
