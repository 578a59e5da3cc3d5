"""Next year's catalogue: what is shifted in, kept, marked and dropped, and how it is written."""

from __future__ import annotations

import textwrap
from difflib import unified_diff
from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD, ROOT

from merton_kpi.loading import read_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from helpers.councils import Outcome

    from merton_kpi.catalogue.models import Catalogue, Indicator

    Kpi = Callable[..., Outcome]

MONTHLY = """\
- number: "1"
  title: Calls answered in time
  unit: percent
  frequency: monthly
  target: {at_least: 90}
"""
COUNT = """\
- number: "1"
  title: Children waiting
  unit: number
  frequency: monthly
  target: not_a_target_measure
  suppress_small_numbers: true
"""
TOTAL = COUNT.replace("  target", "  accumulates: financial_year\n  target")
QUARTERLY = MONTHLY.replace("monthly", "quarterly")
ANNUAL = MONTHLY.replace("monthly", "annual\n  due_months: [3]")


def write_council(
    folder: Path, indicators: str, extracts: Mapping[str, str], head: str = HEAD
) -> None:
    """A catalogue and its extracts, each given as rows of indicator, value and status."""
    text = head + "sections:\n  - title: Services\n    indicators:\n"
    text += textwrap.indent(indicators, " " * 6)
    (folder / "indicators.yaml").write_text(text, encoding="utf-8", newline="\n")
    (folder / "data").mkdir(exist_ok=True)
    for month, rows in extracts.items():
        content = "indicator,value,status\n" + "".join(f"{row}\n" for row in rows.split())
        (folder / "data" / f"{month}.csv").write_text(content, encoding="utf-8", newline="\n")


@pytest.fixture
def roll(
    kpi: Kpi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[str, Catalogue]]:
    """Make 2021/22's catalogue of these indicators and extracts: its text and its meaning."""
    monkeypatch.chdir(tmp_path)

    def run(
        indicators: str, extracts: Mapping[str, str], head: str = HEAD
    ) -> tuple[str, Catalogue]:
        write_council(tmp_path, indicators, extracts, head)
        done = kpi("new-year", "2021/22", "--write")
        assert (done.code, done.err) == (0, "")
        text = (tmp_path / "indicators-2021-22.yaml").read_text(encoding="utf-8")
        catalogue, issues = read_catalogue(text, "new")
        assert catalogue is not None, issues
        return text, catalogue

    return run


def only(catalogue: Catalogue) -> Indicator:
    (indicator,) = catalogue.indicators
    return indicator


def entries_of(text: str) -> str:
    """The indicators of a catalogue of one section, as far in as they were given."""
    return textwrap.dedent(text.partition("    indicators:\n")[2])


def test_it_is_shown_before_it_is_written(council: Path, kpi: Kpi) -> None:
    done = kpi("new-year", "2021/22")
    assert (done.code, done.err) == (0, "")
    assert done.out == textwrap.dedent("""\
        Outturns of 2020/21, from the extracts up to April 2020

        No.  Indicator               Outturn  Of        Remark
        1    Calls answered in time  93%      Apr 2020  provisional
        2    Days to reply           TBC                no figure

        provisional: the year's last figure was still due; it goes in as provisional
        no figure: a reason stands in place of a figure; write the figure if there is one

        Marked for review, target: 1, 2
        Meetings kept: none; add those of 2021/22

        Nothing is written yet. With --write it goes to indicators-2021-22.yaml
        """)
    assert sorted(each.name for each in council.iterdir()) == ["data", "indicators.yaml"]


