"""YAML's traps: text without quotes that other programs read as something else.

An editor or another council's program may read YAML by older or newer rules, to which `no` is
false, `010` is 8 and `1:30` is 90. Each is refused here, so that a catalogue means the same to
every program. Dates (2021-01-13), months (2020-11) and financial years (2020/21) are no traps.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import reduce

from merton_kpi.core.issues import shorten

_MEANINGS = {
    **dict.fromkeys(("y", "yes", "on", "true"), "true"),
    **dict.fromkeys(("n", "no", "off", "false"), "false"),
    "null": "nothing",
}
_WORDS = {
    word: meaning
    for lower, meaning in _MEANINGS.items()
    for word in (lower, lower.title(), lower.upper())
}
_NUMBER = re.compile(
    r"""[-+]?(
        0b[01][01_]* | 0o[0-7]+ | 0x[0-9a-f][0-9a-f_]*  # binary, octal and hexadecimal
        | [1-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?  # base 60
        | ([0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(e[-+]?[0-9]+)?
        | \.inf | \.nan
    )""",
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
_HOUR = re.compile("[1-9]:[0-5][0-9]")  # which half of the day it is in is not known
_OCTAL = re.compile("0[0-7]+")
_SPECIAL_NUMBERS = {".inf": "infinity", ".nan": "not a number"}
_LONGEST = 15  # digits that every program keeps; Decimal refuses an exponent of 19 digits


def check_plain_scalar(text: str, *, is_key: bool = False) -> str:
    """What is wrong with an unquoted text that other programs misread; empty where nothing is.

    A value can be written in another way as well, so the sentence offers that; a key cannot.
    """
    if text in _WORDS:
        seen = _WORDS[text]
        plain = "leave it out" if seen == "nothing" else seen
    elif _NUMBER.fullmatch(text):
        seen, plain = _read_number(text.lower().replace("_", ""))
    else:
        return ""
    if plain == text:
        return ""
    shown = shorten(text)
    otherwise = f", or {plain}" if plain and not is_key else ""
    if _NUMBER.fullmatch(text) and otherwise:
        otherwise = f", or for a figure {plain}"
    elif _HOUR.fullmatch(text) and not is_key:
        later = f"{int(text[0]) + 12}{text[1:]}"
        otherwise = f', or for a time of day "0{text}" or "{later}"'
    return f"other programs read '{shown}' without quotes as {seen}; write \"{shown}\"{otherwise}"


def _read_number(text: str) -> tuple[str, str]:
    """The number that other programs read, and how it is written plainly; empty if it cannot be."""
    sign, digits = text[0].strip("+0123456789."), text.lstrip("+-")
    if digits in _SPECIAL_NUMBERS or len(digits) > _LONGEST + 1:
        return _SPECIAL_NUMBERS.get(digits, "a number"), ""
    if ":" in digits:
        number = reduce(lambda total, part: total * 60 + part, map(Decimal, digits.split(":")))
        return f"{sign}{number:f}", ""
    if _OCTAL.fullmatch(digits):
        return f"{sign}{int(digits, 8)}", f"{sign}{int(digits)}"
    number = Decimal(int(text, 0)) if digits[:2] in ("0b", "0o", "0x") else Decimal(text)
    plain = f"{number:f}" if abs(number.adjusted()) < _LONGEST else ""
    return plain or "a number", plain
