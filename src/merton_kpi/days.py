"""Days and times as the catalogue and the command line write them."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime

# Compiled when a day is wrong, as most never are.
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_BRITISH_DAY = r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})\b"


def parse_day(text: str) -> date:
    """Read `2021-01-13`; a ValueError says how to write anything else, 20210113 too."""
    with suppress(ValueError):
        day = date.fromisoformat(text)
        if day.isoformat() == text:
            return day
    near = _guess_day(text) or "2021-01-13"
    raise ValueError(f"'{text}' is not a date: write it like {near}")


def parse_moment(text: str) -> datetime:
    """Read `2021-01-05T12:00`, without a time zone; a ValueError as for a day."""
    with suppress(ValueError):
        moment = datetime.fromisoformat(text)
        if moment.isoformat(timespec="minutes") == text and not moment.tzinfo:
            return moment
    near = _guess_day(text) or (text[:10] if re.fullmatch(_DAY, text[:10]) else "2021-01-05")
    raise ValueError(f"'{text}' is not a date and time: write it like {near}T12:00")


def _guess_day(text: str) -> str:
    """The date that a text which begins with one as people write it, 13/1/2021, may mean."""
    found = re.match(_BRITISH_DAY, text)
    with suppress(ValueError):
        return date(int(found[3]), int(found[2]), int(found[1])).isoformat() if found else ""
    return ""
