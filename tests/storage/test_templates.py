"""A council's own templates are used, and the package's where it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from merton_kpi.core.issues import BuildStoppedError
from merton_kpi.core.vocabulary import Edition
from merton_kpi.storage.templates import (
    PAGE_TEMPLATE,
    REPORT_TEMPLATE,
    read_templates,
    read_used_templates,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Messages = Callable[..., None]

NAMES = {REPORT_TEMPLATE: Edition.REPORT, PAGE_TEMPLATE: Edition.WEB_PAGE}


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_needs_only_the_templates_that_the_council_has_changed(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(b"own")
    found = {each.path.name: each for each in read_templates(tmp_path, tuple(Edition)).files}
    assert set(found) == set(NAMES)
    assert (found[name].content, found[name].path) == (b"own", tmp_path / name)
    (other,) = NAMES.keys() - {name}
    assert found[other].content.strip()
    assert found[other].path.parent != tmp_path


@pytest.mark.parametrize(
    ("edition", "names"),
    [
        (Edition.WORKBOOK, set()),
        (Edition.REPORT, {REPORT_TEMPLATE}),
        (Edition.WORD, {REPORT_TEMPLATE}),
        (Edition.WEB_PAGE, {PAGE_TEMPLATE}),
        (Edition.CSV, set()),
    ],
)
def test_only_what_the_papers_need_is_read(
    tmp_path: Path, edition: Edition, names: set[str]
) -> None:
    assert {each.path.name for each in read_templates(tmp_path, [edition]).files} == names


@pytest.mark.parametrize("name", NAMES)
def test_a_template_that_cannot_be_read_is_no_reason_to_use_another(
    tmp_path: Path, name: str, messages: Messages
) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(BuildStoppedError) as stopped:
        read_templates(tmp_path, [NAMES[name]])
    (tmp_path / name).rmdir()
    messages(stopped.value.issues)
    (tmp_path / name).symlink_to("nowhere")
    with pytest.raises(BuildStoppedError):
        read_templates(tmp_path, [NAMES[name]])


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path, messages: Messages) -> None:
    with pytest.raises(BuildStoppedError) as stopped:
        read_templates(tmp_path / "elsewhere", [Edition.WEB_PAGE])
    messages(stopped.value.issues)


def test_papers_are_verified_with_what_they_are_filled_in_from(tmp_path: Path) -> None:
    assert read_used_templates(tmp_path, ["2020-11.csv"]) == {}
    (used,) = read_used_templates(tmp_path, [PAGE_TEMPLATE])
    assert used == PAGE_TEMPLATE
