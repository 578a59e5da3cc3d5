"""`kpi due --out FOLDER` replaces a former run's messages all together, and nothing else."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from merton_kpi.storage import replace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]
    Messages = Callable[..., None]

CONTACT = ["2020-06-head-of-contact.md", "2020-06-head-of-contact.txt"]
CONTACT += ["2020-06-head-of-contact.xlsx"]
POST = [name.replace("contact", "post") for name in CONTACT]
WRITE = ("due", "--month", "2020-06", "--out", "reminders")


@pytest.fixture
def panel(council: Path) -> Path:
    """The small council, with an owner for its second indicator too."""
    catalogue = council / "indicators.yaml"
    text = catalogue.read_text(encoding="utf-8").rstrip() + "\n        owner: Head of Post\n"
    catalogue.write_text(text, encoding="utf-8")
    return council


def list_files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def read_all(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in list_files(folder)}


def test_each_owner_who_owes_something_has_a_message_and_a_workbook(
    kpi: Kpi, panel: Path, messages: Messages
) -> None:
    outcome = kpi(*WRITE)
    assert (outcome.code, outcome.err) == (0, "")
    messages(outcome.out)
    assert list_files(panel / "reminders") == [*CONTACT, *POST, "messages.json"]
    text = (panel / "reminders" / CONTACT[1]).read_text(encoding="utf-8")
    assert "2020-06-head-of-contact.xlsx" in text
    book = load_workbook(panel / "reminders" / CONTACT[2])
    assert str(book["Return"]["A1"].value).startswith("Return of Head of Contact for the papers of")


def test_two_runs_write_the_same_bytes(kpi: Kpi, panel: Path) -> None:
    kpi(*WRITE)
    first = read_all(panel / "reminders")
    assert kpi(*WRITE).code == 0
    assert read_all(panel / "reminders") == first


def test_the_messages_of_a_former_run_go(kpi: Kpi, panel: Path, messages: Messages) -> None:
    """Else someone who has sent everything would be asked again."""
    kpi(*WRITE)
    (panel / "data/2020-06.csv").write_text("indicator,value\n2,8\n", encoding="utf-8")
    outcome = kpi(*WRITE)
    assert (outcome.code, outcome.err) == (0, "")
    messages(outcome.out)
    assert list_files(panel / "reminders") == [*CONTACT, "messages.json"]
    (panel / "reminders/notes.txt").write_text("mine", encoding="utf-8")
    kpi("due", "--month", "2020-07", "--out", "reminders")
    july = [name.replace("2020-06", "2020-07") for name in CONTACT]
    assert list_files(panel / "reminders") == [*july, "messages.json", "notes.txt"]


def test_where_nothing_is_owed_no_file_is_left(kpi: Kpi, panel: Path, messages: Messages) -> None:
    outcome = kpi("due", "--month", "2020-04", "--out", "reminders")
    assert (outcome.code, outcome.err) == (0, "")
    messages(outcome.out)
    assert not (panel / "reminders").exists()
    kpi(*WRITE)
    assert kpi("due", "--month", "2020-04", "--out", "reminders").out.startswith(outcome.out)
    assert list_files(panel / "reminders") == []


def test_a_run_for_one_owner_leaves_the_others_messages(kpi: Kpi, panel: Path) -> None:
    kpi(*WRITE)
    before = read_all(panel / "reminders")
    assert kpi(*WRITE, "--owner", "contact").code == 0
    assert read_all(panel / "reminders") == before
    (panel / "data/2020-06.csv").write_text("indicator,value\n2,8\n", encoding="utf-8")
    assert "Head of Post owes nothing" in kpi(*WRITE, "--owner", "post").out
    assert list_files(panel / "reminders") == [*CONTACT, "messages.json"]
    listed = json.loads((panel / "reminders/messages.json").read_bytes())["files"]
    assert list(listed) == CONTACT


def test_a_workbook_that_came_back_is_not_overwritten(
    kpi: Kpi, panel: Path, messages: Messages
) -> None:
    """It has the name of the one that was sent, and may be saved in its place."""
    kpi(*WRITE)
    path = panel / "reminders" / CONTACT[2]
    book = load_workbook(path)
    book["Return"]["I12"] = 97
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(buffer.getvalue())
    before = read_all(panel / "reminders")
    outcome = kpi(*WRITE)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(f"reminders/{CONTACT[2]}: error: ")
    messages(outcome.err)
    assert read_all(panel / "reminders") == before


def test_a_former_message_that_was_changed_is_left_with_a_warning(
    kpi: Kpi, panel: Path, messages: Messages
) -> None:
    kpi(*WRITE)
    (panel / "reminders" / CONTACT[1]).write_text("Please, by Friday!", encoding="utf-8")
    outcome = kpi("due", "--month", "2020-07", "--out", "reminders", "--owner", "contact")
    assert outcome.code == 0
    assert outcome.err.startswith(f"reminders/{CONTACT[1]}: warning: ")
    messages(outcome.err)
    assert (panel / "reminders" / CONTACT[1]).read_text(encoding="utf-8") == "Please, by Friday!"
    assert not (panel / "reminders" / CONTACT[0]).exists()


def test_a_file_of_someone_else_is_never_replaced(kpi: Kpi, panel: Path) -> None:
    (panel / "reminders").mkdir()
    (panel / "reminders" / CONTACT[0]).write_text("mine", encoding="utf-8")
    outcome = kpi(*WRITE)
    assert (outcome.code, outcome.out) == (1, "")
    assert list_files(panel / "reminders") == CONTACT[:1]


@pytest.mark.parametrize("content", ["x", "[]", '"x"', '{"files": {"a": "b"}}', "{}"])
def test_a_list_that_cannot_be_read_stops_the_run(content: str, kpi: Kpi, panel: Path) -> None:
    kpi(*WRITE)
    (panel / "reminders/messages.json").write_text(content, encoding="utf-8")
    before = read_all(panel / "reminders")
    outcome = kpi("due", "--month", "2020-07", "--out", "reminders")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("reminders/messages.json: error: ")
    assert read_all(panel / "reminders") == before


def test_a_list_that_cannot_be_read_is_explained(kpi: Kpi, panel: Path, messages: Messages) -> None:
    (panel / "reminders").mkdir()
    (panel / "reminders/messages.json").write_text("x", encoding="utf-8")
    messages(kpi(*WRITE).err)


def test_a_list_cannot_lead_to_files_elsewhere(kpi: Kpi, panel: Path) -> None:
    kpi(*WRITE)
    path = panel / "reminders/messages.json"
    listed = json.loads(path.read_bytes())
    listed["files"] = {"../indicators.yaml": {"owner": "x", "sha256": "0"}}
    path.write_text(json.dumps(listed), encoding="utf-8")
    for name in (*CONTACT, *POST):
        (panel / "reminders" / name).unlink()
    assert kpi(*WRITE).code == 0
    assert (panel / "indicators.yaml").exists()


def test_all_messages_are_replaced_or_none(
    kpi: Kpi, panel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kpi(*WRITE)
    before = read_all(panel / "reminders")
    (panel / "data/2020-06.csv").write_text("indicator,value\n1,20\n", encoding="utf-8")

    def stop(path: Path, content: bytes) -> None:
        path.write_bytes(content)
        if path.name == POST[2]:
            raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(replace, "_write_durably", stop)
        assert kpi(*WRITE).code == 1
    assert read_all(panel / "reminders") == before
    assert kpi(*WRITE).code == 0
    assert read_all(panel / "reminders") != before


def test_what_has_no_owner_is_a_warning(kpi: Kpi, council: Path, messages: Messages) -> None:
    outcome = kpi(*WRITE)
    assert outcome.code == 0
    assert outcome.err.startswith("indicators.yaml:21:9: warning: indicator 2: ")
    messages(outcome.err)
    assert list_files(council / "reminders") == [*CONTACT, "messages.json"]
    outcome = kpi(*WRITE, "--owner", "No owner is named")
    assert (
        outcome.out
        == "No message was written: no owner owes anything for the papers of June 2020\n"
    )


@pytest.mark.parametrize("folder", ["data", ".", "./data/"])
def test_a_folder_that_messages_are_made_from_is_wrong_usage(
    folder: str, kpi: Kpi, panel: Path, messages: Messages
) -> None:
    outcome = kpi("due", "--month", "2020-06", "--out", folder)
    assert (outcome.code, outcome.out) == (2, "")
    messages(outcome.err.splitlines()[-1])


def test_messages_are_not_written_beside_papers(kpi: Kpi, panel: Path, messages: Messages) -> None:
    """Papers are published, and a message has an address."""
    kpi("build", "--month", "2020-04")
    before = list_files(panel / "output")
    outcome = kpi("due", "--month", "2020-06", "--out", "output")
    assert (outcome.code, outcome.out) == (1, "")
    messages(outcome.err)
    assert list_files(panel / "output") == before


def test_papers_are_not_written_beside_messages(kpi: Kpi, panel: Path, messages: Messages) -> None:
    """Whoever publishes the folder would publish the addresses with them."""
    kpi(*WRITE)
    before = read_all(panel / "reminders")
    outcome = kpi("build", "--month", "2020-04", "--out", "reminders")
    assert (outcome.code, outcome.out) == (1, "")
    messages(outcome.err)
    assert read_all(panel / "reminders") == before


@pytest.mark.parametrize("folder", ["data/reminders", "data/../data/for/owners"])
def test_a_folder_within_that_of_the_extracts_is_wrong_usage(
    folder: str, kpi: Kpi, panel: Path, messages: Messages
) -> None:
    """The workbooks in it would be taken for extracts that nobody reads."""
    outcome = kpi("due", "--month", "2020-06", "--out", folder)
    assert (outcome.code, outcome.out) == (2, "")
    messages(outcome.err.splitlines()[-1])
    assert not (panel / folder).exists()


@pytest.mark.parametrize("option", [["--history"], ["--format", "csv"]])
def test_a_list_is_not_written_to_a_folder(
    option: list[str], kpi: Kpi, panel: Path, messages: Messages
) -> None:
    outcome = kpi(*WRITE, *option)
    assert (outcome.code, outcome.out) == (2, "")
    messages(outcome.err.splitlines()[-1])
    assert not (panel / "reminders").exists()


def test_a_service_has_messages_of_its_own(kpi: Kpi, panel: Path) -> None:
    catalogue = panel / "indicators.yaml"
    text = catalogue.read_text(encoding="utf-8").replace("Head of Post", "Head of Contact")
    text += "        service: Post\n"
    catalogue.write_text(text, encoding="utf-8")
    assert kpi(*WRITE, "--service", "post").code == 0
    written = (panel / "reminders" / CONTACT[1]).read_text(encoding="utf-8")
    assert "Days to reply" in written
    assert "Calls answered" not in written


def test_who_has_returned_the_workbook_is_asked_no_more(kpi: Kpi, panel: Path) -> None:
    """The workbook goes from the message into the folder of extracts as it comes back."""
    kpi(*WRITE)
    book = load_workbook(panel / "reminders" / CONTACT[2])
    sheet = book["Return"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    (head,) = (place for place, row in enumerate(rows, start=1) if row[0] == "Indicator")
    value = rows[head - 1].index("Value") + 1
    for row in (head + 1, head + 2):
        sheet.cell(row, value, 95)
    book.save(panel / "data" / CONTACT[2])
    outcome = kpi(*WRITE)
    assert (outcome.code, outcome.err) == (0, "")
    assert list_files(panel / "reminders") == [*POST, "messages.json"]
    printed = kpi("due", "--month", "2020-06", "--history", "--owner", "contact").out
    assert "\nMay 2020                        1 in Jun 2020 (1 month)\n" in printed
