"""The commands that build the papers and verify them."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from merton_kpi import __version__
from merton_kpi.cli.console import (
    Line,
    open_progress,
    print_issues,
    print_lines,
    print_nothing,
    stop_on_print_error,
)
from merton_kpi.cli.options import (
    CatalogueOption,
    DataOption,
    MonthOption,
    OutOption,
    TemplatesOption,
    TodayOption,
    choose_day,
    choose_month_or_day,
    read_build_time,
)
from merton_kpi.core.issues import Issue, Place, require, stop_on_errors
from merton_kpi.core.periods import join_labels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from merton_kpi.loading import Inputs

WRITTEN_NOT_PRINTED = 3  # exit code: the papers are written, but their summary is not printed
_IF_DAMAGED = (
    "if the papers are drafts, delete it and build again; if they are final, build with --final to"
    " replace them, or with another --out for a draft"
)


def build(
    month: MonthOption = None,
    today: TodayOption = None,
    catalogue: CatalogueOption = Path("indicators.yaml"),
    data: DataOption = Path("data"),
    templates: TemplatesOption = Path("templates"),
    out: OutOption = Path("output"),
    final: Annotated[
        bool, typer.Option("--final", help="Make final papers; refused if an issue is open.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Print only problems.")] = False,
) -> None:
    """Build a month's papers, or the next meeting's.

    Uses what was known by the end of the month. Writes the performance index (xlsx and csv), the
    exception report (md) and a manifest (json), which is not for publication. They are drafts; with
    --final they are final. Final papers need all commentary, all figures that are due, and an
    answer to each warning.

    Example: kpi build --month 2020-11
    """
    from merton_kpi.cli.summary import format_build
    from merton_kpi.loading import read_inputs
    from merton_kpi.papers.build import write_papers
    from merton_kpi.papers.manifest import (
        hash_inputs,
        list_changed_inputs,
        manifest_name,
        read_manifest,
    )
    from merton_kpi.scorecard.compose import compose_scorecard
    from merton_kpi.storage.files import TEMPLATE, decode_text, read_bytes, read_template
    from merton_kpi.storage.replace import replace_papers, restore_papers

    restore_papers(out)
    with nullcontext(print_nothing) if quiet else open_progress(4) as begin:
        begin("reading the catalogue and the extracts")
        inputs = require(read_inputs(catalogue, data, choose_month_or_day(month, today)))
        template, path = read_template(templates, TEMPLATE)

        manifest_path = out / manifest_name(inputs.catalogue.financial_year, inputs.month)

        def check_earlier_papers() -> tuple[bool, tuple[Issue, ...]]:
            """Whether final papers stay as they are, and why a draft cannot replace them."""
            if final or not manifest_path.is_file():
                return False, ()
            content, file = read_bytes(manifest_path), manifest_path.as_posix()
            manifest, issues = read_manifest(content, file, _IF_DAMAGED)
            if manifest is None or not manifest.final:
                return False, issues
            changed = list_changed_inputs(manifest, hash_inputs(inputs.sources, template))
            return True, _compose_final_issues(file, changed)

        are_kept, issues = check_earlier_papers()
        stop_on_errors(issues)
        if are_kept:
            _print_unchanged(inputs, quiet=quiet)
            return
        begin("rating the indicators")
        card = require(compose_scorecard(inputs))
        if final:
            from merton_kpi.papers.report import list_empty_sections
            from merton_kpi.scorecard.sign_off import sign_off

            empty = list_empty_sections(card, decode_text(template, path))
            card = require(sign_off(card, empty))
        begin("drawing the papers")
        papers = write_papers(card, template, path, read_build_time())
        begin("writing the papers")
        paths = replace_papers(out, papers, unless=lambda: any(check_earlier_papers()))
    if not paths:  # another run has made them final
        stop_on_errors(check_earlier_papers()[1])
        _print_unchanged(inputs, quiet=quiet)
        return
    with stop_on_print_error(exit_code=WRITTEN_NOT_PRINTED):
        print_issues(card.warnings)
        if not quiet:
            print_lines(format_build(card, paths))


def verify(
    month: MonthOption = None,
    today: TodayOption = None,
    catalogue: CatalogueOption = Path("indicators.yaml"),
    data: DataOption = Path("data"),
    templates: TemplatesOption = Path("templates"),
    out: OutOption = Path("output"),
) -> None:
    """Check that papers and inputs have not changed.

    Compares a month's papers, and the files that they were made from, with the manifest. Prints
    each difference, and exits with 1 if there is one.

    Example: kpi verify --month 2020-11
    """
    from merton_kpi.loading import choose_year
    from merton_kpi.papers.manifest import check_files, manifest_name, read_manifest
    from merton_kpi.storage.files import check_not_interrupted, read_bytes, read_sources

    check_not_interrupted(out)
    if month is None:
        from merton_kpi.loading import choose_month, read_catalogue_file

        month = require(choose_month(read_catalogue_file(catalogue), choose_day(today)))
    year = choose_year(catalogue, month)
    path = out / manifest_name(year, month)
    content = read_bytes(path, "build the month first, or name the papers' folder with --out")
    manifest, issues = read_manifest(content, path.as_posix(), "build the month again")
    stop_on_errors(issues)
    assert manifest is not None
    found = {
        name: read_bytes(out / name)
        for name in manifest.outputs
        if Path(name).name == name and (out / name).is_file()
    }
    sources = read_sources(catalogue, data, templates, year.months[0], month)
    issues = check_files(manifest, path.as_posix(), sources, found, __version__)
    stop_on_errors(issues)
    print_issues(issues)
    counts = f"{len(found)} papers and {len(sources)} inputs have not changed"
    print_lines([Line.of(f"{path.as_posix()}: {counts}")])


def _compose_final_issues(file: str, changed: Sequence[str]) -> tuple[Issue, ...]:
    """The error about final papers whose inputs have changed, by their names, if any has."""
    if not changed:
        return ()
    message = f"the papers are final, but these inputs have changed: {join_labels(changed)}"
    message += "; build with --final to replace them, or with another --out for a draft"
    return (Issue(code="final", place=Place(file=file), message=message),)


def _print_unchanged(inputs: Inputs, *, quiet: bool) -> None:
    if not quiet:
        span = inputs.catalogue.financial_year.format_span_in_words(inputs.month)
        sentence = f"The papers of {span} are already final, and nothing has changed"
        print_lines([Line.of(sentence)])
