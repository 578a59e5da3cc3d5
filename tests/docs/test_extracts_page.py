"""What the documentation lists is what there is."""

from __future__ import annotations

import re

from helpers.councils import ROOT

from merton_kpi.core.findings import FindingCode

EXTRACTS = (ROOT / "docs/reference/extracts.md").read_text(encoding="utf-8")


def list_first_cells(heading: str) -> set[str]:
    """The words in the first column of the table whose header begins so."""
    table = EXTRACTS.split(f"| {heading} |")[1].split("\n\n")[0]
    cells = [line.split("|")[1] for line in table.splitlines()[2:]]
    return {word for cell in cells for word in re.findall(r"[a-z_]+", cell)}


def test_every_warning_is_documented() -> None:
    codes = {code.value for code in FindingCode if code is not FindingCode.CONFIRMED}
    assert codes == list_first_cells("warning")
