"""A build writes the papers that the catalogue asks for, and no other of the month stays."""

from __future__ import annotations

import errno
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from helpers.councils import NOVEMBER, read_merton

from merton_kpi.core.vocabulary import Edition
from merton_kpi.papers import build
from merton_kpi.papers.build import write_papers
from merton_kpi.storage.templates import Templates

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]
    Messages = Callable[..., None]

MANIFEST = "manifest-2020-04.json"
WORKBOOK = "performance-index-2020-04.xlsx"
CSV = "performance-index-2020-04.csv"
REPORT = "exception-report-2020-04.md"
ALL = [edition.format_name("2020-04") for edition in Edition]


def choose_papers(council: Path, papers: str) -> None:
    """Write the key `papers` into the council's catalogue, in place of an earlier one."""
    path = council / "indicators.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("papers:")]
    path.write_text(f"papers: {papers}\n{''.join(kept)}", encoding="utf-8")


def list_files(council: Path) -> set[str]:
    """The papers and manifests in the folder `output`."""
    files = (path for path in (council / "output").iterdir() if path.is_file())
    return {path.name for path in files if path.name != ".kpi.lock"}


def read_manifest_file(council: Path) -> dict[str, dict[str, str]]:
    content: dict[str, dict[str, str]] = json.loads((council / "output" / MANIFEST).read_bytes())
    return content


def test_all_papers_are_written_where_the_catalogue_says_nothing(kpi: Kpi, council: Path) -> None:
    assert kpi("build", "--month", "2020-04").code == 0
    assert list_files(council) == {*ALL, MANIFEST}


@pytest.mark.parametrize(
    ("papers", "names"),
    [
        ("[csv]", {CSV}),
        ("[report, workbook]", {WORKBOOK, REPORT}),
        ("[report, csv, workbook]", {WORKBOOK, CSV, REPORT}),
    ],
)
def test_the_papers_of_the_catalogue_are_written_and_verified(
    kpi: Kpi, council: Path, papers: str, names: set[str]
) -> None:
    choose_papers(council, papers)
    outcome = kpi("build", "--month", "2020-04")
    assert (outcome.code, outcome.err) == (0, "")
    assert list_files(council) == {*names, MANIFEST}
    assert set(read_manifest_file(council)["outputs"]) == names
    written = outcome.out.partition("Written to output:\n")[2].partition("For the office")[0]
    endings = sorted(name.partition(".")[2] for name in names)
    assert sorted(re.findall(r"\.([\w.]+)", written)) == endings
    verified = kpi("verify", "--month", "2020-04")
    assert (verified.code, verified.err) == (0, "")
    inputs = 3 if REPORT in names else 2
    assert f"{len(names)} paper{'s' * (len(names) > 1)} and {inputs} inputs" in verified.out


def test_each_paper_has_the_same_bytes_alone_and_with_the_others(kpi: Kpi, council: Path) -> None:
    kpi("build", "--month", "2020-04", "--out", "all")
    for word, name in (("workbook", WORKBOOK), ("report", REPORT), ("csv", CSV)):
        choose_papers(council, f"[{word}]")
        kpi("build", "--month", "2020-04", "--out", word)
        assert (council / word / name).read_bytes() == (council / "all" / name).read_bytes()


def test_without_the_report_its_template_is_not_needed(kpi: Kpi, council: Path) -> None:
    """Nor is it an input: a template that comes later changes nothing."""
    choose_papers(council, "[workbook, csv]")
    assert kpi("build", "--month", "2020-04", "--templates", "nowhere").code == 0
    assert set(read_manifest_file(council)["inputs"]) == {"2020-04.csv", "indicators.yaml"}
    (council / "templates").mkdir()
    (council / "templates/exception-report.md.j2").write_text("{{ card.panel }}\n")
    assert kpi("verify", "--month", "2020-04").code == 0
    choose_papers(council, "[report]")
    outcome = kpi("build", "--month", "2020-04", "--templates", "nowhere")
    assert (outcome.code, "nowhere/exception-report.md.j2" in outcome.err) == (1, True)


