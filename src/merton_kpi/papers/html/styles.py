"""The styles of the page: the package's own, the colours, and what the reader can choose by."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from markupsafe import Markup

from merton_kpi.catalogue.own.colours import PAGE_IN_THE_DARK, choose_text_colour
from merton_kpi.core.ratings import BEST_TO_WORST
from merton_kpi.papers.html.svg.styles import format_chart_styles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from merton_kpi.catalogue.own.colours import PageColours


def format_styles(colours: PageColours, ratings: Iterable[str], sections: Iterable[str]) -> Markup:
    """The CSS of a page.

    Args:
        colours: The council's.
        ratings: The classes of the ratings that the reader can choose.
        sections: The ids of the sections that the reader can choose.
    """
    own = files("merton_kpi.papers.html").joinpath("page.css").read_text(encoding="utf-8")
    parts = (own, *_list_colours(colours), *_list_choices(ratings, sections), format_chart_styles())
    return Markup("\n".join(parts))


def _list_colours(colours: PageColours) -> Iterator[str]:
    """The colours of the page, each with black or white text on it."""
    on_band = choose_text_colour(colours.band)
    yield f":root{{--band:{colours.band};--on-band:{on_band};--link:{colours.link}}}"
    yield (
        "@media screen and (prefers-color-scheme:dark)"
        f"{{:root{{--page:{PAGE_IN_THE_DARK};--link:{colours.link_in_the_dark}}}}}"
    )
    for rating in BEST_TO_WORST:
        name = rating.name.lower()
        fill = getattr(colours, name)
        yield f".rating.{name}{{background:{fill};color:{choose_text_colour(fill)}}}"


def _list_choices(ratings: Iterable[str], sections: Iterable[str]) -> Iterator[str]:
    """The rules that leave out what the reader has not chosen, without a script.

    What is printed is whole, whatever was chosen.
    """
    yield "@media screen{"
    for rating in ratings:
        chosen = f".index:has(#choose-{rating}:checked)"
        yield f"{chosen} .entry:not(.rated-{rating}){{display:none!important}}"
        yield f"{chosen} tbody:not(:has(.rated-{rating})){{display:none!important}}"
    for section in sections:
        chosen = f".index:has(#choose-{section}:checked)"
        yield f"{chosen} tbody:not(.{section}){{display:none!important}}"
    yield "}"
