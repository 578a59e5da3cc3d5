"""Checks of a catalogue against its own year and bands.

Targets and bands that contradict each other show when the limits of every month are worked out. A
fault of bands that several indicators inherit is reported once, where the bands are set.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from merton_kpi.catalogue.bands import BandError, BandsByUnit, select_scale
from merton_kpi.catalogue.indicator import Indicator
from merton_kpi.catalogue.own.words import OwnWords
from merton_kpi.catalogue.reading.document import list_entries, list_items
from merton_kpi.catalogue.reading.model_errors import make_issue, make_key_issue
from merton_kpi.core.issues import Severity, nearest_word, shorten
from merton_kpi.core.periods import FinancialYear, Month, join_months
from merton_kpi.core.ratings import OUR_WORDS, RatingWords
from merton_kpi.core.vocabulary import Past
from merton_kpi.rating.limits import work_out_limits_by_month, work_out_year_end_limits
from merton_kpi.series.totals import list_earlier_gaps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from merton_kpi.catalogue.bands import Scale
    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.catalogue.reading.yaml_reader import Document, Path
    from merton_kpi.catalogue.targets import Target
    from merton_kpi.core.issues import Issue
    from merton_kpi.rating.limits import Limits


@dataclass(frozen=True, kw_only=True, slots=True)
class _Entry:
    """An indicator with a target, the scale that it is rated by, and its path in the document."""

    path: Path
    indicator: Indicator
    scale: Scale


def check_limits(document: Document, catalogue: Catalogue | None) -> Iterator[Issue]:
    """Errors of periods against the catalogue's year, and of bands against targets.

    Where `catalogue` is None, each entry that is valid by itself is checked. Without a valid
    `financial_year` there is nothing to check against.
    """
    year = _read_year(document)
    if year is None:
        return
    yield from _check_past_periods(document, year)
    yield from _check_closings(document, year)
    first_at: dict[Path, Issue] = {}
    for entry in _list_with_bands(document, catalogue):
        yield from _check_months(document, entry, year)
        yield from _check_areas(document, entry)
        if found := _check_bands(document, entry, year):
            path, issue = found
            first_at.setdefault(path, issue)
    yield from first_at.values()


def check_unused(document: Document, catalogue: Catalogue | None) -> Iterator[Issue]:
    """Warnings of meetings that have no papers this year, and targets that rate no month of it.

    Where `catalogue` is None, meetings are not checked: how long after March papers can be built
    depends on the arrears of every indicator.
    """
    year = _read_year(document)
    if year is None:
        return
    if catalogue:
        yield from _check_meetings(document, year, catalogue.months_reported)
    for entry in _list_with_bands(document, catalogue):
        yield from _check_is_rated(document, entry, year)
        yield from _check_last_year(document, entry, year)


def _read_year(document: Document) -> FinancialYear | None:
    with suppress(ValueError, AttributeError):
        return FinancialYear.read(str(document.value.get("financial_year")))
    return None


def _check_past_periods(document: Document, year: FinancialYear) -> Iterator[Issue]:
    """Outturns and earlier months that are not past; each period only where it is first met.

    This year's outturn may be known already: `kpi new-year` takes it over.
    """
    rules = (
        ("outturns", FinancialYear.read, year.add_years(1), "comes after"),
        ("earlier_months", Month.read, year.months[0], "is not before"),
    )
    seen: set[str] = set()
    for path, entry in list_entries(document):
        for key, read, first, words in rules:
            for period in entry[key] if isinstance(entry.get(key), dict) else ():
                if period not in seen and _is_from(read, period, first):
                    message = f"{key}: {period} {words} the catalogue's year, {year}"
                    inner = (*path, key, period)
                    yield make_key_issue(document, inner, "not_past", message)
                seen.add(period)


def _check_closings(document: Document, year: FinancialYear) -> Iterator[Issue]:
    """Months from which an indicator is no longer reported that are before the year."""
    for path, entry in list_entries(document):
        for key in ("removed", "replaced_by"):
            value = entry.get(key)
            start = value.get("from") if isinstance(value, dict) else None
            with suppress(ValueError):  # a text that is no month has its own error
                if isinstance(start, str) and Month.read(start) < year.months[0]:
                    message = f"{key}: {start} is before the catalogue's year, {_format_span(year)}"
                    message += "; leave 'from' out, since no month of the year is reported"
                    yield make_issue(document, (*path, key, "from"), "other_year", message)


def _is_from(read: Callable[[str], Any], period: str, first: object) -> bool:
    """Whether a period is `first` or later; one that cannot be read has its own error."""
    with suppress(ValueError):
        return bool(read(period) >= first)
    return False


def _check_meetings(
    document: Document, year: FinancialYear, reported: Sequence[Month]
) -> Iterator[Issue]:
    """Meetings that have no papers in the catalogue's year: `kpi new-year` may take them over.

    `reported` are the months that papers can be built for.
    """
    for index, meeting in enumerate(list_items(document.value, "meetings")):
        text = meeting.get("data_to") if isinstance(meeting, dict) else None
        with suppress(ValueError):
            if isinstance(text, str) and Month.read(text) not in reported:
                message = f"data_to: {text} is not in the catalogue's year, {_format_span(year)}, "
                if reported[-1] not in year.months:
                    message += f"or up to {reported[-1]} for figures in arrears, "
                message += "so no papers can be built for this meeting"
                place, warning = ("meetings", index, "data_to"), Severity.WARNING
                yield make_issue(document, place, "other_year", message, severity=warning)


def _format_span(year: FinancialYear) -> str:
    """`2020-04 to 2021-03`."""
    first, *_, last = year.months
    return f"{first} to {last}"


def _check_months(document: Document, entry: _Entry, year: FinancialYear) -> Iterator[Issue]:
    """Milestones and first months of targets that lie outside the year."""
    for place, target in _list_targets(entry):
        found = [((*place, "milestones", str(month)), month) for month in target.milestones]
        starts = (*place, "from")
        step = (*place, target.form, str(target.start))
        if target.start:
            found.append((step if step in document.marks else starts, target.start))
        for inner, month in found:
            if month not in year.months:
                message = f"target: {month} is not in the catalogue's year, {_format_span(year)}"
                make = make_issue if inner == starts else make_key_issue
                yield make(document, inner, "other_year", message)


def _check_areas(document: Document, entry: _Entry) -> Iterator[Issue]:
    """Targets that follow an area whose figure is not there, or cannot be compared."""
    indicator, past = entry.indicator, [each.value for each in Past]
    for place, target in _list_targets(entry):
        if target.area is None:
            continue
        benchmark, area = indicator.benchmarks.get(target.area), shorten(target.area)
        if benchmark and indicator.is_comparable(benchmark):
            continue
        near = nearest_word(target.area, [*past, *indicator.benchmarks])
        if not benchmark and near:
            message = f"'{area}' is not known; did you mean '{near}'?"
        elif not benchmark:
            message = f"'benchmarks' has no '{area}'; give its figure there"
            message += f", or use one of {', '.join(past)}"
        elif benchmark.unit not in (None, indicator.unit):
            message = f"the figure of {area} is in another unit, so it cannot be the target"
            message += "; give it in the indicator's unit"
        else:
            message = f"the figure of {area} is not compared with this indicator's; write "
            message += "'comparable: true' with it if it can be, or give another target"
        path = (*place, "no_worse_than")
        yield make_issue(document, path, "no_benchmark", f"no_worse_than: {message}")


def _check_bands(
    document: Document, entry: _Entry, year: FinancialYear
) -> tuple[Path, Issue] | None:
    """The error of bands that contradict a target, with the path of what sets them."""
    for place, target in _list_targets(entry):
        try:
            _work_out_months(entry, target, year)
        except ValueError as error:
            bands = error.bands if isinstance(error, BandError) else ()
            path = _select_bands_path(document, entry, place, bands)
            is_own = path[: len(entry.path)] == entry.path
            first = "" if is_own else f"; first seen on indicator {entry.indicator.number}"
            return path, make_issue(document, path, "bands", f"target and bands: {error}{first}")
    return None


def _list_targets(entry: _Entry) -> Iterator[tuple[Path, Target]]:
    """Each of an indicator's targets with its path."""
    for index, target in enumerate(entry.indicator.targets):
        path: Path = (*entry.path, "target")
        yield (*path, index) if isinstance(entry.indicator.target, tuple) else path, target


