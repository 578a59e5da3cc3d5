"""The commands that print a month's results, what is due, or the panel's calendar."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, assert_never

import typer

from merton_kpi.cli.console import print_issues, print_lines
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
    check_beside_history,
    check_out,
    check_outside,
    choose_day,
    choose_month_or_day,
    choose_since,
    match_name,
    match_ratings,
)
from merton_kpi.core.issues import BuildStoppedError, require, suggest_word

if TYPE_CHECKING:
    from merton_kpi.loading.inputs import Inputs


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
    explanation = explain_indicator(assessed, inputs.catalogue.financial_year)
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
    history: Annotated[
        bool,
        typer.Option("--history", help="List who returned what when, in the year so far."),
    ] = False,
    style: ReminderFormatOption = None,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Write to this file, like due.csv, instead of printing; or to this folder a "
            "message to each owner, with a workbook to fill in.",
        ),
    ] = None,
    catalogue: CatalogueOption = Path("indicators.yaml"),
    data: DataOption = Path("data"),
) -> None:
    """List what is due, from whom, and what was received.

    The list is ready to send. For each owner it has the month's figures, missing figures of earlier
    months, and the commentary needed. The month does not need an extract yet. With a folder for
    --out, each owner from whom something is still due has a message, as text and as Markdown, and
    a workbook to attach; they take the place of those of the last run. With --history, the list
    says in which month's extract each figure of the year came, and how late.

    Example: kpi due --month 2020-11 --owner "Head of Education"
    """
    from merton_kpi.loading.history import choose_history_folder
    from merton_kpi.loading.inputs import read_inputs_so_far
    from merton_kpi.returns.due import list_owners
    from merton_kpi.storage.files import overwrite_file

    is_folder = out is not None and (out.is_dir() or not out.suffix)
    if out is not None and is_folder:
        folders = {"the extracts": data, "the catalogue": catalogue.parent}
        check_out(out, folders, "messages")
        check_outside(out, data)
        _check_no_list(out, style, is_history=history)
    inputs = require(read_inputs_so_far(catalogue, data, choose_month_or_day(month, today)))
    owner = match_name("--owner", owner, list_owners(inputs.catalogue))
    service = match_name("--service", service, inputs.catalogue.services)
    if out is not None and is_folder:
        kept = choose_history_folder(catalogue, inputs.catalogue)
        check_beside_history(out, catalogue, kept, "messages")
        _write_messages(inputs, out, owner, service)
        return
    style = style or ReminderFormat.TEXT
    format_list = _format_history if history else _format_dues
    text = format_list(inputs, owner, service, style)
    if out is None:
        print(text, end="")
    else:
        overwrite_file(out, text.encode(style.encoding))
        print(out.as_posix())


def _check_no_list(out: Path, style: ReminderFormat | None, *, is_history: bool) -> None:
    """Raise typer.BadParameter where a folder for messages is named for a list."""
    given = "--history" if is_history else "--format" if style else ""
    if given:
        message = f"'{out.as_posix()}' is a folder for messages, which {given} does not change; "
        message += f"leave out {given}, or name a file for the list, like due.csv"
        raise typer.BadParameter(message, param_hint="'--out'")


def _format_dues(
    inputs: Inputs, owner: str | None, service: str | None, style: ReminderFormat
) -> str:
    from merton_kpi.returns.due import compose_due_list
    from merton_kpi.returns.reminder import format_csv, format_markdown, format_text

    dues = require(compose_due_list(inputs)).filter(owner=owner, service=service)
    match style:
        case ReminderFormat.TEXT:
            return format_text(dues)
        case ReminderFormat.MARKDOWN:
            return format_markdown(dues)
        case ReminderFormat.CSV:
            return format_csv(dues)
        case _:
            assert_never(style)


def _format_history(
    inputs: Inputs, owner: str | None, service: str | None, style: ReminderFormat
) -> str:
    from merton_kpi.returns.chasing.history import compose_history
    from merton_kpi.returns.chasing.history_lists import (
        format_csv_history,
        format_markdown_history,
        format_text_history,
    )

    history = require(compose_history(inputs)).filter(owner=owner, service=service)
    match style:
        case ReminderFormat.TEXT:
            return format_text_history(history)
        case ReminderFormat.MARKDOWN:
            return format_markdown_history(history)
        case ReminderFormat.CSV:
            return format_csv_history(history)
        case _:
            assert_never(style)


def _write_messages(inputs: Inputs, folder: Path, owner: str | None, service: str | None) -> None:
    """Write the messages to those of the owners who were chosen, and say what was written."""
    from merton_kpi.cli.summary import format_messages
    from merton_kpi.returns.chasing.folder import (
        check_left,
        replace_messages,
        write_message_files,
    )
    from merton_kpi.returns.chasing.messages import (
        check_unowned,
        compose_messages,
        format_nothing_owed,
    )
    from merton_kpi.returns.due import compose_due_list
    from merton_kpi.returns.return_facts import compose_return_facts
    from merton_kpi.storage.replace import restore_papers

    def is_replaced(former: str) -> bool:
        return service is None and owner in (None, former)

    dues = require(compose_due_list(inputs)).filter(owner=owner, service=service)
    messages = compose_messages(dues, inputs.catalogue.addresses, inputs.catalogue.financial_year)
    files = write_message_files(messages, require(compose_return_facts(inputs)))
    print_issues(restore_papers(folder))
    done = replace_messages(folder, files, is_replaced)
    nothing = format_nothing_owed(dues.span, owner, service)
    print_lines(format_messages(messages, folder, nothing, done))
    sys.stdout.flush()  # so that it comes first where both go to one place
    print_issues((*check_unowned(dues, inputs.entry_places), *check_left(done.left)))


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
