"""What entries say against the catalogue's year and bands.

Targets and bands that contradict each other are found by setting every goal of the year; a fault of
bands that many inherit is told once, where they stand.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from merton_kpi.catalogue.cross_checks import list_entries, list_items
from merton_kpi.catalogue.model_errors import make_issue
from merton_kpi.catalogue.models import Indicator
from merton_kpi.catalogue.targets import BandError, BandsByUnit, inherit_bands
from merton_kpi.core.issues import Severity
from merton_kpi.core.periods import FinancialYear, Month
from merton_kpi.core.vocabulary import Unit
from merton_kpi.rating.limits import limits_by_month, work_out_year_end_limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.catalogue.targets import Bands
    from merton_kpi.catalogue.yaml_reader import Document, Path
    from merton_kpi.core.issues import Issue
    from merton_kpi.rating.limits import Limits


def check_limits(document: Document, catalogue: Catalogue | None, *, gaps: bool) -> Iterator[Issue]:
    """Every fault against the year and the bands, as far as both can be read.

    With `gaps`, a target that rates no month of the year is a warning, and a meeting of another
    year.
    """
    year = None
    with suppress(ValueError, AttributeError):
        year = FinancialYear.read(str(document.value.get("financial_year")))
    if year is None:
        return
    yield from _check_past(document, year)
    if gaps:
        yield from _check_meetings(document, year)
    told: set[Path] = set()
    for path, indicator, bands in _pair_bands(document, catalogue):
        if indicator.targets:
            yield from _check_months(document, path, indicator, year)
            yield from _check_goals(document, path, indicator, bands, year, told, gaps=gaps)


def _check_past(document: Document, year: FinancialYear) -> Iterator[Issue]:
    """Outturns and earlier months that are not past, each of them where it is met first.

    This year's outturn may be known already: `kpi new-year` takes it over.
    """
    rules = (
        ("outturns", FinancialYear.read, year.minus(-1), "comes after"),
        ("earlier_months", Month.read, year.months[0], "is not before"),
    )
    seen: set[str] = set()
    for path, entry in list_entries(document):
        for key, parse, first, words in rules:
            for word in entry[key] if isinstance(entry.get(key), dict) else ():
                if word not in seen and _is_from(parse, word, first):
                    message = f"{key}: {word} {words} the catalogue's year, {year}"
                    inner = (*path, key, word)
                    yield make_issue(document, inner, "not_past", message, of_key=True)
                seen.add(word)


def _is_from(parse: Callable[[str], Any], word: str, first: object) -> bool:
    """Whether a period is this one or later; one that cannot be read has a fault of its own."""
    with suppress(ValueError):
        return bool(parse(word) >= first)
    return False


def _check_meetings(document: Document, year: FinancialYear) -> Iterator[Issue]:
    """Meetings that have no papers in the catalogue's year: `kpi new-year` may take them over."""
    for index, meeting in enumerate(list_items(document.value, "meetings")):
        word = meeting.get("data_to") if isinstance(meeting, dict) else None
        with suppress(ValueError):
            if isinstance(word, str) and Month.read(word) not in year.months:
                message = f"data_to: {word} is not in the catalogue's year, {_span(year)}, "
                message += "so no papers can be built for this meeting"
                place, warning = ("meetings", index, "data_to"), Severity.WARNING
                yield make_issue(document, place, "other_year", message, severity=warning)


def _span(year: FinancialYear) -> str:
    first, *_, last = year.months
    return f"{first} to {last}"


def _check_months(
    document: Document, path: Path, indicator: Indicator, year: FinancialYear
) -> Iterator[Issue]:
    """Milestones and beginnings of targets that lie outside the year."""
    for index, target in enumerate(indicator.targets):
        place: Path = (*path, "target")
        if isinstance(indicator.target, tuple):
            place = (*place, index)
        found = [((*place, "milestones", str(month)), month) for month in target.milestones]
        if target.start:
            found.append(((*place, "from"), target.start))
        for inner, month in found:
            if month not in year.months:
                message = f"target: {month} is not in the catalogue's year, {_span(year)}"
                of_key = "milestones" in inner
                yield make_issue(document, inner, "other_year", message, of_key=of_key)


def _check_goals(
    document: Document,
    path: Path,
    indicator: Indicator,
    bands: Bands,
    year: FinancialYear,
    told: set[Path],
    *,
    gaps: bool,
) -> Iterator[Issue]:
    try:
        goals = _set_goals(indicator, bands, year)
    except ValueError as error:
        names = error.bands if isinstance(error, BandError) else ()
        place = _find_bands(document, path, indicator.unit, names)
        first = (
            "" if place[: len(path)] == path else f"; seen first on indicator {indicator.number}"
        )
        if place not in told:
            yield make_issue(document, place, "bands", f"target and bands: {error}{first}")
        told.add(place)
        return
    is_open = not indicator.is_closed and not indicator.rating_withheld
    if gaps and is_open and not any(limits.bounds for limits in goals):
        message = f"target: no month of {year} can be rated: {goals[-1].reason_none}"
        warning = Severity.WARNING
        yield make_issue(document, (*path, "target"), "unrated", message, severity=warning)


def _find_bands(document: Document, path: Path, unit: Unit, names: tuple[str, ...]) -> Path:
    """The nearest place that sets one of these bands for an indicator; else its target."""
    kind = "percent" if unit is Unit.PERCENT else "other"
    settings: tuple[Path, ...] = ((*path, "bands"), (*path[:2], "bands", kind), ("bands", kind))
    for place in ((*setting, name) for setting in settings for name in names):
        if place in document.marks and _find_value(document, place) is not None:
            return place
    return (*path, "target")


def _find_value(document: Document, path: Path) -> Any:
    value = document.value
    for part in path:
        value = value[part]
    return value


def _pair_bands(
    document: Document, catalogue: Catalogue | None
) -> Iterator[tuple[Path, Indicator, Bands]]:
    """Each indicator with its path and its bands, but for those that cannot be read alone."""
    if catalogue:
        pairs = ((section, each) for section in catalogue.sections for each in section.indicators)
        for (path, _), (section, each) in zip(list_entries(document), pairs, strict=True):
            yield path, each, catalogue.bands_for(section, each)
        return
    head = _read_bands(document.value)
    wider = [_read_bands(section) for section in list_items(document.value, "sections")]
    for path, entry in list_entries(document):
        bands = wider[int(path[1])]
        with suppress(ValueError):
            indicator = Indicator.model_validate(entry)
            if head and bands:
                unit = indicator.unit
                nested = inherit_bands(indicator.bands, bands.for_unit(unit), head.for_unit(unit))
                yield path, indicator, nested


def _read_bands(value: object) -> BandsByUnit | None:
    with suppress(ValueError):
        if isinstance(value, dict):
            return BandsByUnit.model_validate(value.get("bands", {}))
    return None


def _set_goals(indicator: Indicator, bands: Bands, year: FinancialYear) -> list[Limits]:
    """The goals of the months that a figure is due for."""
    numbers = indicator.months_due
    due = (month for month in year.months if month.number in numbers)
    goals = list(limits_by_month(indicator, bands, due).values())
    if indicator.accumulates:
        work_out_year_end_limits(indicator, bands)
    return goals
