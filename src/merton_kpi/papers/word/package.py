"""The last step of a Word document: the same bytes for the same input.

python-docx stamps each part of the package with the clock's time and the kind of machine.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_FIRST_TIME, _LAST_TIME = datetime(1980, 1, 1), datetime(2107, 12, 31)  # of a zip file


def write_package(saved: IO[bytes], moment: datetime) -> bytes:
    """A saved package, whose parts all have this time, or the nearest from 1980 to 2107."""
    stamp = min(max(moment, _FIRST_TIME), _LAST_TIME).timetuple()[:6]
    finished = io.BytesIO()
    with ZipFile(saved) as package, ZipFile(finished, "w") as archive:
        for name in package.namelist():
            entry = ZipInfo(name, stamp)
            entry.create_system, entry.compress_type = 0, ZIP_DEFLATED
            archive.writestr(entry, package.read(name))
    return finished.getvalue()
