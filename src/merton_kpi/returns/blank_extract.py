"""A blank extract: a row to fill in for each figure that is due and not received."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from typing import TYPE_CHECKING
from zlib import crc32

from merton_kpi.core.text import quote_formula

if TYPE_CHECKING:
    from collections.abc import Iterable

    from merton_kpi.core.periods import FinancialYear, Month
    from merton_kpi.returns.due import DueItem, DueList

# Of an extract's columns, those that a service fills in.
COLUMNS = (
    "indicator",
    "title",
    "period",
    "value",
    "numerator",
    "denominator",
    "status",
    "note",
    "commentary",
)
# Of its columns, those that an officer fills in who judges an indicator.
JUDGEMENT = ("judgement", "judgement_reason", "judgement_by")
_LONGEST = 80  # characters; a whole path has 260 at most on Windows
_PLAIN = re.compile("[a-z0-9]+")


def list_missing(dues: DueList) -> tuple[DueItem, ...]:
    """List the figures to fill in, in the index's order."""
    return tuple(each for each in dues.items if each.state.is_missing_figure)


def write_blank_extract(items: Iterable[DueItem], month: Month) -> bytes:
    """Write the extract of a month as Excel saves one: UTF-8 with a byte order mark, CRLF.

    Saved by Excel again, only the rows that were filled in differ. The period is empty where it is
    the month itself.
    """
    buffer = io.StringIO(newline="")
    rows = tuple(items)
    judged = JUDGEMENT if any(each.needs_judgement for each in rows) else ()
    writer = csv.DictWriter(buffer, (*COLUMNS, *judged), restval="", lineterminator="\r\n")
    writer.writeheader()
    for each in rows:
        writer.writerow(
            {
                "indicator": quote_formula(each.indicator),
                "title": quote_formula(each.title),
                "period": "" if each.month == month else str(each.month),
            }
        )
    return buffer.getvalue().encode("utf-8-sig")


def blank_extract_name(
    year: FinancialYear, month: Month, *parts: str | None, kind: str = ".csv"
) -> str:
    """`2020-11.csv`, or `2020-11-head-of-send.csv` for the part of one owner or source.

    `kind` is the end of the name, with its point. After the year's end the year is named too, like
    `2025-05-of-2024-25.csv`: the next year has its own extract of that month.
    """
    start = str(month) if month in year.months else f"{month}-of-{year}".replace("/", "-")
    return "-".join([start, *(_convert_to_slug(part) for part in parts if part)]) + kind


def list_owner_slugs(owners: Iterable[str]) -> dict[str, str]:
    """The part of a file's name for each of a catalogue's owners; no two have the same.

    Of two owners whose names become the same, the second has a number: `team-a`, `team-a-2`.
    """
    slugs: dict[str, str] = {}
    used: set[str] = set()
    for owner in owners:
        plain = _convert_to_slug(owner)
        slug, number = plain, 1
        while slug in used:
            number += 1
            ending = f"-{number}"
            slug = f"{plain[: _LONGEST - len(ending)]}{ending}"
        used.add(slug)
        slugs[owner] = slug
    return slugs


def _convert_to_slug(words: str) -> str:
    """Convert words to a part of a file's name that any system accepts.

    Where no letter or digit is left, it is the words' checksum.
    """
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    slug = "-".join(_PLAIN.findall(plain.replace("'", "")))
    return slug[:_LONGEST].rstrip("-") or f"{crc32(words.encode('utf-8')):08x}"
