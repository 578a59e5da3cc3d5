"""The results as docs/performance.md; the words around them are in page.md and remarks.md."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from machine import Interpreter
    from measuring import Comparison

STRAIGHT = "straight openpyxl"
_HERE = Path(__file__).parent
_SHOWN = ("seconds", "MiB")
_COMPARED = ("indicators", "command", *_SHOWN, "beside", *_SHOWN, "ratio", "quartiles")
_TRIAL = "\nA quick trial: too few runs for its figures to be relied on.\n"


@dataclass(frozen=True, kw_only=True)
class Steps:
    """Each step of a build of so many indicators, and each paper alone: seconds and bytes."""

    size: int
    taken: dict[str, tuple[float, int | None]]
    alone: dict[str, tuple[float, int | None]]

    def __str__(self) -> str:
        printed = ", ".join(f"{name} {seconds:.3g} s" for name, (seconds, _) in self.taken.items())
        return f"{self.size:6,}  {printed}"

    @property
    def seconds(self) -> float:
        return sum(seconds for seconds, _ in self.taken.values())


@dataclass(frozen=True, kw_only=True)
class Results:
    """All that the page shows."""

    machine: str
    kpi: Interpreter
    gptables: Interpreter | None
    floor: str
    comparisons: Sequence[Comparison]
    steps: Sequence[Steps]
    is_trial: bool


def write_page(results: Results) -> str:
    """The whole page, as Markdown."""
    words = Template((_HERE / "page.md").read_text(encoding="utf-8"))
    return words.substitute(
        trial=_TRIAL if results.is_trial else "",
        claims=_format_table(("", "at most", "is", "holds"), _list_claims(results)),
        remarks=(_HERE / "remarks.md").read_text(encoding="utf-8").strip(),
        comparisons=_format_table(
            _COMPARED,
            map(_format_comparison, results.comparisons),
        ),
        floor=results.floor,
        steps=_format_table(
            ("", *(f"{each.size:,} indicators: ms | MiB" for each in results.steps)),
            _list_steps(results.steps),
        ),
        machine=results.machine,
        kpi=results.kpi,
        gptables=results.gptables or "not measured",
    )


def _format_table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; a header may head two columns."""
    first, *others = (f"| {' | '.join(cells)} |" for cells in (header, *rows))
    rule = "| --- " * (first.count("|") - 1) + "|"
    return "\n".join((first, rule, *others))


def _list_claims(results: Results) -> Iterator[tuple[str, ...]]:
    """Each ratio that has a limit, of what was measured."""
    for each in results.comparisons:
        if each.most is not None:
            words = f"seconds of {each.names[0]} beside {each.names[1]}, {each.size:,} indicators"
            yield _format_claim(words, each.ratios[1], each.most)
    last = [each for each in results.comparisons if each.names[1] == STRAIGHT][-1]
    build, straight = last.peaks
    if build and straight:
        words = f"memory of {last.names[0]} beside {STRAIGHT}, {last.size:,} indicators"
        yield _format_claim(words, build / straight, 1.3)
    fewer, more = results.steps[-2:]
    words = f"seconds an indicator when building {more.size:,} beside {fewer.size:,}"
    yield _format_claim(words, (more.seconds / more.size) / (fewer.seconds / fewer.size), 1.1)


def _format_claim(words: str, ratio: float, most: float) -> tuple[str, ...]:
    holds = round(ratio, 2) <= most  # as printed
    return words, f"{most:g}", f"{ratio:.2f}", "yes" if holds else "no"


def _format_comparison(comparison: Comparison) -> Iterator[str]:
    yield f"{comparison.size:,}"
    for name, seconds, peak in zip(
        comparison.names, comparison.seconds, comparison.peaks, strict=True
    ):
        yield from (name, f"{seconds:#.3g}", _format_bytes(peak))
    low, ratio, high = comparison.ratios
    yield from (f"{ratio:.2f}", f"{low:.2f} to {high:.2f}")


def _list_steps(sizes: Sequence[Steps]) -> Iterator[list[str]]:
    """A row for each step, with two cells for each size."""
    for name in sizes[0].taken:
        cells = (_format_step(each.size, *each.taken[name]) for each in sizes)
        yield [name, *chain.from_iterable(cells)]
    cells = (_format_step(each.size, each.seconds, None) for each in sizes)
    yield ["all", *chain.from_iterable(cells)]
    for name in sizes[0].alone:
        cells = (_format_step(each.size, *each.alone[name]) for each in sizes)
        yield [f"`{name}` alone", *chain.from_iterable(cells)]


def _format_step(size: int, seconds: float, peak: int | None) -> tuple[str, str]:
    milliseconds = seconds * 1_000_000 / size
    return f"{milliseconds:,.0f}", _format_bytes(None if peak is None else peak * 1_000 // size)


def _format_bytes(count: int | None) -> str:
    """In MiB; "-" where the system does not tell."""
    return "-" if count is None else f"{count / 2**20:,.0f}"
