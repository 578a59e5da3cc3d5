"""A build is a draft; final papers have nothing open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from helpers.xlsx import Book

from merton_kpi.papers import build as papers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]
    Messages = Callable[..., None]

HEADER = "indicator,value,status,commentary,confirmed\n"


def build_final(kpi: Kpi, council: Path, rows: str) -> Outcome:
    (council / "data/2020-06.csv").write_text(HEADER + rows)
    (council / "data/2020-05.csv").write_text("indicator,value\n1,92\n")
    return kpi("build", "--month", "2020-06", "--final")


def read_report(council: Path) -> str:
    return (council / "output/exception-report-2020-06.md").read_text(encoding="utf-8")


def test_a_build_is_a_draft_and_its_report_says_so(kpi: Kpi, council: Path) -> None:
    build_final(kpi, council, "1,93,,,\n2,8,,,\n")
    assert "**Status:** Final\n" in read_report(council)
    kpi("build", "--month", "2020-06", "--out", "drafts")
    draft = (council / "drafts/exception-report-2020-06.md").read_text(encoding="utf-8")
    assert "**Status:** Draft: not yet signed off\n" in draft


def test_a_draft_of_the_same_files_leaves_the_final_papers(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    build_final(kpi, council, "1,93,,,\n2,8,,,\n")
    outcome = kpi("build", "--month", "2020-06")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("The papers of June 2020 are already final")
    messages(outcome.out)
    assert "**Status:** Final\n" in read_report(council)
    assert kpi("build", "--month", "2020-06", "--quiet").out == ""


def test_only_a_final_build_replaces_final_papers_of_other_files(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    build_final(kpi, council, "1,93,,,\n2,8,,,\n")
    (council / "data/2020-06.csv").write_text(HEADER + "1,94,,,\n2,8,,,\n")
    outcome = kpi("build", "--month", "2020-06")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("output/manifest-2020-06.json: error: the papers are final")
    messages(outcome.err)
    assert kpi("build", "--month", "2020-06", "--final").code == 0


def test_a_draft_does_not_replace_papers_whose_manifest_is_damaged(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    """They may be final."""
    build_final(kpi, council, "1,93,,,\n2,8,,,\n")
    (council / "output/manifest-2020-06.json").write_text('{"kpi": "0.1.0", "mon')
    outcome = kpi("build", "--month", "2020-06")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("output/manifest-2020-06.json: error: ")
    messages(outcome.err)
    assert "**Status:** Final\n" in read_report(council)
    assert kpi("build", "--month", "2020-06", "--final").code == 0
    assert kpi("verify", "--month", "2020-06").code == 0


def test_a_draft_begun_before_a_final_build_of_other_files_stops(
    kpi: Kpi, council: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (council / "data/2020-06.csv").write_text(HEADER + "1,93,,,\n2,8,,,\n")
    (council / "data/2020-05.csv").write_text("indicator,value\n1,92\n")
    write = papers.write_papers

    def write_slowly(*arguments: Any) -> dict[str, bytes]:
        monkeypatch.setattr(papers, "write_papers", write)
        (council / "data/2020-06.csv").write_text(HEADER + "1,94,,,\n2,8,,,\n")
        assert kpi("build", "--month", "2020-06", "--final").code == 0
        return write(*arguments)

    monkeypatch.setattr(papers, "write_papers", write_slowly)
    outcome = kpi("build", "--month", "2020-06")
    assert (outcome.code, "these inputs have changed: 2020-06.csv" in outcome.err) == (1, True)
    assert "**Status:** Final\n" in read_report(council)


def test_a_final_build_lists_every_open_issue_and_writes_nothing(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    outcome = build_final(kpi, council, "1,-3,,,\n")
    assert (outcome.code, outcome.out) == (1, "")
    lines = outcome.err.splitlines()
    assert [line.split(": ")[:2] for line in lines] == [
        ["data/2020-06.csv:2", "error"],
        ["data/2020-06.csv:2", "error"],
        ["indicators.yaml:21:9", "error"],
        ["the papers of June 2020", "error"],
    ]
    messages(lines)
    assert not (council / "output").exists()


def test_missing_commentary_has_the_place_of_the_figure_that_is_rated(
    kpi: Kpi, council: Path
) -> None:
    """May's figure is rated, since June's is still to come; a judgement has no other place."""
    (council / "data/2020-05.csv").write_text("indicator,value\n2,8\n1,80\n")
    header = HEADER.replace("\n", ",judgement,judgement_reason,judgement_by\n")
    judged = "2,,to_come,,,Red,Too slow,Head of Contact\n"
    (council / "data/2020-06.csv").write_text(f"{header}1,,to_come,,,,,\n{judged}")
    lines = kpi("build", "--month", "2020-06", "--final").err.splitlines()
    assert [line.partition(": it is ")[0] for line in lines if "commentary" in line] == [
        "data/2020-05.csv:3: error: indicator 1",
        "data/2020-06.csv: error: indicator 2",
    ]


@pytest.mark.parametrize(
    "words", ["-", "\N{EN DASH}", "...", "\N{HORIZONTAL ELLIPSIS}", " N/A ", "[z]"]
)
def test_commentary_that_says_nothing_is_none(words: str, kpi: Kpi, council: Path) -> None:
    """Every paper says that there is none, and the owner is asked for it."""
    outcome = build_final(kpi, council, f"1,80,,{words},\n2,8,,,\n")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(
        "data/2020-06.csv:2: error: indicator 1: it is rated Red and has no "
    )
    assert kpi("build", "--month", "2020-06").code == 0
    assert "service:** No commentary has been received.\n" in read_report(council)
    book = Book((council / "output/performance-index-2020-06.xlsx").read_bytes())
    (cell,) = book["Exceptions"].column("Service commentary")
    assert cell.value == "No commentary has been received."
    assert "Commentary needed: 1 indicator." in kpi("due", "--month", "2020-06").out


def test_commentary_is_kept_whole_where_one_line_says_something(kpi: Kpi, council: Path) -> None:
    outcome = build_final(kpi, council, '1,80,,"Too few staff\n-",\n2,8,,,\n')
    assert outcome.code == 0
    assert "Too few staff" in read_report(council)


def test_a_reason_answers_each_of_them(kpi: Kpi, council: Path) -> None:
    rows = "1,-3,,Too few staff,A credit note\n2,,not_available,,\n"
    outcome = build_final(kpi, council, rows)
    assert outcome.code == 0
    report = read_report(council)
    assert "-3% is outside 0% to 100%. A credit note" in report
    assert "Too few staff" in report


def test_a_draft_with_warnings_is_built(kpi: Kpi, council: Path) -> None:
    (council / "data/2020-04.csv").write_text("indicator,value\n1,101\n")
    outcome = kpi("build", "--month", "2020-04")
    assert outcome.code == 0
    assert "warning: indicator 1: Apr 2020: 101% is outside 0% to 100%" in outcome.err


def test_a_row_not_filled_in_leaves_a_draft_and_refuses_final_papers(
    kpi: Kpi, council: Path
) -> None:
    """An empty row does not contradict a row that gives the figure: indicator 2 has both.

    The figure of indicator 1 is due and missing, which is one gap and has one line.
    """
    final = build_final(kpi, council, "1,,,,\n2,,,,\n2,8,,,\n")
    draft = kpi("build", "--month", "2020-06")
    assert (final.code, draft.code) == (1, 0)
    for outcome, severity in ((final, "error"), (draft, "warning")):
        empty, missing = outcome.err.splitlines()[:2]
        assert empty.startswith(
            f"data/2020-06.csv:3: {severity}: indicator 2: nothing is filled in"
        )
        assert missing.startswith(f"indicators.yaml:15:9: {severity}: indicator 1: Jun 2020: ")
    assert "5 rows in 3 extracts, 3 used, 2 not filled in\n" in draft.out


def test_a_draft_begun_before_papers_became_final_leaves_them(
    kpi: Kpi, council: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are made final while the draft is being written."""
    (council / "data/2020-06.csv").write_text(HEADER + "1,93,,,\n2,8,,,\n")
    (council / "data/2020-05.csv").write_text("indicator,value\n1,92\n")
    write = papers.write_papers

    def write_slowly(*arguments: Any) -> dict[str, bytes]:
        monkeypatch.setattr(papers, "write_papers", write)
        assert kpi("build", "--month", "2020-06", "--final").code == 0
        return write(*arguments)

    monkeypatch.setattr(papers, "write_papers", write_slowly)
    outcome = kpi("build", "--month", "2020-06")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("The papers of June 2020 are already final")
    assert "**Status:** Final\n" in read_report(council)


