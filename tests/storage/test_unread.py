"""Spreadsheets and folders beside the extracts, whose figures nobody reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from merton_kpi.core.issues import Severity
from merton_kpi.storage.unread import check_unread

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_what_may_have_figures_is_a_warning(tmp_path: Path, messages: Callable[..., None]) -> None:
    (tmp_path / "November figures.XLSX").write_bytes(b"")
    (tmp_path / "figures.xlsm").write_bytes(b"")
    (tmp_path / "from services" / "late").mkdir(parents=True)
    (tmp_path / "from services" / "late" / "2020-11.csv").write_bytes(b"")
    found = check_unread(tmp_path)
    assert [(each.code, each.severity, each.place.file) for each in found] == [
        ("unread_file", Severity.WARNING, (tmp_path / name).as_posix())
        for name in ("November figures.XLSX", "figures.xlsm", "from services")
    ]
    messages(found)


@pytest.mark.parametrize(
    "name",
    ["2020-11.csv", "2020-11.xlsx", "april.csv", "notes.docx", "README.md", "~$a.xlsx", ".a.xlsx"],
)
def test_extracts_and_what_is_no_table_are_none(tmp_path: Path, name: str) -> None:
    """Wrong names of extracts are errors already."""
    (tmp_path / name).write_bytes(b"")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "reply.docx").write_bytes(b"")
    assert check_unread(tmp_path) == ()
    assert check_unread(tmp_path / "nowhere") == ()
