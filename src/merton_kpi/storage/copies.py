"""Extracts of one month that are copies of one another: one error, not one for each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.core.issues import Issue, Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from merton_kpi.storage.files import SourceFile

_MONTH = len("2020-11")  # an extract's name begins with its month


def check_copies(extracts: Iterable[SourceFile]) -> tuple[Issue, ...]:
    """An error for each extract with figures that is a copy of an earlier one of the same month.

    Its place is the copy.
    """
    issues: list[Issue] = []
    first: dict[tuple[str, str], str] = {}
    for each in extracts:
        original = first.setdefault((each.name[:_MONTH], each.sha256), each.path)
        if original != each.path and each.used:
            message = f"this is a copy of '{original}', with the same rows; remove one of the two"
            issues.append(Issue(code="copy", place=Place(file=each.path), message=message))
    return tuple(issues)
