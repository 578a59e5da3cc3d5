"""YAML's traps: text that stands without quotes and is something else to other programs.

An editor or another council's program that reads YAML by its older or newer rules takes `no` for
false, `010` for 8 and `1:30` for 90. Each is refused here, so that a catalogue says one thing to
all. Dates and months (2021-01-13, 2020-11) and financial years (2020/21) are no traps.
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
        0b[01][01_]* | 0o[0-7]+ | 0x[0-9a-f][0-9a-f_]*  # in twos, eights and sixteens
        | [1-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?  # in sixties
        | ([0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(e[-+]?[0-9]+)?
        | \.inf | \.nan
    )""",
    re.IGNORECASE | re.VERBOSE | re.ASCII,
)
_NUMBERS_BEGIN = frozenset("+-.0123456789")
_ENDLESS = {".inf": "infinity", ".nan": "not a number"}
_LONGEST = 15  # digits that every program keeps; Decimal refuses an exponent of 19


def check_plain_scalar(text: str, *, is_key: bool = False) -> str:
    """What is wrong with an unquoted text that is not one to all; empty where nothing is."""
    if text in _WORDS:
        seen = _WORDS[text]
        plain = "leave it out" if seen == "nothing" else seen
    elif text[:1] in _NUMBERS_BEGIN and _NUMBER.fullmatch(text):
        seen, plain = _read_number(text.lower().replace("_", ""))
    else:
        return ""
    if plain == text:
        return ""
    shown = shorten(text)
    otherwise = f", or {plain}" if plain and not is_key else ""
    return f"'{shown}' without quotes is {seen} to other programs; write \"{shown}\"{otherwise}"


def _read_number(text: str) -> tuple[str, str]:
    """What others take a number for, and how it is written plainly, where it can be."""
    sign, digits = text[0].strip("+0123456789."), text.lstrip("+-")
    if digits in _ENDLESS or len(digits) > _LONGEST + 1:
        return _ENDLESS.get(digits, "a number"), ""
    if ":" in digits:
        sixties = reduce(lambda total, part: total * 60 + part, map(Decimal, digits.split(":")))
        return f"{sign}{sixties:f}", ""
    if re.fullmatch("0[0-7]+", digits):
        return f"{sign}{int(digits, 8)}", f"{sign}{int(digits)}"
    number = Decimal(int(text, 0)) if digits[:2] in ("0b", "0o", "0x") else Decimal(text)
    plain = f"{number:f}" if abs(number.adjusted()) < _LONGEST else ""
    return plain or "a number", plain
