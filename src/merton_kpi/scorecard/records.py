"""Every figure and word that any paper prints, decided once, in order, in one frozen record.

The writers (workbook, report, table) draw what stands here and decide nothing, so that they
cannot disagree.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from merton_kpi.core.headings import list_earlier_years
from merton_kpi.core.periods import FinancialYear, Month, format_date, join_labels, join_months
from merton_kpi.core.vocabulary import Rating, Unit
from merton_kpi.rating.context import (
    format_comparisons,
    format_forecast,
    format_sentences,
    format_streak,
    format_year_on_year,
    list_targets,
)
from merton_kpi.rating.target_words import format_target
from merton_kpi.scorecard.cells import Cell, compose_month_cell, compose_past_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from merton_kpi.catalogue.models import Catalogue, Indicator, Section
    from merton_kpi.core.issues import Issue
    from merton_kpi.core.vocabulary import RatingChange
    from merton_kpi.quality.warnings import DataWarning
    from merton_kpi.rating.context import Assessment
    from merton_kpi.rating.rate import Verdict
    from merton_kpi.scorecard.restatements import RestatementRow
    from merton_kpi.series.records import Series
    from merton_kpi.storage.files import SourceFile

NO_COMMENTARY = "No commentary has been received."


@dataclass(frozen=True, kw_only=True)
class Row:
    """One indicator as the index prints it.

    `targets` has what each of the year's months is rated against (empty: the indicator is not
    rated); `direction`, `streak`, `comparison` and `forecast` put it in context, in words. `notes`
    are the numbers of its notes.
    """

    section: str
    number: str
    title: str
    frequency: str
    unit: Unit
    target: str
    outturns: tuple[Cell, ...]
    benchmarks: tuple[Cell, ...]
    verdict: Verdict
    targets: tuple[tuple[Decimal | None, Decimal | None], ...]
    direction: str
    year_on_year: str
    streak: str
    comparison: str
    forecast: str
    months: tuple[Cell, ...]
    notes: tuple[int, ...]
    rationale: str
    linked: str
    owner: str
    source: str

    @property
    def context(self) -> str:
        """The streak, the year before, the benchmarks and the forecast, a sentence each."""
        on_year = self.year_on_year and f"on a year before: {self.year_on_year}"
        return " ".join(format_sentences(self.streak, on_year, self.comparison, self.forecast))


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """Words about one indicator, for the report's lists; `about` is what they are attached to."""

    number: str
    title: str
    about: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangedRating:
    """An indicator that is, or was at the panel's last meeting, rated amber or red."""

    change: RatingChange
    row: Row
    before: Verdict


@dataclass(frozen=True, kw_only=True)
class Scorecard:
    """The papers of one month, before they are drawn.

    `areas` are those that the rows' benchmarks are of. `exceptions` are the rows rated amber or
    red, with the service's commentary; `missing` the figures that are due and have not come, with
    who owes them. `restated` are the figures corrected since the last meeting, `warnings` the
    doubts that nobody has answered. All follow the index's order. `changes` compare with the
    papers that `last_meeting` saw, with data to `last_month`; none and empty where the catalogue's
    year has no earlier meeting.
    """

    authority: str
    short_name: str
    panel: str
    wards: str
    lead_officer: str
    lead_member: str
    contact_officer: str
    meeting: str
    areas: tuple[str, ...]
    year: FinancialYear
    month: Month
    rows: tuple[Row, ...]
    exceptions: tuple[tuple[Row, str], ...]
    of_note: tuple[Remark, ...]
    data_statement: str
    caveats: tuple[Remark, ...]
    missing: tuple[Remark, ...]
    notes: tuple[str, ...]
    last_month: Month | None = None
    last_meeting: str = ""
    changes: tuple[ChangedRating, ...] = ()
    restated: tuple[RestatementRow, ...] = ()
    warnings: tuple[Issue, ...] = ()
    sources: tuple[SourceFile, ...] = ()
    is_final: bool = False

    @property
    def index_title(self) -> str:
        """The index's name, as the report's appendix lists it."""
        return f"{self.panel} Performance Index {self.year}"

    @property
    def data_to(self) -> str:
        """The last day that the papers cover: `30 November 2020`."""
        return format_date(self.month.last_day)

    @property
    def earlier_years(self) -> tuple[FinancialYear, ...]:
        """The three years whose outturns the index shows, latest first."""
        return list_earlier_years(self.year)

    @property
    def uncommented(self) -> tuple[Row, ...]:
        """The exceptions that still want the service's commentary."""
        return tuple(row for row, words in self.exceptions if words == NO_COMMENTARY)

    @property
    def judgements(self) -> tuple[Row, ...]:
        """The rows whose rating is an officer's judgement and not the figures' own."""
        return tuple(row for row in self.rows if row.verdict.judgement)

    @property
    def counts(self) -> Mapping[Rating, int]:
        """How many indicators have each rating, in the ratings' own order, without the zeros."""
        counted = Counter(row.verdict.rating for row in self.rows)
        return {rating: counted[rating] for rating in Rating if rating in counted}


