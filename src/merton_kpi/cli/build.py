"""The commands that build the papers and verify them."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
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
from merton_kpi.core.periods import format_count, join_labels

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from merton_kpi.loading import Inputs
    from merton_kpi.papers.manifest import Manifest
    from merton_kpi.scorecard.records import Scorecard
    from merton_kpi.storage.files import Templates

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

    Uses what was known by the end of the month. Writes the performance index (xlsx and csv) and the
    exception report (docx and md), or those of them that 'papers' in the catalogue lists, and a
    manifest (json), which is not for publication. They are drafts; with --final they are final.
    Final papers need all commentary, all figures that are due, and an answer to each warning.

    Example: kpi build --month 2020-11
    """
    from merton_kpi.cli.summary import format_build
    from merton_kpi.loading import read_inputs
    from merton_kpi.papers.build import write_papers
    from merton_kpi.papers.manifest import (
        check_other_papers,
        hash_inputs,
        list_known_papers,
        manifest_name,
    )
    from merton_kpi.scorecard.compose import compose_scorecard
    from merton_kpi.storage.files import read_templates
    from merton_kpi.storage.replace import replace_papers, restore_papers

    restore_papers(out)
    with nullcontext(print_nothing) if quiet else open_progress(4) as begin:
        begin("reading the catalogue and the extracts")
        inputs = require(read_inputs(catalogue, data, choose_month_or_day(month, today)))
        year, editions = inputs.catalogue.financial_year, inputs.catalogue.papers
        used = read_templates(templates) if any(each.is_report for each in editions) else None
        hashes = hash_inputs(inputs.sources, used)
        manifest_path = out / manifest_name(year, inputs.month)

        earlier = _read_earlier_papers(manifest_path, hashes, final=final)
        stop_on_errors(earlier.issues)
        if earlier.are_kept:
            _print_unchanged(inputs, quiet=quiet)
            return
        begin("rating the indicators")
        card = require(compose_scorecard(inputs))
        if final:
            card = _sign_off(card, used)
        begin("drawing the papers")
        papers = write_papers(card, editions, used, read_build_time())
        begin("writing the papers")

        def list_obsolete() -> dict[str, str] | None:
            """The earlier papers; None where another run has just made final ones."""
            earlier = _read_earlier_papers(manifest_path, hashes, final=final)
            if earlier.are_kept or earlier.issues:
                return None
            return list_known_papers(earlier.manifest, year.format_span(inputs.month))

        done = replace_papers(out, papers, list_obsolete=list_obsolete)
    if not done:
        stop_on_errors(_read_earlier_papers(manifest_path, hashes, final=final).issues)
        _print_unchanged(inputs, quiet=quiet)
        return
    with stop_on_print_error(exit_code=WRITTEN_NOT_PRINTED):
        print_issues((*card.warnings, *check_other_papers(done.left)))
        if not quiet:
            print_lines(format_build(card, done))


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
    from merton_kpi.papers.manifest import (
        check_files,
        check_other_papers,
        list_known_papers,
        manifest_name,
        read_manifest,
    )
    from merton_kpi.storage.files import (
        TEMPLATE,
        check_not_interrupted,
        read_bytes,
        read_sources,
    )

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
    folder = templates if TEMPLATE in manifest.inputs else None
    sources = read_sources(catalogue, data, folder, year.months[0], month)
    names = list_known_papers(None, year.format_span(month))
    others = [out / name for name in names if name not in manifest.outputs]
    issues = (
        *check_files(manifest, path.as_posix(), sources, found, __version__),
        *check_other_papers(other for other in others if other.is_file()),
    )
    stop_on_errors(issues)
    print_issues(issues)
    counts = [format_count(len(found), "paper"), format_count(len(sources), "input")]
    print_lines([Line.of(f"{path.as_posix()}: {join_labels(counts)} have not changed")])


def _sign_off(card: Scorecard, templates: Templates | None) -> Scorecard:
    """The scorecard as final; the template says which sections the report prints."""
    from merton_kpi.papers.report import list_printed_sections
    from merton_kpi.scorecard.sign_off import sign_off
    from merton_kpi.storage.files import decode_text

    if templates is None:  # no report is written
        return require(sign_off(card, None))
    text = decode_text(templates.report.content, templates.report.path)
    return require(sign_off(card, list_printed_sections(text)))


@dataclass(frozen=True, kw_only=True, slots=True)
class _EarlierPapers:
    """The papers in place, by their manifest: whether they stay, or why they cannot be replaced."""

    manifest: Manifest | None = None
    are_kept: bool = False
    issues: tuple[Issue, ...] = ()


def _read_earlier_papers(path: Path, inputs: Mapping[str, str], *, final: bool) -> _EarlierPapers:
    """Read what is in place of the papers that are to be built.

    Args:
        path: The manifest's place.
        inputs: The SHA-256 of each file that the papers are to be made from, by its name.
        final: Whether they are to be final; then they replace whatever is there.
    """
    from merton_kpi.papers.manifest import list_changed_inputs, read_manifest
    from merton_kpi.storage.files import read_bytes

    if not path.is_file():
        return _EarlierPapers()
    manifest, issues = read_manifest(read_bytes(path), path.as_posix(), _IF_DAMAGED)
    if final:
        return _EarlierPapers(manifest=manifest)
    if manifest is None or not manifest.final:
        return _EarlierPapers(manifest=manifest, issues=issues)
    changed = list_changed_inputs(manifest, inputs)
    issues = _compose_final_issues(path.as_posix(), changed)
    return _EarlierPapers(manifest=manifest, are_kept=True, issues=issues)


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
