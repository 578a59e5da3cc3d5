"""`kpi template`: a blank extract, and how it is read once it is filled in."""

from __future__ import annotations

import csv
import io
import shutil
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.councils import make_catalogue
from helpers.messages import list_codes

from merton_kpi.core.issues import BuildStoppedError, require
from merton_kpi.core.periods import FinancialYear, Month
from merton_kpi.extracts.reader import read_extract
from merton_kpi.loading.inputs import Inputs
from merton_kpi.returns.blank_extract import (
    blank_extract_name,
    list_missing,
    list_owner_slugs,
    write_blank_extract,
)
from merton_kpi.returns.due import compose_due_list
from merton_kpi.storage.files import create_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]
    Messages = Callable[..., None]

JUNE = Month(2020, 6)
YEAR = FinancialYear(2020)


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
    kpi: Kpi, council: Path, golden: Callable[[str, str], None], messages: Messages
) -> None:
    outcome = kpi("template", "--month", "2020-06")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("data/2020-06.csv: 3 rows")
    messages(outcome.out)
    content = (council / "data/2020-06.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfindicator,title,period,")
    assert content.count(b"\n") == content.count(b"\r\n") == 4
    golden("template-2020-06.csv", content.decode("utf-8-sig").replace("\r\n", "\n"))


def test_a_blank_extract_filled_in_is_read_whole(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    kpi("template", "--month", "2020-06")
    fill_in(council / "data/2020-06.csv", "value", "92")
    outcome = kpi("build", "--month", "2020-06")
    assert (outcome.code, outcome.err) == (0, "")
    assert "4 rows in 2 extracts, all used\n" in outcome.out
    assert "Due and missing: 0\n" in outcome.out
    outcome = kpi("template", "--month", "2020-06", "--owner", "head of contact")
    assert outcome.code == 0
    assert not list((council / "data").glob("*contact*"))
    messages(outcome.out)


def test_a_blank_extract_builds_with_one_warning_for_each_gap(kpi: Kpi, council: Path) -> None:
    """The row that is not filled in and the figure that is missing are one gap."""
    kpi("template", "--month", "2020-06")
    outcome = kpi("build", "--month", "2020-06")
    assert outcome.code == 0
    assert [line.split(": ")[2] for line in outcome.err.splitlines()] == [
        "indicator 1",
        "indicator 2",
    ]
    assert "Due and missing: 2\n" in outcome.out
    assert "4 rows in 2 extracts, 1 used, 3 not filled in\n" in outcome.out


def test_a_blank_extract_never_overwrites_a_file(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    kpi("template", "--month", "2020-06")
    fill_in(council / "data/2020-06.csv", "note", "kept")
    before = (council / "data/2020-06.csv").read_bytes()
    outcome = kpi("template", "--month", "2020-06")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("data/2020-06.csv: error: ")
    messages(outcome.err)
    assert (council / "data/2020-06.csv").read_bytes() == before


def test_one_owner_or_source_can_have_a_separate_extract(kpi: Kpi, council: Path) -> None:
    catalogue = council / "indicators.yaml"
    text = catalogue.read_text().replace("owner: Head of Contact", "source: Phone log")
    catalogue.write_text(text)
    kpi("template", "--month", "2020-06")
    printed = kpi("template", "--month", "2020-06", "--source", "phone LOG").out
    assert printed.startswith("data/2020-06-phone-log.csv: 2 rows")
    fill_in(council / "data/2020-06-phone-log.csv", "value", "92")
    printed = kpi("template", "--month", "2020-06", "--owner", "No owner is named").out
    assert printed.startswith("data/2020-06-no-owner-is-named.csv: 1 row")
    outcome = kpi("build", "--month", "2020-06")
    assert outcome.code == 0
    assert "7 rows in 4 extracts, 3 used, 4 not filled in\n" in outcome.out


def test_an_unknown_source_is_wrong_usage(kpi: Kpi, council: Path, messages: Messages) -> None:
    outcome = kpi("template", "--month", "2020-06", "--source", "Mosaic")
    assert (outcome.code, outcome.out) == (2, "")
    sentence = outcome.err.splitlines()[-1]
    assert sentence.startswith("Error: Invalid value for '--source': ")
    messages(sentence)


def test_the_folder_is_created_where_it_is_missing(kpi: Kpi, council: Path) -> None:
    shutil.rmtree(council / "data")
    outcome = kpi("template", "--month", "2020-04")
    assert outcome.code == 0
    assert outcome.out.startswith("data/2020-04.csv: 1 row")


@pytest.mark.parametrize("command", ["template", "due"])
def test_a_folder_given_with_an_option_must_exist(
    command: str, kpi: Kpi, council: Path, messages: Messages
) -> None:
    """With a mistyped folder every figure would be due from every owner."""
    outcome = kpi(command, "--month", "2020-04", "--data", "dta")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("dta: error: ")
    messages(outcome.err)


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
def test_a_blank_extract_has_a_name_that_any_system_accepts(words: str, name: str) -> None:
    assert blank_extract_name(YEAR, JUNE, words, None) == name
    assert blank_extract_name(YEAR, JUNE, None, None) == "2020-06.csv"


def test_two_owners_whose_names_become_the_same_have_a_file_each() -> None:
    owners = ["Team A", "team-a", "Team A 2", "Team/A", "x" * 90, "x" * 91, "TEAM B"]
    slugs = list_owner_slugs(owners)
    assert list(slugs.values()) == [
        *("team-a", "team-a-2", "team-a-2-2", "team-a-3"),
        *("x" * 80, f"{'x' * 78}-2", "team-b"),
    ]
    names = {blank_extract_name(YEAR, JUNE, slug) for slug in slugs.values()}
    assert len(names) == len(owners)


def test_each_of_two_like_owners_has_a_template(kpi: Kpi, council: Path) -> None:
    catalogue = council / "indicators.yaml"
    text = catalogue.read_text(encoding="utf-8").rstrip() + "\n        owner: Head-of-Contact\n"
    catalogue.write_text(text, encoding="utf-8")
    outcome = kpi("template", "--month", "2020-06", "--out", "returns")
    assert outcome.code == 0
    assert sorted(path.name for path in (council / "returns").iterdir()) == [
        "2020-06-head-of-contact-2.csv",
        "2020-06-head-of-contact.csv",
    ]


@pytest.mark.parametrize(
    ("month", "name"),
    [("2021-03", "2021-03.csv"), ("2021-04", "2021-04-of-2020-21.csv")],
)
def test_a_blank_extract_after_the_years_end_names_the_year(month: str, name: str) -> None:
    """The next year's extract of that month has the shorter name."""
    assert blank_extract_name(YEAR, Month.read(month), None) == name


def test_no_half_written_extract_is_left(
    council: Path, monkeypatch: pytest.MonkeyPatch, messages: Messages
) -> None:
    class FullDisk(io.BytesIO):
        def write(self, content: object) -> int:
            raise OSError(28, "No space left on device")

    def open_full(path: Path, mode: str) -> FullDisk:
        path.touch()
        return FullDisk()

    with monkeypatch.context() as patch, pytest.raises(BuildStoppedError) as stop:
        patch.setattr(Path, "open", open_full)
        create_file(council / "data/2020-07.csv", b"indicator,value\n", "")
    assert list_codes(stop.value.issues) == ["unwritable_file"]
    messages(stop.value.issues)
    assert not (council / "data/2020-07.csv").exists()


def test_a_file_where_the_folder_should_be_is_an_error(council: Path) -> None:
    with pytest.raises(BuildStoppedError) as stop:
        create_file(council / "indicators.yaml/2020-07.csv", b"", "")
    assert list_codes(stop.value.issues) == ["unwritable_file"]
