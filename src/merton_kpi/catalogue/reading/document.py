"""The parts of a document that checks walk over: its lists and its indicators' entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.catalogue.reading.yaml_reader import Document, Path


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
