"""The files of a small council, from which a new one can be made."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from merton_kpi.core.issues import BuildStoppedError
from merton_kpi.storage.files import create_file

if TYPE_CHECKING:
    from pathlib import Path

MONTH = "2025-04"  # that its figures are for
NAMES = ("README.md", "indicators.yaml", f"data/{MONTH}.csv")
_ADVICE = "nothing was written; name another folder, or move the file away"


def create_council(folder: Path) -> tuple[Path, ...]:
    """Write the files of a small council to a folder, which is made where it is missing.

    Returns:
        The files written.

    Raises:
        BuildStoppedError: One of them exists, and then nothing is written; or one cannot be
            written.
    """
    paths = tuple(folder / name for name in NAMES)
    for path in paths:
        if path.exists() or path.is_symlink():
            message = f"the file already exists; {_ADVICE}"
            raise BuildStoppedError.at(path.as_posix(), "file_exists", message)
    source = files("merton_kpi.starter").joinpath("files")
    for name, path in zip(NAMES, paths, strict=True):
        create_file(path, source.joinpath(name).read_bytes(), _ADVICE)
    return paths
