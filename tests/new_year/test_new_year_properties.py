"""For any sound catalogue, in any style of YAML, the next year's is what was planned."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD
from hypothesis import event, given, settings
from hypothesis import strategies as st

from merton_kpi.catalogue.relations.own_keys import RELATIONS
from merton_kpi.core.issues import Place, require
from merton_kpi.core.periods import FinancialYear
from merton_kpi.core.statuses import Status
from merton_kpi.core.units import Unit
from merton_kpi.core.vocabulary import Frequency
from merton_kpi.extracts.observations import Observation
from merton_kpi.loading.catalogue_file import read_catalogue
from merton_kpi.loading.inputs import Inputs
from merton_kpi.new_year.plan import format_plan, plan_year
from merton_kpi.new_year.rewrite import rewrite_catalogue
from merton_kpi.series.suppression import suppress_earlier_figures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import DrawFn

    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.new_year.plan import YearPlan

YEAR = FinancialYear(2020)
NUMBERS = ("1", "2", "3", "4a", "05")
CHANGING = {"first_due", "outturns", "earlier_months", "target", "linked", *RELATIONS}
TARGETS = {
    None: (
        "{at_least: 90}",
        "new",
        "not_a_target_measure  # agreed",
        "[{above: 5}, {from: 2020-10, above: 6.50}]",
        "\n    - below: 7\n    # sterner\n    - from: 2020-10\n      below: 6",
        "{between: [1, 2],\n      from: 2020-05}",
    ),
    "financial_year": (
        "{at_most: 50, profile: share_of_year}",
        "\n    at_least: 9\n    profile: milestones\n    milestones: {2020-06: 1, 2021-03: 9}",
        "not_a_target_measure",
    ),
    "academic_year": ("not_a_target_measure", "{at_least: 9, profile: full_year}"),
}
OUTTURNS = (
    "",
    "outturns: {}",
    "outturns: {2019/20: 3, 2018/19: {value: 2, note: 'it: # so'}, 2017/18: 1}",
    "outturns: {2017/18: 1,  # first\n      2018/19: 2}  # last",
    "outturns: {2017/18: 12}",
    "outturns:  # by year\n    # the latest\n    2019/20: {status: to_come}\n"
    "    2018/19: {value: 2,\n      note: two}\n    # old\n    2017/18: 1\n    # older still",
    "outturns:\n    2016/17: 1\n    2017/18: 2\n    2018/19: 3",
    "outturns: {2020/21: 9, 2019/20: 3}",
)


ENDS = ("removed: Gone.", "replaced_by: ", "removed: {from: 2021-06, reason: Gone.}")


@st.composite
def indicator_texts(draw: DrawFn, number: str) -> str:
    """An indicator as YAML, in one of many styles."""
    unit = draw(st.sampled_from(["percent", "number", "rate_per_10000"]))
    frequency = draw(st.sampled_from([each.value for each in Frequency]))
    accumulates = draw(st.sampled_from([None, None, "financial_year", "academic_year"]))
    lines = [f'number: "{number}"', "title: '# Any: \"title\"'", f"unit: {unit}"]
    lines += [f"decimals: {draw(st.sampled_from([0, 1]))}", f"frequency: {frequency}"]
    lines += ["due_months: [5, 3]"] * (frequency == "annual")
    first = draw(st.sampled_from(["2018-03", "2020-10", "2021-04", "2021-05"]))
    is_given = frequency == "every_second_year" or draw(st.booleans())
    lines += [f"first_due: {first}"] * is_given
    lines += [f"accumulates: {accumulates}"] * bool(accumulates)
    target = draw(st.sampled_from(TARGETS[accumulates]))
    lines.append(f"target:{'' if target.startswith(chr(10)) else ' '}{target}")
    if draw(st.booleans()):
        lines.append("suppress_small_numbers: true")
    lines.append(draw(st.sampled_from(OUTTURNS)))
    others = draw(st.lists(st.sampled_from(NUMBERS), max_size=3))
    quoted = [f'"{each}"' for each in others]
    in_lines = draw(st.booleans())
    if quoted and in_lines:
        lines.append("linked:\n" + "\n".join(f"  - {each}" for each in quoted))
    else:
        lines.append(f"linked: [{', '.join(quoted)}]" * bool(quoted))
    if unit == "rate_per_10000" and others:
        lines.append(f"rate_of: {{count: {quoted[0]}}}")
    if unit == "number" and accumulates and others and draw(st.booleans()):
        lines.append(f"running_total_of: {quoted[0]}")
    if unit == "number" and len(set(others)) > 1 and draw(st.booleans()):
        lines.append(f"sum_of: [{', '.join(dict.fromkeys(quoted))}]")
    if unit == "percent" and others and draw(st.booleans()):
        lines.append(f"percentage_of: {{count: {quoted[0]}}}")
    end = draw(st.sampled_from(["", "", *ENDS]))
    if end.startswith("rep"):
        end += f'"{draw(st.sampled_from(NUMBERS))}"'
    lines.append(end)
    lines.append(f"rationale: >-\n    kept {number}: # words\n    and more\n")
    text = "\n".join(f"  {line}" for line in lines if line)
    return draw(st.sampled_from(["", "# above\n", "\n# apart\n\n"])) + "-" + text[1:] + "\n"


@st.composite
def catalogue_texts(draw: DrawFn) -> str:
    """A catalogue of two sections as YAML, with or without meetings."""
    entries = [draw(indicator_texts(number)) for number in NUMBERS]
    place = draw(st.integers(1, 4))
    meetings = draw(
        st.sampled_from(["", "meetings:\n- date: 2021-01-13\n  data_to: 2020-11\n  # later\n"])
    )
    indent = draw(st.sampled_from(["    ", "      "]))
    text = HEAD + meetings + "sections:\n"
    for title, those in (("One", entries[:place]), ("Two", entries[place:])):
        text += f"  - title: {title}\n    indicators:\n"
        text += "".join(indent + line if line.strip() else line for line in _lines(those))
    return text


def _lines(entries: Sequence[str]) -> list[str]:
    return "".join(entries).splitlines(keepends=True)


@st.composite
def observations_of_the_year(draw: DrawFn) -> tuple[Observation, ...]:
    """Some figures and reasons of the year; those of dropped indicators are left out later."""
    cells = st.tuples(st.sampled_from(NUMBERS), st.sampled_from(YEAR.months))
    figures = st.one_of(
        st.sampled_from(list(Status)),
        st.decimals(0, 30, places=1),
        st.integers(0, 9).map(Decimal),
    )
    given = draw(st.dictionaries(cells, figures, min_size=1, max_size=30))
    observations = []
    for (number, month), figure in given.items():
        value: Decimal | None = Decimal(7)
        if not isinstance(figure, Status):
            value = figure
        elif not figure.qualifies_a_figure:
            value = None
        observations.append(
            Observation(
                indicator=number,
                month=month,
                known=month,
                place=Place(file="x.csv"),
                value=value,
                numerator=None if value is None else Decimal(7),
                status=figure if isinstance(figure, Status) else None,
            )
        )
    return tuple(observations)


def list_reported(
    catalogue: Catalogue, observations: Sequence[Observation]
) -> tuple[Observation, ...]:
    """The observations of months that their indicators are reported for."""
    indicators = {each.number: each for each in catalogue.indicators}
    return tuple(
        each
        for each in observations
        if each.indicator in indicators and not indicators[each.indicator].is_closed_in(each.month)
    )


def plan_and_rewrite(
    text: str, observations: Sequence[Observation], year: FinancialYear
) -> tuple[str, YearPlan]:
    """Next year's catalogue as text, and its plan, as the command makes them."""
    definitions, _ = read_catalogue(text, "old")
    assert definitions is not None
    known = list_reported(definitions, observations)
    inputs = Inputs(
        file="old",
        catalogue=suppress_earlier_figures(definitions),
        month=max(each.month for each in known),
        observations=known,
    )
    plan = require(plan_year(inputs, year))
    new_text, issues = rewrite_catalogue(text, plan, "new")
    assert new_text is not None and not issues, [str(issue) for issue in issues]
    return new_text, plan