WORDS = "report_sections: {legal: The council must keep the timescales of the Children Act.}\n"


def test_final_papers_are_made_with_a_warning_of_the_reports_sections_without_words(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    change_catalogue(council, WORDS)
    outcome = build_final(kpi, council, "1,93,,,\n2,8,,,\n")
    assert outcome.code == 0
    (line,) = outcome.err.splitlines()
    assert line.startswith("the exception report: warning: ")
    messages(line)
    report = read_report(council)
    assert "8.1. The council must keep the timescales of the Children Act.\n" in report
    assert "7.1. None.\n" in report
    assert "**Status:** Final\n" in report


def test_final_papers_are_refused_without_the_words_that_the_catalogue_requires(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    change_catalogue(council, "report_sections: {legal: None apply., required: [legal, risk]}\n")
    outcome = build_final(kpi, council, "1,93,,,\n2,8,,,\n")
    assert outcome.code == 1
    line = outcome.err.splitlines()[0]
    assert line.startswith("the exception report: error: ")
    messages(line)
    assert kpi("build", "--month", "2020-06").code == 0


def test_final_papers_are_refused_where_the_template_does_not_print_what_is_required(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    change_catalogue(council, "report_sections: {legal: None apply., required: [legal]}\n")
    (council / "templates").mkdir()
    template = council / "templates/exception-report.md.j2"
    template.write_text("{{ 'Final' if card.is_final else 'Draft' }}\n")
    outcome = build_final(kpi, council, "1,93,,,\n2,8,,,\n")
    assert outcome.code == 1
    messages(outcome.err.splitlines()[0])
    template.write_text("Final {{ card.sections.legal }}\n")
    assert build_final(kpi, council, "1,93,,,\n2,8,,,\n").code == 0


def test_the_catalogues_recommendations_replace_the_reports_own(kpi: Kpi, council: Path) -> None:
    own = "A. That the panel considers this report and comments on it.\n"
    assert build_final(kpi, council, "1,93,,,\n2,8,,,\n").code == 0  # without a warning of them
    assert own in read_report(council)
    words = '{recommendations: "That the plan is agreed.\\nB. That it is published."}'
    change_catalogue(council, f"report_sections: {words}\n")
    assert build_final(kpi, council, "1,93,,,\n2,8,,,\n").code == 0
    report = read_report(council)
    assert "A. That the plan is agreed.<br>B. That it is published.\n" in report
    assert own not in report


def test_a_template_is_asked_only_for_the_sections_that_it_prints(kpi: Kpi, council: Path) -> None:
    (council / "templates").mkdir()
    template = "{{ 'Final' if card.is_final else '' }} {{ card.sections.risk or 'No risks.' }}\n"
    (council / "templates/exception-report.md.j2").write_text(template)
    outcome = build_final(kpi, council, "1,93,,,\n2,8,,,\n")
    assert "'risk'" in outcome.err
    assert "'legal'" not in outcome.err
    assert read_report(council) == "Final No risks.\n"


def change_catalogue(council: Path, line: str) -> None:
    """Put a line at the head of the catalogue."""
    path = council / "indicators.yaml"
    path.write_text(line + path.read_text(encoding="utf-8"), encoding="utf-8")
