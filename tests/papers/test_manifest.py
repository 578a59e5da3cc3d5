"""The manifest lists papers and inputs, and `kpi verify` reports what has changed since."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from helpers.messages import list_codes

from merton_kpi.papers.manifest import Manifest, check_files, list_changed_inputs, read_manifest
from merton_kpi.storage.files import hash_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]
    Messages = Callable[..., None]

NAME = "manifest-2020-04.json"


@pytest.fixture
def built(kpi: Kpi, council: Path) -> Path:
    (council / "templates").mkdir()
    (council / "templates/exception-report.md.j2").write_text("{{ card.panel }}\n")
    assert kpi("build", "--month", "2020-04").code == 0
    return council


def test_the_manifest_names_version_inputs_and_outputs(built: Path) -> None:
    content = json.loads((built / "output" / NAME).read_text(encoding="utf-8"))
    assert list(content) == ["kpi", "month", "final", "inputs", "outputs"]
    assert (content["month"], content["final"]) == ("2020-04", False)
    assert list(content["inputs"]) == [
        "2020-04.csv",
        "exception-report.md.j2",
        "indicators.yaml",
        "performance-index.html.j2",
    ]
    for name, digest in content["outputs"].items():
        assert digest == hash_bytes((built / "output" / name).read_bytes())
    assert content["inputs"]["2020-04.csv"] == hash_bytes((built / "data/2020-04.csv").read_bytes())


def test_no_paper_has_the_hash_of_an_input(built: Path) -> None:
    """The hash of a small extract would give a suppressed count away: a few guesses find it."""
    inputs = json.loads((built / "output" / NAME).read_text(encoding="utf-8"))["inputs"]
    papers = [path.read_bytes() for path in (built / "output").iterdir() if path.name != NAME]
    with ZipFile(built / "output/performance-index-2020-04.xlsx") as book:
        papers += map(book.read, book.namelist())
    assert len(papers) > 10
    for digest in inputs.values():
        for form in (digest, digest.upper(), b64encode(bytes.fromhex(digest)).decode()):
            assert not any(form.encode() in paper for paper in papers)


def test_papers_that_have_not_changed_are_verified(
    kpi: Kpi, built: Path, messages: Messages
) -> None:
    outcome = kpi("verify", "--month", "2020-04")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"output/{NAME}: 6 papers and 4 inputs ")
    messages(outcome.out)


def test_a_later_months_extract_changes_nothing(kpi: Kpi, built: Path) -> None:
    (built / "data/2020-05.csv").write_text("indicator,value\n1,90\n")
    assert kpi("verify", "--month", "2020-04").code == 0


@pytest.mark.parametrize(
    ("spoil", "start"),
    [
        (
            lambda at: (at / "output/performance-index-2020-04.csv").write_text("x"),
            "the paper 'performance-index-2020-04.csv' ",
        ),
        (
            lambda at: (at / "output/exception-report-2020-04.md").unlink(),
            "the paper 'exception-report-2020-04.md' ",
        ),
        (
            lambda at: (at / "data/2020-04.csv").write_text("indicator,value\n1,94\n"),
            "the input '2020-04.csv' ",
        ),
        (
            lambda at: (at / "data/2020-04-sen.csv").write_text("indicator,value\n2,9\n"),
            "the input '2020-04-sen.csv' ",
        ),
        (lambda at: (at / "indicators.yaml").unlink(), "the input 'indicators.yaml' "),
        (
            lambda at: (at / "templates/exception-report.md.j2").write_text("{{ card.year }}"),
            "the input 'exception-report.md.j2' ",
        ),
    ],
    ids=[
        "a paper changed",
        "a paper is missing",
        "an input changed",
        "an input was added",
        "an input is missing",
        "the template changed",
    ],
)
def test_each_difference_is_an_error(
    kpi: Kpi, built: Path, messages: Messages, spoil: Callable[[Path], object], start: str
) -> None:
    spoil(built)
    outcome = kpi("verify", "--month", "2020-04")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(f"output/{NAME}: error: {start}")
    assert outcome.err.count("\n") == 1
    messages(outcome.err)


def test_another_version_is_a_warning(kpi: Kpi, built: Path, messages: Messages) -> None:
    path = built / "output" / NAME
    path.write_text(path.read_text().replace('"kpi": "0', '"kpi": "7'))
    outcome = kpi("verify", "--month", "2020-04")
    assert outcome.code == 0
    assert outcome.err.startswith(f"output/{NAME}: warning: kpi 7")
    manifest, _ = read_manifest(
        b'{"kpi": "1.2", "month": "2020-04", "final": false, "inputs": {}, "outputs": {}}',
        NAME,
        "build the month again",
    )
    assert manifest
    issues = check_files(manifest, NAME, {}, {}, "1.3")
    assert list_codes(issues) == ["version"]
    messages(issues)


def test_a_missing_manifest_is_an_error(kpi: Kpi, council: Path, messages: Messages) -> None:
    outcome = kpi("verify", "--month", "2020-04")
    assert outcome.code == 1
    assert outcome.err.startswith(f"output/{NAME}: error: ")
    messages(outcome.err)


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b"\xff", b"[" * 10_000, b'{"kpi": 1}', b"null", b"1e999"]
)
def test_a_file_that_is_not_a_manifest_is_an_error(content: bytes) -> None:
    manifest, issues = read_manifest(content, "m.json", "build again")
    assert manifest is None
    assert list_codes(issues) == ["manifest"]


def test_a_file_that_kpi_did_not_write_is_not_a_manifest(
    kpi: Kpi, built: Path, messages: Messages
) -> None:
    (built / "output" / NAME).write_text("{}")
    outcome = kpi("verify", "--month", "2020-04")
    assert (outcome.code, outcome.out) == (1, "")
    messages(outcome.err)


def test_inputs_that_changed_are_new_or_are_missing_are_listed_by_name() -> None:
    manifest = Manifest(
        kpi="1", month="2020-04", final=True, inputs={"a": "1", "b": "2", "c": "3"}, outputs={}
    )
    assert list_changed_inputs(manifest, {"c": "3", "b": "2", "a": "1"}) == ()
    assert list_changed_inputs(manifest, {"a": "1", "c": "4", "d": "5"}) == ("b", "c", "d")


def test_a_manifest_leads_to_no_file_outside_its_folder(kpi: Kpi, built: Path) -> None:
    path = built / "output" / NAME
    content = json.loads(path.read_text())
    content["outputs"]["../data/2020-04.csv"] = content["inputs"]["2020-04.csv"]
    path.write_text(json.dumps(content))
    outcome = kpi("verify", "--month", "2020-04")
    assert outcome.err.startswith(
        f"output/{NAME}: error: the paper '../data/2020-04.csv' is missing"
    )