def _check_is_rated(document: Document, entry: _Entry, year: FinancialYear) -> Iterator[Issue]:
    if not entry.indicator.is_rated:
        return
    limits: list[Limits] = []
    with suppress(ValueError):  # contradictory bands have their own error
        for _, target in _list_targets(entry):
            limits += _work_out_months(entry, target, year)
    if limits and not any(each.bounds for each in limits):
        reason = limits[-1].reason_none
        message = f"target: no month of {year} can be rated. {reason}"
        warning = Severity.WARNING
        yield make_issue(document, (*entry.path, "target"), "unrated", message, severity=warning)


def _check_last_year(document: Document, entry: _Entry, year: FinancialYear) -> Iterator[Issue]:
    """Months of last year whose figures amber depends on, and which are not known.

    Figures before a break in the series are not asked for, since they cannot be compared.
    """
    unknown: list[Month] = []
    with suppress(ValueError):  # contradictory bands have their own error
        for _, target in _list_targets(entry):
            bounds = (each.bounds[:1] for each in _work_out_months(entry, target, year))
            earlier = [bound.earlier for (bound,) in filter(None, bounds) if bound.earlier]
            for each in earlier:
                if each.figure is None and not each.is_broken_off:
                    unknown += list_earlier_gaps(entry.indicator, each.month)
    if unknown:
        months = join_months(sorted(set(unknown)))
        message = f"amber is 'better_than: same_period_last_year'; give the figure of {months}"
        message += " in 'earlier_months', or there is no amber for that period"
        place, warning = (*entry.path, "target"), Severity.WARNING
        yield make_issue(document, place, "no_last_year", message, severity=warning)


