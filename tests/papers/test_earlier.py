"""Final papers stay as they were made, whatever becomes of them or of their manifest."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from merton_kpi.core.vocabulary import Edition
from merton_kpi.papers.html.status import replace_status
from merton_kpi.papers.own_status import read_status

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]
    Messages = Callable[..., None]

MANIFEST = "manifest-2020-04.json"
NAMES = {edition: edition.format_name("2020-04") for edition in Edition}
SPEAKING = [edition for edition in Edition if edition is not Edition.CSV]


def read_papers(folder: Path) -> dict[str, bytes]:
    """The content of each file in the folder but the lock."""
    files = (path for path in folder.iterdir() if path.is_file() and path.name != ".kpi.lock")
    return {path.name: path.read_bytes() for path in files}


def mark_page(papers: dict[str, bytes]) -> dict[str, bytes]:
    """The papers as they are kept: the page says that it is superseded, and has another hash."""
    page = NAMES[Edition.WEB_PAGE]
    marked = replace_status(papers[page])
    before, after = (sha256(each).hexdigest().encode() for each in (papers[page], marked))
    return papers | {page: marked, MANIFEST: papers[MANIFEST].replace(before, after)}


@pytest.fixture
def final(kpi: Kpi, council: Path) -> Path:
    """The folder of a council's final papers."""
    assert kpi("build", "--month", "2020-04", "--final").code == 0
    return council / "output"


@pytest.mark.parametrize("edition", SPEAKING)
def test_a_paper_says_whether_it_is_final(kpi: Kpi, council: Path, edition: Edition) -> None:
    kpi("build", "--month", "2020-04", "--out", "drafts")
    kpi("build", "--month", "2020-04", "--final")
    name = NAMES[edition]
    assert read_status(edition, (council / "drafts" / name).read_bytes()) is False
    assert read_status(edition, (council / "output" / name).read_bytes()) is True


@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize(
    "content", [b"", b"PK\x05\x06" + bytes(18), b"\xff\xfe", b"[1]", b"[" * 10_000, b"{}"]
)
def test_a_file_that_is_no_such_paper_says_nothing(edition: Edition, content: bytes) -> None:
    assert read_status(edition, content) is None


def test_an_officers_words_below_the_status_do_not_count() -> None:
    text = "**Status:** Draft: not yet signed off\n\n**Status:** Final\n"
    assert read_status(Edition.REPORT, text.encode()) is False


def test_final_papers_that_are_gone_or_changed_are_named(
    kpi: Kpi, final: Path, messages: Messages
) -> None:
    (final / NAMES[Edition.WORKBOOK]).unlink()
    (final / NAMES[Edition.CSV]).write_text("overwritten")
    before = read_papers(final)
    outcome = kpi("build", "--month", "2020-04")
    assert (outcome.code, outcome.out) == (1, "")
    assert [line.partition("error: the paper ")[2][:32] for line in outcome.err.splitlines()] == [
        "'performance-index-2020-04.csv' ",
        "'performance-index-2020-04.xlsx'",
    ]
    messages(outcome.err.splitlines())
    assert read_papers(final) == before


SPOILT = {
    "emptied": "{}",
    "not one": "",
    "called a draft's": "draft",
    "removed": None,
}


@pytest.mark.parametrize("content", SPOILT.values(), ids=SPOILT)
def test_papers_that_call_themselves_final_stay_without_their_manifest(
    kpi: Kpi, final: Path, messages: Messages, content: str | None
) -> None:
    path = final / MANIFEST
    if content is None:
        path.unlink()
    elif content == "draft":
        manifest = json.loads(path.read_bytes()) | {"final": False, "inputs": {}, "outputs": {}}
        path.write_text(json.dumps(manifest))
    else:
        path.write_text(content)
    before = read_papers(final)
    outcome = kpi("build", "--month", "2020-04")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(f"output/{MANIFEST}: error: ")
    messages(outcome.err)
    assert read_papers(final) == before


@pytest.mark.parametrize("edition", SPEAKING)
def test_one_paper_that_calls_itself_final_is_enough(
    kpi: Kpi, final: Path, edition: Edition
) -> None:
    for name in (MANIFEST, *NAMES.values()):
        if name != NAMES[edition]:
            (final / name).unlink()
    outcome = kpi("build", "--month", "2020-04")
    assert (outcome.code, f"'{NAMES[edition]}'" in outcome.err) == (1, True)


def test_drafts_without_a_manifest_are_replaced(kpi: Kpi, council: Path) -> None:
    kpi("build", "--month", "2020-04")
    (council / "output" / MANIFEST).unlink()
    assert kpi("build", "--month", "2020-04").code == 0
    assert not (council / "output/superseded").exists()


def test_a_draft_that_is_forced_replaces_final_papers_and_keeps_them(kpi: Kpi, final: Path) -> None:
    before = read_papers(final)
    outcome = kpi("build", "--month", "2020-04", "--force")
    assert (outcome.code, outcome.err) == (0, "")
    report = (final / NAMES[Edition.REPORT]).read_bytes()
    assert read_status(Edition.REPORT, report) is False
    (kept,) = (final / "superseded").iterdir()
    assert read_papers(kept) == mark_page(before)


def test_final_papers_that_others_replace_are_kept_and_the_changes_printed(
    kpi: Kpi, final: Path, messages: Messages
) -> None:
    """Each set once; a set that is the same is not kept."""
    assert "replaced" not in kpi("build", "--month", "2020-04", "--final").out
    assert not (final / "superseded").exists()
    extract = final.parent / "data/2020-04.csv"
    first, before = extract.read_text(), read_papers(final)
    extract.write_text("indicator,value\n1,94\n")
    (final / NAMES[Edition.REPORT]).write_text("changed by hand")
    before |= {NAMES[Edition.REPORT]: b"changed by hand"}
    outcome = kpi("build", "--month", "2020-04", "--final")
    assert outcome.code == 0
    (kept,) = (final / "superseded").iterdir()
    assert read_papers(kept) == mark_page(before)
    printed = outcome.out.partition("Final papers were replaced:\n")[2]
    printed = printed.partition("For the office")[0].replace(kept.name, "2020-04-HASH")
    messages(printed.splitlines())
    for text in (first, "indicator,value\n1,94\n", first):
        extract.write_text(text)
        assert kpi("build", "--month", "2020-04", "--final").code == 0
    assert len(list((final / "superseded").iterdir())) == 3
    assert read_papers(kept) == mark_page(before)
