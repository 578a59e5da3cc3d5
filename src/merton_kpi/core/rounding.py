"""How decimals are rounded and counted, whatever they stand for."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal


def round_half_up(figure: Decimal, decimals: int) -> Decimal:
    """Round to a number of decimals, a half away from zero: 2.5 to 3, -2.5 to -3; never to -0.

    With -2 decimals the figure is rounded to hundreds. A figure may have any number of digits:
    `quantize` alone refuses a result of more than 28.
    """
    digits = max(1, figure.adjusted() + decimals + 2)  # of the result, one more if it rounds up
    rounded = figure.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, Context(prec=digits))
    return rounded or abs(rounded)


def round_to_multiple(figure: Decimal, base: int) -> Decimal:
    """The nearest multiple of a base, a half up: 12 to 10 and 13 to 15 for a base of 5."""
    return (2 * figure + base) // (2 * base) * base


def strip_zeros(figure: Decimal) -> Decimal:
    """Remove the zeros at a figure's end: 9.50 becomes 9.5, and 10.0 is printed as 10 by `:f`."""
    return figure.normalize()


def count_decimals(figure: Decimal) -> int:
    """How many decimals a figure is written with, zeros too: 2 for 80.50, 0 for 80."""
    return max(0, -int(figure.as_tuple().exponent))
