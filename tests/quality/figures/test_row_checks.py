"""What is suspicious in how a figure's row is written, and in what it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.councils import make_catalogue
from helpers.quality import APRIL, NUMBER, PERCENT, check_rows, list_places, list_warnings

from merton_kpi.core.findings import FindingCode
from merton_kpi.extracts.reader import read_extract
from merton_kpi.quality.warnings import check_data
from merton_kpi.series.match import match_observations

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.extracts.observations import Observation
    from merton_kpi.quality.warnings import DataWarning

    Messages = Callable[..., None]

DECIMALS = "outturns: {2019/20: 7, 2018/19: 8, 2017/18: 9}"


@pytest.mark.parametrize(
    ("settings", "rows", "warnings"),
    [
        (NUMBER, "1,7 1,8 1,9 1,N/A", ["no_reason Jul 2020"]),
        (NUMBER, "1,7 1,8 1,9 1,-", ["no_reason Jul 2020"]),
        (NUMBER, "1,7 1,8 1,9 1,N/A,,,system-closed", []),
        (NUMBER, "1,7 1,8 1,9 1,TBC", []),
        (NUMBER, "1,7 1,8 1,N/A", []),
        (f"{NUMBER}, {DECIMALS}", "1,7 1,N/A", ["no_reason May 2020"]),
        (f"{NUMBER}, {DECIMALS}", "1,N/A", []),
        (NUMBER, "1,7 1,N/A 1,9 1,8 1,N/A", []),
        (f"{NUMBER}, suppress_small_numbers: true", "1,2 1,3 1,9 1,N/A", ["no_reason Jul 2020"]),
        # A count with a fraction, where all others are whole.
        (f"{NUMBER}, {DECIMALS}", "1,7.4", ["not_whole Apr 2020"]),
        (NUMBER, "1,7 1,8 1,9 1,8.5 1,8.7", ["not_whole Jul 2020"]),
        (NUMBER, "1,7 1,8 1,8.5", []),
        (NUMBER, "1,7.0 1,8.0 1,9.0 1,8.0", []),
        (NUMBER.replace("number", "weeks"), "1,7 1,8 1,9 1,8.5", []),
        # Parts ten times as large, or left out from one month on.
        (PERCENT, "1,50,30,60,, 1,51,31,61,, 1,50,300,600,,", ["parts_jump Jun 2020"]),
        (PERCENT, "1,50,300,600,, 1,51,311,610,, 1,50,30,60,,", ["parts_jump Jun 2020"]),
        (PERCENT, "1,50,30,60,, 1,51,31,61,, 1,50,100,200,,", []),
        (PERCENT, "1,50,30,60,, 1,50,300,600,,", ["parts_jump May 2020"]),
        (PERCENT, "1,50,30,60,, 1,50,150,300,,", []),
        (PERCENT, "1,50,1,2,, 1,50,2,4,, 1,50,11,22,,", []),
        (PERCENT, "1,50,30,60,, 1,50,31,62,, 1,50,32,64,, 1,51 1,52", ["parts_left_out Jul 2020"]),
        (PERCENT, "1,50,30,60,, 1,50,31,62,, 1,51 1,52", []),
        (PERCENT, "1,50 1,50,31,62,, 1,50,31,62,, 1,50,32,64,, 1,52", []),
        # As a spreadsheet shows it, with fewer decimals than the indicator has.
        (f"{PERCENT}, decimals: 2", "1,100.0%,,,by-law", ["rounded_before Apr 2020"]),
        (f"{PERCENT}, decimals: 1", "1,96%", ["rounded_before Apr 2020"]),
        (f"{PERCENT}, decimals: 1", "1,96%,,,,seen", ["rounded_before Apr 2020"]),
        (f"{PERCENT}, decimals: 1", "1,96.0%", []),
        (f"{PERCENT}, decimals: 1", "1,96", []),
        (f"{PERCENT}, decimals: 1", "1,96%,96,100,,", []),
        (PERCENT, "1,96%", []),
        (NUMBER.replace("number", "pounds, decimals: 0"), "1,£1.2m", ["rounded_before Apr 2020"]),
        (NUMBER.replace("number", "million_pounds, decimals: 1"), "1,£1.2m", []),
        (
            NUMBER.replace("number", "million_pounds, decimals: 2"),
            "1,£1.2m",
            ["rounded_before Apr 2020"],
        ),
        (NUMBER.replace("number", "pounds, decimals: 0"), "1,£120", []),
        # As a spreadsheet divides, to be printed with all its decimals.
        (PERCENT, "1,56.123456789", ["many_decimals Apr 2020"]),
        (PERCENT, "1,56.1 1,56.3333333333333 1,56.6666666666667", ["many_decimals May 2020"]),
        (f"{PERCENT}, decimals: 1", "1,56.123456789", []),
        (PERCENT, "1,56.1234", []),
        (f"{PERCENT}, outturns: {{2019/20: 56.12345}}", "1,56.54321", []),
    ],
)
def test_a_row_raises_a_warning_or_none(settings: str, rows: str, warnings: list[str]) -> None:
    assert list_warnings(settings, rows) == warnings


def test_the_warnings_say_what_to_do(messages: Messages) -> None:
    for settings, rows in (
        (NUMBER, "1,7 1,8 1,9 1,N/A"),
        (NUMBER, "1,7 1,8 1,9 1,8.5"),
        (PERCENT, "1,50,30,60,, 1,51,31,61,, 1,50,300,600,,"),
        (PERCENT, "1,50,30,60,, 1,50,31,62,, 1,50,32,64,, 1,51"),
        (f"{PERCENT}, decimals: 2", "1,96.0%(revised)"),
        (NUMBER.replace("number", "pounds, decimals: 0"), "1,£1.2m"),
        (PERCENT, "1,56.123456789"),
    ):
        messages(each.issue for each in check_rows(settings, rows))


def check_files(*texts: str) -> list[DataWarning]:
    """The warnings of an indicator's files, one a month from April on."""
    catalogue = make_catalogue(f'- {{number: "1", title: Any, {PERCENT}, decimals: 1}}')
    rows: list[Observation] = []
    for index, text in enumerate(texts):
        known = APRIL.add_months(index)
        content = f"indicator,value\n1,{text}".encode()
        rows += read_extract(content, f"{known}.csv", known).observations
    as_at = APRIL.add_months(len(texts) - 1)
    series, _ = match_observations(catalogue, rows, as_at)
    return list(check_data(catalogue, series, list_places(catalogue)))


def test_a_last_line_without_its_end_may_have_lost_a_digit(messages: Messages) -> None:
    before = ("2.7\n", "2.9\n", "2.6\n")
    (warning,) = check_files(*before, "2")
    assert (warning.code, str(warning.place)) == (FindingCode.CUT_OFF, "2020-07.csv:2")
    messages(warning.issue)
    assert check_files(*before, "2\n") == check_files(*before, "2.8") == []
    assert check_files("2.7\n", "3\n", "2.6\n", "2") == []


def test_the_indicators_decimals_say_so_as_well() -> None:
    """Where no earlier figure was given with fewer."""
    assert [each.code for each in check_files("2.7\n", "2")] == [FindingCode.CUT_OFF]
