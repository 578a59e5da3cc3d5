"""No small number of made-up councils' earlier years follows from the next year's papers.

Each council's year is read as history by the same catalogue of the year after.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from disclosure.simulation.councils.council import Council, Kind, Quantities
from disclosure.simulation.councils.generate import generate_council
from disclosure.simulation.councils.months import APRIL, MARCH, YEAR
from disclosure.simulation.councils.write import COLUMNS, write_catalogue, write_extracts
from disclosure.simulation.papers import write_every_paper
from disclosure.simulation.twins import TEMPLATES, run_command

from merton_kpi.catalogue.relations.groups import list_groups
from merton_kpi.core.issues import require
from merton_kpi.core.periods import FinancialYear
from merton_kpi.loading.inputs import Inputs, read_inputs
from merton_kpi.scorecard.compose import compose_scorecard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEXT_YEAR = FinancialYear.read(YEAR).add_years(1)
AS_AT = NEXT_YEAR.months[0]


def write_next_year(council: Council, folder: Path) -> None:
    """The catalogue of the next year, the council's extracts, and one of the next April."""
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    text = write_catalogue(council).replace(
        f"financial_year: {YEAR}", f"financial_year: {NEXT_YEAR}"
    )
    (folder / "indicators.yaml").write_text(text, encoding="utf-8")
    for name, rows in write_extracts(council).items():
        (data / name).write_text(rows, encoding="utf-8")
    own = [each.number for each in council.entries if each.kind is Kind.COUNT]
    rows = "".join(f"{number},{AS_AT},200,,,,\n" for number in own)
    (data / f"{AS_AT}.csv").write_text(COLUMNS + rows, encoding="utf-8")


def read(council: Council, folder: Path) -> Inputs:
    write_next_year(council, folder)
    return require(read_inputs(folder / "indicators.yaml", folder / "data", AS_AT))


def list_small_figures(council: Council, number: str) -> Iterator[tuple[int, int]]:
    """An indicator's months of the year that have a small count, and the true count.

    Of running totals, what a month adds is one, where the totals before and after it were sent.
    """
    quantities, entry = Quantities(council), council.select(number)
    for (sent, month), _ in council.sent.items():
        if sent != number or not APRIL <= month <= MARCH or (sent, month) in council.statuses:
            continue
        parts = quantities.list_parts(number, month)
        counts = [council.add(cells, council.last) for cells in parts.values()]
        if "d" in parts:
            counts.append(counts[1] - counts[0])
        before = max((each for each in quantities.list_months(entry, month)[:-1]), default=None)
        is_step_known = before is None or (number, before) in council.sent
        if entry.kind is Kind.TOTAL and is_step_known and (number, before) not in council.statuses:
            counts.append(council.count_as_at((number, month, "in"), council.last))
        yield from ((month, each) for each in counts if 0 < each < entry.below)


@pytest.mark.parametrize("seed", range(40))
def test_a_year_with_a_small_count_shows_no_figure_of_its_group(seed: int, tmp_path: Path) -> None:
    council = generate_council(f"earlier-{seed}")
    inputs = read(council, tmp_path)
    indicators = {each.number: each for each in inputs.catalogue.indicators}
    figures = inputs.earlier.history.figures
    for group in list_groups(indicators):
        if any(any(list_small_figures(council, number)) for number in group):
            shown = [
                each
                for number in group
                if number in figures
                for each in (*figures[number].given.values(), *figures[number].rated.values())
                if each.value is not None or each.parts
            ]
            assert not shown, group


def test_years_without_small_counts_are_shown(tmp_path: Path) -> None:
    """Otherwise the other tests would hold for a program that shows nothing."""
    shown = 0
    for seed in range(40):
        council = generate_council(f"earlier-{seed}")
        counts = {cell: value + 50 for cell, value in council.counts.items()}
        history = read(replace(council, counts=counts), tmp_path / str(seed)).earlier.history
        shown += sum(
            each.value is not None
            for figures in history.figures.values()
            for each in figures.given.values()
        )
    assert shown > 100


def make_twins(council: Council) -> Iterator[Council]:
    """The council with another small value in the place of one of its small counts."""
    for (number, month, part), value in council.counts.items():
        entry = council.select(number)
        is_sent = (number, month) in council.sent and not council.corrections
        if entry.kind is Kind.COUNT and part == "in" and is_sent and 0 < value < entry.below:
            other = value % (entry.below - 1) + 1
            yield replace(council, counts={**council.counts, (number, month, part): other})


def build_next_year(council: Council, folder: Path) -> dict[str, bytes]:
    """The papers of the next April, and what the commands print."""
    card = require(compose_scorecard(read(council, folder)))
    papers = write_every_paper(card, TEMPLATES)
    files = ("--catalogue", str(folder / "indicators.yaml"), "--data", str(folder / "data"))
    for each in council.entries:
        command = ("explain", each.number, "--format", "json", "--month", str(AS_AT))
        papers[" ".join(command)] = run_command(*command, *files).encode()
    return papers


def test_another_small_count_of_an_earlier_year_prints_the_same_papers(tmp_path: Path) -> None:
    tried = 0
    for seed in range(60):
        council = replace(generate_council(f"twins-{seed}"), corrections={}, resent={})
        twins = list(make_twins(council))[:2]
        if twins and tried < 4:
            papers = build_next_year(council, tmp_path)
            assert any(b"signal" in each for each in papers.values())
            for twin in twins:
                tried += 1
                assert build_next_year(twin, tmp_path) == papers
    assert tried >= 4
