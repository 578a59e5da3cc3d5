"""What the tests of several papers share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.node import install_packages

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The folder of the Node libraries, installed once."""
    return install_packages()
