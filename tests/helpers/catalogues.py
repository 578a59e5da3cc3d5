"""A catalogue of one indicator, and the issues of a catalogue's text as lines."""

from __future__ import annotations

import re

from helpers.councils import HEAD
from merton_kpi.loading import check_completeness, read_checked_definitions

LINE = HEAD.count("\n")  # the lines of HEAD
ONE = """\
sections:
  - title: Services
    indicators:
      - number: "1"
        title: Calls
        unit: percent
        frequency: monthly
        target: {at_least: 90}
        rationale: A call is a question.
        owner: Head of Contact
"""
SECOND = ONE[ONE.index("      - number") :].replace('"1"', '"2"')  # an entry to put behind ONE


def list_issues(text: str, *, gaps: bool = False) -> list[str]:
    """Each issue of a catalogue's text, as it is printed."""
    definitions = read_checked_definitions(text, "f")
    issues = check_completeness(definitions) if gaps else definitions.issues
    return [str(issue) for issue in issues]


def list_faults(text: str, *, gaps: bool = False) -> list[str]:
    """The same, with lines after HEAD counted from its end: `f:+4:9: error: …`."""

    def count_from_head(found: re.Match[str]) -> str:
        line = int(found[1])
        return f"f:+{line - LINE}" if line > LINE else found[0]

    return [re.sub(r"^f:(\d+)", count_from_head, each) for each in list_issues(text, gaps=gaps)]


def add_key(line: str) -> str:
    """The catalogue of one indicator with one more line in it, the last."""
    return f"{HEAD}{ONE}        {line}\n"
