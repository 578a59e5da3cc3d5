"""Text without quotes that other programs read as something else is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from helpers.catalogues import ONE, add_key, list_issues, list_places
from helpers.councils import HEAD
from hypothesis import given, settings
from hypothesis import strategies as st

from merton_kpi.catalogue.reading.yaml_reader import read_yaml
from merton_kpi.catalogue.reading.yaml_traps import check_plain_scalar

if TYPE_CHECKING:
    from collections.abc import Callable

TRAPS = [
    ("no", "false", ", or false"),
    ("Yes", "true", ", or true"),
    ("on", "true", ", or true"),
    ("OFF", "false", ", or false"),
    ("y", "true", ", or true"),
    ("True", "true", ", or true"),
    ("NULL", "nothing", ", or leave it out"),
    ("010", "8", ", or for a figure 10"),
    ("-010", "-8", ", or for a figure -10"),
    ("08", "8", ", or for a figure 8"),
    ("0x1F", "31", ", or for a figure 31"),
    ("0o17", "15", ", or for a figure 15"),
    ("0b101", "5", ", or for a figure 5"),
    ("1:30", "90", ', or for a time of day "01:30" or "13:30"'),
    ("1:30:05", "5405", ""),
    ("1_000", "1000", ", or for a figure 1000"),
    ("1e3", "1000", ", or for a figure 1000"),
    ("1.5E+3", "1500", ", or for a figure 1500"),
    (".5", "0.5", ", or for a figure 0.5"),
    ("5.", "5", ", or for a figure 5"),
    ("+5", "5", ", or for a figure 5"),
    (".inf", "infinity", ""),
    ("-.Inf", "infinity", ""),
    (".nan", "not a number", ""),
    ("99999999999999999999", "a number", ""),
    ("1e999999", "a number", ""),
    ("1e99999999999999999999", "a number", ""),
    ("1e-9999999999999", "a number", ""),
]


@pytest.mark.parametrize(("text", "seen", "otherwise"), TRAPS, ids=[each[0] for each in TRAPS])
def test_text_that_other_programs_read_otherwise_needs_quotes(
    text: str, seen: str, otherwise: str
) -> None:
    """The advice for a key offers nothing but quotes."""
    line = ONE.count("\n") + 1
    (of_value,) = list_issues(add_key(f"source: {text}"))
    assert list_places([of_value]) == [f"yaml +{line}:17"]
    assert of_value.subject == "indicator 1"
    assert of_value.message.endswith(f'as {seen}; write "{text}"{otherwise}')
    (of_key,) = list_issues(HEAD + f"footnotes: {{{text}: words}}\n" + ONE)
    assert list_places([of_key]) == ["yaml +1:13"]
    assert of_key.message == of_value.message.removesuffix(otherwise)
    assert list_issues(add_key(f'source: "{text}"')) == ()


def test_text_that_other_programs_read_otherwise_is_explained(
    messages: Callable[..., None],
) -> None:
    for text in ("no", "NULL", "010", "1:30", ".inf", ".nan", "1e999999"):
        messages(list_issues(add_key(f"source: {text}")))


@pytest.mark.parametrize(
    "text",
    ["2020-11", "2021-01-13", "2019/20", "true story", "1.2.3", "12-20", "5%", "09:30", "nO", "-"],
)
def test_dates_years_and_words_need_no_quotes(text: str) -> None:
    assert list_issues(add_key(f"rating_withheld: a\n        source: x {text}")) == ()
    assert read_yaml(f"[{text}]", "f").value == (text,)
    assert not read_yaml(f"[{text}]", "f").issues


@given(st.text("0123456789+-._:eExXoObBaAfFnN", min_size=1, max_size=40))
@settings(max_examples=500, deadline=None)
def test_the_advice_about_a_trap_is_no_trap_itself(text: str) -> None:
    """And no text of these signs raises an exception."""
    trap = check_plain_scalar(text)
    if ", or " in trap:
        assert not check_plain_scalar(trap.rsplit(", or ", 1)[1])


def test_a_value_that_pyyaml_reads_otherwise_is_a_trap() -> None:
    """PyYAML is one of the other programs: each word is refused here, or read as the same."""
    words = [each[0] for each in TRAPS] + ["0", "-5", "83.10", "true", "false", "null", "~"]
    for word in words:
        document = read_yaml(f"[{word}]", "f")
        (theirs,) = yaml.safe_load(f"[{word}]")
        (ours,) = document.value
        assert document.issues or ours == theirs or float(ours) == theirs, word
