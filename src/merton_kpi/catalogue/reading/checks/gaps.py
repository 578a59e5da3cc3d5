"""Warnings of what a catalogue lacks, has in vain, or spells in two ways."""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from merton_kpi.catalogue.indicator import Indicator
from merton_kpi.catalogue.reading.document import list_entries, list_uses
from merton_kpi.catalogue.reading.model_errors import make_issue
from merton_kpi.core.issues import Issue, Severity, is_like, nearest_word, shorten
from merton_kpi.core.periods import format_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.catalogue.reading.document import Entries
    from merton_kpi.catalogue.reading.yaml_reader import Document

_MOST_ISSUES = 1_000
_GAPS = {
    "rationale": "the rationale is missing; say in a sentence or two why the indicator matters",
    "owner": "the owner is missing; give the job title of the officer responsible for the figures",
}
_MOST_OWNERS = 500  # whose names are compared with each other
_FEWEST_LETTERS = 6  # of a word that may be mistyped; `SEN` and `SEND` are two teams


def check_gaps(document: Document) -> Iterator[Issue]:
    """Warnings of what a catalogue lacks, has in vain, or spells in two ways. At most 1,000."""
    entries = list(list_entries(document))
    found = (
        *_check_missing(document, entries),
        *_check_footnotes(document, entries),
        *_check_owners(document, entries),
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


def _check_owners(document: Document, entries: Entries) -> Iterator[Issue]:
    """Owners whose names differ from another's only as one job title spelt in two ways does."""
    owners = [
        (path, owner) for path, entry in entries if isinstance(owner := entry.get("owner"), str)
    ]
    counts = Counter(owner for _, owner in owners)
    usual = _match_spellings(counts)
    for path, owner in owners:
        if owner in usual:
            other = usual[owner]
            message = f"owner: '{shorten(owner)}' may be '{shorten(other)}', who owns "
            message += (
                f"{format_count(counts[other], 'indicator')}; if it is, spell it the same way"
            )
            place, warning = (*path, "owner"), Severity.WARNING
            yield make_issue(document, place, "two_spellings", message, severity=warning)


def _match_spellings(counts: Counter[str]) -> dict[str, str]:
    """For each name spelt in an unusual way, the name as it is spelt most often.

    A slip of one letter counts only in a name that is used once, beside one used more often.
    """
    first: dict[str, str] = {}  # by the name without its spelling
    usual: dict[str, str] = {}
    for name, number in counts.most_common():
        same = first.setdefault(_strip_spelling(name), name)
        often = (each for each in first.values() if counts[each] > 1)
        if same == name and number == 1 and len(counts) <= _MOST_OWNERS:
            same = next((each for each in often if _is_slip(name, each)), name)
        if same != name:
            usual[name] = same
    return usual


def _strip_spelling(name: str) -> str:
    """A name without what differs from one person to the next: capitals, signs and spaces."""
    return re.sub(r"[\W_]|\bthe\b", "", re.sub("&| and ", "and", name.casefold()))


def _is_slip(name: str, other: str) -> bool:
    """Whether two names differ by one letter, or by two letters changed round, of a long word."""
    words, others = name.casefold().split(), other.casefold().split()
    pairs = [pair for pair in zip(words, others, strict=False) if pair[0] != pair[1]]
    if len(words) != len(others) or len(pairs) != 1:
        return False
    word, meant = pairs[0]
    is_word = word.isalpha() and meant.isalpha() and min(len(word), len(meant)) >= _FEWEST_LETTERS
    return is_word and _is_one_letter_apart(word, meant)


def _is_one_letter_apart(word: str, other: str) -> bool:
    """Whether one letter was added, left out or replaced, or two were changed round."""
    start = next(
        (index for index, pair in enumerate(zip(word, other, strict=False)) if pair[0] != pair[1]),
        min(len(word), len(other)),
    )
    rest, of_other = word[start:], other[start:]
    return (
        rest[1:] == of_other[1:]
        or rest[1:] == of_other
        or rest == of_other[1:]
        or (rest[1::-1] == of_other[:2] and rest[2:] == of_other[2:])
    )
