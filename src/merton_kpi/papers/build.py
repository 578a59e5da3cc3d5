"""A scorecard to the papers of a month: each file's bytes by its name, and the manifest."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from merton_kpi import __version__
from merton_kpi.papers.csv_table import format_csv_name, write_csv
from merton_kpi.papers.data_package import format_package_name, write_data_package
from merton_kpi.papers.manifest import Manifest, hash_inputs, manifest_name, write_manifest
from merton_kpi.papers.report import format_report
from merton_kpi.papers.workbook.sheets.index import list_sheets
from merton_kpi.papers.workbook.writer import write_workbook
from merton_kpi.storage.files import decode_text, hash_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from merton_kpi.scorecard.records import Scorecard


def write_papers(
    card: Scorecard, template: bytes, path: Path, moment: datetime | None
) -> dict[str, bytes]:
    """Write the index as xlsx and csv, the report and the manifest.

    Args:
        card: What the papers say.
        template: The content of the report's template.
        path: Where the template was read from.
        moment: As in write_index_workbook.

    Returns:
        Each file's content by its name, the manifest last, which names the others.

    Raises:
        BuildStoppedError: The template cannot be filled in.
    """
    report = format_report(card, decode_text(template, path), path.as_posix())
    span = card.year.format_span(card.month)
    table = write_csv(card)
    papers = {
        f"performance-index-{span}.xlsx": write_index_workbook(card, moment),
        f"exception-report-{span}.md": report.encode("utf-8"),
        format_csv_name(card): table,
        format_package_name(card): write_data_package(card, table),
    }
    manifest = Manifest(
        kpi=__version__,
        month=str(card.month),
        final=card.is_final,
        inputs=hash_inputs(card.sources, template),
        outputs={name: hash_bytes(content) for name, content in papers.items()},
    )
    return papers | {manifest_name(card.year, card.month): write_manifest(manifest)}


def write_index_workbook(card: Scorecard, moment: datetime | None = None) -> bytes:
    """Write the performance index as an xlsx file.

    Args:
        card: What it says.
        moment: When the file says it was made; None: the beginning of the month's last day.
    """
    return write_workbook(
        list_sheets(card),
        title=f"{card.index_title}, data to {card.data_to}",
        author=card.authority,
        keywords=f"performance, indicators, {card.panel}, {card.year}",
        moment=moment or datetime.combine(card.month.last_day, time()),
    )
