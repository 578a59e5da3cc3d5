"""What is measured, and on what: the interpreters, what they have installed, and the machine."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

# openpyxl imports numpy and lxml where they are installed, which changes its speed.
_KPI = (
    "merton-kpi",
    "typer",
    "pydantic",
    "PyYAML",
    "Jinja2",
    "openpyxl",
    "python-docx",
    "numpy",
    "lxml",
)
_GPTABLES = ("gptables", "pandas", "XlsxWriter", "numpy")
_ASK = """
import json, platform, sys
from importlib.metadata import PackageNotFoundError, distribution
found, editable = {"Python": platform.python_version()}, False
for name in sys.argv[1:]:
    try:
        package = distribution(name)
    except PackageNotFoundError:
        continue
    found[name] = package.version
    editable |= '"editable": true' in (package.read_text("direct_url.json") or "")
print(json.dumps([found, editable]))
"""


@dataclass(frozen=True, kw_only=True)
class Interpreter:
    """A Python with the versions of what matters in it; None: it is not installed there."""

    path: str
    versions: dict[str, str | None]
    is_editable: bool

    def __str__(self) -> str:
        versions = ", ".join(
            f"{name} {version}" if version else f"no {name}"
            for name, version in self.versions.items()
        )
        return f"{versions}; installed editable" if self.is_editable else versions

    @property
    def script(self) -> str:
        """The installed `kpi`. Exits where there is none."""
        found = shutil.which("kpi", path=str(Path(self.path).parent))
        if found is None:
            sys.exit(f"there is no kpi beside {self.path}; install it there: pip install .")
        return found


def read_kpi(path: str) -> Interpreter:
    """The interpreter that has the project installed."""
    return _read_versions(path, _KPI)


def read_gptables(path: str) -> Interpreter:
    """The interpreter that has gptables. Exits where it has none."""
    found = _read_versions(path, _GPTABLES)
    if found.versions["gptables"] is None:
        sys.exit(f"there is no gptables in {path}; see benchmarks/requirements.txt")
    return found


def _read_versions(python: str, names: tuple[str, ...]) -> Interpreter:
    found = shutil.which(python)
    if found is None:
        sys.exit(f"there is no Python at {python}")
    path = str(Path(found).absolute())  # not resolved: a link's place tells its environment
    output = subprocess.check_output((path, "-I", "-c", _ASK, *names))
    installed, editable = json.loads(output)
    versions = {name: installed.get(name) for name in ("Python", *names)}
    return Interpreter(path=path, versions=versions, is_editable=editable)


def describe_machine() -> str:
    """The processor with its cores, and the system."""
    return f"{_processor()}, {os.cpu_count()} cores; {_system()}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, "") or platform.processor() or platform.machine()


def _system() -> str:
    kernel = f"{platform.system()} {platform.release()}"
    try:
        return f"{platform.freedesktop_os_release()['PRETTY_NAME']}, {kernel}"
    except OSError:
        return kernel
