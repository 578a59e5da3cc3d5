"""Warnings of what a catalogue lacks, has in vain, or spells in two ways."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from merton_kpi.catalogue.indicator import Indicator
from merton_kpi.catalogue.reading.checks.owner_checks import check_needless_owners
from merton_kpi.catalogue.reading.document import list_entries, list_uses
from merton_kpi.catalogue.reading.model_errors import make_issue
from merton_kpi.core.issues import Issue, Severity, is_like, nearest_word, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.catalogue.reading.document import Entries
    from merton_kpi.catalogue.reading.yaml_reader import Document

_MOST_ISSUES = 1_000
_GAPS = {
    "rationale": "the rationale is missing; say in a sentence or two why the indicator matters",
    "owner": "the owner is missing; give the job title of the officer responsible for the figures",
}


def check_gaps(document: Document) -> Iterator[Issue]:
    """Warnings of what a catalogue lacks, has in vain, or spells in two ways. At most 1,000."""
    entries = list(list_entries(document))
    found = (
        *_check_missing(document, entries),
        *_check_footnotes(document, entries),
        *check_needless_owners(document, entries),
    )
    return islice(found, _MOST_ISSUES)


def _check_missing(document: Document, entries: Entries) -> Iterator[Issue]:
    """Indicators that are reported and have no rationale, or no owner.

    There is no warning where the key is only misspelt.
    """
    for path, entry in entries:
        if any(_is_closing(entry.get(key)) for key in ("removed", "replaced_by")):
            continue
        unknown = [key for key in entry if key not in Indicator.model_fields]
        for key, message in _GAPS.items():
            if _is_blank(entry.get(key)) and not nearest_word(key, unknown):
                warning = Severity.WARNING
                yield make_issue(document, path, f"no_{key}", message, severity=warning)


def _is_closing(value: object) -> bool:
    """Whether an indicator with this value is not reported in any month of the year."""
    return bool(value) and not (isinstance(value, dict) and value.get("from"))


def _is_blank(value: object) -> bool:
    """Whether a key is missing or only white space; an empty text or another type is an error."""
    return value is None or (isinstance(value, str) and value != "" and not value.strip())


def _check_footnotes(document: Document, entries: Entries) -> Iterator[Issue]:
    """Footnotes that no indicator refers to, not even by a misspelt name."""
    footnotes = document.value.get("footnotes") if isinstance(document.value, dict) else None
    used = {word for _, word in list_uses(entries, ("footnotes",))}
    unknown = [word for word in used if not isinstance(footnotes, dict) or word not in footnotes]
    for name in footnotes if isinstance(footnotes, dict) else ():
        if name not in used and not is_like(name, unknown):
            message = f"footnotes: no indicator refers to '{shorten(name)}'; "
            message += "add it to an indicator's 'footnotes', or delete it"
            path, warning = ("footnotes", name), Severity.WARNING
            yield make_issue(document, path, "unused_footnote", message, severity=warning)