def check_suppression(plan: YearPlan) -> None:
    """Next year's catalogue has no count from 1 to 4 that is to be suppressed."""
    for each in (change.new for change in plan.indicators):
        if each.suppress_small_numbers and each.unit is Unit.NUMBER:
            outturns = [outturn.value for outturn in each.outturns.values()]
            figures = [*outturns, *each.earlier_months.values()]
            assert not any(figure and figure < 5 for figure in figures)


def check_meaning(old: Catalogue, new: Catalogue, plan: YearPlan) -> None:
    """The new catalogue is as planned, and the plan changes only the fields in CHANGING."""
    before = {each.number: each for each in suppress_earlier_figures(old).indicators}
    for change, indicator in zip(plan.indicators, new.indicators, strict=True):
        earlier = before[indicator.number]
        assert indicator == change.new
        assert indicator.model_dump(exclude=CHANGING) == earlier.model_dump(exclude=CHANGING)
        new_outturns = {each.year: each.outturn for each in change.new_outturns}
        assert indicator.outturns.items() >= new_outturns.items()
        kept = indicator.outturns.keys() & earlier.outturns.keys() - new_outturns.keys()
        assert len(kept) >= len(earlier.outturns.keys() - new_outturns.keys()) - 1
        assert all(indicator.outturns[year] == earlier.outturns[year] for year in kept)


def check_lines(old: str, new: str, plan: YearPlan) -> None:
    """All lines that the plan does not change are there, in their order."""
    closed = {each.number for each in plan.dropped}
    lines = iter(new.splitlines())
    for entry in old.partition("sections:")[2].split("- number: ")[1:]:
        if entry[1 : entry.index('"', 1)] not in closed:
            for line in entry.splitlines():
                if line.strip().startswith(("title", "unit", "freq", "suppress", "kept", "and")):
                    assert line in lines


@pytest.mark.slow
@settings(deadline=None)  # each case reads several catalogues
@given(catalogue_texts(), observations_of_the_year())
def test_the_next_catalogue_is_this_one_as_planned(
    text: str, observations: tuple[Observation, ...]
) -> None:
    old, _ = read_catalogue(text, "old")
    is_open = old is not None and any(
        not each.is_closed and each.number in {one.indicator for one in observations}
        for each in old.indicators
    )
    event("planned" if is_open else "no figure to plan from")
    if not is_open or old is None:
        return
    new_text, plan = plan_and_rewrite(text, observations, FinancialYear(2021))
    new, _ = read_catalogue(new_text, "new")
    assert new is not None
    check_meaning(old, new, plan)
    check_suppression(plan)
    check_lines(text, new_text, plan)
    assert format_plan(plan)
    later = tuple(
        replace(each, month=each.month.add_months(12), known=each.known.add_months(12))
        for each in observations
    )
    end = FinancialYear(2022).months[0]
    goes_on = any(not each.is_closed_in(end) for each in new.indicators)
    if not goes_on or not list_reported(new, later):
        return
    newest_text, second = plan_and_rewrite(new_text, later, FinancialYear(2022))
    newest, _ = read_catalogue(newest_text, "newest")
    assert newest is not None
    check_meaning(new, newest, second)
    assert "# For 2021/22: " not in newest_text
