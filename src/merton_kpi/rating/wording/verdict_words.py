"""Why a verdict is what it is, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.core.periods import Month, format_count, format_period, join_labels, join_months
from merton_kpi.core.ratings import Rating, RatingWords
from merton_kpi.core.rounding import round_half_up, strip_zeros
from merton_kpi.core.text import format_sentence
from merton_kpi.core.vocabulary import Polarity
from merton_kpi.rating.rounding import format_limit
from merton_kpi.rating.wording.figure_words import explain_gaps

if TYPE_CHECKING:
    from decimal import Decimal

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.extracts.observations import Judgement
    from merton_kpi.rating.band_limits import Bound, EarlierFigure
    from merton_kpi.rating.limits import Limits
    from merton_kpi.series.records import Series


def explain_closing(indicator: Indicator) -> str:
    """Why an indicator is no longer reported, and since when, if it was before."""
    removed, closing = indicator.removed, indicator.closing
    assert closing is not None
    ending = f"{closing.ending[0].upper()}{closing.ending[1:]}."
    if removed is None:
        return ending
    reason = format_sentence(removed.reason)
    return f"{ending} {reason}" if removed.start else reason


def format_judgement(judgement: Judgement, words: RatingWords) -> str:
    """An officer's rating with the reason: `Judged Amber by the Head of Housing: …`."""
    reason = format_sentence(judgement.reason)
    return f"Judged {words.format_word(judgement.rating)} by the {judgement.by}: {reason}"


def explain_no_figure(indicator: Indicator, series: Series) -> str:
    """Why there is nothing to rate: not due yet, not received, or the reasons that were given."""
    if not series.due:
        return explain_not_due(indicator, series.next_due)
    if gaps := explain_gaps(indicator, series):
        return gaps.strip()
    if series.missing:
        verb = "is due and has not come"
        if len(series.missing) > 1:
            verb = "are due and have not come"
        noun = indicator.due_noun + ("" if len(series.missing) == 1 else "s")
        return f"The {noun} for {join_months(series.missing)} {verb}."
    months: dict[str, list[Month]] = {}
    for month in series.due:
        if status := series.figures[month].status:
            months.setdefault(status.printed, []).append(month)
    words = "; ".join(f"{status} in {join_months(those)}" for status, those in months.items())
    return f"There is no {indicator.due_noun} this year: {words}."


def explain_not_due(indicator: Indicator, month: Month | None) -> str:
    """Why no figure is due yet; `month` is the one that the next is for, None where none is."""
    if month is None:
        ending = f" before it is {indicator.closing.ending}" if indicator.closing else ""
        return f"No {indicator.due_noun} is due{ending}."
    period = format_period(month, indicator.frequency)
    named = month.name if period == month.label else f"{period} ({month.label})"
    arrival = (
        f", to come in {month.add_months(indicator.arrears).name}" if indicator.arrears else ""
    )
    return f"No {indicator.due_noun} is due yet: the next one is for {named}{arrival}."


def explain_too_old(indicator: Indicator, period: str, since: list[Month]) -> str:
    """Why the latest figure is not rated any more."""
    missed = join_labels(format_period(month, indicator.frequency) for month in since)
    periods = format_count(indicator.carry_forward, indicator.noun)
    rule = f"a rating is carried forward {periods} at most"
    if not indicator.carry_forward:
        rule = "this indicator's rating is not carried forward"
    if indicator.is_added_up:  # the periods since may have figures, and only no total
        return f"The latest total is that of {period}: {rule}."
    return f"The latest {indicator.due_noun} is for {period}, with none for {missed}: {rule}."


def explain_carried(indicator: Indicator, period: str, since: list[Month]) -> str:
    """That a rating is of an earlier period, and why: a sentence after a space, or nothing."""
    if not since:
        return ""
    missed = join_labels(format_period(month, indicator.frequency) for month in since)
    verb = "has" if len(since) == 1 else "have"
    noun = "judgement" if indicator.needs_judgement else "figure to rate"
    return f" {missed} {verb} no {noun}, so the rating of {period} is carried forward."


def explain_no_limits(indicator: Indicator, period: str, since: list[Month], limits: Limits) -> str:
    """Why the latest figure has nothing to be compared with, though a later one may."""
    if not since:
        return limits.reason_none
    missed = join_labels(format_period(month, indicator.frequency) for month in since)
    latest = f"The latest figure is for {period}, with none for {missed}"
    return f"{latest}, and cannot be rated. {limits.reason_none}"


def explain_comparison(indicator: Indicator, figure: Decimal, bound: Bound, limits: Limits) -> str:
    """How a figure compares with its target: `is 1 percentage point below the target of …`."""
    margin = bound.work_out_margin(figure, bound.target)
    if margin < 0:
        where = "below" if bound.polarity is Polarity.HIGHER_IS_BETTER else "above"
        distance = strip_zeros(round_half_up(-margin, limits.decimals))
        return f"is {indicator.unit.format_difference(distance)} {where} {limits.name}"
    if margin == 0 and bound.is_strict:
        return f"only equals {limits.name}"
    return f"{'meets' if len(limits.bounds) == 1 else 'is within'} {limits.name}"


def explain_band(
    indicator: Indicator, figure: Decimal, bound: Bound, rating: Rating, limits: Limits
) -> str:
    """The limit that explains a rating which the target alone does not."""
    margin = bound.work_out_margin(figure, bound.target)
    is_missed = margin < 0 or (margin == 0 and bound.is_strict)
    word, decimals = limits.scale.words.format_within(rating), limits.decimals
    match rating:
        case Rating.BLUE if bound.blue is not None:
            return f"; {word} begins at {format_limit(indicator, bound.blue, decimals)}"
        case Rating.GREEN if is_missed:
            end = "ends before" if bound.is_strict else "reaches to"
            return f"; {word} {end} {format_limit(indicator, bound.green, decimals)}"
        case Rating.AMBER | Rating.RED:
            return explain_amber(indicator, bound, rating, limits)
    return ""


def _explain_no_earlier(earlier: EarlierFigure) -> str:
    """Why an amber figure cannot be better than an earlier one."""
    if earlier.is_broken_off:
        return f"a break in the series lies between it and {earlier.month.label}"
    total = "total up to" if earlier.is_total else "figure of"
    return f"the {total} {earlier.month.label} is not known"


def explain_amber(indicator: Indicator, bound: Bound, rating: Rating, limits: Limits) -> str:
    """The limit of amber, which a figure that misses its target reaches or does not."""
    word = limits.scale.words.format_within(Rating.AMBER)
    if bound.earlier and bound.earlier.figure is None:
        return f"; there is no {word}, since {_explain_no_earlier(bound.earlier)}"
    if bound.earlier and bound.earlier.figure is not None:
        side = "better" if rating is Rating.AMBER else "no better"
        shown = indicator.unit.format_figure(bound.earlier.figure)
        return f"; that is {side} than the {shown} of {bound.earlier.month.label}"
    if bound.amber is None:
        return f"; there is no {word}"
    reaches = "reaches to" if rating is Rating.AMBER else "reaches only to"
    return f"; {word} {reaches} {format_limit(indicator, bound.amber, limits.decimals)}"
