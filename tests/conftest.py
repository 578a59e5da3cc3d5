"""What all tests share: fixtures, and the switch that rewrites golden files."""

from __future__ import annotations

import os
import textwrap
from typing import TYPE_CHECKING

import pytest
from helpers.councils import GOLDEN, HEAD, NOVEMBER, Outcome, read_merton
from helpers.messages import format_heading, format_sentence, read_list, write_list
from hypothesis import settings

from merton_kpi.cli.app import main
from merton_kpi.core.findings import WARNING_WORDS
from merton_kpi.core.issues import Issue, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from merton_kpi.scorecard.records import Scorecard

# CI always tries the same cases, so that a change fails only for its own fault, and without a time
# limit, since CI may be slow. Other runs try new cases.
settings.register_profile("ci", derandomize=True, deadline=None)
# For a second run of the same tests, on another Python or with other versions of the dependencies.
settings.register_profile("again", derandomize=True, deadline=None, max_examples=15)
if os.environ.get("CI"):
    settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a golden file, or rewrite the file with --update-golden."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def messages(request: pytest.FixtureRequest) -> Iterator[Callable[..., None]]:
    """Compare the sentences of issues, or plain sentences, with the golden list of messages.

    Called with one or several of them, or an iterable; all of a test's stand under its heading.
    The kind of each warning must be among those that a build counts in words.
    """
    heading = format_heading(request.node.nodeid)
    sentences: list[str] = []

    def add(*found: Issue | str | Iterable[Issue | str]) -> None:
        for each in found:
            several = [each] if isinstance(each, (Issue, str)) else list(each)
            sentences.extend(map(format_sentence, several))
            warnings = {
                issue.code
                for issue in several
                if isinstance(issue, Issue) and issue.severity is Severity.WARNING
            }
            assert warnings <= WARNING_WORDS.keys()

    yield add
    sections = read_list()
    if request.config.getoption("--update-golden"):
        sections[heading] = sentences
        write_list(sections)
    assert sentences == sections.get(heading)


@pytest.fixture(scope="session")
def november() -> Scorecard:
    return read_merton(NOVEMBER)


@pytest.fixture
def kpi(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Run `kpi` with these arguments, as a terminal would."""

    def run(*arguments: object) -> Outcome:
        with pytest.raises(SystemExit) as stop:
            main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        code = stop.value.code
        return Outcome(code if isinstance(code, int) else int(bool(code)), *printed)

    return run


@pytest.fixture
def council(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a small council's catalogue and one extract."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "indicators.yaml").write_text(
        HEAD
        + textwrap.dedent("""\
        sections:
          - title: Services
            indicators:
              - number: "1"
                title: Calls answered in time
                unit: percent
                frequency: monthly
                target: {at_least: 90}
                owner: Head of Contact
              - number: "2"
                title: Days to reply
                unit: number
                frequency: quarterly
                target: {at_most: 10}
        """),
        encoding="utf-8",
    )
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "2020-04.csv").write_text("indicator,value\n1,93\n", encoding="utf-8")
    return tmp_path
