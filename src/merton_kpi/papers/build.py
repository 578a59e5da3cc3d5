"""A scorecard to the papers of a month: each file's bytes by its name, and the manifest.

A writer is imported only where its paper is written: openpyxl and Jinja take longer to import than
the CSV takes to write.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, assert_never

from merton_kpi import __version__
from merton_kpi.core.vocabulary import Edition
from merton_kpi.papers.manifest import Manifest, hash_inputs, manifest_name, write_manifest
from merton_kpi.scorecard.periods.figures import compose_figures
from merton_kpi.storage.files import decode_text, hash_bytes

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from merton_kpi.scorecard.periods.figures import IndicatorFigures
    from merton_kpi.scorecard.records import Scorecard
    from merton_kpi.storage.templates import Templates


@dataclass(frozen=True, kw_only=True, slots=True)
class _Content:
    """What the papers are written from.

    `figures` are each indicator's by its number; empty where no paper that was chosen has them.
    """

    card: Scorecard
    figures: Mapping[str, IndicatorFigures]
    templates: Templates
    moment: datetime | None


def write_papers(
    card: Scorecard,
    editions: Collection[Edition],
    templates: Templates,
    moment: datetime | None,
) -> dict[str, bytes]:
    """Write the papers that were chosen, and the manifest.

    Args:
        card: What the papers say.
        editions: Which papers to write; with each, the one that it needs.
        templates: What they are filled in from, with all that these papers need.
        moment: As in write_index_workbook.

    Returns:
        Each file's content by its name, the manifest last, which names the others.

    Raises:
        BuildStoppedError: The template cannot be filled in.
    """
    span = card.year.format_span(card.month)
    has_periods = any(edition.has_periods for edition in editions)
    content = _Content(
        card=card,
        figures=compose_figures(card) if has_periods else {},
        templates=templates,
        moment=moment,
    )
    made: dict[Edition, bytes] = {}
    for edition in Edition:
        if edition in editions:
            made[edition] = _write(edition, content, made)
    papers = {edition.format_name(span): written for edition, written in made.items()}
    manifest = Manifest(
        kpi=__version__,
        month=str(card.month),
        final=card.is_final,
        inputs=hash_inputs(card.sources, templates),
        outputs={name: hash_bytes(written) for name, written in papers.items()},
    )
    return papers | {manifest_name(card.year, card.month): write_manifest(manifest)}


def _write(edition: Edition, content: _Content, made: Mapping[Edition, bytes]) -> bytes:
    """Write one of the papers; `made` are those that come before it."""
    card, figures = content.card, content.figures
    match edition:
        case Edition.WORKBOOK:
            return write_index_workbook(card, content.moment)
        case Edition.REPORT:
            return _write_report(content)
        case Edition.WORD:
            report = made.get(Edition.REPORT) or _write_report(content)
            return _write_word(content, report)
        case Edition.WEB_PAGE:
            return _write_page(content)
        case Edition.CSV:
            from merton_kpi.papers.csv_table import write_csv

            return write_csv(card, figures)
        case Edition.DATA_PACKAGE:
            from merton_kpi.papers.data_package import write_data_package

            return write_data_package(card, figures, made[Edition.CSV])
        case _:
            assert_never(edition)


def _write_report(content: _Content) -> bytes:
    from merton_kpi.papers.templated.report import format_report

    template = content.templates.report
    assert template
    text = decode_text(template.content, template.path)
    return format_report(content.card, text, template.path.as_posix()).encode("utf-8")


def _write_page(content: _Content) -> bytes:
    from merton_kpi.papers.html.page import PageContent, format_page
    from merton_kpi.scorecard.explanations import compose_explanations

    template = content.templates.page
    assert template
    text = decode_text(template.content, template.path)
    page = PageContent(
        card=content.card,
        figures=content.figures,
        explanations=compose_explanations(content.card),
    )
    return format_page(page, text, template.path.as_posix()).encode("utf-8")


def _write_word(content: _Content, report: bytes) -> bytes:
    """Write the report as a Word document; `report` is the Markdown that it is made from."""
    from merton_kpi.papers.word.document import WordProperties, write_document

    card = content.card
    properties = WordProperties(
        title=f"{card.report_title}, data to {card.data_to}",
        author=card.authority,
        keywords=_format_keywords(card),
        moment=content.moment or _choose_moment(card),
    )
    return write_document(report.decode("utf-8"), properties, content.templates.reference)


def _format_keywords(card: Scorecard) -> str:
    return f"performance, indicators, {card.panel}, {card.year}"


def _choose_moment(card: Scorecard) -> datetime:
    """When a paper says that it was made, unless told: the beginning of the month's last day."""
    return datetime.combine(card.month.last_day, time())


def write_index_workbook(card: Scorecard, moment: datetime | None = None) -> bytes:
    """Write the performance index as an xlsx file.

    Args:
        card: What it says.
        moment: When the file says it was made; None: the beginning of the month's last day.
    """
    from merton_kpi.papers.workbook.sheets.contents import list_sheets
    from merton_kpi.papers.workbook.writer import write_workbook

    return write_workbook(
        list_sheets(card),
        title=f"{card.index_title}, data to {card.data_to}",
        author=card.authority,
        keywords=_format_keywords(card),
        moment=moment or _choose_moment(card),
    )
