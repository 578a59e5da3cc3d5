"""What the tests share: Merton's own papers, small catalogues, and golden files."""

from __future__ import annotations

import os
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from merton_kpi.catalogue import read_catalogue
from merton_kpi.cli import main
from merton_kpi.inputs import Inputs, read_inputs
from merton_kpi.periods import Month
from merton_kpi.scoring import make_scorecard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from merton_kpi.model import Catalogue, Observation
    from merton_kpi.scorecard import Scorecard

# CI tries the same cases each time, so that a change fails for its own fault; a desk new ones.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

ROOT = Path(__file__).parent.parent
DOCUMENTS = (
    "README.md",
    "CHANGELOG.md",
    *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md"))),
)
GOLDEN = Path(__file__).parent / "golden"
NOVEMBER = Month(2020, 11)

Kpi = "Callable[..., Outcome]"

HEAD = """\
authority: Anyborough Council
short_name: Anyborough
panel: Services Panel
financial_year: 2020/21
lead_officer: Director of Services
lead_member: Cabinet Member for Services
contact_officer: Head of Performance
benchmark_areas: [England, London]
bands:
  percent: {amber: {percentage_points: 1}}
  other: {amber: {percent_of_target: 5}}
"""


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


def read_merton(month: Month) -> Scorecard:
    """Merton's scorecard as at a month of 2020/21."""
    inputs = read_inputs(ROOT / "indicators.yaml", ROOT / "data", month)
    return make_scorecard(inputs)


@pytest.fixture(scope="session")
def november() -> Scorecard:
    return read_merton(NOVEMBER)


def make_catalogue(indicators: str, head: str = HEAD) -> Catalogue:
    """A catalogue of one section from its indicators' YAML, each beginning with `- number:`."""
    text = head + "sections:\n  - title: Services\n    indicators:\n"
    text += textwrap.indent(textwrap.dedent(indicators), " " * 6)
    catalogue, issues = read_catalogue(text, "indicators.yaml")
    assert catalogue is not None, [str(issue) for issue in issues]
    return catalogue


def score(catalogue: Catalogue, observations: Iterable[Observation], month: Month) -> Scorecard:
    """The scorecard of a catalogue and observations that no file was read for."""
    given = tuple(observations)
    return make_scorecard(
        Inputs(file="indicators.yaml", catalogue=catalogue, month=month, observations=given)
    )


class Outcome:
    """What a command did: its exit code, and what it printed on each stream."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


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
