"""What next year's catalogue takes over from this year's: outturns, links, targets and meetings.

Also formats the plan as the table that `kpi new-year` prints. `rewrite` carries the plan out in the
catalogue's text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.catalogue.targets import Target
from merton_kpi.core.headings import list_earlier_years
from merton_kpi.core.issues import Issue, Place
from merton_kpi.core.periods import format_count
from merton_kpi.core.text import format_columns
from merton_kpi.core.vocabulary import Accumulation, Polarity, Profile
from merton_kpi.new_year.links import format_links, list_lost_relations, plan_links
from merton_kpi.new_year.outturns import (
    OPEN_STATUSES,
    Remark,
    list_monthly_figures,
    list_new_outturns,
)
from merton_kpi.scorecard.assess import match_inputs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from merton_kpi.catalogue.entries import Outturn
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import FinancialYear, Month
    from merton_kpi.core.ratings import RatingWords
    from merton_kpi.loading.inputs import Inputs
    from merton_kpi.new_year.outturns import NewOutturn
    from merton_kpi.series.records import Series

_LONGEST_TITLE = 24  # characters, so that most rows fit a terminal of 80
_HEADINGS = ("No.", "Indicator", "Outturn", "Of", "Remark")
_YEAR_ENDING = re.compile(r"-[0-9]{4}-[0-9]{2}$")


@dataclass(frozen=True, kw_only=True, slots=True)
class IndicatorPlan:
    """An indicator that continues: `old` in this year's catalogue, `new` in the next.

    `review_comments` are what an officer must review before the new year.
    """

    old: Indicator
    new: Indicator
    new_outturns: tuple[NewOutturn, ...]
    review_comments: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class YearPlan:
    """All changes from the catalogue of the closing year to the next year's.

    `as_at` is the last month with figures, `indicators` those that continue and `dropped` those
    that do not. `kept_meetings` are the places, from 0, of the meetings that are kept. `words`
    are the council's for the ratings.
    """

    closing: FinancialYear
    as_at: Month
    indicators: tuple[IndicatorPlan, ...]
    dropped: tuple[Indicator, ...]
    kept_meetings: tuple[int, ...]
    words: RatingWords

    @property
    def year(self) -> FinancialYear:
        """The year of the new catalogue."""
        return self.closing.add_years(1)


def plan_year(inputs: Inputs, year: FinancialYear) -> tuple[YearPlan | None, tuple[Issue, ...]]:
    """Plan next year's catalogue from this year's, and from the figures up to the last month.

    Args:
        inputs: this year's catalogue and figures.
        year: the year to plan for, which must follow the catalogue's.

    Returns:
        The plan, or None with the issues where the year does not follow the catalogue's, there is
        no figure, or an observation has no match.
    """
    catalogue = inputs.catalogue
    closing = catalogue.financial_year
    if year.add_years(-1) != closing:
        message = f"this catalogue is of {closing}, so the next year is {closing.add_years(1)}"
        message += f", not {year}; give that year, or name another --catalogue"
        return None, (_compose_issue(inputs, "not_the_next_year", message),)
    if not inputs.observations:
        message = f"there are no figures of {closing} to take outturns from"
        message += "; name the folder of its extracts with --data"
        return None, (_compose_issue(inputs, "no_extract", message),)
    series, issues = match_inputs(inputs, inputs.month)
    if series is None:
        return None, issues
    indicators = {each.number: each for each in catalogue.indicators}
    plan = YearPlan(
        closing=closing,
        as_at=inputs.month,
        words=catalogue.words,
        indicators=tuple(
            _plan_indicator(each, indicators, series[number], closing)
            for number, each in indicators.items()
            if not each.is_closed_in(year.months[0])
        ),
        dropped=tuple(each for each in catalogue.indicators if each.is_closed_in(year.months[0])),
        kept_meetings=tuple(
            place for place, each in enumerate(catalogue.meetings) if each.data_to in year.months
        ),
    )
    return plan, issues


def _compose_issue(inputs: Inputs, code: str, message: str) -> Issue:
    return Issue(code=code, place=Place(file=inputs.file), message=message)


def catalogue_file_name(stem: str, year: FinancialYear) -> str:
    """The name of a year's catalogue, like `indicators-2021-22.yaml`.

    `stem` is the name of another year's, with or without the year at its end.
    """
    return f"{_YEAR_ENDING.sub('', stem)}-{str(year).replace('/', '-')}.yaml"


def _plan_indicator(
    indicator: Indicator,
    indicators: Mapping[str, Indicator],
    series: Series,
    closing: FinancialYear,
) -> IndicatorPlan:
    new_outturns = tuple(list_new_outturns(indicator, series, closing))
    target = _plan_target(indicator)
    outturns = _list_outturns(indicator, new_outturns, closing)
    earlier_months = list_monthly_figures(indicator, series)
    changes = {
        "outturns": outturns,
        "earlier_months": earlier_months,
        "first_due": _plan_first_due(indicator, closing.add_years(1)),
        "target": target,
        "polarity": _plan_polarity(indicator, target),
        **plan_links(indicator, indicators, closing),
    }
    new = indicator.model_copy(update=changes)
    confirmations = (
        f"confirm {each.year}'s outturn, {each.reason_to_confirm}"
        for each in new_outturns
        if each.reason_to_confirm
    )
    return IndicatorPlan(
        old=indicator,
        new=new,
        new_outturns=new_outturns,
        review_comments=(
            *_list_reviews(indicator, closing),
            *list_lost_relations(indicator, new),
            *confirmations,
        ),
    )


def _list_outturns(
    indicator: Indicator, new_outturns: tuple[NewOutturn, ...], closing: FinancialYear
) -> dict[FinancialYear, Outturn]:
    """List the outturns by year, with the new ones.

    The oldest is left out where the index does not print it and no target is compared with it.
    """
    past = [each for each in indicator.targets if each.no_worse_than and not each.area]
    compared = max((each.years or 1 for each in past), default=0)
    if compared and indicator.accumulates is Accumulation.ACADEMIC_YEAR:
        compared += 1  # until August the year in progress is still last academic year
    year, outturns = closing.add_years(1), dict(indicator.outturns)
    oldest = min(outturns, default=closing)
    if oldest < min(*list_earlier_years(year), year.add_years(-compared)):
        del outturns[oldest]
    return outturns | {each.year: each.outturn for each in new_outturns}


def _plan_target(indicator: Indicator) -> Target | tuple[Target, ...] | str:
    """The target that the year ended with, its milestones a year later."""
    if not any(each.start or each.milestones for each in indicator.targets):
        return indicator.target
    last = indicator.targets[-1]
    if last.withdrawn:
        return "not_a_target_measure"
    milestones = {month.add_months(12): figure for month, figure in last.milestones.items()}
    return last.model_copy(update={"start": None, "milestones": milestones})


def _plan_first_due(indicator: Indicator, year: FinancialYear) -> Month | None:
    """The first month with a figure, unless it is past and no later month is counted from it."""
    first = indicator.first_due
    is_counted_from = indicator.frequency is not None and indicator.frequency.interval
    return first if first and (is_counted_from or first > year.months[0]) else None


def _plan_polarity(
    indicator: Indicator, target: Target | tuple[Target, ...] | str
) -> Polarity | None:
    """Which way is better, where the new target does not say so and needs it said."""
    if target == indicator.target:
        return indicator.polarity
    says_so = isinstance(target, Target) and (target.polarity or target.between)
    return None if says_so else indicator.better


def _needs_target_review(indicator: Indicator) -> bool:
    """Whether the indicator has a target, or will get one."""
    return indicator.target not in ("not_a_target_measure", "judged")


def _list_reviews(indicator: Indicator, closing: FinancialYear) -> Iterator[str]:
    """List what to review apart from outturns: the target, and a rating that is withheld."""
    if _needs_target_review(indicator):
        words = "review the target"
        last = indicator.targets[-1] if indicator.targets else None
        if last is None:
            words += f", which was new in {closing}"
        elif last.start and last.withdrawn:
            words += f", which was withdrawn from {last.start.name}"
        elif last.start:
            words += f", which has applied since {last.start.name}"
        if last and last.profile is Profile.MILESTONES:
            words += ", whose milestones were moved a year later"
        yield words
    if indicator.rating_withheld:
        yield "review whether the rating is still withheld"


def format_plan(plan: YearPlan) -> str:
    """Format the plan as `kpi new-year` prints it: a table of outturns, then the other changes."""
    new_outturns = [(each, new) for each in plan.indicators for new in each.new_outturns]
    rows = [_format_row(plan, each.old, new) for each, new in new_outturns]
    remarks = {new.remark for _, new in new_outturns}
    meanings = [
        f"{each.word}: {each.meaning}" for each in Remark if each in remarks and each.meaning
    ]
    return "\n".join(
        [
            f"Outturns of {plan.closing}, from the extracts up to {plan.as_at.name}",
            "",
            *format_columns([_HEADINGS, *rows]),
            "",
            *([*meanings, ""] if meanings else []),
            *_format_other_changes(plan),
        ]
    )


def _format_row(plan: YearPlan, indicator: Indicator, new: NewOutturn) -> tuple[str, ...]:
    """The cells of an outturn's row, one for each heading."""
    status = new.outturn.status
    figure = status.printed if status else ""
    if new.outturn.printed_rating:
        figure = plan.words.format_word(new.outturn.printed_rating)
    if new.outturn.value is not None:
        figure = (new.outturn.unit or indicator.unit).format_figure(new.outturn.value)
    title = indicator.title
    if len(title) > _LONGEST_TITLE:
        title = f"{title[: _LONGEST_TITLE - 1].rstrip()}…"
    remark = new.remark.word if new.remark else ""
    if new.year != plan.closing:
        remark = f"{new.year}: {remark}"
    return indicator.number, title, figure, new.period, remark


