"""Whole processes: how long they take, how much memory at most, and two of them side by side.

This must import little: a child begins as a copy of its parent, whose memory would count as its.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# As on a user's machine, where Python keeps what it has compiled.
_ENVIRONMENT = {
    name: each for name, each in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
}
_UNIT = 1 if sys.platform == "darwin" else 2**10  # of the peak that the system tells, in bytes


@dataclass(frozen=True, kw_only=True)
class Command:
    """A command line with the name it is printed by, and the folder it is run in."""

    name: str
    line: tuple[str, ...]
    folder: Path


@dataclass(frozen=True, kw_only=True)
class Run:
    """A whole process: its seconds, and its memory's peak in bytes where the system tells it."""

    seconds: float
    peak: int | None


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two commands on so many indicators, run alternately; a pair is one run of each.

    `most` is what their ratio must be at most, if anything.
    """

    names: tuple[str, str]
    pairs: tuple[tuple[Run, Run], ...]
    size: int
    most: float | None

    def __str__(self) -> str:
        (first, second), (low, ratio, high) = self.seconds, self.ratios
        printed = f"{self.names[0]} {first:#.3g} s, {self.names[1]} {second:#.3g} s"
        return f"{self.size:6,}  {printed}: ratio {ratio:.2f} ({low:.2f} to {high:.2f})"

    @cached_property
    def seconds(self) -> tuple[float, float]:
        """The median of each command's seconds."""
        first, second = zip(*self.pairs, strict=True)
        return _median(first), _median(second)

    @cached_property
    def peaks(self) -> tuple[int | None, int | None]:
        """The highest of each command's peaks, in bytes."""
        first, second = zip(*self.pairs, strict=True)
        return _peak(first), _peak(second)

    @cached_property
    def ratios(self) -> tuple[float, float, float]:
        """The quartiles of the pairs' ratios; the second is their median."""
        ratios = [first.seconds / second.seconds for first, second in self.pairs]
        low, median, high = statistics.quantiles(ratios, n=4, method="inclusive")
        return low, median, high


def compare(
    first: Command, second: Command, pairs: int, size: int, most: float | None = None
) -> Comparison:
    """Run the two commands alternately (A B A B …), after a run of each that does not count."""
    for each in (first, second):
        measure(each)
    runs = tuple((measure(first), measure(second)) for _ in range(pairs))
    names = (first.name, second.name)
    return Comparison(names=names, pairs=runs, size=size, most=most)


def measure(command: Command) -> Run:
    """Run a command to its end. Raises RuntimeError, with what it said, where it fails."""
    with tempfile.TemporaryFile() as problems:
        start = time.perf_counter()
        process = subprocess.Popen(
            command.line,
            cwd=command.folder,
            env=_ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=problems,
        )
        peak = _wait(process)
        seconds = time.perf_counter() - start
        if process.returncode:
            problems.seek(0)
            message = problems.read().decode(errors="replace")
            raise RuntimeError(f"{command.name} failed: {message}")
    return Run(seconds=seconds, peak=peak)


def _wait(process: subprocess.Popen[bytes]) -> int | None:
    """Wait for the process's end; the most memory it had, which Windows does not tell this way."""
    if sys.platform == "win32":
        process.wait()
        return None
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss * _UNIT


def _median(runs: Sequence[Run]) -> float:
    return statistics.median(run.seconds for run in runs)


def _peak(runs: Sequence[Run]) -> int | None:
    return max((run.peak for run in runs if run.peak is not None), default=None)
