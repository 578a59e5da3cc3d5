"""Every figure and word that any paper prints, decided once, in order, in one frozen record.

The writers (workbook, report, table) print these records and decide nothing, so that they cannot
disagree.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.core.headings import list_earlier_years
from merton_kpi.core.issues import shorten
from merton_kpi.core.periods import FinancialYear, Month, format_date
from merton_kpi.core.ratings import Rating
from merton_kpi.rating.wording.context_words import format_sentences

if TYPE_CHECKING:
    from collections.abc import Mapping

    from merton_kpi.catalogue.own.colours import PageColours
    from merton_kpi.catalogue.own.words import ReportSections
    from merton_kpi.core.issues import Issue
    from merton_kpi.core.ratings import PrintedChange, PrintedRating, RatingWords
    from merton_kpi.core.statuses import Shorthand
    from merton_kpi.core.units import Unit
    from merton_kpi.core.vocabulary import Licence
    from merton_kpi.rating.context import MonthTarget
    from merton_kpi.rating.rate import Verdict
    from merton_kpi.scorecard.assess import AssessedIndicator
    from merton_kpi.scorecard.cells import Cell
    from merton_kpi.scorecard.changes.restatements import RestatementRow
    from merton_kpi.scorecard.charts.records import Chart
    from merton_kpi.scorecard.signals.matrix import ChangeMatrix
    from merton_kpi.storage.files import SourceFile

_LONGEST_TITLE = 100  # characters of a title in a headline, which is one line


@dataclass(frozen=True, kw_only=True, slots=True)
class LatestFigure:
    """The figure that an indicator is rated on, or else its last one, or the last words for none.

    `marks` are the symbols beside it. `total` is the sum that is rated, where figures are added up:
    `360 since April`. `rated` is the cell of what the target applies to: the sum, where there is
    one, else the figure.
    """

    month: Month
    figure: str
    marks: tuple[Shorthand, ...]
    rated: Cell
    total: str = ""

    def __str__(self) -> str:
        """The figure with its marks, its month and its total: `96% [p] (Nov 2020)`."""
        if not self.figure:
            return "none due yet"
        marks = "".join(f" {mark.symbol}" for mark in self.marks)
        total = f", {self.total}" if self.total else ""
        return f"{self.figure}{marks} ({self.month.label}){total}"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One indicator as the index prints it.

    `unit_word` and `unit_label` are the unit for programs and for people, both empty where an
    officer judges the indicator without figures. `target_beside_rating` is the target, and
    `reason_beside_rating` the verdict's reason, or empty where the rating says the same: `New`.
    `latest` is None for an indicator that is no longer reported. `targets` has what each of the
    year's months is rated against (empty: the indicator is not rated). `change` says in a phrase
    whether the last figure shows a real change, `change_words` in a paragraph with the evidence;
    both are empty where no figures are expected any more. `period_on_period`, `year_on_year`,
    `streak`, `comparison` (with benchmarks) and the forecasts put it in context, in words. `months`
    are the figures as they were sent, `totals` their sums since the year began (empty: they are not
    added up). `note` is the number of its note; None where it has none.
    `breaks` are the first months that were counted in another way. `year_figure` is the year's own
    figure; None where no extract has given one.
    """

    section: str
    service: str
    number: str
    part_of: str
    title: str
    frequency: str
    unit: Unit
    unit_word: str
    unit_label: str
    target: str
    target_beside_rating: str
    reason_beside_rating: str
    outturns: tuple[Cell, ...]
    benchmarks: tuple[Cell, ...]
    verdict: Verdict
    targets: tuple[MonthTarget, ...]
    change: str
    change_words: str
    period_on_period: str
    year_on_year: str
    streak: str
    comparison: str
    forecast: str
    stated_forecast: str
    months: tuple[Cell, ...]
    totals: tuple[Cell, ...]
    breaks: tuple[Month, ...]
    year_figure: Cell | None
    latest: LatestFigure | None
    note: int | None
    rationale: str
    linked: str
    owner: str
    source: str

    @property
    def rated_months(self) -> tuple[Cell, ...]:
        """The months' figures that `targets` apply to: the totals, where there are any."""
        return self.totals or self.months

    @property
    def is_rated_by_figures(self) -> bool:
        """Whether a figure is rated, and not an officer's judgement alone."""
        return self.verdict.figure is not None

    @property
    def travel(self) -> str:
        """Whether it really changed, beside the last move: `No real change (↓ lower than …)`."""
        change = f"{self.change[:1].upper()}{self.change[1:]}"
        beside = f"({self.period_on_period})" if self.period_on_period else ""
        return f"{change} {beside}".strip()

    @property
    def context(self) -> str:
        """The streak, earlier and other areas' figures, forecasts, the year's: a sentence each."""
        own = f"the year's own figure: {self.year_figure}" if self.year_figure else ""
        forecasts = (self.forecast, self.stated_forecast)
        parts = (self.streak, self.year_on_year, self.comparison, *forecasts, own)
        return " ".join(format_sentences(*parts))

    @property
    def headline(self) -> str:
        """The rating, number and title, in a line: `Red, indicator 3: Plans issued in time`."""
        number, title = shorten(self.number, 20), shorten(self.title, _LONGEST_TITLE)
        return f"{self.verdict.label}, indicator {number}: {title}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """Words about one indicator, for the report's lists; `about` names their month or months."""

    number: str
    title: str
    about: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangedRating:
    """An indicator that is, or was at the panel's last meeting, rated amber or red."""

    change: PrintedChange
    row: Row
    before: Verdict


