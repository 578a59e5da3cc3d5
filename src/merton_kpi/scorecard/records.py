"""Every figure and word that any paper prints, decided once, in order, in one frozen record.

The writers (workbook, report, table) print these records and decide nothing, so that they cannot
disagree.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.core.headings import list_earlier_years
from merton_kpi.core.periods import FinancialYear, Month, format_date
from merton_kpi.rating.context import format_sentences

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from merton_kpi.core.issues import Issue
    from merton_kpi.core.ratings import PrintedChange, PrintedRating, RatingWords
    from merton_kpi.core.statuses import Shorthand
    from merton_kpi.core.units import Unit
    from merton_kpi.rating.rate import Verdict
    from merton_kpi.scorecard.cells import Cell
    from merton_kpi.scorecard.restatements import RestatementRow
    from merton_kpi.storage.files import SourceFile


@dataclass(frozen=True, kw_only=True, slots=True)
class LatestFigure:
    """The figure that an indicator is rated on, or else its last one, or the last words for none.

    `marks` are the symbols beside it.
    """

    month: Month
    figure: str
    marks: tuple[Shorthand, ...]

    def __str__(self) -> str:
        """The figure with its marks and its month: `96% [p] (Nov 2020)`."""
        if not self.figure:
            return "none due yet"
        marks = "".join(f" {mark.symbol}" for mark in self.marks)
        return f"{self.figure}{marks} ({self.month.label})"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One indicator as the index prints it.

    `target_beside_rating` is the target, or empty where the rating says the same: `New`. `latest`
    is None for an indicator that is no longer reported. `targets` has what each of the year's
    months is rated against (empty: the indicator is not rated); `direction`, `streak`, `comparison`
    and `forecast` put it in context, in words. `notes` are the numbers of its notes.
    """

    section: str
    number: str
    title: str
    frequency: str
    unit: Unit
    target: str
    target_beside_rating: str
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
    latest: LatestFigure | None
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

    `words` are the council's for the ratings. `areas` are those that the rows' benchmarks are of.
    `exceptions` are the rows rated amber or red, with the service's commentary or a sentence that
    there is none; `uncommented` are those of them that have none. `missing` are the figures that
    are due and not received, with their owners; `restated` the figures corrected since the last
    meeting; `warnings` those of the reading and those without an answer. All follow the index's
    order. `changes` compare with the papers that `last_meeting` saw, with data to `last_month`;
    None and empty where the catalogue's year has no earlier meeting.
    """

    authority: str
    short_name: str
    panel: str
    wards: str
    lead_officer: str
    lead_member: str
    contact_officer: str
    meeting: str
    words: RatingWords
    areas: tuple[str, ...]
    year: FinancialYear
    month: Month
    rows: tuple[Row, ...]
    exceptions: tuple[tuple[Row, str], ...]
    uncommented: tuple[Row, ...]
    of_note: tuple[Remark, ...]
    data_statement: str
    caveats: tuple[Remark, ...]
    missing: tuple[Remark, ...]
    notes: tuple[str, ...]
    last_month: Month | None
    last_meeting: str
    changes: tuple[ChangedRating, ...]
    restated: tuple[RestatementRow, ...]
    warnings: tuple[Issue, ...]
    sources: tuple[SourceFile, ...]
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
    def judgements(self) -> tuple[Row, ...]:
        """The rows whose rating is an officer's judgement, not worked out from the figures."""
        return tuple(row for row in self.rows if row.verdict.judgement)

    @property
    def counts(self) -> Mapping[PrintedRating, int]:
        """How many indicators have each rating, in the ratings' own order, without the zeros."""
        counted = Counter(row.verdict.rating for row in self.rows)
        return {each: counted[each.rating] for each in self.words.ratings if each.rating in counted}
