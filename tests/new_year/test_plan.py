"""What next year's catalogue keeps, changes and drops."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD
from helpers.messages import list_codes
from helpers.new_year import ANNUAL, MONTHLY, SIX_INDICATORS, TOTAL, only_indicator

from merton_kpi.core.issues import require
from merton_kpi.core.periods import FinancialYear
from merton_kpi.loading.catalogue_file import read_catalogue_file
from merton_kpi.loading.inputs import read_whole_year
from merton_kpi.new_year.plan import plan_year

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers.councils import Outcome
    from helpers.new_year import WriteNextYear

    Kpi = Callable[..., Outcome]
    Messages = Callable[..., None]


def test_outturns_that_a_target_is_compared_with_are_kept(
    write_next_year: WriteNextYear,
) -> None:
    indicators = ANNUAL.replace(
        "target: {at_least: 90}",
        "target: {no_worse_than: best, years: 4}\n  polarity: higher_is_better",
    )
    indicators += "  outturns: {2019/20: 4, 2018/19: 3, 2017/18: 2, 2016/17: 1}\n"
    text, _ = write_next_year(indicators, {"2021-03": "1,48,"})
    assert "  outturns: {2020/21: 48, 2019/20: 4, 2018/19: 3, 2017/18: 2}\n" in text


@pytest.mark.parametrize(
    ("target", "comment", "new"),
    [
        ("{at_least: 90}", ".", "{at_least: 90}"),
        ("not_a_target_measure", None, "not_a_target_measure"),
        ("new", ", which was new in 2020/21.", "new"),
        (
            "\n  - {at_least: 80}\n  - from: 2020-10\n    at_least: 90.50  # agreed",
            ", which has applied since October 2020.",
            "{at_least: 90.50}  # agreed",
        ),
        (
            "[{between: [1, 2]}, {from: 2020-10, between: [1, 3.5]}]",
            ", which has applied since October 2020.",
            "{between: [1, 3.5]}",
        ),
        (
            "{from: 2020-10, above: 5}",
            ", which has applied since October 2020.",
            "{above: 5}",
        ),
        (
            "[{at_least: 80}, {from: 2020-10, withdrawn: Under review}]",
            ", which was withdrawn from October 2020.",
            "not_a_target_measure\n        polarity: higher_is_better",
        ),
        (
            "[{at_least: 8}, {from: 2020-10, at_least: 9, bands: {amber: {from: 8.5}}}]",
            ", which has applied since October 2020.",
            "{at_least: 9, bands: {amber: {from: 8.5}}}",
        ),
        (
            "{at_least: {2020-04: 80, 2020-07: 85}}",
            ", which has applied since July 2020.",
            "{at_least: 85}",
        ),
        (
            "[{at_least: 80}, {from: 2020-10, no_worse_than: last_year}]",
            ", which has applied since October 2020.",
            "{no_worse_than: last_year}\n        polarity: higher_is_better",
        ),
        (
            "[{no_worse_than: last_year}, {from: 2020-10, between: [1, 2]}]\n"
            "  polarity: higher_is_better",
            ", which has applied since October 2020.",
            "{between: [1, 2]}",
        ),
    ],
    ids=[
        "one",
        "none",
        "new",
        "two in lines",
        "two in brackets",
        "from a month on",
        "withdrawn",
        "with its bands",
        "in steps",
        "its polarity written out",
        "its polarity left out",
    ],
)
def test_the_last_target_is_kept_and_marked_for_review(
    write_next_year: WriteNextYear, target: str, comment: str | None, new: str
) -> None:
    indicators = MONTHLY.replace(" {at_least: 90}", f" {target}".replace(" \n", "\n"))
    text, catalogue = write_next_year(indicators, {"2020-04": "1,93,"})
    assert f"        target: {new}\n" in text
    comments = [line.strip() for line in text.splitlines() if "review" in line]
    assert comments == ([] if comment is None else [f"# For 2021/22: review the target{comment}"])
    assert "from: 2020" not in text
    assert only_indicator(catalogue).targets or new.startswith(("new", "not_a_target_measure"))


@pytest.mark.parametrize(
    ("key", "is_kept"),
    [
        ("first_due: 2020-10", False),
        ("first_due: 2021-04", False),  # as without it
        ("first_due: 2021-05", True),
        ("first_due: 2019-03  # and 2021, 2023", True),
    ],
)
def test_a_first_month_is_kept_while_it_says_something(
    write_next_year: WriteNextYear, key: str, *, is_kept: bool
) -> None:
    """That figures are still to begin, or in which of two years they are due."""
    frequency = "every_second_year" if "2023" in key else "monthly"
    entry = MONTHLY.replace("monthly", f"{frequency}\n  {key}")
    text, _ = write_next_year(entry, {"2021-03": "1,5,"})
    assert (key in text) == is_kept
    assert ("first_due" in text) == is_kept


def test_milestones_move_by_a_year(write_next_year: WriteNextYear) -> None:
    indicators = TOTAL.replace(
        "target: not_a_target_measure",
        "target:\n    at_least: 400\n    profile: milestones\n"
        "    milestones: {2020-09: 120, 2021-03: 400}",
    )
    text, _ = write_next_year(indicators, {"2020-04": "1,12,"})
    assert "# For 2021/22: review the target, whose milestones were moved a year later.\n" in text
    assert (
        "        target: {at_least: 400, profile: milestones, "
        "milestones: {2021-09: 120, 2022-03: 400}}\n"
    ) in text


def test_links_to_a_dropped_indicator_lead_to_its_replacement_if_it_has_one(
    write_next_year: WriteNextYear, kpi: Kpi
) -> None:
    text, catalogue = write_next_year(SIX_INDICATORS, {"2020-04": "1,93,"})
    assert [each.number for each in catalogue.indicators] == ["1", "3", "4"]
    assert [each.linked for each in catalogue.indicators] == [("4", "3"), (), ()]
    assert '        linked: ["4", "3"]\n' in text
    assert '        rate_of: {count: "4", population: 1000}\n' in text
    assert "gone" not in text
    assert "      # why four is watched\n" in text
    assert text.endswith("        outturns: {2020/21: {status: to_come}}\n")
    printed = kpi("new-year", "2021/22").out
    assert "Dropped: 2, replaced by 4\nDropped: 5, removed\n" in printed
    assert "Links of 1: 4, 3 (was 2, 3, 5)\nLinks of 3: none (was 5)\n" in printed
    assert "3 is the rate of 4 (was 2)\nLinks of 4: none (was 2)\n" in printed


def test_an_indicator_that_ends_goes_in_the_year_that_it_is_never_reported_in(
    write_next_year: WriteNextYear, kpi: Kpi
) -> None:
    """One that ends after the new year's first month goes on until then."""
    entries = "".join(
        MONTHLY.replace('"1"', f'"{number}"') + f'  linked: ["9"]\n  {end}\n'
        for number, end in {
            1: "removed: {from: 2020-06, reason: Not collected.}",
            2: 'replaced_by: {from: 2021-04, indicator: "9"}',
            3: 'replaced_by: {from: 2021-05, indicator: "9"}',
        }.items()
    )
    last = MONTHLY.replace('"1"', '"9"') + '  linked: ["1", "2", "3"]\n'
    text, catalogue = write_next_year(entries + last, {"2020-04": "1,93,"})
    assert [each.number for each in catalogue.indicators] == ["3", "9"]
    assert catalogue.indicators[1].linked == ("3",)
    assert '        replaced_by: {from: 2021-05, indicator: "9"}\n' in text
    assert "Dropped: 1, removed\nDropped: 2, replaced by 9\n" in kpi("new-year", "2021/22").out


