"""The commands, and the only edge: they read files, print, write files and set the exit code.

Each command imports what it uses and no more, since importing takes as long as the work.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from merton_kpi import __version__
from merton_kpi.files import (
    decode_text,
    hash_bytes,
    list_extracts,
    read_bytes,
    read_template,
    write_papers,
)
from merton_kpi.issues import BuildStoppedError, Issue, Place, Severity, did_you_mean
from merton_kpi.periods import Month

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from merton_kpi.context import Judged
    from merton_kpi.matching import Series
    from merton_kpi.model import Catalogue, Observation
    from merton_kpi.scorecard import Scorecard, Source

app = typer.Typer(
    help="Build a scrutiny panel's performance index and exception report.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

CatalogueOption = Annotated[Path, typer.Option(help="The catalogue of indicators.")]
DataOption = Annotated[Path, typer.Option(help="The folder of monthly extracts.")]
TemplatesOption = Annotated[Path, typer.Option(help="The folder of report templates.")]
OutOption = Annotated[Path, typer.Option(help="The folder for the papers.")]


def _parse_month(text: str) -> Month:
    try:
        return Month.parse(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


MonthOption = Annotated[
    Month, typer.Option(parser=_parse_month, metavar="YYYY-MM", help="The last month covered.")
]


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"kpi {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Say which.")
    ] = False,
) -> None:
    pass


@app.command()
def build(
    month: MonthOption,
    catalogue: CatalogueOption = Path("indicators.yaml"),
    data: DataOption = Path("data"),
    templates: TemplatesOption = Path("templates"),
    out: OutOption = Path("output"),
) -> None:
    """Build a month's papers, as at that month.

    Writes the performance index (xlsx and csv) and the exception report (md).

    Example: kpi build --month 2020-11
    """
    definitions, observations, sources = read_inputs(catalogue, data, month)
    card = replace(make_scorecard(definitions, observations, month), sources=sources)
    template, template_name = read_template(templates, "exception-report.md.j2")
    papers = {
        f"performance-index-{month}.xlsx": draw_index(card),
        f"exception-report-{month}.md": _write_report(card, template, template_name),
        f"performance-index-{month}.csv": _write_table(card),
    }
    paths = write_papers(out, papers)
    _print_summary(card, paths)


@app.command()
def check(
    catalogue: CatalogueOption = Path("indicators.yaml"),
    data: Annotated[
        Path | None, typer.Option(help="Check the extracts in this folder as well.")
    ] = None,
) -> None:
    """Check the catalogue, and with --data the extracts. Exits with 1 where there is a fault.

    Example: kpi check --data data
    """
    definitions, observations, _ = read_inputs(catalogue, data, None)
    _match(definitions, observations, definitions.financial_year.months[-1])
    print(f"{catalogue.as_posix()}: {len(definitions.indicators)} indicators, no faults")
    if data is not None:
        print(f"{data.as_posix()}: {len(observations)} rows, no faults")


@app.command()
def explain(
    number: Annotated[str, typer.Argument(help="The indicator's number, as in the index.")],
    month: MonthOption,
    catalogue: CatalogueOption = Path("indicators.yaml"),
    data: DataOption = Path("data"),
    as_json: Annotated[bool, typer.Option("--json", help="Print it for a program.")] = False,
) -> None:
    """Explain an indicator's rating: the figure, the target, the bands and the context.

    Example: kpi explain 16 --month 2020-11
    """
    from merton_kpi.explain import explain as tell

    definitions, observations, _ = read_inputs(catalogue, data, month)
    known = {each.number: each for each in definitions.indicators}
    if number not in known:
        near = did_you_mean(number, known)
        _stop(catalogue, "unknown_indicator", f"there is no indicator '{number}'; {near}")
    series, judged = judge_series(definitions, observations, month)
    explanation = tell(known[number], series[number], judged[number])
    if as_json:
        import json

        print(json.dumps(explanation.facts, ensure_ascii=False, indent=2))
    else:
        print(explanation)


def read_inputs(
    catalogue: Path, data: Path | None, month: Month | None
) -> tuple[Catalogue, tuple[Observation, ...], tuple[Source, ...]]:
    """Read the catalogue and the year's extracts, up to a month where one is named.

    Returns what stands in them, and what each file was. Raises BuildStoppedError with the faults
    of all of them together.
    """
    from merton_kpi.catalogue import read_catalogue
    from merton_kpi.extracts import read_extract
    from merton_kpi.scorecard import Source

    content = read_bytes(catalogue, "name the catalogue with --catalogue")
    definitions, found = read_catalogue(decode_text(catalogue, content), catalogue.as_posix())
    issues = list(found)
    extracts = () if data is None else list_extracts(data)
    if definitions is not None:
        if month is not None:
            _check_month(definitions, catalogue, data, extracts, month)
        extracts = tuple(each for each in extracts if each[0] in definitions.financial_year.months)
    count = len(definitions.indicators) if definitions else 0
    sources = [Source(name=catalogue.name, rows=count, sha256=hash_bytes(content))]
    observations: list[Observation] = []
    for known, path in extracts:
        if month is None or known <= month:
            content = read_bytes(path, "")
            rows, found = read_extract(decode_text(path, content), path.as_posix(), known)
            observations += rows
            issues += found
            sources.append(Source(name=path.name, rows=len(rows), sha256=hash_bytes(content)))
    _stop_on_errors(issues)
    assert definitions is not None
    return definitions, tuple(observations), tuple(sources)


def _check_month(
    definitions: Catalogue,
    catalogue: Path,
    data: Path | None,
    extracts: Iterable[tuple[Month, Path]],
    month: Month,
) -> None:
    """Refuse a month that the catalogue does not cover, or that has no extract."""
    if month not in definitions.financial_year.months:
        year = f"the catalogue's year, {definitions.financial_year}"
        message = f"{month.name} is outside {year}; name another month or another --catalogue"
        _stop(catalogue, "outside_year", message)
    if data is not None and all(known != month for known, _ in extracts):
        message = f"there is no extract for {month.name}; add {month}.csv, or name another --data"
        _stop(data, "no_extract", message)


def _stop(path: Path, code: str, message: str) -> None:
    place = Place(file=path.as_posix())
    raise BuildStoppedError([Issue(code=code, place=place, message=message)])


def _stop_on_errors(issues: Iterable[Issue]) -> None:
    errors = [issue for issue in issues if issue.severity is Severity.ERROR]
    if errors:
        raise BuildStoppedError(errors)


def _match(
    definitions: Catalogue, observations: Iterable[Observation], month: Month
) -> Mapping[str, Series]:
    from merton_kpi.matching import match_observations

    series, issues = match_observations(definitions, observations, month)
    _stop_on_errors(issues)
    return series


def make_scorecard(
    definitions: Catalogue, observations: Iterable[Observation], month: Month
) -> Scorecard:
    """Lead definitions and data through matching and rating to the month's scorecard.

    Where the panel met before in the year, it says what has changed since those papers.
    """
    card = _score(definitions, observations, month)
    meeting = definitions.meeting_before(month)
    if meeting is None:
        return card
    from merton_kpi.changes import add_changes

    return add_changes(card, _score(definitions, observations, meeting.data_to), meeting)


def _score(definitions: Catalogue, observations: Iterable[Observation], month: Month) -> Scorecard:
    from merton_kpi.scorecard import compose_scorecard

    series, judged = judge_series(definitions, observations, month)
    return compose_scorecard(definitions, series, judged, month)


def judge_series(
    definitions: Catalogue, observations: Iterable[Observation], month: Month
) -> tuple[Mapping[str, Series], Mapping[str, Judged]]:
    """Match the observations as at a month, and judge every indicator's series."""
    from merton_kpi.context import Judged, put_in_context
    from merton_kpi.rating import rate_year

    series = _match(definitions, observations, month)
    judged = {}
    for section in definitions.sections:
        for each in section.indicators:
            bands, known = definitions.bands_for(section, each), series[each.number]
            history = rate_year(each, bands, known, definitions.financial_year.months)
            context = put_in_context(each, bands, known, history)
            judged[each.number] = Judged(bands=bands, history=history, context=context)
    return series, judged


