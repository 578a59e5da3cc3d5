"""An indicator that an officer rates each period: no target, and no figure needed."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from helpers.catalogues import list_issues
from helpers.councils import HEAD
from helpers.xlsx import Book

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]
    Messages = Callable[..., None]

HEADER = "indicator,period,value,status,judgement,judgement_reason,judgement_by,commentary\n"
AMBER = "amber,Two of five actions are late,Head of Early Help,The plan was moved"
STRATEGY = "number: '1', title: Deliver the strategy, frequency: quarterly"


@pytest.fixture
def council(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    write_entry(tmp_path, f"{STRATEGY}, target: judged, owner: Director, rationale: It matters.")
    return tmp_path


def write_entry(council: Path, settings: str) -> None:
    text = f"{HEAD}sections:\n- title: Plans\n  indicators:\n  - {{{settings}}}\n"
    (council / "indicators.yaml").write_text(text, encoding="utf-8")


def write_extract(council: Path, month: str, *rows: str) -> None:
    text = HEADER + "".join(f"{row}\n" for row in rows)
    (council / f"data/{month}.csv").write_text(text, encoding="utf-8")


def read_table(council: Path, month: str) -> list[dict[str, str]]:
    path = council / f"output/performance-index-{month}.csv"
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_the_judgement_is_the_rating_in_every_paper(kpi: Kpi, council: Path) -> None:
    write_extract(council, "2020-06", f"1,,,,{AMBER}")
    built = kpi("build", "--month", "2020-06")
    assert (built.code, built.err) == (0, "")
    assert "Amber (judgement): Deliver the strategy" in built.out
    (june,) = read_table(council, "2020-06")
    reason = "Judged Amber by the Head of Early Help: Two of five actions are late."
    assert (june["rating_label"], june["rating_reason"]) == ("Amber (judgement)", reason)
    assert (june["value"], june["rating"], june["target"]) == ("", "Amber", "Judged by an officer")
    assert june["streak"] == "Amber for 1 quarter"
    assert june["unit"] == ""
    book = Book((council / "output/performance-index-2020-06.xlsx").read_bytes())
    (row,) = book["Performance index"].rows
    cells = [(cell.value, cell.style) for cell in row if cell.style == "Rating Amber"]
    assert cells == [("Amber (judgement)", "Rating Amber"), *[("Amber", "Rating Amber")] * 2]
    assert [cell.value for cell in book["Performance index"].column("Unit")] == ["[z]"]
    report = (council / "output/exception-report-2020-06.md").read_text(encoding="utf-8")
    assert f"| Amber (judgement) | {reason} |" in report
    explained = kpi("explain", "1", "--month", "2020-06").out
    assert "The judgement is for Q1, from data/2020-06.csv, line 2." in explained
    assert "It has no target: an officer rates it each period." in explained
    assert "Not known" not in explained
    facts = json.loads(kpi("explain", "1", "--month", "2020-06", "--format", "json").out)
    assert (facts["rating"], facts["judgement"]["by_figures"]) == ("Amber", None)


@pytest.mark.parametrize(
    ("month", "label", "reason"),
    [
        ("2020-04", "Not due yet", "No judgement is due yet: the next one is for Q1 (Jun 2020)."),
        ("2020-06", "Amber (judgement)", "Judged Amber by"),
        ("2020-08", "Amber (judgement)", "Judged Amber by"),
        ("2020-09", "Amber (Q1, judgement)", "Judged Amber by"),
        ("2020-12", "No data", "The latest judgement is for Q1, with none for Q2 and Q3"),
    ],
)
def test_a_judgement_is_carried_forward_as_a_figure_is(
    kpi: Kpi, council: Path, month: str, label: str, reason: str
) -> None:
    """For one quarter, as `carry_forward` says; then there is none."""
    for each in ("2020-04", "2020-06", "2020-08", "2020-09", "2020-12"):
        write_extract(council, each, *([f"1,,,,{AMBER}"] if each == "2020-06" else []))
    assert kpi("build", "--month", month).code == 0
    book = Book((council / f"output/performance-index-{month}.xlsx").read_bytes())
    index = book["Performance index"]
    assert [cell.value for cell in index.column("BRAG rating")] == [label]
    (shown,) = index.column("Reason for the rating")
    assert shown.value.startswith(reason)


def test_a_missing_judgement_is_chased(kpi: Kpi, council: Path) -> None:
    """The extract to fill in has the columns of a judgement."""
    write_extract(council, "2020-06", "1,,,,,,,Under way")
    assert "Judgement for Q1" in kpi("due", "--month", "2020-06").out
    checked = kpi("check", "--data", "data")
    assert "Jun 2020: the judgement is due and has not come" in checked.err
    reason = "The judgement for Jun 2020 is due and has not come."
    assert reason in kpi("explain", "1", "--month", "2020-06").out
    assert kpi("template", "--month", "2020-09").code == 0
    header = (council / "data/2020-09.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert header.endswith(",commentary,judgement,judgement_reason,judgement_by")
    write_extract(council, "2020-06", f"1,,,,{AMBER}")
    due = kpi("due", "--month", "2020-06").out
    assert "Judgements: 1 of 1 received, 0 missing." in due
    assert "Q1: Amber" in due


def test_a_figure_beside_a_judgement_is_not_what_was_due(kpi: Kpi, council: Path) -> None:
    write_entry(council, f"{STRATEGY}, unit: number, target: judged")
    write_extract(council, "2020-06", f"1,,5,,{AMBER}")
    due = kpi("due", "--month", "2020-06").out
    assert "Q1: Amber" in due
    assert "Q1: 5" not in due


def test_a_judgement_counts_whatever_status_its_row_has(kpi: Kpi, council: Path) -> None:
    """A service that has no figure may say so beside the judgement."""
    write_extract(council, "2020-06", f"1,,,not_applicable,{AMBER}")
    assert kpi("build", "--month", "2020-06").code == 0
    (june,) = read_table(council, "2020-06")
    assert (june["rating"], june["rating_label"]) == ("Amber", "Amber (judgement)")


def test_a_reason_for_no_judgement_is_an_answer(kpi: Kpi, council: Path) -> None:
    write_extract(council, "2020-06", "1,,,covid,,,,")
    assert kpi("build", "--month", "2020-06").code == 0
    (june,) = read_table(council, "2020-06")
    reason = "There is no judgement for Q1: not collected because of COVID-19."
    assert (june["rating"], june["rating_reason"]) == ("No data", reason)
    assert "the judgement is due" not in kpi("check", "--data", "data").err


def test_a_later_judgement_corrects_an_earlier_one_of_the_same_period(
    kpi: Kpi, council: Path
) -> None:
    """The latest period counts, not the extract that came last."""
    write_extract(council, "2020-06", f"1,,,,{AMBER}")
    write_extract(council, "2020-09", "1,,,,green,All done,Director,")
    write_extract(council, "2020-10", "1,2020-06,,,red,None was done,Director,")
    assert kpi("build", "--month", "2020-10").code == 0
    rows = read_table(council, "2020-10")
    assert [row["rating_label"] for row in rows] == ["Red (judgement)", "Green (judgement)"]


def test_a_figure_beside_the_judgement_is_printed(kpi: Kpi, council: Path) -> None:
    write_extract(council, "2020-06", f"1,,7,,{AMBER}")
    assert kpi("build", "--month", "2020-06").code == 0
    (june,) = read_table(council, "2020-06")
    assert (june["value"], june["rating_label"]) == ("7", "Amber (judgement)")


def test_rows_that_do_not_fit_are_errors(kpi: Kpi, council: Path, messages: Messages) -> None:
    """A figure without a judgement; a judgement where the catalogue has none."""
    write_extract(council, "2020-06", "1,,7,,,,,")
    messages(kpi("check", "--data", "data").err.splitlines()[0])
    write_extract(council, "2020-06", f"1,,,,{AMBER}")
    for settings in ("target: not_a_target_measure", "target: new"):
        write_entry(council, f"{STRATEGY}, unit: number, {settings}")
        messages(kpi("check", "--data", "data").err.splitlines()[0])
    withheld = "target: {at_least: 5}, rating_withheld: Too few cases."
    write_entry(council, f"{STRATEGY}, unit: number, {withheld}")
    messages(kpi("check", "--data", "data").err.splitlines()[0])


def test_keys_of_figures_are_refused(messages: Messages) -> None:
    """Only a judged indicator needs no unit."""
    start = f"{HEAD}sections:\n- title: Plans\n  indicators:\n  - {{{STRATEGY}"
    issues = [
        issue
        for settings in (
            "target: judged, accumulates: financial_year",
            "target: judged, polarity: lower_is_better",
            "target: judged, bands: {amber: none}",
            "target: judged, rating_withheld: No.",
            "target: new",
            "target: judgd, unit: number",
        )
        for issue in list_issues(f"{start}, {settings}}}\n")
    ]
    assert [each.code for each in issues] == [*["unfit_value"] * 4, "missing_key", "unknown_word"]
    assert list_issues(f"{start}, target: judged, unit: number}}\n") == ()
    messages(issues)


def test_next_years_catalogue_has_the_last_judgement_as_outturn(kpi: Kpi, council: Path) -> None:
    write_extract(council, "2020-12", f"1,,,,{AMBER}")
    write_extract(council, "2021-03", "1,,,,green,All done,Director,")
    outcome = kpi("new-year", "2021/22", "--write", "--out", "next.yaml")
    assert outcome.code == 0, outcome.err
    text = (council / "next.yaml").read_text(encoding="utf-8")
    assert 'outturns: {2020/21: {rating: "green"}}' in text
    assert "review the target" not in text
    assert kpi("check", "--catalogue", "next.yaml").code == 0


def test_the_plan_of_the_new_year_prints_the_councils_word(kpi: Kpi, council: Path) -> None:
    write_extract(council, "2021-03", "1,,,,green,All done,Director,")
    path = council / "indicators.yaml"
    text = path.read_text(encoding="utf-8")
    words = "rating_words: {green: On course}\n"
    path.write_text(text.replace("sections:", f"{words}sections:"), encoding="utf-8")
    assert "On course" in kpi("new-year", "2021/22").out


def test_a_change_to_judged_is_a_changed_definition(kpi: Kpi, council: Path) -> None:
    write_extract(council, "2020-06", f"1,,,,{AMBER}")
    (council / "indicators.yaml").rename(council / "now.yaml")
    write_entry(council, f"{STRATEGY}, unit: number, target: not_a_target_measure")
    (council / "indicators.yaml").rename(council / "old.yaml")
    write_extract(council, "2020-09", f"1,,,,{AMBER}")
    outcome = kpi(
        *("changes", "--since", "2020-06", "--month", "2020-09"),
        *("--catalogue", "now.yaml", "--before", "old.yaml"),
    )
    assert "Judged by an officer" in outcome.out
