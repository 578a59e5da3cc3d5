"""The kinds of suspicious figures and settings: the closed list of the warnings' codes."""

from __future__ import annotations

from enum import Enum


class FindingCode(Enum):
    """Every kind of finding, by the code of its warning.

    The order is that of the tables in docs/reference/extracts.md.
    """

    IMPOSSIBLE = "impossible"
    FRACTION = "fraction"
    NOT_DUE = "not_due"
    PARTS = "parts"
    NUMERATOR_ALONE = "numerator_alone"
    ROUNDED = "rounded"
    RATE = "rate"
    SUM = "sum"
    FALL = "fall"
    STALLED = "stalled"
    UNCHANGED = "unchanged"
    ZERO = "zero"
    HUNDRED = "hundred"
    COMPLEMENT = "complement"
    TRANSPOSED = "transposed"
    JUMP = "jump"
    NOT_WHOLE = "not_whole"
    PARTS_JUMP = "parts_jump"
    PARTS_LEFT_OUT = "parts_left_out"
    NO_REASON = "no_reason"
    TITLE = "title"
    LOST_DIGIT = "lost_digit"
    CUT_OFF = "cut_off"
    ROUNDED_BEFORE = "rounded_before"
    REPEATED_EXTRACT = "repeated_extract"
    REPEATED_WORDS = "repeated_words"
    UNEXPLAINED = "unexplained"
    TELLING_WORDS = "telling_words"
    TARGET_IMPOSSIBLE = "target_impossible"
    TARGET_FRACTION = "target_fraction"
    TARGET_UNUSED = "target_unused"
    NOT_A_SUM = "not_a_sum"
    BLUE_UNREACHED = "blue_unreached"
    OLD_BENCHMARK = "old_benchmark"
    REWRITTEN_NUMBER = "rewritten_number"
    UNDECLARED_SUM = "undeclared_sum"
    UNDECLARED_RUNNING_TOTAL = "undeclared_running_total"
    UNDECLARED_PERCENTAGE = "undeclared_percentage"
    MISSING = "missing"
    # Not a warning: a figure that was confirmed although no check found anything about it.
    CONFIRMED = "confirmed"

    @property
    def is_by_nature(self) -> bool:
        """Whether one text in the indicator's `confirmed` answers it, for all its months.

        It concerns the entry itself, or what its figures are by nature. A relation that is not
        declared is answered by its code alone, since a text about something else must not pass
        over a hidden figure that can be worked out.
        """
        return self in _BY_NATURE


_BY_NATURE = frozenset(
    {
        FindingCode.IMPOSSIBLE,
        FindingCode.FRACTION,
        FindingCode.NUMERATOR_ALONE,
        FindingCode.UNCHANGED,
        FindingCode.ZERO,
        FindingCode.HUNDRED,
        FindingCode.NOT_WHOLE,
        FindingCode.TARGET_IMPOSSIBLE,
        FindingCode.TARGET_FRACTION,
        FindingCode.TARGET_UNUSED,
        FindingCode.NOT_A_SUM,
        FindingCode.BLUE_UNREACHED,
        FindingCode.REWRITTEN_NUMBER,
    }
)
# Those that an indicator's `confirmed` can answer by their code.
ANSWERABLE = tuple(
    each for each in FindingCode if each not in (FindingCode.MISSING, FindingCode.CONFIRMED)
)
