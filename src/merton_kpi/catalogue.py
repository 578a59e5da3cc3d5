"""The catalogue's text to a Catalogue, or to nothing, with every issue found in it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from merton_kpi.faults import make_issue, name_indicator, tell_faults
from merton_kpi.goals import remember_goals, set_year_end_goal
from merton_kpi.issues import Issue, Place, Severity, did_you_mean, find_near, shorten
from merton_kpi.model import Catalogue, Indicator
from merton_kpi.periods import FinancialYear
from merton_kpi.targets import BandsByUnit, nest
from merton_kpi.yamltext import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from merton_kpi.goals import Goal
    from merton_kpi.targets import Bands
    from merton_kpi.yamltext import Document, Path

_MOST_INDICATORS = 20_000
# Telling takes longer than finding; who has mended so many of one kind will read it again.
_MOST_FAULTS = 1_000
_GAPS = {
    "rationale": "the rationale is missing; say in a sentence or two why the indicator matters",
    "owner": "the owner is missing; give the job title of the one who answers for the figures",
}


def read_catalogue(
    text: str, file: str, *, gaps: bool = False
) -> tuple[Catalogue | None, tuple[Issue, ...]]:
    """Read and validate indicators.yaml; `file` is the name that its issues give.

    Returns the catalogue, or None where it has an error, and every issue at once. With `gaps`,
    what a sound catalogue lacks (a rationale, an owner, any rating of a target) is a warning.
    """
    document = read_yaml(text, file)
    whole = document.place(())
    issues = [
        replace(issue, subject=name_indicator(document, path)) for path, issue in document.issues
    ]
    if document.value is None:
        message = "the catalogue is empty; describe its authority, panel and indicators"
        empty = Issue(code="empty", place=whole, message=message)
        return None, tuple(issues or [empty])
    if _count_entries(document) > _MOST_INDICATORS:
        message = f"it has more than {_MOST_INDICATORS:,} indicators; is this the right file?"
        return None, (*issues, Issue(code="file_size", place=whole, message=message))
    catalogue, faults = _validate(document)
    for found in (faults, _check_across(document), _check_goals(document, catalogue, gaps=gaps)):
        told = {issue.place for issue in issues}  # what is told of a place once is not told again
        issues += [each for each in islice(found, _MOST_FAULTS) if each.place not in told]
    if gaps:
        issues += islice(_find_gaps(document), _MOST_FAULTS)
    issues = sorted(dict.fromkeys(issues), key=lambda each: _order(each.place))
    if any(issue.severity is Severity.ERROR for issue in issues):
        return None, tuple(issues)
    return catalogue, tuple(issues)


def _order(place: Place) -> tuple[int, int]:
    return place.line or 0, place.column or 0


def _validate(document: Document) -> tuple[Catalogue | None, list[Issue]]:
    """The catalogue, where its models accept it, else their faults."""
    try:
        catalogue = Catalogue.model_validate(document.value)
    except ValidationError as error:
        found = error.errors(include_url=False)
        faults = list(tell_faults(document, found[: _MOST_FAULTS - 1]))
        if len(found) >= _MOST_FAULTS:
            message = f"there are {len(found):,} faults; mend these first"
            place = Place(file=document.file)
            faults.append(Issue(code="too_many_faults", place=place, message=message))
        return None, faults
    for (path, _), indicator in zip(_entries(document), catalogue.indicators, strict=True):
        indicator._place = document.place(path)
    return catalogue, []


def _entries(document: Document) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Each indicator's path and keys, as far as the document has that shape."""
    sections = document.value.get("sections") if isinstance(document.value, dict) else None
    for place, section in enumerate(sections if isinstance(sections, tuple) else ()):
        entries = section.get("indicators") if isinstance(section, dict) else None
        for index, entry in enumerate(entries if isinstance(entries, tuple) else ()):
            if isinstance(entry, dict):
                yield ("sections", place, "indicators", index), entry


def _count_entries(document: Document) -> int:
    """How many indicators there are, sound or not."""
    sections = document.value.get("sections") if isinstance(document.value, dict) else None
    lists = [
        section.get("indicators")
        for section in (sections if isinstance(sections, tuple) else ())
        if isinstance(section, dict)
    ]
    return sum(len(each) for each in lists if isinstance(each, tuple))


def _check_across(document: Document) -> Iterator[Issue]:
    """What no single entry can see: what is given twice, and links that lead nowhere.

    It looks at the document and not at the models, so that a fault in one entry hides none here.
    """
    entries = list(_entries(document))
    numbers = {
        (*path, "number"): str(entry["number"]) for path, entry in entries if "number" in entry
    }
    for path, number, line in _find_twice(document, numbers):
        message = f"number {number} was given on line {line} already; give each its own"
        yield make_issue(document, path, "duplicate_number", message)
    for path, day, line in _find_twice(document, dict(_list_meetings(document))):
        message = f"the meeting on {day} was given on line {line} already; keep one of them"
        yield make_issue(document, path, "duplicate_meeting", message)
    head = document.value if isinstance(document.value, dict) else {}
    footnotes = head.get("footnotes")
    areas = head.get("benchmark_areas", Catalogue.model_fields["benchmark_areas"].default)
    indicators = list(dict.fromkeys(numbers.values()))
    known = {
        "linked": indicators,
        "replaced_by": indicators,
        "rate_of": indicators,
        "footnotes": footnotes if isinstance(footnotes, dict) else {},
        "benchmarks": areas if isinstance(areas, tuple) else (),
    }
    for path, entry in entries:
        for key, targets in known.items():
            for place, word in _list_links((*path, key), entry.get(key)):
                if word not in targets:
                    message = f"{key}: there is no '{shorten(word)}'; {did_you_mean(word, targets)}"
                    is_key = key == "benchmarks"
                    yield make_issue(document, place, "dangling_link", message, of_key=is_key)


