"""The last step of a workbook: what openpyxl's public API cannot say, done to the saved package.

Each step is here because openpyxl 3.1 leaves something that a program trips over, or cannot write
something that the workbook needs. `tests/papers/workbook/test_finish.py` fails where a later
openpyxl makes a step needless, but for the machine, of which Windows leaves no trace, and the
characters, which only lxml writes so.

- Times and machine: openpyxl stamps each part of the package with the clock's time and the kind of
  machine, so that two builds differ (see `papers.zip_package`).
- Relationships: openpyxl writes absolute part names (`/xl/tables/table1.xml`). exceljs fails on
  them, and a public accessibility checker finds no tables. Excel writes relative ones.
- Drawings: openpyxl makes the drawing's namespace the default one. exceljs fails unless its
  elements have the prefix `xdr:`, as Excel writes them.
- Alternative text: openpyxl has no attribute for a chart's.
- Sheets: openpyxl has no writer for `ignoredErrors`, without which Excel flags every indicator
  number, which is text, as a number stored as text; and it writes no `dimension` to a write-only
  sheet, which readers rely on for the sheet's size.
- Characters: where lxml is installed, openpyxl writes each character outside ASCII to a sheet as a
  reference to its number (`&#128512;`). SheetJS misreads those of emoji.
- Normal font: column widths count in digits of the font of the style Normal, which openpyxl's
  public API cannot change from Calibri.

`customHeight` needs no step here: `writer` writes row heights without it.

The parts are parsed by the standard library, so that it is the same whether or not lxml, which
openpyxl uses where it is installed, wrote them.
"""

from __future__ import annotations

import io
import posixpath
import re
from typing import IO, TYPE_CHECKING
from xml.etree import ElementTree
from xml.parsers import expat

from merton_kpi.papers.zip_package import write_zip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from zipfile import ZipFile

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
# The elements of a sheet that come after those that openpyxl does not write.
_AFTER_DIMENSION = "sheetViews"
_AFTER_IGNORED_ERRORS = ("drawing", "legacyDrawing", "tableParts")
_REFERENCE = re.compile(rb"&#(\d+);")
_PREFIXES = {
    _DRAWING: "xdr",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    _OFFICE: "r",
}


def write_package(
    saved: IO[bytes], moment: datetime, descriptions: Sequence[str], body_style: str
) -> bytes:
    """The finished bytes of a workbook that openpyxl has saved.

    Args:
        saved: the package.
        moment: the time that its parts are given, or the nearest from 1980 to 2107.
        descriptions: the alternative text of each chart, in their order on the one sheet of charts.
        body_style: the named style whose font becomes that of the style Normal.
    """

    def write_part(package: ZipFile, name: str, target: IO[bytes]) -> None:
        if name.startswith("xl/worksheets/sheet"):
            _write_sheet(package.read(name), target)
        elif name.endswith(".rels"):
            target.write(_convert_relationships(package.read(name), name))
        elif name.startswith("xl/drawings/"):
            target.write(_convert_drawing(package.read(name), descriptions))
        elif name == "xl/styles.xml":
            target.write(_convert_styles(package.read(name), body_style))
        else:
            target.write(package.read(name))

    return write_zip(saved, moment, write_part)


def _convert_relationships(content: bytes, name: str) -> bytes:
    """Relationships with relative part names; `name` is the part that has them."""
    root = ElementTree.fromstring(content)
    folder = posixpath.dirname(posixpath.dirname(f"/{name}"))
    for each in root:
        target = each.get("Target", "")
        if target.startswith("/"):
            each.set("Target", posixpath.relpath(target, folder))
    return _write_part(root, {_PACKAGE: ""})


def _convert_drawing(content: bytes, descriptions: Sequence[str]) -> bytes:
    """The drawing with the prefix `xdr:`, and its charts with their alternative text."""
    root = ElementTree.fromstring(content)
    frames = root.iter(f"{{{_DRAWING}}}cNvPr")
    for frame, description in zip(frames, descriptions, strict=True):
        frame.set("descr", description)
    return _write_part(root, _PREFIXES)


def _convert_styles(content: bytes, body_style: str) -> bytes:
    """The styles, of which Normal has the font of the style of the body's text."""
    root = ElementTree.fromstring(content)
    fonts = root.findall(f"{{{_MAIN}}}fonts/{{{_MAIN}}}font")
    formats = root.findall(f"{{{_MAIN}}}cellStyleXfs/{{{_MAIN}}}xf")
    font_of = {
        each.get("name"): fonts[int(formats[int(each.get("xfId", ""))].get("fontId", ""))]
        for each in root.iter(f"{{{_MAIN}}}cellStyle")
    }
    font_of["Normal"][:] = font_of[body_style][:]
    return _write_part(root, {_MAIN: ""})


def _write_part(root: ElementTree.Element, prefixes: Mapping[str, str]) -> bytes:
    """A part with its namespaces' usual prefixes, all of them declared at its root."""
    for element in root.iter():
        element.tag = _add_prefix(element.tag, prefixes)
        for key in [key for key in element.keys() if key.startswith("{")]:  # noqa: SIM118
            element.set(_add_prefix(key, prefixes), element.attrib.pop(key))
    for namespace, prefix in prefixes.items():
        root.set(f"xmlns:{prefix}" if prefix else "xmlns", namespace)
    written: bytes = ElementTree.tostring(root, encoding="utf-8")
    return written


def _add_prefix(name: str, prefixes: Mapping[str, str]) -> str:
    """A name such as `{namespace}local` with its prefix; others stay as they are."""
    namespace, _, local = name.removeprefix("{").rpartition("}")
    if namespace not in prefixes:
        return name
    return f"{prefixes[namespace]}:{local}" if prefixes[namespace] else local


def _decode_reference(found: re.Match[bytes]) -> bytes:
    """The character that a reference names; those in ASCII stay, since markup may need them."""
    code = int(found[1])
    return found[0] if code < 128 else chr(code).encode()


class _SheetPlaces:
    """Where in a sheet's XML elements are missing, in bytes, and its last cell's address.

    The parser's events are followed, since the tree of a large sheet would fill the memory.
    """

    def __init__(self, content: bytes) -> None:
        self.dimension = self.ignored_errors = 0
        self.last_cell = "A1"
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._read_start
        self._parser.EndElementHandler = self._read_end
        self._parser.ParseFile(io.BytesIO(content))

    def _read_start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self.last_cell = attributes["r"]
        elif name == _AFTER_DIMENSION:
            self.dimension = self._parser.CurrentByteIndex
        elif name in _AFTER_IGNORED_ERRORS and not self.ignored_errors:
            self.ignored_errors = self._parser.CurrentByteIndex

    def _read_end(self, name: str) -> None:
        if name == "worksheet" and not self.ignored_errors:
            self.ignored_errors = self._parser.CurrentByteIndex


def _write_sheet(content: bytes, target: IO[bytes]) -> None:
    """Write the sheet with its dimension, and without warnings of numbers stored as text."""
    content = _REFERENCE.sub(_decode_reference, content)
    places = _SheetPlaces(content)
    cells = f"A1:{places.last_cell}"
    ignored = f'<ignoredError sqref="{cells}" numberStoredAsText="1"/>'
    target.write(content[: places.dimension])
    target.write(f'<dimension ref="{cells}"/>'.encode())
    target.write(content[places.dimension : places.ignored_errors])
    target.write(f"<ignoredErrors>{ignored}</ignoredErrors>".encode())
    target.write(content[places.ignored_errors :])
