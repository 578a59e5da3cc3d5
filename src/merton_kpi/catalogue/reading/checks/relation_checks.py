"""Checks of the relations between indicators: circles, kinds that do not fit, former numbers.

They read each entry that a relation concerns by itself, so that a fault in another one hides none.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from pydantic import ValidationError

from merton_kpi.catalogue.indicator import Indicator
from merton_kpi.catalogue.reading.document import list_uses
from merton_kpi.catalogue.reading.model_errors import make_issue, make_key_issue
from merton_kpi.catalogue.relations.former_numbers import NONE, choose_former_number
from merton_kpi.catalogue.relations.misfits import list_misfits
from merton_kpi.catalogue.relations.own_keys import RELATIONS
from merton_kpi.core.issues import shorten
from merton_kpi.core.periods import FinancialYear, format_count, join_labels

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from merton_kpi.catalogue.reading.document import Entries
    from merton_kpi.catalogue.reading.yaml_reader import Document, Path
    from merton_kpi.core.issues import Issue

_MOST_CIRCLES = 1_000  # the rest is reported once these are corrected
_MOST_NAMED = 5  # of a circle's numbers


def check_relations(document: Document, entries: Entries) -> Iterator[Issue]:
    """Every fault of the relations between entries, but for numbers that do not exist."""
    yield from _check_former_numbers(document, entries)
    circles = tuple(islice(_check_circles(document, entries), _MOST_CIRCLES))
    yield from circles
    reported = {issue.place for issue in circles}
    indicators = _read_indicators(document, entries)
    for path, entry in entries:
        indicator = indicators.get(str(entry.get("number")))
        if indicator:
            for place, message in list_misfits(indicator, indicators):
                issue = make_issue(document, (*path, *place), "unfit_relation", message)
                if issue.place not in reported:
                    yield issue


def _check_former_numbers(document: Document, entries: Entries) -> Iterator[Issue]:
    """Former numbers of the catalogue's own year or a later one, and those of two indicators."""
    head = document.value if isinstance(document.value, dict) else {}
    own_year = _read_year(head.get("financial_year"))
    listed = [(path, _read_former_numbers(entry.get("formerly"))) for path, entry in entries]
    for path, formerly in listed:
        for year in formerly:
            if own_year and year >= own_year:
                message = f"formerly: {year} is not before the catalogue's year, {own_year}"
                place = (*path, "formerly", str(year))
                message += "; give the numbers of earlier years"
                yield make_key_issue(document, place, "other_year", message)
    reported: set[Path] = set()
    for year in sorted({year for _, formerly in listed for year in formerly}, reverse=True):
        first: dict[str, Path] = {}
        for path, formerly in listed:
            number = choose_former_number(formerly, year)
            given = min((each for each in formerly if each >= year), default=year)
            place = (*path, "formerly", str(given))
            if number in (None, NONE) or place in reported:
                continue
            if number in first:
                reported.add(place)
                line = document.place_of(first[number]).line
                message = f"formerly: {shorten(number)} of {year} is already another indicator's"
                message += f" former number, on line {line}; correct one of them"
                yield make_issue(document, place, "duplicate_number", message)
            first.setdefault(number, place)


def _read_former_numbers(value: object) -> dict[FinancialYear, str]:
    """The former numbers of an entry by year, without those that are not written rightly."""
    pairs = value.items() if isinstance(value, dict) else ()
    read = [(_read_year(key), number) for key, number in pairs]
    return {year: number for year, number in read if year and isinstance(number, str) and number}


def _read_year(value: object) -> FinancialYear | None:
    try:
        return FinancialYear.read(str(value))
    except ValueError:
        return None


def _check_circles(document: Document, entries: Entries) -> Iterator[Issue]:
    """Indicators that follow from each other, each circle at the last of its relations."""
    uses: dict[str, dict[str, Path]] = {}  # by the indicator's number: the place of each it names
    for path, entry in entries:
        number = entry.get("number")
        for place, word in list_uses([(path, entry)], RELATIONS):
            if isinstance(number, str) and word != number:
                uses.setdefault(number, {}).setdefault(word, place)
    reported: set[Path] = set()
    for circle in _list_circles(uses):
        steps = [
            uses[number][word]
            for number, word in zip(circle, (*circle[1:], circle[0]), strict=True)
        ]
        last = max(steps, key=lambda place: (place[1], place[3]))
        if last not in reported:
            reported.add(last)
            message = f"{last[4]}: indicators {_join_numbers(circle)} follow from each other"
            message += "; leave one of these relations out"
            yield make_issue(document, last, "circle", message)


def _list_circles(uses: Mapping[str, Mapping[str, Path]]) -> Iterator[tuple[str, ...]]:
    """The numbers of each circle: each names the next one, and the last names the first."""
    done: set[str] = set()
    for first in uses:
        trail = {} if first in done else {first: iter(uses[first])}
        while trail:
            number, rest = next(reversed(trail.items()))
            word = next(rest, None)
            if word is None:
                done.add(number)
                del trail[number]
            elif word in trail:
                numbers = tuple(trail)
                yield numbers[numbers.index(word) :]
            elif word in uses and word not in done:
                trail[word] = iter(uses[word])


def _join_numbers(circle: tuple[str, ...]) -> str:
    """The numbers of a circle, of which a long one is cut."""
    named = [*map(shorten, circle[:_MOST_NAMED])]
    rest = len(circle) - len(named)
    return join_labels([*named, format_count(rest, "other")] if rest else named)


def _read_indicators(document: Document, entries: Entries) -> dict[str, Indicator]:
    """The indicators that have a relation or are named by one, by their numbers.

    Those with a fault of their own are left out, and those whose number is given twice.
    """
    faulty = {path[:4] for path, _ in document.issues}
    counts = Counter(
        number for _, entry in entries if isinstance(number := entry.get("number"), str)
    )
    named = {word for _, word in list_uses(entries, RELATIONS)}
    found: dict[str, Indicator] = {}
    for path, entry in entries:
        number = entry.get("number")
        is_concerned = any(entry.get(key) for key in RELATIONS) or number in named
        if is_concerned and isinstance(number, str) and counts[number] == 1 and path not in faulty:
            try:
                found[number] = Indicator.model_validate(entry)
            except ValidationError:
                continue
    return found
