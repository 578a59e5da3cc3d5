"""What cron mails: nothing after a good month, and one mail where last month's file came again.

cron starts a command with /bin/sh and, where it prints anything, hands that to sendmail.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.councils import HEAD, ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="cron is not on Windows")

MEETING = "meetings:\n  - {date: 2099-01-13, data_to: 2020-05}\n"
NUMBERS = range(1, 13)
ENTRY = """\
      - number: "{0}"
        title: Requests of kind {0}
        unit: number
        frequency: monthly
        target: {{at_most: 900}}
        owner: Head of Contact
"""
PAGE = (ROOT / "docs/how-to/run-unattended.md").read_text(encoding="utf-8")
((RECIPIENT, COMMAND),) = re.findall(r"^MAILTO=(\S+)\n0 6 \* \* 1-5  (.*)$", PAGE, re.MULTILINE)


def write_extract(month: str, figures: dict[int, int]) -> None:
    rows = (f"{number},{figure}\n" for number, figure in figures.items())
    Path(f"data/{month}.csv").write_text("indicator,value\n" + "".join(rows), encoding="utf-8")


@pytest.fixture
def panel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A panel's folder with April's extract, and a sendmail that keeps each mail in a file."""
    monkeypatch.chdir(tmp_path)
    entries = "".join(map(ENTRY.format, NUMBERS))
    sections = f"sections:\n  - title: Services\n    indicators:\n{entries}"
    Path("indicators.yaml").write_text(HEAD + MEETING + sections, encoding="utf-8")
    Path("data").mkdir()
    write_extract("2020-04", {number: 400 + 7 * number for number in NUMBERS})
    Path("mails").mkdir()
    sendmail = Path("sendmail")
    sendmail.write_text(f'#!/bin/sh\ncat >"$(mktemp {tmp_path}/mails/XXXXXX)"\n', encoding="utf-8")
    sendmail.chmod(0o755)
    return tmp_path


def run_cron(panel: Path) -> list[str]:
    """Run the page's line once as cron does; returns each mail that is there after it."""
    kpi = Path(sys.executable).with_name("kpi")
    command = COMMAND.replace("/srv/panel/venv/bin/kpi", str(kpi)).replace("/srv/panel", str(panel))
    ran = subprocess.run(
        ["/bin/sh", "-c", command],
        env={"HOME": str(panel), "PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if ran.stdout:
        mail = f"To: {RECIPIENT}\nSubject: Cron {command}\n\n{ran.stdout}"
        subprocess.run([panel / "sendmail", "-t"], input=mail, text=True, check=True)
    return [path.read_text(encoding="utf-8") for path in (panel / "mails").iterdir()]


def test_a_good_month_sends_no_mail(panel: Path) -> None:
    write_extract("2020-05", {number: 405 + 7 * number + number % 3 for number in NUMBERS})
    assert run_cron(panel) == []
    assert (panel / "output/performance-index-2020-05.xlsx").is_file()


@pytest.mark.parametrize("changed", [{}, {3: 433}], ids=["whole", "but for one figure"])
def test_last_months_file_sent_again_is_one_mail_with_one_sentence(
    changed: dict[int, int], panel: Path
) -> None:
    write_extract("2020-05", {number: 400 + 7 * number for number in NUMBERS} | changed)
    (mail,) = run_cron(panel)
    head, _, body = mail.partition("\n\n")
    assert head.startswith("To: performance@anyborough.example\n")
    (sentence,) = body.splitlines()
    assert sentence.startswith("data/2020-05.csv:2: warning: ")
    assert "it may be last month's file" in sentence


def test_many_warnings_are_one_mail_with_a_line_for_each_kind(panel: Path) -> None:
    """Among them last month's file, by its name."""
    figures = {number: 400 + 7 * number for number in NUMBERS if number < 8}
    write_extract("2020-05", figures)
    (mail,) = run_cron(panel)
    assert mail.partition("\n\n")[2].splitlines() == [
        "6 warnings (`kpi check --data data --month 2020-05` lists them all):",
        "  1 extract that may be last month's (data/2020-05.csv)",
        "  5 indicators with figures due and missing (no. 8, 9, 10, 11 and 12)",
    ]


def test_a_month_without_its_extract_is_one_mail(panel: Path) -> None:
    (mail,) = run_cron(panel)
    assert "there is no extract for May 2020" in mail
