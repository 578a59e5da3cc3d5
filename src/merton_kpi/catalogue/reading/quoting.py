"""Earlier figures that a message must not quote, since one may be a count that is suppressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.catalogue.reading.document import list_entries
from merton_kpi.core.issues import is_like

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

    from merton_kpi.catalogue.reading.yaml_reader import Document

_OF_FIGURES = frozenset({"outturns", "earlier_months"})
_OF_SUPPRESSION = ("suppress_small_numbers", "suppress")
_HIDDEN = "..."


def remove_figures(document: Document, found: Iterable[ErrorDetails]) -> list[ErrorDetails]:
    """Pydantic's errors, those about earlier figures without the value that they are about.

    They keep it where no entry has a key of suppression, or one that may be meant for it: a log of
    checks may be public.
    """
    found = list(found)
    if not any(_OF_FIGURES.intersection(each["loc"]) for each in found):
        return found
    keys = {str(key) for _, entry in list_entries(document) for key in entry}
    if not any(is_like(key, _OF_SUPPRESSION) for key in keys):
        return found
    return [
        {**each, "input": _HIDDEN} if _OF_FIGURES.intersection(each["loc"]) else each
        for each in found
    ]
