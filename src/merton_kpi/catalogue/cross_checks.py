"""What entries say of each other: what is given twice, and links that lead nowhere.

It looks at the document and not at the models, so that a fault in one entry hides none here. What
may follow from a fault that is told elsewhere is not told again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from merton_kpi.catalogue.model_errors import list_keys, make_issue
from merton_kpi.catalogue.models import Catalogue, Indicator
from merton_kpi.catalogue.yaml_traps import check_plain_scalar
from merton_kpi.core.headings import list_column_headings
from merton_kpi.core.issues import nearest_word, shorten, suggest_word
from merton_kpi.core.periods import FinancialYear

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from merton_kpi.catalogue.yaml_reader import Document, Path
    from merton_kpi.core.issues import Issue

    Entries = list[tuple[Path, dict[str, Any]]]

_OF_NUMBERS = ("linked", "replaced_by", "rate_of")


def list_items(value: object, key: str) -> tuple[Any, ...]:
    """The list under a key, as far as there is one."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, tuple) else ()


def list_entries(document: Document) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Each indicator's path and keys, as far as the document has that shape."""
    for place, section in enumerate(list_items(document.value, "sections")):
        for index, entry in enumerate(list_items(section, "indicators")):
            if isinstance(entry, dict):
                yield ("sections", place, "indicators", index), entry


def check_references(document: Document) -> Iterator[Issue]:
    """Every fault between entries."""
    entries = list(list_entries(document))
    numbers = {(*path, "number"): entry["number"] for path, entry in entries if entry.get("number")}
    texts = {path: number for path, number in numbers.items() if isinstance(number, str)}
    for path, number, line in _find_twice(document, texts):
        message = f"number {number} was given on line {line} already; give each its own"
        yield make_issue(document, path, "duplicate_number", message)
    for path, day, line in _find_twice(document, dict(_list_meetings(document))):
        message = f"the meeting on {day} was given on line {line} already; keep one of them"
        yield make_issue(document, path, "duplicate_meeting", message)
    yield from _check_areas(document)
    yield from _check_heading_texts(document)
    known = dict.fromkeys(map(str, numbers.values()))
    is_doubtful = _doubt_numbers(document, entries)
    uses = _list_uses(entries, _OF_NUMBERS)
    yield from _tell_missing(
        document, ((path, word) for path, word in uses if not is_doubtful(word)), known
    )
    yield from _check_circles(document, entries)
    footnotes = _find_defined(document, "footnotes", dict, {})
    if footnotes is not None:
        yield from _tell_missing(document, _list_uses(entries, ("footnotes",)), footnotes)
    areas = _find_defined(document, "benchmark_areas", tuple, _DEFAULT_AREAS)
    if areas is not None:
        yield from _check_benchmarks(document, entries, areas)


_DEFAULT_AREAS = Catalogue.model_fields["benchmark_areas"].default


def _find_twice(
    document: Document, words: dict[Path, str]
) -> Iterator[tuple[Path, str, int | None]]:
    """What has been given before: its path, the word, and the first one's line."""
    first: dict[str, Path] = {}
    for path, word in words.items():
        if word in first:
            yield path, shorten(word), document.place(first[word]).line
        first.setdefault(word, path)


def _list_meetings(document: Document) -> Iterator[tuple[Path, str]]:
    """Each meeting's date as it is written."""
    for index, entry in enumerate(list_items(document.value, "meetings")):
        if isinstance(entry, dict) and isinstance(entry.get("date"), str):
            yield ("meetings", index, "date"), entry["date"]


def _check_areas(document: Document) -> Iterator[Issue]:
    """Areas that would be headings twice; Excel does not tell capitals from small letters."""
    areas = list_items(document.value, "benchmark_areas")
    try:
        year = FinancialYear.read(str(document.value.get("financial_year")))
        others = list_column_headings(str(document.value.get("short_name")), year, ())
    except (ValueError, AttributeError):  # which is told of the year, or of the whole
        others = ()
    taken = {heading.casefold() for heading in others}
    before: set[str] = set()
    for index, area in enumerate(areas):
        lower, shown = str(area).casefold(), shorten(str(area))
        message = ""
        if lower in before:
            message = f"{shown} stands twice; keep one of them"
        elif lower in taken:
            message = f"'{shown}' is the heading of another column of the index; name it otherwise"
        if message:
            path = ("benchmark_areas", index)
            yield make_issue(document, path, "duplicate_area", f"benchmark_areas: {message}")
        before.add(lower)


def _list_uses(entries: Entries, keys: Iterable[str]) -> Iterator[tuple[Path, str]]:
    """Each link under these keys: its path and its word."""
    for path, entry in entries:
        for key in keys:
            if key in entry:
                yield from _list_links((*path, key), entry[key])


def _list_links(path: Path, value: object) -> Iterator[tuple[Path, str]]:
    """The words of a link, of a list of links, of a `{count: …}` or of the areas compared with."""
    inner: Iterable[tuple[str | int, object]] = ()
    if isinstance(value, dict):
        areas = ((area, area) for area in value)
        inner = areas if path[-1] == "benchmarks" else [("count", value.get("count"))]
    elif isinstance(value, tuple):
        inner = enumerate(value)
    elif isinstance(value, str) and value and path[-1] == "replaced_by":
        yield path, value
    yield from (((*path, at), word) for at, word in inner if isinstance(word, str) and word)


