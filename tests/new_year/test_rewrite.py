"""How next year's catalogue is written: comments, order, line ends, and the check of the result."""

from __future__ import annotations

import json
import textwrap
from difflib import unified_diff
from typing import TYPE_CHECKING

import pytest
import yaml
from helpers.councils import ROOT
from helpers.new_year import ANNUAL, MONTHLY, SIX_INDICATORS, TOTAL, entries_of, write_council

from merton_kpi.loading.catalogue_file import read_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.councils import Outcome
    from helpers.new_year import WriteNextYear

    Kpi = Callable[..., Outcome]
    Messages = Callable[..., None]


def test_text_that_is_not_changed_stays_as_written(
    council: Path, kpi: Kpi, messages: Messages
) -> None:
    done = kpi("new-year", "2021/22", "--write")
    sentence = done.out.splitlines()[-1]
    assert sentence.startswith("Written: indicators-2021-22.yaml. ")
    messages(sentence)
    old = (council / "indicators.yaml").read_text(encoding="utf-8")
    new = (council / "indicators-2021-22.yaml").read_text(encoding="utf-8")
    key = "      - number: "
    assert new == old.replace("financial_year: 2020/21", "financial_year: 2021/22").replace(
        f'{key}"1"',
        "      # For 2021/22: review the target.\n"
        "      # For 2021/22: confirm 2020/21's outturn, since March 2021 was still due.\n"
        f'{key}"1"',
    ).replace(
        f'{key}"2"',
        "      # For 2021/22: review the target.\n"
        "      # For 2021/22: confirm 2020/21's outturn, since no figure was given.\n"
        f'{key}"2"',
    ).replace(
        "        target: {at_least: 90}\n",
        "        target: {at_least: 90}\n"
        "        outturns: {2020/21: {value: 93, status: provisional, period: April 2020}}\n"
        "        earlier_months: {2020-04: 93}\n",
    ).replace(
        "        target: {at_most: 10}\n",
        "        target: {at_most: 10}\n        outturns: {2020/21: {status: to_come}}\n",
    )
    assert kpi("check", "--catalogue", "indicators-2021-22.yaml").code == 0


@pytest.mark.parametrize(
    ("written", "new"),
    [
        (" {2019/20: 3, 2018/19: 2, 2017/18: 1}", " {2020/21: 48, 2019/20: 3, 2018/19: 2}"),
        (" {2017/18: 1, 2018/19: 2, 2019/20: 3}", " {2018/19: 2, 2019/20: 3, 2020/21: 48}"),
        (" {2019/20: 3, 2018/19: 2}", " {2020/21: 48, 2019/20: 3, 2018/19: 2}"),
        (' {"2019/20": 3,\n     2018/19: 2, # old\n     2017/18: {value: 1,\n      note: x}}',
         ' {2020/21: 48, "2019/20": 3,\n     2018/19: 2}'),
        ("\n    # latest\n    2019/20: 3\n    # gone\n    2017/18: 1  # too",
         "\n    2020/21: 48\n    # latest\n    2019/20: 3"),
        (" {2017/18: 1}", " {2020/21: 48}"),
        ("\n    2017/18: 1", " {2020/21: 48}"),
        (" {}", " {2020/21: 48}"),
    ],
    ids=["latest first", "latest last", "two", "lines", "block", "one", "one in a block", "none"],
)  # fmt: skip
def test_the_oldest_outturn_is_replaced_by_the_new_one_in_the_order_written(
    write_next_year: WriteNextYear, written: str, new: str
) -> None:
    months = "  earlier_months: {2021-03: 48}\n"
    indicator = f"{ANNUAL}  outturns:{written}\n  owner: Any\n"
    text, _ = write_next_year(indicator, {"2021-03": "1,48,"})
    assert entries_of(text).endswith(f"  outturns:{new}\n{months}  owner: Any\n")