def _select_bands_path(
    document: Document, entry: _Entry, target: Path, bands: tuple[str, ...]
) -> Path:
    """The nearest path that sets one of these bands for a target; else the target's own."""
    kind = "percent" if entry.indicator.unit.is_in_points else "other"
    settings: tuple[Path, ...] = (
        (*target, "bands"),
        (*entry.path, "bands"),
        (*entry.path[:2], "bands", kind),
        ("bands", kind),
    )
    for path in ((*setting, band) for setting in settings for band in bands):
        if path in document.marks and _value_at(document, path) is not None:
            return path
    return target


def _value_at(document: Document, path: Path) -> Any:
    value = document.value
    for part in path:
        value = value[part]
    return value


def _list_with_bands(document: Document, catalogue: Catalogue | None) -> Iterator[_Entry]:
    """Each indicator that has a target with its bands, as far as both are valid."""
    pairs = _list_valid(catalogue) if catalogue else _list_valid_alone(document)
    paths = (path for path, _ in list_entries(document))
    for path, pair in zip(paths, pairs, strict=True):
        if pair and pair[0].targets:
            yield _Entry(path=path, indicator=pair[0], scale=pair[1])


def _list_valid(catalogue: Catalogue) -> Iterator[tuple[Indicator, Scale] | None]:
    for section in catalogue.sections:
        for each in section.indicators:
            yield each, catalogue.scale_for(section, each)


def _list_valid_alone(document: Document) -> Iterator[tuple[Indicator, Scale] | None]:
    """For each entry of a catalogue with errors: its indicator and bands, if they are valid."""
    head, words = _read_bands(document.value), _read_words(document.value)
    sections = [_read_bands(section) for section in list_items(document.value, "sections")]
    for path, entry in list_entries(document):
        section, pair = sections[int(path[1])], None
        with suppress(ValueError):
            indicator = Indicator.model_validate(entry)
            if head and section:
                unit = indicator.unit
                wider = section.bands_for(unit), head.bands_for(unit)
                scale = select_scale(indicator.bands, *wider)
                pair = indicator, replace(scale, words=words)
        yield pair


def _read_bands(value: object) -> BandsByUnit | None:
    with suppress(ValueError):
        if isinstance(value, dict):
            return BandsByUnit.model_validate(value.get("bands", {}))
    return None


def _read_words(value: object) -> RatingWords:
    """The words for the ratings; our own where they have a fault."""
    with suppress(ValueError):
        if isinstance(value, dict):
            return OwnWords.model_validate(value.get("rating_words", {})).compose_words()
    return OUR_WORDS


def _work_out_months(entry: _Entry, target: Target, year: FinancialYear) -> list[Limits]:
    """The limits of each month that a figure is due for while a target holds.

    Raises ValueError where bands contradict the target, at the year's end of a running total too.
    """
    indicator = entry.indicator
    due = (
        month
        for month in year.months
        if indicator.is_due(month) and indicator.target_for(month) == target
    )
    limits = list(work_out_limits_by_month(indicator, entry.scale, due).values())
    if indicator.accumulates and target == indicator.targets[-1]:
        work_out_year_end_limits(indicator, entry.scale)
    return limits
