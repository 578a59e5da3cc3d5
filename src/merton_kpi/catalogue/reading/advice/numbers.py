"""A number as people write it, like `£1.85m` or `1 234`, to the plain number that it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from unicodedata import normalize

from merton_kpi.core.rounding import strip_zeros
from merton_kpi.core.text import explain_unseen, strip_dashes, strip_unseen
from merton_kpi.core.units import Unit

if TYPE_CHECKING:
    from typing import Final

_FEWEST_IN_UNIT = 1_000  # that somebody would count in thousands
_LONGEST = 60  # characters; no longer text is a number
# Either thousands with one kind of separator, or plain digits; then decimals.
_WRITTEN = re.compile(
    r"(?P<minus>-?)(?P<currency>[£$€]?)(?P<later>-?)"
    r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]{1,15})"
    r"(?P<decimals>\.[0-9]{1,15})?"
    r"(?: ?(?P<size>[a-z]+))?(?P<percent> ?(?:%|per ?cent))?",
    re.IGNORECASE,
)
# A comma before three digits separates thousands, except after a 0.
_DECIMAL_COMMA = re.compile(r"-?(?:0,[0-9]{1,15}|[0-9]{1,15},(?:[0-9]{1,2}|[0-9]{4,15}))")
_SIZES: Final = {  # the zeros that each stands for
    "hundred": 2,
    **dict.fromkeys(("k", "thousand"), 3),
    **dict.fromkeys(("m", "mn", "million"), 6),
    **dict.fromkeys(("bn", "billion"), 9),
}
# A figure below or above a number, or between two small ones, as small counts are hidden: `<6`,
# `5 or fewer`, `1-4`, `*`.
_HIDDEN = re.compile(
    r"""\*+ | [<>\u2264\u2265] (?s:.*)
    | (?: under | below | over | above | up\ to | at\ (?:most|least)
        | (?: fewer | less | more )\ than | (?: not | no )\ more\ than )\b (?s:.*)
    | [0-9.,]+\ ?%?\ (?: or | and )\ (?: fewer | less | under | below | more | over | above )\b
        (?s:.*)
    | [0-9]{1,2} \ ?(?: - | to )\ ? (?: [0-9] | 10 )""",
    re.IGNORECASE | re.VERBOSE,
)
_ZEROS_BY_UNIT: Final = {Unit.THOUSAND_POUNDS: 3, Unit.MILLION_POUNDS: 6}


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenNumber:
    """A number that somebody wrote.

    `digits` is what stands before its size: 1.85 in `£1.85m`, where `zeros` is 6. It `is_money`
    where it may be an amount, which a unit can count in thousands or millions. `advice` says what
    to do to write it plainly, without the number.
    """

    digits: str
    advice: str
    zeros: int = 0
    is_money: bool = False

    @property
    def plain(self) -> str:
        """The whole number: 1850000."""
        return f"{Decimal(self.digits).scaleb(self.zeros):f}" if self.zeros else self.digits

    def format_in(self, unit: Unit | None) -> str:
        """The number to write as a figure in this unit: 1.85 for millions of pounds."""
        zeros = _ZEROS_BY_UNIT.get(unit, 0) if unit and self.is_money else 0
        return _convert_size(self.plain, zeros) if zeros else self.plain

    def format_advice(self) -> str:
        """What to write, for a figure whose unit is not known here."""
        if not self.is_money or abs(Decimal(self.plain)) < _FEWEST_IN_UNIT:
            return f"{self.advice}: {self.plain}"
        thousands, millions = (_convert_size(self.plain, zeros) for zeros in (3, 6))
        units = f"{thousands} if its unit is {Unit.THOUSAND_POUNDS}"
        units += f", {millions} if it is {Unit.MILLION_POUNDS}"
        return f"{self.advice}: {self.plain} ({units})"


def _convert_size(digits: str, zeros: int) -> str:
    """A number divided by 1 with so many zeros, without zeros at its end."""
    return f"{strip_zeros(Decimal(digits).scaleb(-zeros)):f}"


def is_hidden_number(text: str) -> bool:
    """Whether a text says only that a number is below, above or between others."""
    return bool(_HIDDEN.fullmatch(" ".join(strip_dashes(text).split())))


def read_written_number(text: str) -> WrittenNumber | None:
    """Read a number that is not written plainly; None where it is not certain which one it is."""
    if len(text) > _LONGEST:
        return None
    looks = " ".join(normalize("NFKC", strip_unseen(text)).split())
    if _DECIMAL_COMMA.fullmatch(looks):
        return WrittenNumber(
            digits=looks.replace(",", "."), advice="write a decimal point, not a comma"
        )
    found = _WRITTEN.fullmatch(looks)
    if found is None or (found["minus"] and found["later"]):
        return None
    size = (found["size"] or "").lower()
    is_certain = not size or (size in _SIZES and bool(found["currency"] or size != "m"))
    if not is_certain or (size and found["percent"]):
        return None
    whole = found["whole"].replace(",", "").replace(" ", "")
    digits = (found["minus"] or found["later"]) + whole + (found["decimals"] or "")
    return WrittenNumber(
        digits=digits,
        advice=_choose_advice(text, found),
        zeros=_SIZES.get(size, 0),
        is_money=bool(size or found["currency"]),
    )


def _choose_advice(text: str, found: re.Match[str]) -> str:
    """What to do to write a number plainly."""
    if found["size"] or found["currency"]:
        return "write it without symbols and letters"
    if found["percent"]:
        return "leave out the per cent sign"
    if explained := explain_unseen(text):
        return f"{explained}; write"
    if "," in found["whole"]:
        return "leave out the commas"
    if " " in found["whole"]:
        return "leave out the spaces"
    return "write it in plain digits"
