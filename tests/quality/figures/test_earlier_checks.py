"""Doubts of earlier years' figures, on which usual ranges rest."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from helpers.councils import make_catalogue
from helpers.history import score_with_history
from helpers.messages import format_sentence

from merton_kpi.core.findings import FindingCode
from merton_kpi.core.issues import Place
from merton_kpi.core.periods import Month
from merton_kpi.extracts.observations import Observation

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.core.issues import Issue
    from merton_kpi.scorecard.records import Scorecard

    Messages = Callable[..., None]

BEGINS = Month(2018, 4)
AS_AT = Month(2020, 4)
PERCENT = "unit: percent, frequency: monthly, target: new"
NUMBER = PERCENT.replace("percent", "number")
TOTALS = f"{NUMBER}, accumulates: financial_year, figures: running_total"
OF_PERIODS = TOTALS.replace("running_total", "of_period")
HIDES = f"{NUMBER}, suppress_small_numbers: true"
GROWING = " ".join(str(100 * each) for each in range(1, 13))
DOUBTS = (FindingCode.IMPOSSIBLE, FindingCode.FALL, FindingCode.JUMP)


def score(settings: str, figures: str, confirmed: str = "") -> Scorecard:
    """The scorecard of an indicator with a figure a month from April 2018 on; `-` is a gap.

    The figure of each month in `confirmed` is confirmed in its own row.
    """
    catalogue = make_catalogue(f'- {{number: "1", title: Any, {settings}}}')
    months = ((BEGINS.add_months(index), text) for index, text in enumerate(figures.split()))
    rows = [
        Observation(
            indicator="1",
            month=month,
            known=month,
            place=Place(file=f"{month}.csv", line=2),
            value=Decimal(text),
            confirmed="All 3 were right." if str(month) in confirmed.split() else "",
        )
        for month, text in months
        if text != "-"
    ]
    return score_with_history(catalogue, rows, AS_AT)


def list_doubts(card: Scorecard) -> list[Issue]:
    """The doubts of earlier figures, having checked that each is at its figure's row."""
    codes = {each.value for each in DOUBTS}
    found = [each for each in card.warnings if each.code in codes]
    assert all(each.place.line == 2 for each in found)
    return [each for each in found if each.place.file < "2020-04"]


def list_codes(settings: str, figures: str, confirmed: str = "") -> list[str]:
    found = list_doubts(score(settings, figures, confirmed))
    return [f"{each.code} {each.place.file.removesuffix('.csv')}" for each in found]


@pytest.mark.parametrize(
    ("settings", "figures", "found"),
    [
        pytest.param(PERCENT, "980 98 97", ["impossible 2018-04"], id="above 100 per cent"),
        pytest.param(NUMBER, "50 52 49 51 500 47", ["jump 2018-08"], id="a digit too many"),
        pytest.param(NUMBER, "50 52 49 51 5 47", ["jump 2018-08"], id="a digit too few"),
        pytest.param(NUMBER, "5 50 52 49 51", ["jump 2018-04"], id="the first figure"),
        pytest.param(NUMBER, "50 52 49 51 399 47", [], id="less than eight times"),
        pytest.param(NUMBER, "50 52 49 500", [], id="three others are too few"),
        pytest.param(NUMBER, "1 0 2 1 1 9", [], id="small counts vary by their size"),
        pytest.param(NUMBER, "50 0 52 49 51", ["jump 2018-05"], id="a single zero"),
        pytest.param(NUMBER, "50 0 52 49 51 0", [], id="zeros that come again"),
        pytest.param(TOTALS, GROWING, [], id="totals that grow"),
        pytest.param(
            TOTALS,
            GROWING.replace(" 500", " 9999"),
            ["jump 2018-08"],
            id="a total too high is one doubt, not a fall in the month after too",
        ),
        pytest.param(TOTALS, GROWING.replace(" 500", " 50"), ["fall 2018-08"], id="too low"),
        pytest.param(TOTALS, f"{GROWING} {GROWING}", [], id="totals begin anew in April"),
        pytest.param(TOTALS, "- - - - - - - - 900 1000 1100 1200", [], id="totals after a gap"),
        pytest.param(OF_PERIODS, "50 52 49 51 500 47", ["jump 2018-08"], id="periods added up"),
    ],
)
def test_an_earlier_figure_is_doubted(settings: str, figures: str, found: list[str]) -> None:
    assert list_codes(settings, figures) == found


def test_figures_before_and_after_a_break_are_not_compared() -> None:
    figures = "50 52 49 51 48 500 510 490 505 495"
    broken = f"{NUMBER}, breaks: [{{from: 2018-09, reason: By telephone too}}]"
    assert list_codes(broken, figures) == []
    assert list_codes(broken, figures.replace("490", "49")) == ["jump 2018-11"]


def test_this_years_figures_are_compared_with() -> None:
    gap = "- " * 20
    assert list_codes(NUMBER, f"500 51 49 {gap} 50 52") == ["jump 2018-04"]


def test_a_doubt_is_answered_in_the_figures_own_row_and_printed_nowhere() -> None:
    figures = "50 52 49 51 500 47"
    card = score(NUMBER, figures, confirmed="2018-08")
    assert not list_doubts(card)
    assert not card.caveats
    assert "All 3" not in repr(card)
    assert list_codes(NUMBER, figures, confirmed="2018-07") == ["jump 2018-08"]


def test_a_later_row_answers_too() -> None:
    catalogue = make_catalogue(f'- {{number: "1", title: Any, {PERCENT}}}')
    row = Observation(
        indicator="1",
        month=BEGINS,
        known=BEGINS,
        place=Place(file="2018-04.csv", line=2),
        value=Decimal(980),
    )
    later = replace(row, known=Month(2018, 5), value=None, confirmed="It was right.")
    assert list_doubts(score_with_history(catalogue, [row], AS_AT))
    assert not list_doubts(score_with_history(catalogue, [row, later], AS_AT))


def test_an_indicators_own_answer_holds_for_earlier_years() -> None:
    assert list_codes(f"{PERCENT}, confirmed: Some are paid twice.", "980 98 97") == []
    jumps = "50 52 49 51 500 47"
    assert list_codes(f"{NUMBER}, confirmed: Any text.", jumps) == ["jump 2018-08"]
    assert list_codes(f"{NUMBER}, confirmed: {{jump: It varies.}}", jumps) == []


def test_hidden_figures_are_never_doubted() -> None:
    """With a small count in it, the whole year is hidden, and with it what is far from others."""
    figures = "50 52 49 51 500 47 50 50 50 50 50"
    assert list_codes(HIDES, f"{figures} 50") == ["jump 2018-08"]
    assert list_codes(HIDES, f"{figures} 3") == []
    assert list_codes(HIDES, f"{figures} 3", confirmed="2018-08 2019-03") == []


def test_each_doubt_says_what_to_do(messages: Messages) -> None:
    cards = (
        score(PERCENT, "980 98 97"),
        score(NUMBER, "50 52 49 51 500 47"),
        score(TOTALS, GROWING.replace(" 500", " 9999")),
        score(TOTALS, GROWING.replace(" 500", " 50")),
    )
    messages([format_sentence(each) for card in cards for each in list_doubts(card)])
