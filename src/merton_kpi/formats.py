"""The formats that a command's answer may be written in, each a word of its --format."""

from __future__ import annotations

from enum import StrEnum


class AnswerFormat(StrEnum):
    """Whom an answer is for: people or programs."""

    TEXT = "text"
    JSON = "json"


class IssueFormat(StrEnum):
    """What issues are listed for: people, programs, or the lines of a pull request."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


class ChaserFormat(StrEnum):
    """How the list of what is due is written."""

    TEXT = "text"
    CSV = "csv"
    MARKDOWN = "markdown"

    @property
    def encoding(self) -> str:
        """A file's encoding: by its mark Excel knows a CSV as UTF-8."""
        return "utf-8-sig" if self is ChaserFormat.CSV else "utf-8"