def test_what_is_not_changed_stays_as_it_was_written(council: Path, kpi: Kpi) -> None:
    done = kpi("new-year", "2021/22", "--write")
    assert done.out.endswith(
        "Written: indicators-2021-22.yaml. Look at what is marked, then: "
        "kpi check --catalogue indicators-2021-22.yaml\n"
    )
    old = (council / "indicators.yaml").read_text(encoding="utf-8")
    new = (council / "indicators-2021-22.yaml").read_text(encoding="utf-8")
    was = "      - number: "
    assert new == old.replace("financial_year: 2020/21", "financial_year: 2021/22").replace(
        f'{was}"1"',
        "      # For 2021/22: review the target.\n"
        f"      # For 2021/22: confirm 2020/21's outturn, since March 2021 was still due.\n"
        f'{was}"1"',
    ).replace(
        f'{was}"2"',
        "      # For 2021/22: review the target.\n"
        "      # For 2021/22: confirm 2020/21's outturn, since no figure was given.\n"
        f'{was}"2"',
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
    ("indicators", "extracts", "outturn", "doubt"),
    [
        (TOTAL, {"2021-03": "1,48,"}, "48", ""),
        (ANNUAL, {"2021-03": "1,48,"}, "48", ""),
        (ANNUAL, {"2021-03": "1,,covid"}, "{status: covid}", ""),
        (MONTHLY, {"2021-03": "1,48.0,"}, "48", "which is March 2021's figure alone"),
        (QUARTERLY, {"2021-03": "1,47.5,"}, "48", "which is Q4's figure alone"),
        (
            MONTHLY + "  decimals: 2\n",
            {"2021-03": "1,48.0,"},
            "48.0",
            "which is March 2021's figure alone",
        ),
        (
            TOTAL,
            {"2020-11": "1,48,", "2020-12": "1,,not_available"},
            "{status: not_available}",
            "since the last figure was 48 (to November 2020)",
        ),
        (
            TOTAL,
            {"2020-11": "1,48,"},
            "{value: 48, status: provisional, period: to November 2020}",
            "since March 2021 was still due",
        ),
        (
            QUARTERLY,
            {"2020-09": "1,48,low_reliability"},
            "{value: 48, status: low_reliability, period: Q2}",
            "since Q4 was still due",
        ),
        (
            TOTAL,
            {"2021-03": "1,48,provisional"},
            "{value: 48, status: provisional}",
            "which is marked provisional",
        ),
        (QUARTERLY, {"2020-09": "1,,covid"}, "{status: covid}", "since Q4 was still due"),
        (
            # The figure of February is the last one due by March; what stands for March is not.
            MONTHLY + "  arrears: 1\n",
            {"2021-02": "1,48,", "2021-03": "1,,not_available"},
            "{value: 48, status: provisional, period: February 2021}",
            "since March 2021 was still due",
        ),
    ],
)
def test_an_outturn_that_is_not_final_says_so(
    roll: Callable[..., tuple[str, Catalogue]],
    indicators: str,
    extracts: dict[str, str],
    outturn: str,
    doubt: str,
) -> None:
    text, _ = roll(indicators + "  outturns:\n    2019/20: 9\n", extracts)
    assert f"          2020/21: {outturn}\n" in text
    marks = [line.strip() for line in text.splitlines() if "confirm" in line]
    assert marks == ([f"# For 2021/22: confirm 2020/21's outturn, {doubt}."] if doubt else [])


@pytest.mark.parametrize(
    ("indicators", "extracts", "outturn", "months"),
    [
        (COUNT, {"2021-02": "1,9,", "2021-03": "1,3,"}, "suppressed", {"2021-02": 9}),
        (TOTAL, {"2021-02": "1,9,", "2021-03": "1,11,"}, "suppressed_with_another", {"2021-02": 9}),
        (COUNT, {"2021-03": "1,<5,"}, "suppressed", {}),
    ],
)
def test_a_suppressed_count_does_not_come_back(
    roll: Callable[..., tuple[str, Catalogue]],
    indicators: str,
    extracts: dict[str, str],
    outturn: str,
    months: dict[str, int],
) -> None:
    text, catalogue = roll(indicators, extracts)
    assert f"outturns: {{2020/21: {{status: {outturn}}}}}\n" in text
    assert {str(m): int(v) for m, v in only(catalogue).earlier_months.items()} == months