def _tell_missing(
    document: Document, uses: Iterable[tuple[Path, str]], known: Collection[str]
) -> Iterator[Issue]:
    """Each name that is not known, at its first use; where none is known, the first alone."""
    told: set[str] = set()
    for path, word in uses:
        if word in known or word in told or (told and not known):
            continue
        told.add(word)
        key = path[4]
        message = f"{key}: there is no '{shorten(word)}'; {suggest_word(word, known)}"
        is_key = key == "benchmarks"
        yield make_issue(document, path, "dangling_link", message, of_key=is_key)


def _find_defined(document: Document, key: str, kind: type[Collection[str]], default: Any) -> Any:
    """What the catalogue defines under a key; None where it is of the wrong kind or misspelt."""
    head = document.value if isinstance(document.value, dict) else {}
    if key in head:
        found = head[key]
        is_sound = isinstance(found, kind) and all(isinstance(each, str) for each in found)
        return found if is_sound else None
    return None if _find_misspelt(key, head, Catalogue) else default


def _find_misspelt(key: str, entry: dict[str, Any], model: type[Catalogue | Indicator]) -> str:
    """The key of an entry that is this one misspelt; empty where there is none."""
    known = list_keys(model)
    near = (each for each in entry if each not in known and nearest_word(each, known) == key)
    return next(near, "")


def _check_benchmarks(
    document: Document, entries: Entries, areas: tuple[str, ...]
) -> Iterator[Issue]:
    """Benchmarks of areas that are not listed; an area that nobody uses may be one misspelt."""
    uses = list(_list_uses(entries, ("benchmarks",)))
    counts: dict[str, int] = {}
    for _, word in uses:
        counts[word] = counts.get(word, 0) + 1
    missing = [word for word, number in counts.items() if word not in areas and number > 1]
    meant: dict[int, str] = {}
    for index, area in enumerate(areas):
        word = "" if area in counts or not missing else nearest_word(area, missing)
        if word and word not in meant.values():
            meant[index] = word
            message = (
                f"benchmark_areas: no indicator uses '{shorten(area)}'; "
                f"did you mean '{shorten(word)}', which {counts[word]} indicators use?"
            )
            yield make_issue(document, ("benchmark_areas", index), "dangling_link", message)
    others = ((path, word) for path, word in uses if word not in meant.values())
    yield from _tell_missing(document, others, areas)


def _doubt_numbers(document: Document, entries: Entries) -> Callable[[str], bool]:
    """Whether a number that is missing may be an indicator's whose own number has a fault."""
    sections = list_items(document.value, "sections")
    listed = [list_items(section, "indicators") for section in sections]
    faulty = {path for path, _ in document.issues}
    is_whole = bool(listed) and all(listed) and sum(map(len, listed)) == len(entries)
    is_whole &= not any(path[-1:] in (("sections",), ("indicators",)) for path in faulty)
    exact: set[str] = set()
    alike: set[str] = set()
    seen: set[str] = set()
    for path, entry in entries:
        number = entry.get("number")
        is_faulty = (*path, "number") in faulty
        if "number" not in entry:
            number = entry.get(_find_misspelt("number", entry, Indicator))
            exact.add(str(number))
        elif str(number) in seen or (is_faulty and check_plain_scalar(str(number))):
            alike.add(str(number))
        elif is_faulty:
            number = None  # it is given twice, and the last may not be the one meant
        is_whole &= bool(number) and not isinstance(number, (bool, tuple, dict))
        seen.add(str(number))
    return lambda word: not is_whole or word in exact or any(_is_like(word, one) for one in alike)


def _is_like(word: str, other: str) -> bool:
    """Whether one number may be the other mistyped: as long, or a part of it."""
    return len(word) == len(other) or word in other or other in word


def _check_circles(document: Document, entries: Entries) -> Iterator[Issue]:
    """Entries that name themselves, and those that replace each other."""
    successors: dict[str, tuple[str, Path]] = {}
    for path, entry in entries:
        number, successor = entry.get("number"), entry.get("replaced_by")
        for place, word in _list_uses([(path, entry)], ("linked", "rate_of")):
            if word == number:
                message = f"{place[4]}: it names the indicator itself; name another"
                yield make_issue(document, place, "circle", message)
        if isinstance(number, str) and isinstance(successor, str):
            successors.setdefault(number, (successor, (*path, "replaced_by")))
    seen: set[str] = set()
    for first in successors:
        number, trail = first, set()
        while number in successors and number not in seen:
            seen.add(number)
            trail.add(number)
            number, _ = successors[number]
        if number in trail:
            after, place = successors[number]
            message = "replaced_by: the indicators replace each other; name one that goes on"
            if after == number:
                message = "replaced_by: it names the indicator itself; name another"
            yield make_issue(document, place, "circle", message)


_LONGEST_HEADING = 255  # UTF-16 units, as Excel counts them; it repairs a table with a longer one
_EXCEL_ESCAPE = re.compile("_x[0-9A-Fa-f]{4}_")


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
