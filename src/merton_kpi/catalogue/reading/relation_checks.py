"""Checks of the relations between indicators' figures: circles, and kinds that do not fit.

They read each entry that a relation concerns by itself, so that a fault in another one hides none.
"""

from __future__ import annotations

from collections import Counter
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from pydantic import ValidationError

from merton_kpi.catalogue.indicator import Indicator
from merton_kpi.catalogue.reading.document import list_uses
from merton_kpi.catalogue.reading.model_errors import make_issue
from merton_kpi.catalogue.relations.misfits import list_misfits
from merton_kpi.catalogue.relations.own_keys import RELATIONS
from merton_kpi.core.issues import shorten
from merton_kpi.core.periods import join_labels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.catalogue.reading.document import Entries
    from merton_kpi.catalogue.reading.yaml_reader import Document, Path
    from merton_kpi.core.issues import Issue


def check_relations(document: Document, entries: Entries) -> Iterator[Issue]:
    """Every fault of the relations between entries, but for numbers that do not exist."""
    circles = tuple(_check_circles(document, entries))
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


def _check_circles(document: Document, entries: Entries) -> Iterator[Issue]:
    """Indicators that follow from each other, each circle at the last of its relations."""
    uses: dict[str, dict[str, Path]] = {}  # by the indicator's number: the place of each it names
    for path, entry in entries:
        number = entry.get("number")
        for place, word in list_uses([(path, entry)], RELATIONS):
            if isinstance(number, str) and word != number:
                uses.setdefault(number, {}).setdefault(word, place)
    while circle := _list_circle(uses):
        steps = [uses[number][word] for number, word in zip(circle[1:], circle, strict=False)]
        last = max(steps, key=lambda place: (place[1], place[3]))
        numbers = join_labels(map(shorten, sorted(circle[1:], key=[*uses].index)))
        message = f"{last[4]}: indicators {numbers} follow from each other; "
        yield make_issue(document, last, "circle", f"{message}leave one of these relations out")
        for number, word in zip(circle[1:], circle, strict=False):
            if uses[number].get(word) == last:
                del uses[number][word]


def _list_circle(uses: dict[str, dict[str, Path]]) -> list[str]:
    """The numbers of a circle, of which each is named by the next; empty where there is none."""
    try:
        TopologicalSorter(uses).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        return circle
    return []


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
