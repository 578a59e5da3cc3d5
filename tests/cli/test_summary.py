"""What commands print line by line, from the fields of records."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from helpers.councils import ROOT

from merton_kpi.cli.app import main
from merton_kpi.cli.console import Line
from merton_kpi.cli.summary import format_explanation, format_kinds
from merton_kpi.core.findings import WARNING_WORDS, FindingCode
from merton_kpi.core.issues import Issue, Place, Severity
from merton_kpi.rating.wording.explain import Explanation
from merton_kpi.rating.wording.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

CHECK = "kpi check --data data"


def warn(code: str, subject: str, file: str = "data/2020-04.csv") -> Issue:
    return Issue(
        severity=Severity.WARNING,
        code=code,
        place=Place(file=file, line=2),
        subject=subject,
        message="a sentence",
    )


def count(warnings: Iterable[Issue]) -> list[str]:
    """What is printed of the kinds of warnings, without the first line."""
    return ["".join(line.texts) for line in format_kinds(tuple(warnings), CHECK)][1:]


def test_warnings_are_counted_by_kind_with_the_indicators_that_they_are_about() -> None:
    found = [
        warn("rate", "indicator 4"),
        warn("missing", "indicator 27", "indicators.yaml"),
        warn("rate", "indicator 4"),
        warn("missing", "indicator 23a", "indicators.yaml"),
        warn("jump", "indicator 3"),
    ]
    assert ["".join(line.texts) for line in format_kinds(found, CHECK)] == [
        "5 warnings (`kpi check --data data` lists them all):",
        "  2 indicators with figures due and missing (no. 27 and 23a)",
        "  2 rates that contradict their counts (no. 4)",
        "  1 figure far from the others (no. 3)",
    ]


def test_a_warning_about_a_file_is_counted_with_the_files_name() -> None:
    found = [
        warn("repeated_extract", "indicator 2", "data/2020-05.csv"),
        warn("unread_file", "", "data/May.xlsx"),
        warn("unread_file", "", "data/June.xlsx"),
    ]
    assert count(found) == [
        "  1 extract that may be last month's (data/2020-05.csv)",
        "  2 spreadsheets or folders that are not read (data/May.xlsx and data/June.xlsx)",
    ]


def test_of_many_indicators_the_first_twenty_are_named() -> None:
    (line,) = count(warn("zero", f"indicator {number}") for number in range(1, 31))
    assert line.startswith("  30 figures of 0 that may be gaps (no. 1, 2, 3, ")
    assert line.endswith(", 19, 20 and 10 more)")


def test_a_warning_of_a_kind_without_words_is_counted_too() -> None:
    assert count([warn("newer", "indicator 1"), warn("newest", "indicator 2")]) == [
        "  2 other warnings (no. 1 and 2)"
    ]


def test_every_kind_of_finding_has_words_in_the_singular_and_the_plural() -> None:
    assert {each.value for each in FindingCode} <= WARNING_WORDS.keys()
    several = [words for pair in WARNING_WORDS.values() for words in pair]
    assert len(set(several)) == len(several)


def test_every_code_with_words_is_in_the_source() -> None:
    """Words of a kind that is no longer raised would be dead."""
    sources = (ROOT / "src/merton_kpi").rglob("*.py")
    text = "".join(
        each.read_text(encoding="utf-8") for each in sources if each.name != "findings.py"
    )
    other = WARNING_WORDS.keys() - {each.value for each in FindingCode}
    computed = {"no_rationale"}  # `no_` and the key that is missing
    assert {code for code in other if f'"{code}"' not in text} == computed


def test_the_whole_result_of_a_build_fits_on_a_screen(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The README's build, on a terminal of 80 columns and 24 lines, with the two prompts."""
    shutil.copy(ROOT / "indicators.yaml", tmp_path)
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _: True)
    for name, value in {"TERM": "dumb", "COLUMNS": "80"}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit):
        main(["build", "--month", "2020-11"])
    printed = capsys.readouterr()
    lines = [*printed.out.splitlines(), *printed.err.splitlines()]
    assert lines[0].startswith("November 2020, draft: 39 indicators")
    assert all(len(line) <= 80 for line in lines)
    assert len(lines) <= 22


def test_an_explanations_sentences_are_lines_below_their_headings() -> None:
    """A line's indent is that of its section, whatever the sentence begins with."""
    explanation = Explanation(
        title="Indicator 1, April 2020: Green",
        subtitle="   Calls answered",
        reason="93% is at least 90%",
        sections=(("The figure", (Sentence("One."), Sentence(" Two."))), ("The bands", ())),
        facts={},
    )
    assert list(format_explanation(explanation)) == [
        Line.of("Indicator 1, April 2020: Green"),
        Line.of("   Calls answered"),
        Line.of(""),
        Line.of("93% is at least 90%"),
        Line.of(""),
        Line.of("The figure"),
        Line(parts=(("  One.", ""),), indent=2),
        Line(parts=(("   Two.", ""),), indent=2),
    ]
