"""Colours and the bar are for terminals; what is piped is plain, and the same on any machine."""

from __future__ import annotations

import errno
import os
import re
import sys
import time
from types import SimpleNamespace
from typing import IO, TYPE_CHECKING

import pytest
from helpers.councils import ROOT, Outcome

from merton_kpi.cli import console
from merton_kpi.cli.console import Line, open_streams, print_lines
from merton_kpi.cli.tables import compose_index
from merton_kpi.cli.terminal import is_coloured, print_blocks, terminal_width
from merton_kpi.core.issues import Issue, Place, Severity
from merton_kpi.core.ratings import Rating

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from merton_kpi.scorecard.records import Scorecard

    Kpi = Callable[..., Outcome]

WARNING = Issue(
    severity=Severity.WARNING,
    code="any",
    place=Place(file="data/2020-04.csv", line=2),
    subject="indicator 1",
    message="101% is outside 0% to 100%",
)
ERROR = Issue(code="any", place=Place(file="data"), message="there is no such folder")


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Both streams are a terminal of 100 columns that shows colours."""
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("NO_COLOR", raising=False)


def test_issues_are_plain_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    """Errors come before warnings."""
    console.print_issues([WARNING, ERROR])
    assert capsys.readouterr().err == f"{ERROR}\n{WARNING}\n"


@pytest.mark.usefixtures("terminal")
def test_on_a_terminal_error_is_red_and_warning_yellow(capsys: pytest.CaptureFixture[str]) -> None:
    console.print_issues([WARNING, ERROR])
    assert capsys.readouterr().err == (
        "data: \x1b[31merror\x1b[0m: there is no such folder\n"
        "data/2020-04.csv:2: \x1b[33mwarning\x1b[0m: indicator 1: 101% is outside 0% to 100%\n"
    )


@pytest.mark.usefixtures("terminal")
def test_on_a_terminal_an_issue_is_wrapped_and_indented(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("NO_COLOR", "1")
    message = "there is no [c] such folder; name the one with the extracts"
    console.print_issues([Issue(code="any", place=Place(file="data"), message=message)] * 2)
    line = "data: error: there is no [c] such folder; name the one with\n    the extracts\n"
    assert capsys.readouterr().err == line * 2


@pytest.mark.usefixtures("terminal")
def test_on_a_terminal_a_long_line_continues_to_the_right_of_its_number(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    console.print_lines([Line.of("word " * 12, lead="  16  "), Line.of("a", lead="  ")])
    assert capsys.readouterr().out == (f"  16  {'word ' * 10}word\n      word\n  a\n")


def test_in_a_pipe_a_line_stays_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    console.print_lines([Line.of("word " * 40 + "end", lead="  16  ")])
    assert capsys.readouterr().out == f"  16  {'word ' * 40}end\n"


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(("variable", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_a_terminal_that_refuses_colours_gets_none(
    variable: str,
    value: str,
    november: Scorecard,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(variable, value)
    console.print_issues([ERROR])
    print_blocks(compose_index(november, november.rows, 100), sys.stdout)
    printed = capsys.readouterr()
    assert "Red (Q1)" in printed.out
    assert "\x1b" not in printed.out
    assert printed.err == f"{ERROR}\n"


@pytest.mark.usefixtures("terminal")
def test_an_empty_no_color_has_no_effect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    assert is_coloured(sys.stdout)


def test_no_message_sends_a_terminal_a_control_character(
    capsys: pytest.CaptureFixture[str], kpi: Kpi, council: Path
) -> None:
    """Even where it quotes what is wrong in a file, or the file's own name."""
    console.print_issues(
        [Issue(code="any", place=Place(file="a\x1bc.csv"), message="'\x9b2J' is no key")]
    )
    assert capsys.readouterr().err == "a\\x1bc.csv: error: '\\x9b2J' is no key\n"
    catalogue = council / "indicators.yaml"
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(f'"\\e[2Jpanel": any\n{text}', encoding="utf-8")
    assert "'\\x1b[2Jpanel'" in kpi("show", "--month", "2020-04").err


def test_a_title_with_a_control_character_is_refused(kpi: Kpi, council: Path) -> None:
    catalogue = council / "indicators.yaml"
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(text.replace("Days to reply", r'"Days \e[31m"'), encoding="utf-8")
    outcome = kpi("show", "--month", "2020-04")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("indicators.yaml:22:16: error: ")
    assert "U+001B" in outcome.err


