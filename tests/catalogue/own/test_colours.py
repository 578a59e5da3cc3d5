"""A council's colours can be read, or are refused."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD
from helpers.messages import list_codes
from hypothesis import given
from hypothesis import strategies as st

from merton_kpi.catalogue.own.colours import choose_text_colour, measure_contrast
from merton_kpi.loading.catalogue_file import read_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

    Messages = Callable[..., None]

SECTIONS = "sections: [{title: All, indicators: [{number: '1', title: A, unit: number, "
SECTIONS += "frequency: monthly, rationale: B, target: {at_least: 1}}]}]\n"


@pytest.mark.parametrize(
    ("first", "second", "contrast"),
    [
        ("#000000", "#FFFFFF", "21"),
        ("#FFFFFF", "#FFFFFF", "1"),
        ("#767676", "#FFFFFF", "4.54"),  # the lightest grey that WCAG's authors give as enough
        ("#FF0000", "#FFFFFF", "4.00"),
    ],
)
def test_contrast_is_as_wcag_defines_it(first: str, second: str, contrast: str) -> None:
    measured = measure_contrast(first, second)
    assert measured.quantize(Decimal("0.01")) == Decimal(contrast).quantize(Decimal("0.01"))
    assert measured == measure_contrast(second, first)


@given(st.binary(min_size=3, max_size=3))
def test_black_or_white_can_be_read_on_any_colour(parts: bytes) -> None:
    fill = f"#{parts.hex()}"
    assert measure_contrast(choose_text_colour(fill), fill) >= Decimal("4.5")


@pytest.mark.parametrize(
    ("colours", "code"),
    [
        ("{link: '#FFD700'}", "unfit_value 12:22"),
        ("{link_in_the_dark: '#000080'}", "unfit_value 12:34"),
        ("{band: blue}", "unfit_value 12:22"),
        ("{band: '#FFF'}", "unfit_value 12:22"),
        ("{red: 112233}", "wrong_kind 12:21"),
    ],
    ids=["a light link", "a dark link in the dark", "a word", "three digits", "a number"],
)
def test_a_colour_that_cannot_be_read_is_refused(
    colours: str, code: str, messages: Messages
) -> None:
    source = f"{HEAD}page_colours: {colours}\n{SECTIONS}"
    catalogue, issues = read_catalogue(source, "indicators.yaml")
    assert catalogue is None
    assert list_codes(issues) == [code]
    messages(issues)


def test_a_councils_colours_are_read_in_capitals() -> None:
    source = f"{HEAD}page_colours: {{band: '#00703c', red: '#c00000'}}\n{SECTIONS}"
    catalogue, issues = read_catalogue(source, "indicators.yaml")
    assert not issues
    assert catalogue
    assert catalogue.page_colours.band == "#00703C"
    assert choose_text_colour(catalogue.page_colours.red) == "#FFFFFF"
