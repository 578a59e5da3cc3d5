"""Councils with other hidden counts, whose papers should be the same to the byte."""

from __future__ import annotations

import io
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from disclosure.simulation.councils.months import APRIL, format_month
from disclosure.simulation.papers import build_scorecards, write_every_paper
from disclosure.simulation.reader.facts import PEOPLE, Reader
from disclosure.simulation.run import check_papers

from merton_kpi.cli.app import main
from merton_kpi.core.vocabulary import Edition
from merton_kpi.storage.templates import read_templates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure.simulation.councils.council import Council
    from disclosure.simulation.reader.facts import Unknown

    Papers = dict[tuple[int, str], bytes]

TEMPLATES = read_templates(Path(__file__).parents[3] / "templates", tuple(Edition))
MOST = 8  # small counts of a council that are tried
TRIES = 3  # other values of each


def check_twins(council: Council, folder: Path) -> Counter[str]:
    """How many small counts of a council have a twin: another council with the same papers.

    A twin has another value from 1 to below the threshold in the place of the small count.
    """
    _, verdicts = check_papers(council, build_scorecards(council, folder), TRIES)
    papers = build_papers(council, folder)
    found: Counter[str] = Counter(counts_with_twin=0, counts_without_twin=0)
    step = max(1, len(verdicts) // MOST)
    for verdict in verdicts[::step][:MOST]:
        if not verdict.witnesses:
            continue
        twins = (make_twin(council, each) for each in verdict.witnesses)
        is_same = any(build_papers(each, folder) == papers for each in twins)
        found["counts_with_twin" if is_same else "counts_without_twin"] += 1
    return found


def build_papers(council: Council, folder: Path) -> Papers:
    """Every paper of every month, but for the manifests, and what the commands print at the end."""
    cards = build_scorecards(council, folder)
    papers = {
        (month, name): content
        for month, card in cards.items()
        for name, content in write_every_paper(card, TEMPLATES).items()
    }
    files = ("--catalogue", str(folder / "indicators.yaml"), "--data", str(folder / "data"))
    month = ("--month", format_month(council.last))
    commands = [("show",), *(("explain", each.number) for each in council.entries)]
    if council.last > APRIL:
        commands.append(("changes", "--since", format_month(council.last - 1)))
    for command in commands:
        printed = run_command(*command, *month, *files)
        papers[council.last, " ".join(command)] = printed.encode()
    return papers


def run_command(*arguments: str) -> str:
    """What `kpi` prints on stdout; the problems on stderr are for officers only."""
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(io.StringIO()), suppress(SystemExit):
        main(list(arguments))
    return out.getvalue()


def make_twin(council: Council, numbers: Mapping[Unknown, int]) -> Council:
    """The council with other numbers; what it sends when, and what it corrects, is the same."""
    counts, corrections = dict(council.counts), dict(council.corrections)
    reader = Reader.of(council)
    for cell in {cell for cell, _ in numbers if cell[2] != PEOPLE}:
        months = reader.changes.get(cell, ())
        values = [
            numbers.get((cell, version), reader.find_truth((cell, version)))
            for version in range(len(months) + 1)
        ]
        counts[cell] = values[0]
        corrections[cell] = tuple(zip(months, values[1:], strict=True))
    people = {cell[0]: value for (cell, _), value in numbers.items() if cell[2] == PEOPLE}
    entries = tuple(
        replace(each, population=people.get(each.number, each.population))
        for each in council.entries
    )
    return replace(council, counts=counts, corrections=corrections, entries=entries)
