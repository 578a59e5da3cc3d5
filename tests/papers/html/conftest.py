"""The browsers, each started once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.browsers import start_chromium, start_firefox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from helpers.browsers import Chromium, Firefox


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    with start_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def firefox() -> Iterator[Firefox]:
    with start_firefox(is_dark=False) as browser:
        yield browser


@pytest.fixture(scope="session")
def dark_firefox() -> Iterator[Firefox]:
    with start_firefox(is_dark=True) as browser:
        yield browser
