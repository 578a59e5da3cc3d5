"""A drawn workbook to the bytes of an xlsx file.

openpyxl writes the package; the rows come from `markup` as text, and are put in their sheets here.
Equal workbooks give equal bytes: the time in the file is the caller's, never the clock's.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.dimensions import SheetDimension
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.functions import Element, SubElement

from merton_kpi.papers.workbook.charts import PlacedChart, write_chart, write_drawing

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from openpyxl import Workbook
    from openpyxl.worksheet.hyperlink import Hyperlink
    from openpyxl.worksheet.worksheet import Worksheet


_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_RELATION = (
    '<Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'chart" Target="/xl/charts/chart{chart}.xml" Id="rId{number}" />'
)
_LEVEL = 3  # packs twice as fast as the usual 6, and a tenth larger


@dataclass(kw_only=True)
class Body:
    """What a sheet holds: its rows' XML, its links, and the last cell's place."""

    rows: list[bytes] = field(default_factory=list)
    links: list[Hyperlink] = field(default_factory=list)
    end: str = "A1"


def pack(book: Workbook, draw: Callable[[Worksheet], Body], moment: datetime) -> bytes:
    """Save without `Workbook.save`, which would write the clock's time.

    Each sheet is drawn when its turn comes, and each chart, so that none waits in memory.
    """
    buffer = io.BytesIO()
    with _StillZip(buffer, "w", ZIP_DEFLATED) as archive:
        archive.moment = moment.timetuple()[:6]
        _Writer(book, archive, draw).save()
    return buffer.getvalue()


class _SheetWriter(WorksheetWriter):
    """openpyxl's writer of a sheet, with rows that are written already."""

    def __init__(self, sheet: Any, body: Body) -> None:
        super().__init__(sheet, io.BytesIO())
        self._body = body

    def write_dimensions(self) -> None:
        self.xf.send(SheetDimension(f"A1:{self._body.end}").to_tree())

    def write_rows(self) -> None:
        """Leave the rows' place empty: `read` fills it."""
        stream: Any = self.xf.send(True)
        with stream.element("sheetData"):
            pass
        self.xf.send(None)

    def write_hyperlinks(self) -> None:
        sheet: Any = self.ws
        sheet._hyperlinks = self._body.links
        super().write_hyperlinks()

    def write_breaks(self) -> None:
        """Also spare the reader Excel's green corner on each label that looks like a number."""
        super().write_breaks()
        ignored = Element("ignoredErrors")
        SubElement(ignored, "ignoredError", sqref=f"A1:{self._body.end}", numberStoredAsText="1")
        self.xf.send(ignored)

    def read(self) -> bytes:
        head, tag, tail = super().read().partition(b"<sheetData>")
        return b"".join((head, tag, *self._body.rows, tail))


@dataclass(frozen=True, kw_only=True, slots=True)
class _ChartPart:
    """A chart as openpyxl's list of the parts wants it."""

    path: str
    mime_type: str = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"


class _Writer(ExcelWriter):
    """openpyxl's writer of a workbook, with our sheets and drawings in it."""

    _archive: ZipFile
    _charts: list[PlacedChart]
    _drawings: list[SpreadsheetDrawing]

    def __init__(self, book: Workbook, archive: ZipFile, draw: Callable[[Worksheet], Body]) -> None:
        super().__init__(book, archive)
        self._draw = draw

    def write_worksheet(self, ws: Any) -> None:
        body = self._draw(ws)
        ws._drawing = SpreadsheetDrawing()
        ws._drawing.charts = ws._charts
        writer: Any = _SheetWriter(ws, body)
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], writer.read())
        self.manifest.append(ws)

    def _write_drawing(self, drawing: Any) -> None:
        self._drawings.append(drawing)
        number = drawing._id = len(self._drawings)
        before = len(self._charts)
        self._charts += drawing.charts
        relations = "".join(
            _RELATION.format(number=each, chart=before + each)
            for each in range(1, len(drawing.charts) + 1)
        )
        self._archive.writestr(drawing.path[1:], write_drawing(drawing.charts))
        self._archive.writestr(
            f"xl/drawings/_rels/drawing{number}.xml.rels",
            f"{_RELATIONS}{relations}</Relationships>",
        )
        self.manifest.append(drawing)

    def _write_charts(self) -> None:
        for number, placed in enumerate(self._charts, 1):
            part = _ChartPart(path=f"/xl/charts/chart{number}.xml")
            self._archive.writestr(part.path[1:], write_chart(placed.chart, placed.data))
            self.manifest.append(part)


class _StillZip(ZipFile):
    """A zip archive whose entries all bear one time, and no trace of the machine."""

    moment: tuple[int, int, int, int, int, int]

    def writestr(self, name: str, data: str | bytes) -> None:  # type: ignore[override]
        entry = ZipInfo(name, self.moment)
        entry.compress_type = ZIP_DEFLATED
        entry.create_system = 0
        super().writestr(entry, data, compresslevel=_LEVEL)