def test_breaks_are_kept_as_they_are_written(write_next_year: WriteNextYear) -> None:
    """The extracts of earlier years go further back than what the catalogue has of them."""
    breaks = "  breaks:\n    - from: 2020-04\n      reason: Old\n    # why\n    - from: 2020-05\n"
    breaks += "      reason: New\n"
    text, _ = write_next_year(
        f"{MONTHLY}{breaks}  owner: Any\n", {"2020-04": "1,93,", "2020-06": "1,95,"}
    )
    entry = entries_of(text)
    assert entry[entry.index("  earlier_months") :] == (
        f"  earlier_months: {{2020-04: 93, 2020-06: 95}}\n{breaks}  owner: Any\n"
    )


def test_comments_for_the_year_before_are_replaced(
    write_next_year: WriteNextYear, kpi: Kpi, folder: Path
) -> None:
    text, _ = write_next_year(
        MONTHLY + "  rating_withheld: It is unreliable.\n", {"2020-04": "1,93,", "2021-04": "1,95,"}
    )
    assert text.count("# For 2021/22: review the target.\n") == 1
    assert text.count("# For 2021/22: review whether the rating is still withheld.\n") == 1
    done = kpi("new-year", "2022/23", "--write", "--catalogue", "indicators-2021-22.yaml")
    assert done.code == 0
    text = (folder / "indicators-2022-23.yaml").read_text(encoding="utf-8")
    assert "# For 2021/22" not in text
    comments = [line.strip() for line in text.splitlines() if "# For 20" in line]
    assert comments == [
        "# For 2022/23: review the target.",
        "# For 2022/23: review whether the rating is still withheld.",
        "# For 2022/23: confirm 2021/22's outturn, since March 2022 was still due.",
    ]
    assert "earlier_months: {2021-04: 95}\n" in text


def test_a_section_without_indicators_is_removed(kpi: Kpi, folder: Path) -> None:
    write_council(folder, f"{MONTHLY}\n", {"2020-04": "1,93,"})
    closed = textwrap.indent(SIX_INDICATORS[SIX_INDICATORS.index('- number: "5"') :], " " * 6)
    with (folder / "indicators.yaml").open("a", encoding="utf-8") as file:
        file.write(f"  # gone too\n  - title: Old  # and gone\n    indicators:\n{closed}\n\n")
    assert kpi("new-year", "2021/22", "--write").code == 0
    text = (folder / "indicators-2021-22.yaml").read_text(encoding="utf-8")
    assert text.endswith("        earlier_months: {2020-04: 93}\n")


def test_a_catalogue_in_json_stays_json(kpi: Kpi, folder: Path) -> None:
    write_council(folder, SIX_INDICATORS, {"2020-04": "1,93,"})
    path = folder / "indicators.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")
    assert kpi("new-year", "2021/22", "--write").code == 0
    text = (folder / "indicators-2021-22.yaml").read_text(encoding="utf-8")
    assert text.partition('   "indicators": [\n')[2].startswith(
        "    # For 2021/22: review the target.\n"
        "    # For 2021/22: confirm 2020/21's outturn, since March 2021 was still due.\n"
        '    {\n     "number": "1",\n'
    )
    catalogue, _ = read_catalogue(text, "new")
    assert catalogue is not None
    assert [each.linked for each in catalogue.indicators] == [("4", "3"), (), ()]
    done = kpi("new-year", "2022/23", "--catalogue", "indicators-2021-22.yaml")
    assert (done.code, done.err.count("there are no figures of 2021/22")) == (1, 1)


def test_line_ends_and_the_byte_order_mark_are_kept(council: Path, kpi: Kpi) -> None:
    path = council / "indicators.yaml"
    text = path.read_text(encoding="utf-8").replace("Head of Contact", "Déléguée")
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert kpi("new-year", "2021/22", "--write").code == 0
    new = (council / "indicators-2021-22.yaml").read_bytes()
    assert new.startswith(b"\xef\xbb\xbfauthority")
    assert new.count(b"\r\n") == new.count(b"\n") > text.count("\n")
    assert "owner: Déléguée\r\n".encode() in new


