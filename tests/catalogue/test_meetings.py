"""A meeting's dates are written as shown and in order."""

from __future__ import annotations

import pytest
from helpers.catalogues import LINE, ONE, list_faults
from helpers.councils import HEAD

MEETING = "meetings:\n  - {{date: {}, data_to: {}, papers_due: {}}}\n"


@pytest.mark.parametrize(
    ("meeting", "sentence"),
    [
        (
            ("20210113", "2020-11", "2021-01-05T12:00"),
            "+2:12: error: '20210113' is not a date: write it like 2021-01-13",
        ),
        (
            ("2021-W02-3", "2020-11", "2021-01-05T12:00"),
            "+2:12: error: '2021-W02-3' is not a date: write it like 2021-01-13",
        ),
        (
            ("13/1/2021", "2020-11", "2021-01-05T12:00"),
            "+2:12: error: '13/1/2021' is not a date: write it like 2021-01-13",
        ),
        (
            ("2021-02-30", "2020-11", "2021-01-05T12:00"),
            "+2:12: error: '2021-02-30' is not a date: write it like 2021-01-13",
        ),
        (
            ("2021-01-13", "11/2020", "2021-01-05T12:00"),
            "+2:33: error: '11/2020' is not a month: write it as year and month, like 2020-11",
        ),
        (
            ("2021-01-13", "2020-11", "2021-01-05"),
            "+2:54: error: '2021-01-05' is not a date and time: write it like 2021-01-05T12:00",
        ),
        (
            ("2021-01-13", "2020-11", "2021-01-05T24:00"),
            "+2:54: error: '2021-01-05T24:00' is not a date and time: "
            "write it like 2021-01-05T12:00",
        ),
        (
            ("2021-01-13", "2020-11", "2021-01-05T12:00Z"),
            "+2:54: error: '2021-01-05T12:00Z' is not a date and time: "
            "write it like 2021-01-05T12:00",
        ),
        (
            ("2021-01-13", "2020-11", "05/01/2021 12:00"),
            "+2:54: error: '05/01/2021 12:00' is not a date and time: "
            "write it like 2021-01-05T12:00",
        ),
        (
            ("2020-11-30", "2020-11", "2020-11-20T12:00"),
            "+2:33: error: the meeting on 2020-11-30 comes before the end of its 'data_to', "
            "2020-11; the last month that is over by then is 2020-10",
        ),
        (
            ("2021-01-13", "2020-11", "2021-01-14T12:00"),
            "+2:54: error: the papers of the meeting on 2021-01-13 are due after it",
        ),
    ],
)
def test_a_meeting_is_in_its_order_and_written_as_shown(
    meeting: tuple[str, str, str], sentence: str
) -> None:
    assert list_faults(HEAD + MEETING.format(*meeting) + ONE) == [f"f:{sentence}"]


def test_papers_due_on_the_day_itself_and_a_meeting_on_the_first_are_sound() -> None:
    meeting = MEETING.format("2020-12-01", "2020-11", "2020-12-01T09:00")
    assert list_faults(HEAD + meeting + ONE) == []


def test_two_meetings_on_one_day_are_one() -> None:
    text = "meetings:\n" + "  - {date: 2021-01-13, data_to: 2020-11}\n" * 2
    assert list_faults(HEAD + text + ONE) == [
        "f:+3:12: error: the meeting on 2021-01-13 was given on line "
        f"{LINE + 2} already; keep one of them"
    ]
