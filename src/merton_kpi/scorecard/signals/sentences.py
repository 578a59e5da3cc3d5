"""Whether an indicator's last figure shows a real change, in the words that every paper prints.

Only these words call a figure improving or worsening.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from merton_kpi.core.periods import format_count, format_period, join_labels
from merton_kpi.rating.limits import count_periods
from merton_kpi.rating.wording.context_words import format_sentences
from merton_kpi.signals.reasons import FEWEST_FIGURES, FEWEST_VALUES
from merton_kpi.signals.records import Flag, convert_to_decimal
from merton_kpi.signals.rules import WINDOW
from merton_kpi.signals.words import Assurance, NoSignalReason, SignalFinding, SignalRule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.signals.records import ChartPoint, Signal, SignalLimits

_MORE_DECIMALS = 2  # of a mean, than the figures have, at most
_TOO_SHORT = "too short to tell"

PHRASES = {
    SignalFinding.IMPROVEMENT: "improving",
    SignalFinding.CONCERN: "worsening",
    SignalFinding.HIGH: "higher than usual",
    SignalFinding.LOW: "lower than usual",
    SignalFinding.COMMON_CAUSE: "no real change",
    SignalFinding.NOT_JUDGED: "not judged",
}
# Where neither way is better, a trend need not have led beyond what is usual.
_TREND_PHRASES = {SignalFinding.HIGH: "rising", SignalFinding.LOW: "falling"}
_LEADS = {
    SignalFinding.IMPROVEMENT: "A real change for the better",
    SignalFinding.CONCERN: "A real change for the worse",
    SignalFinding.HIGH: "A real change upwards",
    SignalFinding.LOW: "A real change downwards",
}
REASONS = {
    NoSignalReason.HIDDEN: "one or more of its figures are hidden",
    NoSignalReason.STOCK: "a number of open cases moves slowly, so each figure follows the last",
    NoSignalReason.TO_DATE: "each figure covers the year so far, so it repeats those before it",
    NoSignalReason.CONSTANT: "its figures hardly vary",
    NoSignalReason.FEW_VALUES: f"it has fewer than {FEWEST_VALUES} different figures",
    NoSignalReason.AUTOCORRELATED: "each figure follows the last so closely that the rules mislead",
    NoSignalReason.OUTDATED: "its last figure is older than may be carried forward",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Evidence:
    """What a sentence of a finding rests on: the last figures, up to `last`, that `flag` flags."""

    indicator: Indicator
    as_at: Month
    last: ChartPoint
    limits: SignalLimits
    run: Sequence[ChartPoint]

    @property
    def since(self) -> str:
        """The month that the run began with: `May 2020`."""
        return self.run[0].month.label

    @property
    def length(self) -> str:
        """How long the run is: `7 months`, or `7 figures` where a period between has none."""
        return format_count(len(self.run), self.noun if self.is_whole else "figure")

    @property
    def noun(self) -> str:
        """What a period is called: `month`."""
        return self.indicator.noun

    @property
    def is_step(self) -> bool:
        """Whether the figures are what each period added to a running total of several."""
        indicator, month = self.indicator, self.last.month
        return indicator.year_covered is not None and count_periods(indicator, month)[1] > 1

    @property
    def is_whole(self) -> bool:
        """Whether each period of the run has a figure."""
        months = [each.month for each in self.run]
        before = (self.indicator.period_before(each) for each in months[1:])
        return all(one == other for one, other in zip(months, before, strict=False))


def format_change(indicator: Indicator, signal: Signal, as_at: Month) -> str:
    """The finding in a phrase, like `no real change`; empty where no figures are expected."""
    if not _has_figures(indicator, signal, as_at):
        return ""
    if signal.reason is NoSignalReason.TOO_SHORT:
        return _TOO_SHORT
    if signal.flag and signal.flag.rule is SignalRule.TREND:
        return _TREND_PHRASES.get(signal.finding, PHRASES[signal.finding])
    return PHRASES[signal.finding]


def explain_change(indicator: Indicator, signal: Signal, as_at: Month) -> tuple[str, ...]:
    """The finding in at most three sentences; none where no figures are expected.

    They say what changed since when, the usual range, and whether the target is within reach; of an
    indicator that is not judged, why.
    """
    if not _has_figures(indicator, signal, as_at):
        return ()
    if signal.reason:
        lead = format_change(indicator, signal, as_at)
        return format_sentences(f"{lead}: {_explain_reason(signal, signal.reason)}")
    last, limits = signal.last, signal.limits
    assert last is not None
    assert limits is not None
    run = _select_run(signal.stretches[-1].points, signal.flag)
    evidence = _Evidence(indicator=indicator, as_at=as_at, last=last, limits=limits, run=run)
    assurance = _explain_assurance(signal.finding, last.assurance, indicator.noun)
    return (*_explain_finding(evidence, signal), *_explain_longer_run(evidence, signal), *assurance)


def _has_figures(indicator: Indicator, signal: Signal, as_at: Month) -> bool:
    """Whether it has figures or they are expected: it has not ended, and is not only judged."""
    is_judged_only = indicator.needs_judgement and not any(each.points for each in signal.stretches)
    return not is_judged_only and not indicator.is_ended_by(as_at)


def _explain_reason(signal: Signal, reason: NoSignalReason) -> str:
    """Why an indicator is not judged, without a full stop."""
    if reason is not NoSignalReason.TOO_SHORT:
        return REASONS[reason]
    stretch = signal.stretches[-1]
    count = format_count(len(stretch.points), "figure") if stretch.points else "no figures"
    since = f" since the break in {stretch.start.label}" if stretch.start else ""
    return f"{count}{since}; {FEWEST_FIGURES} are needed"


def _select_run(points: Sequence[ChartPoint], flag: Flag | None) -> Sequence[ChartPoint]:
    """The last figures in a row, up to the very last, that a rule flags; none without a flag.

    Of a trend, those that each rise or each fall: a second trend may follow at once on a first.
    """
    if flag is None:
        return ()
    start = len(points) - 1
    while start and flag in points[start - 1].flags:
        if flag.rule is SignalRule.TREND and not _is_step_along(points, start, flag):
            break
        start -= 1
    return points[start:]


def _is_step_along(points: Sequence[ChartPoint], place: int, flag: Flag) -> bool:
    """Whether a figure is higher than the one before where the trend rises, or else lower."""
    step = points[place].value - points[place - 1].value
    return step > 0 if flag.is_high else step < 0


def _explain_finding(evidence: _Evidence, signal: Signal) -> Iterator[str]:
    """What is found, and the usual range, in a sentence or two."""
    usual = f"the usual range, {_format_range(evidence)}"
    figure = _format_last(evidence)
    if signal.flag is None:
        yield f"No real change: {figure} is within {usual}."
        return
    lead, is_high = _LEADS[signal.finding], signal.flag.is_high
    match signal.flag.rule:
        case SignalRule.OUTSIDE:
            side = "above" if is_high else "below"
            yield f"{lead}: {figure} is {side} {usual}{_format_repeat(evidence, side)}."
        case SignalRule.TREND:
            verb = "risen" if is_high else "fallen"
            often = f"every {evidence.noun}" if evidence.is_whole else "with every figure"
            run = f"{len(evidence.run)} figures in a row"
            yield f"{lead}: it has {verb} {often} since {evidence.since}, {run}."
            yield _explain_range(evidence)
        case SignalRule.TWO_OF_THREE:
            end, side = ("upper", "above") if is_high else ("lower", "below")
            near = _select_near(signal)
            which = join_labels(each.month.label for each in near)
            those = "the last" if len(near) == WINDOW else f"{len(near)} of the last"
            yield (
                f"{lead}: {those} {WINDOW} figures, those of {which}, are close to the {end} end "
                f"of {usual}, or {side} it."
            )
        case SignalRule.SHIFT:
            side = "above" if is_high else "below"
            average = _format_average(evidence, is_high=is_high)
            yield f"{lead}: {evidence.length} in a row, since {evidence.since}, {side} {average}."
            yield _explain_range(evidence)
        case _:
            assert_never(signal.flag.rule)


def _explain_longer_run(evidence: _Evidence, signal: Signal) -> Iterator[str]:
    """Since when the figures are on one side of the average, where another rule is named.

    A change may have begun long before a figure was beyond the usual range.
    """
    if signal.flag is None or signal.flag.rule not in (SignalRule.OUTSIDE, SignalRule.TWO_OF_THREE):
        return
    shift = Flag(SignalRule.SHIFT, is_high=signal.flag.is_high)
    if shift not in evidence.last.flags:
        return
    run = _select_run(signal.stretches[-1].points, shift)
    longer = replace(evidence, run=run)
    side = "above" if shift.is_high else "below"
    average = _format_average(longer, is_high=shift.is_high)
    yield f"All {longer.length} since {longer.since} are {side} {average}."


def _select_near(signal: Signal) -> Sequence[ChartPoint]:
    """Of the last three figures, those that the rule flags."""
    return [each for each in signal.stretches[-1].points[-WINDOW:] if signal.flag in each.flags]


def _format_repeat(evidence: _Evidence, side: str) -> str:
    """`, like every month since Sep 2020`, or nothing where it is the first time in a row."""
    if len(evidence.run) == 1:
        return ""
    period = evidence.noun if evidence.is_whole else "figure"
    if any(each.limits != evidence.limits for each in evidence.run):
        return f"; every {period} since {evidence.since} was {side} its own {evidence.noun}'s range"
    return f", like every {period} since {evidence.since}"


def _explain_assurance(
    finding: SignalFinding, assurance: Assurance | None, noun: str
) -> Iterator[str]:
    """Whether the target is within reach of the present way of working.

    Where a real change may just have ended that way, the sentence says so.
    """
    match assurance:
        case None:
            return
        case Assurance.WILL_BE_MET if finding is SignalFinding.CONCERN:
            yield "Every figure in that range meets the target, which is at risk if this goes on."
        case Assurance.WILL_BE_MET:
            yield (
                "Every figure in that range meets the target, so it will be met unless something "
                "changes."
            )
        case Assurance.WILL_NOT_BE_MET if finding is SignalFinding.IMPROVEMENT:
            yield "No figure in that range meets the target: it will be met only if this goes on."
        case Assurance.WILL_NOT_BE_MET:
            yield (
                "No figure in that range meets the target, so it will not be met unless something "
                "changes."
            )
        case Assurance.HIT_AND_MISS if finding is SignalFinding.CONCERN:
            yield "Part of that range meets the target, which is at risk if this goes on."
        case Assurance.HIT_AND_MISS if finding is SignalFinding.IMPROVEMENT:
            yield "Part of that range meets the target, which is within reach if this goes on."
        case Assurance.HIT_AND_MISS:
            yield (
                f"Part of that range meets the target: some {noun}s will meet it and some will "
                "miss it, by chance."
            )
        case _:
            assert_never(assurance)


def _format_last(evidence: _Evidence) -> str:
    """The last figure with its period: `32% in Nov 2020`, `12 added in Nov 2020`.

    It has the decimals that the index prints it with. What a running total's period added is worked
    out, and has those of the range beside it.
    """
    indicator, last = evidence.indicator, evidence.last
    added = " added" if evidence.is_step else ""
    worked_out = convert_to_decimal(last.value, evidence.limits.decimals)
    figure = indicator.unit.format_figure(worked_out if added else last.printed)
    is_recent = last.month > evidence.as_at.add_months(-12)
    period = format_period(last.month, indicator.frequency) if is_recent else last.month.label
    return f"{figure}{added} in {period}"


def _explain_range(evidence: _Evidence) -> str:
    """The usual range in a sentence: of a percentage with known parts, each month has its own."""
    distances = {each.limits.distance for each in evidence.run if each.limits}
    of = f" for {evidence.last.month.label}" if len(distances) > 1 else ""
    return f"The usual range{of} is {_format_range(evidence)}."


def _format_range(evidence: _Evidence) -> str:
    """`28% to 38%`, or `8 to 20 a month` of what is added to a running total."""
    indicator = evidence.indicator
    lower, upper = evidence.limits.usual_range
    unit = indicator.unit
    return f"{unit.format_in_table(lower)} to {unit.format_figure(upper)}{_format_rate(evidence)}"


def _format_average(evidence: _Evidence, *, is_high: bool) -> str:
    """The mean as a shift is compared with it: `the average of 47%`.

    It has as few more decimals than the figures as leave each figure of the run, as printed, on its
    side of it. If two more are too few, it is not printed.
    """
    figures = [each.value for each in evidence.run]
    nearest = min(figures) if is_high else max(figures)
    for decimals in range(_MORE_DECIMALS + 1):
        mean = convert_to_decimal(evidence.limits.mean, evidence.limits.decimals + decimals)
        if (nearest > mean) if is_high else (nearest < mean):
            shown = evidence.indicator.unit.format_figure(mean)
            return f"the average of {shown}{_format_rate(evidence)}"
    return "the average"


def _format_rate(evidence: _Evidence) -> str:
    """` a month` after what is added to a running total."""
    return f" a {evidence.noun}" if evidence.is_step else ""
