"""Checks of the names that become headings of the index's columns: areas and the short name.

Excel repairs a table in which two headings are equal, too long, or not what they seem.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from merton_kpi.catalogue.reading.document import list_items
from merton_kpi.catalogue.reading.model_errors import make_issue
from merton_kpi.core.headings import SERVICE, list_fixed_headings
from merton_kpi.core.issues import shorten
from merton_kpi.core.periods import FinancialYear

if TYPE_CHECKING:
    from collections.abc import Iterator

    from merton_kpi.catalogue.reading.yaml_reader import Document, Path
    from merton_kpi.core.issues import Issue


# UTF-16 units, as Excel counts them; it repairs a table that has a longer heading.
_LONGEST_HEADING = 255
_EXCEL_ESCAPE = re.compile("_x[0-9A-Fa-f]{4}_")


def check_headings(document: Document) -> Iterator[Issue]:
    """Every fault of the names that become headings."""
    yield from _check_repeats(document)
    yield from _check_texts(document)


def _check_repeats(document: Document) -> Iterator[Issue]:
    """Check for names that would give the index two equal headings; Excel ignores capitals."""
    headings = {heading.casefold() for heading in _list_other_headings(document)}
    before: set[str] = set()
    for path, name in _list_names(document):
        lower, shown = name.casefold(), shorten(name)
        message = ""
        if lower in before:
            message = f"'{shown}' appears twice; keep one of them"
        elif lower in headings:
            message = f"'{shown}' is already a heading in the index; choose another name"
        if message:
            yield make_issue(document, path, "duplicate_heading", f"{path[0]}: {message}")
        before.add(lower)


def _list_names(document: Document) -> Iterator[tuple[Path, str]]:
    """The names that are whole headings, with their paths: the word for a service, the areas."""
    head = document.value if isinstance(document.value, dict) else {}
    areas = list_items(head, "benchmark_areas")
    named: list[tuple[Path, object]] = [(("service_heading",), head.get("service_heading"))]
    named += [(("benchmark_areas", index), area) for index, area in enumerate(areas)]
    yield from ((path, name) for path, name in named if isinstance(name, str))


def _list_other_headings(document: Document) -> tuple[str, ...]:
    """The headings of the index but for those names; none where the year has a fault."""
    head = document.value if isinstance(document.value, dict) else {}
    try:
        year = FinancialYear.read(str(head.get("financial_year")))
    except ValueError:
        return ()
    headings = list_fixed_headings(str(head.get("short_name")), year)
    return headings if "service_heading" in head else (*headings, SERVICE)


def _check_texts(document: Document) -> Iterator[Issue]:
    """Names that Excel cannot have in a column's heading: too long, or read as another character.

    The short name is in headings of the index together with a year, such as `Merton 2019/20`.
    """
    head = document.value if isinstance(document.value, dict) else {}
    longest_name = _LONGEST_HEADING - len(" 2019/20")
    names: list[tuple[Path, object, int]] = [
        (("short_name",), head.get("short_name"), longest_name)
    ]
    names += [(path, name, _LONGEST_HEADING) for path, name in _list_names(document)]
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
