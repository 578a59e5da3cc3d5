"""What is wrong with a row of an extract."""

from __future__ import annotations

from dataclasses import dataclass

from merton_kpi.core.issues import Severity


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row; it becomes an issue on the row's line."""

    code: str
    message: str
    severity: Severity = Severity.ERROR


Faults = tuple[Fault, ...]


def check_cell(column: str, fault: str) -> Faults:
    """The fault of a figure's cell, if its reading has one."""
    return (Fault("not_a_number", f"{column}: {fault}"),) if fault else ()
