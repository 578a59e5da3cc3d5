"""The papers of a made-up council, by the tool's public entry points and from files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from disclosure.simulation.councils.months import APRIL
from disclosure.simulation.councils.write import write_catalogue, write_extracts

from merton_kpi.core.issues import require
from merton_kpi.core.periods import Month
from merton_kpi.core.vocabulary import Edition
from merton_kpi.loading.inputs import read_inputs
from merton_kpi.papers.build import write_papers
from merton_kpi.scorecard.compose import compose_scorecard

if TYPE_CHECKING:
    from pathlib import Path

    from disclosure.simulation.councils.council import Council

    from merton_kpi.scorecard.records import Scorecard
    from merton_kpi.storage.templates import Templates


def write_council(council: Council, folder: Path) -> None:
    """Write the catalogue and the extracts as files."""
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    for old in data.iterdir():
        old.unlink()
    (folder / "indicators.yaml").write_text(write_catalogue(council), encoding="utf-8")
    for name, text in write_extracts(council).items():
        (data / name).write_text(text, encoding="utf-8")


def build_scorecards(council: Council, folder: Path) -> dict[int, Scorecard]:
    """The scorecard of every month's papers in turn, from what was known by then."""
    write_council(council, folder)
    found = {}
    for month in range(APRIL, council.last + 1):
        as_at = Month(month // 12, month % 12 + 1)
        inputs = require(read_inputs(folder / "indicators.yaml", folder / "data", as_at))
        found[month] = require(compose_scorecard(inputs))
    return found


def write_every_paper(card: Scorecard, templates: Templates) -> dict[str, bytes]:
    """Each paper's bytes by its name, but for the manifest.

    The scorecard's sources are left out: they have the hashes of the extracts, which differ
    wherever a hidden count does.
    """
    papers = write_papers(replace(card, sources=()), tuple(Edition), templates, None)
    return {name: content for name, content in papers.items() if not name.startswith("manifest")}
