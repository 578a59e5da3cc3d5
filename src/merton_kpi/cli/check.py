"""The command that checks definitions and data, and prints the issues for people or programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, assert_never

import typer

from merton_kpi.cli.console import Line, escape_controls, print_issues, print_lines
from merton_kpi.cli.options import CatalogueOption, IssueFormat, IssueFormatOption, MonthOption
from merton_kpi.cli.summary import format_check, format_failure
from merton_kpi.core.issues import BuildStoppedError, has_errors, sort_by_severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from merton_kpi.core.issues import Issue


def check(
    catalogue: CatalogueOption = Path("indicators.yaml"),
    data: Annotated[
        Path | None, typer.Option(help="Also check the extracts in this folder.")
    ] = None,
    month: MonthOption = None,
    style: IssueFormatOption = IssueFormat.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
) -> None:
    """Check the catalogue, and with --data the extracts.

    Prints each fault on a line with its place, and exits with 1 if there is one. A part that is
    missing but not required, such as an indicator's owner, is a warning. With --month, what is
    checked is what the papers of that month are made from.

    Example: kpi check --data data
    """
    from merton_kpi.loading.inputs import read_inputs, read_inputs_to_check
    from merton_kpi.scorecard.compose import check_inputs

    if month and data is None:
        raise typer.BadParameter("it needs --data too", param_hint="--month")
    is_read = True
    try:
        if data and month:
            inputs, issues = read_inputs(catalogue, data, month)
        else:
            inputs, issues = read_inputs_to_check(catalogue, data)
        if inputs:
            issues = check_inputs(inputs)
    except BuildStoppedError as stop:
        inputs, issues, is_read = None, stop.issues, False
    issues = tuple(sort_by_severity(issues))
    if style is not IssueFormat.TEXT:
        print(format_issues(issues, style), end="")
    else:
        print_issues(issues)
        if has_errors(issues) and is_read:
            print_lines([format_failure(issues)])
        elif inputs:
            print_lines(format_check(inputs, data, len(issues)))
            if strict and issues:
                print_lines([Line.of("The check fails: --strict does not allow warnings")])
    if has_errors(issues) or (strict and issues):
        raise typer.Exit(BuildStoppedError.exit_code)


def format_issues(
    issues: Iterable[Issue], style: Literal[IssueFormat.JSON, IssueFormat.GITHUB]
) -> str:
    """Format the issues for programs; each line ends in a newline."""
    match style:
        case IssueFormat.JSON:
            return _format_json(issues)
        case IssueFormat.GITHUB:
            return "".join(f"{_format_annotation(issue)}\n" for issue in issues)
        case _:
            assert_never(style)


def _format_json(issues: Iterable[Issue]) -> str:
    """Format the issues as one JSON array, a line each, so that programs and `grep` can read it."""
    objects = ",\n ".join(
        json.dumps(
            {
                "severity": issue.severity.value,
                "code": issue.code,
                "file": issue.place.file,
                **issue.place.sheet_facts,
                "line": issue.place.line,
                "column": issue.place.column,
                "subject": issue.subject,
                "message": issue.message,
            },
            ensure_ascii=False,
        )
        for issue in issues
    )
    return f"[{objects}]\n"


def _format_annotation(issue: Issue) -> str:
    """Format an issue as GitHub's workflow command, which GitHub shows at the line of the file."""
    place = issue.place
    properties = {
        "file": place.file,
        "line": place.line,
        "col": place.column,
        "title": issue.subject or "kpi check",
    }
    message = f"{place.words}: {issue.message}" if place.sheet else issue.message
    written = (f"{key}={_quote_property(str(value))}" for key, value in properties.items() if value)
    return f"::{issue.severity.value} {','.join(written)}::{_quote_message(message)}"


def _quote_message(text: str) -> str:
    quoted = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return escape_controls(quoted)


def _quote_property(text: str) -> str:
    """Quote a property's value, which a colon or a comma would end."""
    return _quote_message(text).replace(":", "%3A").replace(",", "%2C")
