"""Edits to a YAML text by position, in block style and in brackets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from merton_kpi.catalogue.editing.yaml_edit import (
    Edit,
    add_comments_above,
    add_first_pair,
    add_pair,
    apply_edits,
    end_of,
    pair_of,
    read_nodes,
    remove_items,
    remove_pair,
    replace_value,
)

if TYPE_CHECKING:
    import yaml

BLOCK = """\
a: 1  # the first
# about b
b:
  # about x
  x: 5
  y: {z: 1,
      "w": [2]}
  # below y
# about c
'c' : >-
  some
  words

# about d
d:
- one
# about two
- two: 2
  # within two

- three: 3
"""
FLOW = '{a: 1, "b": {x: 5,\n  y: 6}, c: [1, 2, 3]} # end\n'


def pair_at(text: str, *keys: str) -> tuple[yaml.Node, tuple[yaml.Node, yaml.Node]]:
    """The pair that these keys lead to, one inside the other, and the mapping that has it."""
    node = read_nodes(text)
    for key in keys[:-1]:
        found = pair_of(node, key)
        assert found
        node = found[1]
    pair = pair_of(node, keys[-1])
    assert pair
    return node, pair


def test_edits_may_be_given_in_any_order() -> None:
    edits = [Edit(start=4, end=5, text="E"), Edit(start=1, end=1, text="+"), Edit(start=0, end=1)]
    assert apply_edits("abcdef", edits) == "+bcdEf"


def test_parts_that_are_removed_may_overlap() -> None:
    assert apply_edits("abcdef", [Edit(start=1, end=4), Edit(start=2, end=3)]) == "aef"


@pytest.mark.parametrize(
    ("keys", "source"),
    [
        (["a"], "1"),
        (["b"], 'x: 5\n  y: {z: 1,\n      "w": [2]}'),
        (["b", "y", "w"], "[2]"),
        (["c"], ">-\n  some\n  words"),
        (["d"], "- one\n# about two\n- two: 2\n  # within two\n\n- three: 3"),
    ],
)
def test_the_end_of_a_value_is_behind_its_last_character(keys: list[str], source: str) -> None:
    value = pair_at(BLOCK, *keys)[1][1]
    assert BLOCK[value.start_mark.index : end_of(BLOCK, value)] == source


@pytest.mark.parametrize(
    ("keys", "old", "new"),
    [
        (["a"], "a: 1  # the first", "a: 9  # the first"),
        (["b", "y"], 'y: {z: 1,\n      "w": [2]}', "y: 9"),
        (["c"], "'c' : >-\n  some\n  words", "'c' : 9"),
        (["b"], 'b:\n  # about x\n  x: 5\n  y: {z: 1,\n      "w": [2]}', "b: 9"),
    ],
)
def test_a_value_is_replaced_and_its_comments_are_kept(keys: list[str], old: str, new: str) -> None:
    edited = apply_edits(BLOCK, [replace_value(BLOCK, pair_at(BLOCK, *keys)[1], "9")])
    assert edited == BLOCK.replace(old, new)
    assert pair_at(edited, *keys)[1][1].value == "9"


def test_a_pair_is_added_below_another_and_its_comments() -> None:
    mapping, pair = pair_at(BLOCK, "b")
    edited = apply_edits(BLOCK, [add_pair(BLOCK, mapping, pair, "new: 1")])
    assert edited == BLOCK.replace("  # below y\n", "  # below y\nnew: 1\n")


def test_a_pair_is_added_at_the_end_of_a_file_without_a_last_newline() -> None:
    text = "a:\n  b: 1"
    assert apply_edits(text, [add_pair(text, *pair_at(text, "a", "b"), "c: 2")]) == (
        "a:\n  b: 1\n  c: 2\n"
    )


def test_a_first_pair_is_added_above_the_comments_of_the_one_it_precedes() -> None:
    mapping, _ = pair_at(BLOCK, "b", "x")
    edited = apply_edits(BLOCK, [add_first_pair(BLOCK, mapping, "new: 1")])
    assert edited == BLOCK.replace("b:\n", "b:\n  new: 1\n")


def test_pairs_are_added_inside_brackets() -> None:
    mapping, pair = pair_at(FLOW, "b", "x")
    edits = [
        add_first_pair(FLOW, mapping, "first: 1"),
        add_pair(FLOW, mapping, pair, "new: [2]"),
    ]
    assert '"b": {first: 1, x: 5, new: [2],\n  y: 6}' in apply_edits(FLOW, edits)


@pytest.mark.parametrize(
    ("text", "keys", "left"),
    [
        (BLOCK, ["a"], BLOCK.replace("a: 1  # the first\n", "")),
        (BLOCK, ["b", "x"], BLOCK.replace("  # about x\n  x: 5\n", "")),
        (
            BLOCK,
            ["b", "y"],
            BLOCK.replace('  y: {z: 1,\n      "w": [2]}\n  # below y\n', "  # below y\n"),
        ),
        (FLOW, ["a"], FLOW.replace("a: 1, ", "")),
        (FLOW, ["b", "y"], FLOW.replace(",\n  y: 6", "")),
        ("{a: {x: 1}}", ["a", "x"], "{a: {}}"),
    ],
)
def test_a_pair_is_removed_with_its_comments(text: str, keys: list[str], left: str) -> None:
    assert apply_edits(text, [remove_pair(text, *pair_at(text, *keys))]) == left


@pytest.mark.parametrize(
    ("places", "left"),
    [
        ([0], "# about two\n- two: 2\n  # within two\n\n- three: 3\n"),
        ([1], "- one\n- three: 3\n"),
        ([2], "- one\n# about two\n- two: 2\n  # within two\n"),
        ([1, 2], "- one\n"),
    ],
)
def test_items_are_removed_with_comments_and_blank_lines(places: list[int], left: str) -> None:
    sequence = pair_at(BLOCK, "d")[1][1]
    edited = apply_edits(BLOCK, remove_items(BLOCK, sequence, places))
    assert edited == BLOCK[: BLOCK.index("- one")] + left


def test_items_are_removed_from_brackets() -> None:
    sequence = pair_at(FLOW, "c")[1][1]
    for places, left in (
        ([1], "1, 3"),
        ([0], "2, 3"),
        ([1, 2], "1"),
        ([0, 2], "2"),
        ([], "1, 2, 3"),
    ):
        edited = apply_edits(FLOW, remove_items(FLOW, sequence, places))
        assert edited == FLOW.replace("1, 2, 3", left)


def test_comments_are_added_above_a_line_with_its_indent() -> None:
    text = "a:\n  - b: 1\n"
    edited = apply_edits(text, [add_comments_above(text, text.index("b:"), ["one", "two"])])
    assert edited == "a:\n  # one\n  # two\n  - b: 1\n"