def test_a_rate_stays_suppressed_without_its_count(
    roll: Callable[..., tuple[str, Catalogue]], kpi: Kpi
) -> None:
    """When the count is removed, nothing else says that its rate is one of small numbers."""
    indicators = COUNT.replace("  target", "  removed: The panel said so.\n  target") + (
        "  outturns: {2019/20: 3, 2018/19: 30}\n"
        '- {number: "2", title: Waiting per 10000, unit: rate_per_10000, frequency: monthly,\n'
        "   target: not_a_target_measure, suppress_small_numbers: true,\n"
        '   rate_of: {count: "1"}, outturns: {2019/20: 0.6, 2018/19: 6}}\n'
    )
    text, catalogue = roll(indicators, {"2020-04": "2,,to_come"})
    assert "0.6" not in text
    assert only(catalogue).rate_of is None
    shown = {
        str(y): each.status and each.status.value for y, each in only(catalogue).outturns.items()
    }
    assert shown == {"2020/21": "to_come", "2019/20": "suppressed_with_another", "2018/19": None}


def test_an_academic_year_that_has_ended_gets_its_total(
    roll: Callable[..., tuple[str, Catalogue]],
) -> None:
    indicators = MONTHLY.replace("target: {at_least: 90}", "target: not_a_target_measure") + (
        "  accumulates: academic_year\n"
        "  due_months: [1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12]\n"
        "  outturns:\n"
        "    2019/20: {status: academic_year_measure}\n"
        "    2018/19: 21\n"
    )
    text, _ = roll(indicators, {"2020-07": "1,17,", "2021-03": "1,9,"})
    assert (
        "  outturns:\n"
        "    2020/21: {status: academic_year_measure}\n"
        "    2019/20: {value: 17, period: academic year 2019/20}\n"
        "    2018/19: 21\n"
    ) in entries_of(text)
    mark = "# For 2021/22: confirm 2019/20's outturn, which is the total of July 2020.\n"
    assert text.count(mark) == text.count("confirm") == 1


def test_an_outturn_that_is_there_already_is_kept(
    roll: Callable[..., tuple[str, Catalogue]], kpi: Kpi
) -> None:
    text, _ = roll(ANNUAL + "  outturns: {2020/21: 77, 2019/20: 9}\n", {"2021-03": "1,48,"})
    assert "  outturns: {2020/21: 77, 2019/20: 9}\n" in text
    assert (
        "1    Calls answered in time  77%          kept as given" in kpi("new-year", "2021/22").out
    )


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
def test_the_oldest_outturn_goes_as_the_new_one_comes(
    roll: Callable[..., tuple[str, Catalogue]], written: str, new: str
) -> None:
    months = "  earlier_months: {2021-03: 48}\n"
    indicator = f"{ANNUAL}  outturns:{written}\n  owner: Any\n"
    text, _ = roll(indicator, {"2021-03": "1,48,"})
    assert entries_of(text).endswith(f"  outturns:{new}\n{months}  owner: Any\n")


def test_a_target_keeps_the_outturns_that_it_looks_back_on(
    roll: Callable[..., tuple[str, Catalogue]],
) -> None:
    indicators = ANNUAL.replace(
        "target: {at_least: 90}",
        "target: {no_worse_than: best, years: 4}\n  polarity: higher_is_better",
    )
    indicators += "  outturns: {2019/20: 4, 2018/19: 3, 2017/18: 2, 2016/17: 1}\n"
    text, _ = roll(indicators, {"2021-03": "1,48,"})
    assert "  outturns: {2020/21: 48, 2019/20: 4, 2018/19: 3, 2017/18: 2}\n" in text


