"""The model of the colours of a council's web page, and how well two colours can be told apart."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from merton_kpi.catalogue.fields import Entry, EntryError
from merton_kpi.core.issues import shorten
from merton_kpi.core.ratings import Rating

# Success criterion 1.4.3 of the Web Content Accessibility Guidelines 2.2.
_LEAST_CONTRAST = Decimal("4.5")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_BLACK, _WHITE = "#000000", "#FFFFFF"
# What links stand on, and what they have unless the council says otherwise.
PAGE, PAGE_IN_THE_DARK = "#FFFFFF", "#15181D"


def _read_colour(value: object) -> object:
    """A colour in capitals. Anything but text is left to be refused."""
    if not isinstance(value, str):
        return value
    if not _COLOUR.fullmatch(value):
        message = f"'{shorten(value)}' is no colour; write six digits after a hash, in quotes, "
        raise ValueError(f"{message}like '#1F3864'")
    return value.upper()


Colour = Annotated[str, BeforeValidator(_read_colour)]


class PageColours(Entry):
    """The colours of the web page; a key left out keeps our own."""

    band: Colour = Field("#1F3864", description="Of the band at the top, with the page's name.")
    link: Colour = Field("#0B4A8F", description="Of links, on a white page.")
    link_in_the_dark: Colour = Field(
        "#9CC7FF", description="Of links where the reader has chosen a dark page."
    )
    blue: Colour = Field(f"#{Rating.BLUE.fill}", description="Behind the word for blue.")
    green: Colour = Field(f"#{Rating.GREEN.fill}", description="Behind the word for green.")
    amber: Colour = Field(f"#{Rating.AMBER.fill}", description="Behind the word for amber.")
    red: Colour = Field(f"#{Rating.RED.fill}", description="Behind the word for red.")

    @model_validator(mode="after")
    def _check_contrast(self) -> Self:
        """Refuse a link that can hardly be read on the page."""
        for key, page, colour, advice in (
            ("link", PAGE, "white", "darker"),
            ("link_in_the_dark", PAGE_IN_THE_DARK, "the dark page", "lighter"),
        ):
            contrast = measure_contrast(getattr(self, key), page)
            if contrast < _LEAST_CONTRAST:
                shown = contrast.quantize(Decimal("0.1"))
                message = f"{key}: '{getattr(self, key)}' on {colour} has a contrast of {shown} to "
                message += f"1, and readers need {_LEAST_CONTRAST} to 1; choose a {advice} colour"
                raise EntryError(message, key)
        return self


def choose_text_colour(fill: str) -> str:
    """Black or white, whichever can be read better on a colour: 4.5 to 1 or more on any."""
    return max(_BLACK, _WHITE, key=lambda colour: measure_contrast(colour, fill))


def measure_contrast(first: str, second: str) -> Decimal:
    """The contrast of two colours, from 1 (equal) to 21, as WCAG 2.2 defines it.

    Args:
        first: A colour like `#1F3864`.
        second: Another, in either order.
    """
    darker, lighter = sorted((_measure_luminance(first), _measure_luminance(second)))
    return (lighter + Decimal("0.05")) / (darker + Decimal("0.05"))


def _measure_luminance(colour: str) -> Decimal:
    """How light a colour is, from 0 (black) to 1 (white), as WCAG 2.2 defines it."""
    weights = (Decimal("0.2126"), Decimal("0.7152"), Decimal("0.0722"))
    parts = map(_measure_part, bytes.fromhex(colour.removeprefix("#")))
    return sum((weight * part for weight, part in zip(weights, parts, strict=True)), Decimal(0))


def _measure_part(byte: int) -> Decimal:
    """How much light a colour has of red, green or blue, from 0 to 1."""
    share = Decimal(byte) / 255
    if share <= Decimal("0.04045"):
        return share / Decimal("12.92")
    return Decimal((share + Decimal("0.055")) / Decimal("1.055")) ** Decimal("2.4")
