"""Merton's own papers, small catalogues, and what a command did."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from merton_kpi.core.issues import require
from merton_kpi.core.periods import Month
from merton_kpi.loading.catalogue_file import read_catalogue
from merton_kpi.loading.inputs import Inputs, read_inputs
from merton_kpi.scorecard.compose import compose_scorecard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.extracts.observations import Observation
    from merton_kpi.scorecard.records import Scorecard

ROOT = Path(__file__).parents[2]
DOCUMENTS = (
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")),
)
GOLDEN = ROOT / "tests" / "golden"
NOVEMBER = Month(2020, 11)

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


def read_merton(month: Month) -> Scorecard:
    """Merton's scorecard as at a month of 2020/21."""
    inputs = require(read_inputs(ROOT / "indicators.yaml", ROOT / "data", month))
    return require(compose_scorecard(inputs))


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
    inputs = Inputs(file="indicators.yaml", catalogue=catalogue, month=month, observations=given)
    return require(compose_scorecard(inputs))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did: its exit code, and what it printed on each stream."""

    code: int
    out: str
    err: str
