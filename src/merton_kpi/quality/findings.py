"""What a check of the data finds, and the closed list of its codes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from merton_kpi.core.periods import Month


class FindingCode(Enum):
    """Every kind of finding, by the code of its warning.

    The order is that of the tables in docs/reference/extracts.md.
    """

    IMPOSSIBLE = "impossible"
    FRACTION = "fraction"
    NOT_DUE = "not_due"
    PARTS = "parts"
    ROUNDED = "rounded"
    RATE = "rate"
    FALL = "fall"
    UNCHANGED = "unchanged"
    ZERO = "zero"
    JUMP = "jump"
    UNEXPLAINED = "unexplained"
    TELLING_WORDS = "telling_words"
    TARGET_IMPOSSIBLE = "target_impossible"
    TARGET_FRACTION = "target_fraction"
    TARGET_UNUSED = "target_unused"
    NOT_A_SUM = "not_a_sum"
    BLUE_UNREACHED = "blue_unreached"
    OLD_BENCHMARK = "old_benchmark"
    MISSING = "missing"
    # Not a warning: a figure that was confirmed although no check found anything about it.
    CONFIRMED = "confirmed"


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
    reason that the catalogue gives for it, or empty.
    """

    about: str
    code: FindingCode
    words: str
    confirmed: str
    advice: str = f"correct it, or {CONFIRM_VALUE}"
