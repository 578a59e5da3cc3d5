"""The command line: every command by its name, and how a run ends.

The commands are the only edge: they read files and the clock, print, write files and set the exit
code. Each imports what it uses when it is run, since importing takes as long as the work.
"""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from merton_kpi import __version__
from merton_kpi.cli import build, check, start, view
from merton_kpi.cli.console import open_streams, print_issues
from merton_kpi.core.issues import BuildStoppedError

if TYPE_CHECKING:
    from collections.abc import Sequence


app = typer.Typer(
    help="Build a scrutiny panel's performance index and exception report.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _print_version(is_given: bool) -> None:
    if is_given:
        print(f"kpi {__version__}")
        raise typer.Exit


@app.callback()
def _add_version_option(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    pass


# In the order of --help.
app.command("init")(start.init)
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
app.command("migrate")(start.migrate)
app.command("verify")(build.verify)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit with its code; `arguments` default to the process's own."""
    with open_streams():
        try:
            app(arguments, prog_name="kpi")
        except BuildStoppedError as stop:
            print_issues(stop.issues)
            sys.exit(stop.exit_code)
        except OSError as error:
            if error.errno != errno.ENAMETOOLONG or error.filename is None:
                raise
            _stop_at_refused_path(error)


def _stop_at_refused_path(error: OSError) -> NoReturn:
    """Exit because of a path that the system refuses even to look for, as a name too long."""
    from merton_kpi.storage.files import explain_unreadable

    stop = explain_unreadable(Path(error.filename), error)
    print_issues(stop.issues)
    sys.exit(stop.exit_code)
