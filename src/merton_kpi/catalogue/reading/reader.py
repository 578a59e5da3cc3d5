"""The text of indicators.yaml to a Catalogue, with every issue that the text alone shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from pydantic import ValidationError

from merton_kpi.catalogue.entries import SourceLayout
from merton_kpi.catalogue.models import Catalogue
from merton_kpi.catalogue.reading.checks.cross_checks import check_references
from merton_kpi.catalogue.reading.document import list_entries, list_items
from merton_kpi.catalogue.reading.model_errors import format_subject, list_model_issues
from merton_kpi.catalogue.reading.quoting import list_quotable_issues
from merton_kpi.catalogue.reading.yaml_reader import Document, read_yaml
from merton_kpi.core.issues import Issue, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_MOST_INDICATORS = 20_000
_MOST_ISSUES = 1_000  # of one kind; the rest is reported once these are corrected


@dataclass(frozen=True, kw_only=True, slots=True)
class Definitions:
    """What was read from a catalogue's text.

    `catalogue` is None where `issues` has an error. `document` has the values and their places for
    further checks; it is empty where the text has no values that could be checked.
    """

    document: Document
    catalogue: Catalogue | None
    issues: tuple[Issue, ...]

    @property
    def places(self) -> Mapping[str, Place]:
        """Where each indicator's entry begins, by its number."""
        return {
            str(entry.get("number")): self.document.place_of(path)
            for path, entry in list_entries(self.document)
        }

    @property
    def sources(self) -> tuple[SourceLayout, ...] | None:
        """How extracts are laid out, by a catalogue that has errors elsewhere too.

        None where it cannot be known: the text is not YAML, or `sources` has an error.
        """
        if self.catalogue:
            return self.catalogue.sources
        items = list_items(self.document.value, "sources")
        if not items and (self.document.value is None or "sources" in self.document.value):
            return None
        try:
            return tuple(map(SourceLayout.model_validate, items))
        except ValidationError:
            return None


def read_definitions(text: str, file: str) -> Definitions:
    """Read and validate a catalogue's text; `file` is the name that its issues give.

    Targets and bands are not yet checked against each other: see `loading.read_catalogue`.
    """
    document = read_yaml(text, file)
    issues = tuple(
        replace(issue, subject=format_subject(document, path))
        for path, issue in list_quotable_issues(document)
    )
    message = ""
    if document.value is None:
        code, message = "empty", ""
        if not issues:
            message = "the catalogue is empty; give its authority, panel and indicators"
    elif _count_entries(document) > _MOST_INDICATORS:
        code = "file_size"
        message = f"there are more than {_MOST_INDICATORS:,} indicators; is this the right file?"
    if document.value is None or message:
        whole = (Issue(code=code, place=document.place_of(()), message=message),) if message else ()
        return Definitions(
            document=Document(file=file), catalogue=None, issues=sort_issues((*issues, *whole))
        )
    catalogue, model_issues = _validate(document)
    issues = add_issues(issues, model_issues)
    issues = add_issues(issues, check_references(document))
    issues = add_issues(issues, _list_remarks(document))
    return Definitions(document=document, catalogue=catalogue, issues=issues)


def _list_remarks(document: Document) -> Iterator[Issue]:
    """The warnings of the document, each with the key that it is about."""
    for path, issue in document.remarks:
        key = next((part for part in reversed(path) if isinstance(part, str)), "")
        message = f"{key}: {issue.message}" if key else issue.message
        yield replace(issue, subject=format_subject(document, path), message=message)


def add_issues(issues: Iterable[Issue], more: Iterable[Issue]) -> tuple[Issue, ...]:
    """The issues with more of them, in the order of their lines, each once.

    A place that has an error already gets no other issue: it would follow from the first. At most
    1,000 are added.
    """
    issues = tuple(issues)
    places = {issue.place for issue in issues if issue.severity is Severity.ERROR}
    added = (issue for issue in islice(more, _MOST_ISSUES) if issue.place not in places)
    return sort_issues((*issues, *added))


def sort_issues(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    """The issues of one file in the order of their lines and columns, each once."""
    return tuple(
        sorted(
            dict.fromkeys(issues), key=lambda each: (each.place.line or 0, each.place.column or 0)
        )
    )


def _validate(document: Document) -> tuple[Catalogue | None, tuple[Issue, ...]]:
    """The catalogue, where its models accept it, else their errors."""
    try:
        catalogue = Catalogue.model_validate(document.value)
    except ValidationError as error:
        found = error.errors(include_url=False)
        issues = tuple(list_model_issues(document, found[: _MOST_ISSUES - 1]))
        if len(found) >= _MOST_ISSUES:
            message = f"there are {len(found):,} errors; correct these first"
            place = Place(file=document.file)
            issues = (*issues, Issue(code="too_many_faults", place=place, message=message))
        return None, issues
    return catalogue, ()


def _count_entries(document: Document) -> int:
    """How many indicators there are, with or without errors."""
    sections = list_items(document.value, "sections")
    return sum(len(list_items(section, "indicators")) for section in sections)
