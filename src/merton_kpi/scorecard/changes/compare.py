"""Differences between two months' papers, and what became of amber and red ratings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.core.ratings import PrintedChange, Rating, RatingChange
from merton_kpi.core.statuses import Shorthand
from merton_kpi.scorecard.cells import Cell
from merton_kpi.scorecard.records import ChangedRating

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from merton_kpi.core.periods import Month
    from merton_kpi.rating.rate import Verdict
    from merton_kpi.scorecard.changes.compare_catalogues import ChangedDefinition
    from merton_kpi.scorecard.changes.restatements import RestatementRow
    from merton_kpi.scorecard.records import Row, Scorecard


@dataclass(frozen=True, kw_only=True)
class ChangedVerdict:
    """An indicator whose rating differs; None where one of the papers does not have it."""

    number: str
    title: str
    before: Verdict | None
    now: Verdict | None


@dataclass(frozen=True, kw_only=True)
class NewFigures:
    """An indicator with figures, or reasons for none, that the earlier paper did not have."""

    number: str
    title: str
    figures: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Differences:
    """What changed from one paper to a later one, each list in the index's order.

    `definitions` compare the catalogue with another one where `compares_catalogues`, and else
    today's catalogue as at either month.
    """

    title: str
    before: Month
    now: Month
    ratings: tuple[ChangedVerdict, ...]
    figures: tuple[NewFigures, ...]
    restated: tuple[RestatementRow, ...]
    definitions: tuple[ChangedDefinition, ...]
    compares_catalogues: bool


def compare_papers(
    before: Scorecard,
    now: Scorecard,
    definitions: tuple[ChangedDefinition, ...],
    *,
    compares_catalogues: bool,
) -> Differences:
    """Compare two papers of one year; the later one's restatements are those since the earlier."""
    rows = {row.number: row for row in before.rows}
    restated = {(each.number, each.about) for each in now.restated}
    news = (
        (row, tuple(_list_new_figures(rows.get(row.number), row, now, restated)))
        for row in now.rows
    )
    return Differences(
        title=now.index_title,
        before=before.month,
        now=now.month,
        ratings=tuple(_compare_ratings(before, now)),
        figures=tuple(
            NewFigures(number=row.number, title=row.title, figures=found)
            for row, found in news
            if found
        ),
        restated=now.restated,
        definitions=definitions,
        compares_catalogues=compares_catalogues,
    )


def _compare_ratings(before: Scorecard, now: Scorecard) -> Iterator[ChangedVerdict]:
    old, new = ({row.number: row for row in card.rows} for card in (before, now))
    for number in new | old:
        rows = old.get(number), new.get(number)
        was, is_now = (row.verdict if row else None for row in rows)
        if was is None or is_now is None or was.rating is not is_now.rating:
            title = (old | new)[number].title
            yield ChangedVerdict(number=number, title=title, before=was, now=is_now)


def _list_new_figures(
    old: Row | None, new: Row, card: Scorecard, restated: set[tuple[str, str]]
) -> Iterator[str]:
    """The months with something new, without corrections of figures that were seen before.

    The year's own figure comes last.

    The earlier figure is not shown: the later paper may suppress it.
    """
    for index, (month, cell) in enumerate(zip(card.year.months, new.months, strict=True)):
        was = old.months[index] if old else Cell(unit=new.unit)
        was_seen = was.value is not None or was.shorthand is Shorthand.CONFIDENTIAL
        is_correction = was_seen and (new.number, month.label) in restated
        if cell.printed and cell.printed != was.printed and not is_correction:
            earlier = f" (was: {was.words})" if was.value is None and was.words else ""
            yield f"{month.label} {cell.printed}{earlier}"
    own, year = new.year_figure, str(card.year)
    is_seen = bool(old and old.year_figure and old.year_figure.printed == (own and own.printed))
    if own and not is_seen and (new.number, year) not in restated:
        yield f"{year} {own.printed}"


def list_changed_ratings(
    rows: Iterable[Row], before: Mapping[str, Verdict]
) -> tuple[ChangedRating, ...]:
    """The rows that are amber or red, or were by the earlier verdicts; the worst change first."""
    found = [
        ChangedRating(
            change=PrintedChange(change, change.format_label(row.verdict.words)),
            row=row,
            before=before[row.number],
        )
        for row in rows
        if (change := _compare_rating(before[row.number].rating, row.verdict.rating))
    ]
    order = list(RatingChange)
    return tuple(sorted(found, key=lambda each: order.index(each.change.change)))


def _compare_rating(before: Rating, now: Rating) -> RatingChange | None:
    """What became of a rating; None where it neither is nor was amber or red."""
    if now is Rating.RED:
        return RatingChange.STILL_RED if before is now else RatingChange.NEW_RED
    if now is Rating.AMBER:
        known = {Rating.RED: RatingChange.EASED, Rating.AMBER: RatingChange.STILL_AMBER}
        return known.get(before, RatingChange.NEW_AMBER)
    if before.is_exception:
        return RatingChange.RECOVERED if now.is_brag else RatingChange.UNRATED
    return None
