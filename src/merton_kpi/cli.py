"""The commands, and the only edge: they read files, print, write files and set the exit code.

Here are those that make the papers and hold them to account; `views` has those that write no file,
`starters` those that write one to go on with. Each imports what it uses and no more, since
importing takes as long as the work.
"""

from __future__ import annotations

import io
import os
import sys
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from merton_kpi import __version__, starters, views
from merton_kpi.console import show_progress, tell, warn
from merton_kpi.formats import IssueFormat
from merton_kpi.issues import BuildStoppedError, stop_on_errors
from merton_kpi.options import (
    CatalogueOption,
    DataOption,
    IssueFormatOption,
    MonthOption,
    OutOption,
    TemplatesOption,
    TodayOption,
    choose,
    choose_day,
    read_moment,
)

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
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    pass


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
    from merton_kpi.terminal import show_summary
    from merton_kpi.writing import restore_papers, write_papers

    restore_papers(out)
    with show_progress(4, is_wanted=not quiet) as begin:
        begin("reading the catalogue and the extracts")
        inputs = read_inputs(catalogue, data, choose(month, today))
        template, path = read_template(templates, TEMPLATE)

        def stand() -> bool:
            return not final and _are_final(out, inputs, template)

        if stand():
            _say_final(inputs, quiet=quiet)
            return
        begin("rating the indicators")
        card = make_scorecard(inputs)
        if final:
            from merton_kpi.signoff import sign_off

            card = sign_off(card)
        begin("drawing the papers")
        papers = make_papers(card, template, path, read_moment())
        begin("writing the papers")
        paths = write_papers(out, papers, unless=stand)
    if not paths:  # made final by another run meanwhile
        _say_final(inputs, quiet=quiet)
        return
    warn(card.warnings)
    if not quiet:
        tell(show_summary(card, paths))


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
    from merton_kpi.doubting import list_warnings
    from merton_kpi.inputs import read_inputs
    from merton_kpi.listings import summarise_check, write_issues

    try:
        inputs = read_inputs(catalogue, data, None, gaps=True)
        issues = list_warnings(inputs)
    except BuildStoppedError as stop:
        inputs, issues = None, stop.issues
    if style is not IssueFormat.TEXT:
        print(write_issues(issues, style), end="")
    else:
        warn(issues)
        if inputs:
            tell(summarise_check(inputs, data, len(issues), strict=strict))
    if inputs is None or (strict and issues):
        raise typer.Exit(BuildStoppedError.exit_code)


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
    from merton_kpi.files import read_bytes, read_sources
    from merton_kpi.manifest import compare_files, name_manifest, read_manifest
    from merton_kpi.writing import check_whole

    check_whole(out)
    if month is None:
        from merton_kpi.inputs import find_month, read_definitions

        month = find_month(read_definitions(catalogue), choose_day(today))
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


def _say_final(inputs: Inputs, *, quiet: bool) -> None:
    if not quiet:
        print(f"The papers of {inputs.month.name} are final already, and nothing has changed")


for _command in (  # in the order of --help
    build,
    check,
    views.show,
    views.changes,
    views.explain,
    views.due,
    starters.template,
    views.meetings,
    starters.schema,
    starters.new_year,
    verify,
):
    app.command(_command.__name__.replace("_", "-"))(_command)  # named, since _pick goes by it


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command; `arguments` default to the process's own."""
    _open_streams()
    try:
        try:
            _pick(sys.argv[1:] if arguments is None else arguments)(arguments, prog_name="kpi")
        finally:
            sys.stdout.flush()
    except BuildStoppedError as stop:
        warn(stop.issues)
        sys.exit(stop.exit_code)
    except OSError as error:  # files' own are told as issues; this is of the printing
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(f"kpi: error: its words cannot be printed: {error.strerror}")


def _pick(words: Sequence[str]) -> typer.Typer:
    """The app with the command that is called alone, since typer takes a while to make each."""
    called = [each for each in app.registered_commands if words and each.name == words[0]]
    picked = copy(app)
    picked.registered_commands = called or app.registered_commands
    return picked


def _open_streams() -> None:
    """Print UTF-8, whatever the machine's own is; where nobody listens, into the void."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed, or a program without a console
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - kept
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
