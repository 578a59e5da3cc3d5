"""The description of the CSV for programs: a Data Package of the Frictionless standards.

It names no hash of a source: that of a small file would disclose a suppressed count. The CSV is
published, so its own hash discloses nothing.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from merton_kpi.core.vocabulary import Edition
from merton_kpi.papers.csv_table import DELIMITER, LINE_END, QUOTE, list_fields
from merton_kpi.storage.files import hash_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from merton_kpi.papers.csv_fields import Field
    from merton_kpi.scorecard.periods.figures import IndicatorFigures
    from merton_kpi.scorecard.records import Scorecard


def write_data_package(
    card: Scorecard, figures: Mapping[str, IndicatorFigures], table: bytes
) -> bytes:
    """Write the description of a month's CSV as JSON, the same bytes for the same content.

    Args:
        card: What the CSV was written from.
        figures: What it was written from too.
        table: The CSV.
    """
    path = Edition.CSV.format_name(card.year.format_span(card.month))
    name = path.removesuffix(".csv")
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": name,
        "title": f"{card.index_title}, data to {card.data_to}",
        "description": _format_description(card),
        "licenses": _list_licences(card),
        "contributors": [{"title": card.authority, "role": "publisher"}],
        "sources": [{"title": each.name} for each in card.sources],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": name,
                "path": path,
                "title": "A row for each indicator and period",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(table),
                "hash": f"sha256:{hash_bytes(table)}",
                "dialect": {
                    "delimiter": DELIMITER,
                    "lineTerminator": LINE_END,
                    "quoteChar": QUOTE,
                    "doubleQuote": True,
                    "header": True,
                },
                "schema": {
                    "fields": [_compose_field(each) for each in list_fields(card, figures)],
                    "missingValues": [""],
                    "primaryKey": ["indicator", "period_end"],
                },
            }
        ],
    }
    given = {key: value for key, value in package.items() if value}
    return (json.dumps(given, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _format_description(card: Scorecard) -> str:
    state = "Final papers." if card.is_final else "Draft papers."
    words = "Each row is true by itself: its rating and comparisons are those of its own period."
    return "\n\n".join(filter(None, (f"{state} {words}", card.data_statement, card.index_note)))


def _list_licences(card: Scorecard) -> list[dict[str, str]]:
    if card.licence is None:
        return []
    licence = card.licence
    return [{"name": str(licence.value), "title": licence.meaning, "path": licence.path}]


def _compose_field(field: Field) -> dict[str, Any]:
    words = f"{field.description[0].upper()}{field.description[1:]}."
    described = {
        "name": field.name,
        "type": field.type,
        "description": words.replace("`", "'"),
    }
    return described | ({"constraints": dict(field.constraints)} if field.constraints else {})
