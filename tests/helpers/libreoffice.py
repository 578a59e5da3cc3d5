"""LibreOffice without a screen: what a person does in a spreadsheet, by macros in Basic."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
  script:language="StarBasic">
Sub Main
  Dim none()
  book = StarDesktop.loadComponentFromURL("{url}", "_blank", 0, none())
{lines}
  book.close(True)
  StarDesktop.terminate()
End Sub
</script:module>
"""
_SAVE = """
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  kind(0).Name = "FilterName"
  kind(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL("{target}", kind())
"""
# Tab and Shift+Tab run these two commands, by the program's own table of keys.
_TAB, _SHIFT_TAB = ".uno:JumpToNextUnprotected", ".uno:JumpToPreviousUnprotected"
_PRESS = """
  dispatcher.executeDispatch(book.CurrentController.Frame, "{command}", "", 0, none())
  cell = book.CurrentSelection
  line = cell.AbsoluteName
  If cell.Validation.Type = com.sun.star.sheet.ValidationType.LIST Then
    If cell.Validation.ShowList &gt; 0 Then line = line &amp; " list"
  End If
  Print #1, line
"""


def type_in_libreoffice(path: Path, sheet: str, cells: Mapping[str, str], target: Path) -> None:
    """Type texts into cells of a workbook, in the British way, and save it as another.

    LibreOffice ignores what is typed where a cell is protected.
    """
    lines = [f'  sheet = book.Sheets.getByName("{sheet}")']
    lines += (
        f'  sheet.getCellRangeByName("{address}").FormulaLocal = "{_quote(text)}"'
        for address, text in cells.items()
    )
    _run_macro(path, "\n".join([*lines, _SAVE.format(target=target.as_uri())]), target.parent)


def press_tab_in_libreoffice(path: Path, times: int, folder: Path) -> tuple[str, list[str], str]:
    """Where the cursor is in a workbook that is opened, and where Tab takes it.

    Returns:
        The cell at first, as `$Return.$A$1`; the cells after each Tab, with ` list` where one has a
        list to choose from; and the one after Shift+Tab from the last of those.
    """
    printed = folder / "cells.txt"
    lines = [
        '  dispatcher = createUnoService("com.sun.star.frame.DispatchHelper")',
        f'  Open "{printed}" For Output As #1',
        "  Print #1, book.CurrentSelection.AbsoluteName",
        *(_PRESS.format(command=_TAB) for _ in range(times)),
        _PRESS.format(command=_SHIFT_TAB),
        "  Close #1",
    ]
    _run_macro(path, "\n".join(lines), folder)
    first, *cells = printed.read_text(encoding="utf-8").splitlines()
    return first, cells[:times], cells[-1]


def save_in_libreoffice(content: bytes, folder: Path) -> bytes:
    """A workbook as LibreOffice saves it again, with its formulas worked out."""
    source, target = folder / "book.xlsx", folder / "saved.xlsx"
    source.write_bytes(content)
    _run_macro(source, _SAVE.format(target=target.as_uri()), folder)
    return target.read_bytes()


def _run_macro(path: Path, lines: str, folder: Path) -> None:
    """Open a workbook, run these lines, and end; the profile is in the folder."""
    profile = folder / "profile"
    module = profile / "user" / "basic" / "Standard" / "Module1.xba"
    program = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
    if not module.exists():
        _run(*program, "--terminate_after_init")  # which makes a profile with an empty module
    module.write_text(_MODULE.format(url=path.as_uri(), lines=lines), encoding="utf-8")
    _run(*program, "macro:///Standard.Module1.Main")


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=240)


def _quote(text: str) -> str:
    """A text within quotes of Basic, within XML."""
    quoted = text.replace('"', '""').replace("&", "&amp;").replace("<", "&lt;")
    return quoted.replace("\n", '" &amp; Chr(10) &amp; "')