def draw_index(card: Scorecard) -> bytes:
    """Draw the performance index, as an xlsx file's bytes."""
    from merton_kpi.sheets import list_sheets
    from merton_kpi.workbook import draw_workbook

    return draw_workbook(
        list_sheets(card),
        title=f"{card.index_title}, data to {card.data_to}",
        author=card.authority,
        keywords=f"performance, indicators, {card.panel}, {card.year}",
        moment=_moment(card.month),
    )


def _write_report(card: Scorecard, template: str, template_name: str) -> bytes:
    from merton_kpi.report import render_report

    return render_report(card, template, template_name).encode("utf-8")


def _write_table(card: Scorecard) -> bytes:
    from merton_kpi.table import write_table

    return write_table(card).encode("utf-8-sig")


def _moment(month: Month) -> datetime:
    """The time that the papers bear: SOURCE_DATE_EPOCH where it is set, else the month's end."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        if not epoch.isascii() or not epoch.isdigit() or not 315532800 <= int(epoch) < 4102444800:
            raise typer.BadParameter(f"SOURCE_DATE_EPOCH is '{epoch}', not a time since 1980")
        return datetime.fromtimestamp(int(epoch), UTC).replace(tzinfo=None)
    return datetime.combine(month.last_day, time())


def _print_summary(card: Scorecard, paths: Iterable[Path]) -> None:
    """Say what was built: ratings, exceptions, what is missing, and where the files are."""
    print(f"{card.month.name}: {len(card.rows)} indicators")
    for rating, count in card.counts.items():
        print(f"  {count:3} {rating.label}")
    print(f"Exceptions: {len(card.exceptions)}")
    for row, _ in card.exceptions:
        print(f"  {row.number:>4}  {row.verdict.label}: {row.title}")
    print(f"Due and missing: {len(card.missing)}")
    for each in card.missing:
        print(f"  {each.number:>4}  {each.about}: {each.title} ({each.words})")
    print("Written:")
    for path in paths:
        print(f"  {path.as_posix()}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command; `arguments` default to the process's own."""
    # A run is short and keeps what it makes: looking for garbage often took a sixth of its time.
    gc.set_threshold(50_000)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app(arguments, prog_name="kpi")
    except BuildStoppedError as stop:
        for issue in stop.issues:
            print(issue, file=sys.stderr)
        sys.exit(stop.exit_code)
