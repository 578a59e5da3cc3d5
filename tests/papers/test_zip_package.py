"""A package's parts keep their names and bytes, and name neither a clock nor a machine."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import IO

import pytest

from merton_kpi.papers.zip_package import write_zip

MOMENT = datetime(2020, 11, 30, 12, 15, 2)


def save_package() -> io.BytesIO:
    """A package as a library saves it on Linux, at the clock's time and without compression."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        archive.writestr("b.xml", "<b/>" * 100)
        archive.writestr("a.xml", "<a/>")
    return saved


def test_the_parts_keep_their_order_and_bytes() -> None:
    with zipfile.ZipFile(io.BytesIO(write_zip(save_package(), MOMENT))) as package:
        parts = [(name, package.read(name)) for name in package.namelist()]
    assert parts == [("b.xml", b"<b/>" * 100), ("a.xml", b"<a/>")]


def test_all_parts_are_compressed_and_have_the_same_time_and_no_machine() -> None:
    with zipfile.ZipFile(io.BytesIO(write_zip(save_package(), MOMENT))) as package:
        found = {
            (each.date_time, each.create_system, each.compress_type) for each in package.infolist()
        }
    assert found == {((2020, 11, 30, 12, 15, 2), 0, zipfile.ZIP_DEFLATED)}


def test_a_part_can_be_changed_on_the_way() -> None:
    def write_name(package: zipfile.ZipFile, name: str, target: IO[bytes]) -> None:
        target.write(name.encode() + package.read(name)[:3])

    content = write_zip(save_package(), MOMENT, write_name)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.read("a.xml") == b"a.xml<a/"


@pytest.mark.parametrize(
    ("moment", "stamp"),
    [
        (datetime(1979, 12, 31, 23, 59, 59), (1980, 1, 1, 0, 0, 0)),
        (datetime(1980, 1, 1), (1980, 1, 1, 0, 0, 0)),
        (datetime(2107, 12, 31), (2107, 12, 31, 0, 0, 0)),
        (datetime(2108, 1, 1), (2107, 12, 31, 0, 0, 0)),
    ],
    ids=["a second too early", "the first", "the last", "a day too late"],
)
def test_a_time_that_no_zip_file_can_hold_becomes_the_nearest(
    moment: datetime, stamp: tuple[int, ...]
) -> None:
    with zipfile.ZipFile(io.BytesIO(write_zip(save_package(), moment))) as package:
        assert {each.date_time for each in package.infolist()} == {stamp}
