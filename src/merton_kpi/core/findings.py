"""The kinds of warnings: the codes of suspicious figures and settings, and every kind in words."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


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
    MANY_DECIMALS = "many_decimals"
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


# Every kind of warning in words, one of it and several, by its code. A build counts its warnings in
# this order: first what may need another file, then gaps, doubts of figures, and the catalogue.
WARNING_WORDS: Mapping[str, tuple[str, str]] = {
    "given_away_before": (
        "small number that earlier papers gave away",
        "small numbers that earlier papers gave away",
    ),
    FindingCode.REPEATED_EXTRACT.value: (
        "extract that may be last month's",
        "extracts that may be the month's before",
    ),
    FindingCode.CUT_OFF.value: ("extract that may be cut off", "extracts that may be cut off"),
    "unread_file": (
        "spreadsheet or folder that is not read",
        "spreadsheets or folders that are not read",
    ),
    "earlier_year": (
        "earlier year's extract that cannot be read whole",
        "earlier years' extracts that cannot be read whole",
    ),
    "given_twice": (
        "figure given twice in earlier years' extracts",
        "figures given twice in earlier years' extracts",
    ),
    "file_name": ("file whose name says no month", "files whose names say no month"),
    "passed_over": ("column that is passed over", "columns that are passed over"),
    "no_header": ("sheet without a row of headings", "sheets without a row of headings"),
    "hidden_sheet": ("hidden sheet", "hidden sheets"),
    "hidden_rows": ("sheet with hidden rows", "sheets with hidden rows"),
    "hidden_columns": ("sheet with hidden columns", "sheets with hidden columns"),
    "no_file": ("pipe or device that is not read", "pipes or devices that are not read"),
    FindingCode.ROUNDED_BEFORE.value: (
        "figure that may have been rounded before",
        "figures that may have been rounded before",
    ),
    FindingCode.MISSING.value: (
        "indicator with figures due and missing",
        "indicators with figures due and missing",
    ),
    "empty_row": ("row with nothing filled in", "rows with nothing filled in"),
    FindingCode.NO_REASON.value: (
        "figure 'N/A' without a reason",
        "figures 'N/A' without a reason",
    ),
    FindingCode.NOT_DUE.value: (
        "figure for a month that has none due",
        "figures for months that have none due",
    ),
    FindingCode.IMPOSSIBLE.value: ("figure that cannot be", "figures that cannot be"),
    FindingCode.FRACTION.value: (
        "figure that may be a fraction for a percentage",
        "figures that may be fractions for percentages",
    ),
    FindingCode.PARTS.value: (
        "figure that contradicts its numerator and denominator",
        "figures that contradict their numerators and denominators",
    ),
    FindingCode.NUMERATOR_ALONE.value: (
        "numerator without a denominator",
        "numerators without a denominator",
    ),
    FindingCode.PARTS_JUMP.value: (
        "denominator far from all earlier ones",
        "denominators far from all earlier ones",
    ),
    FindingCode.PARTS_LEFT_OUT.value: (
        "figure whose numerator and denominator no longer come",
        "figures whose numerators and denominators no longer come",
    ),
    FindingCode.ROUNDED.value: (
        "figure that rounding moves to another rating",
        "figures that rounding moves to another rating",
    ),
    FindingCode.RATE.value: (
        "rate that contradicts its count",
        "rates that contradict their counts",
    ),
    FindingCode.SUM.value: (
        "figure that is not the sum it should be",
        "figures that are not the sums they should be",
    ),
    FindingCode.FALL.value: ("running total that falls", "running totals that fall"),
    FindingCode.STALLED.value: (
        "running total that may leave out a part",
        "running totals that may leave out a part",
    ),
    FindingCode.UNCHANGED.value: (
        "indicator whose figure stays the same",
        "indicators whose figures stay the same",
    ),
    FindingCode.ZERO.value: ("figure of 0 that may be a gap", "figures of 0 that may be gaps"),
    FindingCode.HUNDRED.value: (
        "figure of 100% that may be a gap",
        "figures of 100% that may be gaps",
    ),
    FindingCode.COMPLEMENT.value: (
        "percentage that may be what is left to 100%",
        "percentages that may be what is left to 100%",
    ),
    FindingCode.TRANSPOSED.value: (
        "figure whose digits may be in the wrong order",
        "figures whose digits may be in the wrong order",
    ),
    FindingCode.JUMP.value: (
        "figure far from the others",
        "figures far from the others",
    ),
    FindingCode.NOT_WHOLE.value: ("count with a fraction", "counts with a fraction"),
    FindingCode.MANY_DECIMALS.value: (
        "figure to be printed with many decimals",
        "figures to be printed with many decimals",
    ),
    FindingCode.TITLE.value: (
        "row with the title of another indicator",
        "rows with the titles of other indicators",
    ),
    FindingCode.LOST_DIGIT.value: (
        "row whose number may have lost a digit",
        "rows whose numbers may have lost a digit",
    ),
    FindingCode.REPEATED_WORDS.value: (
        "commentary that repeats an earlier month's",
        "commentaries that repeat an earlier month's",
    ),
    FindingCode.UNEXPLAINED.value: ("correction without a note", "corrections without a note"),
    FindingCode.TELLING_WORDS.value: (
        "text that may give away a suppressed figure",
        "texts that may give away suppressed figures",
    ),
    FindingCode.CONFIRMED.value: ("figure that was confirmed", "figures that were confirmed"),
    "windows_1252": ("extract that is not UTF-8", "extracts that are not UTF-8"),
    "unseen_sign": ("text with a sign that cannot be seen", "texts with signs that cannot be seen"),
    "cut_text": ("text that YAML cuts at ' #'", "texts that YAML cuts at ' #'"),
    FindingCode.TARGET_IMPOSSIBLE.value: ("target that cannot be", "targets that cannot be"),
    FindingCode.TARGET_FRACTION.value: (
        "target that may be a fraction for a percentage",
        "targets that may be fractions for percentages",
    ),
    FindingCode.TARGET_UNUSED.value: ("target that is not used", "targets that are not used"),
    "unrated": ("target that rates no month", "targets that rate no month"),
    "no_last_year": (
        "target that needs figures of last year",
        "targets that need figures of last year",
    ),
    FindingCode.BLUE_UNREACHED.value: (
        "blue band that cannot be reached",
        "blue bands that cannot be reached",
    ),
    FindingCode.NOT_A_SUM.value: (
        "percentage that may not be one to add up",
        "percentages that may not be ones to add up",
    ),
    FindingCode.OLD_BENCHMARK.value: (
        "benchmark more than three years old",
        "benchmarks more than three years old",
    ),
    FindingCode.REWRITTEN_NUMBER.value: (
        "indicator's number that spreadsheets change",
        "indicators' numbers that spreadsheets change",
    ),
    FindingCode.UNDECLARED_SUM.value: ("sum that may need 'sum_of'", "sums that may need 'sum_of'"),
    FindingCode.UNDECLARED_RUNNING_TOTAL.value: (
        "running total that may need 'running_total_of'",
        "running totals that may need 'running_total_of'",
    ),
    FindingCode.UNDECLARED_PERCENTAGE.value: (
        "percentage or rate that may need 'percentage_of' or 'rate_of'",
        "percentages or rates that may need 'percentage_of' or 'rate_of'",
    ),
    "no_owner": ("indicator without an owner", "indicators without an owner"),
    "no_rationale": ("indicator without a rationale", "indicators without a rationale"),
    "unused_owner": ("owner that no indicator has", "owners that no indicator has"),
    "two_spellings": ("owner who may be spelt in two ways", "owners who may be spelt in two ways"),
    "unused_footnote": (
        "footnote that no indicator refers to",
        "footnotes that no indicator refers to",
    ),
    "other_year": ("meeting outside the catalogue's year", "meetings outside the catalogue's year"),
    "empty_section": (
        "list of report sections without words",
        "lists of report sections without words",
    ),
    "other_paper": ("file that is not one of the papers", "files that are not among the papers"),
    "former_message": (
        "message of a former run that was changed",
        "messages of former runs that were changed",
    ),
    "damaged_list": ("interrupted run to check", "interrupted runs to check"),
    "version": (
        "set of papers by another version of kpi",
        "sets of papers by other versions of kpi",
    ),
}
# Those about a whole file, though they may be told at the indicator of its first row.
OF_FILES = frozenset({FindingCode.REPEATED_EXTRACT.value, FindingCode.CUT_OFF.value})
