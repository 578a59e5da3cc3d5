"""What to do about text that is not YAML, by the parser's message and where it stopped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from merton_kpi.core.text import explain_unseen

if TYPE_CHECKING:
    import yaml

# A space that YAML does not take for one, at a line's beginning or after a colon, dash or bracket.
_OTHER_SPACE = re.compile(r"(?:^|(?<=[:\-,{\[])) *(?! )[^\S\t\r\n]")

# The parser notices late that one of these is not closed, or that a key has no colon. The error's
# context is then the place where it began.
_NOTICED_LATE = (
    *("a simple key", "a quoted scalar", "a flow sequence", "a flow mapping"),
    *("an alias", "an anchor", "a tag", "a block scalar", "a directive"),
    "a double-quoted scalar",  # where PyYAML's own parser reads
)
_UNFIT = (
    "the line begins in a different column from the lines it belongs with; "
    "begin all keys of an entry in the same column, and put a dash before each list item"
)
_SIGN = "put text that begins with a symbol in quotes"
_BACKSLASH = "put text that contains a backslash in single quotes"
_FOLLOWS = "text follows a closing quote or bracket; put the whole text in quotes"
_OPEN_QUOTE = "close the quote that opens here"
# What to do, by a part of the parser's message. Its own words would mislead: it calls a sign an
# indicator.
_ADVICE = {
    "tab character": "the line is indented with a tab; use spaces",
    "cannot start any token": _SIGN,
    "mapping values are not allowed": "put text that contains a colon in straight quotes",
    "sequence entries are not allowed": "put text that begins with a dash in quotes, "
    "and begin a list on a new line",
    "expected ':'": "put a colon and a space after the key",
    "expected ',' or": "close the bracket that opens here, and put commas between the items in it",
    "unexpected end of stream": _OPEN_QUOTE,
    "unexpected document": _OPEN_QUOTE,
    "expected key": _FOLLOWS,
    "expected <block end>": _FOLLOWS,
    "expected '-'": _UNFIT,
    "<document start>": _UNFIT,
    "escape": _BACKSLASH,
    "hexdecimal": _BACKSLASH,
}
# The same for faults at the beginning of a line.
_ADVICE_AT_LINE_START = _ADVICE | {
    "mapping values are not allowed": "the line is indented further than the line above, or the "
    "line above has no colon; begin all keys of an entry in the same column, each followed by a "
    "colon and a space",
    "expected key": _UNFIT,
    "expected <block end>": _UNFIT,
}


def explain_yaml_error(
    error: yaml.MarkedYAMLError, text: str, last_long_quote: Any
) -> tuple[Any, str]:
    """The mark where a fault began that stopped the parser, and what to do about it.

    `last_long_quote` is the event of the last quoted text of several lines, if there is one.
    """
    if _is_open(last_long_quote, text):
        return last_long_quote.start_mark, _OPEN_QUOTE
    mark, problem = error.problem_mark, error.problem or ""
    assert mark is not None  # the scanner and the parser always give one
    before = text[text.rfind("\n", 0, mark.index) + 1 : mark.index]
    sign = text[mark.index : mark.index + 1]
    if sign == "\t":
        problem = "tab character"
    elif (error.context or "").endswith(_NOTICED_LATE):
        mark = error.context_mark
    assert mark is not None  # nor is the context without one
    if fault := _explain_space(text, mark.line):
        return mark, f"this line or the one above {fault}; type a plain space"
    is_first = not re.search(r":\s", before) if sign == ":" else not before.strip()
    advice = _ADVICE_AT_LINE_START if is_first else _ADVICE
    return mark, next((words for part, words in advice.items() if part in problem), _SIGN)


def _explain_space(text: str, line: int) -> str:
    """What is wrong where a space that is no plain one stands before a key or after a sign.

    It is looked for in the line where the parser stopped and in the one before.
    """
    for each in reversed(text.split("\n")[max(0, line - 1) : line + 1]):
        if found := _OTHER_SPACE.search(each):
            return explain_unseen(found[0]).removeprefix("it ")
    return ""


def _is_open(quote: Any, text: str) -> bool:
    """Whether a long quote lacks its end, so that the next quote's beginning ended it.

    Text then follows on the line where it seems to end.
    """
    if quote is None:
        return False
    end = quote.end_mark
    rest = text.split("\n")[end.line][end.column :]
    return bool(re.match(r"\s*[^\s#,:\]}]", rest))