@pytest.mark.parametrize(
    ("target", "mark", "new"),
    [
        ("{at_least: 90}", ".", "{at_least: 90}"),
        ("not_a_target_measure", None, "not_a_target_measure"),
        ("new", ", which was new in 2020/21.", "new"),
        (
            "\n  - {at_least: 80}\n  - from: 2020-10\n    at_least: 90.50  # agreed",
            ", which has held since October 2020.",
            "{at_least: 90.50}  # agreed",
        ),
        (
            "[{between: [1, 2]}, {from: 2020-10, between: [1, 3.5]}]",
            ", which has held since October 2020.",
            "{between: [1, 3.5]}",
        ),
        (
            "{from: 2020-10, above: 5}",
            ", which has held since October 2020.",
            "{above: 5}",
        ),
    ],
)
def test_a_target_is_kept_and_marked(
    roll: Callable[..., tuple[str, Catalogue]], target: str, mark: str | None, new: str
) -> None:
    indicators = MONTHLY.replace(" {at_least: 90}", f" {target}".replace(" \n", "\n"))
    text, catalogue = roll(indicators, {"2020-04": "1,93,"})
    assert f"        target: {new}\n" in text
    marks = [line.strip() for line in text.splitlines() if "review" in line]
    assert marks == ([] if mark is None else [f"# For 2021/22: review the target{mark}"])
    assert "from" not in text
    assert only(catalogue).targets or new in ("new", "not_a_target_measure")


def test_milestones_move_on_by_a_year(roll: Callable[..., tuple[str, Catalogue]]) -> None:
    indicators = TOTAL.replace(
        "target: not_a_target_measure",
        "target:\n    at_least: 400\n    profile: milestones\n"
        "    milestones: {2020-09: 120, 2021-03: 400}",
    )
    text, _ = roll(indicators, {"2020-04": "1,12,"})
    assert "# For 2021/22: review the target, whose milestones are a year later.\n" in text
    assert (
        "        target: {at_least: 400, profile: milestones, "
        "milestones: {2021-09: 120, 2022-03: 400}}\n"
    ) in text


def test_marks_of_the_year_before_give_way(
    roll: Callable[..., tuple[str, Catalogue]], kpi: Kpi, tmp_path: Path
) -> None:
    text, _ = roll(
        MONTHLY + "  rating_withheld: It is unreliable.\n", {"2020-04": "1,93,", "2021-04": "1,95,"}
    )
    assert text.count("# For 2021/22: review the target.\n") == 1
    assert text.count("# For 2021/22: review whether the rating is still withheld.\n") == 1
    done = kpi("new-year", "2022/23", "--write", "--catalogue", "indicators-2021-22.yaml")
    assert done.code == 0
    text = (tmp_path / "indicators-2022-23.yaml").read_text(encoding="utf-8")
    assert "# For 2021/22" not in text
    marks = [line.strip() for line in text.splitlines() if "# For 20" in line]
    assert marks == [
        "# For 2022/23: review the target.",
        "# For 2022/23: review whether the rating is still withheld.",
        "# For 2022/23: confirm 2021/22's outturn, since March 2022 was still due.",
    ]
    assert "earlier_months: {2021-04: 95}\n" in text


SIX = """\
# the first
- number: "1"
  title: One
  unit: percent
  frequency: monthly
  target: {at_least: 1}
  linked: ["2", '3', "5"]
# gone: it was 2
- number: "2"
  title: Two
  unit: number
  target: not_a_target_measure
  replaced_by: "4"

- number: "3"
  title: Three
  unit: rate_per_10000
  frequency: monthly
  target: not_a_target_measure
  linked:
  - "5"
  rate_of: {count: "2", population: 1000}

# why four is watched
- number: "4"
  title: Four
  unit: number
  frequency: monthly
  target: not_a_target_measure
  linked: ["2"]  # which it replaces
- number: "5"
  title: Five
  unit: number
  target: new
  removed: The panel said so.
"""


