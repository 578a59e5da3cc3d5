"""How commands print: wrapped and coloured on a terminal, plain in a pipe."""

from __future__ import annotations

import errno
import io
import os
import re
import sys
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from merton_kpi.core.issues import Severity, sort_by_severity
from merton_kpi.core.text import escape_unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from merton_kpi.core.issues import Issue

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
_INDENT = 4  # columns, for the further lines of an issue
# Control characters, which a terminal would act on. Files with them are refused, but a message
# may quote them.
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(9), *range(11, 32), *range(127, 160))}
_BREAKS = re.compile(r"\s*[\t\r\n]\s*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line to print: its parts in order, each a text and its colour (empty: none).

    A line too long for the terminal continues on further lines, indented by `indent` columns. In
    a pipe it is never broken.
    """

    parts: tuple[tuple[str, str], ...]
    indent: int = 0

    @property
    def texts(self) -> tuple[str, ...]:
        """The parts' texts."""
        return tuple(text for text, _ in self.parts)

    @classmethod
    def of(cls, text: str, lead: str = "", indent: int = 0) -> Line:
        """A line without colour, whose further lines begin below its text, right of `lead`.

        They begin `indent` columns further right. Tabs and line ends in the text become spaces.
        """
        parts = ((f"{lead}{_BREAKS.sub(' ', text)}", ""),)
        return cls(parts=parts, indent=len(lead) + indent)


def open_streams() -> None:
    """Print UTF-8 whatever the machine's encoding, and discard output to a closed stream."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed, or a program without a console
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - kept
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


@contextmanager
def stop_on_print_error(*, exit_code: int) -> Iterator[None]:
    """Exit with a code if the output of this block cannot be written, as on a full disk.

    Where that output was to be the reason why the command ends, the code is the reason's. Prints
    why on stderr, unless the reader of a pipe has closed it, as `head` does.
    """
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except OSError as error:  # errors of files are issues, so this one is of a stream
        # Python flushes stdout once more at the end, which would fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not _is_closed_pipe(error):
            with suppress(OSError):  # stderr may be on the same full disk
                sentence = f"kpi: error: cannot write to stdout: {error.strerror}"
                print(sentence, file=sys.stderr, flush=True)
        sys.exit(getattr(error.__context__, "exit_code", exit_code))


def _is_closed_pipe(error: OSError) -> bool:
    """Whether the reader of a pipe has closed it, which Windows reports as an invalid argument."""
    is_windows = sys.platform == "win32"
    return isinstance(error, BrokenPipeError) or (is_windows and error.errno == errno.EINVAL)


def escape_controls(text: str) -> str:
    """Write control characters as a backslash and their code, but for tab and newline.

    Signs that cannot be seen, or that turn the text after them round, are written by their codes.
    """
    return escape_unseen(text.translate(_CONTROLS))


def print_lines(lines: Iterable[Line]) -> None:
    """Print lines on stdout."""
    _print_lines(lines, sys.stdout)


def print_issues(issues: Iterable[Issue]) -> None:
    """Print each issue in a line on stderr: `file:line: severity: subject: message`.

    Errors come before warnings.
    """
    print_problems(map(_compose_line, sort_by_severity(issues)))


def print_problems(lines: Iterable[Line]) -> None:
    """Print lines about problems on stderr."""
    _print_lines(lines, sys.stderr)


def _compose_line(issue: Issue) -> Line:
    severity = (issue.severity.value, _COLOURS[issue.severity])
    rest = "".join(f": {part}" for part in (issue.subject, issue.message) if part)
    return Line(parts=((f"{issue.place}: ", ""), severity, (rest, "")), indent=_INDENT)


def _print_lines(lines: Iterable[Line], stream: TextIO) -> None:
    if stream.isatty():
        # rich takes 40 ms to import, a tenth of a check, and a pipe does not need it.
        from merton_kpi.cli.terminal import print_wrapped

        print_wrapped(lines, stream)
        return
    words = "".join(escape_controls(text) for line in lines for text in (*line.texts, "\n"))
    if words:  # to write nothing fails too where the disk is full
        print(words, end="", file=stream)


def open_progress(stages: int) -> AbstractContextManager[Callable[[str], None]]:
    """Open a progress bar on stderr; its function is called as each of the `stages` begins.

    There is no bar where stderr is not a terminal.
    """
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return nullcontext(print_nothing)
    from merton_kpi.cli.terminal import print_progress

    return print_progress(stages)


def print_nothing(stage: str) -> None:
    """Begin a stage of work without a bar."""
