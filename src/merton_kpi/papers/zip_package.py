"""A saved xlsx or docx package to the same bytes for the same input.

openpyxl and python-docx stamp each part of a package with the clock's time and the kind of machine.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import IO, TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from collections.abc import Callable

_FIRST_TIME, _LAST_TIME = datetime(1980, 1, 1), datetime(2107, 12, 31)  # of a zip file


def _write_unchanged(package: ZipFile, name: str, target: IO[bytes]) -> None:
    target.write(package.read(name))


def write_zip(
    saved: IO[bytes],
    moment: datetime,
    write_part: Callable[[ZipFile, str, IO[bytes]], None] = _write_unchanged,
) -> bytes:
    """The package with parts that name no machine and all have the same time.

    Args:
        saved: the package.
        moment: the time that its parts are given, or the nearest from 1980 to 2107: a zip file
            counts years in seven bits from 1980.
        write_part: writes the part of this name to the stream, changed or as it is.
    """
    stamp = min(max(moment, _FIRST_TIME), _LAST_TIME).timetuple()[:6]
    finished = io.BytesIO()
    with ZipFile(saved) as package, ZipFile(finished, "w") as archive:
        for name in package.namelist():
            entry = ZipInfo(name, stamp)
            entry.create_system, entry.compress_type = 0, ZIP_DEFLATED
            with archive.open(entry, "w") as target:
                write_part(package, name, target)
    return finished.getvalue()
