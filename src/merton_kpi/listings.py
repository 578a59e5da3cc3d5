"""What a check found, as programs read it (JSON, or GitHub's annotations of lines), and in sum.

For people an issue is its own sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, assert_never

from merton_kpi.formats import IssueFormat
from merton_kpi.periods import count
from merton_kpi.terminal import tell_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from merton_kpi.inputs import Inputs
    from merton_kpi.issues import Issue


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
    told = f"no faults, {count(warnings, 'warning')}"
    yield f"{inputs.file}: {count(indicators, 'indicator')}, {told}"
    for path in inputs.set_aside:
        yield f"{path.as_posix()}: not of {year}, not read"
    if data is not None:
        yield f"{data.as_posix()}: {tell_rows(inputs.sources[1:])}"
    if strict and warnings:
        yield "The check fails: --strict allows no warning"
