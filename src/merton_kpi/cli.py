"""The commands, and the only edge: they read files, print, write files and set the exit code.

Each command imports what it uses and no more, since importing takes as long as the work.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from merton_kpi import __version__
from merton_kpi.console import measure_width, paint, show_progress, tell, warn
from merton_kpi.issues import BuildStoppedError, Issue, Place, did_you_mean
from merton_kpi.options import (
    BeforeOption,
    CatalogueOption,
    DataOption,
    MonthOption,
    OutOption,
    OwnerOption,
    RatingOption,
    SectionOption,
    SinceOption,
    TemplatesOption,
    TodayOption,
    YearArgument,
    choose,
    choose_day,
    choose_one,
    choose_section,
    choose_since,
    read_moment,
)
from merton_kpi.vocab import ChaserFormat, IssueFormat

if TYPE_CHECKING:
    from collections.abc import Sequence

    from merton_kpi.inputs import Inputs

app = typer.Typer(
    help="Build a scrutiny panel's performance index and exception report.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


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
    month: MonthOption = None,
    today: TodayOption = None,
    catalogue: CatalogueOption = Path("indicators.yaml"),
    data: DataOption = Path("data"),
    templates: TemplatesOption = Path("templates"),
    out: OutOption = Path("output"),
    final: Annotated[
        bool, typer.Option("--final", help="Refuse while anything is open; else it is a draft.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print nothing but problems.")] = False,
) -> None:
    """Build a month's papers, or the next meeting's.

    They know what was known by the month's end and no later. Writes the performance index (xlsx
    and csv), the exception report (md) and a manifest (json), as a draft. With --final they are
    final, if nothing is open: commentary, figures due, warnings.

    Example: kpi build --month 2020-11
    """
    from merton_kpi.files import TEMPLATE, read_template
    from merton_kpi.inputs import read_inputs
    from merton_kpi.papers import make_papers
    from merton_kpi.scoring import make_scorecard
    from merton_kpi.signoff import sign_off
    from merton_kpi.terminal import show_summary
    from merton_kpi.writing import restore_papers, write_papers

    restore_papers(out)
    with show_progress(4, is_wanted=not quiet) as begin:
        begin("reading the catalogue and the extracts")
        inputs = read_inputs(catalogue, data, choose(month, today))
        template, path = read_template(templates, TEMPLATE)
        if not final and _are_final(out, inputs, template):
            if not quiet:
                name = inputs.month.name
                print(f"The papers of {name} are final already, and nothing has changed")
            return
        begin("rating the indicators")
        card = make_scorecard(inputs)
        if final:
            card = sign_off(card)
        begin("drawing the papers")
        papers = make_papers(card, template, path, read_moment())
        begin("writing the papers")
        paths = write_papers(out, papers)
    warn(card.warnings)
    if not quiet:
        tell(show_summary(card, paths))


@app.command()
def check(
    catalogue: CatalogueOption = Path("indicators.yaml"),
    data: Annotated[
        Path | None, typer.Option(help="Check the extracts in this folder as well.")
    ] = None,
    form: Annotated[
        IssueFormat,
        typer.Option("--format", help="For people, programs, or the lines of a pull request."),
    ] = IssueFormat.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help="Fail for warnings as well.")] = False,
) -> None:
    """Check the catalogue, and with --data the extracts.

    Each fault is told in a line with its place, and the command then exits with 1. What a sound
    catalogue lacks, such as an owner, is a warning.

    Example: kpi check --data data
    """
    from merton_kpi.inputs import read_inputs
    from merton_kpi.listings import summarise_check, write_annotations, write_json
    from merton_kpi.scoring import list_warnings

    try:
        inputs = read_inputs(catalogue, data, None, gaps=True)
        issues = list_warnings(inputs)
    except BuildStoppedError as stop:
        inputs, issues = None, stop.issues
    match form:
        case IssueFormat.TEXT:
            warn(issues)
            if inputs:
                tell(summarise_check(inputs, data, len(issues), strict=strict))
        case IssueFormat.JSON:
            print(write_json(issues), end="")
        case IssueFormat.GITHUB:
            print(write_annotations(issues), end="")
    if inputs is None or (strict and issues):
        raise typer.Exit(BuildStoppedError.exit_code)


@app.command()
def show(
    month: MonthOption = None,
    today: TodayOption = None,
    section: SectionOption = None,
    rating: RatingOption = None,
    catalogue: CatalogueOption = Path("indicators.yaml"),
    data: DataOption = Path("data"),
) -> None:
    """Show the index in the terminal, whole or in part.

    Each indicator's rating, its latest figure, direction and target; and how many are rated how.

    Example: kpi show --month 2020-11 --rating red --rating amber
    """
    from merton_kpi.inputs import read_inputs
    from merton_kpi.scoring import score_as_at
    from merton_kpi.terminal import show_index

    inputs = read_inputs(catalogue, data, choose(month, today))
    card = score_as_at(inputs, inputs.month)
    title = section and choose_section((row.section for row in card.rows), section)
    rows = [
        row
        for row in card.rows
        if (not title or row.section == title) and (not rating or row.verdict.rating in rating)
    ]
    tell(show_index(card, rows, measure_width(), paint))


@app.command()
def changes(
    month: MonthOption = None,
    today: TodayOption = None,
    since: SinceOption = None,
    before: BeforeOption = None,
    catalogue: CatalogueOption = Path("indicators.yaml"),
    data: DataOption = Path("data"),
) -> None:
    """Show what changed between the papers of two months.

    Ratings, new figures, restatements and definitions. Name the catalogue as it was then with
    --before, else both papers' definitions are today's. Git has the earlier one:
    git show COMMIT:indicators.yaml > earlier.yaml

    Example: kpi changes --since 2020-09 --month 2020-11
    """
    from merton_kpi.definitions import compare_definitions
    from merton_kpi.differences import compare_papers
    from merton_kpi.inputs import read_earlier, read_inputs
    from merton_kpi.scoring import score_as_at
    from merton_kpi.terminal import show_differences

    inputs = read_inputs(catalogue, data, choose(month, today))
    since = choose_since(inputs, since)
    earlier = read_earlier(inputs, before, since) if before else inputs
    differences = compare_papers(
        score_as_at(earlier, since),
        score_as_at(inputs, inputs.month, since),
        compare_definitions(earlier.catalogue, since, inputs.catalogue, inputs.month),
        compares_catalogues=before is not None,
    )
    tell(show_differences(differences, measure_width(), paint))


@app.command()
def explain(
    number: Annotated[str, typer.Argument(help="The indicator's number, as in the index.")],
    month: MonthOption = None,
    today: TodayOption = None,
    catalogue: CatalogueOption = Path("indicators.yaml"),
    data: DataOption = Path("data"),
    as_json: Annotated[bool, typer.Option("--json", help="Print it for a program.")] = False,
) -> None:
    """Explain why an indicator is rated as it is.

    Tells the figure with its file and line, the target, the bands and the context.

    Example: kpi explain 16 --month 2020-11
    """
    from merton_kpi.explain import explain as tell
    from merton_kpi.inputs import read_inputs
    from merton_kpi.scoring import judge_series

    inputs = read_inputs(catalogue, data, choose(month, today))
    known = {each.number: each for each in inputs.catalogue.indicators}
    if number not in known:
        place = Place(file=inputs.file)
        message = f"there is no indicator '{number}'; {did_you_mean(number, known)}"
        raise BuildStoppedError([Issue(code="unknown_indicator", place=place, message=message)])
    series, judged = judge_series(inputs, inputs.month)
    explanation = tell(known[number], series[number], judged[number])
    if as_json:
        import json

        print(json.dumps(explanation.facts, ensure_ascii=False, indent=2))
    else:
        print(explanation)


@app.command()
def due(
    month: MonthOption = None,
    today: TodayOption = None,
    owner: OwnerOption = None,
    form: Annotated[ChaserFormat, typer.Option("--format", help="How to write it.")] = (
        ChaserFormat.TEXT
    ),
    catalogue: CatalogueOption = Path("indicators.yaml"),
    data: DataOption = Path("data"),
) -> None:
    """List what is due, from whom, and what has come.

    A chaser that can be sent: for each owner the month's figures, those of earlier months that are
    still missing, and the commentary wanted. The month's extract need not be there yet.

    Example: kpi due --month 2020-11 --owner "Head of Education"
    """
    from merton_kpi.chaser import write_chaser
    from merton_kpi.inputs import read_inputs
    from merton_kpi.scoring import find_due

    inputs = read_inputs(catalogue, data, choose(month, today), need_extract=False)
    dues = find_due(inputs)
    owner = choose_one("--owner", owner, dues.owners)
    print(write_chaser(dues.narrow(owner=owner), form), end="")


@app.command()
def template(
    month: MonthOption = None,
    today: TodayOption = None,
    owner: OwnerOption = None,
    source: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Only what comes from this source.")
    ] = None,
    catalogue: CatalogueOption = Path("indicators.yaml"),
    data: DataOption = Path("data"),
) -> None:
    """Write an extract to be filled in.

    It has a row for each figure that is due and has not come, and goes to the folder of extracts,
    where the next build reads it. No file is overwritten.

    Example: kpi template --month 2020-12
    """
    from merton_kpi.files import write_new
    from merton_kpi.form import list_missing, name_form, write_form
    from merton_kpi.inputs import read_inputs
    from merton_kpi.periods import count
    from merton_kpi.scoring import find_due

    inputs = read_inputs(catalogue, data, choose(month, today), need_extract=False)
    dues = find_due(inputs)
    owner = choose_one("--owner", owner, dues.owners)
    source = choose_one("--source", source, dues.sources)
    items = list_missing(dues.narrow(owner=owner, source=source))
    if not items:
        print(f"No figure is missing for {inputs.month.name}; nothing was written")
        return
    path = data / name_form(inputs.month, owner, source)
    advice = "fill it in, move it away, or name another part with --owner or --source"
    write_new(path, write_form(items, inputs.month), advice)
    print(f"{path.as_posix()}: {count(len(items), 'row')} to be filled in")


@app.command()
def meetings(
    today: TodayOption = None,
    catalogue: CatalogueOption = Path("indicators.yaml"),
) -> None:
    """List the panel's meetings and the months they cover.

    Example: kpi meetings --today 2021-01-04
    """
    from merton_kpi.inputs import read_inputs
    from merton_kpi.meetings import tell_meetings

    definitions = read_inputs(catalogue, None, None).catalogue
    if not definitions.meetings:
        place, message = (
            Place(file=catalogue.as_posix()),
            "no meetings are listed; add them as 'meetings'",
        )
        raise BuildStoppedError([Issue(code="no_meeting", place=place, message=message)])
    print(tell_meetings(definitions, choose_day(today)))


@app.command()
def schema(
    out: Annotated[
        Path | None, typer.Option(help="The file to write it to, in place of printing it.")
    ] = None,
) -> None:
    """Print the catalogue's JSON Schema, for editors.

    By it an editor completes, explains and checks what is typed into indicators.yaml.

    Example: kpi schema --out indicators.schema.json
    """
    from merton_kpi.files import write_again
    from merton_kpi.schema import draw_schema

    if out is None:
        print(draw_schema(), end="")
    else:
        write_again(out, draw_schema().encode("utf-8"))
        print(out.as_posix())


@app.command("new-year")
def new_year(
    year: YearArgument,
    catalogue: CatalogueOption = Path("indicators.yaml"),
    data: DataOption = Path("data"),
    write: Annotated[bool, typer.Option("--write", help="Write it; else only show it.")] = False,
    out: Annotated[
        Path | None,
        typer.Option(help="The new catalogue's file. Unless given, like indicators-2021-22.yaml."),
    ] = None,
) -> None:
    """Make next year's catalogue from this year's.

    Shows the year's last figures as its outturns, and what else changes; with --write it writes
    the file, over no other. Targets are kept and marked for review, removed and replaced
    indicators are dropped.

    Example: kpi new-year 2021/22
    """
    from merton_kpi.files import decode_text, read_bytes, write_new
    from merton_kpi.inputs import read_inputs, stop_on_errors
    from merton_kpi.newyear import name_catalogue, plan_year
    from merton_kpi.newyeartable import tell_new_year
    from merton_kpi.rollover import encode_like, roll_over

    inputs = read_inputs(catalogue, data, None)
    content = read_bytes(catalogue)
    text = decode_text(content, catalogue)
    plan = plan_year(inputs, text, year)
    path = out or catalogue.with_name(name_catalogue(catalogue.stem, year))
    rolled, issues = roll_over(text, plan, path.as_posix())
    stop_on_errors(issues)
    print(tell_new_year(plan))
    if write:
        write_new(path, encode_like(rolled, content), "move it away, or name another with --out")
        told = "Written: {0}. Look at what is marked, then: kpi check --catalogue {0}"
    else:
        told = "Nothing is written yet. With --write it goes to {0}"
    print(f"\n{told.format(path.as_posix())}")


@app.command()
def verify(
    month: MonthOption = None,
    today: TodayOption = None,
    catalogue: CatalogueOption = Path("indicators.yaml"),
    data: DataOption = Path("data"),
    templates: TemplatesOption = Path("templates"),
    out: OutOption = Path("output"),
) -> None:
    """Verify that papers and inputs are as they were.

    Exits with 1, and a sentence for each difference, where a month's papers, or the files that
    they were made from, are not as they were when they were built.

    Example: kpi verify --month 2020-11
    """
    from merton_kpi.files import read_bytes
    from merton_kpi.inputs import read_inputs, read_sources, stop_on_errors
    from merton_kpi.manifest import compare_files, name_manifest, read_manifest
    from merton_kpi.writing import check_whole

    check_whole(out)
    month = month or read_inputs(catalogue, None, choose(None, today)).month
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
    warn(issues)
    print(f"{path.as_posix()}: {len(found)} papers and {len(sources)} inputs are as they were")


def _are_final(out: Path, inputs: Inputs, template: bytes) -> bool:
    """Whether the papers there are final ones of the same files, which no draft replaces."""
    from merton_kpi.files import read_bytes
    from merton_kpi.manifest import is_final_for, list_inputs, name_manifest, read_manifest

    path = out / name_manifest(inputs.month)
    if not path.is_file():
        return False
    manifest, _ = read_manifest(read_bytes(path), path.as_posix())
    current = list_inputs(inputs.sources, template)
    return manifest is not None and is_final_for(manifest, path.as_posix(), current)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command; `arguments` default to the process's own."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app(arguments, prog_name="kpi")
    except BuildStoppedError as stop:
        warn(stop.issues)
        sys.exit(stop.exit_code)
