"""How commands print: wrapped and coloured on a terminal, plain in a pipe."""

from __future__ import annotations

import errno
import io
import os
import re
import sys
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from merton_kpi.core.issues import Severity, sort_by_severity
from merton_kpi.core.text import escape_unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from merton_kpi.core.issues import Issue

NOT_PRINTED = 3  # exit code: all is done, but what was to be printed could not be
_LAST_STANDARD = 2  # the descriptors of stdin, stdout and stderr are 0, 1 and 2
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


class _Printer(io.TextIOBase):
    """Stdout or stderr, where what cannot be printed is discarded and noted in `fault`.

    So neither a full disk nor a closed stream stops the work half-way; the exit code says it.
    """

    encoding = "utf-8"
    errors = "backslashreplace"

    def __init__(self, stream: TextIO | None) -> None:
        """Print to a stream; None is one that was closed before Python began."""
        self._stream = stream
        self.fault: OSError | None = None
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding=self.encoding, errors=self.errors)

    def write(self, text: str) -> int:
        """Write a text."""
        if self._stream is not None:
            try:
                self._stream.write(text)
            except OSError as error:
                self._stop_printing(error, self._stream)
        elif text:
            self.fault = OSError(errno.EBADF, "it is closed")
        return len(text)

    def flush(self) -> None:
        """Write what is still in the stream's buffer."""
        if self._stream is not None:
            try:
                self._stream.flush()
            except OSError as error:
                self._stop_printing(error, self._stream)

    def close(self) -> None:
        """Leave the stream as it is: Python closes this object later, when the stream may be."""
        self._stream = None
        super().close()

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self._stream is not None and self._stream.isatty()

    def fileno(self) -> int:
        """The descriptor, if there is one."""
        return super().fileno() if self._stream is None else self._stream.fileno()

    def _stop_printing(self, fault: OSError, stream: TextIO) -> None:
        self.fault = fault
        # The stream keeps what it could not write, and Python writes that again at the end.
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)


@contextmanager
def open_streams() -> Iterator[None]:
    """Print UTF-8 in this block, whatever the machine's encoding, and exit at its end.

    The exit code is the block's own; where that is 0 and something could not be printed, it is
    NOT_PRINTED. A sentence on stderr says why, unless the reader of a pipe has closed it, as `head`
    does.
    """
    _open_descriptors()
    before = sys.stdout, sys.stderr
    out, err = _Printer(sys.stdout), _Printer(sys.stderr)
    sys.stdout, sys.stderr = out, err
    code: str | int | None = 0
    try:
        yield
    except SystemExit as stop:
        code = stop.code
    finally:
        out.flush()
        if out.fault and not _is_closed_pipe(out.fault):
            print(f"kpi: error: cannot write to stdout: {out.fault.strerror}", file=err)
        err.flush()
        sys.stdout, sys.stderr = before
        out.close()
        err.close()
    sys.exit(code or (NOT_PRINTED if out.fault or err.fault else 0))


def _open_descriptors() -> None:
    """Open the standard descriptors that are closed, so that no paper is opened as one of them.

    Python, or a library written in C, may print to a descriptor by its number.
    """
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= _LAST_STANDARD:
        pass
    os.close(descriptor)


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
    if words:  # else there is nothing that a closed stream could fail to print
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
