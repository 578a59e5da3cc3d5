"""The manifest says what was made from what, and `kpi verify` whether it still is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from merton_kpi.papers.manifest import read_manifest
from merton_kpi.storage.files import hash_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]

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
    assert list(content["inputs"]) == ["2020-04.csv", "exception-report.md.j2", "indicators.yaml"]
    for name, digest in content["outputs"].items():
        assert digest == hash_bytes((built / "output" / name).read_bytes())
    assert content["inputs"]["2020-04.csv"] == hash_bytes((built / "data/2020-04.csv").read_bytes())


def test_papers_as_they_were_are_verified(kpi: Kpi, built: Path) -> None:
    outcome = kpi("verify", "--month", "2020-04")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == f"output/{NAME}: 3 papers and 3 inputs are as they were\n"


def test_a_later_months_extract_changes_nothing(kpi: Kpi, built: Path) -> None:
    (built / "data/2020-05.csv").write_text("indicator,value\n1,90\n")
    (built / "data/2020-03.csv").write_text("indicator,value\n1,90\n")
    assert kpi("verify", "--month", "2020-04").code == 0


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (
            lambda at: (at / "output/performance-index-2020-04.csv").write_text("x"),
            "the paper 'performance-index-2020-04.csv' is not as it was when the papers were made",
        ),
        (
            lambda at: (at / "output/exception-report-2020-04.md").unlink(),
            "the paper 'exception-report-2020-04.md' is not there",
        ),
        (
            lambda at: (at / "data/2020-04.csv").write_text("indicator,value\n1,94\n"),
            "the input '2020-04.csv' is not as it was when the papers were made",
        ),
        (
            lambda at: (at / "data/2020-04-sen.csv").write_text("indicator,value\n2,9\n"),
            "the input '2020-04-sen.csv' came after the papers were made",
        ),
        (lambda at: (at / "indicators.yaml").unlink(), "the input 'indicators.yaml' is not there"),
        (
            lambda at: (at / "templates/exception-report.md.j2").write_text("{{ card.year }}"),
            "the input 'exception-report.md.j2' is not as it was when the papers were made",
        ),
    ],
)
def test_each_difference_is_a_sentence(
    kpi: Kpi, built: Path, spoil: Callable[[Path], object], sentence: str
) -> None:
    spoil(built)
    outcome = kpi("verify", "--month", "2020-04")
    assert (outcome.code, outcome.out, outcome.err) == (
        1,
        "",
        f"output/{NAME}: error: {sentence}\n",
    )


def test_another_version_is_a_warning(kpi: Kpi, built: Path) -> None:
    path = built / "output" / NAME
    path.write_text(path.read_text().replace('"kpi": "0', '"kpi": "7'))
    outcome = kpi("verify", "--month", "2020-04")
    assert outcome.code == 0
    assert "warning: the papers were made by kpi 7" in outcome.err


def test_a_missing_manifest_is_an_error(kpi: Kpi, council: Path) -> None:
    outcome = kpi("verify", "--month", "2020-04")
    assert (outcome.code, outcome.err) == (
        1,
        f"output/{NAME}: error: there is no such file; "
        "build the month first, or name its folder with --out\n",
    )


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b"\xff", b"[" * 10_000, b'{"kpi": 1}', b"null", b"1e999"]
)
def test_a_file_that_is_no_manifest_is_an_error(content: bytes) -> None:
    manifest, (issue,) = read_manifest(content, "m.json")
    assert manifest is None
    assert str(issue) == (
        "m.json: error: this is not a manifest that kpi has written; build the month again"
    )


def test_a_manifest_leads_to_no_file_outside_its_folder(kpi: Kpi, built: Path) -> None:
    path = built / "output" / NAME
    content = json.loads(path.read_text())
    content["outputs"]["../data/2020-04.csv"] = content["inputs"]["2020-04.csv"]
    path.write_text(json.dumps(content))
    assert "the paper '../data/2020-04.csv' is not there" in kpi("verify", "--month", "2020-04").err
