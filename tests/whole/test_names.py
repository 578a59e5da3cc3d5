"""A function begins with a verb that says the kind of work, one verb for one kind of work."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from helpers.councils import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

# The eight of the design come first: each says from what to what.
VERBS = {
    "read": "bytes or text to values",
    "match": "what belongs together",
    "rate": "a figure to a rating",
    "check": "values to issues, or to the error of one value",
    "compose": "values to what is printed or sent on",
    "format": "a value to text",
    "write": "values to bytes or to a file's text",
    "print": "text to a terminal; in cli only",
    "add": "one more to what is there",
    "apply": "changes that were listed",
    "assess": "rate and put in context",
    "build": "the papers; the command",
    "choose": "one of several, by a rule",
    "compare": "two values to what differs",
    "convert": "a value to another type",
    "count": "how many",
    "create": "a file that is not there yet",
    "decode": "bytes to text",
    "encode": "text to bytes",
    "escape": "characters that would be acted on",
    "explain": "why, in words",
    "filter": "those of many that fit",
    "hash": "bytes to their fingerprint",
    "include": "what is true in a range",
    "init": "a first council; the command",
    "join": "several texts to one",
    "list": "all that there are, in order",
    "lock": "a folder, for one run at a time",
    "main": "where the process begins",
    "make": "an issue, with its place in a document",
    "measure": "the room that text takes, or a distance between figures",
    "multiply": "a sum by a factor",
    "open": "a stream, or a bar of progress",
    "overwrite": "a file that may be there",
    "plan": "what will be changed",
    "protect": "a small number",
    "quote": "text that a program would act on",
    "remove": "one of what is there",
    "repair": "what a change broke",
    "replace": "one thing by another",
    "require": "a value, or stop",
    "restore": "what was there before",
    "rewrite": "a file's text with changes",
    "round": "a figure to its decimals",
    "run": "a command or a step",
    "search": "one that fits, as far as a limit",
    "select": "the one or those that count",
    "shorten": "a text to a length",
    "sign": "a draft as final",
    "sort": "in the order of a key",
    "split": "one text to several",
    "stop": "the run",
    "strip": "what carries no meaning at an end",
    "subtract": "one sum from another",
    "suggest": "what was meant",
    "suppress": "a figure that must not be shown",
    "undo": "a step that was not finished",
    "unquote": "what quote was given",
    "validate": "plain values to models",
    "verify": "papers against their manifest; the command",
    "work": "work out: a result by arithmetic",
}
PREDICATES = {"is", "are", "has", "can", "owes", "needs"}
# A look-up may be a noun that says of what, or in what order: `nearest_word`, `pair_of`.
LOOK_UP = re.compile(
    r"^(next|nearest|manifest|blank|catalogue|terminal|year|month|first)_|_(of|for|at|in|before|after|since)$"
)
# What has its name from elsewhere.
FOR_TYPER = {"show", "changes", "due", "meetings", "template", "schema", "new_year", "migrate"}
FOR_LIBRARIES = {"to_tree", "field_title_should_be_set", "flush", "close", "isatty", "fileno"}
FOR_PYDANTIC = re.compile(r"^[a-z]+(_[a-z]+)?_schema$")
CONSTRUCTORS = {"of", "at"}  # class methods, named like `date.today`
SCHEMA_RULES = {"_given", "_any", "_not", "_same", "_some_target", "_must", "_where"}  # read as one
ELSEWHERE = FOR_TYPER | FOR_LIBRARIES | CONSTRUCTORS | SCHEMA_RULES


# Words that say nothing of the work, or that stand for another noun of the field.
BANNED = {
    *("tell", "tells", "told", "find", "finds", "found", "do", "get", "take", "put", "say", "make"),
    *("draw", "show", "judge", "judged", "doubt", "doubts", "goal", "goals", "stand", "thing"),
}
# `make_issue` is known by its name in every folder; `show` is a command.
ALLOWED = {"make_issue", "make_key_issue", "show"}


def list_definitions() -> Iterator[str]:
    """Each module, class and function of the package as `file: name`."""
    for path in sorted((ROOT / "src").rglob("*.py")):
        file = path.relative_to(ROOT).as_posix()
        yield f"{file}: {path.stem}"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                yield f"{file}: {node.name}"


def has_banned_word(definition: str) -> bool:
    name = definition.split(": ")[1]
    words = re.findall("[A-Z]?[a-z]+", name)
    return name not in ALLOWED and bool(BANNED & {word.lower() for word in words})


def test_no_module_class_or_function_is_named_by_an_empty_word() -> None:
    assert [each for each in list_definitions() if has_banned_word(each)] == []


def list_functions() -> Iterator[str]:
    """Each function and method of the package as `file: name`, but for properties."""
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("__"):
                decorators = {ast.unparse(each) for each in node.decorator_list}
                if not decorators & {"property", "cached_property"}:
                    yield f"{path.relative_to(ROOT).as_posix()}: {node.name}"


def is_named_by_its_work(function: str) -> bool:
    name = function.split(": ")[1]
    first, *_ = name.lstrip("_").split("_")
    is_from_elsewhere = name in ELSEWHERE or FOR_PYDANTIC.search(name)
    return first in VERBS or first in PREDICATES or bool(LOOK_UP.search(name) or is_from_elsewhere)


def test_each_function_begins_with_a_verb_for_its_kind_of_work() -> None:
    assert [each for each in list_functions() if not is_named_by_its_work(each)] == []


def test_only_commands_print() -> None:
    printing = [each for each in list_functions() if re.search(": _?print_", each)]
    assert printing
    assert [each for each in printing if not each.startswith("src/merton_kpi/cli/")] == []
