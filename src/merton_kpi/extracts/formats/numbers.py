"""A figure as a spreadsheet shows it or as people write it, where it can only be one number.

`98.4%`, `£1,852,600`, `1 234` and `£1.2m` are such figures. Whether the sign fits the indicator,
and in which unit an amount is, `series.written` says: it knows the indicator.
"""

from __future__ import annotations

import re
from decimal import Decimal

from merton_kpi.core.rounding import count_decimals
from merton_kpi.extracts.observations import Written

SPACE = "[ \xa0\u2007\u2009\u202f]"  # plain, no-break, as wide as a digit, thin, narrow no-break
GROUPED = r"[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}"
_DIGITS = rf"(?:{GROUPED}|[1-9][0-9]{{0,2}}(?:{SPACE}[0-9]{{3}}){{1,4}}|[0-9]{{1,15}})"
_SIZES = {  # the zeros that each stands for
    **dict.fromkeys(("k", "thousand"), 3),
    **dict.fromkeys(("m", "mn", "million"), 6),
    **dict.fromkeys(("bn", "billion"), 9),
}
_ORDINARY = re.compile(
    rf"""(?P<minus>-?)(?P<pounds>£?){SPACE}?(?P<later>-?)
    (?P<digits>{_DIGITS}(?:\.[0-9]{{1,15}})?)
    {SPACE}?(?:(?P<size>{"|".join(_SIZES)})|(?P<percent>%|per{SPACE}?cent))?""",
    re.IGNORECASE | re.VERBOSE,
)
_SEPARATORS = re.compile(rf"{SPACE}|,")


def read_ordinary_number(text: str) -> tuple[Decimal, Written] | None:
    """Read a number with the signs that people write it with, and how it is written.

    The number is the whole one: 1200000 for `£1.2m`, and 98.4 for `98.4%`. None for any other text,
    and where the signs do not go together: `£5%`, `-£-3`.
    """
    found = _ORDINARY.fullmatch(text)
    if found is None or (found["minus"] and found["later"]):
        return None
    if found["pounds"] and found["percent"]:
        return None
    zeros = _SIZES.get((found["size"] or "").lower(), 0)
    digits = Decimal(_SEPARATORS.sub("", found["digits"]))
    number = Decimal(f"{digits.scaleb(zeros):f}")
    written = Written(
        text=text,
        is_percent=bool(found["percent"]),
        is_pounds=bool(found["pounds"]),
        zeros=zeros,
        decimals=count_decimals(digits) - zeros,
        is_grouped=bool(_SEPARATORS.search(found["digits"])),
        is_comma_alone=found["digits"].count(",") == 1 and "." not in found["digits"],
    )
    is_negative = bool(found["minus"] or found["later"]) and not number.is_zero()
    return (-number if is_negative else number), written
