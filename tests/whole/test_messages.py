"""The golden list of messages is whole: each heading is a test's, and each test has compared it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.messages import format_heading, read_list, write_list

if TYPE_CHECKING:
    from collections.abc import Iterable


def list_tests(items: Iterable[pytest.Item]) -> set[str]:
    users = (item for item in items if "messages" in getattr(item, "fixturenames", ()))
    return {format_heading(item.nodeid) for item in users}


def test_each_heading_is_of_a_test_that_compares_it(request: pytest.FixtureRequest) -> None:
    """A heading whose test is gone would be read as a message that still exists."""
    if request.config.args_source is pytest.Config.ArgsSource.ARGS:
        pytest.skip("only where all tests are collected")
    sections, tests = read_list(), list_tests(request.session.items)
    if request.config.getoption("--update-golden"):
        sections = {heading: told for heading, told in sections.items() if heading in tests}
        write_list(sections)
    assert set(sections) == tests
