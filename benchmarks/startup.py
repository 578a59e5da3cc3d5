"""How long a whole build takes beside the import of its libraries, measured in one run.

    python benchmarks/startup.py [pairs]

Each pair is run one after the other (A B A B …); what counts is the median of the pairs' ratios.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time

IMPORTS = (sys.executable, "-c", "import typer, pydantic, yaml, jinja2, openpyxl")
BUILD = (sys.executable, "-m", "merton_kpi", "build", "--month", "2020-11", "--out")


def measure(*command: str) -> float:
    """The seconds that a whole process takes."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def compare(pairs: int) -> tuple[float, float, float]:
    """The median seconds of a build and of its imports, and the median of their ratios."""
    with tempfile.TemporaryDirectory() as folder:
        times = [(measure(*BUILD, folder), measure(*IMPORTS)) for _ in range(pairs)]
    builds, imports = (statistics.median(each) for each in zip(*times, strict=True))
    return builds, imports, statistics.median(build / floor for build, floor in times)


if __name__ == "__main__":
    build, imports, ratio = compare(int(sys.argv[1]) if len(sys.argv) > 1 else 21)
    print(f"kpi build {build:.3f} s, its imports {imports:.3f} s, ratio {ratio:.2f}")
