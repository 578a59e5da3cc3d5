"""The steps of one build in one process, and each paper alone, printed as JSON.

    python benchmarks/steps.py MONTH

Run in a council's folder. Each has its seconds and its bytes: what the process had at its largest
meanwhile, above what it had before.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from merton_kpi.core.issues import require
from merton_kpi.core.periods import Month
from merton_kpi.core.vocabulary import Edition
from merton_kpi.loading.inputs import read_inputs
from merton_kpi.papers.build import write_papers
from merton_kpi.scorecard.compose import compose_scorecard
from merton_kpi.storage.templates import read_templates

if TYPE_CHECKING:
    from collections.abc import Callable

Made = TypeVar("Made")

_CLEAR, _STATUS = Path("/proc/self/clear_refs"), Path("/proc/self/status")


class Clock:
    """Takes each step's seconds of the processor and, where the system tells, its bytes."""

    def __init__(self) -> None:
        self.taken: dict[str, tuple[float, int | None]] = {}

    def take(self, name: str, step: Callable[[], Made]) -> Made:
        held, start = _reset_peak(), time.process_time()
        made = step()
        seconds = time.process_time() - start
        self.taken[name] = seconds, None if held is None else _read_peak() - held
        return made


def _reset_peak() -> int | None:
    """Let the memory's peak begin again from what is held now, which is returned; Linux alone."""
    try:
        _CLEAR.write_text("5", encoding="ascii")
    except OSError:
        return None
    return _read_peak()


def _read_peak() -> int:
    text = _STATUS.read_text(encoding="ascii", errors="replace")
    return 2**10 * int(text.partition("VmHWM:")[2].split()[0])


def main(month: Month) -> None:
    """Read, rate and write as `kpi build` does, without the disk's part of the writing."""
    gc.disable()  # as `kpi` does
    templates = read_templates(Path("templates"), tuple(Edition))
    clock, alone = Clock(), Clock()
    inputs = clock.take(
        "reading", lambda: require(read_inputs(Path("indicators.yaml"), Path("data"), month))
    )
    card = clock.take("rating", lambda: require(compose_scorecard(inputs)))
    clock.take("writing the papers", lambda: write_papers(card, tuple(Edition), templates, None))
    for edition in Edition:
        those = [each for each in Edition if each.value in (edition.value, edition.needs)]
        alone.take(edition.value, lambda those=those: write_papers(card, those, templates, None))  # type: ignore[misc]
    print(json.dumps([clock.taken, alone.taken]))


if __name__ == "__main__":
    main(Month.read(sys.argv[1]))
