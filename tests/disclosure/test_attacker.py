"""The simulated reader finds each leak of the table on small numbers, and no other.

The papers here do not depend on the tool's own suppression: they are built without it, and then the
figures that a case names are hidden.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest
from disclosure.simulation.councils.council import OUTTURN, OWN_YEAR, Council, Entry, Kind
from disclosure.simulation.councils.months import APRIL, LAST_YEAR
from disclosure.simulation.papers import build_scorecards
from disclosure.simulation.reader.audit import Outcome
from disclosure.simulation.run import check_papers

from merton_kpi.core.statuses import Shorthand

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from disclosure.simulation.councils.council import Cell

    from merton_kpi.scorecard.cells import Cell as PrintedCell
    from merton_kpi.scorecard.records import Row, Scorecard

NAMES = ("Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar")
MONTHS = {name: APRIL + index for index, name in enumerate(NAMES)}
MONTHS |= {"year": OWN_YEAR, "outturn": OUTTURN}


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A council with figures that are hidden, and what is asked about one of its counts.

    `counts` are the counts of an indicator's months, `1 Apr 6/2` those in and out of April's. What
    the council sends late is in `late`, with the month in which it comes. `hidden` are figures that
    no paper prints; where one of these is hidden too, `safe_with`, the count is safe.
    """

    entries: tuple[Entry, ...]
    counts: str
    hidden: str
    leaks: str
    safe_with: str
    late: Mapping[str, str] = field(default_factory=dict)
    last: str = "Jun"


def read_counts(text: str) -> dict[Cell, int]:
    found: dict[Cell, int] = {}
    for each in text.split(", "):
        number, month, parts = each.split()
        inside, _, outside = parts.partition("/")
        found[number, MONTHS[month], "in"] = int(inside)
        found[number, MONTHS[month], "out"] = int(outside or 0)
    return found


def read_figures(text: str) -> set[tuple[str, int]]:
    pairs = (each.split() for each in text.split(", ") if each)
    return {(number, MONTHS[month]) for number, month in pairs}


def make_council(case: Case) -> Council:
    """The council of a case, which sends each figure in its month or when it is late."""
    last = MONTHS[case.last]
    late = {(*key.split(),): MONTHS[month] for key, month in case.late.items()}
    sent = {
        (entry.number, month): late.get((entry.number, name), month)
        for entry in case.entries
        for name, month in MONTHS.items()
        if APRIL <= month <= last and entry.ends_period(month)
    }
    if last == MONTHS["Mar"]:
        sent |= {(each.number, OWN_YEAR): last for each in case.entries if each.sends == "v"}
    return Council(entries=case.entries, last=last, counts=read_counts(case.counts), sent=sent)


def hide(row: Row, figures: set[tuple[str, int]]) -> Row:
    """A row of the index without these figures, and without the words that compare them."""
    months = [
        hide_cell(cell) if (row.number, APRIL + index) in figures else cell
        for index, cell in enumerate(row.months)
    ]
    outturns, year = row.outturns, row.year_figure
    if (row.number, OUTTURN) in figures:
        outturns = tuple(map(hide_cell, outturns))
    if year and (row.number, OWN_YEAR) in figures:
        year = hide_cell(year)
    return replace(
        row,
        months=tuple(months),
        totals=() if any(number == row.number for number, _ in figures) else row.totals,
        outturns=outturns,
        year_figure=year,
        period_on_period="",
        year_on_year="",
    )


def hide_cell(cell: PrintedCell) -> PrintedCell:
    return replace(cell, value=None, words="", details="", shorthand=Shorthand.CONFIDENTIAL)


def check(case: Case, hidden: set[tuple[str, int]], folder: Path) -> list[str]:
    """What leaks: the indicator's number, the month and the count's kind."""
    council = make_council(case)
    open_entries = tuple(replace(each, below=0) for each in council.entries)
    cards: dict[int, Scorecard] = {
        month: replace(card, rows=tuple(hide(row, hidden) for row in card.rows))
        for month, card in build_scorecards(replace(council, entries=open_entries), folder).items()
    }
    _, verdicts = check_papers(council, cards)
    names = {month: name for name, month in MONTHS.items()}
    assert not any(each.outcome is Outcome.UNDECIDED for each in verdicts)
    return [
        f"{each.small.number} {names[each.small.period]} {each.small.what}"
        for each in verdicts
        if each.outcome is Outcome.LEAKED
    ]


