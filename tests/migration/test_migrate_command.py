"""`kpi migrate`: a catalogue of an earlier version keeps its papers, or the council is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.new_year import COUNT, MONTHLY, entries_of, write_council

from merton_kpi.catalogue.editing.yaml_edit import encode_like

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]
    Messages = Callable[..., None]

COMMENTED = """\
# why it is watched
- number: "1"  # as in the plan
  title: Calls answered in time
  unit: percent  # of all calls
  frequency: monthly
  target: {at_least: 90}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def read(folder: Path) -> str:
    return (folder / "indicators.yaml").read_text(encoding="utf-8")


def test_whole_numbers_stay_whole_numbers_and_comments_stay(
    folder: Path, kpi: Kpi, messages: Messages
) -> None:
    write_council(folder, COMMENTED, {"2020-04": "1,93", "2020-05": "1,89.6"})
    before = read(folder)
    planned = kpi("migrate")
    assert (planned.code, planned.err) == (0, "")
    messages(planned.out.splitlines())
    assert "indicators.yaml:" in planned.out
    assert "89.6 in data/2020-05.csv:2" in " ".join(planned.out.split())
    assert read(folder) == before
    assert kpi("migrate", "--write").code == 0
    assert entries_of(read(folder)) == COMMENTED.replace("calls\n", "calls\n  decimals: 0\n")
    after = read(folder)
    assert kpi("migrate", "--write").out == "indicators.yaml: nothing to change\n"
    assert read(folder) == after


def test_the_rating_is_that_of_the_whole_number_again(folder: Path, kpi: Kpi) -> None:
    """89.6 is 90 in whole numbers, which meets at least 90."""
    write_council(folder, MONTHLY, {"2020-04": "1,89.6"})
    assert "Amber" in kpi("show", "--month", "2020-04").out
    kpi("migrate", "--write")
    assert "Green" in kpi("show", "--month", "2020-04").out


@pytest.mark.parametrize(
    ("entry", "rows"),
    [
        (MONTHLY, "1,89"),
        (MONTHLY.replace("percent", "percent\n  decimals: 1"), "1,89.6"),
        (MONTHLY + "  outturns: {2019/20: 89.6}\n", "1,89"),  # printed as written before, too
        (MONTHLY + "  benchmarks: {England: 89.6}\n", "1,89"),
    ],
)
def test_what_means_the_same_is_left_alone(folder: Path, kpi: Kpi, entry: str, rows: str) -> None:
    write_council(folder, entry, {"2020-04": rows})
    assert kpi("migrate").out == "indicators.yaml: nothing to change\n"


@pytest.mark.parametrize(
    "entry",
    [
        MONTHLY.replace("at_least: 90", "at_least: 90.5"),
        MONTHLY + "  earlier_months: {2019-04: 88.4}\n",
        MONTHLY.replace("{at_least: 90}", "{no_worse_than: last_year}")
        + "  polarity: higher_is_better\n  outturns: {2019/20: 89.6}\n",
    ],
)
def test_figures_of_the_catalogue_that_were_rounded_or_limited_count_too(
    folder: Path, kpi: Kpi, entry: str
) -> None:
    write_council(folder, entry, {})
    assert kpi("migrate", "--write").code == 0
    assert "  decimals: 0\n" in read(folder)


def test_the_folder_of_extracts_may_be_missing_unless_it_is_named(folder: Path, kpi: Kpi) -> None:
    write_council(folder, MONTHLY, {})
    (folder / "data").rmdir()
    assert kpi("migrate").code == 0
    assert kpi("migrate", "--data", "elsewhere").code == 1


def test_percentages_that_may_not_add_up_are_asked_about(
    folder: Path, kpi: Kpi, messages: Messages
) -> None:
    entry = MONTHLY.replace(
        "  target: {at_least: 90}",
        "  accumulates: financial_year\n  target: {at_least: 98, profile: share_of_year}",
    )
    write_council(folder, entry, {"2020-04": "1,98", "2020-05": "1,98"})
    before, done = read(folder), kpi("migrate", "--write")
    assert "write 'figures: to_date'" in " ".join(done.out.split())
    assert done.out.endswith("indicators.yaml: nothing to change\n")
    assert read(folder) == before
    messages(done.out.splitlines()[:1])