@pytest.mark.parametrize(
    ("columns", "width"), [("100", 100), ("20", 60), ("0", 80), ("many", 80), ("", 80)]
)
@pytest.mark.usefixtures("terminal")
def test_a_terminal_s_width_is_used(
    columns: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert terminal_width(sys.stdout) == width


def test_a_pipe_has_80_columns_on_any_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    assert terminal_width(sys.stdout) == 80


@pytest.mark.parametrize(
    ("platform", "number", "needs_sentence"),
    [
        ("linux", errno.EPIPE, False),
        ("linux", errno.EINVAL, True),
        ("win32", errno.EPIPE, False),
        ("win32", errno.EINVAL, False),
        ("win32", errno.ENOSPC, True),
    ],
)
def test_a_closed_pipe_needs_no_sentence_on_windows_either(
    platform: str,
    number: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    needs_sentence: bool,
) -> None:
    """Windows reports a pipe that its reader has closed as an invalid argument."""

    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(os, "dup2", lambda *_: None)
    monkeypatch.setattr(type(sys.stdout), "fileno", lambda _: 1)
    with monkeypatch.context() as patch, pytest.raises(SystemExit) as stop, open_streams():
        patch.setattr(sys.stdout, "_stream", SimpleNamespace(write=fail, flush=int, fileno=int))
        print("a line")
    assert stop.value.code == 3
    assert ("cannot write to stdout" in capsys.readouterr().err) == needs_sentence


class Clock:
    """A clock that a stage of the work moves on by so many seconds."""

    def __init__(self, step: float) -> None:
        self.now, self.step = 0.0, step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every stage of a build takes 0.3 seconds."""
    monkeypatch.setattr("merton_kpi.cli.terminal.time", SimpleNamespace(monotonic=Clock(0.3)))


ERASE = "\r\x1b[1A\x1b[2K"  # to the line above, and erase it


def list_stages(printed: str) -> list[tuple[int, str]]:
    """The stages that a bar showed: how much of it was filled, and the stage's name."""
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", printed)
    shown = re.findall(r"(━*)╺?(━*) ([a-z][a-z ]+[a-z])", plain)
    return [(len(line), stage) for line, _, stage in shown]


@pytest.mark.usefixtures("terminal", "slow")
def test_a_long_build_shows_a_bar_and_removes_it(kpi: Kpi, council: Path) -> None:
    outcome = kpi("build", "--month", "2020-04")
    assert outcome.code == 0
    stages = list(dict.fromkeys(list_stages(outcome.err)))
    assert stages == [
        (5, "rating the indicators"),
        (10, "drawing the papers"),
        (15, "writing the papers"),
    ]
    assert outcome.err.endswith(ERASE)
    assert "writing" not in outcome.out


@pytest.mark.usefixtures("terminal", "slow")
def test_the_bar_is_removed_before_an_error_is_printed(kpi: Kpi, council: Path) -> None:
    (council / "templates").mkdir()
    (council / "templates/exception-report.md.j2").write_text("{{ card.colour }}")
    outcome = kpi("build", "--month", "2020-04")
    assert outcome.code == 1
    bar, error = outcome.err.rsplit(ERASE, 1)
    assert list_stages(bar)[-1] == (10, "drawing the papers")
    assert error.startswith("templates/exception-report.md.j2:1: ")


@pytest.mark.usefixtures("terminal")
def test_a_short_build_shows_no_bar(
    kpi: Kpi, council: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("merton_kpi.cli.terminal.time", SimpleNamespace(monotonic=Clock(0.1)))
    assert kpi("build", "--month", "2020-04").err == ""


@pytest.mark.usefixtures("terminal", "slow")
def test_a_quiet_build_shows_no_bar(kpi: Kpi, council: Path) -> None:
    assert kpi("build", "--month", "2020-04", "--quiet").err == ""


@pytest.mark.usefixtures("slow")
def test_a_pipe_gets_no_bar(kpi: Kpi, council: Path) -> None:
    assert kpi("build", "--month", "2020-04").err == ""


def measure_light(shade: int) -> float:
    """The relative luminance, by WCAG, of a colour of the 6 x 6 x 6 cube."""
    red, green, blue = (
        ((level / 255 + 0.055) / 1.055) ** 2.4
        for level in ((0, 95, 135, 175, 215, 255)[(shade - 16) // size % 6] for size in (36, 6, 1))
    )
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


@pytest.mark.parametrize("rating", [each for each in Rating if each.is_brag])
def test_black_on_a_ratings_colour_has_the_contrast_it_says(rating: Rating) -> None:
    assert rating.shade is not None
    assert (measure_light(rating.shade) + 0.05) / 0.05 >= 13


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_a_real_terminal_gets_colours_in_its_width() -> None:
    """The whole process, not only its functions."""
    printed = run_in_terminal(["show", "--month", "2020-11", "--rating", "red"], columns=60)
    lines = printed.splitlines()
    assert (
        "      \x1b[38;5;16;48;5;224mRed (Q1)\x1b[0m  41 weeks (Jun 2020)  at most 26 weeks"
        in lines
    )
    assert max(len(line) for line in lines if "\x1b" not in line) <= 60


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_issues_have_the_width_of_their_terminal_where_stdout_is_a_file(council: Path) -> None:
    """As in `kpi check >f`."""
    with (council / "out.txt").open("wb") as file:
        printed = run_in_terminal(["check"], columns=200, stdout=file, cwd=council)
    lines = printed.splitlines()
    assert lines
    assert all(line.startswith("indicators.yaml:") for line in lines)
    assert max(map(len, lines)) > 100


def run_in_terminal(
    arguments: list[str], *, columns: int, stdout: IO[bytes] | None = None, cwd: Path = ROOT
) -> str:
    """What `kpi` prints on a terminal of so many columns, to which stdout goes if it is None."""
    import fcntl
    import pty
    import struct
    import subprocess
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    kept = ("NO_COLOR", "COLUMNS")
    environment = {key: each for key, each in os.environ.items() if key not in kept}
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "merton_kpi", *arguments],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=stdout or theirs,
        stderr=theirs,
        env=environment | {"TERM": "xterm"},
    )
    os.close(theirs)
    printed = b""
    while time.monotonic() - began < 60:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # on Linux, the end of the output
            break
        if not piece:
            break
        printed += piece
    os.close(ours)
    assert process.wait(60) == 0
    return printed.decode("utf-8").replace("\r", "")


def test_a_text_of_several_lines_is_printed_on_one(capsys: pytest.CaptureFixture[str]) -> None:
    """A tab or a line end in a title would break the columns of the summary."""
    print_lines([Line.of("Calls\tanswered\r\nin\rtime  soon", lead="  1  ")])
    assert capsys.readouterr().out == "  1  Calls answered in time  soon\n"


def test_a_sign_that_cannot_be_seen_is_printed_by_its_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_lines([Line.of("data/\u202etxt.\u200bcsv")])
    assert capsys.readouterr().out == "data/<U+202E>txt.<U+200B>csv\n"
