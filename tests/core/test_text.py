"""Text from a file stays text: no formula, no link, and no sign that a reader cannot see."""

from __future__ import annotations

import pytest

from merton_kpi.core.text import (
    escape_markdown,
    escape_unseen,
    explain_unseen,
    quote_formula,
    strip_unseen,
    unquote_formula,
)


@pytest.mark.parametrize(
    "words",
    [
        *("=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1"),
        *("\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20a"),
        *(" =1+1", "  \uff1d1+1", "\xa0=1+1", "\u3000+1"),
    ],
)
def test_a_formula_is_quoted_in_wide_signs_and_after_spaces_too(words: str) -> None:
    assert quote_formula(words) == f"'{words}"
    assert unquote_formula(quote_formula(words)) == words


@pytest.mark.parametrize("words", ["", " ", "a=b", "1-2", "'tis", " a", "5 + 3"])
def test_other_words_are_not_quoted(words: str) -> None:
    assert quote_formula(words) == unquote_formula(words) == words


def test_an_address_in_text_is_no_link_in_githubs_markdown() -> None:
    r"""GitHub makes a link of `a\@b.org` too, so the address is cut in two by an empty comment."""
    shown = escape_markdown("ask head_of.send+kpi@merton.gov.uk")
    assert shown == "ask head\\_of.send+kpi<!-- -->@merton.gov.uk"
    assert escape_markdown("5 visits @ home, @team") == "5 visits @ home, @team"


@pytest.mark.parametrize(
    ("text", "shown", "looks"),
    [
        ("a\u202egpj.exe", "a<U+202E>gpj.exe", "agpj.exe"),
        ("1\u200b2", "1<U+200B>2", "12"),
        ("\ufeffCalls", "<U+FEFF>Calls", "Calls"),
        ("co\xadoperate", "co<U+00AD>operate", "cooperate"),
        ("\u2066abc\u2069", "<U+2066>abc<U+2069>", "abc"),
        ("Calls\xa0answered", "Calls\xa0answered", "Calls answered"),
    ],
)
def test_a_sign_that_cannot_be_seen_is_shown_by_its_code(text: str, shown: str, looks: str) -> None:
    assert escape_unseen(text) == shown
    assert strip_unseen(text) == looks


def test_a_sign_that_is_not_what_it_looks_like_is_named() -> None:
    assert explain_unseen("1\u200b") == "it contains the sign U+200B, which cannot be seen"
    assert "no-break space (U+00A0)" in explain_unseen("1\xa0234")
    assert explain_unseen("1\u200d") == "it contains the sign U+200D, which cannot be seen"
    assert explain_unseen("Calls answered, caf\xe9 \u2714\ufe0f") == ""
