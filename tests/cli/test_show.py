"""The index in the terminal: what the papers say, in 80 columns, by section or rating."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD, NOVEMBER, ROOT, Outcome, make_catalogue, read_merton, score
from helpers.table import write_table

from merton_kpi.cli.tables import compose_index
from merton_kpi.cli.terminal import format_blocks, open_console
from merton_kpi.core.issues import Place
from merton_kpi.core.periods import Month
from merton_kpi.core.statuses import Status
from merton_kpi.extracts.observations import Observation

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from merton_kpi.scorecard.records import Scorecard

    Kpi = Callable[..., Outcome]
    Messages = Callable[..., None]

APRIL = Month(2020, 4)


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def show(card: Scorecard, width: int = 80, stream: io.StringIO | None = None) -> list[str]:
    console = open_console(stream or io.StringIO())
    console.width = width
    return format_blocks(compose_index(card, card.rows, width), console).splitlines()


def test_the_whole_index(
    kpi: Kpi, monkeypatch: pytest.MonkeyPatch, golden: Callable[[str, str], None]
) -> None:
    """In a pipe it is plain and 80 columns wide, whatever the environment asks for."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")
    outcome = kpi("show", "--month", "2020-11")
    assert (outcome.code, outcome.err) == (0, "")
    assert max(map(len, outcome.out.splitlines())) <= 80
    golden("show-2020-11.txt", outcome.out)


def test_one_section_and_two_ratings_of_it(
    kpi: Kpi, monkeypatch: pytest.MonkeyPatch, golden: Callable[[str, str], None]
) -> None:
    monkeypatch.chdir(ROOT)
    chosen = ("--section", "looked after", "--rating", "Red", "--rating", "no-longer-reported")
    outcome = kpi("show", "--month", "2020-11", *chosen)
    assert (outcome.code, outcome.err) == (0, "")
    golden("show-2020-11-some.txt", outcome.out)


