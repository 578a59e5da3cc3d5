"""`kpi check` prints each fault once, in each of its three formats."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from helpers.catalogues import ONE
from helpers.councils import HEAD, ROOT, Outcome

from merton_kpi.catalogue.reading.yaml_reader import read_yaml
from merton_kpi.cli.check import format_issues
from merton_kpi.cli.options import IssueFormat
from merton_kpi.core.issues import Issue, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    Kpi = Callable[..., Outcome]

FAULTY = Path(__file__).parent / "faulty"
TWELVE = [
    *("7:1", "10:12", "20:20", "21:28", "23:18", "25:17"),
    *("29:18", "32:17", "36:9", "38:17", "43:17", "49:33"),
]


def test_twelve_faults_are_twelve_lines_with_their_places(
    kpi: Kpi, monkeypatch: pytest.MonkeyPatch, golden: Callable[[str, str], None]
) -> None:
    monkeypatch.chdir(FAULTY)
    done = kpi("check")
    assert (done.code, done.out) == (1, "The check fails: 12 errors\n")
    places = [":".join(line.split(":")[1:3]) for line in done.err.splitlines()]
    assert places == TWELVE
    golden("check-faults.txt", done.err)


def test_twelve_faults_are_twelve_lines_of_json(
    kpi: Kpi, monkeypatch: pytest.MonkeyPatch, golden: Callable[[str, str], None]
) -> None:
    monkeypatch.chdir(FAULTY)
    done = kpi("check", "--format", "json")
    assert (done.code, done.err, done.out.count("\n")) == (1, "", 12)
    issues = json.loads(done.out)
    assert [f"{issue['line']}:{issue['column']}" for issue in issues] == TWELVE
    for issue, line in zip(issues, kpi("check").err.splitlines(), strict=True):
        words = (issue["severity"], issue["subject"], issue["message"])
        place = f"{issue['file']}:{issue['line']}:{issue['column']}"
        assert line == ": ".join(filter(None, (place, *words)))
    golden("check-faults.json", done.out)


def test_twelve_faults_are_twelve_annotations_on_github(
    kpi: Kpi, monkeypatch: pytest.MonkeyPatch, golden: Callable[[str, str], None]
) -> None:
    monkeypatch.chdir(FAULTY)
    done = kpi("check", "--format", "github")
    assert (done.code, done.err, done.out.count("\n")) == (1, "", 12)
    found = re.findall(r"^::error file=indicators.yaml,line=(\d+),col=(\d+),", done.out, re.M)
    assert [":".join(place) for place in found] == TWELVE
    golden("check-faults.github.txt", done.out)


def test_merton_is_sound_in_each_format(kpi: Kpi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = kpi("check", "--data", "data")
    warnings = len(text.err.splitlines())
    assert text.out == (
        f"indicators.yaml: 39 indicators, no faults, {warnings} warnings\n"
        "data: 185 rows in 8 extracts, all used\n"
    )
    done = kpi("check", "--data", "data", "--format", "json")
    assert (done.code, done.err, len(json.loads(done.out))) == (0, "", warnings)
    done = kpi("check", "--data", "data", "--format", "github")
    assert (done.code, done.err, done.out.count("::warning file=")) == (0, "", warnings)


def test_no_issues_are_an_empty_array_and_no_annotation(kpi: Kpi, council: Path) -> None:
    (council / "indicators.yaml").write_text(HEAD + ONE, encoding="utf-8")
    done = kpi("check", "--strict")
    assert (done.code, done.out.splitlines()[0]) == (
        0,
        "indicators.yaml: 1 indicator, no faults, 0 warnings",
    )
    done = kpi("check", "--strict", "--format", "json")
    assert (done.code, done.out, done.err) == (0, "[]\n", "")
    done = kpi("check", "--strict", "--format", "github")
    assert (done.code, done.out, done.err) == (0, "", "")


def test_a_file_that_is_not_there_is_an_issue_in_each_format(
    kpi: Kpi, council: Path, messages: Callable[..., None]
) -> None:
    (council / "indicators.yaml").unlink()
    done = kpi("check", "--format", "json")
    assert done.code == 1
    (issue,) = json.loads(done.out)
    message = issue.pop("message")
    assert issue == {
        "severity": "error",
        "code": "missing_file",
        "file": "indicators.yaml",
        "line": None,
        "column": None,
        "subject": "",
    }
    assert kpi("check", "--format", "github").out == (
        f"::error file=indicators.yaml,title=kpi check::{message}\n"
    )
    messages(message)


def test_strict_fails_for_warnings_and_says_so(kpi: Kpi, council: Path) -> None:
    assert kpi("check").code == 0
    done = kpi("check", "--strict")
    assert done.code == 1
    assert done.out == (
        "indicators.yaml: 2 indicators, no faults, 3 warnings\n"
        "No extracts were checked; to check them too, add --data data\n"
        "The check fails: --strict does not allow warnings\n"
    )
    assert kpi("check", "--strict", "--format", "github").code == 1
    assert kpi("check", "--strict", "--format", "json").code == 1


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (["check", "--format", "xml"], "use one of text, json, github"),
        (["due", "--format", "excel"], "use one of text, csv, markdown"),
        (["explain", "1", "--format", "jsno"], "did you mean 'json'?"),
    ],
    ids=["check", "due", "explain"],
)
def test_an_unknown_format_is_wrong_usage(
    arguments: list[str], advice: str, kpi: Kpi, council: Path, messages: Callable[..., None]
) -> None:
    done = kpi(*arguments)
    assert (done.code, done.out) == (2, "")
    _, error = done.err.split("\n\nError: ")
    assert error.startswith("Invalid value for '--format': ")
    assert error.endswith(f"; {advice}\n")
    messages(error)


def test_an_issue_is_one_command_to_github_whatever_signs_it_has() -> None:
    """Line ends, commas, colons and per cent signs are written as GitHub's escapes."""
    place = Place(file="a,b:c%.yaml", line=3, column=5)
    issue = Issue(code="x", place=place, subject="indicator 1,\n2", message="50%: a, b\r\nc")
    assert format_issues([issue], IssueFormat.GITHUB) == (
        "::error file=a%2Cb%3Ac%25.yaml,line=3,col=5,title=indicator 1%2C%0A2::50%25: a, b%0D%0Ac\n"
    )


