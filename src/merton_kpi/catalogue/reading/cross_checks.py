"""Checks across entries: what is given twice, and links to what does not exist.

They read the document and not the models, so that a fault in one entry hides none in another. A
fault that may only follow from one already reported is not reported.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from merton_kpi.catalogue.indicator import Indicator
from merton_kpi.catalogue.models import Catalogue
from merton_kpi.catalogue.reading.model_errors import list_keys, make_issue, make_key_issue
from merton_kpi.catalogue.reading.yaml_traps import check_plain_scalar
from merton_kpi.core.headings import add_year_heading, list_column_headings
from merton_kpi.core.issues import nearest_word, shorten, suggest_word
from merton_kpi.core.periods import FinancialYear

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from merton_kpi.catalogue.reading.yaml_reader import Document, Path
    from merton_kpi.core.issues import Issue

    Entries = list[tuple[Path, dict[str, Any]]]
    Links = Iterable[tuple[Path, str]]

_KEYS_WITH_NUMBERS = ("linked", "replaced_by", "rate_of")
_DEFAULT_AREAS = Catalogue.model_fields["benchmark_areas"].default
# UTF-16 units, as Excel counts them; it repairs a table that has a longer heading.
_LONGEST_HEADING = 255
_EXCEL_ESCAPE = re.compile("_x[0-9A-Fa-f]{4}_")


def list_items(value: object, key: str) -> tuple[Any, ...]:
    """The list under a key of a value; empty where the value or the list is something else."""
    items = value.get(key) if isinstance(value, dict) else None
    return items if isinstance(items, tuple) else ()


def list_entries(document: Document) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Each indicator's path and keys, without those that are something else than keys."""
    for place, section in enumerate(list_items(document.value, "sections")):
        for index, entry in enumerate(list_items(section, "indicators")):
            if isinstance(entry, dict):
                yield ("sections", place, "indicators", index), entry


def check_references(document: Document) -> Iterator[Issue]:
    """Every fault between entries."""
    entries = list(list_entries(document))
    yield from _check_repeats(document, entries)
    yield from _check_headings(document)
    yield from _check_heading_texts(document)
    yield from _check_numbers(document, entries)
    yield from _check_self_links(document, entries)
    yield from _check_replacements(document, entries)
    footnotes = _list_definitions(document, "footnotes", dict, {})
    if footnotes is not None:
        yield from _check_links(document, _list_uses(entries, ("footnotes",)), footnotes)
    areas = _list_definitions(document, "benchmark_areas", tuple, _DEFAULT_AREAS)
    if areas is not None:
        yield from _check_benchmarks(document, entries, areas)


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


def _check_headings(document: Document) -> Iterator[Issue]:
    """Check for areas that would give the index two equal headings; Excel ignores capitals."""
    headings = {heading.casefold() for heading in _list_other_headings(document)}
    before: set[str] = set()
    for index, area in enumerate(list_items(document.value, "benchmark_areas")):
        lower, shown = str(area).casefold(), shorten(str(area))
        message = ""
        if lower in before:
            message = f"'{shown}' appears twice; keep one of them"
        elif lower in headings:
            message = f"'{shown}' is already a heading in the index; give the area another name"
        if message:
            path = ("benchmark_areas", index)
            yield make_issue(document, path, "duplicate_area", f"benchmark_areas: {message}")
        before.add(lower)


def _list_other_headings(document: Document) -> tuple[str, ...]:
    """The headings that the index can have but for the areas'; none where the year has a fault."""
    head = document.value if isinstance(document.value, dict) else {}
    try:
        year = FinancialYear.read(str(head.get("financial_year")))
    except ValueError:
        return ()
    return add_year_heading(list_column_headings(str(head.get("short_name")), year, ()), year)


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


def _list_uses(entries: Entries, keys: Iterable[str]) -> Iterator[tuple[Path, str]]:
    """Each link under these keys: its path and its word."""
    for path, entry in entries:
        for key in keys:
            yield from _list_links((*path, key), entry.get(key))


def _list_links(path: Path, value: object) -> Iterator[tuple[Path, str]]:
    """The links in a value: of `replaced_by`, a list, `{count: …}` or benchmarks by area."""
    links: Iterable[tuple[Path, object]] = ()
    if isinstance(value, tuple):
        links = (((*path, index), word) for index, word in enumerate(value))
    elif isinstance(value, dict) and path[-1] == "benchmarks":
        links = (((*path, area), area) for area in value)
    elif isinstance(value, dict):
        links = [((*path, "count"), value.get("count"))]
    elif path[-1] == "replaced_by":
        links = [(path, value)]
    yield from ((place, word) for place, word in links if isinstance(word, str) and word)


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


def _check_benchmarks(
    document: Document, entries: Entries, areas: tuple[str, ...]
) -> Iterator[Issue]:
    """Benchmarks of areas that are not listed.

    A listed area without benchmarks may be the misspelt one, where two or more indicators agree.
    """
    links = list(_list_uses(entries, ("benchmarks",)))
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
    uses = _list_uses(entries, _KEYS_WITH_NUMBERS)
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
    """Indicators that are linked to themselves or a rate of themselves."""
    for path, entry in entries:
        for place, word in _list_uses([(path, entry)], ("linked", "rate_of")):
            if word == entry.get("number"):
                message = f"{place[4]}: this is the indicator itself; give another indicator"
                yield make_issue(document, place, "circle", message)


def _check_replacements(document: Document, entries: Entries) -> Iterator[Issue]:
    """Indicators that replace themselves or each other."""
    successors: dict[str, tuple[str, Path]] = {}
    for path, entry in entries:
        number, successor = entry.get("number"), entry.get("replaced_by")
        if isinstance(number, str) and isinstance(successor, str):
            successors.setdefault(number, (successor, (*path, "replaced_by")))
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


def _check_heading_texts(document: Document) -> Iterator[Issue]:
    """Names that Excel cannot have in a column's heading: too long, or read as another character.

    The short name is in headings of the index together with a year, such as `Merton 2019/20`.
    """
    head = document.value if isinstance(document.value, dict) else {}
    longest_name = _LONGEST_HEADING - len(" 2019/20")
    names = [(("short_name",), head.get("short_name"), longest_name)] + [
        (("benchmark_areas", index), area, _LONGEST_HEADING)
        for index, area in enumerate(list_items(head, "benchmark_areas"))
    ]
    for path, name, longest in names:
        if not isinstance(name, str):
            continue
        length = len(name.encode("utf-16-le", "surrogatepass")) // 2
        escape = _EXCEL_ESCAPE.search(name)
        if length > longest:
            message = (
                f"'{shorten(name)}' has {length} characters; write {longest} at most, since it is "
                "in column headings of the workbook, where Excel allows 255"
            )
            yield make_issue(document, path, "heading_too_long", f"{path[0]}: {message}")
        elif escape:
            message = (
                f"Excel reads '{escape[0]}' in a column heading as one other character; "
                "write it without one of the underscores"
            )
            yield make_issue(document, path, "heading_escape", f"{path[0]}: {message}")
