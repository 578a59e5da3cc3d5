"""How things are printed: in colour where a terminal wants it, in its width, with a bar meanwhile.

What is printed, in which words, is decided elsewhere.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

import typer

from merton_kpi.core.issues import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from merton_kpi.core.issues import Issue
    from merton_kpi.core.vocabulary import Rating

_COLOURS = {Severity.ERROR: typer.colors.RED, Severity.WARNING: typer.colors.YELLOW}
_BLACK = 16  # of the 256 colours, the one that no theme changes
_PIPE, _NARROWEST = 80, 60  # columns
_PATIENCE = 0.5  # seconds until a bar is worth its while
# What a terminal would obey. Texts with such characters are refused, but a message may quote them.
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(9), *range(11, 32), *range(127, 160))}


def wants_colour(stream: TextIO) -> bool:
    """Whether it is a terminal that can show colours, and nobody has asked for none."""
    asked_not = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not asked_not


def terminal_width() -> int:
    """The columns there are to print in; without a terminal always as many."""
    if not sys.stdout.isatty():
        return _PIPE
    return max(_NARROWEST, shutil.get_terminal_size((_PIPE, 24)).columns)


def colour(words: str, rating: Rating | None) -> str:
    """A rating's word on its colour, or a heading; `tell` and `warn` take off what cannot show."""
    if rating is None:
        return typer.style(words, bold=True)
    if rating.shade is None:
        return words
    return typer.style(words, fg=_BLACK, bg=rating.shade)


def print_lines(lines: Iterable[str]) -> None:
    """Print lines that may be painted."""
    typer.echo("\n".join(lines), color=wants_colour(sys.stdout))


def print_issues(issues: Iterable[Issue]) -> None:
    """Print each issue in a line on stderr."""
    for issue in issues:
        place, word = f"{issue.place}: ", issue.severity.value
        rest = str(issue)[len(place) + len(word) :]
        painted = typer.style(word, fg=_COLOURS[issue.severity])
        line = f"{place.translate(_CONTROLS)}{painted}{rest.translate(_CONTROLS)}"
        typer.echo(line, err=True, color=wants_colour(sys.stderr))


@contextmanager
def show_progress(stages: int, *, is_wanted: bool) -> Iterator[Callable[[str], None]]:
    """Give a function that draws a bar on a terminal's stderr as a stage of the work begins.

    Only if the work takes long; the bar is gone at the end, however that comes.
    """
    is_wanted = is_wanted and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    began, done, drawn = time.monotonic(), 0, 0

    def begin(stage: str) -> None:
        nonlocal done, drawn
        if is_wanted and time.monotonic() - began > _PATIENCE:
            bar = f"[{'#' * done}{'.' * (stages - done)}] {stage}"
            sys.stderr.write(f"\r{bar:{drawn}}")
            sys.stderr.flush()
            drawn = len(bar)
        done += 1

    try:
        yield begin
    finally:
        if drawn:
            sys.stderr.write(f"\r{'':{drawn}}\r")
            sys.stderr.flush()
