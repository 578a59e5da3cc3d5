"""The web page: what it says, what it leaves out, and that text from a file stays text."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from html import escape, unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from helpers.cards import WORDS, make_card
from helpers.councils import NOVEMBER, ROOT, make_catalogue, read_merton
from helpers.history import score_with_history
from hypothesis import given, settings
from hypothesis import strategies as st

from merton_kpi.core.issues import BuildStoppedError, Place
from merton_kpi.core.periods import Month
from merton_kpi.extracts.observations import Observation
from merton_kpi.papers.html.page import PageContent, format_page
from merton_kpi.scorecard.explanations import compose_explanations
from merton_kpi.scorecard.periods.figures import compose_figures
from merton_kpi.storage.templates import PAGE_TEMPLATE

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.scorecard.records import Scorecard

    Messages = Callable[..., None]

TEMPLATE = (ROOT / "templates" / PAGE_TEMPLATE).read_text(encoding="utf-8")


class Reader(HTMLParser):
    """What a browser would have of a page: every element, and the text that is not code."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.is_code = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.is_code = tag in ("style", "script")

    def handle_endtag(self, tag: str) -> None:
        self.is_code = self.is_code and tag not in ("style", "script")

    def handle_data(self, data: str) -> None:
        if not self.is_code:
            self.texts.append(data)

    def list_values(self, attribute: str) -> list[str]:
        return [value for _, each in self.elements if (value := each.get(attribute))]

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())


def make_content(card: Scorecard) -> PageContent:
    return PageContent(
        card=card, figures=compose_figures(card), explanations=compose_explanations(card)
    )


def write(card: Scorecard) -> str:
    return format_page(make_content(card), TEMPLATE, PAGE_TEMPLATE)


@pytest.fixture(scope="module")
def page(november: Scorecard) -> str:
    return write(november)


def test_the_page_reads_like_the_paper(page: str, golden: Callable[[str, str], None]) -> None:
    """Its words line by line, as a screen reader has them."""
    body = page[page.index("<body>") : page.index("<script>")]
    ends = re.sub(
        r"</(?:p|h[1-6]|li|dt|dd|th|td|caption|title|desc|text|label|legend)>", "\n", body
    )
    lines = (" ".join(line.split()) for line in unescape(re.sub("<[^>]*>", "", ends)).splitlines())
    golden("performance-index-2020-11.html.txt", "\n".join(filter(None, lines)) + "\n")


def test_each_link_leads_to_a_place_of_the_page_and_each_id_is_there_once(page: str) -> None:
    read = Reader(page)
    ids = read.list_values("id")
    assert len(ids) == len(set(ids))
    links = [each.removeprefix("#") for each in read.list_values("href")]
    assert set(links) <= set(ids)
    labels = " ".join(read.list_values("aria-labelledby") + read.list_values("aria-describedby"))
    assert set(labels.split()) <= set(ids)


def test_the_reds_come_first_as_links_to_their_commentary(page: str, november: Scorecard) -> None:
    places = [page.index(f'href="#exception-indicator-{row.number}"') for row in november.reds]
    assert places == sorted(places)
    assert max(places) < page.index('<nav aria-labelledby="contents">')


def test_no_file_line_owner_or_hash_is_on_the_page(page: str, november: Scorecard) -> None:
    words = Reader(page).text
    for row in november.rows:
        assert not row.owner or row.owner not in words
    for source in november.sources:
        assert source.name not in page
        assert source.sha256 not in page
    assert not re.search(r"\bline [0-9]", words)


@pytest.mark.parametrize(
    ("is_final", "status"), [(True, "Status: Final"), (False, "Draft: not yet signed off")]
)
def test_the_page_says_whether_it_is_a_draft(
    november: Scorecard, *, is_final: bool, status: str
) -> None:
    page = write(replace(november, is_final=is_final))
    assert status in Reader(page).text
    (title,) = re.findall("<title>(.*?)</title>", page[: page.index("<body>")])
    assert title.startswith("Draft: ") is not is_final


