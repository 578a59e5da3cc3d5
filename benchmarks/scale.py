"""How time and memory grow with the number of indicators: 100, 1,000 and 10,000 for 12 months.

Prints a table. Each size is built in a process of its own, in a temporary folder; the figures of
the steps are that process's own clock, and the memory is its largest. Run it with

    python benchmarks/scale.py [sizes]
"""

from __future__ import annotations

import gc
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from merton_kpi.inputs import read_inputs
from merton_kpi.papers import draw_index
from merton_kpi.periods import FinancialYear, Month
from merton_kpi.scoring import make_scorecard
from merton_kpi.table import write_table

SIZES = (100, 1_000, 10_000)
HEAD = """\
authority: Anyborough Council
short_name: Anyborough
panel: Services Panel
financial_year: 2020/21
lead_officer: Director
lead_member: Member
contact_officer: Officer
benchmark_areas: [England, London]
bands:
  percent: {amber: {percentage_points: 1}}
  other: {amber: {percent_of_target: 5}}
sections:
"""
ENTRY = """\
      - number: "{number}"
        title: Indicator {number} of the services of the council
        unit: percent
        frequency: monthly
        target: {{at_least: 90}}
        outturns:
          2019/20: 91
          2018/19: {{value: 90, source: the case system, period: 2018/19}}
          2017/18: {{status: change_in_recording}}
        benchmarks:
          England: {{value: 89, source: DfE, period: 2019/20}}
          London: {{status: no_benchmark}}
        rationale: It shows whether the service does what it is there for.
        owner: Head of Service
        source: case system
"""


def write_inputs(folder: Path, size: int) -> None:
    """A catalogue of so many indicators, fifty to a section, and twelve extracts."""
    lines = [HEAD]
    for number in range(size):
        if number % 50 == 0:
            lines.append(f"  - title: Section {number // 50}\n    indicators:\n")
        lines.append(ENTRY.format(number=number))
    (folder / "indicators.yaml").write_text("".join(lines), encoding="utf-8")
    (folder / "data").mkdir()
    for place, month in enumerate(FinancialYear(2020).months):
        rows = [
            f"{number},{85 + (number * 7 + place * 3) % 15},,A note on this month\n"
            for number in range(size)
        ]
        text = "indicator,value,status,note\n" + "".join(rows)
        (folder / "data" / f"{month}.csv").write_text(text, encoding="utf-8")


def measure(size: int) -> None:
    """Build once, as `kpi build` does, and print one row of the table."""
    gc.disable()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_inputs(folder, size)
        times = [time.perf_counter()]
        month = Month(2021, 3)
        inputs = read_inputs(folder / "indicators.yaml", folder / "data", month)
        times.append(time.perf_counter())
        card = make_scorecard(inputs)
        times.append(time.perf_counter())
        write_table(card)
        times.append(time.perf_counter())
        draw_index(card)
        times.append(time.perf_counter())
    steps = [later - earlier for earlier, later in pairwise(times)]
    shown = "".join(f"{step:10.2f}" for step in (*steps, sum(steps)))
    print(f"{size:>10,}{inputs.rows:>10,}{shown}{measure_memory():>12}", flush=True)


def measure_memory() -> str:
    """The most memory that this process had, in MiB; Windows does not tell it this way."""
    try:
        import resource
    except ImportError:
        return "-"
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit:.0f}"


def main() -> None:
    """Print the table, a process a size."""
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    columns = ("read", "judge", "csv", "xlsx", "all (s)")
    print(f"{'indicators':>10}{'rows':>10}{''.join(f'{each:>10}' for each in columns)}{'MiB':>12}")
    for size in sizes:
        subprocess.run([sys.executable, __file__, "--one", str(size)], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(int(sys.argv[2]))
    else:
        main()
