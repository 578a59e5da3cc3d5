"""The command that checks definitions and data, and what it found, for people and programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, assert_never

import typer

from merton_kpi.cli.console import print_issues, print_lines
from merton_kpi.cli.options import CatalogueOption, IssueFormat, IssueFormatOption
from merton_kpi.cli.terminal import format_row_counts
from merton_kpi.core.issues import BuildStoppedError, has_errors
from merton_kpi.core.periods import format_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from merton_kpi.core.issues import Issue
    from merton_kpi.loading import Inputs


def check(
    catalogue: CatalogueOption = Path("indicators.yaml"),
    data: Annotated[
        Path | None, typer.Option(help="Read the extracts in this folder as well.")
    ] = None,
    style: IssueFormatOption = IssueFormat.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help="Fail for warnings as well.")] = False,
) -> None:
    """Check the catalogue, and with --data the extracts.

    Each fault is told in a line with its place, and the command then exits with 1. What a sound
    catalogue lacks, such as an owner, is a warning.

    Example: kpi check --data data
    """
    from merton_kpi.loading import read_inputs_to_check
    from merton_kpi.scorecard.compose import check_inputs

    try:
        inputs, issues = read_inputs_to_check(catalogue, data)
        if inputs:
            issues = check_inputs(inputs)
    except BuildStoppedError as stop:
        inputs, issues = None, stop.issues
    if style is not IssueFormat.TEXT:
        print(write_issues(issues, style), end="")
    else:
        print_issues(issues)
        if inputs and not has_errors(issues):
            print_lines(summarise_check(inputs, data, len(issues), strict=strict))
    if has_errors(issues) or (strict and issues):
        raise typer.Exit(BuildStoppedError.exit_code)


def write_issues(
    issues: Iterable[Issue], style: Literal[IssueFormat.JSON, IssueFormat.GITHUB]
) -> str:
    """Write the issues in a program's format; every line of it ends in a newline."""
    match style:
        case IssueFormat.JSON:
            return _write_json(issues)
        case IssueFormat.GITHUB:
            return _write_annotations(issues)
        case _:
            assert_never(style)


def _write_json(issues: Iterable[Issue]) -> str:
    """One JSON array, an issue a line, so that both programs and `grep` can read it."""
    import json  # the other formats need none

    objects = ",\n ".join(
        json.dumps(
            {
                "severity": issue.severity.value,
                "code": issue.code,
                "file": issue.place.file,
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


def _write_annotations(issues: Iterable[Issue]) -> str:
    """GitHub's workflow commands, an issue a line; it shows each beside the line it names."""
    return "".join(f"{_annotate(issue)}\n" for issue in issues)


def _annotate(issue: Issue) -> str:
    place = issue.place
    properties = {
        "file": place.file,
        "line": place.line,
        "col": place.column,
        "title": issue.subject or "kpi check",
    }
    written = ",".join(f"{key}={_quote(str(value))}" for key, value in properties.items() if value)
    return f"::{issue.severity.value} {written}::{_quote_message(issue.message)}"


def _quote_message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _quote(text: str) -> str:
    """A property's value, which a colon or a comma would end."""
    return _quote_message(text).replace(":", "%3A").replace(",", "%2C")


def summarise_check(
    inputs: Inputs, data: Path | None, warnings: int, *, strict: bool
) -> Iterator[str]:
    """Yield what was read without a fault, and how much: the catalogue, and the extracts in `data`.

    Where the check is `strict`, any warning fails it.
    """
    year, indicators = inputs.catalogue.financial_year, len(inputs.catalogue.indicators)
    told = f"no faults, {format_count(warnings, 'warning')}"
    yield f"{inputs.file}: {format_count(indicators, 'indicator')}, {told}"
    for path in inputs.set_aside:
        yield f"{path.as_posix()}: not of {year}, not read"
    if data is not None:
        yield f"{data.as_posix()}: {format_row_counts(inputs.sources[1:])}"
    if strict and warnings:
        yield "The check fails: --strict allows no warning"
