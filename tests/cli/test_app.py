"""The commands as a terminal sees them: what they print, write and exit with."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.councils import ROOT, Outcome

from merton_kpi import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

    Kpi = Callable[..., Outcome]
    Messages = Callable[..., None]
    BadInput = tuple[str, Callable[[], object], list[str], int, str]


def hash_files(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_a_build_prints_what_it_found_and_wrote(
    kpi: Kpi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, golden: Callable[[str, str], None]
) -> None:
    monkeypatch.chdir(ROOT)
    outcome = kpi("build", "--month", "2020-11", "--out", tmp_path)
    assert outcome.code == 0
    golden("build-2020-11.txt", outcome.out.replace(tmp_path.as_posix(), "output"))
    golden("build-2020-11-warnings.txt", outcome.err)
    assert {path.name for path in tmp_path.iterdir()} - {".kpi.lock"} == {
        "performance-index-2020-11.xlsx",
        "exception-report-2020-11.docx",
        "exception-report-2020-11.md",
        "performance-index-2020-11.html",
        "performance-index-2020-11.csv",
        "performance-index-2020-11.datapackage.json",
        "manifest-2020-11.json",
    }


def test_two_builds_are_byte_identical(
    kpi: Kpi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the clock, and the time zone, say."""
    monkeypatch.chdir(ROOT)
    kpi("build", "--month", "2020-11", "--out", tmp_path / "one")
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    kpi("build", "--month", "2020-11", "--out", tmp_path / "two")
    assert hash_files(tmp_path / "one") == hash_files(tmp_path / "two")


