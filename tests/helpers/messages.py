"""The golden list of messages: the sentences that users read, in one file to read through.

A test asserts an issue's code and place, and hands the issue to the fixture `messages`, which
compares its sentence with the list. The list has a heading for each such test, in the words of its
name. `pytest --update-golden` rewrites the headings of the tests that run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from helpers.councils import GOLDEN
from merton_kpi.core.issues import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LIST = GOLDEN / "messages.txt"
TITLE = "The sentences that users read\n=============================\n"


def read_list() -> dict[str, list[str]]:
    """Each heading of the list with its sentences."""
    sections: dict[str, list[str]] = {}
    heading = ""
    for line in LIST.read_text(encoding="utf-8").splitlines() if LIST.exists() else ():
        if line.startswith("## "):
            heading = line[3:]
            sections[heading] = []
        elif line.startswith("- "):
            sections[heading].append(line[2:])
    return sections


def write_list(sections: Mapping[str, Iterable[str]]) -> None:
    """Write the list in the order of its headings."""
    parts = [TITLE]
    for heading, sentences in sorted(sections.items()):
        parts.append(f"\n## {heading}\n\n")
        parts += [f"- {sentence}\n" for sentence in sentences]
    LIST.write_text("".join(parts), encoding="utf-8", newline="\n")


def format_heading(node: str) -> str:
    """`catalogue, yaml reader: a key given twice is an error (outturns)` for a test's node id."""
    file, _, name = node.partition("::")
    module = file.removeprefix("tests/").removesuffix(".py").replace("test_", "")
    name, _, case = name.removeprefix("test_").partition("[")
    words = f"{module.replace('/', ', ')}: {name}".replace("_", " ")
    return f"{words} ({case.removesuffix(']')})" if case else words


def format_sentence(message: Issue | str) -> str:
    """A message as its user reads it, on one line; an issue without its place."""
    if isinstance(message, Issue):
        parts = (message.severity.value, message.subject, message.message)
        message = ": ".join(part for part in parts if part)
    return re.sub(r"\s*\n\s*", " / ", message.strip())


def list_codes(issues: Iterable[Issue]) -> list[str]:
    """The code of each issue with its line and column, as far as it has them: `yaml 5:9`."""
    return [format_code(issue) for issue in issues]


def format_code(issue: Issue) -> str:
    numbers = (issue.place.line, issue.place.column)
    place = ":".join(str(number) for number in numbers if number is not None)
    return f"{issue.code} {place}".rstrip()
