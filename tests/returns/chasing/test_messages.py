"""The message to an owner: what is due, by when, where to return it, and the file with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD, NOVEMBER, ROOT, make_catalogue
from markdown_it import MarkdownIt

from merton_kpi.core.issues import require
from merton_kpi.core.periods import Month
from merton_kpi.extracts.reader import read_extract
from merton_kpi.loading.inputs import Inputs, read_inputs
from merton_kpi.returns.chasing.messages import (
    compose_messages,
    format_markdown_message,
    format_text_message,
)
from merton_kpi.returns.due import compose_due_list

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.catalogue.models import Catalogue
    from merton_kpi.returns.chasing.messages import Message

APRIL = Month(2020, 4)
OWNERS = """\
owners:
  - {name: Head of Contact, address: "the_contacts@example.gov.uk"}
"""
ONE = """
- {number: "1", title: Calls, unit: percent, frequency: monthly, target: {at_least: 90},
   owner: Head of Contact}
"""


def compose(catalogue: Catalogue, extract: str = "", month: Month = APRIL) -> tuple[Message, ...]:
    """The messages as at a month, for which one extract was received."""
    given = read_extract(extract.encode(), "f.csv", month).observations if extract else ()
    inputs = Inputs(file="f", catalogue=catalogue, month=month, observations=given)
    dues = require(compose_due_list(inputs))
    return compose_messages(dues, catalogue.addresses, catalogue.financial_year)


def test_mertons_messages(golden: Callable[[str, str], None]) -> None:
    inputs = require(read_inputs(ROOT / "indicators.yaml", ROOT / "data", NOVEMBER))
    dues = require(compose_due_list(inputs))
    addresses = {"Head of Education": "head.of.education@merton.example"}
    messages = compose_messages(dues, addresses, inputs.catalogue.financial_year)
    assert [each.name for each in messages] == [
        "2020-11-head-of-quality-assurance",
        "2020-11-head-of-corporate-parenting",
        "2020-11-head-of-education",
    ]
    texts = map(format_text_message, messages)
    golden("messages-2020-11.txt", f"\n{'=' * 80}\n\n".join(texts))
    golden("messages-2020-11.md", "\n---\n\n".join(map(format_markdown_message, messages)))


def test_a_message_begins_with_the_address_and_the_subject() -> None:
    """As a mail program reads it: a header, a blank line, the words."""
    (message,) = compose(make_catalogue(ONE, HEAD + OWNERS))
    head, _, body = format_text_message(message).partition("\n\n")
    assert head == "To: the_contacts@example.gov.uk\nSubject: Due for the papers of April 2020"
    assert body.startswith("Head of Contact\n")
    html = MarkdownIt().render(format_markdown_message(message))
    assert "<p>To: the_contacts@example.gov.uk</p>" in html


def test_an_owner_without_an_address_has_no_to_line() -> None:
    (message,) = compose(make_catalogue(ONE))
    assert format_text_message(message).startswith("Subject: ")
    assert "To: " not in format_markdown_message(message)


def test_there_is_no_message_where_all_was_received() -> None:
    assert compose(make_catalogue(ONE), "indicator,value\n1,95\n") == ()


def test_commentary_that_is_missing_is_asked_for() -> None:
    """There is no word then of a reason for a missing figure."""
    (message,) = compose(make_catalogue(ONE), "indicator,value\n1,20\n")
    text = format_text_message(message)
    assert "          Commentary, as it is Red\n" in text
    assert "Status" not in text


def test_a_message_has_no_figures() -> None:
    """So none that the papers hide either."""
    catalogue = make_catalogue("""
        - {number: "7", title: Small, unit: number, frequency: monthly, target: new,
           suppress_small_numbers: true, owner: A}
        - {number: "8", title: Due, unit: number, frequency: monthly, target: new, owner: A}
        """)
    (message,) = compose(catalogue, "indicator,value,commentary\n7,3,\n")
    for written in (format_text_message(message), format_markdown_message(message)):
        assert "Due" in written
        assert not {"3", "<5", r"\<5"} & set(written.split())


ODD = make_catalogue("""
    - number: "=1+1"
      title: "# [a](http://b) | *c* <img src=x>\\n- d www.e.uk To: f@g.uk"
      unit: number
      frequency: monthly
      target: new
      owner: "[x](http://y) <b>"
    """)


def test_text_from_the_catalogue_stays_text() -> None:
    (message,) = compose(ODD)
    assert message.name == "2020-04-x-http-y-b"
    html = MarkdownIt("gfm-like", {"linkify": False}).render(format_markdown_message(message))
    assert "<a " not in html
    assert "<img" not in html
    assert "<p>[x](http://y) &lt;b&gt;</p>" in html
    assert html.count("<h1>") == html.count("<table>") == 1
    text = format_text_message(message)
    assert [line for line in text.splitlines() if line.startswith("To:")] == []


def test_text_is_no_wider_than_80_columns() -> None:
    long = make_catalogue(f"""
        - number: "1"
          title: {"word " * 60}{"x" * 200}
          unit: number
          frequency: monthly
          target: new
          owner: Head of {"y" * 100}
        """)
    (message,) = compose(long)
    assert max(map(len, format_text_message(message).splitlines())) <= 80


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        ("", None),
        ("meetings: [{date: 2020-05-20, data_to: 2020-04}]\n", "The panel meets on 20 May 2020."),
        (
            "meetings: [{date: 2020-05-20, data_to: 2020-04, papers_due: 2020-05-12T12:00}]\n",
            "The papers are due on 12 May 2020, 12:00. The panel meets on 20 May 2020.",
        ),
    ],
)
def test_a_message_says_by_when_as_far_as_that_is_known(head: str, sentence: str | None) -> None:
    (message,) = compose(make_catalogue(ONE, HEAD + head))
    lines = format_text_message(message).split("\n\n")
    assert (lines[4] == sentence) or (sentence is None and lines[4].startswith("Please fill in"))


def test_a_file_has_the_same_name_whoever_else_owes_something() -> None:
    """A later run replaces it, and not another owner's."""
    catalogue = make_catalogue("""
        - {number: "1", title: A, unit: number, frequency: monthly, target: new, owner: Team A}
        - {number: "2", title: B, unit: number, frequency: monthly, target: new, owner: team-a}
        """)
    both = [each.name for each in compose(catalogue)]
    assert both == ["2020-04-team-a", "2020-04-team-a-2"]
    assert [each.name for each in compose(catalogue, "indicator,value\n1,5\n")] == both[1:]