def test_links_lead_to_what_goes_on(roll: Callable[..., tuple[str, Catalogue]], kpi: Kpi) -> None:
    text, catalogue = roll(SIX, {"2020-04": "1,93,"})
    assert [each.number for each in catalogue.indicators] == ["1", "3", "4"]
    assert [each.linked for each in catalogue.indicators] == [("4", "3"), (), ()]
    assert '        linked: ["4", "3"]\n' in text
    assert '        rate_of: {count: "4", population: 1000}\n' in text
    assert "gone" not in text
    assert "      # why four is watched\n" in text
    assert text.endswith("        outturns: {2020/21: {status: to_come}}\n")
    told = kpi("new-year", "2021/22").out
    assert "Dropped: 2, replaced by 4\nDropped: 5, removed\n" in told
    assert "Links of 1: 4, 3 (was 2, 3, 5)\nLinks of 3: none (was 5)\n" in told
    assert "3 is the rate of 4 (was 2)\nLinks of 4: none (was 2)\n" in told


def test_a_section_of_which_nothing_is_left_goes_too(
    kpi: Kpi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_council(tmp_path, f"{MONTHLY}\n", {"2020-04": "1,93,"})
    closed = textwrap.indent(SIX[SIX.index('- number: "5"') :], " " * 6)
    with (tmp_path / "indicators.yaml").open("a", encoding="utf-8") as file:
        file.write(f"  # gone too\n  - title: Old  # and gone\n    indicators:\n{closed}\n\n")
    assert kpi("new-year", "2021/22", "--write").code == 0
    text = (tmp_path / "indicators-2021-22.yaml").read_text(encoding="utf-8")
    assert text.endswith("        earlier_months: {2020-04: 93}\n")


@pytest.mark.parametrize(
    ("meetings", "new"),
    [
        (
            "meetings:\n  # soon\n  - {date: 2021-01-13, data_to: 2020-11}\n  # later\n"
            "  - date: 2021-07-01\n    data_to: 2021-05\n    # no time yet\n",
            "meetings:\n  # later\n  - date: 2021-07-01\n    data_to: 2021-05\n    # no time yet\n",
        ),
        (
            "meetings: [{date: 2021-01-13, data_to: 2020-11}, "
            "{date: 2021-07-01, data_to: 2021-05}]\n",
            "meetings: [{date: 2021-07-01, data_to: 2021-05}]\n",
        ),
        (
            "meetings:\n- date: 2021-01-13\n  data_to: 2020-11\n  # no time yet\n",
            "",
        ),
        ("meetings: []\n", ""),
    ],
)
def test_meetings_are_kept_whose_papers_cover_the_new_year(
    roll: Callable[..., tuple[str, Catalogue]], meetings: str, new: str
) -> None:
    text, _ = roll(MONTHLY, {"2020-04": "1,93,"}, HEAD + meetings + "footnotes: {}\n")
    head = HEAD.replace("financial_year: 2020/21", "financial_year: 2021/22")
    if not new:
        mark = "# For 2021/22: add the panel's meetings, each with its date and data_to.\n"
        head = head.replace("financial_year", f"{mark}financial_year")
    assert text.startswith(f"{head}{new}footnotes: {{}}\n")


def test_a_catalogue_written_as_json_goes_on_as_one(
    kpi: Kpi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import json

    import yaml

    monkeypatch.chdir(tmp_path)
    write_council(tmp_path, SIX, {"2020-04": "1,93,"})
    path = tmp_path / "indicators.yaml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")
    assert kpi("new-year", "2021/22", "--write").code == 0
    text = (tmp_path / "indicators-2021-22.yaml").read_text(encoding="utf-8")
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


def test_nothing_is_written_over(council: Path, kpi: Kpi) -> None:
    (council / "indicators-2021-22.yaml").write_text("mine", encoding="utf-8")
    done = kpi("new-year", "2021/22", "--write")
    assert done.code == 1
    assert done.err == (
        "indicators-2021-22.yaml: error: it is there already; "
        "move it away, or name another with --out\n"
    )
    assert (council / "indicators-2021-22.yaml").read_text(encoding="utf-8") == "mine"
    assert kpi("new-year", "2021/22", "--write", "--out", "next.yaml").code == 0
    assert (council / "next.yaml").exists()


def test_what_cannot_be_written_is_named(council: Path, kpi: Kpi) -> None:
    done = kpi("new-year", "2021/22", "--write", "--out", "indicators.yaml/x/next.yaml")
    assert done.code == 1
    assert done.err.startswith("indicators.yaml/x/next.yaml: error: it cannot be written: ")


def test_a_year_that_is_not_the_next_one_is_refused(council: Path, kpi: Kpi) -> None:
    done = kpi("new-year", "2022/23")
    assert (done.code, done.out) == (1, "")
    assert done.err == (
        "indicators.yaml: error: it is of 2020/21, so the next year is 2021/22, not 2022/23; "
        "name that one, or another --catalogue\n"
    )


@pytest.mark.parametrize(
    ("year", "near"), [("2021", "2021/22"), ("2021/23", "2021/22"), ("next", "2020/21")]
)
def test_what_is_not_a_year_is_wrong_usage(council: Path, kpi: Kpi, year: str, near: str) -> None:
    done = kpi("new-year", year)
    assert done.code == 2
    assert f"'{year}' is not a financial year: write it like {near}" in " ".join(
        done.err.replace("│", " ").split()
    )


def test_a_year_without_figures_gives_no_outturns(council: Path, kpi: Kpi) -> None:
    (council / "data" / "2020-04.csv").unlink()
    done = kpi("new-year", "2021/22")
    assert done.code == 1
    assert done.err == (
        "indicators.yaml: error: there are no figures of 2020/21 to be its outturns; "
        "name their folder with --data\n"
    )


def test_a_catalogue_that_is_not_sound_is_to_be_mended_where_it_is_written(
    kpi: Kpi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A tolerance in per cent of last year's outturn is nothing once that is 0."""
    monkeypatch.chdir(tmp_path)
    indicators = TOTAL.replace("not_a_target_measure", "{no_worse_than: last_year}")
    indicators += "  polarity: lower_is_better\n  outturns: {2019/20: 9}\n"
    write_council(tmp_path, indicators, {"2021-03": "1,0,"})
    done = kpi("new-year", "2021/22", "--write")
    assert done.code == 1
    assert "Written: indicators-2021-22.yaml. Look at what is marked" in done.out
    assert "5% of a target of 0 is nothing: give the band in 'units', or say 'none'" in done.err
    assert kpi("check", "--catalogue", "indicators-2021-22.yaml").err.endswith(done.err)
    (tmp_path / "indicators-2021-22.yaml").unlink()
    shown = kpi("new-year", "2021/22")
    assert (shown.code, shown.err) == (1, done.err)
    assert not (tmp_path / "indicators-2021-22.yaml").exists()


def test_a_text_that_would_not_say_what_was_planned_is_not_written(
    kpi: Kpi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The comment would stand within the first one's title."""
    monkeypatch.chdir(tmp_path)
    rest = "unit: percent, frequency: monthly, target: new"
    indicators = f"""\
        - {{number: "1", {rest}, title: "Calls
          answered"}}
        """
    write_council(tmp_path, textwrap.dedent(indicators), {"2020-04": "1,93,"})
    path = tmp_path / "indicators.yaml"
    lines = path.read_text(encoding="utf-8").split("- {number")
    second = f', {{number: "2", {rest}, title: Two}}'
    joined = f"[{{number{lines[1].strip()}{second}]\n"
    path.write_text(f"{lines[0].rstrip()} {joined}", encoding="utf-8")
    done = kpi("new-year", "2021/22", "--write")
    assert (done.code, done.out) == (1, "")
    assert done.err == (
        "indicators-2021-22.yaml: error: indicator 1 would not be as planned, so it is not "
        "written; set it out in lines of its own, without brackets around it\n"
    )
    assert not (tmp_path / "indicators-2021-22.yaml").exists()


def test_mertons_next_catalogue_is_sound_and_in_order(
    kpi: Kpi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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