def test_a_fault_in_the_new_catalogue_is_reported_and_the_file_is_written(
    kpi: Kpi, folder: Path
) -> None:
    """With an outturn of 0, a band in per cent of the last year's outturn has no width."""
    indicators = TOTAL.replace("not_a_target_measure", "{no_worse_than: last_year}")
    indicators += "  polarity: lower_is_better\n  outturns: {2019/20: 9}\n"
    write_council(folder, indicators, {"2021-03": "1,0,"})
    done = kpi("new-year", "2021/22", "--write")
    assert done.code == 1
    assert "Written: indicators-2021-22.yaml. " in done.out
    assert done.err.startswith("indicators-2021-22.yaml:")
    assert "5% of a target of 0" in done.err
    assert kpi("check", "--catalogue", "indicators-2021-22.yaml").err.startswith(done.err)
    (folder / "indicators-2021-22.yaml").unlink()
    printed = kpi("new-year", "2021/22")
    assert (printed.code, printed.err) == (1, done.err)
    assert not (folder / "indicators-2021-22.yaml").exists()


def test_a_text_that_does_not_mean_what_was_planned_is_not_written(
    kpi: Kpi, folder: Path, messages: Messages
) -> None:
    """Both indicators are on one line: a comment above the second would be in the first's title."""
    rest = "unit: percent, frequency: monthly, target: new"
    indicators = f"""\
        - {{number: "1", {rest}, title: "Calls
          answered"}}
        """
    write_council(folder, textwrap.dedent(indicators), {"2020-04": "1,93,"})
    path = folder / "indicators.yaml"
    lines = path.read_text(encoding="utf-8").split("- {number")
    second = f', {{number: "2", {rest}, title: Two}}'
    joined = f"[{{number{lines[1].strip()}{second}]\n"
    path.write_text(f"{lines[0].rstrip()} {joined}", encoding="utf-8")
    done = kpi("new-year", "2021/22", "--write")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("indicators-2021-22.yaml: error: indicator 1 ")
    messages(done.err)
    assert not (folder / "indicators-2021-22.yaml").exists()


def test_mertons_next_catalogue_has_no_fault_and_keeps_its_order(
    kpi: Kpi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lost are the old year, the oldest outturns with their comments, and a dropped link."""
    monkeypatch.chdir(ROOT)
    path = tmp_path / "next.yaml"
    done = kpi("new-year", "2021/22", "--write", "--out", path)
    assert (done.code, done.err) == (0, "")
    assert max(map(len, done.out.splitlines()[:40])) <= 80
    assert kpi("check", "--catalogue", path).code == 0
    old = (ROOT / "indicators.yaml").read_text(encoding="utf-8")
    new = path.read_text(encoding="utf-8")
    numbers = [line for line in old.splitlines() if "- number:" in line]
    assert [line for line in new.splitlines() if "- number:" in line] == [
        line for line in numbers if '"15"' not in line and '"24"' not in line
    ]
    for start, end in (
        ("meetings:", "data_statement:"),
        ('      - number: "15"', '      - number: "16"'),
        ('      - number: "24"', '      - number: "25"'),
    ):
        old = old[: old.index(start)] + old[old.index(end) :]
    changes = unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
    lost = [line[1:].strip() for line in changes if line[0] == "-" and line[:3] != "---"]
    assert [line for line in lost if not line.startswith("2017/18: ")] == [
        "financial_year: 2020/21",
        "# A calendar year's figure, printed in this financial year's column.",
        "# The index prints DfE 2018/19 beside this year's figure too.",
        "2019/20: {status: academic_year_measure}",
        "2019/20: {status: academic_year_measure}",
        'linked: ["15", "39"]',
    ]
