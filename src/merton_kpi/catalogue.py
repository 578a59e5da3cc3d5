"""The catalogue's text to a Catalogue, or to nothing, with every issue found in it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from merton_kpi.entries import Meeting, Outturn, RateOf
from merton_kpi.goals import set_goal, set_year_end_goal
from merton_kpi.issues import Issue, Place, did_you_mean
from merton_kpi.model import Catalogue, Indicator, Section
from merton_kpi.targets import Bands, BandsByUnit, Edge, Target
from merton_kpi.yamltext import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic_core import ErrorDetails

    from merton_kpi.fields import Entry
    from merton_kpi.periods import Month
    from merton_kpi.yamltext import Document, Path

_ENTRIES: tuple[type[Entry], ...] = (
    Catalogue,
    Section,
    Indicator,
    Meeting,
    Outturn,
    RateOf,
    Target,
    Edge,
    Bands,
    BandsByUnit,
)
_MOST_INDICATORS = 20_000
_MOST_FAULTS = 1_000  # of one kind are told
_SENTENCES = {
    "string_type": "write text, in quotes where it looks like a number",
    "string_too_short": "say something here, or leave the key out",
    "is_instance_of": "write a plain number, like 91 or 83.1",
    "int_type": "write a whole number",
    "tuple_type": "write a list, like [a, b]",
    "mapping_type": "write keys and values here",
    "model_type": "write keys and values here",
}


def read_catalogue(text: str, file: str) -> tuple[Catalogue | None, tuple[Issue, ...]]:
    """Read and validate indicators.yaml; `file` is the name that its issues give.

    Returns the catalogue, or None where it has an error, and every issue at once.
    """
    document = read_yaml(text, file)
    issues = list(document.issues)
    if document.value is None:
        message = "the catalogue is empty; describe its authority, panel and indicators"
        return None, tuple(
            issues or [Issue(code="empty", place=document.place(()), message=message)]
        )
    if _count_entries(document) > _MOST_INDICATORS:
        message = f"it has more than {_MOST_INDICATORS:,} indicators; is this the right file?"
        issues.append(Issue(code="file_size", place=document.place(()), message=message))
        return None, tuple(issues)
    catalogue = None
    try:
        catalogue = Catalogue.model_validate(document.value)
    except ValidationError as error:
        found = error.errors(include_url=False)
        issues += [_tell(document, details) for details in found[:_MOST_FAULTS]]
        if len(found) > _MOST_FAULTS:
            message = f"there are {len(found):,} faults; mend these first"
            place = Place(file=file)
            issues.append(Issue(code="too_many_faults", place=place, message=message))
    # Telling takes longer than finding; who has mended so many will read it again.
    issues += islice(_check_across(document), _MOST_FAULTS)
    if catalogue is not None:
        for (path, _), indicator in zip(_entries(document), catalogue.indicators, strict=True):
            indicator._line = document.place(path).line
        issues += _check_goals(document, catalogue)
    issues.sort(key=lambda issue: issue.place.line or 0)
    return (None if issues else catalogue), tuple(issues)


def _tell(document: Document, details: ErrorDetails) -> Issue:
    """One of pydantic's errors as an issue: its place, its subject and a plain sentence."""
    path = _path_in(document, details["loc"])
    str(path[-1]) if path else "the catalogue"
    return Issue(
        code=details["type"],
        place=document.place(path),
        subject=_subject(document, path),
        message=_sentence(
            details, str((path or ("the catalogue",))[-1]), _list_keys(document, path)
        ),
    )


def _path_in(document: Document, loc: Path) -> Path:
    """Pydantic's `loc` without the parts that name a variant or a key rather than a place."""
    path: Path = ()
    for part in loc:
        if (*path, part) in document.lines:
            path = (*path, part)
    return path


def _list_keys(document: Document, path: Path) -> list[str]:
    """The keys that could stand at a path: those of the model that its neighbours fit best."""
    beside = {each[-1] for each in document.lines if each and each[:-1] == path[:-1]}
    keys = (
        [field.alias or name for name, field in entry.model_fields.items()] for entry in _ENTRIES
    )
    return max(keys, key=lambda names: len(beside.intersection(names)))


