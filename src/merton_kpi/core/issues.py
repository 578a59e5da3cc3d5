"""Issues (errors and warnings), the exception that stops a run, and words that are misspelt."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

from merton_kpi.core.text import escape_spaces, escape_unseen

if TYPE_CHECKING:
    from collections.abc import Iterable


_T = TypeVar("_T")
_LONGEST_WORD = 60  # characters; to compare longer ones takes long, and they are no misspelt words
_MOST_WORDS = 20  # that a sentence lists

# How alike two words are, from 0 to 1, so that one may be the other misspelt.
_ALIKE = 0.7
_JOINED_ALIKE = 0.9  # where one is written in more parts than the other: `atleast`
_PART_ALIKE = 0.6
_FEWEST_LETTERS = 4  # beside a number: `CORP 09` may be misspelt, `b1` is another label than `a1`
_WITH_DIGIT = re.compile("[0-9][0-9a-z.,]*")  # the part of a word that is a number, with its letter
_PART = re.compile(r"[^\W_]+")
_PLAIN_SPACES = re.compile("[ \t\r\n\v\f]+")
_SIZES = ("ten", "dozen", "hundred", "thousand", "million", "billion", "trillion")
# Before a word they make it another one: `bimonthly`, `not suppressed`.
_BEGINNINGS = ("anti", "bi", "half", "non", "not", "quarter", "semi", "tri", "un")


class Severity(Enum):
    """An error stops a build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was read: a file, with a line and a column counted from 1.

    `line` is None for the file as a whole; `column` is None where only the line is known. In a
    workbook they count the rows and columns of its `sheet`.
    """

    file: str
    line: int | None = None
    column: int | None = None
    sheet: str = ""

    def __str__(self) -> str:
        if self.sheet:
            return f"{self.file}, {self.words}"
        parts = (self.file, self.line, self.column)
        return ":".join(str(part) for part in parts if part is not None)

    @property
    def words(self) -> str:
        """Where it is in the file: `line 7`, `sheet Return, row 7`, `sheet Return, cell D7`."""
        if not self.sheet:
            return "" if self.line is None else f"line {self.line}"
        sheet = f"sheet {self.sheet}"
        if self.line is None:
            return sheet
        if self.column is None:
            return f"{sheet}, row {self.line}"
        return f"{sheet}, cell {format_column(self.column)}{self.line}"

    @property
    def sheet_facts(self) -> dict[str, str]:
        """The sheet for programs: an entry only where the file is a workbook."""
        return {"sheet": self.sheet} if self.sheet else {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Issue:
    """An error or a warning: where it is, what it is about, and one sentence that says what to do.

    `code` is a short name that does not change, for programs that read the issues. `subject` names
    an indicator or a key, or is empty.
    """

    code: str
    place: Place
    message: str
    subject: str = ""
    severity: Severity = Severity.ERROR

    @classmethod
    def at(cls, file: str, code: str, message: str, severity: Severity = Severity.ERROR) -> Issue:
        """An issue about a whole file, named with slashes."""
        return cls(severity=severity, code=code, place=Place(file=file), message=message)

    @property
    def indicator(self) -> str:
        """The number of the indicator that it is about; empty where it is about another thing."""
        word, _, number = self.subject.partition(" ")
        return number if word == "indicator" else ""

    def __str__(self) -> str:
        parts = (str(self.place), self.severity.value, self.subject, self.message)
        return ": ".join(part for part in parts if part)


class BuildStoppedError(Exception):
    """Nothing can be built until these issues are put right; the run ends with exit code 1."""

    exit_code = 1

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__("\n".join(map(str, self.issues)))

    @classmethod
    def at(cls, file: str, code: str, message: str, line: int | None = None) -> BuildStoppedError:
        """The exception for a single error in a file, or in a line of it."""
        return cls([Issue(code=code, place=Place(file=file, line=line), message=message)])


def format_column(number: int) -> str:
    """A spreadsheet column's letters: `A` for 1, `AA` for 27."""
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def nearest_word(word: str, known: Iterable[str]) -> str:
    """The known word that this one probably is, misspelt; empty where there is none.

    It is the one most like it, capitals aside; of two that are equal but for capitals, the one
    listed first. A word of another meaning is none, however like it is: one with other digits, of
    another size (`billion` for `million`), or with a part more or less that counts (`bimonthly`).
    """
    near = _search_word(word, known, _ALIKE)
    return near if near and _has_same_meaning(word.casefold(), near.casefold()) else ""


