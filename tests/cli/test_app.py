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


def hash_files(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_a_build_says_what_it_found_and_wrote(
    kpi: Kpi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, golden: Callable[[str, str], None]
) -> None:
    monkeypatch.chdir(ROOT)
    outcome = kpi("build", "--month", "2020-11", "--out", tmp_path)
    assert outcome.code == 0
    golden("build-2020-11.txt", outcome.out.replace(tmp_path.as_posix(), "output"))
    golden("build-2020-11-warnings.txt", outcome.err)
    assert {path.name for path in tmp_path.iterdir()} - {".kpi.lock"} == {
        "performance-index-2020-11.xlsx",
        "exception-report-2020-11.md",
        "performance-index-2020-11.csv",
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
def test_a_source_date_epoch_that_is_no_time_is_wrong_usage(
    epoch: str, kpi: Kpi, council: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    outcome = kpi("build", "--month", "2020-04")
    assert outcome.code == 2
    assert f"SOURCE_DATE_EPOCH is '{epoch}', not a time since 1980" in outcome.err
    assert not (council / "output").exists()


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


BAD_INPUTS: list[tuple[str, Callable[[], object], list[str], int, str]] = [
    (
        "a month outside the year",
        lambda: None,
        ["--month", "2021-04"],
        1,
        "indicators.yaml: error: April 2021 is outside the catalogue's year, 2020/21; "
        "name another month or another --catalogue\n",
    ),
    (
        "a month with no extract",
        lambda: None,
        ["--month", "2020-05"],
        1,
        "data: error: there is no extract for May 2020; add 2020-05.csv, or name another --data\n",
    ),
    (
        "an unknown indicator",
        lambda: Path("data/2020-04.csv").write_text("indicator,value\n22,5\n"),
        ["--month", "2020-04"],
        1,
        "data/2020-04.csv:2: error: indicator 22: the catalogue has no such indicator; "
        "did you mean '2'?\n",
    ),
    (
        "a value that is no number",
        lambda: Path("data/2020-04.csv").write_text("indicator,value\n1,lots\n"),
        ["--month", "2020-04"],
        1,
        "data/2020-04.csv:2: error: indicator 1: value: 'lots' is not a plain number; "
        "for a figure that is not there, use one of not_available, covid, to_come, "
        "awaiting_annual_rate, change_in_recording, not_published, not_relevant, no_benchmark, "
        "academic_year_measure, new, not_applicable, suppressed, "
        "suppressed_with_another\n",
    ),
    (
        "a typo in the YAML",
        lambda: Path("indicators.yaml").write_text(
            Path("indicators.yaml").read_text().replace("frequency: monthly", "frequency monthly")
        ),
        ["--month", "2020-04"],
        1,
        "indicators.yaml:18:9: error: this is not YAML: put a colon and a space behind the key\n",
    ),
    (
        "a missing catalogue",
        lambda: Path("indicators.yaml").unlink(),
        ["--month", "2020-04"],
        1,
        "indicators.yaml: error: there is no such file; go to its folder, or name it with "
        "--catalogue\n",
    ),
    (
        "a missing data folder",
        lambda: shutil.rmtree("data"),
        ["--month", "2020-04"],
        1,
        "data: error: there is no such folder; name the one with the extracts with --data\n",
    ),
    (
        "an extract without a month in its name",
        lambda: Path("data/april.csv").write_text(""),
        ["--month", "2020-04"],
        1,
        "data/april.csv: error: an extract's name begins with its month, like 2020-11.csv; "
        "rename or move it\n",
    ),
    (
        "an extract in another encoding",
        lambda: Path("data/2020-04.csv").write_bytes(b"indicator,value,note\n1,5,\x81\n"),
        ["--month", "2020-04"],
        1,
        "data/2020-04.csv:2: error: byte 26 of the file is not UTF-8; "
        "save it in Excel as 'CSV UTF-8'\n",
    ),
    (
        "a template with a fault",
        lambda: write_template("a\n{{ card.panle }}\n"),
        ["--month", "2020-04"],
        1,
        "templates/exception-report.md.j2:2: error: the template cannot be filled in: "
        "there is no 'panle' here; did you mean 'panel'?\n",
    ),
    (
        "a folder without the template",
        lambda: None,
        ["--month", "2020-04", "--templates", "elsewhere"],
        1,
        "elsewhere/exception-report.md.j2: error: there is no such file; "
        "name the folder that has it with --templates\n",
    ),
    (
        "no month at all",
        lambda: None,
        ["--month", "November"],
        2,
        "Usage: kpi build [OPTIONS]\nTry 'kpi build --help' for help.\n\n"
        "Error: Invalid value for '--month': 'November' is not a month: "
        "write it as year and month, like 2020-11\n",
    ),
]


@pytest.mark.parametrize(
    ("spoil", "arguments", "expected"),
    [(spoil, arguments, (code, sentence)) for _, spoil, arguments, code, sentence in BAD_INPUTS],
    ids=[case[0] for case in BAD_INPUTS],
)
def test_bad_input_is_told_in_a_sentence_and_leaves_the_last_papers(
    kpi: Kpi,
    council: Path,
    spoil: Callable[[], object],
    arguments: list[str],
    expected: tuple[int, str],
) -> None:
    assert kpi("build", "--month", "2020-04").code == 0
    before = hash_files(council / "output")
    spoil()
    outcome = kpi("build", *arguments)
    assert (outcome.code, outcome.err) == expected
    assert outcome.out == ""
    assert hash_files(council / "output") == before


def test_check_counts_what_is_sound(kpi: Kpi, council: Path) -> None:
    assert kpi("check").out == "indicators.yaml: 2 indicators, no faults, 3 warnings\n"
    told = kpi("check", "--data", "data").out
    assert told.endswith("data: 1 row in 1 extract, all used\n")


def test_check_names_the_extracts_of_other_years(kpi: Kpi, council: Path) -> None:
    (council / "data/2019-11.csv").write_text("indicator,value\n1,90\n")
    told = kpi("check", "--data", "data")
    assert "data/2019-11.csv: not of 2020/21, not read\n" in told.out


def test_check_shows_warnings_and_still_succeeds(kpi: Kpi, council: Path) -> None:
    (council / "data/2020-04.csv").write_text("indicator,value\n1,101\n")
    told = kpi("check", "--data", "data")
    assert (told.code, told.err.splitlines(keepends=True)[-1]) == (
        0,
        "data/2020-04.csv:2: warning: indicator 1: Apr 2020: 101% is outside 0% to 100%; "
        "correct it, or say why it is right in the column 'confirmed'\n",
    )
    assert "2 indicators, no faults, 4 warnings" in told.out


def test_check_prints_every_fault_of_catalogue_and_extracts(kpi: Kpi, council: Path) -> None:
    catalogue = council / "indicators.yaml"
    catalogue.write_text(catalogue.read_text().replace("at_least: 90", "at_last: 90"))
    (council / "data/2020-04.csv").write_text("indicator,value\n1,x\n")
    outcome = kpi("check", "--data", "data")
    assert (outcome.code, outcome.out) == (1, "")
    errors = (line for line in outcome.err.splitlines() if " error: " in line)
    assert [line.split(" error: ")[0] for line in errors] == [
        "indicators.yaml:19:18:",
        "data/2020-04.csv:2:",
    ]


def test_rows_that_fit_nowhere_are_told_beside_those_that_cannot_be_read(
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
        "assert not {'filelock', 'openpyxl', 'jinja2', 'rich'} & set(sys.modules)"
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


def test_a_catalogue_that_notepad_named_is_found_out(kpi: Kpi, council: Path) -> None:
    (council / "indicators.yaml").rename(council / "indicators.yaml.txt")
    assert kpi("check").err == (
        "indicators.yaml: error: there is no such file; "
        "rename 'indicators.yaml.txt', which is there\n"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="the shell's ways to close a stream")
@pytest.mark.parametrize("command", ["show --month 2020-11", "check", "build --month 2020-11"])
@pytest.mark.parametrize("redirection", [">&-", "2>&-"])
def test_what_a_closed_stream_is_sent_is_discarded(
    command: str, redirection: str, tmp_path: Path
) -> None:
    done = run_in_shell(f"{command} {redirection}", tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no such device")
@pytest.mark.parametrize(
    ("command", "code"),
    [("show --month 2020-11", 1), ("check", 1), ("build --month 2020-11", 3)],
)
def test_what_cannot_be_printed_is_an_error_and_another_where_the_papers_are_written(
    command: str, code: int, tmp_path: Path
) -> None:
    done = run_in_shell(f"{command} >/dev/full", tmp_path)
    assert done.returncode == code
    assert "kpi: error: its words cannot be printed: " in done.stderr
    assert "Traceback" not in done.stderr
    papers = {path.suffix for path in tmp_path.iterdir() if path.name != ".kpi.lock"}
    assert papers == ({".xlsx", ".csv", ".md", ".json"} if code == 3 else set())
    silent = run_in_shell(f"{command} >/dev/full 2>/dev/full", tmp_path)
    assert silent.returncode == code


@pytest.mark.skipif(sys.platform == "win32", reason="the shell's pipes")
@pytest.mark.parametrize(
    ("command", "code"), [("show --month 2020-11", 1), ("build --month 2020-11 2>&-", 3)]
)
def test_a_pipe_that_its_reader_closes_needs_no_sentence(
    command: str, code: int, tmp_path: Path
) -> None:
    """As in `kpi show | head -1`."""
    ours, theirs = os.pipe()
    os.close(ours)
    done = subprocess.run(
        f"{sys.executable} -m merton_kpi {complete(command, tmp_path)}",
        shell=True,
        cwd=ROOT,
        check=False,
        stdout=theirs,
        stderr=subprocess.PIPE,
    )
    os.close(theirs)
    assert (done.returncode, done.stderr) == (code, b"")


def complete(command: str, out: Path) -> str:
    """The command with a folder for its papers, if it writes any."""
    return command.replace("build", f"build --out {out}")


def run_in_shell(command: str, out: Path) -> subprocess.CompletedProcess[str]:
    line = f"{sys.executable} -m merton_kpi {complete(command, out)}"
    return subprocess.run(
        line, shell=True, cwd=ROOT, check=False, capture_output=True, encoding="utf-8"
    )


def test_a_catalogue_with_carriage_returns_alone_is_refused(kpi: Kpi, council: Path) -> None:
    """Some programs end a line there, and some do not, so that line numbers would differ."""
    catalogue = council / "indicators.yaml"
    catalogue.write_bytes(catalogue.read_bytes().replace(b"\n", b"\r"))
    assert kpi("check").err == (
        "indicators.yaml: error: line 1 has a carriage return alone; "
        "save the file with usual line ends\n"
    )


@pytest.mark.parametrize(
    ("arguments", "code", "out", "err"),
    [
        (["--version"], 0, f"kpi {__version__}\n", ""),
        (["check"], 0, "indicators.yaml: 39 indicators, no faults, 3 warnings\n", "warning"),
        (
            ["check", "--catalogue", "x.yaml"],
            1,
            "",
            "x.yaml: error: there is no such file; go to its folder, or name it with --catalogue\n",
        ),
        (["chekc"], 2, "", "Did you mean 'check'?"),
    ],
)
def test_a_process_ends_with_its_code_and_all_of_its_words(
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