def _find_twice(
    document: Document, words: dict[Path, str]
) -> Iterator[tuple[Path, str, int | None]]:
    """What has been given before: its path, the word, and the first one's line."""
    first: dict[str, Path] = {}
    for path, word in words.items():
        if word in first:
            yield path, shorten(word), document.place(first[word]).line
        first.setdefault(word, path)


def _list_meetings(document: Document) -> Iterator[tuple[Path, str]]:
    """Each meeting's date as it is written."""
    meetings = document.value.get("meetings") if isinstance(document.value, dict) else None
    for index, entry in enumerate(meetings if isinstance(meetings, tuple) else ()):
        if isinstance(entry, dict) and isinstance(entry.get("date"), str):
            yield ("meetings", index, "date"), entry["date"]


def _list_links(path: Path, value: object) -> Iterator[tuple[Path, str]]:
    """The words of a link, of a list of links, of a `{count: …}` or of the areas compared with."""
    inner: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, dict):
        areas = ((area, area) for area in value)
        inner = areas if path[-1] == "benchmarks" else [("count", value.get("count"))]
    elif isinstance(value, tuple):
        inner = enumerate(value)
    elif isinstance(value, str):
        yield path, value
    yield from (((*path, place), word) for place, word in inner if isinstance(word, str))


def _check_goals(document: Document, catalogue: Catalogue | None, *, gaps: bool) -> Iterator[Issue]:
    """Targets and bands that contradict each other, found by setting every goal of the year.

    With `gaps`, a target that rates no month of the year is a warning.
    """
    for path, indicator, bands, year in _pair_bands(document, catalogue):
        if not indicator.targets:
            continue
        place = (*path, "target")
        try:
            goals = _set_goals(indicator, bands, year)
        except ValueError as error:
            yield make_issue(document, place, "bands", f"target and bands: {error}")
            continue
        is_open = not indicator.is_closed and not indicator.rating_withheld
        if gaps and is_open and not any(goal.sides for goal in goals):
            message = f"target: no month of {year} can be rated: {goals[-1].words}"
            yield make_issue(document, place, "unrated", message, severity=Severity.WARNING)


def _pair_bands(
    document: Document, catalogue: Catalogue | None
) -> Iterator[tuple[Path, Indicator, Bands, FinancialYear]]:
    """Each open indicator with its path, its bands and the year.

    Where the catalogue has a fault, those are left out that cannot be read alone.
    """
    entries = list(_entries(document))
    if catalogue is not None:
        year = catalogue.financial_year
        pairs = [(section, each) for section in catalogue.sections for each in section.indicators]
        for (path, _), (section, indicator) in zip(entries, pairs, strict=True):
            yield path, indicator, catalogue.bands_for(section, indicator), year
        return
    for path, entry in entries:
        section = document.value["sections"][path[1]]
        with suppress(ValueError):
            year = FinancialYear.parse(str(document.value.get("financial_year")))
            indicator = Indicator.model_validate(entry)
            bands = indicator.bands
            for wider in (section, document.value):
                known = BandsByUnit.model_validate(wider.get("bands", {}))
                bands = nest(bands, known.for_unit(indicator.unit))
            yield path, indicator, bands, year


def _set_goals(indicator: Indicator, bands: Bands, year: FinancialYear) -> list[Goal]:
    """The goals of the months that a figure is due for."""
    for target in indicator.targets:
        for month in (*target.milestones, *([target.start] if target.start else [])):
            if month not in year.months:
                first, *_, last = year.months
                raise ValueError(f"{month} is not in the catalogue's year, {first} to {last}")
    due = (month for month in year.months if month.number in indicator.months_due)
    goals = list(map(remember_goals(indicator, bands), due))
    if indicator.accumulates:
        set_year_end_goal(indicator, bands)
    return goals


def _find_gaps(document: Document) -> Iterator[Issue]:
    """What an indicator that is open should say, and does not, nor under a key misspelt."""
    for path, entry in _entries(document):
        if not entry.get("removed") and not entry.get("replaced_by"):
            unknown = [key for key in entry if key not in Indicator.model_fields]
            for key, message in _GAPS.items():
                if not str(entry.get(key) or "").strip() and not find_near(key, unknown):
                    warning = Severity.WARNING
                    yield make_issue(document, path, f"no_{key}", message, severity=warning)
