"""Issues (errors and warnings), the exception that stops a run, and words that are misspelt."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable


_T = TypeVar("_T")
_LONGEST_WORD = 60  # characters; to compare longer ones takes long, and they are no misspelt words
_MOST_WORDS = 20  # that a sentence lists


class Severity(Enum):
    """An error stops a build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was read: a file, with a line and a column counted from 1.

    `line` is None for the file as a whole; `column` is None where only the line is known.
    """

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        parts = (self.file, self.line, self.column)
        return ":".join(str(part) for part in parts if part is not None)


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


def nearest_word(word: str, known: Iterable[str]) -> str:
    """The known word most like this one, capitals aside; empty where none is like it.

    Of two that are equal but for capitals it is the one listed first.
    """
    if len(word) > _LONGEST_WORD:
        return ""
    lower = {each.lower(): each for each in reversed(list(known))}
    near = get_close_matches(word.lower(), lower, n=1)
    return lower[near[0]] if near else ""


def has_errors(issues: Iterable[Issue]) -> bool:
    """Whether one of the issues is an error."""
    return any(issue.severity is Severity.ERROR for issue in issues)


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
    rest = len(known) - _MOST_WORDS
    more = f" and {rest} more" if rest > 0 else ""
    return f"use one of {', '.join(known[:_MOST_WORDS])}{more}"


def shorten(text: str, most: int = 60) -> str:
    """A text from a file as a message shows it: on one line, and cut after `most` characters."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[:most]}..."