def test_json_keeps_an_issue_on_one_line() -> None:
    place = Place(file="é.yaml")
    issue = Issue(severity=Severity.WARNING, code="x", place=place, message='a\n"b"')
    text = format_issues([issue, issue], IssueFormat.JSON)
    assert text.count("\n") == 2
    assert "é.yaml" in text
    assert json.loads(text)[1]["message"] == 'a\n"b"'


def test_only_check_warns_of_a_missing_rationale(kpi: Kpi, council: Path) -> None:
    assert "rationale" in kpi("check", "--data", "data").err
    assert "rationale" not in kpi("build", "--month", "2020-04").err


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command from a workflow or a hook, as that program would."""
    scripts = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    return subprocess.run(
        shlex.split(command),
        cwd=folder,
        env=os.environ | {"PATH": scripts},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_pre_commit_hook_runs_on_the_catalogue_alone() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert (hook["id"], hook["language"], hook["pass_filenames"]) == ("kpi-check", "python", False)
    assert [bool(re.search(hook["files"], name)) for name in ("indicators.yaml", "a.yaml")] == [
        True,
        False,
    ]
    assert run(hook["entry"], ROOT).returncode == 0
    assert run(hook["entry"], FAULTY).returncode == 1


def test_the_workflow_checks_pull_requests() -> None:
    text = (ROOT / "docs/examples/check-definitions.yml").read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["on"]["pull_request"]["paths"] == ["indicators.yaml", "data/**"]
    assert not read_yaml(text, "f").issues  # none of YAML's traps, such as an unquoted on
    steps = [step["run"] for step in workflow["jobs"]["check"]["steps"] if "run" in step]
    assert steps == ["pip install .", "kpi check --data data --format github"]
    done = run(steps[1], ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    assert all(line.startswith("::warning file=") for line in done.stdout.splitlines())
    assert run(steps[1].replace(" --data data", ""), FAULTY).stdout.startswith("::error file=")
