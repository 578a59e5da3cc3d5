"""The parts of a document that checks walk over: its lists and its indicators' entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from merton_kpi.catalogue.reading.yaml_reader import Document, Path

    Entries = list[tuple[Path, dict[str, Any]]]

_KEYS_OF_NUMBERS = {  # in an entry of its own
    "replaced_by": ("indicator",),
    "rate_of": ("count",),
    "percentage_of": ("count", "of"),
}


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


def list_uses(entries: Entries, keys: Iterable[str]) -> Iterator[tuple[Path, str]]:
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
        keys = _KEYS_OF_NUMBERS.get(str(path[-1]), ())
        links = (((*path, key), value.get(key)) for key in keys)
    elif path[-1] in ("replaced_by", "part_of", "running_total_of"):
        links = [(path, value)]
    yield from ((place, word) for place, word in links if isinstance(word, str) and word)
