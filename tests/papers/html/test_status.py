"""A page that is kept in the folder of superseded papers says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from merton_kpi.papers.html.status import add_status, read_page_status, replace_status

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

WORDS = "Superseded: these papers have been replaced"


def test_a_page_without_a_status_says_it_first() -> None:
    marked = replace_status(b"<title>Index</title><body class='x'><h1>Index</h1></body>").decode()
    assert marked == (
        "<title>Superseded: Index</title>"
        f"<body class='x'><p><strong>{WORDS}</strong></p><h1>Index</h1></body>"
    )


@pytest.mark.parametrize(
    ("page", "marked"),
    [
        (
            "<TITLE>I</TITLE><BODY><p>Status: Final</p><b id='x' id=\"status\">Final</b></BODY>",
            f"<TITLE>Superseded: I</TITLE><BODY><p>Status: Final</p>"
            f"<b id='x' id=\"status\">{WORDS}</b></BODY>",
        ),
        ("Status: Final", f"<p><strong>{WORDS}</strong></p>Status: Final"),
    ],
    ids=["an officer's words stay", "neither a body nor a status"],
)
def test_only_the_element_for_the_status_is_changed(page: str, marked: str) -> None:
    assert replace_status(page.encode()).decode() == marked


def test_the_words_of_an_officer_are_no_status() -> None:
    page = add_status("<p>Status: Final</p>", is_final=False).encode()
    assert read_page_status(page) is False
    assert read_page_status(b"<p>Status: Final</p>") is None


def test_a_page_that_is_replaced_is_kept_as_superseded(
    kpi: Callable[..., Outcome], council: Path
) -> None:
    assert kpi("build", "--month", "2020-04", "--final").code == 0
    page = council / "output/performance-index-2020-04.html"
    published = page.read_text(encoding="utf-8")
    assert "Status: Final" in published
    assert kpi("build", "--month", "2020-04", "--force").code == 0
    (kept,) = council.glob("output/superseded/*/*.html")
    text = kept.read_text(encoding="utf-8")
    assert text == published.replace("Status: Final", WORDS).replace(
        "<title>", "<title>Superseded: "
    )
    folder = kept.parent.relative_to(council).as_posix()
    assert kpi("verify", "--month", "2020-04", "--out", folder).code == 0
    assert "Draft: not yet signed off" in page.read_text(encoding="utf-8")
