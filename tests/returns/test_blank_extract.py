"""`kpi template`: an extract to be filled in, and what becomes of it."""

from __future__ import annotations

import csv
import io
import shutil
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.councils import make_catalogue

from merton_kpi.core.issues import BuildStoppedError, require
from merton_kpi.core.periods import Month
from merton_kpi.extracts.reader import read_extract
from merton_kpi.loading import Inputs
from merton_kpi.returns.blank_extract import blank_extract_name, list_missing, write_blank_extract
from merton_kpi.returns.due import compose_due_list
from merton_kpi.storage.files import create_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]

JUNE = Month(2020, 6)


def fill_in(path: Path, column: str, words: str) -> None:
    """Fill in a column of every row, as a spreadsheet saves it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, list(rows[0]))
    writer.writeheader()
    writer.writerows(row | {column: words} for row in rows)
    path.write_bytes(buffer.getvalue().encode("utf-8-sig"))


def test_a_blank_extract_has_a_row_for_each_figure_missing(
    kpi: Kpi, council: Path, golden: Callable[[str, str], None]
) -> None:
    outcome = kpi("template", "--month", "2020-06")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == "data/2020-06.csv: 3 rows to be filled in\n"
    content = (council / "data/2020-06.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfindicator,title,period,")
    assert content.count(b"\n") == content.count(b"\r\n") == 4
    golden("template-2020-06.csv", content.decode("utf-8-sig").replace("\r\n", "\n"))


def test_a_blank_extract_filled_in_is_read_whole(kpi: Kpi, council: Path) -> None:
    kpi("template", "--month", "2020-06")
    fill_in(council / "data/2020-06.csv", "value", "92")
    outcome = kpi("build", "--month", "2020-06")
    assert (outcome.code, outcome.err) == (0, "")
    assert "4 rows in 2 extracts, all used\n" in outcome.out
    assert "Due and missing: 0\n" in outcome.out
    told = kpi("template", "--month", "2020-06", "--owner", "head of contact")
    assert (told.code, told.out) == (
        0,
        "No figure is missing for June 2020; nothing was written\n",
    )


def test_a_blank_extract_builds_with_warnings(kpi: Kpi, council: Path) -> None:
    kpi("template", "--month", "2020-06")
    outcome = kpi("build", "--month", "2020-06")
    assert outcome.code == 0
    assert outcome.err.count("nothing is filled in") == 3
    assert "4 rows in 2 extracts, 1 used, 3 not filled in\n" in outcome.out


def test_no_file_is_overwritten(kpi: Kpi, council: Path) -> None:
    kpi("template", "--month", "2020-06")
    fill_in(council / "data/2020-06.csv", "note", "kept")
    before = (council / "data/2020-06.csv").read_bytes()
    outcome = kpi("template", "--month", "2020-06")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == (
        "data/2020-06.csv: error: it is there already; "
        "fill it in, move it away, or name another part with --owner or --source\n"
    )
    assert (council / "data/2020-06.csv").read_bytes() == before


def test_one_owner_or_source_has_an_extract_of_its_own(kpi: Kpi, council: Path) -> None:
    catalogue = council / "indicators.yaml"
    text = catalogue.read_text().replace("owner: Head of Contact", "source: Phone log")
    catalogue.write_text(text)
    kpi("template", "--month", "2020-06")
    told = kpi("template", "--month", "2020-06", "--source", "phone LOG")
    assert told.out == "data/2020-06-phone-log.csv: 2 rows to be filled in\n"
    fill_in(council / "data/2020-06-phone-log.csv", "value", "92")
    told = kpi("template", "--month", "2020-06", "--owner", "No owner is named")
    assert told.out == "data/2020-06-no-owner-is-named.csv: 1 row to be filled in\n"
    outcome = kpi("build", "--month", "2020-06")
    assert outcome.code == 0
    assert "7 rows in 4 extracts, 3 used, 4 not filled in\n" in outcome.out


def test_an_unknown_source_is_wrong_usage(kpi: Kpi, council: Path) -> None:
    outcome = kpi("template", "--month", "2020-06", "--source", "Mosaic")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.endswith(
        "Error: Invalid value for '--source': there is no 'Mosaic'; none is defined\n"
    )


def test_the_folder_is_made_where_it_is_missing(kpi: Kpi, council: Path) -> None:
    shutil.rmtree(council / "data")
    outcome = kpi("template", "--month", "2020-04")
    assert (outcome.code, outcome.out) == (0, "data/2020-04.csv: 1 row to be filled in\n")


@pytest.mark.parametrize("command", ["template", "due"])
def test_a_folder_that_is_named_must_be_there(command: str, kpi: Kpi, council: Path) -> None:
    """With a mistyped folder every figure would be due from every owner."""
    outcome = kpi(command, "--month", "2020-04", "--data", "dta")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == (
        "dta: error: there is no such folder; name the one with the extracts with --data\n"
    )


def test_a_number_that_looks_like_a_formula_survives_a_blank_extract() -> None:
    catalogue = make_catalogue("""
        - {number: "=1+1", title: =A1, unit: number, frequency: monthly, target: new, arrears: 1}
        """)
    inputs = Inputs(file="indicators.yaml", catalogue=catalogue, month=JUNE)
    dues = require(compose_due_list(inputs))
    content = write_blank_extract(list_missing(dues), JUNE)
    assert b"\r\n'=1+1,'=A1,2020-05," in content
    extract = read_extract(content.replace(b"2020-05,", b"2020-05,7"), "f.csv", JUNE)
    (may,) = extract.observations
    assert (may.indicator, may.month, may.value) == ("=1+1", Month(2020, 5), Decimal(7))


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Head of SEND", "2020-06-head-of-send.csv"),
        ("Children's centres & Co./x", "2020-06-childrens-centres-co-x.csv"),
        ("Straße École", "2020-06-strae-ecole.csv"),
        ("../../etc", "2020-06-etc.csv"),
        ("CON", "2020-06-con.csv"),
        ("管理", "2020-06-5974bf24.csv"),
        ("x" * 200, f"2020-06-{'x' * 80}.csv"),
    ],
)
def test_a_blank_extract_has_a_name_that_any_system_takes(words: str, name: str) -> None:
    assert blank_extract_name(JUNE, words, None) == name
    assert blank_extract_name(JUNE, None, None) == "2020-06.csv"


def test_no_half_written_extract_is_left(council: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class FullDisk(io.BytesIO):
        def write(self, content: object) -> int:
            raise OSError(28, "No space left on device")

    def open_full(path: Path, mode: str) -> FullDisk:
        path.touch()
        return FullDisk()

    monkeypatch.setattr(Path, "open", open_full)
    with pytest.raises(BuildStoppedError, match="cannot be written: No space left on device"):
        create_file(council / "data/2020-07.csv", b"indicator,value\n", "")
    assert not (council / "data/2020-07.csv").exists()


def test_a_file_where_the_folder_should_be_is_told_as_that(council: Path) -> None:
    with pytest.raises(BuildStoppedError, match="cannot be written: "):
        create_file(council / "indicators.yaml/2020-07.csv", b"", "")