def _format_other_changes(plan: YearPlan) -> Iterator[str]:
    for each in plan.dropped:
        end = f"replaced by {each.replaced_by.indicator}" if each.replaced_by else "removed"
        yield f"Dropped: {each.number}, {end}"
    for change in plan.indicators:
        yield from format_links(change.old, change.new)
    for words, numbers in _list_open_questions(plan).items():
        if numbers:
            yield f"{words}: {', '.join(numbers)}"
    count = len(plan.kept_meetings)
    kept = format_count(count, "meeting") if count else "none"
    yield f"Meetings kept: {kept}; add those of {plan.year}"


def _list_open_questions(plan: YearPlan) -> dict[str, list[str]]:
    """What is to be reviewed or still expected, each with the numbers of its indicators."""
    indicators = [each.new for each in plan.indicators]
    questions = {
        "Marked for review, target": [
            each.number for each in indicators if _needs_target_review(each)
        ],
        "Marked for review, rating withheld": [
            each.number for each in indicators if each.rating_withheld
        ],
    }
    for year in (plan.closing.add_years(-2), plan.closing.add_years(-1)):
        questions[f"Still without a figure of {year}"] = [
            each.number
            for each in indicators
            if year in each.outturns and each.outturns[year].status in OPEN_STATUSES
        ]
    return questions