def compose_scorecard(
    catalogue: Catalogue,
    series: Mapping[str, Series],
    judged: Mapping[str, Assessment],
    month: Month,
) -> Scorecard:
    """Put the papers of a month together from the catalogue, the series and what was judged."""
    notes: dict[str, int] = {}
    rows = tuple(
        _compose_row(catalogue, section, each, series[each.number], judged[each.number], notes)
        for section in catalogue.sections
        for each in section.indicators
    )
    meeting = catalogue.meeting_for(month)
    return Scorecard(
        authority=catalogue.authority,
        short_name=catalogue.short_name,
        panel=catalogue.panel,
        wards=catalogue.wards,
        lead_officer=catalogue.lead_officer,
        lead_member=catalogue.lead_member,
        contact_officer=catalogue.contact_officer,
        meeting=format_date(meeting.date) if meeting else "To be confirmed",
        areas=catalogue.benchmark_areas,
        year=catalogue.financial_year,
        month=month,
        rows=rows,
        exceptions=tuple(
            (row, series[row.number].commentary or NO_COMMENTARY)
            for row in rows
            if row.verdict.rating.is_exception
        ),
        of_note=tuple(_list_of_note(catalogue, series)),
        data_statement=catalogue.data_statement or "",
        caveats=tuple(_list_caveats(catalogue, series)),
        missing=tuple(_list_missing(catalogue, series)),
        notes=tuple(notes),
    )


def _list_of_note(catalogue: Catalogue, series: Mapping[str, Series]) -> Iterator[Remark]:
    for each in catalogue.indicators:
        words = series[each.number].of_note
        if words:
            yield Remark(number=each.number, title=each.title, about="", words=words)


def _list_caveats(catalogue: Catalogue, series: Mapping[str, Series]) -> Iterator[Remark]:
    for each in catalogue.indicators:
        for words, months in series[each.number].caveats.items():
            about = join_months(months)
            yield Remark(number=each.number, title=each.title, about=about, words=words)


def _list_missing(catalogue: Catalogue, series: Mapping[str, Series]) -> Iterator[Remark]:
    for each in catalogue.indicators:
        about = join_months(series[each.number].missing)
        if about:
            owner = each.owner or "no owner is named"
            yield Remark(number=each.number, title=each.title, about=about, words=owner)


def add_warnings(
    card: Scorecard, doubts: Iterable[DataWarning], warnings: Iterable[Issue] = ()
) -> Scorecard:
    """The scorecard with its doubts: answered ones as caveats, the others beside the warnings."""
    doubts = tuple(doubts)
    answered = (
        Remark(
            number=each.indicator.number,
            title=each.indicator.title,
            about=each.about,
            words=each.caveat,
        )
        for each in doubts
        if each.answer
    )
    open_doubts = (each.issue for each in doubts if not each.answer)
    return replace(card, caveats=(*card.caveats, *answered), warnings=(*warnings, *open_doubts))


def _compose_row(
    catalogue: Catalogue,
    section: Section,
    indicator: Indicator,
    series: Series,
    judged: Assessment,
    notes: dict[str, int],
) -> Row:
    year, context = catalogue.financial_year, judged.context
    outturns = {
        str(y): compose_past_cell(indicator, indicator.outturns.get(y))
        for y in (year.minus(1), year.minus(2), year.minus(3))
    }
    benchmarks = {
        area: compose_past_cell(indicator, indicator.benchmarks.get(area))
        for area in catalogue.benchmark_areas
    }
    months = {month.label: compose_month_cell(indicator, series, month) for month in year.months}
    remarks = [catalogue.footnotes[word] for word in indicator.footnotes]
    remarks += _describe(outturns | benchmarks)
    remarks += _describe(months)
    return Row(
        section=section.title,
        number=indicator.number,
        title=_entitle(indicator),
        frequency=indicator.frequency.label if indicator.frequency else "",
        unit=indicator.unit,
        target="" if indicator.removed else format_target(indicator),
        outturns=tuple(outturns.values()),
        benchmarks=tuple(benchmarks.values()),
        verdict=judged.verdict,
        targets=list_targets(indicator, judged.bands, year.months) if judged.verdict.limits else (),
        direction=context.travel.label if context.travel else "",
        year_on_year=format_year_on_year(context),
        streak=format_streak(indicator, judged.verdict, context),
        comparison=format_comparisons(indicator, context),
        forecast=format_forecast(indicator, context),
        months=tuple(months.values()),
        notes=_number_notes(remarks, notes),
        rationale=indicator.rationale or "",
        linked=join_labels(indicator.linked),
        owner=indicator.owner or "",
        source=indicator.source or "",
    )


def _entitle(indicator: Indicator) -> str:
    if indicator.replaced_by:
        return f"{indicator.title} - replaced by indicator {indicator.replaced_by}"
    return indicator.title


def _describe(cells: Mapping[str, Cell]) -> list[str]:
    """The notes on some cells; cells of which the same is said share one note."""
    labels: dict[str, list[str]] = {}
    for label, cell in cells.items():
        if cell.details:
            labels.setdefault(cell.details, []).append(label)
    return [f"{join_labels(those)}: {details}" for details, those in labels.items()]


def _number_notes(remarks: list[str], notes: dict[str, int]) -> tuple[int, ...]:
    """Number the remarks in reading order; one said before keeps its number."""
    return tuple(sorted({notes.setdefault(remark, len(notes) + 1) for remark in remarks}))