def test_nothing_but_the_pages_own_script_may_run(page: str) -> None:
    (policy,) = re.findall('content="(default-src[^"]*)"', page)
    (script,) = re.findall("<script>(.*?)</script>", page, re.DOTALL)
    digest = sha256(script.encode("utf-8")).digest()
    (allowed,) = re.findall("script-src &#39;sha256-([^&]*)&#39;", policy)
    assert b64decode(allowed) == digest
    assert "default-src &#39;none&#39;" in policy


def test_the_page_needs_no_other_file(page: str) -> None:
    read = Reader(page)
    assert {tag for tag, _ in read.elements}.isdisjoint({"link", "img", "iframe", "object"})
    assert not read.list_values("src")
    assert not read.list_values("style")
    assert "@import" not in page
    assert "url(" not in page


@pytest.mark.parametrize("words", WORDS)
def test_text_from_a_file_stays_text(words: str) -> None:
    page, plain = write(make_card(2, text=words)), write(make_card(2, text="Any"))
    read = Reader(page)
    kinds = {(tag, *attributes) for tag, attributes in read.elements}
    assert kinds <= {(tag, *attributes) for tag, attributes in Reader(plain).elements}
    assert read.text.count(f"0. {' '.join(words.split())}") >= 2


@settings(deadline=None, max_examples=25)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_any_text_stays_text(words: str) -> None:
    page = write(replace(make_card(1), data_statement=f"({words})", authority=f"({words})"))
    assert escape(f"({words})").replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in page


def test_a_character_that_no_page_can_hold_is_named() -> None:
    card = replace(make_card(1), data_statement="\ufffe")
    with pytest.raises(BuildStoppedError) as stopped:
        write(card)
    (issue,) = stopped.value.issues
    assert (issue.code, issue.place.file) == ("unwritable_character", "the web page")


def test_a_fault_of_a_councils_own_template_names_the_line(
    november: Scorecard, messages: Messages
) -> None:
    with pytest.raises(BuildStoppedError) as stopped:
        format_page(
            make_content(november), "<h1>\n{{ card.pannel }}\n{{ grups }}", "templates/page.j2"
        )
    (issue,) = stopped.value.issues
    assert (issue.code, issue.place.line) == ("template", 2)
    messages(issue)


def test_each_choice_has_its_rule_and_its_count(page: str, november: Scorecard) -> None:
    """Without a script, a rule of the page's styles leaves out what is not chosen."""
    (styles,) = re.findall("<style>(.*?)</style>", page, re.DOTALL)
    chosen = re.findall('type="radio" name="[a-z]*" id="(choose-[^"]*)">', page)
    assert len(chosen) == len(november.counts) + 5
    for identifier in chosen:
        assert f":has(#{identifier}:checked)" in styles
    assert "> Red (3)</label>" in page
    assert page.count('class="entry rated-red"') == 3


def test_a_council_without_exceptions_has_a_page_too() -> None:
    card = replace(read_merton(NOVEMBER), exceptions=(), charts=())
    page = write(card)
    assert "No indicator is rated amber or red." in Reader(page).text
    assert "<svg" not in page


def test_the_figures_of_earlier_years_are_in_a_part_that_the_reader_opens() -> None:
    settings = "unit: number, frequency: monthly, accumulates: financial_year, figures: of_period"
    target = "target: {at_least: 50, profile: full_year}"
    catalogue = make_catalogue(f'- {{number: "1", title: Calls, {settings}, {target}}}\n')
    observations = [
        Observation(
            indicator="1",
            month=month,
            known=max(month, Month(2020, 4)),
            place=Place(file="any.csv", line=2),
            value=Decimal(9),
        )
        for month in map(Month(2020, 1).add_months, range(6))
    ]
    texts = Reader(write(score_with_history(catalogue, observations, NOVEMBER))).texts
    texts = [each.strip() for each in texts if each.strip()]
    begins = texts.index("Earlier figures, Jan 2020 to Mar 2020")
    assert texts[begins + 1 : begins + 8] == [
        "Earlier figures of indicator 1, Number",
        *("Period", "Figure", "Sum since the year began"),
        *("Jan 2020", "9", "not known"),
    ]


def test_without_a_history_there_is_no_such_part(page: str) -> None:
    assert "<details" not in page
