"""The checks that the page has to pass in browsers: each says nothing of a good page, and fails.

Slow: it starts Chromium and Firefox.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.browsers import (
    LOOKS,
    PHONE,
    SCREEN,
    Look,
    count_stops,
    list_axe_violations,
    list_keyboard_faults,
    list_nu_errors,
    list_words,
    measure_overflow,
    write_pdf,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.browsers import Browser, Chromium, Firefox

    Write = Callable[[str, str], Path]

pytestmark = pytest.mark.slow

GOOD = """\
<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A page</title>
<style>
:root { color-scheme: light dark; }
body { background: Canvas; color: CanvasText; }
.scrolled { overflow-x: auto; }
td { min-width: 12rem; }
</style>
</head>
<body>
<header><a href="#main">Skip to the contents</a></header>
<main id="main">
<h1>A page</h1>
<p>Some <a href="#part">words</a>.</p>
<h2 id="part">A part</h2>
<details><summary>Why</summary><p>Because.</p></details>
<form><label><input type="radio" name="rating" checked> Red</label>
<label><input type="radio" name="rating"> Amber</label></form>
<div class="scrolled" tabindex="0" role="region" aria-label="A table">
<table><tr><th scope="col">One</th><th scope="col">Two</th><th scope="col">Three</th></tr>
<tr><td>1</td><td>2</td><td>3</td></tr></table></div>
<svg role="img" aria-labelledby="title" viewBox="0 0 9 9"><title id="title">A chart</title></svg>
</main>
</body>
</html>
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the good page with a part of it replaced."""

    def write_page(part: str = "", by: str = "") -> Path:
        assert part in GOOD
        path = tmp_path / "page.html"
        path.write_text(GOOD.replace(part, by, 1) if part else GOOD, encoding="utf-8")
        return path

    return write_page


@pytest.fixture(params=["chromium", "firefox"])
def browser(request: pytest.FixtureRequest) -> Browser:
    started: Browser = request.getfixturevalue(request.param)
    return started


# --- axe ---


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_axe_finds_nothing_on_the_good_page(chromium: Chromium, write: Write, look: Look) -> None:
    chromium.open(write("", ""), look)
    assert list_axe_violations(chromium) == []


@pytest.mark.parametrize(
    ("part", "by", "rule"),
    [
        ("</h1>", '</h1><img src="data:,">', "image-alt"),
        ('<title id="title">A chart</title>', "", "svg-img-alt"),
        (' lang="en-GB"', "", "html-has-lang"),
        ("<h2", "<h4", "heading-order"),
        ("<p>Some", '<p style="color: #ccc; background: #fff">Some', "color-contrast"),
        ("<label><input", "<input", "label"),
        ('<h2 id="part">', '<h2 id="part" role="wrong">', "aria-roles"),
    ],
)
def test_axe_finds_a_fault(browser: Browser, write: Write, part: str, by: str, rule: str) -> None:
    browser.open(write(part, by), PHONE)
    assert rule in {each.partition(":")[0] for each in list_axe_violations(browser)}


def test_a_fault_of_the_dark_colours_is_found_only_in_the_dark(
    firefox: Firefox, dark_firefox: Firefox, chromium: Chromium, write: Write
) -> None:
    dark = Look(width=360, is_dark=True)
    styles = (
        "@media (prefers-color-scheme: dark) { p { color: #333; background: #222; } }\n</style>"
    )
    path = write("</style>", styles)
    for light, darker in ((firefox, dark_firefox), (chromium, chromium)):
        light.open(path, PHONE)
        assert list_axe_violations(light) == []
        darker.open(path, dark)
        assert "color-contrast" in list_axe_violations(darker)[0]


# --- the keyboard ---


def test_tab_reaches_every_link_control_and_scrolled_part(browser: Browser, write: Write) -> None:
    browser.open(write("", ""), PHONE)
    assert list_keyboard_faults(browser) == []
    assert count_stops(browser) == 5  # of two radio buttons one


@pytest.mark.parametrize(
    ("part", "by", "fault"),
    [
        ("<summary>", '<summary tabindex="-1">', "not reached: summary Why"),
        ("</style>", "a:focus { outline: none; }</style>", "focus is not visible: a words"),
        (
            "</style>",
            "header { position: fixed; inset: 0; background: gray; }</style>",
            "focus is covered: a words",
        ),
        (
            "<form>",
            "<form><input aria-label=trap onkeydown='event.preventDefault()'>",
            "not reached: div A table",
        ),
    ],
)
def test_a_fault_of_the_keyboard_is_found(
    browser: Browser, write: Write, part: str, by: str, fault: str
) -> None:
    browser.open(write(part, by), PHONE)
    assert fault in list_keyboard_faults(browser)


def test_a_scrolled_part_that_the_keyboard_cannot_scroll_is_found(
    chromium: Chromium, write: Write
) -> None:
    chromium.open(write('tabindex="0"', 'tabindex="-1"'), PHONE)
    assert list_keyboard_faults(chromium) == ["scrolled by no key: div A table"]


# --- the network ---


def test_the_good_page_asks_for_nothing(browser: Browser, write: Write) -> None:
    browser.open(write("", ""), PHONE)
    assert browser.list_requests() == []


@pytest.mark.parametrize(
    ("by", "url"),
    [
        ('<img alt="" src="http://127.0.0.1:61234/a.png">', "http://127.0.0.1:61234/a.png"),
        (
            '<link rel="stylesheet" href="http://127.0.0.1:61234/b.css">',
            "http://127.0.0.1:61234/b.css",
        ),
        ("<script>fetch('http://127.0.0.1:61234/c')</script>", "http://127.0.0.1:61234/c"),
        (
            "<style>@import url(http://127.0.0.1:61234/d.css);</style>",
            "http://127.0.0.1:61234/d.css",
        ),
    ],
)
def test_a_request_is_found(browser: Browser, write: Write, by: str, url: str) -> None:
    browser.open(write("</h1>", f"</h1>{by}"), PHONE)
    assert browser.list_requests() == [url]


def test_what_a_page_forbids_is_in_the_browsers_log(chromium: Chromium, write: Write) -> None:
    chromium.open(write("", ""), PHONE)
    assert chromium.list_log() == []
    policy = "<meta http-equiv='Content-Security-Policy' content=\"script-src 'none'\">"
    chromium.open(write("<title>", f"{policy}<script>1</script><title>"), PHONE)
    assert "violates the following Content Security Policy" in chromium.list_log()[0]


# --- the screen, the printer, no script ---


def test_the_good_page_is_no_wider_than_the_screen(browser: Browser, write: Write) -> None:
    for look in (PHONE, SCREEN):
        browser.open(write("", ""), look)
        assert measure_overflow(browser) == 0


def test_a_page_that_scrolls_sideways_is_found(browser: Browser, write: Write) -> None:
    browser.open(write('class="scrolled"', ""), PHONE)
    assert measure_overflow(browser) > 100


def test_words_that_a_script_writes_are_not_seen_without_it(
    chromium: Chromium, write: Write
) -> None:
    path = write("</main>", "<p id=last></p><script>last.textContent = 'By script'</script></main>")
    chromium.open(path, PHONE)
    assert "By script" in list_words(chromium)
    chromium.open(path, PHONE, has_script=False)
    assert "By script" not in list_words(chromium)
    assert "A part" in list_words(chromium)


def test_roles_are_counted(chromium: Chromium, write: Write) -> None:
    chromium.open(write("", ""), PHONE)
    roles = chromium.count_roles()
    assert (roles["columnheader"], roles["row"], roles["cell"], roles["image"]) == (3, 2, 3, 1)
    chromium.open(write("<table>", "<table role=presentation>"), PHONE)
    assert chromium.count_roles()["row"] == 0


def test_a_page_is_printed(browser: Browser, write: Write, tmp_path: Path) -> None:
    browser.open(write("", ""), SCREEN)
    path = tmp_path / "page.pdf"
    write_pdf(browser, path)
    assert path.read_bytes().startswith(b"%PDF")


# --- the Nu HTML checker ---


def test_nu_finds_nothing_on_the_good_page(write: Write) -> None:
    assert list_nu_errors(write("", "")) == []


@pytest.mark.parametrize(
    ("part", "by", "message"),
    [
        ("</h1>", '</h1><img src="data:,">', "alt"),
        ('id="part"', 'id="main"', "Duplicate ID"),
        ("</details>", "", "Unclosed element"),
        ("</style>", "p { colour: red; }</style>", "CSS"),
        ("<svg role", "<svg wrong role", "wrong"),
    ],
)
def test_nu_finds_a_fault(write: Write, part: str, by: str, message: str) -> None:
    assert any(message in each for each in list_nu_errors(write(part, by)))


def test_nu_is_not_asked_about_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list_nu_errors(tmp_path / "page.html")
