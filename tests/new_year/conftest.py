"""What the tests of the next year's catalogue share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD
from helpers.new_year import write_council

from merton_kpi.loading.catalogue_file import read_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from helpers.councils import Outcome
    from helpers.new_year import WriteNextYear

    from merton_kpi.catalogue.models import Catalogue


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def write_next_year(kpi: Callable[..., Outcome], folder: Path) -> WriteNextYear:
    """Write 2021/22's catalogue from these indicators and extracts: its text and its meaning."""

    def run(
        indicators: str, extracts: Mapping[str, str], head: str = HEAD
    ) -> tuple[str, Catalogue]:
        write_council(folder, indicators, extracts, head)
        done = kpi("new-year", "2021/22", "--write")
        assert (done.code, done.err) == (0, "")
        text = (folder / "indicators-2021-22.yaml").read_text(encoding="utf-8")
        catalogue, issues = read_catalogue(text, "new")
        assert catalogue is not None, issues
        return text, catalogue

    return run
