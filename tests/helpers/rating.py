"""Rate one indicator: from its settings in YAML and its figures to a verdict."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from helpers.councils import HEAD, make_catalogue
from merton_kpi.core.issues import Place
from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Status
from merton_kpi.extracts.observations import Observation
from merton_kpi.loading.catalogue_file import read_catalogue
from merton_kpi.rating.context import Context, compose_context
from merton_kpi.rating.rate import Verdict, rate
from merton_kpi.rating.wording.context_words import format_streak
from merton_kpi.series.records import Series
from merton_kpi.series.totals import compose_totals

if TYPE_CHECKING:
    from merton_kpi.catalogue.bands import Scale
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.rating.wording.explain import Explanation

JUNE, SEPTEMBER = Month(2020, 6), Month(2020, 9)
NOVEMBER, DECEMBER = Month(2020, 11), Month(2020, 12)
MONTHS = [Month(2020, 4).add_months(index) for index in range(12)]


def observe(month: Month, figure: str | Status) -> Observation:
    return Observation(
        indicator="1",
        month=month,
        known=month,
        place=Place(file="f.csv", line=2),
        value=Decimal(figure) if isinstance(figure, str) else None,
        status=figure if isinstance(figure, Status) else None,
    )


def make_series(*figures: tuple[Month, str | Status], said: tuple[Observation, ...] = ()) -> Series:
    """A series as at its last figure's month, all of whose months are due."""
    observed = {month: observe(month, figure) for month, figure in figures}
    return Series(
        as_at=max(observed, default=NOVEMBER),
        figures=observed,
        due=tuple(sorted(observed)),
        said=said,
    )


def add_totals(indicator: Indicator, series: Series) -> Series:
    """The series with its totals, if the indicator's figures are added up, as a match gives it."""
    return replace(series, totals=compose_totals(indicator, series.figures, series.due))


def make_one(settings: str, head: str = HEAD) -> Catalogue:
    return make_catalogue(f'- {{number: "1", title: Any, {settings}}}', head)


def select_only(catalogue: Catalogue) -> tuple[Indicator, Scale]:
    """The only indicator of a catalogue, with the scale that it is rated by."""
    (indicator,) = catalogue.indicators
    return indicator, catalogue.scale_for(catalogue.sections[0], indicator)


def rate_one(
    settings: str,
    *figures: tuple[Month, str | Status],
    said: tuple[Observation, ...] = (),
    head: str = HEAD,
) -> Verdict:
    """The verdict of one indicator with these settings, as at the last figure's month."""
    indicator, scale = select_only(make_one(settings, head))
    return rate(indicator, scale, add_totals(indicator, make_series(*figures, said=said)))


def rate_text(head: str, section: str, own: str, figure: str) -> str:
    """The rating of a percentage against 90%, with bands given at each of the three levels."""
    text = f"{head}sections:\n  - title: Any\n"
    text += f"    bands: {{percent: {section}}}\n" if section else ""
    bands = f", bands: {own}" if own else ""
    text += "    indicators:\n      - {number: '1', title: Any, unit: percent, "
    text += f"frequency: monthly, target: {{at_least: 90}}{bands}}}\n"
    catalogue, issues = read_catalogue(text, "indicators.yaml")
    assert catalogue is not None, issues
    indicator, scale = select_only(catalogue)
    return rate(indicator, scale, make_series((NOVEMBER, figure))).label


def compose_one(settings: str, *figures: str | Status | None) -> tuple[Indicator, Context, str]:
    """An indicator, its context as at the last figure's month, and its streak in words."""
    catalogue = make_one(settings)
    indicator, scale = select_only(catalogue)
    series = make_series(
        *((month, each) for month, each in zip(MONTHS, figures, strict=False) if each is not None)
    )
    series = add_totals(indicator, series)
    verdict = rate(indicator, scale, series)
    context = compose_context(indicator, scale, series, verdict)
    return indicator, context, format_streak(indicator, verdict, context)


def list_sentences(explanation: Explanation, heading: str) -> tuple[str, ...]:
    """The sentences of one section of an explanation, with their sources, as they are printed."""
    return tuple(map(str, dict(explanation.sections)[heading]))
