"""The commands that print a month's results, what is due, or the panel's calendar."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated, assert_never

import typer

from merton_kpi.cli.console import print_lines
from merton_kpi.cli.options import (
    AnswerFormat,
    AnswerFormatOption,
    BeforeOption,
    CatalogueOption,
    DataOption,
    MonthOption,
    OwnerOption,
    RatingOption,
    ReminderFormat,
    ReminderFormatOption,
    SectionOption,
    ServiceOption,
    SinceOption,
    TodayOption,
    choose_day,
    choose_month_or_day,
    choose_since,
    match_name,
    match_ratings,
)
from merton_kpi.core.issues import BuildStoppedError, require, suggest_word


def show(
    month: MonthOption = None,
    today: TodayOption = None,
    section: SectionOption = None,
    service: ServiceOption = None,
    rating: RatingOption = None,
    catalogue: CatalogueOption = Path("indicators.yaml"),
    data: DataOption = Path("data"),
) -> None:
    """Show the index in the terminal, whole or in part.

    Prints each indicator's rating, latest figure, target and comparison with the period before, and
    the number of indicators with each rating.

    Example: kpi show --month 2020-11 --rating red --rating amber
    """
    from merton_kpi.cli.tables import compose_index
    from merton_kpi.cli.terminal import print_blocks, terminal_width
    from merton_kpi.loading.inputs import read_inputs
    from merton_kpi.scorecard.compose import compose_scorecard

    inputs = require(read_inputs(catalogue, data, choose_month_or_day(month, today)))
    card = require(compose_scorecard(inputs))
    title = match_name("--section", section, (row.section for row in card.rows))
    service = match_name("--service", service, inputs.catalogue.services)
    ratings = match_ratings(rating or (), card.words)
    rows = [
        row
        for row in card.rows
        if title in (None, row.section)
        and service in (None, row.service)
        and (not ratings or row.verdict.rating in ratings)
    ]
    print_blocks(compose_index(card, rows, terminal_width(sys.stdout)), sys.stdout)


def changes(
    month: MonthOption = None,
    today: TodayOption = None,
    since: SinceOption = None,
    before: BeforeOption = None,
    catalogue: CatalogueOption = Path("indicators.yaml"),
    data: DataOption = Path("data"),
) -> None:
    """Show what changed between the papers of two months.

    Compares ratings, figures, restatements and definitions. If you kept the earlier catalogue,
    name it with --before; otherwise both papers use today's definitions.

    Example: kpi changes --since 2020-09 --month 2020-11
    """
    from merton_kpi.cli.tables import compose_differences
    from merton_kpi.cli.terminal import print_blocks
    from merton_kpi.loading.inputs import read_earlier_inputs, read_inputs
    from merton_kpi.scorecard.changes.compare import compare_papers
    from merton_kpi.scorecard.changes.compare_catalogues import compare_catalogues
    from merton_kpi.scorecard.compose import compose_to_compare

    inputs = require(read_inputs(catalogue, data, choose_month_or_day(month, today)))
    since = choose_since(inputs, since)
    earlier = replace(inputs, month=since)
    if before:
        earlier = require(read_earlier_inputs(inputs, before, data, since))
    differences = compare_papers(
        require(compose_to_compare(earlier, None)),
        require(compose_to_compare(inputs, since)),
        compare_catalogues(earlier.catalogue, since, inputs.catalogue, inputs.month),
        compares_catalogues=before is not None,
    )
    print_blocks(compose_differences(differences), sys.stdout)


def explain(
    number: Annotated[
        str, typer.Argument(metavar="NUMBER", help="The indicator's number in the index.")
    ],
    month: MonthOption = None,
    today: TodayOption = None,
    catalogue: CatalogueOption = Path("indicators.yaml"),
    data: DataOption = Path("data"),
    style: AnswerFormatOption = AnswerFormat.TEXT,
) -> None:
    """Explain why an indicator is rated as it is.

    Prints the figure with its file and line, the target, the bands, the context, and whether the
    figure shows a real change.

    Example: kpi explain 16 --month 2020-11
    """
    from merton_kpi.cli.summary import format_explanation
    from merton_kpi.loading.inputs import read_inputs
    from merton_kpi.scorecard.assess import assess_indicators
    from merton_kpi.scorecard.explanations import explain_indicator

    inputs = require(read_inputs(catalogue, data, choose_month_or_day(month, today)))
    known = {each.number: each for each in inputs.catalogue.indicators}
    if number not in known:
        message = f"there is no indicator '{number}'; {suggest_word(number, known)}"
        raise typer.BadParameter(message, param_hint="'NUMBER'")
    assessed = require(assess_indicators(inputs, inputs.month))[number]
    explanation = explain_indicator(assessed)
    match style:
        case AnswerFormat.TEXT:
            print_lines(format_explanation(explanation))
        case AnswerFormat.JSON:
            print(json.dumps(explanation.facts, ensure_ascii=False, indent=2))
        case _:
            assert_never(style)


def due(
    month: MonthOption = None,
    today: TodayOption = None,
    owner: OwnerOption = None,
    service: ServiceOption = None,
    style: ReminderFormatOption = ReminderFormat.TEXT,
    out: Annotated[
        Path | None, typer.Option(help="Write to this file instead of printing.")
    ] = None,
    catalogue: CatalogueOption = Path("indicators.yaml"),
    data: DataOption = Path("data"),
) -> None:
    """List what is due, from whom, and what was received.

    The list is ready to send. For each owner it has the month's figures, missing figures of earlier
    months, and the commentary needed. The month does not need an extract yet.

    Example: kpi due --month 2020-11 --owner "Head of Education"
    """
    from merton_kpi.loading.inputs import read_inputs_so_far
    from merton_kpi.returns.due import compose_due_list
    from merton_kpi.returns.reminder import format_csv, format_markdown, format_text
    from merton_kpi.storage.files import overwrite_file

    inputs = require(read_inputs_so_far(catalogue, data, choose_month_or_day(month, today)))
    dues = require(compose_due_list(inputs))
    owner = match_name("--owner", owner, dues.owners)
    service = match_name("--service", service, inputs.catalogue.services)
    dues = dues.filter(owner=owner, service=service)
    match style:
        case ReminderFormat.TEXT:
            reminder = format_text(dues)
        case ReminderFormat.MARKDOWN:
            reminder = format_markdown(dues)
        case ReminderFormat.CSV:
            reminder = format_csv(dues)
        case _:
            assert_never(style)
    if out is None:
        print(reminder, end="")
    else:
        overwrite_file(out, reminder.encode(style.encoding))
        print(out.as_posix())


def meetings(
    today: TodayOption = None,
    catalogue: CatalogueOption = Path("indicators.yaml"),
) -> None:
    """List the panel's meetings and the months they cover.

    Example: kpi meetings --today 2021-01-04
    """
    from merton_kpi.cli.tables import compose_meetings
    from merton_kpi.cli.terminal import print_blocks
    from merton_kpi.loading.catalogue_file import read_catalogue_file
    from merton_kpi.returns.meeting_list import compose_calendar

    file = read_catalogue_file(catalogue)
    definitions = require((file.catalogue, file.issues))
    if not definitions.meetings:
        message = "no meetings are listed; add them under 'meetings'"
        raise BuildStoppedError.at(catalogue.as_posix(), "no_meeting", message)
    calendar = compose_calendar(definitions, choose_day(today))
    print_blocks(compose_meetings(calendar), sys.stdout)
