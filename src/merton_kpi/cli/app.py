"""The commands, and the only edge: they read files, print, write files and set the exit code.

Here are those that make the papers and hold them to account; `views` has those that write no file,
`starters` those that write one to go on with. Each imports what it uses and no more, since
importing takes as long as the work.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from merton_kpi import __version__
from merton_kpi.cli import build, check, start, view
from merton_kpi.cli.console import print_issues
from merton_kpi.core.issues import BuildStoppedError

if TYPE_CHECKING:
    from collections.abc import Sequence


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
def _read_options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    pass


# In the order of --help.
app.command("build")(build.build)
app.command("check")(check.check)
app.command("show")(view.show)
app.command("changes")(view.changes)
app.command("explain")(view.explain)
app.command("due")(view.due)
app.command("template")(start.template)
app.command("meetings")(view.meetings)
app.command("schema")(start.schema)
app.command("new-year")(start.new_year)
app.command("verify")(build.verify)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command; `arguments` default to the process's own."""
    _open_streams()
    try:
        try:
            app(arguments, prog_name="kpi")
        finally:
            sys.stdout.flush()
    except BuildStoppedError as stop:
        print_issues(stop.issues)
        sys.exit(stop.exit_code)
    except OSError as error:  # files' own are told as issues; this is of the printing
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(f"kpi: error: its words cannot be printed: {error.strerror}")


def _open_streams() -> None:
    """Print UTF-8, whatever the machine's own is; where nobody listens, into the void."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed, or a program without a console
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - kept
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
