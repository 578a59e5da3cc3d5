"""The catalogue's text to a Catalogue, or to nothing, with every issue found in it."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from pydantic import ValidationError

from merton_kpi.catalogue.cross_checks import check_references, list_entries, list_items
from merton_kpi.catalogue.model_errors import format_subject, list_model_issues, make_issue
from merton_kpi.catalogue.models import Catalogue, Indicator
from merton_kpi.catalogue.yaml_reader import read_yaml
from merton_kpi.core.issues import Issue, Place, Severity, nearest_word
from merton_kpi.rating.limit_checks import check_limits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.catalogue.yaml_reader import Document

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
        replace(issue, subject=format_subject(document, path)) for path, issue in document.issues
    ]
    if document.value is None:
        message = "the catalogue is empty; describe its authority, panel and indicators"
        empty = Issue(code="empty", place=whole, message=message)
        return None, tuple(issues or [empty])
    if _count_entries(document) > _MOST_INDICATORS:
        message = f"it has more than {_MOST_INDICATORS:,} indicators; is this the right file?"
        return None, (*issues, Issue(code="file_size", place=whole, message=message))
    catalogue, faults = _validate(document)
    across = (check_references(document), check_limits(document, catalogue, gaps=gaps))
    for found in (faults, *across):
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
        faults = list(list_model_issues(document, found[: _MOST_FAULTS - 1]))
        if len(found) >= _MOST_FAULTS:
            message = f"there are {len(found):,} faults; mend these first"
            place = Place(file=document.file)
            faults.append(Issue(code="too_many_faults", place=place, message=message))
        return None, faults
    for (path, _), indicator in zip(list_entries(document), catalogue.indicators, strict=True):
        indicator._place = document.place(path)
    return catalogue, []


def _count_entries(document: Document) -> int:
    """How many indicators there are, sound or not."""
    sections = list_items(document.value, "sections")
    return sum(len(list_items(section, "indicators")) for section in sections)


def _find_gaps(document: Document) -> Iterator[Issue]:
    """What an indicator that is open should say, and does not, nor under a key misspelt."""
    for path, entry in list_entries(document):
        if not entry.get("removed") and not entry.get("replaced_by"):
            unknown = [key for key in entry if key not in Indicator.model_fields]
            for key, message in _GAPS.items():
                if _is_blank(entry.get(key)) and not nearest_word(key, unknown):
                    warning = Severity.WARNING
                    yield make_issue(document, path, f"no_{key}", message, severity=warning)


def _is_blank(value: object) -> bool:
    """Whether a key says nothing; one that is empty or no text has a fault of its own."""
    return value is None or (isinstance(value, str) and value != "" and not value.strip())
