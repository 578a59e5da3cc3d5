"""The commands that write files to work on: a council, a blank extract, a schema, a catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from merton_kpi.cli.console import Line, print_lines
from merton_kpi.cli.options import (
    CatalogueOption,
    DataOption,
    MonthOption,
    OwnerOption,
    ServiceOption,
    TemplateFormat,
    TodayOption,
    YearArgument,
    choose_month_or_day,
    match_name,
)
from merton_kpi.core.issues import require, stop_on_errors

if TYPE_CHECKING:
    from merton_kpi.loading.catalogue_file import CatalogueFile
    from merton_kpi.loading.inputs import Inputs
    from merton_kpi.returns.due import DueList
    from merton_kpi.returns.return_facts import ReturnFacts


def init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder to write to.")],
) -> None:
    """Write a small council to begin with.

    It has three indicators of different kinds with the figures of a month, and builds at once.
    Makes the folder if it is missing. Never overwrites a file.

    Example: kpi init panel
    """
    from merton_kpi.starter.council import MONTH, create_council

    for path in create_council(folder):
        print(path.as_posix())
    print(f"\nGo to the folder {folder.as_posix()}, and run: kpi build --month {MONTH}")


def template(
    month: MonthOption = None,
    today: TodayOption = None,
    owner: OwnerOption = None,
    service: ServiceOption = None,
    source: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Only figures from this source.")
    ] = None,
    style: Annotated[
        TemplateFormat,
        typer.Option("--format", help="A CSV file, or an Excel workbook with help for each cell."),
    ] = TemplateFormat.CSV,
    out: Annotated[
        Path | None,
        typer.Option(help="Write a file for each owner, to this folder, to send out."),
    ] = None,
    catalogue: CatalogueOption = Path("indicators.yaml"),
    data: DataOption = Path("data"),
) -> None:
    """Write a blank extract to fill in.

    It has a row for each figure that is due and not received. It is written to the folder of
    extracts, where the next build reads it, or with --out one for each owner. A workbook says what
    each figure is, and has room for commentary that is due. Never overwrites a file.

    Example: kpi template --month 2020-12 --format xlsx --out returns
    """
    from merton_kpi.core.periods import format_count
    from merton_kpi.loading.inputs import read_inputs_so_far
    from merton_kpi.returns.blank_extract import blank_extract_name, list_owner_slugs
    from merton_kpi.returns.due import compose_due_list
    from merton_kpi.storage.files import check_absent, create_file

    inputs = require(read_inputs_so_far(catalogue, data, choose_month_or_day(month, today)))
    dues = require(compose_due_list(inputs))
    owner = match_name("--owner", owner, dues.owners)
    source = match_name("--source", source, dues.sources)
    service = match_name("--service", service, inputs.catalogue.services)
    chosen = dues.filter(owner=owner, service=service, source=source)
    owners = [owner] if out is None else [each for each, _ in chosen.by_owner]
    slugs = list_owner_slugs(dues.owners)
    facts = None if style is TemplateFormat.CSV else _compose_facts(inputs)
    year, kind = inputs.catalogue.financial_year, f".{style.value}"
    blanks = {
        (out or data)
        / blank_extract_name(
            year, inputs.month, each and slugs[each], service, source, kind=kind
        ): blank
        for each in owners
        if (blank := _write_blank(chosen.filter(owner=each), each, facts))
    }
    if not blanks:
        print(f"No figure is missing for {dues.span}; nothing was written")
        return
    advice = "fill it in, move it, or choose other rows with --owner, --service or --source"
    check_absent(blanks, advice)
    for path, (content, rows) in blanks.items():
        create_file(path, content, advice)
        print(f"{path.as_posix()}: {format_count(rows, 'row')} to fill in")


def _compose_facts(inputs: Inputs) -> ReturnFacts:
    from merton_kpi.returns.return_facts import compose_return_facts

    return require(compose_return_facts(inputs))


def _write_blank(
    dues: DueList, owner: str | None, facts: ReturnFacts | None
) -> tuple[bytes, int] | None:
    """A blank extract and its rows, a workbook where there are facts; None for one without rows."""
    if facts is None:
        from merton_kpi.returns.blank_extract import list_missing, write_blank_extract

        items = list_missing(dues)
        return (write_blank_extract(items, dues.month), len(items)) if items else None
    from merton_kpi.returns.return_workbook import list_return_items, write_return_workbook

    items = list_return_items(dues)
    return (write_return_workbook(dues, facts, owner or ""), len(items)) if items else None


def schema(
    out: Annotated[
        Path | None, typer.Option(help="Write to this file instead of printing.")
    ] = None,
) -> None:
    """Print the catalogue's JSON Schema, for editors.

    With it, an editor completes, explains and checks what you type in indicators.yaml.

    Example: kpi schema --out indicators.schema.json
    """
    from merton_kpi.catalogue.schema.generate import format_schema
    from merton_kpi.storage.files import overwrite_file

    if out is None:
        print(format_schema(), end="")
    else:
        overwrite_file(out, format_schema().encode("utf-8"))
        print(out.as_posix())


def new_year(
    year: YearArgument,
    catalogue: CatalogueOption = Path("indicators.yaml"),
    data: DataOption = Path("data"),
    write: Annotated[bool, typer.Option("--write", help="Write the new catalogue too.")] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            help="The new catalogue's file. Default: a name like indicators-2021-22.yaml."
        ),
    ] = None,
) -> None:
    """Make next year's catalogue from this year's.

    Prints the outturns, which are the year's own figures or else its last, and the other changes.
    With --write it also writes the file, but never overwrites one. Targets are kept and marked for
    review; removed and replaced indicators are dropped. Prints any fault of the new catalogue, for
    you to correct.

    Example: kpi new-year 2021/22
    """
    from merton_kpi.catalogue.editing.yaml_edit import encode_like
    from merton_kpi.loading.catalogue_file import read_catalogue_file
    from merton_kpi.loading.inputs import read_whole_year
    from merton_kpi.new_year.plan import catalogue_file_name, format_plan, plan_year
    from merton_kpi.new_year.rewrite import rewrite_catalogue
    from merton_kpi.storage.files import create_file

    file = read_catalogue_file(catalogue)
    plan = require(plan_year(require(read_whole_year(file, data)), year))
    path = out or catalogue.with_name(catalogue_file_name(catalogue.stem, year))
    rewritten, issues = rewrite_catalogue(file.text, plan, path.as_posix())
    text = require((rewritten, issues))
    print(format_plan(plan))
    if write:
        create_file(
            path, encode_like(text, file.content), "move it, or name another file with --out"
        )
        ending = "Written: {0}. Review the marked lines, then run: kpi check --catalogue {0}"
    else:
        ending = "Nothing was written. Add --write to write {0}"
    print(f"\n{ending.format(path.as_posix())}")
    stop_on_errors(issues)


def migrate(
    catalogue: CatalogueOption = Path("indicators.yaml"),
    data: DataOption = Path("data"),
    write: Annotated[bool, typer.Option("--write", help="Make the changes too.")] = False,
    out: Annotated[
        Path | None,
        typer.Option(help="Write to this new file. Default: the catalogue itself."),
    ] = None,
) -> None:
    """Keep the meaning of an earlier version's catalogue.

    Prints each change that keeps the papers as they were, with its line and the reason. With
    --write it makes them all; comments and layout stay. What only the council can decide is printed
    and not changed. Run it with all the year's extracts: their figures show what is to be changed.

    Example: kpi migrate
    """
    from merton_kpi.core.periods import format_count
    from merton_kpi.loading.catalogue_file import read_catalogue_file
    from merton_kpi.migration.plan import plan_migration
    from merton_kpi.migration.rewrite import rewrite_decimals

    file = read_catalogue_file(catalogue)
    inputs = _require_inputs(catalogue, data)
    old = require((file.catalogue, file.issues))
    changes = plan_migration(inputs, old)
    number = sum(each.decimals is not None for each in changes)
    path = out or catalogue
    text = require(rewrite_decimals(file.text, old, changes, path.as_posix()))
    print_lines(Line.of(str(each)) for each in changes)
    if not number:
        ending = f"{file.name}: nothing to change"
    elif write:
        _write(file, text, out)
        ending = f"Written: {path.as_posix()}, with {format_count(number, 'change')}"
    else:
        ending = f"Nothing was written. Add --write to make {format_count(number, 'change')}"
    print_lines([Line.of(ending)])


def _require_inputs(catalogue: Path, data: Path) -> Inputs:
    """The catalogue with its extracts; the folder may be missing where no option names one."""
    from merton_kpi.loading.inputs import read_inputs_to_check

    is_expected = data != Path("data") or data.exists()
    return require(read_inputs_to_check(catalogue, data if is_expected else None))


def _write(file: CatalogueFile, text: str, out: Path | None) -> None:
    from merton_kpi.catalogue.editing.yaml_edit import encode_like
    from merton_kpi.storage.files import create_file, replace_file

    content = encode_like(text, file.content)
    if out is None:
        replace_file(file.path, content)
    else:
        create_file(out, content, "move it, or name another file with --out")
