"""The scalars of a YAML text: what they mean, and what is wrong with how they are written."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from merton_kpi.catalogue.reading.yaml_traps import check_plain_scalar
from merton_kpi.core.issues import shorten
from merton_kpi.core.text import explain_unseen, strip_unseen

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_CURLY_QUOTES = re.compile("[“”„]([^“”„]*)[“”]|‘([^‘’]*)’")  # noqa: RUF001 - looked for on purpose
_DECIMAL_COMMA = re.compile(r"-?(0,[0-9]+|[0-9]+,[0-9]{1,2})")
# A key with its value behind a space that is no plain one: `{unit:<no-break space>percent}`.
_KEY_AND_VALUE = re.compile(r"([^:\s]+)(?:: *| +)(.*)")
# What follows a text without quotes and begins a comment that may be meant as the text's rest:
# `Calls, service #1 only`. A comment has a space after its sign.
_REST = re.compile(r" #(?:[^\s#!]| [0-9])| {2,}#[^\s#!]")
CUT_OFF = (
    "what follows ' #' is a comment, so the text ends before it; put the whole text in quotes, or "
    "begin the comment on a line of its own"
)
_RETYPE = "type a plain space, or none"


def convert_plain(text: str) -> Any:
    """The value of a text without quotes: a word, a number or the text."""
    if text in _WORDS:
        return _WORDS[text]
    if number := _NUMBER.fullmatch(text):
        return Decimal(text) if number[1] else int(text)
    return text


def read_plain_key(text: str) -> tuple[str, str, str]:
    """Read a key without quotes.

    Returns:
        The key as it was meant; its value, where a space that is no plain one joins them; and what
        is wrong with it, or "".
    """
    if fault := explain_unseen(text):
        looks = strip_unseen(text).strip()
        found = _KEY_AND_VALUE.fullmatch(looks)
        key, rest = (found[1], found[2]) if found else (looks, "")
        return key, rest, f"{shorten(key)}: {fault}; {_RETYPE}"
    fault = check_plain_scalar(text, is_key=True)
    if re.match(r"-\w", text) and not fault:
        return text[1:], "", f"put a space after the dash: - {shorten(text[1:])}"
    return text, "", fault


def read_plain_value(text: str) -> tuple[Any, str]:
    """Read a value without quotes: as it was meant, and what is wrong with it, or ""."""
    if text != text.strip():  # the parser strips only plain spaces
        return convert_plain(
            text.strip()
        ), f"this text cannot be used: {explain_unseen(text)}; {_RETYPE}"
    value = convert_plain(text)
    if not isinstance(value, str):
        return value, ""
    if curly := _CURLY_QUOTES.fullmatch(text):
        text = curly[1] or curly[2] or ""
        return text, f'use straight quotes: "{shorten(text)}"'
    return text, check_plain_scalar(text)


def is_cut_off(line: str, column: int) -> bool:
    """Whether a text without quotes may go on after its end in a line, behind ` #`."""
    return bool(_REST.match(line, column))


def join_number(text: str) -> tuple[Decimal, str]:
    """Join a number that commas have split: the number, and how to write it."""
    text = text.lstrip("£$€")
    plain, advice = text.replace(",", ""), "write numbers without commas"
    if _DECIMAL_COMMA.fullmatch(text):
        plain, advice = text.replace(",", "."), "write a decimal point, not a comma"
    return Decimal(plain), f"{advice}: {shorten(plain)}"
