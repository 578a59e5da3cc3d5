"""The web page in Chromium and Firefox: accessible, by keyboard alone, without network or script.

Slow: it starts both. tests/papers/html/test_browser_checks.py shows that each check can fail.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from helpers.browsers import (
    LOOKS,
    PHONE,
    SCREEN,
    TABLET,
    Look,
    count_stops,
    list_axe_violations,
    list_keyboard_faults,
    list_nu_errors,
    list_words,
    measure_overflow,
    press_key,
    write_pdf,
)
from helpers.cards import CARDS
from helpers.councils import HEAD, ROOT, make_catalogue, score
from helpers.eastfold import score_eastfold

from merton_kpi.core.issues import Place
from merton_kpi.core.periods import Month
from merton_kpi.core.vocabulary import Edition
from merton_kpi.extracts.observations import Observation
from merton_kpi.papers.build import write_papers
from merton_kpi.papers.html.status import replace_status
from merton_kpi.storage.templates import read_templates

if TYPE_CHECKING:
    from pathlib import Path

    from helpers.browsers import Browser, Chromium, Firefox

pytestmark = pytest.mark.slow

INDICATOR = """\
- number: "1"
  title: Calls answered in time
  unit: percent
  frequency: monthly
  target: {at_least: 90}
"""
OBSERVATION = Observation(
    indicator="1",
    month=Month(2020, 4),
    known=Month(2020, 4),
    place=Place(file="any.csv", line=2),
    value=Decimal(85),
    commentary="Three posts were empty.",
)
TEMPLATES = read_templates(ROOT / "templates", (Edition.WEB_PAGE,))
OWN_COLOURS = """\
page_colours: {band: "#FFDD00", link: "#00562E", link_in_the_dark: "#7FE0A8", red: "#7A1F1F"}
"""
COUNCILS = CARDS | {
    "the second council's": lambda: score_eastfold(Month(2023, 9)),
    "final": lambda: replace(score_eastfold(Month(2023, 9)), is_final=True),
    "own colours": lambda: score(
        make_catalogue(INDICATOR, HEAD + OWN_COLOURS), [OBSERVATION], Month(2020, 4)
    ),
}
TYPICAL = ("Merton's 39", "the second council's", "random text", "three years")
OTHERS = ("final", "own colours", "one", "all quarterly", "none rated", "all suppressed")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


def write_page(folder: Path, council: str) -> Path:
    path = folder / f"{council}.html"
    if not path.exists():
        edition = Edition.WEB_PAGE
        papers = write_papers(COUNCILS[council](), (edition,), TEMPLATES, None)
        path.write_bytes(next(iter(papers.values())))
    return path


@pytest.fixture(params=TYPICAL)
def page(request: pytest.FixtureRequest, folder: Path) -> Path:
    return write_page(folder, request.param)


@pytest.fixture(params=["chromium", "firefox"])
def browser(request: pytest.FixtureRequest) -> Browser:
    started: Browser = request.getfixturevalue(request.param)
    return started


# --- accessibility ---


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_axe_finds_nothing_in_chromium(chromium: Chromium, page: Path, look: Look) -> None:
    chromium.open(page, look)
    assert list_axe_violations(chromium) == []


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_axe_finds_nothing_in_firefox(
    firefox: Firefox, dark_firefox: Firefox, page: Path, look: Look
) -> None:
    browser = dark_firefox if look.is_dark else firefox
    browser.open(page, look)
    assert list_axe_violations(browser) == []


@pytest.mark.parametrize("look", [PHONE, Look(width=360, is_dark=True)], ids=str)
@pytest.mark.parametrize("council", OTHERS)
def test_axe_finds_nothing_on_other_pages(
    chromium: Chromium, folder: Path, council: str, look: Look
) -> None:
    chromium.open(write_page(folder, council), look)
    assert list_axe_violations(chromium) == []


def test_a_superseded_page_is_as_good(chromium: Chromium, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "superseded.html"
    path.write_bytes(replace_status(write_page(folder, "final").read_bytes()))
    chromium.open(path, PHONE)
    assert any(line.startswith("Superseded") for line in list_words(chromium)[:6])
    assert list_axe_violations(chromium) == []
    assert list_nu_errors(path) == []


def test_tables_have_the_same_rows_and_headers_at_each_width(
    chromium: Chromium, page: Path
) -> None:
    counts = []
    for look in (PHONE, TABLET, SCREEN):
        chromium.open(page, look)
        roles = chromium.count_roles()
        counts.append([roles[role] for role in ("table", "row", "columnheader", "rowheader")])
    assert min(counts[0]) > 2
    assert counts == [counts[0]] * 3


def test_the_nu_html_checker_finds_nothing(folder: Path) -> None:
    assert list_nu_errors(*(write_page(folder, each) for each in (*TYPICAL, *OTHERS))) == []


# --- the keyboard ---


@pytest.mark.parametrize("look", [PHONE, SCREEN], ids=str)
def test_the_keyboard_alone_reaches_everything(browser: Browser, page: Path, look: Look) -> None:
    browser.open(page, look)
    assert list_keyboard_faults(browser) == []
    assert count_stops(browser) > 10


def test_the_first_stop_leads_past_the_head_to_the_contents(browser: Browser, page: Path) -> None:
    browser.open(page, PHONE)
    press_key(browser, "TAB")
    first = browser.driver.switch_to.active_element
    assert first.get_attribute("textContent").startswith("Skip to")
    press_key(browser, "ENTER")
    script = "return document.querySelector('main').contains(document.activeElement)"
    assert browser.driver.execute_script(script)


def test_each_link_leads_to_a_place_on_the_page(chromium: Chromium, page: Path) -> None:
    chromium.open(page, PHONE)
    script = "return [...document.querySelectorAll('[href]')].map(e => e.getAttribute('href'))"
    links = chromium.driver.execute_script(script)
    ids = chromium.driver.execute_script(
        "return [...document.querySelectorAll('[id]')].map(each => each.id)"
    )
    assert links
    assert {link.removeprefix("#") for link in links if link.startswith("#")} <= set(ids)
    assert [link for link in links if not link.startswith("#")] == []
    assert len(set(ids)) == len(ids)


# --- the network ---


def test_no_request_leaves_the_page(browser: Browser, page: Path) -> None:
    browser.open(page, PHONE)
    browser.driver.execute_script(
        "document.querySelectorAll('details').forEach(each => each.open = true);"
        "scrollTo(0, document.body.scrollHeight)"
    )
    assert browser.list_requests() == []


def test_nothing_on_the_page_is_forbidden_or_fails(chromium: Chromium, page: Path) -> None:
    for look in LOOKS:
        chromium.open(page, look)
        assert chromium.list_log() == []


# --- the screen ---


@pytest.mark.parametrize("width", [320, 360, 768, 1366])
def test_the_page_does_not_scroll_sideways(browser: Browser, page: Path, width: int) -> None:
    browser.open(page, Look(width=width))
    assert measure_overflow(browser) == 0


def test_the_reds_are_on_a_telephones_first_screen(chromium: Chromium, folder: Path) -> None:
    """Their names, of the three that Merton has."""
    chromium.open(write_page(folder, "Merton's 39"), PHONE)
    script = (
        "return [...document.querySelectorAll('main a')]"
        ".filter(each => each.getBoundingClientRect().bottom <= innerHeight)"
        ".map(each => each.textContent)"
    )
    names = chromium.driver.execute_script(script)
    assert [name.partition(".")[0] for name in names][:3] == ["3", "16", "22"]


# --- scripts ---


def test_without_scripts_the_page_has_the_same_words(chromium: Chromium, page: Path) -> None:
    """A script adds but the field for words and the number of rows that are shown."""
    chromium.open(page, PHONE)
    words = list_words(chromium)
    chromium.open(page, PHONE, has_script=False)
    without = list_words(chromium)
    assert len(without) > 50
    added = [line for line in words if line not in without]
    assert [line for line in without if line not in words] == []
    assert len(added) <= 2


@pytest.mark.parametrize("scripts", ["with scripts", "without scripts"])
def test_only_the_chosen_rating_is_in_the_table(
    chromium: Chromium, folder: Path, scripts: str
) -> None:
    page = write_page(folder, "Merton's 39")
    chromium.open(page, SCREEN, has_script=scripts == "with scripts")
    chromium.driver.find_element("css selector", "#choose-red").click()
    rows = chromium.driver.find_elements("css selector", "#indicators tr.entry")
    shown = [row.text for row in rows if row.is_displayed()]
    assert [text.partition(".")[0] for text in shown] == ["3", "16", "22"]


def test_words_choose_the_rows_with_them(chromium: Chromium, folder: Path) -> None:
    chromium.open(write_page(folder, "Merton's 39"), SCREEN)
    chromium.driver.find_element("css selector", "input[type=search]").send_keys("foster carers")
    rows = chromium.driver.find_elements("css selector", "#indicators tr.entry")
    shown = [row.text for row in rows if row.is_displayed()]
    assert [text.partition(".")[0] for text in shown] == ["21", "22"]
    assert "2 of 39 indicators are shown." in list_words(chromium)


# --- the printer ---


def test_the_page_is_printed_on_a4_with_its_words(
    browser: Browser, page: Path, tmp_path: Path
) -> None:
    if not (shutil.which("pdfinfo") and shutil.which("pdftotext")):
        pytest.skip("Poppler is not installed")
    browser.open(page, SCREEN)
    path = tmp_path / "page.pdf"
    write_pdf(browser, path)
    facts = subprocess.check_output(["pdfinfo", str(path)], encoding="utf-8")
    assert re.search(r"Page size: .*A4", facts)
    printed = subprocess.check_output(["pdftotext", str(path), "-"], encoding="utf-8").split()
    titles = browser.driver.find_elements("css selector", "h1, h2:not(nav *), h3")
    missing = [
        word
        for title in titles
        for word in title.text.split()
        if word.isascii() and word not in printed
    ]
    assert missing == []


def test_printed_in_the_dark_it_is_as_light_as_in_the_light(
    chromium: Chromium, folder: Path, tmp_path: Path
) -> None:
    if not shutil.which("pdftoppm"):
        pytest.skip("Poppler is not installed")
    pictures = []
    for look in (SCREEN, Look(width=1366, is_dark=True)):
        chromium.open(write_page(folder, "the second council's"), look)
        write_pdf(chromium, tmp_path / "page.pdf")
        command = ["pdftoppm", "-r", "30", "-f", "1", "-l", "1", "-gray", "page.pdf"]
        pictures.append(subprocess.check_output(command, cwd=tmp_path))
    assert pictures[0] == pictures[1]
