"""What a check of the data finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from merton_kpi.core.units import Unit

if TYPE_CHECKING:
    from merton_kpi.core.findings import FindingCode
    from merton_kpi.core.periods import Month


CONFIRM_FIGURE = "say why it is right in the column 'confirmed'"
CONFIRM_VALUE = "say why it is right in 'confirmed'"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding about a month's figure, and what to do about it."""

    month: Month
    code: FindingCode
    words: str
    advice: str = f"correct it, or {CONFIRM_FIGURE}"


@dataclass(frozen=True, slots=True)
class CatalogueFinding:
    """One finding about a value in the catalogue, and what to do about it.

    `about` names the value: `target`, a benchmark's area, an outturn's year. `confirmed` is the
    reason that the catalogue gives beside the value, or empty.
    """

    about: str
    code: FindingCode
    words: str
    confirmed: str = ""
    advice: str = f"correct it, or {CONFIRM_VALUE}"


def explain_impossible(unit: Unit) -> str:
    """Why a figure that the unit cannot have is none, in words."""
    return "is outside 0% to 100%" if unit is Unit.PERCENT else "is below zero"
