"""A page that is kept in the folder of superseded papers says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from merton_kpi.papers.html.superseded import replace_status

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

WORDS = "Superseded: other papers have taken the place of these"


def test_a_page_without_a_status_says_it_first() -> None:
    marked = replace_status(b"<title>Index</title><body class='x'><h1>Index</h1></body>").decode()
    assert marked == (
        "<title>Superseded: Index</title>"
        f"<body class='x'><p><strong>{WORDS}</strong></p><h1>Index</h1></body>"
    )


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
    assert "Draft: not yet signed off" in page.read_text(encoding="utf-8")
