"""The commands, and the only edge: they read files, print, write files and set the exit code.

Each command imports what it uses and no more, since importing takes as long as the work.
"""

from __future__ import annotations

import io
import os
import sys
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from merton_kpi import __version__
from merton_kpi.files import TEMPLATE, decode_text, read_template
from merton_kpi.issues import BuildStoppedError, Issue, Place, did_you_mean
from merton_kpi.periods import Month

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from merton_kpi.context import Judged
    from merton_kpi.inputs import Inputs
    from merton_kpi.matching import Series
    from merton_kpi.scorecard import Scorecard

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
    final: Annotated[
        bool, typer.Option("--final", help="Refuse while anything is open; else it is a draft.")
    ] = False,
) -> None:
    """Build a month's papers, as at that month.

    Writes the performance index (xlsx and csv), the exception report (md) and a manifest (json),
    as a draft. With --final they are final, if nothing is open: commentary, figures due, warnings.

    Example: kpi build --month 2020-11
    """
    from merton_kpi.inputs import read_inputs
    from merton_kpi.signoff import sign_off
    from merton_kpi.writing import restore_papers, write_papers

    restore_papers(out)
    inputs = read_inputs(catalogue, data, month)
    card = make_scorecard(inputs, month)
    if final:
        card = sign_off(card)
    template = read_template(templates, TEMPLATE)
    papers = {
        f"performance-index-{month}.xlsx": draw_index(card),
        f"exception-report-{month}.md": _write_report(card, *template),
        f"performance-index-{month}.csv": _write_table(card),
    }
    paths = write_papers(out, papers | _make_manifest(card, template[0], papers))
    _warn(card.warnings)
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
    from merton_kpi.inputs import read_inputs
    from merton_kpi.quality import find_doubts

    inputs = read_inputs(catalogue, data, None)
    series = _match(inputs, inputs.latest)
    doubts = find_doubts(inputs.catalogue, series, inputs.file)
    warnings = [*inputs.warnings, *(doubt.issue for doubt in doubts if not doubt.answer)]
    _warn(warnings)
    told = f"no faults, {len(warnings)} warnings"
    print(f"{catalogue.as_posix()}: {len(inputs.catalogue.indicators)} indicators, {told}")
    for path in inputs.set_aside:
        print(f"{path.as_posix()}: not of {inputs.catalogue.financial_year}, not read")
    if data is not None:
        files, used = len(inputs.sources) - 1, len(inputs.observations)
        print(f"{data.as_posix()}: {inputs.rows} rows in {files} extracts, {used} of them used")


@app.command()
def verify(
    month: MonthOption,
    catalogue: CatalogueOption = Path("indicators.yaml"),
    data: DataOption = Path("data"),
    templates: TemplatesOption = Path("templates"),
    out: OutOption = Path("output"),
) -> None:
    """Verify that a month's papers, and the files they were made from, are as they were then.

    Exits with 1, and a sentence for each difference, where they are not.

    Example: kpi verify --month 2020-11
    """
    from merton_kpi.files import read_bytes
    from merton_kpi.inputs import read_sources, stop_on_errors
    from merton_kpi.manifest import compare_files, name_manifest, read_manifest
    from merton_kpi.writing import check_whole

    check_whole(out)
    path = out / name_manifest(month)
    content = read_bytes(path, "build the month first, or name its folder with --out")
    manifest, issues = read_manifest(content, path.as_posix())
    stop_on_errors(issues)
    assert manifest is not None
    found = {
        name: read_bytes(out / name)
        for name in manifest.outputs
        if Path(name).name == name and (out / name).is_file()
    }
    sources = read_sources(catalogue, data, templates, month)
    issues = compare_files(manifest, path.as_posix(), sources, found, __version__)
    stop_on_errors(issues)
    _warn(issues)
    print(f"{path.as_posix()}: {len(found)} papers and {len(sources)} inputs are as they were")


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
    from merton_kpi.inputs import read_inputs

    inputs = read_inputs(catalogue, data, month)
    known = {each.number: each for each in inputs.catalogue.indicators}
    if number not in known:
        place = Place(file=catalogue.as_posix())
        message = f"there is no indicator '{number}'; {did_you_mean(number, known)}"
        raise BuildStoppedError([Issue(code="unknown_indicator", place=place, message=message)])
    series, judged = judge_series(inputs, month)
    explanation = tell(known[number], series[number], judged[number])
    if as_json:
        import json

        print(json.dumps(explanation.facts, ensure_ascii=False, indent=2))
    else:
        print(explanation)


