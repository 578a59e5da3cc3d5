"""What rich prints: text wrapped to the terminal's width, tables, colours and a bar."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager, suppress
from itertools import count
from typing import TYPE_CHECKING, TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.text import Text

from merton_kpi.cli.console import escape_controls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rich.console import RenderableType

    from merton_kpi.cli.console import Line

_WITHOUT_TERMINAL, _NARROWEST = 80, 60  # columns
_DELAY = 0.5  # seconds: a build that takes less shows no bar


def is_coloured(stream: TextIO) -> bool:
    """Whether it is a terminal that can show colours, and the environment allows them."""
    is_refused = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not is_refused


def terminal_width(stream: TextIO) -> int:
    """How many columns to print in: the stream's own terminal's, or 80 where it is not one.

    The environment's COLUMNS, where it is a number above 0, is used in place of a terminal's width.
    """
    if not stream.isatty():
        return _WITHOUT_TERMINAL
    columns = os.environ.get("COLUMNS", "")
    width = int(columns) if columns.isdecimal() else 0
    if not width:
        # shutil.get_terminal_size would ask stdout, whatever the stream.
        with suppress(OSError):
            width = os.get_terminal_size(stream.fileno()).columns
    return max(_NARROWEST, width or _WITHOUT_TERMINAL)


def open_console(stream: TextIO) -> Console:
    """Open a stream for rich, so that a pipe gets the same on any machine.

    It has 256 colours or none, since in a theme's own sixteen a rating may be hard to read. Markup,
    emoji and highlighting are off: they would swallow `[c]` and `[note 1]`.
    """
    return Console(
        file=stream,
        width=terminal_width(stream),
        force_terminal=stream.isatty(),
        force_jupyter=False,
        color_system="256" if is_coloured(stream) else None,
        no_color=False,
        markup=False,
        emoji=False,
        highlight=False,
    )


def print_blocks(blocks: Iterable[RenderableType], stream: TextIO) -> None:
    """Print texts and tables."""
    typer.echo(format_blocks(blocks, open_console(stream)), file=stream, nl=False)


def format_blocks(blocks: Iterable[RenderableType], console: Console) -> str:
    """Format texts and tables, without the blanks that rich puts at the end of a table's lines."""
    with console.capture() as capture:
        for block in blocks:
            console.print(block)
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())


def print_wrapped(lines: Iterable[Line], stream: TextIO) -> None:
    """Print lines in the stream's width and in colour."""
    console = open_console(stream)
    blocks = (_format_line(line, console) for line in lines)
    typer.echo(format_blocks(blocks, console), file=stream, nl=False)


def _format_line(line: Line, console: Console) -> Text:
    text = Text.assemble(*((escape_controls(words), colour) for words, colour in line.parts))
    lead, words = text[: line.indent], text[line.indent :]
    wrapped = words.wrap(console, console.width - line.indent)
    return lead + Text("\n" + " " * line.indent).join(wrapped)


@contextmanager
def print_progress(stages: int) -> Iterator[Callable[[str], None]]:
    """Show on stderr how many of the stages are done, if the work takes longer than _DELAY.

    Yields the function to call, with a stage's name, as the stage begins. The bar is removed at the
    end, also where an error ends the work.
    """
    bar = Progress(
        BarColumn(bar_width=20),
        TextColumn("{task.description}", markup=False),
        console=open_console(sys.stderr),
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    task = bar.add_task("", total=stages)
    began, done = time.monotonic(), count()

    def print_stage(stage: str) -> None:
        bar.update(task, completed=next(done), description=stage)
        if time.monotonic() - began > _DELAY:
            bar.start()  # does nothing from the second time on
            bar.refresh()

    try:
        yield print_stage
    finally:
        bar.stop()