def test_a_removed_indicator_with_figures_is_asked_about_with_its_month(
    folder: Path, kpi: Kpi, messages: Messages
) -> None:
    entry = MONTHLY + "  removed: It is no longer collected.\n"
    write_council(folder, entry, {"2020-04": "1,91", "2020-05": "1,92"})
    done = kpi("migrate")
    assert done.code == 0
    assert "removed: {from: 2020-06, reason: …}" in " ".join(done.out.split())
    messages(done.out.splitlines()[:1])


def test_an_outturn_whose_period_names_another_year_is_asked_about(
    folder: Path, kpi: Kpi, messages: Messages
) -> None:
    entry = COUNT.replace(
        "  target: not_a_target_measure\n  suppress_small_numbers: true\n",
        "  accumulates: academic_year\n  polarity: lower_is_better\n"
        "  target: {no_worse_than: last_year}\n"
        "  outturns: {2019/20: {value: 17, period: academic year 2018/19}}\n",
    )
    write_council(folder, entry, {})
    done = kpi("migrate")
    assert "the outturn under 2019/20 is now that of 2018/19" in " ".join(done.out.split())
    messages(done.out.splitlines()[:1])


def test_other_faults_of_the_extracts_come_first(folder: Path, kpi: Kpi) -> None:
    write_council(folder, MONTHLY, {"2020-04": "7,91"})
    done = kpi("migrate", "--write")
    assert done.code == 1
    assert "data/2020-04.csv:2: error" in done.err


def test_a_new_file_can_be_written_and_is_never_overwritten(folder: Path, kpi: Kpi) -> None:
    write_council(folder, MONTHLY, {"2020-04": "1,89.6"})
    before = read(folder)
    assert kpi("migrate", "--write", "--out", "new.yaml").code == 0
    assert read(folder) == before
    assert "decimals: 0" in (folder / "new.yaml").read_text(encoding="utf-8")
    assert kpi("migrate", "--write", "--out", "new.yaml").code == 1


def test_line_ends_and_the_byte_order_mark_stay(folder: Path, kpi: Kpi) -> None:
    write_council(folder, MONTHLY, {"2020-04": "1,89.6"})
    path = folder / "indicators.yaml"
    content = encode_like(read(folder), b"\xef\xbb\xbf\r\n")
    path.write_bytes(content)
    assert kpi("migrate", "--write").code == 0
    after = path.read_bytes()
    assert after == content.replace(b"percent\r\n", b"percent\r\n        decimals: 0\r\n")


def test_an_entry_in_brackets_gets_the_key_in_its_brackets(folder: Path, kpi: Kpi) -> None:
    entry = '- {number: "1", title: Calls, unit: percent, frequency: monthly, target: new}\n'
    write_council(folder, entry, {"2020-04": "1,89.6"})
    assert kpi("migrate", "--write").code == 0
    assert "unit: percent, decimals: 0, frequency" in read(folder)


def test_check_points_to_it_where_a_rating_changed(
    folder: Path, kpi: Kpi, messages: Messages
) -> None:
    write_council(folder, MONTHLY, {"2020-04": "1,89.6"})
    done = kpi("check", "--data", "data")
    assert done.out.endswith("run: kpi migrate\n")
    messages(done.out.splitlines()[-1])
    kpi("migrate", "--write")
    assert "migrate" not in kpi("check", "--data", "data").out


@pytest.mark.parametrize("figure", ["89.4", "90.4"])  # Amber and Green either way
def test_check_is_silent_where_no_rating_changed(folder: Path, kpi: Kpi, figure: str) -> None:
    write_council(folder, MONTHLY, {"2020-04": f"1,{figure}"})
    assert "migrate" not in kpi("check", "--data", "data").out


def test_suppression_and_relations_stay_as_they_are_written(folder: Path, kpi: Kpi) -> None:
    keys = '  suppress: {below: 6, round_to: 5}  # our rule\n  sum_of: ["2", "3"]\n'
    whole = COUNT.replace("  suppress_small_numbers: true\n", keys)
    parts = COUNT.replace('"1"', '"2"') + COUNT.replace('"1"', '"3"')
    write_council(folder, whole + parts, {"2020-04": "1,8.5"})
    before = read(folder)
    assert kpi("migrate", "--write").code == 0
    added = "        unit: number\n        decimals: 0\n"
    assert read(folder) == before.replace("        unit: number\n", added, 1)