def test_a_paper_that_is_no_longer_asked_for_is_removed_with_the_replacement(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    """The result says so; another month's papers stay."""
    kpi("build", "--month", "2020-04")
    (council / "output/performance-index-2020-03.csv").write_bytes(b"another month")
    choose_papers(council, "[workbook]")
    outcome = kpi("build", "--month", "2020-04")
    assert (outcome.code, outcome.err) == (0, "")
    assert list_files(council) == {WORKBOOK, MANIFEST, "performance-index-2020-03.csv"}
    messages(outcome.out.partition("Due and missing: 0\n")[2].splitlines())
    assert "so removed" not in kpi("build", "--month", "2020-04").out


def test_a_paper_that_somebody_changed_is_left_and_named_each_time(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    """By the next builds and by `kpi verify` too, though no manifest lists it any more."""
    kpi("build", "--month", "2020-04")
    (council / "output" / CSV).write_text("corrected by hand")
    choose_papers(council, "[workbook, report]")
    outcome = kpi("build", "--month", "2020-04")
    assert outcome.code == 0
    assert outcome.err.startswith(f"output/{CSV}: warning: ")
    assert (council / "output" / CSV).read_text() == "corrected by hand"
    assert set(read_manifest_file(council)["outputs"]) == {WORKBOOK, REPORT}
    messages(outcome.err)
    for command in ("build", "verify"):
        again = kpi(command, "--month", "2020-04")
        assert (again.code, again.err) == (0, outcome.err)


def test_a_file_that_no_manifest_lists_is_left_and_named(kpi: Kpi, council: Path) -> None:
    (council / "output").mkdir()
    (council / "output" / CSV).write_text("written by somebody")
    choose_papers(council, "[workbook]")
    outcome = kpi("build", "--month", "2020-04")
    assert (outcome.code, outcome.err.count(f"output/{CSV}: warning: ")) == (0, 1)
    assert (council / "output" / CSV).read_text() == "written by somebody"


def test_a_paper_that_only_the_earlier_manifest_knows_is_removed(kpi: Kpi, council: Path) -> None:
    """Another version of kpi wrote it, under a name of its own."""
    kpi("build", "--month", "2020-04")
    content = read_manifest_file(council)
    content["outputs"]["index-2020-04.pdf"] = content["outputs"][CSV]
    content["outputs"]["../data/2020-04.csv"] = content["inputs"]["2020-04.csv"]
    (council / "output" / MANIFEST).write_text(json.dumps(content))
    (council / "output/index-2020-04.pdf").write_bytes((council / "output" / CSV).read_bytes())
    outcome = kpi("build", "--month", "2020-04")
    assert (outcome.code, outcome.err) == (0, "")
    assert "so removed:\n  output/index-2020-04.pdf\n" in outcome.out
    assert list_files(council) == {*ALL, MANIFEST}
    assert (council / "data/2020-04.csv").exists()


def test_a_final_build_over_a_damaged_manifest_leaves_what_it_does_not_know(
    kpi: Kpi, council: Path
) -> None:
    kpi("build", "--month", "2020-04")
    (council / "output" / MANIFEST).write_text("{")
    choose_papers(council, "[workbook]")
    outcome = kpi("build", "--month", "2020-04", "--final")
    assert outcome.code == 0
    left = [line.partition(": warning: ")[0] for line in outcome.err.splitlines()]
    assert left == [f"output/{name}" for name in ALL if name != WORKBOOK]


def test_only_a_final_build_replaces_final_papers_by_other_editions(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    """What has changed is the catalogue, not the template."""
    assert kpi("build", "--month", "2020-04", "--final").code == 0
    choose_papers(council, "[csv]")
    outcome = kpi("build", "--month", "2020-04")
    assert (outcome.code, outcome.out) == (1, "")
    messages(outcome.err)
    assert list_files(council) == {*ALL, MANIFEST}
    assert kpi("build", "--month", "2020-04", "--final").code == 0
    assert list_files(council) == {CSV, MANIFEST}


def test_papers_that_another_build_wrote_in_the_meantime_are_removed_too(
    kpi: Kpi, council: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The build that comes last has the workbook alone; the other one wrote all papers."""
    catalogue = (council / "indicators.yaml").read_text(encoding="utf-8")

    def write_slowly(*arguments: Any) -> dict[str, bytes]:
        monkeypatch.setattr(build, "write_papers", write_papers)
        (council / "indicators.yaml").write_text(catalogue, encoding="utf-8")
        assert kpi("build", "--month", "2020-04").code == 0
        assert list_files(council) == {*ALL, MANIFEST}
        return write_papers(*arguments)

    choose_papers(council, "[workbook]")
    monkeypatch.setattr(build, "write_papers", write_slowly)
    outcome = kpi("build", "--month", "2020-04")
    assert (outcome.code, outcome.err) == (0, "")
    assert list_files(council) == {WORKBOOK, MANIFEST}
    assert set(read_manifest_file(council)["outputs"]) == {WORKBOOK}


@pytest.mark.parametrize("place", ["performance-index-2020-04.csv", "manifest-2020-04.json"])
def test_a_build_that_cannot_replace_a_paper_removes_none(
    kpi: Kpi, council: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """Excel holds the paper open that is to be removed, or another one that is to be replaced."""
    kpi("build", "--month", "2020-04")
    before = {path.name: path.read_bytes() for path in (council / "output").iterdir()}
    choose_papers(council, "[workbook]")
    move = type(council).replace

    def refuse(path: Path, target: Path) -> Path:
        if target == Path("output") / place or path == Path("output") / place:
            raise PermissionError(errno.EACCES, "Permission denied")
        return move(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(type(council), "replace", refuse)
        outcome = kpi("build", "--month", "2020-04")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(f"output/{place}: error: it cannot be written")
    assert {path.name: path.read_bytes() for path in (council / "output").iterdir()} == before


def test_a_writer_is_imported_only_where_its_paper_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("merton_kpi.papers.workbook.writer", "merton_kpi.papers.templated.report"):
        monkeypatch.setitem(sys.modules, name, None)  # then it cannot be imported
    card = read_merton(NOVEMBER)
    papers = write_papers(card, (Edition.CSV,), Templates(), None)
    assert list(papers) == ["performance-index-2020-11.csv", "manifest-2020-11.json"]
    with pytest.raises(ImportError):
        write_papers(card, (Edition.WORKBOOK,), Templates(), None)