def is_like(word: str, known: Iterable[str]) -> bool:
    """Whether a word could at all be one of the known ones, misspelt."""
    return bool(_search_word(word, known, _PART_ALIKE))


def _search_word(word: str, known: Iterable[str], alike: float) -> str:
    if len(word) > _LONGEST_WORD:
        return ""
    lower = {each.lower(): each for each in reversed(list(known))}
    near = get_close_matches(word.lower(), lower, n=1, cutoff=alike)
    return lower[near[0]] if near else ""


def _has_same_meaning(word: str, near: str) -> bool:
    """Whether two words, in small letters, differ only as one that is misspelt does."""
    numbers, others = _WITH_DIGIT.findall(word), _WITH_DIGIT.findall(near)
    letters = sum(map(str.isalpha, _WITH_DIGIT.sub("", word)))
    if numbers and (others not in ([], numbers) or letters < _FEWEST_LETTERS):
        return _join_parts(word) == _join_parts(near)
    if others and not numbers:
        return False
    if any(word.startswith(each) and not near.startswith(each) for each in _BEGINNINGS):
        return False
    parts, of_near = (_PART.findall(_WITH_DIGIT.sub(" ", each)) for each in (word, near))
    if len(parts) != len(of_near):
        return _measure_likeness("".join(parts), "".join(of_near)) >= _JOINED_ALIKE
    return all(map(_is_part_alike, parts, of_near))


def _join_parts(word: str) -> str:
    """A word without its spaces and signs, but for points and commas, which belong to numbers."""
    return re.sub(r"[^\w.,]|_", "", word)


def _is_part_alike(part: str, near: str) -> bool:
    """Whether a part of a word may be that part of another; a size is only like itself."""
    size = get_close_matches(part, _SIZES, n=1)
    if near in _SIZES or size[:1] == [part]:
        return size[:1] == [near]
    return _measure_likeness(part, near) >= _PART_ALIKE


def _measure_likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def has_errors(issues: Iterable[Issue]) -> bool:
    """Whether one of the issues is an error."""
    return any(issue.severity is Severity.ERROR for issue in issues)


def sort_by_severity(issues: Iterable[Issue]) -> list[Issue]:
    """The issues with errors before warnings, and otherwise in their order."""
    return sorted(issues, key=lambda each: each.severity is Severity.WARNING)


def stop_on_errors(issues: Iterable[Issue]) -> None:
    """Raise BuildStoppedError with all the issues where one of them is an error."""
    issues = tuple(issues)
    if has_errors(issues):
        raise BuildStoppedError(issues)


def require(result: tuple[_T | None, Iterable[Issue]]) -> _T:
    """The value of a reading. Raises BuildStoppedError with the issues where it is None."""
    value, issues = result
    if value is None:
        raise BuildStoppedError(issues)
    return value


def suggest_word(word: str, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown word: the nearest known word, else the known words."""
    known = list(known)
    if not known:
        return "none is defined"
    near = nearest_word(word, known)
    if near:
        return f"did you mean '{near}'?"
    if len(known) == 1:
        return f"the only one known is '{known[0]}'"
    rest = len(known) - _MOST_WORDS
    more = f" and {rest} more" if rest > 0 else ""
    return f"use one of {', '.join(known[:_MOST_WORDS])}{more}"


def shorten(text: str, most: int = 60) -> str:
    """A text from a file as a message shows it: on one line, and cut after `most` characters.

    Signs that cannot be seen, and spaces that are no plain ones, are shown by their codes.
    """
    text = " ".join(_PLAIN_SPACES.split(text.strip(" \t\r\n\v\f")))
    text = text if len(text) <= most else f"{text[:most]}..."
    return escape_spaces(escape_unseen(text))
