"""Earlier figures that a message must not quote, since one may be a count that is suppressed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from merton_kpi.catalogue.reading.document import list_entries
from merton_kpi.core.issues import is_like

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

    from merton_kpi.catalogue.reading.yaml_reader import Document, Path
    from merton_kpi.core.issues import Issue

_OF_FIGURES = frozenset({"outturns", "earlier_months"})
_OF_SUPPRESSION = ("suppress_small_numbers", "suppress")
_HIDDEN = "..."
_UNQUOTED = (
    "this figure, or its key, is not written plainly; write figures like 90 or 33.9, without "
    "quotes, commas and symbols, and years and months like 2019/20 and 2019-05"
)


def list_quotable_issues(document: Document) -> list[tuple[Path, Issue]]:
    """The document's issues, those about how an earlier figure is written without the figure."""
    if not any(_OF_FIGURES.intersection(path) for path, _ in document.issues):
        return list(document.issues)
    if document.value is not None and _can_quote(document):
        return list(document.issues)
    return [
        (path, replace(issue, message=_UNQUOTED) if _OF_FIGURES.intersection(path) else issue)
        for path, issue in document.issues
    ]


def _can_quote(document: Document) -> bool:
    """Whether no entry has a key of suppression, or one that may be meant for it."""
    keys = {str(key) for _, entry in list_entries(document) for key in entry}
    return not any(is_like(key, _OF_SUPPRESSION) for key in keys)


def remove_figures(document: Document, found: Iterable[ErrorDetails]) -> list[ErrorDetails]:
    """Pydantic's errors, those about earlier figures without the value that they are about.

    They keep it where no entry has a key of suppression, or one that may be meant for it: a log of
    checks may be public.
    """
    found = list(found)
    if not any(_OF_FIGURES.intersection(each["loc"]) for each in found):
        return found
    if _can_quote(document):
        return found
    return [
        {**each, "input": _HIDDEN} if _OF_FIGURES.intersection(each["loc"]) else each
        for each in found
    ]