def _sentence(details: ErrorDetails, key: str, known: list[str]) -> str:
    match details["type"]:
        case "extra_forbidden":
            return f"the key '{key}' is not known here; {did_you_mean(key, known)}"
        case "missing":
            return f"the key '{details['loc'][-1]}' is missing"
        case "enum" | "literal_error":
            words = details["ctx"]["expected"].replace(" or ", ", ").replace("'", "").split(", ")
            return (
                f"{key}: '{details['input']}' is not known; {did_you_mean(_text(details), words)}"
            )
        case "value_error":
            return str(details["ctx"]["error"])
        case kind:
            hint = _SENTENCES.get(kind, details["msg"])
            return f"{key}: {hint}, not {_shown(details['input'])}"


def _text(details: ErrorDetails) -> str:
    return str(details["input"])


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, (dict, tuple)):
        return "a list" if isinstance(value, tuple) else "keys and values"
    return f"'{value}'"


def _subject(document: Document, path: Path) -> str:
    """`indicator 23a` for a path within one; else nothing."""
    if len(path) < 4 or path[0] != "sections" or path[2] != "indicators":
        return ""
    entry = document.value["sections"][path[1]]["indicators"][path[3]]
    number = entry.get("number") if isinstance(entry, dict) else None
    return f"indicator {number}" if number else ""


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
    """What no single entry can see: numbers given twice, and links that lead nowhere.

    It looks at the document and not at the models, so that a fault in one entry hides none here.
    """
    first_line: dict[str, int | None] = {}
    for path, entry in _entries(document):
        if "number" not in entry:
            continue
        number, place = str(entry["number"]), document.place((*path, "number"))
        if number in first_line:
            message = f"number {number} was given on line {first_line[number]} already"
            yield _across(document, path, "number", "duplicate_number", message)
        first_line.setdefault(number, place.line)
    head = document.value if isinstance(document.value, dict) else {}
    footnotes = head.get("footnotes")
    areas = head.get("benchmark_areas", Catalogue.model_fields["benchmark_areas"].default)
    known = {
        "linked": first_line,
        "replaced_by": first_line,
        "rate_of": first_line,
        "footnotes": footnotes if isinstance(footnotes, dict) else {},
        "benchmarks": areas if isinstance(areas, tuple) else (),
    }
    for path, entry in _entries(document):
        for key, targets in known.items():
            value = entry.get(key)
            if key == "rate_of" and isinstance(value, dict):
                value = value.get("count")
            for word in value if isinstance(value, (tuple, dict)) else [value]:
                if isinstance(word, str) and word not in targets:
                    message = f"{key}: there is no '{word}'; {did_you_mean(word, targets)}"
                    yield _across(document, path, key, "dangling_link", message)


def _check_goals(document: Document, catalogue: Catalogue) -> Iterator[Issue]:
    """Targets and bands that contradict each other, found by setting every goal of the year."""
    indicators = ((section, each) for section in catalogue.sections for each in section.indicators)
    for (path, _), (section, indicator) in zip(_entries(document), indicators, strict=True):
        bands = catalogue.bands_for(section, indicator)
        try:
            _check_goals_of(indicator, bands, catalogue.financial_year.months)
        except ValueError as error:
            yield _across(document, path, "target", "bands", f"target and bands: {error}")


def _check_goals_of(indicator: Indicator, bands: Bands, year: tuple[Month, ...]) -> None:
    if not indicator.targets:
        return
    for target in indicator.targets:
        for month in (*target.milestones, *([target.start] if target.start else [])):
            if month not in year:
                raise ValueError(f"{month} is not in the catalogue's year")
    for month in year:
        if month.number in indicator.months_due:
            set_goal(indicator, bands, month)
    if indicator.accumulates:
        set_year_end_goal(indicator, bands)


def _across(document: Document, path: Path, key: str, code: str, message: str) -> Issue:
    return Issue(
        code=code,
        place=document.place((*path, key)),
        subject=_subject(document, (*path, key)),
        message=message,
    )
