"""An indicator's `confirmed`: one answer in the catalogue that holds for all months."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.catalogues import list_issues as list_faults
from helpers.councils import HEAD, make_catalogue, score
from helpers.quality import check_rows
from helpers.rating import JUNE, NOVEMBER, SEPTEMBER, observe

from merton_kpi.core.findings import ANSWERABLE, FindingCode
from merton_kpi.core.periods import Month
from merton_kpi.extracts.reader import read_extract

if TYPE_CHECKING:
    from collections.abc import Callable

RENT = """\
- number: "1"
  title: Rent collected of rent owed
  unit: percent
  frequency: quarterly
  target: {at_least: 100}
  decimals: 2
"""
MARCH = Month(2021, 3)
PAID_OFF = "Arrears paid off are in it."
BY_NATURE = {
    FindingCode.NOT_A_SUM,
    FindingCode.IMPOSSIBLE,
    FindingCode.FRACTION,
    FindingCode.NUMERATOR_ALONE,
    FindingCode.UNCHANGED,
    FindingCode.ZERO,
    FindingCode.TARGET_IMPOSSIBLE,
    FindingCode.TARGET_FRACTION,
    FindingCode.TARGET_UNUSED,
    FindingCode.BLUE_UNREACHED,
    FindingCode.HUNDRED,
    FindingCode.NOT_WHOLE,
    FindingCode.REWRITTEN_NUMBER,
}


@pytest.mark.parametrize("code", FindingCode)
def test_a_text_answers_what_holds_by_nature(code: FindingCode) -> None:
    """The others concern one month, an outturn or a benchmark."""
    (indicator,) = make_catalogue(f"{RENT}  confirmed: {PAID_OFF}\n").indicators
    assert indicator.answer_for(code) == (PAID_OFF if code in BY_NATURE else "")


def test_a_reason_by_its_code_answers_that_kind_alone() -> None:
    (indicator,) = make_catalogue(f"{RENT}  confirmed: {{jump: It varies.}}\n").indicators
    answers = {code: indicator.answer_for(code) for code in FindingCode}
    assert {code: words for code, words in answers.items() if words} == {
        FindingCode.JUMP: "It varies."
    }


def test_one_answer_for_several_months_is_one_caveat() -> None:
    """A single finding is printed with its answer, as an answer in an extract is."""
    catalogue = make_catalogue(f"{RENT}  confirmed: {PAID_OFF}\n")
    both = [observe(JUNE, "104.20"), observe(SEPTEMBER, "100.01"), observe(NOVEMBER, "99")]
    card = score(catalogue, both[:2], SEPTEMBER)
    assert [(each.about, each.words) for each in card.caveats] == [
        ("Jun 2020 and Sep 2020", PAID_OFF)
    ]
    assert card.warnings == ()
    (alone,) = score(catalogue, both[:1], JUNE).caveats
    assert (alone.about, alone.words) == (
        "Jun 2020",
        f"104.20% is outside 0% to 100%. {PAID_OFF}",
    )


def test_without_an_answer_each_month_is_a_warning() -> None:
    settings = "unit: percent, frequency: monthly, target: {at_least: 100}"
    rows = "1,100.1,,,, 1,100,,,, 1,101,,,,"
    for confirmed, answers in (
        ("", ["", ""]),
        (", confirmed: So.", ["So.", "So."]),
        (", confirmed: {impossible: So.}", ["So.", "So."]),
        (", confirmed: {jump: So.}", ["", ""]),
    ):
        assert [each.answer for each in check_rows(settings + confirmed, rows)] == answers


def test_the_reason_for_one_month_goes_before_the_catalogues() -> None:
    settings = "unit: percent, frequency: monthly, target: {at_least: 90}, confirmed: So."
    april, may = check_rows(settings, "1,101,,,,Checked 1,102,,,,")
    assert (april.answer, may.answer) == ("Checked", "So.")


def test_an_unknown_code_is_an_error(messages: Callable[..., None]) -> None:
    start = f"{HEAD}sections:\n- title: S\n  indicators:\n"
    entry = "".join(f"  {line}\n" for line in RENT.splitlines())
    issues = [
        issue
        for confirmed in ("{jumps: So.}", "{missing: So.}", "{jump: ''}", "[So.]")
        for issue in list_faults(f"{start}{entry}    confirmed: {confirmed}\n")
    ]
    assert len(issues) == 4
    assert FindingCode.MISSING not in ANSWERABLE
    messages(issues)


def test_a_standing_answer_answers_the_years_own_figure_too() -> None:
    catalogue = make_catalogue(f"{RENT}  confirmed: {PAID_OFF}\n")
    rows = b"indicator,period,value,confirmed\n1,,104.20,\n1,2020/21,101.30,\n"
    card = score(catalogue, read_extract(rows, "2021-03.csv", MARCH).observations, MARCH)
    assert [each.code for each in card.warnings if each.code == "impossible"] == []
    (caveat,) = card.caveats
    assert (caveat.about, caveat.words) == ("Mar 2021 and 2020/21", PAID_OFF)


def test_a_reason_for_the_years_own_figure_is_a_caveat_though_nothing_questions_it() -> None:
    rows = b"indicator,period,value,confirmed\n1,2020/21,99,Both ledgers agree.\n"
    extract = read_extract(rows, "2021-03.csv", MARCH)
    (caveat,) = score(make_catalogue(RENT), extract.observations, MARCH).caveats
    assert caveat.about == "2020/21"
    assert caveat.words == "The figure was confirmed. Both ledgers agree."
