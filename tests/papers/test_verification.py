"""`kpi verify` sees by the papers themselves where somebody changed their manifest too."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest

from merton_kpi.core.vocabulary import Edition
from merton_kpi.storage.files import hash_bytes
from merton_kpi.storage.inputs import shorten_paths

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]
    Messages = Callable[..., None]

MANIFEST = "manifest-2020-04.json"
NAMES = {edition: edition.format_name("2020-04") for edition in Edition}
CSV = NAMES[Edition.CSV]


@pytest.fixture
def built(kpi: Kpi, council: Path) -> Path:
    """A council with a template of its own, and its draft papers."""
    (council / "templates").mkdir()
    (council / "templates/exception-report.md.j2").write_text("{{ card.panel }}\n")
    assert kpi("build", "--month", "2020-04").code == 0
    assert kpi("verify", "--month", "2020-04").code == 0
    return council


def change_manifest(council: Path, change: Callable[[dict[str, Any]], object]) -> None:
    path = council / "output" / MANIFEST
    content = json.loads(path.read_bytes())
    change(content)
    path.write_text(json.dumps(content, indent=2), encoding="utf-8")


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "final": lambda each: each.update(final=True),
    "another month": lambda each: each.update(month="2020-05"),
    "no month": lambda each: each.update(month=""),
    "a paper removed": lambda each: each["outputs"].pop(CSV),
    "all papers removed": lambda each: each.update(outputs={}),
    "an input removed": lambda each: each["inputs"].pop("2020-04.csv"),
    "the template removed": lambda each: each["inputs"].pop("exception-report.md.j2"),
    "a paper added": lambda each: each["outputs"].update({"x.csv": each["outputs"][CSV]}),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_manifest_that_was_changed_is_an_error(
    kpi: Kpi, built: Path, messages: Messages, change: Callable[[dict[str, Any]], object]
) -> None:
    change_manifest(built, change)
    outcome = kpi("verify", "--month", "2020-04")
    assert (outcome.code, outcome.out) == (1, "")
    errors = [line for line in outcome.err.splitlines() if " error: " in line]
    assert errors
    messages(errors)


def test_final_papers_whose_manifest_calls_them_drafts_are_an_error(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    assert kpi("build", "--month", "2020-04", "--final").code == 0
    assert kpi("verify", "--month", "2020-04").code == 0
    change_manifest(council, lambda each: each.update(final=False))
    outcome = kpi("verify", "--month", "2020-04")
    assert (outcome.code, outcome.err.count("says that it is final")) == (1, 5)
    messages(outcome.err.splitlines()[0])


def test_an_entry_that_appears_twice_is_an_error(kpi: Kpi, built: Path) -> None:
    path = built / "output" / MANIFEST
    text = path.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if f'"{CSV}"' in line)
    path.write_text(text.replace(line, f"{line}\n{line}"), encoding="utf-8")
    outcome = kpi("verify", "--month", "2020-04")
    assert (outcome.code, "not a manifest written by kpi" in outcome.err) == (1, True)


@pytest.mark.parametrize("edition", Edition)
def test_a_paper_that_was_changed_with_its_hash_is_an_error(
    kpi: Kpi, built: Path, edition: Edition
) -> None:
    path = built / "output" / NAMES[edition]
    before = path.read_bytes()
    path.write_bytes(change_a_word(before))
    assert path.read_bytes() != before
    hashed = hash_bytes(path.read_bytes())
    change_manifest(built, lambda each: each["outputs"].update({NAMES[edition]: hashed}))
    outcome = kpi("verify", "--month", "2020-04")
    assert (outcome.code, outcome.out) == (1, "")
    assert f"the paper '{NAMES[edition]}' is not what kpi makes of these inputs" in outcome.err


def change_a_word(paper: bytes) -> bytes:
    """The paper with another panel or council, in whichever part of it that is."""
    if not paper.startswith(b"PK"):
        return paper.replace(b"Services", b"Servants").replace(b"Calls", b"Cells")
    written = io.BytesIO()
    with ZipFile(io.BytesIO(paper)) as old, ZipFile(written, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"Services", b"Servants"))
    return written.getvalue()


def test_the_time_at_which_papers_were_made_is_no_difference(
    kpi: Kpi, council: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1600000000")
        assert kpi("build", "--month", "2020-04").code == 0
    assert kpi("verify", "--month", "2020-04").code == 0


def test_two_inputs_of_one_name_are_told_apart_by_their_folders(kpi: Kpi, council: Path) -> None:
    (council / "panel").mkdir()
    catalogue = (council / "indicators.yaml").rename(council / "panel/2020-04.csv")
    options = ("--month", "2020-04", "--catalogue", "panel/2020-04.csv")
    assert kpi("build", *options).code == 0
    inputs = json.loads((council / "output" / MANIFEST).read_bytes())["inputs"]
    assert {"data/2020-04.csv", "panel/2020-04.csv"} < set(inputs)
    assert kpi("verify", *options).code == 0
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(text.replace("Services", "Our services"), encoding="utf-8")
    outcome = kpi("verify", *options)
    assert (outcome.code, "the input 'panel/2020-04.csv' has changed" in outcome.err) == (1, True)
    catalogue.write_text(text, encoding="utf-8")
    (council / "data/2020-04.csv").write_text("indicator,value\n1,94\n")
    outcome = kpi("verify", *options)
    assert (outcome.code, "the input 'data/2020-04.csv' has changed" in outcome.err) == (1, True)


def test_a_name_has_as_many_folders_as_tell_it_apart() -> None:
    assert shorten_paths(["a/x.csv", "a/y.csv"]) == {"a/x.csv": "x.csv", "a/y.csv": "y.csv"}
    assert shorten_paths(["/p/a/x", "/p/b/x"]) == {"/p/a/x": "a/x", "/p/b/x": "b/x"}
    assert shorten_paths(["x", "a/x", "b/a/x"]) == {"x": "x", "a/x": "a/x", "b/a/x": "b/a/x"}
    assert shorten_paths(["a/x", "/a/x"]) == {"a/x": "a/x", "/a/x": "/a/x"}
