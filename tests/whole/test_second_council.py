"""A council that is not Merton, through its year: template, build, changes, new-year, and cron.

Another panel, another year, other bands, letters in its numbers: its papers have nothing of Merton.
"""

from __future__ import annotations

import csv
import hashlib
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from helpers.eastfold import CATALOGUE, FIGURES, NO_WORDS, WORDS

from merton_kpi.core.periods import FinancialYear, Month

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]
    Messages = Callable[..., None]

OF_MERTON = ("Merton", "Mosaic", "Cafcass", "London", "Children", "Young People")


@pytest.fixture
def eastfold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the second council's catalogue and nothing else."""
    monkeypatch.chdir(tmp_path)
    shutil.copy(CATALOGUE, tmp_path)
    return tmp_path


def report_month(kpi: Kpi, month: Month) -> None:
    """Write a blank extract with `kpi template`, and fill it in as the services would."""
    assert kpi("template", "--month", month).code == 0
    path = Path(f"data/{month}.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    place = FinancialYear(2023).months.index(month)
    for row in rows:
        row["value"] = FIGURES[row["indicator"]].split()[place]
        row["commentary"] = WORDS.get(row["indicator"], NO_WORDS)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def report_until(kpi: Kpi, last: Month) -> None:
    for month in FinancialYear(2023).months:
        if month <= last and not Path(f"data/{month}.csv").exists():
            report_month(kpi, month)


def hash_papers() -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in Path("output").iterdir()
        if path.name != ".kpi.lock"
    }


def read_words(path: Path) -> str:
    """Every word of a paper; of a workbook and a document, its properties too."""
    if path.suffix == ".docx":
        with zipfile.ZipFile(path) as package:
            return " ".join(
                package.read(name).decode("utf-8")
                for name in ("word/document.xml", "docProps/core.xml")
            )
    if path.suffix != ".xlsx":
        return path.read_text(encoding="utf-8")
    book = openpyxl.load_workbook(path)
    cells = [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    ]
    about = book.properties
    return " ".join([*cells, *book.sheetnames, about.title, about.creator, about.keywords])


def test_its_papers_are_built_from_filled_in_templates(
    kpi: Kpi, eastfold: Path, golden: Callable[[str, str], None]
) -> None:
    report_until(kpi, Month(2023, 9))
    outcome = kpi("build", "--month", "2023-09", "--final")
    assert (outcome.code, outcome.err) == (0, "")
    golden("second-council-2023-09.md", read_words(Path("output/exception-report-2023-09.md")))
    golden("second-council-2023-09.txt", kpi("show", "--month", "2023-09").out)
    for path in Path("output").glob("[!.]*"):
        words = read_words(path)
        assert [word for word in OF_MERTON if word in words] == [], path.name
        assert "2023-09" in path.name


def test_its_changes_between_two_papers_are_printed(
    kpi: Kpi, eastfold: Path, golden: Callable[[str, str], None]
) -> None:
    report_until(kpi, Month(2023, 9))
    outcome = kpi("changes", "--since", "2023-07", "--month", "2023-09")
    assert (outcome.code, outcome.err) == (0, "")
    golden("second-council-changes.txt", outcome.out)


def test_its_next_year_begins_where_this_one_ends(
    kpi: Kpi, eastfold: Path, golden: Callable[[str, str], None]
) -> None:
    """The new catalogue is sound, and April of the next year is reported with it."""
    report_until(kpi, Month(2024, 3))
    outcome = kpi("new-year", "2024/25", "--write")
    assert (outcome.code, outcome.err) == (0, "")
    catalogue = Path("indicators-2024-25.yaml")
    golden("second-council-2024-25.yaml", catalogue.read_text(encoding="utf-8"))
    assert kpi("check", "--catalogue", catalogue).code == 0
    assert kpi("template", "--catalogue", catalogue, "--month", "2024-04").code == 0
    april = Path("data/2024-04.csv")
    lines = april.read_text(encoding="utf-8-sig").splitlines()
    numbers = [line.partition(",")[0] for line in lines[1:]]
    assert numbers == ["H1", "H3", "H4", "S1"]
    april.write_text("indicator,value\nH1,93\nH3,140\nH4,7\nS1,82\n", encoding="utf-8")
    outcome = kpi("build", "--catalogue", catalogue, "--month", "2024-04")
    assert outcome.code == 0


def test_cron_prints_nothing_where_there_is_no_problem(kpi: Kpi, eastfold: Path) -> None:
    """Twice, with the same papers each time."""
    report_until(kpi, Month(2023, 7))
    for _ in range(2):
        outcome = kpi("build", "--quiet", "--today", "2023-08-29")
        assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
        papers = hash_papers()
        assert set(papers) == {
            "performance-index-2023-07.xlsx",
            "performance-index-2023-07.html",
            "performance-index-2023-07.csv",
            "exception-report-2023-07.docx",
            "performance-index-2023-07.datapackage.json",
            "exception-report-2023-07.md",
            "manifest-2023-07.json",
        }
    kpi("build", "--month", "2023-07")
    assert hash_papers() == papers


@pytest.mark.skipif(sys.platform == "win32", reason="cron is not for Windows")
def test_cron_sends_one_mail_for_last_months_file_sent_again(
    kpi: Kpi, eastfold: Path, messages: Messages
) -> None:
    """A shell runs the line, and what it prints, if anything, goes to sendmail; here a stub."""
    report_until(kpi, Month(2023, 8))
    shutil.copy("data/2023-08.csv", "data/2023-09.csv")
    line = f"{sys.executable} -m merton_kpi build --quiet --today 2023-09-13"
    sendmail = "(echo MAIL; cat) >>mails"
    cron = f"({line}) >printed 2>&1; test ! -s printed || {sendmail} <printed"
    subprocess.run(["/bin/sh", "-c", cron], check=True)
    (mail,) = Path("mails").read_text(encoding="utf-8").split("MAIL\n")[1:]
    sentence, of_the_quarter = mail.splitlines()
    assert of_the_quarter.startswith("indicators.yaml:52:9: warning: indicator H2: Sep 2023: ")
    messages(sentence)


def test_cron_prints_what_is_missing_and_leaves_the_last_papers(
    kpi: Kpi, eastfold: Path, messages: Messages
) -> None:
    report_until(kpi, Month(2023, 7))
    kpi("build", "--quiet", "--today", "2023-08-29")
    papers = hash_papers()
    outcome = kpi("build", "--quiet", "--today", "2023-09-13")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("data: error: ")
    messages(outcome.err)
    assert hash_papers() == papers
