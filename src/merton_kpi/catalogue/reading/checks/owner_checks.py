"""Checks of the owners: those that are listed, and those that indicators have."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from merton_kpi.catalogue.reading.document import list_items
from merton_kpi.catalogue.reading.model_errors import make_issue
from merton_kpi.core.issues import Issue, Severity, is_like, nearest_word, shorten
from merton_kpi.core.periods import format_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.catalogue.reading.document import Entries
    from merton_kpi.catalogue.reading.yaml_reader import Document, Path

    Names = list[tuple[Path, str]]

_MOST_OWNERS = 500  # whose names are compared with each other
_FEWEST_LETTERS = 6  # of a word that may be mistyped; `SEN` and `SEND` are two teams


def check_owners(document: Document, entries: Entries) -> Iterator[Issue]:
    """Owners that are listed twice, and indicators' owners that are not listed.

    Where no list is given, any owner is good.
    """
    listed = list(_list_listed(document))
    first: dict[str, tuple[Path, str]] = {}
    for path, name in listed:
        place, before = first.setdefault(_strip_spelling(name), (path, name))
        if place != path:
            spelt = "" if before == name else f" as '{shorten(before)}'"
            message = f"owners: '{shorten(name)}' is already listed on line "
            message += f"{document.place_of(place).line}{spelt}; keep one of them"
            yield make_issue(document, path, "duplicate_owner", message)
    if _is_whole(document):
        yield from _check_listed(document, _list_used(entries), [name for _, name in listed])


def _is_whole(document: Document) -> bool:
    """Whether there is a list of owners, and each name in it can be read."""
    listed = list_items(document.value, "owners")
    return bool(listed) and len(listed) == len(list(_list_listed(document)))


def _list_listed(document: Document) -> Iterator[tuple[Path, str]]:
    """The names under `owners`, each with its path; those that are no text are passed over."""
    for index, owner in enumerate(list_items(document.value, "owners")):
        name = owner.get("name") if isinstance(owner, dict) else None
        if isinstance(name, str) and name:
            yield ("owners", index, "name"), name


def _list_used(entries: Entries) -> Names:
    """The owners of the indicators, each with its path."""
    return [
        ((*path, "owner"), owner)
        for path, entry in entries
        if isinstance(owner := entry.get("owner"), str) and owner.strip()
    ]


def _check_listed(document: Document, used: Names, names: list[str]) -> Iterator[Issue]:
    """Owners that are not in the list: each that is misspelt, and each other one once."""
    counts = Counter(owner for _, owner in used)
    missing: set[str] = set()
    for path, owner in used:
        if owner in names or owner in missing:
            continue
        if near := nearest_word(owner, names):
            message = f"owner: '{shorten(owner)}' is not listed under 'owners'; did you mean "
            message += f"'{shorten(near)}'?"
        else:
            missing.add(owner)
            of_all = f", the owner of {counts[owner]} indicators," if counts[owner] > 1 else ""
            message = f"owner: '{shorten(owner)}'{of_all} is not listed under 'owners'"
            message += "; add it to that list, or give another owner"
        yield make_issue(document, path, "dangling_link", message)


def check_needless_owners(document: Document, entries: Entries) -> Iterator[Issue]:
    """Warnings of owners that no indicator has, and of names that may be the same owner's.

    Where the owners are listed, that list says which names are right.
    """
    used = _list_used(entries)
    if "owners" not in (document.value if isinstance(document.value, dict) else ()):
        yield from _check_spellings(document, used)
        return
    listed = list(_list_listed(document))
    names = {name for _, name in listed}
    owners = {owner for _, owner in used}
    for path, name in listed:
        if name not in owners and not is_like(name, owners - names):
            message = f"owners: no indicator has the owner '{shorten(name)}'; give it to an "
            message += "indicator, or delete it"
            warning = Severity.WARNING
            yield make_issue(document, path, "unused_owner", message, severity=warning)


def _check_spellings(document: Document, owners: Names) -> Iterator[Issue]:
    """Owners whose names differ from another's only as one job title spelt in two ways does."""
    counts = Counter(owner for _, owner in owners)
    usual = _match_spellings(counts)
    for path, owner in owners:
        if owner in usual:
            other = usual[owner]
            message = f"owner: '{shorten(owner)}' may be '{shorten(other)}', who owns "
            message += (
                f"{format_count(counts[other], 'indicator')}; if it is, spell it the same way"
            )
            warning = Severity.WARNING
            yield make_issue(document, path, "two_spellings", message, severity=warning)


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
