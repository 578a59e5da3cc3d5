"""What is wrong with a row of an extract, in words that quote it and in words that do not."""

from __future__ import annotations

from dataclasses import dataclass

from merton_kpi.core.issues import Severity


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row; it becomes an issue on the row's line.

    `unquoted` says it without what the row's cells contain. It is empty where `message` has nothing
    of them either. `column` names the only cell that is at fault.
    """

    code: str
    message: str
    severity: Severity = Severity.ERROR
    unquoted: str = ""
    column: str = ""


Faults = tuple[Fault, ...]


def check_cell(column: str, fault: str) -> Faults:
    """The fault of a figure's cell, if its reading has one."""
    if not fault:
        return ()
    unquoted = f"{column}: this is not a plain number; write it like 96 or 33.9, without symbols"
    unquoted += ", commas or words"
    if column == "value":
        unquoted += "; for a missing figure, give a status, and for one that must not be shown,"
        unquoted += " the status 'suppressed'"
    return (Fault("not_a_number", f"{column}: {fault}", unquoted=unquoted, column=column),)
