"""Why a figure is missing or uncertain: the statuses and their symbols."""

from __future__ import annotations

from merton_kpi.core.text import strip_dashes
from merton_kpi.core.vocabulary import Word


class Shorthand(Word):
    """Symbols of the UK Government Analysis Function for missing and uncertain figures."""

    NOT_AVAILABLE = "[x]", "not available; the notes give the reason where one is known"
    NOT_APPLICABLE = "[z]", "not applicable"
    CONFIDENTIAL = "[c]", "confidential: a small number, suppressed so that nobody is identified"
    PROVISIONAL = "[p]", "provisional"
    REVISED = "[r]", "revised since the panel first saw it; the notes say from what"
    LOW_RELIABILITY = "[u]", "low reliability"
    BREAK = "[b]", "break in the series: figures before it are not compared with those from it on"

    def __init__(self, _word: str, meaning: str) -> None:
        self.meaning = meaning

    @property
    def symbol(self) -> str:
        """The symbol with its square brackets."""
        return str(self.value)

    @classmethod
    def read(cls, words: str) -> Shorthand | None:
        """The symbol that words stand for; None for words that say something.

        A symbol typed as words stands for itself. Nothing at all, a dash, dots and `n/a` stand for
        "not applicable".
        """
        plain = words.strip().casefold()
        if plain in _WORDS_FOR_NOTHING:
            return cls.NOT_APPLICABLE
        return _BY_SYMBOL.get(plain)


_BY_SYMBOL = {each.symbol: each for each in Shorthand}
_WORDS_FOR_NOTHING = (
    "",
    "-",
    "\N{EN DASH}",
    "\N{EM DASH}",
    "..",
    "...",
    "\N{HORIZONTAL ELLIPSIS}",
    "n/a",
)


class Status(Word):
    """Why there is no figure, or how reliable it is.

    `printed` is the wording that the panel knows, `shorthand` the symbol in the workbook's cell,
    `plain` what the data for other programs says in a note.
    """

    NOT_AVAILABLE = "not_available", "N/A", Shorthand.NOT_AVAILABLE, "not available"
    COVID = "covid", "N/A - C19", Shorthand.NOT_AVAILABLE, "not collected because of COVID-19"
    TO_COME = "to_come", "TBC", Shorthand.NOT_AVAILABLE, "still to come"
    AWAITING_ANNUAL_RATE = (
        "awaiting_annual_rate",
        "Awaiting confirmed annual rate",
        Shorthand.NOT_AVAILABLE,
        "awaiting the confirmed annual rate",
    )
    CHANGE_IN_RECORDING = (
        "change_in_recording",
        "Change in recording",
        Shorthand.NOT_AVAILABLE,
        "change in recording",
    )
    NOT_PUBLISHED = "not_published", "Not published", Shorthand.NOT_AVAILABLE, "not published"
    NOT_RELEVANT = "not_relevant", "Not relevant", Shorthand.NOT_APPLICABLE, "not relevant"
    NO_BENCHMARK = (
        "no_benchmark",
        "No relevant benchmarking available",
        Shorthand.NOT_APPLICABLE,
        "no relevant benchmark is available",
    )
    ACADEMIC_YEAR_MEASURE = (
        "academic_year_measure",
        "Academic year measure",
        Shorthand.NOT_APPLICABLE,
        "measured by academic year",
    )
    NEW = "new", "New", Shorthand.NOT_APPLICABLE, "new"
    NOT_APPLICABLE = "not_applicable", "Not applicable", Shorthand.NOT_APPLICABLE, "not applicable"
    NO_CASES = "no_cases", "No cases", Shorthand.NOT_APPLICABLE, "no cases"
    SUPPRESSED = "suppressed", "<5", Shorthand.CONFIDENTIAL, "a small number, suppressed"
    SUPPRESSED_WITH_ANOTHER = (
        "suppressed_with_another",
        "Suppressed",
        Shorthand.CONFIDENTIAL,
        "suppressed",
    )
    PROVISIONAL = "provisional", "Provisional", Shorthand.PROVISIONAL, "provisional"
    LOW_RELIABILITY = (
        "low_reliability",
        "Low reliability",
        Shorthand.LOW_RELIABILITY,
        "low reliability",
    )

    def __init__(self, _word: str, printed: str, shorthand: Shorthand, plain: str) -> None:
        self.printed = printed
        self.shorthand = shorthand
        self.plain = plain

    @property
    def meaning(self) -> str:
        """Whether it is used with a figure or without one, and what is printed."""
        use = "beside a figure" if self.qualifies_a_figure else "in place of a figure"
        return f"{use}; printed as {self.printed}"

    @property
    def qualifies_a_figure(self) -> bool:
        """Whether it is used with a figure; every other status takes the place of one."""
        return self in (Status.PROVISIONAL, Status.LOW_RELIABILITY)

    @property
    def is_said_by_symbol(self) -> bool:
        """Whether its symbol in place of a figure says all that it does, so that no note need."""
        return self in (Status.NOT_AVAILABLE, Status.NOT_APPLICABLE, Status.NOT_RELEVANT)

    @property
    def is_still_to_come(self) -> bool:
        """Whether a figure is still to be sent; it will then replace the status."""
        return self in (Status.TO_COME, Status.AWAITING_ANNUAL_RATE)

    @property
    def is_suppressed(self) -> bool:
        """Whether there is a figure that must not be shown."""
        return self.shorthand is Shorthand.CONFIDENTIAL


def match_status(words: str) -> Status | None:
    """The status that a word, a symbol or the words that the panel knows stand for, or None.

    Capitals, spaces and the kind of a dash make no difference.
    """
    return _BY_WORDS.get(words) or _BY_WORDS.get(_strip_differences(words))


def _strip_differences(text: str) -> str:
    """Words without what differs from one person to the next: case, dashes and spaces."""
    words = " ".join(strip_dashes(text).casefold().split())
    return "-".join(map(str.strip, words.split("-"))).replace("< ", "<")


_BY_WORDS = (
    {_strip_differences(status.printed): status for status in Status}
    | {status.value: status for status in Status}
    | {
        "-": Status.NOT_AVAILABLE,
        "[x]": Status.NOT_AVAILABLE,
        "[z]": Status.NOT_APPLICABLE,
        "[c]": Status.SUPPRESSED,
    }
)
