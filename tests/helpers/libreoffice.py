"""LibreOffice without a screen: cells typed into a spreadsheet, as a person types them."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
  script:language="StarBasic">
Sub Fill
  Dim none()
  book = StarDesktop.loadComponentFromURL("{url}", "_blank", 0, none())
  sheet = book.Sheets.getByName("{sheet}")
{lines}
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  kind(0).Name = "FilterName"
  kind(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL("{target}", kind())
  book.close(True)
  StarDesktop.terminate()
End Sub
</script:module>
"""


def type_in_libreoffice(path: Path, sheet: str, cells: Mapping[str, str], target: Path) -> None:
    """Type texts into cells of a workbook, in the British way, and save it as another.

    A macro types them; LibreOffice ignores it where a cell is protected.
    """
    profile = target.parent / "profile"
    module = profile / "user" / "basic" / "Standard" / "Module1.xba"
    program = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    _run(*program, "--terminate_after_init")  # which makes a profile with an empty module
    lines = (
        f'  sheet.getCellRangeByName("{address}").FormulaLocal = "{_quote(text)}"'
        for address, text in cells.items()
    )
    source = _MODULE.format(
        url=path.as_uri(), sheet=sheet, lines="\n".join(lines), target=target.as_uri()
    )
    module.write_text(source, encoding="utf-8")
    _run(*program, "macro:///Standard.Module1.Fill")


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=240)


def _quote(text: str) -> str:
    """A text within quotes of Basic, within XML."""
    quoted = text.replace('"', '""').replace("&", "&amp;").replace("<", "&lt;")
    return quoted.replace("\n", '" &amp; Chr(10) &amp; "')


def save_in_libreoffice(content: bytes, folder: Path) -> bytes:
    """A workbook as LibreOffice saves it again, with its formulas worked out."""
    source, target = folder / "book.xlsx", folder / "saved"
    source.write_bytes(content)
    profile = (folder / "profile").as_uri()
    program = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--norestore"]
    kind = "xlsx:Calc MS Excel 2007 XML"
    _run(*program, "--convert-to", kind, "--outdir", str(target), str(source))
    return (target / "book.xlsx").read_bytes()
