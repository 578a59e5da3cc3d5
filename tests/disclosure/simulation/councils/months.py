"""Months as whole numbers, so that the simulation shares no code with the tool."""

from __future__ import annotations

APRIL = 2024 * 12 + 3  # the first month of the councils' year, 2024/25
MARCH = APRIL + 11
YEAR = "2024/25"
LAST_YEAR = "2023/24"
NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def format_month(month: int) -> str:
    """A month as the extracts write it: 2024-04."""
    return f"{month // 12}-{month % 12 + 1:02}"


def read_label(label: str) -> int | None:
    """The last month of a period that is compared with, as the papers name it: `Apr 2024`, `Q1`.

    A `Q4` without a year is last year's: nothing of the year comes after its own.
    """
    name, _, year = label.partition(" ")
    if name in NAMES:
        return int(year) * 12 + NAMES.index(name)
    quarters = {f"Q{number}": APRIL + 3 * number - 1 for number in (1, 2, 3)} | {"Q4": APRIL - 1}
    return quarters.get(label)


def list_since(month: int, first: int) -> range:
    """The months up to one since the last month with the calendar number `first`, 4 or 9."""
    return range(month - (month % 12 + 1 - first) % 12, month + 1)
