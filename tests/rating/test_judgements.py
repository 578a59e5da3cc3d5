"""An officer's judgement from the extract to every paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from helpers.messages import list_codes

from merton_kpi.core.periods import Month
from merton_kpi.extracts.quoting import Quotable
from merton_kpi.extracts.reader import read_extract

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    from merton_kpi.core.issues import Issue

    Kpi = Callable[..., Outcome]

HEADER = "indicator,value,judgement,judgement_reason,judgement_by\n"
LABEL = "Amber (judgement)"
REASON = (
    "Judged Amber by the Head of Contact: Two of the calls were drills. By the figures alone: Red. "
    "80% in Apr 2020 is 10 percentage points below the target of at least 90%; "
    "amber reaches only to 89%."
)


def test_a_judgement_is_shown_as_such_in_every_paper(kpi: Kpi, council: Path) -> None:
    row = "1,80,amber,Two of the calls were drills,Head of Contact\n"
    (council / "data/2020-04.csv").write_text(HEADER + row, encoding="utf-8")
    built = kpi("build", "--month", "2020-04")
    assert built.code == 0, built.err
    assert f"{LABEL}: Calls answered in time" in built.out
    out = council / "output"
    report = (out / "exception-report-2020-04.md").read_text(encoding="utf-8")
    table = (out / "performance-index-2020-04.csv").read_text(encoding="utf-8-sig")
    book = openpyxl.load_workbook(out / "performance-index-2020-04.xlsx")
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    for words in (LABEL, REASON):
        assert words in report
        assert words in table
        assert words in cells
    explained = kpi("explain", "1", "--month", "2020-04").out
    assert LABEL in explained
    assert REASON in explained
    assert (
        '"by_figures": "Red"' in kpi("explain", "1", "--month", "2020-04", "--format", "json").out
    )


INCOMPLETE = (
    "amber,,Head of Contact",
    "amber,Drills,",
    "ambre,Drills,Head of Contact",
    "no data,Drills,Head of Contact",
    ",Drills,Head of Contact",
)


def list_faults(cells: str) -> tuple[Issue, ...]:
    """The errors of a row with these cells for a judgement, its reason and its officer."""
    content = f"{HEADER}1,80,{cells}\n".encode()
    extract = read_extract(content, "f.csv", Month(2020, 4), Quotable(is_all=True))
    assert not extract.observations
    return extract.issues


@pytest.mark.parametrize("cells", INCOMPLETE)
def test_a_judgement_is_refused_without_all_its_parts(cells: str) -> None:
    assert list_codes(list_faults(cells)) == ["judgement 2"]


def test_a_judgement_without_all_its_parts_is_an_error(messages: Callable[..., None]) -> None:
    messages(issue for cells in INCOMPLETE for issue in list_faults(cells))


@pytest.mark.parametrize("period", ["", "2020-04"])
def test_a_judgement_may_come_without_a_figure_and_after_it(
    period: str, kpi: Kpi, council: Path
) -> None:
    (council / "data/2020-04.csv").write_text("indicator,value\n1,80\n", encoding="utf-8")
    row = f"1,,GREEN,Two of the calls were drills,Head of Contact,{period}\n"
    later = council / "data/2020-05.csv"
    later.write_text(HEADER.replace("\n", ",period\n") + row, encoding="utf-8")
    assert kpi("build", "--month", "2020-05").out.count("Green") == 1
    assert "Green (Apr 2020, judgement)" in kpi("explain", "1", "--month", "2020-05").out