def test_source_date_epoch_sets_the_workbooks_time(
    kpi: Kpi, council: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1610000000")
    kpi("build", "--month", "2020-04")
    import openpyxl

    book = openpyxl.load_workbook(council / "output/performance-index-2020-04.xlsx")
    assert str(book.properties.modified).startswith("2021-01-07 06:13:20")


@pytest.mark.parametrize("epoch", ["soon", "0", "-5", "99999999999"])
def test_a_source_date_epoch_that_is_not_a_time_is_wrong_usage(
    epoch: str, kpi: Kpi, council: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    outcome = kpi("build", "--month", "2020-04")
    assert outcome.code == 2
    assert f"SOURCE_DATE_EPOCH is '{epoch}'; " in outcome.err
    assert not (council / "output").exists()


def test_a_source_date_epoch_is_in_seconds(
    kpi: Kpi, council: Path, monkeypatch: pytest.MonkeyPatch, messages: Messages
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "2020-12-01")
    messages(kpi("build", "--month", "2020-04").err.splitlines()[-1])


def test_an_earlier_months_papers_do_not_change_when_later_extracts_arrive(
    kpi: Kpi, council: Path
) -> None:
    kpi("build", "--month", "2020-04")
    before = hash_files(council / "output")
    (council / "data/2020-05.csv").write_text("indicator,period,value\n1,2020-04,9\n")
    kpi("build", "--month", "2020-04")
    assert hash_files(council / "output") == before


def write_template(text: str) -> None:
    Path("templates").mkdir()
    Path("templates/exception-report.md.j2").write_text(text, encoding="utf-8")


USAGE = ["Usage: kpi build [OPTIONS]", "Try 'kpi build --help' for help.", ""]
# A name, what spoils the input, the command's options, the exit code and the error's beginning.
BAD_INPUTS: list[BadInput] = [
    (
        "a month outside the year",
        lambda: None,
        ["--month", "2021-04"],
        1,
        "indicators.yaml: error: ",
    ),
    (
        "a month with no extract",
        lambda: None,
        ["--month", "2020-05"],
        1,
        "data: error: ",
    ),
    (
        "an unknown indicator",
        lambda: Path("data/2020-04.csv").write_text("indicator,value\n22,5\n"),
        ["--month", "2020-04"],
        1,
        "data/2020-04.csv:2: error: indicator 22: ",
    ),
    (
        "a value that is not a number",
        lambda: Path("data/2020-04.csv").write_text("indicator,value\n1,lots\n"),
        ["--month", "2020-04"],
        1,
        "data/2020-04.csv:2: error: indicator 1: value: ",
    ),
    (
        "a typo in the YAML",
        lambda: Path("indicators.yaml").write_text(
            Path("indicators.yaml").read_text().replace("frequency: monthly", "frequency monthly")
        ),
        ["--month", "2020-04"],
        1,
        "indicators.yaml:18:9: error: ",
    ),
    (
        "a missing catalogue",
        lambda: Path("indicators.yaml").unlink(),
        ["--month", "2020-04"],
        1,
        "indicators.yaml: error: ",
    ),
    (
        "a missing data folder",
        lambda: shutil.rmtree("data"),
        ["--month", "2020-04"],
        1,
        "data: error: ",
    ),
    (
        "an extract without a month in its name",
        lambda: Path("data/april.csv").write_text(""),
        ["--month", "2020-04"],
        1,
        "data/april.csv: error: ",
    ),
    (
        "an extract in another encoding",
        lambda: Path("data/2020-04.csv").write_bytes(b"indicator,value,note\n1,5,\x81\n"),
        ["--month", "2020-04"],
        1,
        "data/2020-04.csv:2: error: ",
    ),
    (
        "a template with a fault",
        lambda: write_template("a\n{{ card.panle }}\n"),
        ["--month", "2020-04"],
        1,
        "templates/exception-report.md.j2:2: error: ",
    ),
    (
        "a folder without the template",
        lambda: None,
        ["--month", "2020-04", "--templates", "elsewhere"],
        1,
        "elsewhere/exception-report.md.j2: error: ",
    ),
    (
        "no month at all",
        lambda: None,
        ["--month", "November"],
        2,
        "Error: Invalid value for '--month': ",
    ),
]


@pytest.mark.parametrize("case", BAD_INPUTS, ids=[case[0] for case in BAD_INPUTS])
def test_bad_input_is_an_error_and_leaves_the_last_papers(
    case: BadInput, kpi: Kpi, council: Path, messages: Messages
) -> None:
    _, spoil, arguments, code, start = case
    assert kpi("build", "--month", "2020-04").code == 0
    before = hash_files(council / "output")
    spoil()
    outcome = kpi("build", *arguments)
    assert (outcome.code, outcome.out) == (code, "")
    *usage, sentence = outcome.err.splitlines()
    assert sentence.startswith(start)
    assert usage == (USAGE if code == 2 else [])
    messages(sentence)
    assert hash_files(council / "output") == before


def test_check_counts_what_has_no_fault(kpi: Kpi, council: Path, messages: Messages) -> None:
    assert kpi("check").out == (
        "indicators.yaml: 2 indicators, no faults, 3 warnings\n"
        "No extracts were checked; to check them too, add --data data\n"
    )
    printed = kpi("check", "--data", "data").out
    assert printed.endswith("data: 1 row in 1 extract, all used\n")
    messages(printed.splitlines())


@pytest.mark.parametrize(
    "names", [["2021-11"], ["2021-04", "2021-11", "2021-12", "2029-11"]], ids=["one", "many"]
)
def test_the_extracts_of_later_years_are_named(
    names: list[str], kpi: Kpi, council: Path, messages: Messages
) -> None:
    """By a check and a build, and not as a problem: a folder may hold the extracts of many years.

    The last of them is named, since a year written wrongly is most often it.
    """
    for name in names:
        (council / f"data/{name}.csv").write_text("indicator,value\n1,90\n")
    _, sentence, _ = kpi("check", "--data", "data").out.splitlines()
    assert sentence.startswith(f"data: {len(names)} extract")
    assert sentence.endswith(f"{names[-1]}.csv")
    messages(sentence)
    done = kpi("build", "--month", "2020-04")
    assert done.out.splitlines()[-1] == sentence
    assert "not read" not in done.err + kpi("build", "--month", "2020-04", "--quiet").out


def test_a_spreadsheet_beside_the_extracts_is_a_warning(kpi: Kpi, council: Path) -> None:
    """Of a build and of a check; a month without an extract is an error all the same."""
    (council / "data" / "late figures.xlsx").write_bytes(b"")
    for command in (("build", "--month", "2020-04"), ("check", "--data", "data")):
        outcome = kpi(*command)
        assert outcome.code == 0
        assert "data/late figures.xlsx: warning: kpi does not read this" in outcome.err
    assert "there is no extract for May 2020" in kpi("build", "--month", "2020-05").err


def test_a_strict_check_fails_on_warnings(kpi: Kpi, council: Path, messages: Messages) -> None:
    outcome = kpi("check", "--strict")
    assert outcome.code == 1
    messages(outcome.out.splitlines()[-1])


def test_check_shows_warnings_and_still_succeeds(kpi: Kpi, council: Path) -> None:
    (council / "data/2020-04.csv").write_text("indicator,value\n1,101\n")
    outcome = kpi("check", "--data", "data")
    assert outcome.code == 0
    assert outcome.err.splitlines()[-1].startswith(
        "data/2020-04.csv:2: warning: indicator 1: Apr 2020: 101% is outside 0% to 100%"
    )
    assert "2 indicators, no faults, 4 warnings" in outcome.out


def test_check_prints_every_fault_of_catalogue_and_extracts(kpi: Kpi, council: Path) -> None:
    catalogue = council / "indicators.yaml"
    catalogue.write_text(catalogue.read_text().replace("at_least: 90", "at_last: 90"))
    (council / "data/2020-04.csv").write_text("indicator,value\n1,x\n")
    outcome = kpi("check", "--data", "data")
    assert outcome.code == 1
    assert outcome.out.startswith("The check fails: ")
    errors = (line for line in outcome.err.splitlines() if " error: " in line)
    assert [line.split(" error: ")[0] for line in errors] == [
        "indicators.yaml:19:18:",
        "data/2020-04.csv:2:",
    ]


def test_rows_without_an_indicator_are_reported_with_those_that_cannot_be_read(
    kpi: Kpi, council: Path
) -> None:
    (council / "data/2020-04.csv").write_text("indicator,value\n99,1\n1,x\n3,2\n")
    outcome = kpi("build", "--month", "2020-04")
    assert [line.split(": ")[0] for line in outcome.err.splitlines()] == [
        "data/2020-04.csv:3",
        "data/2020-04.csv:2",
        "data/2020-04.csv:4",
    ]


def test_the_templates_shipped_are_used_where_there_is_no_folder(kpi: Kpi, council: Path) -> None:
    kpi("build", "--month", "2020-04")
    report = (council / "output/exception-report-2020-04.md").read_text(encoding="utf-8")
    assert report.startswith("# Performance monitoring report\n\n**Status:** Draft")
    assert "**Committee:** Services Panel\n" in report
    assert "Merton" not in report


@pytest.mark.parametrize(
    ("arguments", "absent"),
    [
        (["--version"], {"openpyxl", "jinja2", "pydantic", "yaml", "rich"}),
        (["--help"], {"openpyxl", "jinja2", "pydantic", "yaml", "rich"}),
        (["check"], {"openpyxl", "jinja2", "rich"}),
        (["check", "--data", "data"], {"openpyxl", "jinja2", "merton_kpi.extracts.workbooks"}),
        (["build", "--month", "2020-11", "--out", "OUT"], {"rich"}),
        (["show", "--month", "2020-11"], {"openpyxl", "jinja2"}),
        (["changes", "--since", "2020-09", "--month", "2020-11"], {"openpyxl", "jinja2"}),
    ],
)
def test_a_command_imports_only_what_it_uses(
    arguments: list[str], absent: set[str], tmp_path: Path
) -> None:
    """In a pipe, only tables need rich."""
    arguments = [str(tmp_path) if each == "OUT" else each for each in arguments]
    code = (
        "import sys\nfrom merton_kpi.cli.app import main\n"
        f"try: main({arguments!r})\nexcept SystemExit as stop: assert not stop.code\n"
        f"loaded = {absent!r} & set(sys.modules)\nassert not loaded, loaded"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True)


def test_papers_are_verified_without_the_library_of_the_lock(kpi: Kpi, council: Path) -> None:
    kpi("build", "--month", "2020-04")
    code = (
        "import sys\nfrom merton_kpi.cli.app import main\n"
        "try: main(['verify', '--month', '2020-04'])\n"
        "except SystemExit as stop: assert not stop.code\n"
        "assert not {'filelock', 'rich'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


@pytest.mark.parametrize(
    ("words", "place", "offered"),
    [
        ("kpi bu", "1", "build"),
        ("kpi build --mo", "2", "--month"),
        ("kpi explain --fo", "2", "--format"),
        ("kpi check --format g", "3", "github"),
    ],
)
def test_a_shell_can_finish_commands_and_options(words: str, place: str, offered: str) -> None:
    shell = {"_KPI_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": place}
    done = subprocess.run(
        [sys.executable, "-m", "merton_kpi"],
        env=os.environ | shell,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert done.stdout.split() == [offered]


def test_no_commands_line_in_the_help_is_cut_off(kpi: Kpi) -> None:
    outcome = kpi("--help")
    assert outcome.code == 0
    assert "..." not in outcome.out.replace("[ARGS]...", "")


def test_a_catalogue_to_which_notepad_added_an_ending_is_recognised(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    (council / "indicators.yaml").rename(council / "indicators.yaml.txt")
    outcome = kpi("check")
    assert (outcome.code, "'indicators.yaml.txt'" in outcome.err) == (1, True)
    messages(outcome.err)


def test_a_catalogue_with_carriage_returns_alone_is_refused(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    """Some programs end a line there, and some do not, so that line numbers would differ."""
    catalogue = council / "indicators.yaml"
    catalogue.write_bytes(catalogue.read_bytes().replace(b"\n", b"\r"))
    outcome = kpi("check")
    assert outcome.err.startswith("indicators.yaml: error: line 1 ")
    messages(outcome.err)


def test_an_unknown_format_is_wrong_usage(kpi: Kpi, council: Path, messages: Messages) -> None:
    outcome = kpi("check", "--format", "jason")
    assert (outcome.code, outcome.out) == (2, "")
    messages(outcome.err.splitlines()[-1])


def test_an_unknown_indicator_to_explain_is_wrong_usage(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    outcome = kpi("explain", "1a", "--month", "2020-04")
    assert (outcome.code, outcome.out) == (2, "")
    messages(outcome.err.splitlines()[-1])


@pytest.mark.parametrize(
    ("arguments", "code", "out", "err"),
    [
        (["--version"], 0, f"kpi {__version__}\n", ""),
        (
            ["check"],
            0,
            "indicators.yaml: 39 indicators, no faults, 3 warnings\n"
            "No extracts were checked; to check them too, add --data data\n",
            "warning",
        ),
        (
            ["check", "--catalogue", "x.yaml"],
            1,
            "",
            "x.yaml: error: ",
        ),
        (["chekc"], 2, "", "Did you mean 'check'?"),
    ],
)
def test_a_process_ends_with_its_code_and_all_its_output(
    arguments: list[str], code: int, out: str, err: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "merton_kpi", *arguments],
        cwd=ROOT,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    assert (done.returncode, done.stdout) == (code, out)
    assert err in done.stderr
    assert bool(err) == done.stderr.endswith("\n")


@pytest.mark.parametrize("out", ["data", "./data/", "templates", ".", "data/../data"])
def test_papers_are_not_written_among_what_they_are_made_from(
    kpi: Kpi, council: Path, out: str
) -> None:
    (council / "templates").mkdir()
    before = sorted(council.rglob("*"))
    outcome = kpi("build", "--month", "2020-04", "--out", out)
    assert (outcome.code, outcome.out) == (2, "")
    assert sorted(council.rglob("*")) == before


def name_history(council: Path, folder: str) -> None:
    file = council / "indicators.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(f"history: {folder}\n{text}", encoding="utf-8")
    (council / folder).mkdir(parents=True, exist_ok=True)


@pytest.mark.parametrize("out", ["years/old", "years", "years/old/papers", "./data/../years/old/"])
@pytest.mark.parametrize("command", ["build", "due"])
def test_nothing_is_written_among_the_extracts_of_earlier_years(
    kpi: Kpi, council: Path, command: str, out: str
) -> None:
    name_history(council, "years/old")
    before = sorted(council.rglob("*"))
    outcome = kpi(command, "--month", "2020-04", "--out", out)
    assert (outcome.code, outcome.out) == (2, "")
    assert sorted(council.rglob("*")) == before


def test_the_folder_of_earlier_years_is_refused_in_one_sentence(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    name_history(council, "years/old")
    folders = ("years/old", "years", "years/old/papers")
    outcomes = [kpi("build", "--month", "2020-04", "--out", each) for each in folders]
    messages([each.err.splitlines()[-1] for each in outcomes])


@pytest.mark.parametrize("folder", [".", "old"])
def test_papers_may_lie_beside_the_extracts_of_earlier_years(
    kpi: Kpi, council: Path, folder: str
) -> None:
    """In a folder of the project too, if the catalogue's own has those extracts."""
    name_history(council, folder)
    assert kpi("build", "--month", "2020-04", "--out", "output").code == 0


def test_a_folder_of_inputs_is_refused_by_its_name(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    messages(kpi("build", "--out", "data").err.splitlines()[-1])


def test_the_result_comes_before_the_problems_where_both_go_to_one_place(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "merton_kpi", "build", "--month", "2020-11"]
    done = subprocess.run(
        [*command, "--out", str(tmp_path)],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    lines = done.stdout.splitlines()
    assert lines[0].startswith("November 2020, draft: ")
    problems = [number for number, line in enumerate(lines) if ": warning: " in line]
    assert problems == list(range(len(lines) - len(problems), len(lines)))


def test_a_check_that_fails_ends_with_its_count(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    (council / "data/2020-04.csv").write_text("indicator,value\n1,x\n9,1\n")
    outcome = kpi("check", "--data", "data")
    assert outcome.code == 1
    messages(outcome.out)
    assert kpi("check", "--data", "data", "--format", "json").out.startswith("[")


def test_two_copies_of_an_extract_are_one_error_that_names_both(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    (council / "data/2020-04.csv").write_text("indicator,value\n1,93\n2,8\n")
    (council / "data/2020-04 (1).csv").write_text("indicator,value\n1,93\n2,8\n")
    outcome = kpi("build", "--month", "2020-04")
    assert (outcome.code, outcome.err.count(" error: ")) == (1, 1)
    messages(line for line in outcome.err.splitlines() if " error: " in line)


def test_two_blank_extracts_and_two_months_alike_are_no_copies(kpi: Kpi, council: Path) -> None:
    for name in ("2020-04-a.csv", "2020-04-b.csv"):
        (council / "data" / name).write_text("indicator,value\n2,\n")
    (council / "data/2020-05.csv").write_bytes((council / "data/2020-04.csv").read_bytes())
    outcome = kpi("check", "--data", "data")
    assert "is a copy of" not in outcome.err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has another limit, and other words")
@pytest.mark.parametrize(
    "option", ["--catalogue", "--data", "--templates", "--out"], ids=lambda each: each[2:]
)
@pytest.mark.parametrize(
    "path", ["x" * 300, f"{'folder/' * 1000}x"], ids=["name too long", "path too long"]
)
def test_a_path_too_long_for_the_system_is_one_short_sentence(
    option: str, path: str, kpi: Kpi, council: Path, messages: Messages
) -> None:
    outcome = kpi("build", "--month", "2020-04", option, path)
    (sentence,) = outcome.err.splitlines()
    assert (outcome.code, outcome.out, len(sentence) < 200) == (1, "", True)
    assert sentence.startswith(f"{path[:60]}...: error: ")
    messages(sentence)
