"""The extracts of earlier years: which files they are, and what a fault in one does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from merton_kpi.core.issues import require
from merton_kpi.core.periods import Month
from merton_kpi.loading.history import EarlierYears
from merton_kpi.loading.inputs import read_inputs, read_inputs_so_far

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]
    Messages = Callable[..., None]

APRIL = Month(2020, 4)


def write(folder: Path, name: str, *rows: str) -> None:
    folder.mkdir(exist_ok=True)
    lines = ("indicator,value", *rows)
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_earlier(council: Path) -> dict[str, str]:
    """Indicator 1's earlier figures by month, with nothing wrong anywhere."""
    inputs = require(read_inputs(council / "indicators.yaml", council / "data", APRIL))
    given = inputs.earlier.history.figures["1"].given
    return {str(month): str(each.value) for month, each in given.items()}


def name_folder(council: Path, folder: str) -> None:
    text = (council / "indicators.yaml").read_text(encoding="utf-8")
    text = text.replace("sections:", f"history: {folder}\nsections:")
    (council / "indicators.yaml").write_text(text, encoding="utf-8")


def test_extracts_beside_this_years_are_read(council: Path) -> None:
    write(council / "data", "2020-03.csv", "1,91")
    write(council / "data", "2018-05-calls.csv", "1,92", "2,8")
    assert read_earlier(council) == {"2018-05": "92", "2020-03": "91"}


@pytest.mark.parametrize("folder", ["earlier", "data/earlier", "data"])
def test_extracts_in_the_folder_that_the_catalogue_names_are_read_too(
    folder: str, kpi: Kpi, council: Path
) -> None:
    name_folder(council, folder)
    write(council / "data", "2020-03.csv", "1,91")
    write(council / folder, "2018-05.csv", "1,92")
    assert read_earlier(council) == {"2018-05": "92", "2020-03": "91"}
    assert "unread" not in kpi("check", "--data", "data").err


def test_a_folder_that_is_not_there_is_an_error(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    name_folder(council, "erlier")
    outcome = kpi("build", "--month", "2020-04")
    assert outcome.code == 1
    messages(outcome.err.replace(council.as_posix(), "…").splitlines()[0])


def test_an_extract_of_this_year_in_the_folder_of_earlier_ones_is_a_warning(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    name_folder(council, "earlier")
    write(council / "earlier", "2020-05.csv", "1,92")
    outcome = kpi("check", "--data", "data")
    (warning,) = (line for line in outcome.err.splitlines() if "2020-05" in line)
    assert outcome.code == 0
    messages(warning)


def test_a_fault_in_an_earlier_extract_is_one_warning_that_quotes_nothing(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    """This year's papers can do without; and what would be quoted may be a small count."""
    write(council / "data", "2019-05.csv", "1,ninety", "1,9 1", "2,8")
    write(council / "data", "2019-06.csv", "1,95", "2,x")
    (council / "data" / "2019-07.csv").write_text("1,95", encoding="utf-8")
    outcome = kpi("check", "--data", "data")
    found = [line for line in outcome.err.splitlines() if "/2019-" in line]
    assert outcome.code == 0
    assert "ninety" not in outcome.err
    assert len(found) == 3
    messages(found)
    assert kpi("build", "--month", "2020-04").code == 0


def test_a_copy_of_an_earlier_extract_is_passed_over_and_verified(kpi: Kpi, council: Path) -> None:
    write(council / "data", "2019-05.csv", "1,95")
    write(council / "data", "2019-05 (1).csv", "1,95")
    built = kpi("build", "--month", "2020-04")
    assert "1 row used, 1 passed over" in built.out
    assert kpi("verify", "--month", "2020-04").code == 0


def test_a_name_without_a_month_in_the_folder_of_earlier_years_is_a_warning(
    kpi: Kpi, council: Path
) -> None:
    name_folder(council, "earlier")
    write(council / "earlier", "notes.csv", "1,92")
    outcome = kpi("check", "--data", "data")
    assert outcome.code == 0
    assert "earlier/notes.csv: warning: an extract's name begins with its month" in outcome.err


def test_mistyped_figures_of_earlier_years_are_open_warnings(kpi: Kpi, council: Path) -> None:
    """A few are printed one by one, and many are counted; papers are not final with them."""
    write(council / "data", "2019-05.csv", "1,980")
    warning = "data/2019-05.csv:2: warning: indicator 1: May 2019: 980% is outside"
    for command in (("check", "--data", "data"), ("build", "--month", "2020-04")):
        outcome = kpi(*command)
        assert outcome.code == 0
        assert warning in outcome.err
    final = kpi("build", "--month", "2020-04", "--final")
    assert final.code == 1
    assert warning.replace("warning", "error") in final.err
    for number in range(4, 13):
        write(council / "data", f"2018-{number:02}.csv", "1,980")
    assert "10 figures that cannot be (no. 1)" in kpi("build", "--month", "2020-04").err


def test_rows_with_nothing_filled_in_are_no_faults(kpi: Kpi, council: Path) -> None:
    write(council / "data", "2019-05.csv", "1,", "2,", "2,abc")
    assert (
        "4: warning: 1 row of this earlier year's extract is passed over"
        in kpi("check", "--data", "data").err
    )


def test_what_is_due_is_asked_for_with_the_same_history_as_the_papers(council: Path) -> None:
    """Otherwise an exception by a real change would be in the papers and not be asked for."""
    write(council / "data", "2019-05.csv", "1,95")
    files = (council / "indicators.yaml", council / "data", APRIL)
    inputs, due = (require(read(*files)) for read in (read_inputs, read_inputs_so_far))
    assert due.earlier == inputs.earlier != EarlierYears()


def test_what_is_read_of_earlier_years_is_one_line(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    write(council / "data", "2018-04.csv", "1,95", "9,4")
    write(council / "data", "2019-05.csv", "1,95")
    _, line, _ = kpi("check", "--data", "data").out.splitlines()
    assert line in kpi("build", "--month", "2020-04").out
    messages(line)


def test_papers_name_the_earlier_extracts_and_are_verified_with_them(
    kpi: Kpi, council: Path
) -> None:
    write(council / "data", "2019-05.csv", "1,95")
    kpi("build", "--month", "2020-04")
    manifest = json.loads((council / "output/manifest-2020-04.json").read_text(encoding="utf-8"))
    assert "2019-05.csv" in manifest["inputs"]
    assert kpi("verify", "--month", "2020-04").code == 0
    write(council / "data", "2019-05.csv", "1,96")
    assert "2019-05.csv" in kpi("verify", "--month", "2020-04").err


def test_an_extract_that_came_after_the_papers_month_is_not_read(council: Path) -> None:
    """Figures of last year in arrears come in this year's extracts, with their own numbers."""
    text = (council / "indicators.yaml").read_text(encoding="utf-8")
    text = text.replace('number: "1"', 'number: "1"\n        formerly: {2019/20: "7"}')
    (council / "indicators.yaml").write_text(text, encoding="utf-8")
    lines = "indicator,period,value\n1,,93\n7,2020-03,90\n"
    (council / "data" / "2020-04.csv").write_text(lines, encoding="utf-8")
    lines = "indicator,period,value\n1,,93\n7,2020-03,89\n"
    (council / "data" / "2020-05.csv").write_text(lines, encoding="utf-8")
    assert read_earlier(council) == {"2020-03": "90"}