@dataclass(frozen=True, kw_only=True)
class Scorecard:
    """The papers of one month, before they are written to files.

    `words` are the council's for the ratings, `colours` those of its web page.
    `service_heading` is its word for a service; it is empty where no indicator has one. `areas`
    are those that the rows' benchmarks are of. `matrix` has the rows by change and target.
    `exceptions` are the rows rated red, then amber, then those that are listed for a real
    change for the worse alone, with the service's commentary or a sentence that there is none;
    `uncommented` are those of them that need some and have none. `sections` are the council's
    words for sections of the report. `missing` are the figures that are due and not received,
    with their owners; `restated` the figures corrected since the last meeting; `warnings` those
    of the reading and those without an answer. Otherwise all follow the index's order.
    `changes` compare with the papers that `last_meeting` saw, with data to `last_month`; None
    and empty where the catalogue's year has no earlier meeting. `assessed` are what the rows
    were composed from, for a paper that has each period (see compose_figures).
    """

    authority: str
    short_name: str
    panel: str
    wards: str
    lead_officer: str
    lead_member: str
    contact_officer: str
    meeting: str
    venue: str
    agenda_item: str
    sections: ReportSections
    words: RatingWords
    colours: PageColours
    areas: tuple[str, ...]
    year: FinancialYear
    month: Month
    service_heading: str
    assessed: tuple[AssessedIndicator, ...]
    rows: tuple[Row, ...]
    matrix: ChangeMatrix
    exceptions: tuple[tuple[Row, str], ...]
    uncommented: tuple[Row, ...]
    of_note: tuple[Remark, ...]
    index_note: str
    data_statement: str
    licence: Licence | None
    caveats: tuple[Remark, ...]
    missing: tuple[Remark, ...]
    notes: tuple[str, ...]
    last_month: Month | None
    last_meeting: str
    changes: tuple[ChangedRating, ...]
    charts: tuple[Chart, ...]
    restated: tuple[RestatementRow, ...]
    warnings: tuple[Issue, ...]
    sources: tuple[SourceFile, ...]
    is_final: bool = False

    @property
    def index_title(self) -> str:
        """The index's name, as the report's appendix lists it."""
        return f"{self.panel} Performance Index {self.year}"

    @property
    def report_title(self) -> str:
        """The exception report's name."""
        return f"{self.panel} Performance Report {self.year}"

    @property
    def data_to(self) -> str:
        """The last day that the papers cover: `30 November 2020`."""
        return format_date(self.month.last_day)

    @property
    def span(self) -> str:
        """What the papers cover, in words: `November 2020`, or `2024/25 to May 2025`."""
        return self.year.format_span_in_words(self.month)

    @property
    def has_year_figures(self) -> bool:
        """Whether an indicator has the year's own figure beside the months'."""
        return any(row.year_figure for row in self.rows)

    @property
    def is_after_year_end(self) -> bool:
        """Whether the month reported comes after the year, whose last figures came in arrears."""
        return self.month not in self.year.months

    @property
    def earlier_years(self) -> tuple[FinancialYear, ...]:
        """The three years whose outturns the index shows, latest first."""
        return list_earlier_years(self.year)

    @property
    def rated_exceptions(self) -> tuple[Row, ...]:
        """The exceptions that are rated amber or red."""
        return tuple(row for row, _ in self.exceptions if row.verdict.rating.is_exception)

    @property
    def worsening_exceptions(self) -> tuple[Row, ...]:
        """The exceptions that are listed for a real change for the worse alone."""
        return tuple(row for row, _ in self.exceptions if not row.verdict.rating.is_exception)

    @property
    def exception_words(self) -> str:
        """What the exceptions are: `rated amber or red`, and `worsening` where one is for that."""
        rated = f"rated {self.words.exceptions}"
        return f"{rated}, or worsening" if self.worsening_exceptions else rated

    @property
    def reds(self) -> tuple[Row, ...]:
        """The rows rated red."""
        return tuple(row for row, _ in self.exceptions if row.verdict.rating is Rating.RED)

    @property
    def without_data(self) -> tuple[Row, ...]:
        """The rows that have a target, and no figure that can be rated."""
        return tuple(row for row in self.rows if row.verdict.rating is Rating.NO_DATA)

    @property
    def judgements(self) -> tuple[Row, ...]:
        """The rows whose rating is an officer's judgement, not worked out from the figures."""
        return tuple(row for row in self.rows if row.verdict.judgement)

    @property
    def stated_forecasts(self) -> tuple[Row, ...]:
        """The rows for which an officer has given a forecast."""
        return tuple(row for row in self.rows if row.stated_forecast)

    @property
    def counts(self) -> Mapping[PrintedRating, int]:
        """How many indicators have each rating, in the ratings' own order, without the zeros."""
        counted = Counter(row.verdict.rating for row in self.rows)
        return {each: counted[each.rating] for each in self.words.ratings if each.rating in counted}