def _match(inputs: Inputs, month: Month) -> Mapping[str, Series]:
    from merton_kpi.inputs import stop_on_errors
    from merton_kpi.matching import match_observations

    series, issues = match_observations(inputs.catalogue, inputs.observations, month)
    stop_on_errors((*inputs.warnings, *issues))
    return series


def _warn(issues: Iterable[Issue]) -> None:
    for issue in issues:
        print(issue, file=sys.stderr)


def make_scorecard(inputs: Inputs, month: Month) -> Scorecard:
    """Lead definitions and data through matching, rating and doubting to the month's scorecard.

    Where the panel met before in the year, it says what has changed since those papers.
    """
    card = _score(inputs, month)
    meeting = inputs.catalogue.meeting_before(month)
    if meeting is None:
        return card
    from merton_kpi.changes import add_changes

    return add_changes(card, _score(inputs, meeting.data_to), meeting)


def _score(inputs: Inputs, month: Month) -> Scorecard:
    from dataclasses import replace

    from merton_kpi.quality import find_doubts
    from merton_kpi.restating import list_restated
    from merton_kpi.scorecard import answer_doubts, compose_scorecard

    series, judged = judge_series(inputs, month)
    card = compose_scorecard(inputs.catalogue, series, judged, month)
    doubts = find_doubts(inputs.catalogue, series, inputs.file)
    return replace(
        answer_doubts(card, doubts, inputs.warnings),
        restated=list_restated(inputs.catalogue, series, month),
        sources=inputs.sources,
    )


def judge_series(inputs: Inputs, month: Month) -> tuple[Mapping[str, Series], Mapping[str, Judged]]:
    """Match the observations as at a month, and judge every indicator's series."""
    from merton_kpi.context import Judged, put_in_context
    from merton_kpi.rating import rate_year

    definitions = inputs.catalogue
    series = _match(inputs, month)
    judged = {}
    for section in definitions.sections:
        for each in section.indicators:
            bands, known = definitions.bands_for(section, each), series[each.number]
            history = rate_year(each, bands, known, definitions.financial_year.months)
            context = put_in_context(each, bands, known, history)
            judged[each.number] = Judged(bands=bands, history=history, context=context)
    return series, judged


def _make_manifest(
    card: Scorecard, template: bytes, papers: Mapping[str, bytes]
) -> dict[str, bytes]:
    """The manifest by its name: the last file of the set, since it speaks of the others."""
    from merton_kpi.files import hash_bytes
    from merton_kpi.manifest import Manifest, name_manifest

    inputs = {source.name: source.sha256 for source in card.sources}
    manifest = Manifest(
        version=__version__,
        month=str(card.month),
        final=card.is_final,
        inputs=inputs | {TEMPLATE: hash_bytes(template)},
        outputs={name: hash_bytes(content) for name, content in papers.items()},
    )
    return {name_manifest(card.month): manifest.write()}


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


def _write_report(card: Scorecard, template: bytes, path: Path) -> bytes:
    from merton_kpi.report import render_report

    return render_report(card, decode_text(template, path), path.as_posix()).encode("utf-8")


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
    _, *extracts = card.sources
    rows = sum(extract.rows for extract in extracts)
    print(f"Rows: {rows} read from {len(extracts)} extracts, all of them used")
    print("Written:")
    for path in paths:
        print(f"  {path.as_posix()}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command; `arguments` default to the process's own."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app(arguments, prog_name="kpi")
    except BuildStoppedError as stop:
        _warn(stop.issues)
        sys.exit(stop.exit_code)