COUNT = Entry(number="1", kind=Kind.COUNT, below=5)
OTHER = replace(COUNT, number="2")
TOTAL = Entry(number="1", kind=Kind.TOTAL, first=4, below=5)
RATE = Entry(
    number="2",
    kind=Kind.RATE,
    of=("1",),
    per=10_000,
    decimals=1,
    population=47_000,
    is_population_public=True,
)
PERCENT = Entry(number="1", kind=Kind.PERCENT, below=5, sends="nd")
SUM = Entry(number="3", kind=Kind.SUM, of=("1", "2"))
CASES = {
    "running totals on both sides of a hidden one": Case(
        entries=(TOTAL,),
        counts="1 Apr 6, 1 May 3, 1 Jun 0",
        hidden="",
        leaks="1 May step of the count",
        safe_with="1 May, 1 Jun",
    ),
    "a running total that comes late": Case(
        entries=(TOTAL,),
        counts="1 Apr 6, 1 May 3, 1 Jun 9",
        late={"1 Apr": "Jun"},
        hidden="",
        leaks="1 May step of the count",
        safe_with="1 Apr",
    ),
    "a running denominator": Case(
        entries=(Entry(number="1", kind=Kind.TO_DATE, first=4, below=5, sends="nd", decimals=1),),
        counts="1 Apr 18/22, 1 May 0/2, 1 Jun 9/9",
        hidden="",
        leaks="1 May step of the denominator",
        safe_with="1 May, 1 Jun",
    ),
    "an academic year's outturn": Case(
        entries=(replace(TOTAL, first=9, outturn=LAST_YEAR),),
        counts="1 Apr 20, 1 May 5, 1 Jun 5, 1 Jul 0, 1 Aug 3",
        hidden="1 Aug",
        last="Aug",
        leaks="1 Aug step of the count",
        safe_with="1 outturn",
    ),
    "a month's count and the running total of another row": Case(
        entries=(COUNT, Entry(number="2", kind=Kind.RUNNING, of=("1",), first=4)),
        counts="1 Apr 6, 1 May 3, 1 Jun 7",
        hidden="1 May, 2 May",
        leaks="1 May count",
        safe_with="2 Jun",
    ),
    "a sum and its other part": Case(
        entries=(COUNT, replace(OTHER, below=0), SUM),
        counts="1 Apr 3, 2 Apr 8",
        hidden="1 Apr",
        last="Apr",
        leaks="1 Apr count",
        safe_with="2 Apr",
    ),
    "a rate of a hidden count": Case(
        entries=(COUNT, RATE),
        counts="1 Apr 3",
        hidden="1 Apr",
        last="Apr",
        leaks="1 Apr count",
        safe_with="2 Apr",
    ),
    "a rate in another month than its count": Case(
        entries=(COUNT, replace(RATE, arrears=2)),
        counts="1 Apr 3, 1 May 9, 1 Jun 9",
        hidden="1 Apr",
        leaks="1 Apr count",
        safe_with="2 Apr",
    ),
    "a rate of unknown people, which other months' rates tell": Case(
        entries=(COUNT, replace(RATE, is_population_public=False)),
        counts="1 Apr 30, 1 May 3, 1 Jun 90",
        hidden="1 May",
        leaks="1 May count",
        safe_with="2 May",
    ),
    "a rate flagged alone": Case(
        entries=(replace(COUNT, below=0), replace(RATE, below=5)),
        counts="1 Apr 3",
        hidden="1 Apr",
        last="Apr",
        leaks="2 Apr numerator in another row",
        safe_with="2 Apr",
    ),
    "a rate of an outturn": Case(
        entries=(replace(COUNT, outturn=LAST_YEAR), replace(RATE, outturn=LAST_YEAR)),
        counts="1 Apr 9, 1 outturn 3",
        hidden="1 outturn",
        last="Apr",
        leaks="1 outturn count",
        safe_with="2 outturn",
    ),
    "a percentage of another row's count": Case(
        entries=(
            COUNT,
            Entry(number="2", kind=Kind.COUNT, contains="1"),
            Entry(number="3", kind=Kind.SHARE, of=("1", "2")),
        ),
        counts="1 Apr 3, 2 Apr 37",
        hidden="1 Apr",
        last="Apr",
        leaks="1 Apr count",
        safe_with="3 Apr",
    ),
    "a complement": Case(
        entries=(PERCENT,),
        counts="1 Apr 98/2",
        hidden="",
        last="Apr",
        leaks="1 Apr rest",
        safe_with="1 Apr",
    ),
    "a numerator without a denominator": Case(
        entries=(replace(PERCENT, sends="vn"),),
        counts="1 Apr 2/39",
        hidden="",
        last="Apr",
        leaks="1 Apr numerator",
        safe_with="1 Apr",
    ),
    "the year's own figure and all months but one": Case(
        entries=(Entry(number="1", kind=Kind.ADDED, first=4, interval=3, below=5, adds_up=True),),
        counts="1 Jun 8, 1 Sep 9, 1 Dec 7, 1 Mar 3",
        hidden="1 Mar",
        last="Mar",
        leaks="1 Mar count",
        safe_with="1 year",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_reader_finds_each_leak_of_the_table(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    hidden = read_figures(case.hidden)
    assert case.leaks in check(case, hidden, tmp_path)


@pytest.mark.parametrize("name", CASES)
def test_the_reader_finds_nothing_where_another_figure_is_hidden(name: str, tmp_path: Path) -> None:
    case = CASES[name]
    hidden = read_figures(case.hidden) | read_figures(case.safe_with)
    assert case.leaks not in check(case, hidden, tmp_path)


def test_the_reader_reads_the_figure_before_a_correction(tmp_path: Path) -> None:
    council = Council(
        entries=(replace(COUNT, below=0),),
        last=MONTHS["May"],
        counts={("1", MONTHS["Apr"], "in"): 3, ("1", MONTHS["May"], "in"): 9},
        corrections={("1", MONTHS["Apr"], "in"): ((MONTHS["May"], 8),)},
        sent={("1", MONTHS["Apr"]): MONTHS["Apr"], ("1", MONTHS["May"]): MONTHS["May"]},
        resent={MONTHS["May"]: (("1", MONTHS["Apr"]),)},
    )
    cards = build_scorecards(council, tmp_path)
    del cards[MONTHS["Apr"]]
    assert list_leaks(council, cards) == ["1 count 3"]


@pytest.mark.parametrize(
    ("kind", "earlier"), [(Kind.COUNT, ["1 count 3"]), (Kind.TOTAL, ["1 count 3"])]
)
def test_the_reader_reads_earlier_figures_in_comparisons(
    kind: Kind, earlier: list[str], tmp_path: Path
) -> None:
    last_april = MONTHS["Apr"] - 12
    council = Council(
        entries=(Entry(number="1", kind=kind, first=4 if kind is Kind.TOTAL else 0),),
        last=MONTHS["Apr"],
        counts={("1", last_april, "in"): 3, ("1", MONTHS["Apr"], "in"): 9},
        sent={("1", MONTHS["Apr"]): MONTHS["Apr"]},
        earlier={"1": (last_april,)},
    )
    assert list_leaks(council, build_scorecards(council, tmp_path)) == earlier


@pytest.mark.parametrize(("do_words_tell", "leaks"), [(False, []), (True, ["1 count 1"])])
def test_a_word_that_stands_only_for_large_counts_gives_a_small_one_away(
    do_words_tell: bool,  # noqa: FBT001 - a case of the test
    leaks: list[str],
    tmp_path: Path,
) -> None:
    """6 is the sum of 1 to 4 and of 5 or more, so of 1 and 5."""
    april = MONTHS["Apr"]
    council = Council(
        entries=(replace(COUNT, below=0), replace(OTHER, below=0), SUM),
        last=april,
        counts={("1", april, "in"): 1, ("2", april, "in"): 5},
        sent={(number, april): april for number in "123"},
    )
    (card,) = build_scorecards(council, tmp_path).values()
    rows = [hide(row, {("1", april), ("2", april)}) for row in card.rows]
    for index, words in enumerate(("<5", "Suppressed")):
        cell = replace(rows[index].months[0], words=words)
        rows[index] = replace(rows[index], months=(cell, *rows[index].months[1:]))
    cards = {april: replace(card, rows=tuple(rows))}
    assert list_leaks(council, cards, do_words_tell=do_words_tell) == leaks


def test_the_reader_remembers_what_an_earlier_paper_printed(tmp_path: Path) -> None:
    """May's papers print a total of 9 without April's; June's have April's 6 and hide May's."""
    april, may, june = MONTHS["Apr"], MONTHS["May"], MONTHS["Jun"]
    council = Council(
        entries=(replace(TOTAL, below=0),),
        last=june,
        counts={("1", april, "in"): 6, ("1", may, "in"): 3, ("1", june, "in"): 0},
        sent={("1", april): june, ("1", may): may},
    )
    cards = build_scorecards(council, tmp_path)
    rows = tuple(hide(row, {("1", may)}) for row in cards[june].rows)
    cards[june] = replace(cards[june], rows=rows)
    assert list_leaks(council, cards) == ["1 step of the count 3"]
    del cards[may]
    assert not list_leaks(council, cards)


@pytest.mark.parametrize("where", ["the sum added up", "the reason for the rating"])
def test_the_reader_finds_a_hidden_count_in_another_place(where: str, tmp_path: Path) -> None:
    april, may = MONTHS["Apr"], MONTHS["May"]
    added = Entry(number="1", kind=Kind.ADDED, first=4, adds_up=True)
    rated = replace(COUNT, below=0, target="{at_most: 60}")
    council = Council(
        entries=(added if where == "the sum added up" else rated,),
        last=may,
        counts={("1", april, "in"): 6, ("1", may, "in"): 3},
        sent={("1", april): april, ("1", may): may},
    )
    cards = build_scorecards(council, tmp_path)
    cards[may] = replace(
        cards[may],
        rows=tuple(replace(hide(row, {("1", may)}), totals=row.totals) for row in cards[may].rows),
    )
    assert list_leaks(council, cards) == ["1 count 3"]


def list_leaks(
    council: Council, cards: Mapping[int, Scorecard], *, do_words_tell: bool = False
) -> list[str]:
    """What leaks from papers whose indicators all have the suppression, with its value."""
    entries = tuple(replace(each, below=5) for each in council.entries)
    _, verdicts = check_papers(
        replace(council, entries=entries), cards, do_words_tell=do_words_tell
    )
    return [
        f"{each.small.number} {each.small.what} {each.small.truth}"
        for each in verdicts
        if each.outcome is Outcome.LEAKED
    ]