@pytest.mark.parametrize(
    ("meetings", "new"),
    [
        (
            "meetings:\n  # soon\n  - {date: 2021-01-13, data_to: 2020-11}\n  # later\n"
            "  - date: 2021-07-01\n    data_to: 2021-05\n    # no time yet\n",
            "meetings:\n  # later\n  - date: 2021-07-01\n    data_to: 2021-05\n    # no time yet\n",
        ),
        (
            "meetings: [{date: 2021-01-13, data_to: 2020-11}, "
            "{date: 2021-07-01, data_to: 2021-05}]\n",
            "meetings: [{date: 2021-07-01, data_to: 2021-05}]\n",
        ),
        (
            "meetings:\n- date: 2021-01-13\n  data_to: 2020-11\n  # no time yet\n",
            "",
        ),
        ("meetings: []\n", ""),
    ],
    ids=["one of two, in lines", "one of two, in brackets", "none of one", "none given"],
)
def test_meetings_are_kept_if_their_papers_cover_the_new_year(
    write_next_year: WriteNextYear, meetings: str, new: str
) -> None:
    text, _ = write_next_year(MONTHLY, {"2020-04": "1,93,"}, HEAD + meetings + "footnotes: {}\n")
    head = HEAD.replace("financial_year: 2020/21", "financial_year: 2021/22")
    if not new:
        comment = "# For 2021/22: add the panel's meetings, each with its date and data_to.\n"
        head = head.replace("financial_year", f"{comment}financial_year")
    assert text.startswith(f"{head}{new}footnotes: {{}}\n")


def test_only_the_next_year_can_be_planned(council: Path, kpi: Kpi, messages: Messages) -> None:
    done = kpi("new-year", "2022/23")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("indicators.yaml: error: ")
    assert "2021/22, not 2022/23" in done.err
    messages(done.err)


def test_a_year_without_figures_cannot_be_closed(
    council: Path, kpi: Kpi, messages: Messages
) -> None:
    (council / "data" / "2020-04.csv").unlink()
    done = kpi("new-year", "2021/22")
    assert done.code == 1
    assert done.err.startswith("indicators.yaml: error: ")
    messages(done.err)


def test_a_year_that_cannot_be_planned_is_an_issue(council: Path) -> None:
    file = read_catalogue_file(Path("indicators.yaml"))
    inputs = require(read_whole_year(file, Path("data")))
    plan, issues = plan_year(inputs, FinancialYear(2022))
    assert (plan, list_codes(issues)) == (None, ["not_the_next_year"])
    plan, issues = plan_year(replace(inputs, observations=()), FinancialYear(2021))
    assert (plan, list_codes(issues)) == (None, ["no_extract"])
    misfits = tuple(replace(each, indicator="9") for each in inputs.observations)
    plan, issues = plan_year(replace(inputs, observations=misfits), FinancialYear(2021))
    assert (plan, list_codes(issues)) == (None, ["unknown_indicator 2"])
