"""A figure as the papers print it: its value or the words in its place, symbols and details."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from merton_kpi.core.statuses import Shorthand
from merton_kpi.rating.rounding import round_as_printed
from merton_kpi.rating.wording.comparison_words import format_break
from merton_kpi.series.records import format_observation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from merton_kpi.catalogue.entries import Break, Outturn
    from merton_kpi.catalogue.indicator import Indicator
    from merton_kpi.core.periods import Month
    from merton_kpi.core.ratings import Rating, RatingWords
    from merton_kpi.core.units import Unit
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.series.records import Restatement, Series


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One figure as it is printed: a value in its unit, or a symbol and words in its place.

    All empty means that no figure is due. `rating` is the one that the words are for, if they are a
    rating's. `marks` are symbols beside a figure, never part of it: provisional, revised.
    `details` is the text of its note; it leaves out a status that the symbol says too.
    """

    unit: Unit
    value: Decimal | None = None
    shorthand: Shorthand | None = None
    marks: tuple[Shorthand, ...] = ()
    words: str = ""
    details: str = ""
    rating: Rating | None = None

    def __str__(self) -> str:
        return self.printed

    @property
    def printed(self) -> str:
        """The figure with its unit, or the words in its place: `96%`, `N/A - C19`, nothing."""
        return self.words if self.value is None else self.unit.format_figure(self.value)

    @property
    def symbols(self) -> tuple[Shorthand, ...]:
        """Every symbol in the cell or beside it."""
        return self.marks if self.shorthand is None else (self.shorthand, *self.marks)


def compose_past_cell(indicator: Indicator, past: Outturn | None, words: RatingWords) -> Cell:
    """The cell of an outturn or a benchmark; one that is not given is not available.

    `words` are the council's for the ratings.
    """
    unit = (past and past.unit) or indicator.unit
    if past is None:
        is_removed = indicator.is_closed and indicator.removed is not None
        symbol = Shorthand.NOT_APPLICABLE if is_removed else Shorthand.NOT_AVAILABLE
        return Cell(unit=unit, shorthand=symbol)
    status, rating = past.status.printed if past.status else "", past.printed_rating
    has_result = past.value is not None or rating is not None
    noted = "" if past.status and past.status.is_said_by_symbol else status
    facts = (noted, _format_other_unit(indicator, past), past.period, past.source, past.note)
    return Cell(
        unit=unit,
        value=past.value,
        shorthand=None if not past.status or has_result else past.status.shorthand,
        marks=(past.status.shorthand,) if past.status and has_result else (),
        words=words.format_word(rating) if rating else status,
        details=", ".join(fact for fact in facts if fact),
        rating=rating and words.select_shown(rating),
    )


def _format_other_unit(indicator: Indicator, past: Outturn) -> str:
    """The figure's own unit, where it is named in a sentence and the row's column has another."""
    unit = past.unit
    if past.value is None or unit is None or unit == indicator.unit:
        return ""
    return f"in {unit.name}" if any(unit.nouns) else ""


def compose_month_cell(
    indicator: Indicator, series: Series, month: Month, words: RatingWords
) -> Cell:
    """A month's cell: its figure, the reason why there is none, or empty where none is due.

    Where an officer judges the indicator, it is the judgement, in the council's `words`.
    """
    each = series.figures.get(month)
    if each is None:
        if month not in series.due:
            return Cell(unit=indicator.unit)
        due = "Due, not received"
        return Cell(
            unit=indicator.unit,
            shorthand=Shorthand.NOT_AVAILABLE,
            words=due,
            details=due.lower(),
        )
    if each.judgement and indicator.needs_judgement and each.value is None:
        return Cell(
            unit=indicator.unit,
            words=words.format_word(each.judgement.rating),
            details=each.note,
            rating=words.select_shown(each.judgement.rating),
        )
    status, value = each.status, each.value
    symbol = status.shorthand if status else None
    revisions = [
        format_revision(indicator, other)
        for other in series.restatements
        if other.new.month == month
    ]
    marks = (Shorthand.REVISED,) if revisions else ()
    return Cell(
        unit=indicator.unit,
        value=None if value is None else round_as_printed(indicator, value),
        shorthand=symbol if value is None else None,
        marks=(symbol, *marks) if symbol and value is not None else marks,
        words=status.printed if status else "",
        details=", ".join([*revisions, *_list_details(each)]),
    )


def compose_total_cells(
    indicator: Indicator, rated: Mapping[Month, Observation], months: Iterable[Month]
) -> tuple[Cell, ...]:
    """The sums up to each of these months; none for an indicator whose figures are not added up.

    `rated` has the figures that ratings rest on, by month.
    """
    if not indicator.is_added_up:
        return ()
    return tuple(_compose_total_cell(indicator, rated.get(month)) for month in months)


def _compose_total_cell(indicator: Indicator, each: Observation | None) -> Cell:
    if each is None or each.value is None:
        symbol = each.status.shorthand if each and each.status else None
        words = each.status.printed if each and each.status else ""
        return Cell(unit=indicator.unit, shorthand=symbol, words=words)
    return Cell(unit=indicator.unit, value=round_as_printed(indicator, each.value))


def add_breaks(cell: Cell, breaks: Iterable[Break]) -> Cell:
    """The cell with the breaks in the series that lie in its period, as a mark and in its note."""
    words = [f"{Shorthand.BREAK.symbol} {format_break(each)}" for each in breaks]
    if not words:
        return cell
    marks = (*cell.marks, Shorthand.BREAK) if cell.printed else cell.marks
    details = ", ".join(filter(None, (*words, cell.details)))
    return replace(cell, marks=marks, details=details)


def compose_year_cell(indicator: Indicator, series: Series, words: RatingWords) -> Cell | None:
    """The cell of the year's own figure; None where no extract has given one."""
    if series.whole_year is None:
        return None
    (month,) = series.whole_year.figures
    return compose_month_cell(indicator, series.whole_year, month, words)


def format_revision(indicator: Indicator, each: Restatement) -> str:
    """`[r] revised in Nov 2020 from 5`."""
    was = format_observation(indicator, each.old)
    return f"{Shorthand.REVISED.symbol} revised in {each.new.known.label} from {was}"


def _list_details(each: Observation) -> Iterator[str]:
    if each.status and not each.status.is_said_by_symbol:
        yield each.status.printed
    if each.numerator is not None and each.denominator is not None:
        origin = "worked out from " if each.is_worked_out else ""
        yield f"{origin}{each.numerator:,f} of {each.denominator:,f}"
    elif each.numerator is not None:
        yield f"numerator {each.numerator:,f}"
    elif each.denominator is not None:
        yield f"denominator {each.denominator:,f}"
    if each.note:
        yield each.note