def test_without_a_month_it_is_the_next_meeting_s(
    kpi: Kpi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    first = kpi("show", "--today", "2021-01-01").out.splitlines()[1]
    assert first == "data to 30 November 2020"


def test_its_words_and_figures_are_the_papers_own() -> None:
    """Read back at a width that needs no wrapping, and held against the CSV."""
    card = read_merton(NOVEMBER)
    lines = show(card, width=1000)
    table = list(csv.DictReader(io.StringIO(write_table(card).decode("utf-8-sig"), newline="")))
    heads = next(line for line in lines if line.split()[:2] == ["Rating", "Latest"])
    places = [heads.index(head) for head in ("Rating", "Latest", "Target")] + [None]
    for row in card.rows:
        months = [each for each in table if each["indicator"] == row.number]
        at = lines.index(f"{row.number:>4}  {row.title}")
        rating, latest, target = (
            lines[at + 1][begin:end].strip() for begin, end in pairwise(places)
        )
        assert rating == row.verdict.label
        below = lines[at + 2].strip() if at + 2 < len(lines) else ""
        assert below == row.travel or not row.travel
        assert row.period_on_period in row.travel
        assert target == ("" if row.target == rating else row.target)
        shown = re.fullmatch(r"(.*) \((... 20..)\)", latest)
        if shown is None:
            assert not months
            continue
        month = next(
            each for each in months if Month.read(each["period_end"][:7]).label == shown[2]
        )
        if month["value"]:
            figure = re.match(r"[0-9.,]+", shown[1])
            assert figure
            assert Decimal(figure[0]) == Decimal(month["value"])
        else:
            assert month["symbols"]


def test_nothing_of_a_long_title_or_target_is_lost_at_any_width() -> None:
    card = read_merton(NOVEMBER)
    titles = [word for row in card.rows for word in f"{row.title} {row.target}".split()]
    for width in (60, 80, 133):
        lines = show(card, width)
        assert max(map(len, lines)) <= width
        shown = " ".join(lines).split()
        assert all(shown.count(word) >= 1 for word in titles)


def make_small(rows: str, value: int | None, status: Status | None = None) -> Scorecard:
    observations = [
        Observation(
            indicator="1",
            month=APRIL,
            known=APRIL,
            place=Place(file="any.csv", line=2),
            value=None if value is None else Decimal(value),
            status=status,
        )
    ]
    return score(make_catalogue(rows, head=HEAD), observations, APRIL)


ONE = """\
- {number: "1", title: Calls answered, unit: percent, frequency: monthly, target: {at_least: 90}}
- {number: "2", title: Days to reply, unit: number, frequency: monthly, target: {at_most: 9}}
"""


def test_a_symbol_beside_a_figure_is_explained_and_what_is_missing_is_named() -> None:
    assert show(make_small(ONE, 93, Status.PROVISIONAL)) == [
        "Services Panel Performance Index 2020/21, data to 30 April 2020",
        "",
        " No.  Indicator",
        "      Rating   Latest figure                 Target",
        "      Direction of travel",
        "",
        "Services",
        "   1  Calls answered",
        "      Green    93% [p] (Apr 2020)            at least 90%",
        "      Too short to tell",
        "   2  Days to reply",
        "      No data  Due, not received (Apr 2020)  at most 9",
        "      Too short to tell",
        "",
        "[p] provisional",
        "Due and missing: 2",
        "2 indicators: 1 Green, 1 No data",
    ]


def test_a_suppressed_figure_stays_suppressed() -> None:
    rows = ONE.replace("unit: percent,", "unit: number, suppress_small_numbers: true,")
    lines = show(make_small(rows, 3))
    assert "      No data  <5 (Apr 2020)                 at least 90" in lines


def test_a_rating_is_painted_and_its_padding_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    green = "      \x1b[38;5;16;48;5;194mGreen\x1b[0m    93% (Apr 2020)                "
    assert f"{green}at least 90%" in show(make_small(ONE, 93), stream=Terminal())


def test_words_like_the_markup_of_rich_are_printed_as_they_are() -> None:
    rows = ONE.replace("Calls answered", '"[red]Calls[/red] :phone: [c] [note 1]"')
    assert "   1  [red]Calls[/red] :phone: [c] [note 1]" in show(make_small(rows, 93))


def test_where_no_indicator_matches_a_sentence_says_so(
    kpi: Kpi, council: Path, messages: Messages
) -> None:
    outcome = kpi("show", "--month", "2020-04", "--rating", "blue")
    assert outcome.code == 0
    *_, empty, sentence = outcome.out.splitlines()
    assert empty == ""
    messages(sentence)


@pytest.mark.parametrize(
    ("arguments", "near"),
    [(("--rating", "redd"), "'red'"), (("--section", "servises"), "'Services'")],
    ids=["rating", "section"],
)
def test_an_unknown_rating_or_section_is_wrong_usage(
    arguments: tuple[str, str], near: str, kpi: Kpi, council: Path, messages: Messages
) -> None:
    outcome = kpi("show", "--month", "2020-04", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    sentence = outcome.err.splitlines()[-1]
    assert sentence.startswith(f"Error: Invalid value for '{arguments[0]}': ")
    assert near in sentence
    messages(sentence)


@pytest.mark.parametrize(
    ("text", "code"), [("people", 2), ("young people", 0), ("Older", 0), ("older people", 0)]
)
def test_a_section_is_named_by_its_title_or_a_part_that_no_other_has(
    text: str, code: int, kpi: Kpi, council: Path
) -> None:
    entry = '    indicators: [{number: "%s", title: Any, unit: number, target: new, '
    entry += "frequency: monthly}]\n"
    sections = "sections:\n" + "".join(
        f"  - title: {title}\n{entry % number}"
        for number, title in ((1, "Young people"), (2, "Older people"), (3, "Older people at home"))
    )
    if text == "Older":
        sections = sections.replace(" at home", "").replace("Older people", "Older", 1)
    (council / "indicators.yaml").write_text(HEAD + sections, encoding="utf-8")
    outcome = kpi("show", "--month", "2020-04", "--section", text)
    assert outcome.code == code, outcome.err
    if code:
        assert "'Young people', 'Older people' and 'Older people at home'" in outcome.err
    else:
        assert "1 of 3 indicators: 1 New\n" in outcome.out


def test_faults_are_printed_and_no_index(kpi: Kpi, council: Path) -> None:
    (council / "data/2020-04.csv").write_text("indicator,value\n1,x\n2,y\n", encoding="utf-8")
    outcome = kpi("show", "--month", "2020-04")
    assert (outcome.code, outcome.out) == (1, "")
    assert len(outcome.err.splitlines()) == 2
