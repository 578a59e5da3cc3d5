"""Checks across entries: what is given twice, and links to what does not exist.

They read the document and not the models, so that a fault in one entry hides none in another. A
fault that may only follow from one already reported is not reported.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from merton_kpi.catalogue.indicator import Indicator
from merton_kpi.catalogue.models import Catalogue
from merton_kpi.catalogue.reading.advice.model_keys import list_keys
from merton_kpi.catalogue.reading.checks.heading_checks import check_headings
from merton_kpi.catalogue.reading.checks.owner_checks import check_owners
from merton_kpi.catalogue.reading.checks.relation_checks import check_relations
from merton_kpi.catalogue.reading.document import list_entries, list_items, list_uses
from merton_kpi.catalogue.reading.model_errors import make_issue, make_key_issue
from merton_kpi.catalogue.reading.yaml_traps import check_plain_scalar
from merton_kpi.catalogue.relations.own_keys import RELATIONS
from merton_kpi.core.issues import nearest_word, shorten, suggest_word
from merton_kpi.core.text import explain_unseen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from merton_kpi.catalogue.reading.document import Entries
    from merton_kpi.catalogue.reading.yaml_reader import Document, Path
    from merton_kpi.core.issues import Issue

    Links = Iterable[tuple[Path, str]]

_KEYS_WITH_NUMBERS = ("linked", "replaced_by", "part_of", *RELATIONS)
_DEFAULT_AREAS = Catalogue.model_fields["benchmark_areas"].default


def check_references(document: Document) -> Iterator[Issue]:
    """Every fault between entries."""
    entries = list(list_entries(document))
    yield from _check_signs(document, entries)
    yield from _check_repeats(document, entries)
    yield from check_headings(document)
    yield from _check_numbers(document, entries)
    yield from _check_self_links(document, entries)
    yield from _check_replacements(document, entries)
    yield from _check_parts(document, entries)
    yield from check_relations(document, entries)
    footnotes = _list_definitions(document, "footnotes", dict, {})
    if footnotes is not None:
        yield from _check_links(document, list_uses(entries, ("footnotes",)), footnotes)
    yield from check_owners(document, entries)
    yield from _check_sources(document, entries)
    areas = _list_definitions(document, "benchmark_areas", tuple, _DEFAULT_AREAS)
    if areas is not None:
        yield from _check_benchmarks(document, entries, areas)


def _check_signs(document: Document, entries: Entries) -> Iterator[Issue]:
    """Numbers that look like another: with a sign that cannot be seen, or with wide digits."""
    for path, issue in document.remarks:
        if issue.code == "unseen_sign" and path[-1:] == ("number",):
            yield make_issue(document, path, "unseen_sign", f"number: {issue.message}")
    numbers = {number for _, entry in entries if isinstance(number := entry.get("number"), str)}
    for path, entry in entries:
        number = entry.get("number")
        plain = normalize("NFKC", number) if isinstance(number, str) else ""
        if plain and (fault := explain_unseen(str(number))):
            message = f"number: {fault}; type the text again"
            yield make_issue(document, (*path, "number"), "unseen_sign", message)
        elif plain != number and plain in numbers:
            message = f"number: this looks like '{shorten(plain)}', another indicator's number; "
            message += "give each indicator a number of its own"
            yield make_issue(document, (*path, "number"), "look_alike", message)


def _check_repeats(document: Document, entries: Entries) -> Iterator[Issue]:
    """Numbers of two indicators, and days of two meetings."""
    numbers = [((*path, "number"), entry.get("number")) for path, entry in entries]
    for path, number, line in _list_repeats(document, numbers):
        message = (
            f"number {number} is already used on line {line}; give each indicator its own number"
        )
        yield make_issue(document, path, "duplicate_number", message)
    meetings = enumerate(list_items(document.value, "meetings"))
    days = [
        (("meetings", index, "date"), meeting.get("date"))
        for index, meeting in meetings
        if isinstance(meeting, dict)
    ]
    for path, day, line in _list_repeats(document, days):
        message = f"the meeting on {day} is already listed on line {line}; keep one of them"
        yield make_issue(document, path, "duplicate_meeting", message)


def _list_repeats(
    document: Document, words: Iterable[tuple[Path, object]]
) -> Iterator[tuple[Path, str, int | None]]:
    """Each word that was given before: its path, the word, and the line where it was first given.

    A word that is empty or not text is reported elsewhere, so it is passed over here.
    """
    first: dict[str, Path] = {}
    for path, word in words:
        if not isinstance(word, str) or not word:
            continue
        if word in first:
            yield path, shorten(word), document.place_of(first[word]).line
        first.setdefault(word, path)


def _list_definitions(
    document: Document, key: str, kind: type[Collection[str]], default: Collection[str]
) -> Any:
    """What the catalogue defines under a key, which is of this kind; else the default.

    None where it cannot be known: it has a fault, or its key is misspelt.
    """
    head = document.value if isinstance(document.value, dict) else {}
    if key in head:
        defined = head[key]
        is_sound = isinstance(defined, kind) and all(isinstance(each, str) for each in defined)
        return defined if is_sound else None
    return None if _match_misspelt_key(key, head, Catalogue) else default


def _match_misspelt_key(key: str, entry: dict[str, Any], model: type[Catalogue | Indicator]) -> str:
    """The unknown key of an entry that is most like this one; empty where there is none."""
    known = list_keys(model)
    near = (each for each in entry if each not in known and nearest_word(each, known) == key)
    return next(near, "")


def _check_links(document: Document, links: Links, known: Collection[str]) -> Iterator[Issue]:
    """Each word that is not known, at its first use; where none is known, only the first."""
    missing: set[str] = set()
    for path, word in links:
        if word in known or word in missing or (missing and not known):
            continue
        missing.add(word)
        key = path[4]
        message = f"{key}: there is no '{shorten(word)}'; {suggest_word(word, known)}"
        make = make_key_issue if key == "benchmarks" else make_issue
        yield make(document, path, "dangling_link", message)


def _check_sources(document: Document, entries: Entries) -> Iterator[Issue]:
    """Numbers of a source that stand for an indicator that does not exist."""
    numbers = [number for _, entry in entries if isinstance(number := entry.get("number"), str)]
    for index, source in enumerate(list_items(document.value, "sources")):
        mapped = source.get("indicators") if isinstance(source, dict) else None
        for own, number in mapped.items() if isinstance(mapped, dict) else ():
            if isinstance(number, str) and number and number not in numbers:
                message = f"there is no indicator '{shorten(number)}'"
                message += f"; {suggest_word(number, numbers)}"
                path = ("sources", index, "indicators", own)
                yield make_issue(document, path, "dangling_link", message)


def _check_benchmarks(
    document: Document, entries: Entries, areas: tuple[str, ...]
) -> Iterator[Issue]:
    """Benchmarks of areas that are not listed.

    A listed area without benchmarks may be the misspelt one, where two or more indicators agree.
    """
    links = list(list_uses(entries, ("benchmarks",)))
    counts = Counter(word for _, word in links)
    missing = [word for word, number in counts.items() if word not in areas and number > 1]
    meant: set[str] = set()
    for index, area in enumerate(areas):
        word = "" if area in counts else nearest_word(area, missing)
        if word and word not in meant:
            meant.add(word)
            message = (
                f"benchmark_areas: no indicator uses '{shorten(area)}'; "
                f"did you mean '{shorten(word)}', which {counts[word]} indicators use?"
            )
            yield make_issue(document, ("benchmark_areas", index), "dangling_link", message)
    others = ((path, word) for path, word in links if word not in meant)
    yield from _check_links(document, others, areas)


@dataclass(frozen=True, kw_only=True, slots=True)
class _FaultyNumbers:
    """The indicators' numbers that have a fault: a link to one of them may be right.

    `are_all_read` is False where some number cannot be read. `misspelt` are given under a misspelt
    key. `mistyped` are given twice, or other programs misread them: they may be typing errors.
    """

    are_all_read: bool
    misspelt: frozenset[str]
    mistyped: frozenset[str]

    def is_missing(self, word: str) -> bool:
        """Whether no faulty number can be the one that a link to this number means."""
        is_like_one = any(_is_like(word, number) for number in self.mistyped)
        return self.are_all_read and word not in self.misspelt and not is_like_one


def _check_numbers(document: Document, entries: Entries) -> Iterator[Issue]:
    """Links to indicators that do not exist."""
    numbers = [entry["number"] for _, entry in entries if entry.get("number")]
    faulty = _list_faulty_numbers(document, entries)
    uses = list_uses(entries, _KEYS_WITH_NUMBERS)
    links = ((path, word) for path, word in uses if faulty.is_missing(word))
    yield from _check_links(document, links, dict.fromkeys(map(str, numbers)))


def _list_faulty_numbers(document: Document, entries: Entries) -> _FaultyNumbers:
    """The numbers that have a fault of any kind."""
    faulty = {path for path, _ in document.issues}
    are_all_read = _are_all_listed(document, entries)
    misspelt: set[str] = set()
    mistyped: set[str] = set()
    seen: set[str] = set()
    for path, entry in entries:
        number = entry.get("number")
        is_faulty = (*path, "number") in faulty
        if "number" not in entry:
            number = entry.get(_match_misspelt_key("number", entry, Indicator))
            misspelt.add(str(number))
        elif str(number) in seen or (is_faulty and check_plain_scalar(str(number))):
            mistyped.add(str(number))
        elif is_faulty:
            number = None  # its key is given twice, and the first may be the right one
        are_all_read &= bool(number) and not isinstance(number, (bool, tuple, dict))
        seen.add(str(number))
    return _FaultyNumbers(
        are_all_read=are_all_read, misspelt=frozenset(misspelt), mistyped=frozenset(mistyped)
    )


def _are_all_listed(document: Document, entries: Entries) -> bool:
    """Whether the document has its sections, and each its indicators, without a fault in a list."""
    sections = list_items(document.value, "sections")
    listed = [list_items(section, "indicators") for section in sections]
    is_list_faulty = any(
        path[-1:] in (("sections",), ("indicators",)) for path, _ in document.issues
    )
    is_complete = bool(listed) and all(listed) and sum(map(len, listed)) == len(entries)
    return is_complete and not is_list_faulty


def _is_like(word: str, other: str) -> bool:
    """Whether one number may be the other mistyped: as long, or a part of it."""
    return len(word) == len(other) or word in other or other in word


def _check_self_links(document: Document, entries: Entries) -> Iterator[Issue]:
    """Indicators that are linked to themselves, a part of themselves, or follow from themselves."""
    for path, entry in entries:
        for place, word in list_uses([(path, entry)], ("linked", "part_of", *RELATIONS)):
            if word == entry.get("number"):
                message = f"{place[4]}: this is the indicator itself; give another indicator"
                yield make_issue(document, place, "circle", message)


def _check_replacements(document: Document, entries: Entries) -> Iterator[Issue]:
    """Indicators that replace themselves or each other."""
    successors: dict[str, tuple[str, Path]] = {}
    for path, entry in entries:
        number = entry.get("number")
        for place, successor in list_uses([(path, entry)], ("replaced_by",)):
            if isinstance(number, str):
                successors.setdefault(number, (successor, place))
    seen: set[str] = set()
    for first in successors:
        number, trail = first, set[str]()
        while number in successors and number not in seen:
            seen.add(number)
            trail.add(number)
            number, _ = successors[number]
        if number in trail:
            successor, place = successors[number]
            message = (
                "replaced_by: the indicators replace each other; give one that is still reported"
            )
            if successor == number:
                message = "replaced_by: this is the indicator itself; give another indicator"
            yield make_issue(document, place, "circle", message)


def _check_parts(document: Document, entries: Entries) -> Iterator[Issue]:
    """Indicators that are a part of another part."""
    wholes = {entry.get("number"): entry.get("part_of") for _, entry in entries}
    for path, entry in entries:
        whole = entry.get("part_of")
        top = wholes.get(whole) if isinstance(whole, str) else None
        if isinstance(top, str) and top not in (whole, entry.get("number")):
            message = (
                f"part_of: indicator {shorten(str(whole))} is itself a part of {shorten(top)}; "
                f"write {shorten(top)}"
            )
            yield make_issue(document, (*path, "part_of"), "part_of_part", message)
        elif isinstance(top, str) and top != whole:
            message = "part_of: the indicators are parts of each other; leave one of them out"
            yield make_issue(document, (*path, "part_of"), "circle", message)
