"""Compare `kpi` with the imports that it needs, and with other programs that write a workbook.

    pip install .
    python -m venv gptables && gptables/bin/pip install -r benchmarks/requirements.txt
    python benchmarks/compare.py --gptables gptables/bin/python

Prints each result and writes docs/performance.md anew. It takes a quarter of an hour, in which
the machine should do nothing else; with --quick a minute or two, to try it.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from argparse import ArgumentParser, RawTextHelpFormatter
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from council import MONTHS
from machine import Interpreter, describe_machine, read_gptables, read_kpi
from measuring import Command, Comparison, compare, measure
from page import STRAIGHT, Results, Steps, write_page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PAGE = ROOT / "docs" / "performance.md"
FLOOR = "import typer, pydantic, yaml, jinja2, openpyxl, docx, markdown_it"

Measured = TypeVar("Measured", Comparison, Steps)


@dataclass(frozen=True, kw_only=True)
class Bench:
    """The interpreters with `kpi` and, perhaps, with gptables."""

    kpi: Interpreter
    gptables: Interpreter | None


@dataclass(frozen=True, kw_only=True)
class Council:
    """So many indicators' inputs in a folder, a month to build, and a folder for what is made."""

    size: int
    folder: Path
    month: str
    made: Path

    def command(self, name: str, *line: str | Path) -> Command:
        """A command that is run beside the inputs."""
        return Command(name=name, line=tuple(map(str, line)), folder=self.folder)

    def build(self, kpi: Interpreter) -> Command:
        """The whole build of the month."""
        options = ("--month", self.month, "--out", self.made)
        return self.command("`kpi build`", kpi.script, "build", *options)


def compare_commands(bench: Bench, council: Council, pairs: int) -> Iterator[Comparison]:
    """A build, a check and the help beside the imports that they cannot do without."""
    kpi, size = bench.kpi, council.size
    check = council.command("`kpi check`", kpi.script, "check")
    helped = council.command("`kpi --help`", kpi.script, "--help")
    floor = council.command("its imports", kpi.path, "-c", FLOOR)
    typer = council.command("`import typer`", kpi.path, "-c", "import typer")
    yield compare(council.build(kpi), floor, pairs, size, most=1.6)
    yield compare(check, floor, pairs, size, most=0.8)
    yield compare(check, typer, pairs, size)
    yield compare(helped, typer, pairs, size, most=1.5)


def compare_writers(bench: Bench, council: Council, pairs: int) -> Iterator[Comparison]:
    """A build beside other programs that write the workbook's values again."""
    kpi, size = bench.kpi, council.size
    values, out = council.made / "values", council.made / "other"
    build = council.build(kpi)
    measure(build)
    (workbook,) = council.made.glob("*.xlsx")
    measure(council.command("the values", kpi.path, HERE / "values.py", workbook, values))
    straight = council.command(STRAIGHT, kpi.path, HERE / "straight.py", values, out)
    yield compare(build, straight, pairs, size, most=None if size < 1_000 else 1.8)
    if bench.gptables:
        line = (bench.gptables.path, HERE / "with_gptables.py", values, out)
        most = 1.0 if size < 1_000 else None
        yield compare(build, council.command("gptables", *line), pairs, size, most=most)


def measure_steps(bench: Bench, council: Council, runs: int) -> Steps:
    """The steps of a build: the medians of their seconds, and the highest of their bytes."""
    line = (bench.kpi.path, str(HERE / "steps.py"), council.month)
    outputs = [subprocess.check_output(line, cwd=council.folder) for _ in range(runs)]
    taken, alone = map(_sum_up, zip(*map(json.loads, outputs), strict=True))
    return Steps(size=council.size, taken=taken, alone=alone)


def _sum_up(runs: Sequence[dict[str, list[Any]]]) -> dict[str, tuple[float, int | None]]:
    """Of several runs, each step's median seconds and highest bytes."""
    taken = {}
    for name in runs[0]:
        seconds, peaks = zip(*(each[name] for each in runs), strict=True)
        taken[name] = (statistics.median(seconds), None if None in peaks else max(peaks))
    return taken


def write_councils(folder: Path, sizes: tuple[int, ...]) -> list[Council]:
    """Merton's own 39 indicators for November 2020, and made-up ones for a whole year."""
    merton = Council(size=39, folder=ROOT, month="2020-11", made=folder / "39")
    councils = [merton]
    for size in sizes:
        inputs = folder / f"inputs-{size}"
        # By a process of its own: this one must stay small, as `measuring` says.
        subprocess.run((sys.executable, HERE / "council.py", inputs, str(size)), check=True)
        made = folder / str(size)
        councils.append(Council(size=size, folder=inputs, month=MONTHS[-1], made=made))
    return councils


def measure_all(bench: Bench, pairs: int, *, is_trial: bool) -> Results:
    """Measure everything, and print it as it comes."""
    few = max(2, pairs // 7)  # of what takes long
    with tempfile.TemporaryDirectory() as folder:
        councils = write_councils(Path(folder), (1_000,) if is_trial else (1_000, 10_000))
        merton, *_, largest = councils
        comparisons = _print_each(
            chain(
                compare_commands(bench, merton, pairs),
                compare_writers(bench, merton, pairs),
                compare_writers(bench, largest, few),
            )
        )
        steps = _print_each(measure_steps(bench, each, few) for each in councils)
    return Results(
        machine=describe_machine(),
        kpi=bench.kpi,
        gptables=bench.gptables,
        floor=FLOOR,
        comparisons=comparisons,
        steps=steps,
        is_trial=is_trial,
    )


def _print_each(measured: Iterable[Measured]) -> list[Measured]:
    """All results, each printed as soon as it is known."""
    results = []
    for each in measured:
        print(each, flush=True)
        results.append(each)
    return results


def main() -> None:
    """Read the options, measure, and write the page."""
    parser = ArgumentParser(description=__doc__, formatter_class=RawTextHelpFormatter)
    parser.add_argument("--python", default=sys.executable, help="the Python that has kpi")
    parser.add_argument("--gptables", help="the Python that has gptables; none: left out")
    parser.add_argument("--pairs", type=int, default=41, help="runs of each at 39 indicators")
    parser.add_argument("--quick", action="store_true", help="few runs, and 1,000 at most")
    options = parser.parse_args()
    if options.pairs < 2:
        parser.error("--pairs must be 2 or more, since one has no quartiles")
    gptables = read_gptables(options.gptables) if options.gptables else None
    bench = Bench(kpi=read_kpi(options.python), gptables=gptables)
    if bench.kpi.is_editable:
        print("kpi is installed editable here, which takes longer to begin: pip install .")
    pairs = 3 if options.quick else options.pairs
    results = measure_all(bench, pairs, is_trial=options.quick)
    PAGE.write_text(write_page(results), encoding="utf-8", newline="\n")
    print(f"Written: {PAGE.relative_to(ROOT).as_posix()}")


if __name__ == "__main__":
    main()
