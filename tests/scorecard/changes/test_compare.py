"""What changed between two papers: ratings, figures, restatements and definitions."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD, ROOT, Outcome, make_catalogue

from merton_kpi.catalogue.entries import Outturn
from merton_kpi.catalogue.indicator import Indicator
from merton_kpi.core.issues import require
from merton_kpi.core.periods import Month
from merton_kpi.loading.inputs import read_earlier_inputs, read_inputs
from merton_kpi.scorecard.changes.compare_catalogues import compare_catalogues
from merton_kpi.series.suppression import suppress_earlier_figures

if TYPE_CHECKING:
    from collections.abc import Callable

    from merton_kpi.catalogue.models import Catalogue

    Kpi = Callable[..., Outcome]
    Messages = Callable[..., None]

APRIL, MAY = Month(2020, 4), Month(2020, 5)


def test_what_changed_in_merton_s_index_from_september_to_november(
    kpi: Kpi, monkeypatch: pytest.MonkeyPatch, golden: Callable[[str, str], None]
) -> None:
    monkeypatch.chdir(ROOT)
    outcome = kpi("changes", "--since", "2020-09", "--month", "2020-11")
    assert (outcome.code, outcome.err) == (0, "")
    assert max(map(len, outcome.out.splitlines())) <= 80
    golden("changes-2020-09-2020-11.txt", outcome.out)


@pytest.fixture
def two_months(council: Path) -> Path:
    """The small council with a paper for May too, and a meeting that saw April's."""
    catalogue = council / "indicators.yaml"
    text = catalogue.read_text(encoding="utf-8").replace(
        "frequency: quarterly", "frequency: monthly"
    )
    meetings = "meetings: [{date: 2020-06-18, data_to: 2020-04}]\nbands:"
    catalogue.write_text(text.replace("bands:", meetings), encoding="utf-8")
    rows = "indicator,period,value,status,note\n1,2020-04,88,,Two weeks were missing\n1,,95,,\n"
    (council / "data/2020-05.csv").write_text(f"{rows}2,,,to_come,\n", encoding="utf-8")
    return council


def test_every_kind_of_change_is_printed(kpi: Kpi, two_months: Path) -> None:
    """The correction is no new figure, and a definition is compared with the earlier file's."""
    catalogue = two_months / "indicators.yaml"
    text = catalogue.read_text(encoding="utf-8")
    (two_months / "earlier.yaml").write_text(
        text.replace("at_least: 90", "at_least: 94").replace("Days to reply", "Days waited"),
        encoding="utf-8",
    )
    outcome = kpi("changes", "--month", "2020-05", "--before", "earlier.yaml")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == textwrap.dedent("""\
        Services Panel Performance Index 2020/21: data to May 2020 compared with data to
        April 2020

        Ratings: 1
           1  Calls answered in time
              Amber -> Green
              95% in May 2020 meets the target of at least 90%.

        New figures and reasons for none: 2
           1  Calls answered in time
              May 2020 95%
           2  Days to reply
              May 2020 TBC

        Restatements: 1
           1  Calls answered in time
              Apr 2020: 93% -> 88%. Two weeks were missing

        Definitions: 2
           1  Calls answered in time
              target: at least 94% -> at least 90%
           2  Days to reply
              title: Days waited -> Days to reply
        """)


def test_with_one_catalogue_a_sentence_says_that_definitions_are_todays(
    kpi: Kpi, two_months: Path
) -> None:
    catalogue = two_months / "indicators.yaml"
    text = catalogue.read_text(encoding="utf-8")
    steps = "[{at_most: 10}, {from: 2020-05, at_most: 8}]"
    catalogue.write_text(text.replace("{at_most: 10}", steps), encoding="utf-8")
    outcome = kpi("changes", "--since", "2020-04", "--month", "2020-05")
    assert outcome.out.endswith(
        "Definitions: 1\n"
        "   2  Days to reply\n"
        "      target in force: at most 10 -> at most 8\n"
        "Both papers use today's catalogue, so this list has only targets that began\n"
        "between the two months. To compare all definitions, name the earlier catalogue\n"
        "with --before.\n"
    )


def test_figures_and_corrections_are_each_printed_once(kpi: Kpi, two_months: Path) -> None:
    """A figure that came and was corrected since is new to the reader, and a correction too."""
    (two_months / "data/2020-06.csv").write_text(
        "indicator,period,value\n2,2020-05,7\n1,2020-05,96\n1,,97\n2,,9\n", encoding="utf-8"
    )
    outcome = kpi("changes", "--since", "2020-05", "--month", "2020-06")
    _, _, figures = outcome.out.partition("New figures and reasons for none: 2\n")
    assert figures.startswith(
        "   1  Calls answered in time\n"
        "      Jun 2020 97%\n"
        "   2  Days to reply\n"
        "      May 2020 7 (was: TBC); Jun 2020 9\n"
    )
    outcome = kpi("changes", "--since", "2020-04", "--month", "2020-06")
    assert "      May 2020 96%; Jun 2020 97%\n" in outcome.out
    assert "      Apr 2020: 93% -> 88%. Two weeks were missing\n" in outcome.out
    assert "      May 2020: 95% -> 96%. No reason was given.\n" in outcome.out


def test_an_indicator_that_was_added_and_one_that_was_removed(kpi: Kpi, two_months: Path) -> None:
    catalogue = two_months / "indicators.yaml"
    text = catalogue.read_text(encoding="utf-8")
    other = text.replace('number: "2"', 'number: "3"').replace("Days to reply", "Complaints")
    (two_months / "earlier.yaml").write_text(other, encoding="utf-8")
    outcome = kpi("changes", "--month", "2020-05", "--before", "earlier.yaml")
    assert (
        "   2  Days to reply\n      not in the index -> No data\n"
        "      The figure for Apr 2020 is due and has not come.\n"
        "   3  Complaints\n      No data -> not in the index\n"
    ) in outcome.out
    assert outcome.out.endswith(
        "Definitions: 2\n   2  Days to reply\n      added\n"
        "   3  Complaints\n      taken out of the catalogue\n"
    )


def test_a_figure_that_a_later_paper_suppresses_is_not_disclosed(
    kpi: Kpi, two_months: Path
) -> None:
    """Neither by the earlier figures, nor by an outturn of the earlier catalogue."""
    catalogue = two_months / "indicators.yaml"
    text = catalogue.read_text(encoding="utf-8").replace(
        "{at_most: 10}", "{at_most: 10}\n        outturns: {2019/20: 3}"
    )
    (two_months / "earlier.yaml").write_text(text, encoding="utf-8")
    hidden = text.replace("{at_most: 10}", "{at_most: 10}\n        suppress_small_numbers: true")
    catalogue.write_text(hidden, encoding="utf-8")
    (two_months / "data/2020-04.csv").write_text("indicator,value\n1,93\n2,4\n", encoding="utf-8")
    outcome = kpi("changes", "--month", "2020-05", "--before", "earlier.yaml")
    assert outcome.code == 0
    lines = outcome.out.splitlines()
    assert "      Apr 2020 Suppressed; May 2020 TBC" in lines
    assert "      small numbers: shown -> suppressed below 5" in lines
    definitions = lines[lines.index("Definitions: 1") :]
    assert not any("3" in line or " 4" in line for line in definitions)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (
            ["--month", "2020-04"],
            (1, "indicators.yaml: error: no meeting "),
        ),
        (
            ["--month", "2020-04", "--since", "2020-03"],
            (2, "Error: Invalid value for '--since': March 2020 "),
        ),
        (
            ["--month", "2020-05", "--since", "2020-03"],
            (2, "Error: Invalid value for '--since': March 2020 "),
        ),
        (
            ["--month", "2020-05", "--since", "2020-05"],
            (2, "Error: Invalid value for '--since': May 2020 "),
        ),
        (
            ["--month", "2020-05", "--before", "earlier.yaml"],
            (1, "earlier.yaml: error: "),
        ),
    ],
    ids=[
        "no earlier meeting",
        "the year before, from its first month",
        "the year before",
        "the same month",
        "no earlier catalogue",
    ],
)
def test_months_that_cannot_be_compared_are_an_error(
    arguments: list[str], expected: tuple[int, str], kpi: Kpi, two_months: Path, messages: Messages
) -> None:
    outcome = kpi("changes", *arguments)
    sentence = outcome.err.splitlines()[-1]
    code, start = expected
    assert (outcome.code, outcome.out, sentence[: len(start)]) == (code, "", start)
    messages(sentence)


def test_the_earlier_catalogues_faults_are_printed(kpi: Kpi, two_months: Path) -> None:
    (two_months / "earlier.yaml").write_text("authority: Anyborough\n", encoding="utf-8")
    outcome = kpi("changes", "--month", "2020-05", "--before", "earlier.yaml")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("earlier.yaml:1:1: error: ")


def test_an_earlier_catalogue_of_another_year_is_an_error(
    kpi: Kpi, two_months: Path, messages: Messages
) -> None:
    text = (two_months / "indicators.yaml").read_text(encoding="utf-8")
    text = text.replace("2020/21", "2019/20").replace("2020-", "2019-")
    (two_months / "earlier.yaml").write_text(text, encoding="utf-8")
    outcome = kpi("changes", "--month", "2020-05", "--before", "earlier.yaml")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("earlier.yaml: error: ")
    assert "--before" in outcome.err
    messages(outcome.err)


@pytest.mark.parametrize(
    ("earlier", "line"),
    [
        ({'number: "1"': 'number: "1a"'}, "      not in the index -> Blue"),
        ({"target: {at_least: 90}": "target: new"}, "      New -> Blue"),
        ({"at_least: 90}": "at_least: 90}\n        rating_withheld: Too few"}, " -> Blue"),
        ({"target: {at_least: 90}": "target: new\n        removed: Agreed"}, " -> Blue"),
        (
            {"unit: percent": "unit: percent\n        suppress_small_numbers: true"},
            "No data -> Blue",
        ),
    ],
    ids=["another number", "no target", "withheld", "removed", "suppressed"],
)
def test_rows_without_an_indicator_in_the_earlier_catalogue_are_left_out(
    earlier: dict[str, str], line: str, kpi: Kpi, two_months: Path
) -> None:
    """They are sound by today's, the judgement of a measure that had no target then included."""
    header = "indicator,value,judgement,judgement_reason,judgement_by\n"
    row = "1,93,Blue,Best of all,Head of Contact\n"
    (two_months / "data/2020-04.csv").write_text(header + row, encoding="utf-8")
    (two_months / "data/2020-05.csv").write_text(header + row, encoding="utf-8")
    text = (two_months / "indicators.yaml").read_text(encoding="utf-8")
    for old, new in earlier.items():
        text = text.replace(old, new, 1)
    (two_months / "earlier.yaml").write_text(text, encoding="utf-8")
    outcome = kpi("changes", "--month", "2020-05", "--before", "earlier.yaml")
    assert (outcome.code, outcome.err) == (0, "")
    assert line in outcome.out


def test_a_figure_that_only_gets_a_judgement_is_not_new(kpi: Kpi, two_months: Path) -> None:
    header = "indicator,value,judgement,judgement_reason,judgement_by\n"
    row = "1,93,Blue,Best of all,Head of Contact\n"
    (two_months / "data/2020-04.csv").write_text(header + row, encoding="utf-8")
    (two_months / "data/2020-05.csv").write_text("indicator,value\n1,95\n", encoding="utf-8")
    text = (two_months / "indicators.yaml").read_text(encoding="utf-8")
    text = text.replace("target: {at_least: 90}", "target: new", 1)
    (two_months / "earlier.yaml").write_text(text, encoding="utf-8")
    outcome = kpi("changes", "--month", "2020-05", "--before", "earlier.yaml")
    assert "      May 2020 95%\n" in outcome.out
    assert "Apr 2020" not in outcome.out.partition("New figures")[2].partition("2  Days")[0]


def test_words_that_would_have_disclosed_a_figure_then_are_allowed_now(
    kpi: Kpi, two_months: Path
) -> None:
    (two_months / "data/2020-04.csv").write_text("indicator,value,note\n2,3,3 of us\n")
    text = (two_months / "indicators.yaml").read_text(encoding="utf-8")
    hidden = text.replace("unit: number", "unit: number\n        suppress_small_numbers: true")
    (two_months / "earlier.yaml").write_text(hidden, encoding="utf-8")
    outcome = kpi("changes", "--month", "2020-05", "--before", "earlier.yaml")
    assert (outcome.code, outcome.err) == (0, "")
    assert "      Apr 2020 3" in outcome.out


def test_what_was_known_earlier_has_the_earlier_catalogues_own_places_and_sources(
    two_months: Path,
) -> None:
    """The extract of May is no part of it, nor a row of an indicator that was not in it."""
    (two_months / "data/2020-04.csv").write_text("indicator,value\n1,93\n2,\n3,4\n")
    text = (two_months / "indicators.yaml").read_text(encoding="utf-8")
    third = 'number: "3"\n        title: Complaints\n        unit: number\n'
    third += "        frequency: monthly\n        target: new\n      - "
    new = text.replace('number: "1"', f'{third}number: "1"')
    (two_months / "indicators.yaml").write_text(new, encoding="utf-8")
    (two_months / "earlier.yaml").write_text(text, encoding="utf-8")
    now = require(read_inputs(Path("indicators.yaml"), Path("data"), MAY))
    earlier = require(read_earlier_inputs(now, Path("earlier.yaml"), Path("data"), APRIL))
    assert (earlier.file, earlier.month) == ("earlier.yaml", APRIL)
    assert [str(place) for place in earlier.entry_places.values()] == [
        "earlier.yaml:16:9",
        "earlier.yaml:22:9",
    ]
    assert [(each.path, each.rows, each.used) for each in earlier.sources] == [
        ("earlier.yaml", 2, 2),
        ("data/2020-04.csv", 3, 1),
    ]
    assert [each.indicator for each in earlier.observations] == ["1"]
    assert [str(each.place) for each in earlier.warnings] == ["data/2020-04.csv:3"]


def test_a_row_without_an_indicator_in_either_catalogue_is_refused(
    kpi: Kpi, two_months: Path
) -> None:
    (two_months / "data/2020-05.csv").write_text("indicator,value\n7,95\n", encoding="utf-8")
    (two_months / "earlier.yaml").write_bytes((two_months / "indicators.yaml").read_bytes())
    outcome = kpi("changes", "--month", "2020-05", "--before", "earlier.yaml")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("data/2020-05.csv:2: error: indicator 7: ")


HIDDEN = "a figure that is suppressed"


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("outturns: {2019/20: 3}", ()),
        ("outturns: {2019/20: 4}", ()),
        ("outturns: {}", (f"outturn 2019/20: {HIDDEN} -> none",)),
        ("outturns: {2019/20: 7}", (f"outturn 2019/20: {HIDDEN} -> 7",)),
    ],
    ids=["not changed", "another small one", "taken out", "corrected"],
)
@pytest.mark.parametrize("was_linked", [False, True])
@pytest.mark.parametrize("was_suppressed", [False, True])
def test_an_earlier_outturn_is_printed_only_as_the_later_catalogue_would(
    now: str, words: tuple[str, ...], *, was_suppressed: bool, was_linked: bool
) -> None:
    """The rate of a suppressed count is suppressed too, though it is not small itself."""
    rate = (
        '- {number: "2", title: Rate, unit: rate_per_10000, frequency: monthly, target: new, '
        "decimals: 1, outturns: {2019/20: %s}%s}\n"
    )
    link = ', rate_of: {count: "1", population: 47000}'
    hide = "suppress_small_numbers: true"
    count = '- {number: "1", title: Count, unit: number, frequency: monthly, target: new, %s}\n'
    old = "outturns: {2019/20: 3}" + (f", {hide}" if was_suppressed else "")
    before = make_catalogue(count % old + rate % ("0.6", link if was_linked else ""))
    later = make_catalogue(count % f"{now}, {hide}" + rate % ("1.5", link))
    found = {
        each.number: each.words
        for each in compare_catalogues(
            suppress_earlier_figures(before), APRIL, suppress_earlier_figures(later), MAY
        )
    }
    flag = () if was_suppressed else ("small numbers: shown -> suppressed below 5",)
    assert found.get("1", ()) == (*flag, *words)
    rates = (f"outturn 2019/20: {HIDDEN} -> 1.5",) if words else ()
    linked = () if was_linked else ("rate of: none -> indicator 1, 47,000 people",)
    assert found.get("2", ()) == (*linked, *rates)


def test_the_outturn_of_a_rate_is_hidden_though_its_count_is_new() -> None:
    """The earlier catalogue has only the rate, from which the count could be worked out."""
    rate = (
        '- {number: "2", title: Rate, unit: rate_per_10000, frequency: monthly, target: new, '
        "decimals: 1, outturns: {2019/20: %s}%s}\n"
    )
    before = make_catalogue(rate % ("0.6", ""))
    count = '- {number: "1", title: Count, unit: number, frequency: monthly, target: new, '
    count += "suppress_small_numbers: true, outturns: {2019/20: 3}}\n"
    later = make_catalogue(count + rate % ("0.7", ', rate_of: {count: "1", population: 47000}'))
    found = compare_catalogues(before, APRIL, suppress_earlier_figures(later), MAY)
    words = {each.number: each.words for each in found}
    assert words["2"] == ("rate of: none -> indicator 1, 47,000 people",)


BASE = "unit: percent\nfrequency: monthly\ntarget: {at_least: 90}\n"
YEARLY = BASE.replace("monthly", "annual").replace("}", "}\ndue_months: [3]")
TOTAL = (
    "unit: number\nfrequency: quarterly\naccumulates: financial_year\n"
    "target: {at_least: 20, profile: milestones, milestones: {2020-06: 5}}\n"
)
RATE = BASE.replace("percent", "rate_per_10000") + 'rate_of: {count: "2", population: 9000}\n'
COUNT = "unit: number\nfrequency: monthly\ntarget: new\n"
CLOSED = "title: Any\nunit: percent\ntarget: new\n"

# A field of an indicator, its definition before and after, and the words for the change.
CASES = {
    "title": (
        "title: Old words\n" + BASE,
        "title: New words\n" + BASE,
        "title: Old words -> New words",
    ),
    "unit": (
        BASE,
        BASE.replace("percent", "weeks"),
        "unit: per cent -> weeks|target: at least 90% -> at least 90 weeks|"
        "amber: 1 percentage point -> 5% of the target",
    ),
    "decimals": (BASE, BASE + "decimals: 1\n", "decimals: as written -> 1"),
    "frequency": (BASE, BASE.replace("monthly", "quarterly"), "frequency: monthly -> quarterly"),
    "due_months": (YEARLY, YEARLY.replace("[3]", "[7, 3]"), "months due: March -> July and March"),
    "first_due": (BASE, BASE + "first_due: 2020-10\n", "first due: none -> Oct 2020"),
    "figures": (TOTAL, TOTAL + "figures: of_period\n", "figures: none -> of period"),
    "arrears": (BASE, BASE + "arrears: 1\n", "arrears: 0 months -> 1 month"),
    "accumulates": (
        TOTAL,
        TOTAL.replace("financial", "academic"),
        "adds up over: financial year -> academic year|"
        "target: at least 20 for the year, by milestones -> "
        "at least 20 for the academic year, by milestones",
    ),
    "polarity": (
        BASE.replace("at_least: 90", "no_worse_than: last_year") + "polarity: higher_is_better\n",
        BASE.replace("at_least: 90", "no_worse_than: last_year") + "polarity: lower_is_better\n",
        "polarity: higher is better -> lower is better",
    ),
    "target": (BASE, BASE.replace("90", "95.5"), "target: at least 90% -> at least 95.5%"),
    "milestones": (
        TOTAL,
        TOTAL.replace("5}", "8, 2020-09: 11}"),
        "milestones: Jun 2020 5 -> Jun 2020 8, Sep 2020 11",
    ),
    "bands": (
        BASE,
        BASE + "bands: {amber: none, blue: {percent_of_target: 10}, green: {from: 88}}\n",
        "amber: 1 percentage point -> none|green: none -> from 88%|blue: none -> 10% of the target",
    ),
    "carry_forward": (BASE, BASE + "carry_forward: 3\n", "carried forward: 1 period -> 3 periods"),
    "rating_withheld": (
        BASE,
        BASE + "rating_withheld: Too few\n",
        "rating withheld: none -> Too few",
    ),
    "outturns": (
        BASE + "outturns: {2019/20: 80}\n",
        BASE + "outturns: {2019/20: {value: 81, source: DfE}, 2018/19: {status: not_published}}\n",
        "outturn 2019/20: 80% -> 81% (DfE)|outturn 2018/19: none -> Not published",
    ),
    "benchmarks": (
        BASE + "benchmarks: {England: {value: 80, source: DfE, period: 2018/19}}\n",
        BASE + "benchmarks: {England: {value: 80, source: DfE, period: 2019/20}}\n",
        "England: 80% (2018/19, DfE) -> 80% (2019/20, DfE)",
    ),
    "rationale": (
        BASE + "rationale: Old words.\n",
        BASE + "rationale: New words.\n",
        "rationale: reworded",
    ),
    "linked": (BASE, BASE + 'linked: ["2"]\n', "linked: none -> 2"),
    "rate_of": (
        RATE,
        RATE.replace("9000", "9100"),
        "rate of: indicator 2, 9,000 people -> indicator 2, 9,100 people",
    ),
    "suppress_small_numbers": (
        BASE,
        BASE + "suppress_small_numbers: true\n",
        "small numbers: shown -> suppressed below 5",
    ),
    "suppress": (
        BASE + "suppress: {below: 6}\n",
        BASE + "suppress: {below: 6, round_to: 5}\n",
        "small numbers: suppressed below 6 -> suppressed below 6, others rounded to 5",
    ),
    "sum_of": (
        COUNT,
        COUNT + 'sum_of: ["2", "4"]\n',
        "sum of: none -> 2 and 4",
    ),
    "running_total_of": (
        COUNT + 'accumulates: academic_year\nrunning_total_of: "2"\n',
        COUNT + "accumulates: academic_year\n",
        "running total of: 2 -> none",
    ),
    "percentage_of": (
        BASE + 'percentage_of: {count: "2"}\n',
        BASE + 'percentage_of: {count: "2", of: "4"}\n',
        "percentage of: indicator 2 -> indicator 2 of indicator 4",
    ),
    "owner": (BASE, BASE + "owner: Head of Contact\n", "owner: none -> Head of Contact"),
    "service": (BASE, BASE + "service: Housing\n", "service: none -> Housing"),
    "part_of": (BASE, BASE + 'part_of: "2"\n', "part of: none -> 2"),
    "source": (BASE + "source: Mosaic\n", BASE, "source: Mosaic -> none"),
    "footnotes": (BASE, BASE + "footnotes: [one]\n", "footnotes: none -> One."),
    "removed": (
        CLOSED + "frequency: monthly\n",
        CLOSED + "removed: Agreed by panel\nfrequency: monthly\n",
        "removed: none -> Agreed by panel",
    ),
    "removed from a month": (
        BASE,
        BASE + "removed: {from: 2020-06, reason: Agreed}\n",
        "removed: none -> Agreed, from June 2020",
    ),
    "replaced from a month": (
        BASE + 'replaced_by: {from: 2020-06, indicator: "2"}\n',
        BASE + 'replaced_by: {from: 2020-07, indicator: "2"}\n',
        "replaced by: 2, from June 2020 -> 2, from July 2020",
    ),
    "replaced_by": (
        CLOSED + "frequency: monthly\n",
        CLOSED + 'replaced_by: "2"\nfrequency: monthly\n',
        "replaced by: none -> 2",
    ),
    "breaks": (
        BASE + "breaks: [{from: 2020-05, reason: One team}]\n",
        BASE + "breaks: [{from: 2020-06, reason: Two teams}]\n",
        "break from Jun 2020: none -> Two teams|break from May 2020: One team -> none",
    ),
    "formerly": (
        BASE + 'formerly: {2018/19: "7"}\n',
        BASE + 'formerly: {2018/19: "7", 2019/20: "8"}\n',
        "former numbers: 7 in 2018/19 -> 7 in 2018/19 and 8 in 2019/20",
    ),
    "stock": (BASE, BASE + "stock: true\n", "stock: none -> yes"),
    "baseline": (
        BASE + "baseline: 12\n",
        BASE + "baseline: 24\n",
        "baseline: 12 figures -> 24 figures",
    ),
    "earlier_months": (
        BASE + "earlier_months: {2019-11: 95, 2019-12: 96, 2020-01: 97}\n",
        BASE + "earlier_months: {2019-11: 95.1, 2019-12: 96.0}\n",
        "last year's figures: changed for Nov 2019 and Jan 2020",
    ),
    "confirmed": (BASE, BASE + "confirmed: Asked twice\n", "confirmed: none -> given"),
    "number": (BASE, 'number: "3"\ntitle: Any\n' + BASE, "added|taken out of the catalogue"),
}

# A field of a benchmark, before and after, and the words for the change.
PAST_CASES = {
    "value": ("{value: 80}", "{value: 80.5}", "80% -> 80.5%"),
    "status": ("{value: 80}", "{value: 80, status: provisional}", "80% -> 80% (Provisional)"),
    "rating": ("{value: 80}", "{rating: amber}", "80% -> Amber"),
    "unit": ("{value: 80}", "{value: 80, unit: weeks}", "80% -> 80 weeks"),
    "source": ("{value: 80}", "{value: 80, source: DfE}", "80% -> 80% (DfE)"),
    "period": ("{value: 80}", "{value: 80, period: 2018/19}", "80% -> 80% (2018/19)"),
    "note": ("{value: 80}", "{value: 80, note: A guess}", "80% -> 80% (A guess)"),
    "comparable": (
        "{value: 80, comparable: true}",
        "{value: 80, comparable: false}",
        "80% (comparable) -> 80% (not comparable)",
    ),
    "confirmed": (
        "{value: 80}",
        "{value: 80, confirmed: Asked twice}",
        "80% -> 80% (confirmed: Asked twice)",
    ),
}


def make_pair(before: str, now: str) -> list[Catalogue]:
    """Two catalogues with an indicator 1 of these keys, and another that stays the same."""
    catalogues = []
    for given in (before, now):
        entry = given if "title:" in given else f"title: Any\n{given}"
        entry = entry if "number:" in given else f'number: "1"\n{entry}'
        other = "title: Other, unit: number, frequency: monthly, target: new"
        others = "".join(f'- {{number: "{number}", {other}}}\n' for number in (2, 4))
        rows = f"- {textwrap.indent(entry, '  ').lstrip()}{others}"
        head = f"{HEAD}footnotes: {{one: One.}}\n"
        catalogues.append(make_catalogue(rows, head=head))
    return catalogues


def compare(before: str, now: str) -> str:
    old, new = make_pair(before, now)
    return "|".join(
        words for each in compare_catalogues(old, APRIL, new, MAY) for words in each.words
    )


@pytest.mark.parametrize("field", [*dict.fromkeys([*Indicator.model_fields, *CASES])])
def test_each_part_of_a_definition_is_compared(field: str) -> None:
    before, now, words = CASES[field]
    assert compare(before, now) == words
    assert compare(now, now) == ""


@pytest.mark.parametrize("field", Outturn.model_fields)
def test_each_part_of_an_outturn_or_a_benchmark_is_compared(field: str) -> None:
    before, now, words = PAST_CASES[field]
    for key, name in (
        ("outturns: {2019/20:", "outturn 2019/20"),
        ("benchmarks: {England:", "England"),
    ):
        old, new = (f"{BASE}{key} {each}}}\n" for each in (before, now))
        assert compare(old, new) == f"{name}: {words}"


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (
            TOTAL + "outturns: {2019/20: 8, 2018/19: {status: to_come}}\n",
            TOTAL.replace("number", "rate_per_10000")
            + "outturns: {2019/20: 8, 2018/19: {status: to_come}}\n",
            "unit: number -> rate per 10,000",
        ),
        (
            TOTAL + "outturns: {2019/20: 8}\n",
            TOTAL + "outturns: {2019/20: {value: 8, unit: rate_per_10000}}\n",
            "outturn 2019/20: 8 -> 8 (rate per 10,000)",
        ),
        (
            TOTAL + "outturns: {2019/20: 8}\n",
            TOTAL + "outturns: {2019/20: {value: 8.0, unit: number}}\n",
            "",
        ),
        (
            TOTAL + "outturns: {2019/20: 8}\n",
            TOTAL + "outturns: {2019/20: {value: 8, unit: {label: trees}}}\n",
            "outturn 2019/20: 8 -> 8 trees",
        ),
    ],
    ids=["the indicator's", "an outturn's", "the same", "one that is printed with them"],
)
def test_a_unit_that_figures_are_printed_without_is_named_once(
    before: str, now: str, words: str
) -> None:
    assert compare(before, now) == words


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("[{at_least: 90}, {from: 2020-05, at_least: 92}]", "at least 90% -> at least 92%"),
        ("[{at_least: 90}, {from: 2020-06, at_least: 92}]", ""),
        ("[{at_least: 90}, {from: 2020-05, at_least: 90}, {from: 2020-06, at_least: 91}]", ""),
    ],
    ids=["begun", "still to begin", "the same figure"],
)
def test_the_target_in_force_differs_only_where_another_one_has_begun(now: str, words: str) -> None:
    text = BASE.replace("{at_least: 90}", now)
    assert compare(text, text) == (words and f"target in force: {words}")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "{at_least: 90}",
            "[{at_least: 90}, {from: 2020-09, withdrawn: Agreed.}]",
            "target: at least 90% -> at least 90%; withdrawn from Sep 2020",
        ),
        (
            "{at_least: {2020-04: 90, 2020-09: 95}}",
            "[{from: 2020-04, at_least: 90}, {from: 2020-09, at_least: 95}]",
            "",
        ),
        (
            "{at_least: {2020-04: 90}}",
            "{at_least: {2020-04: 90, 2020-09: 95}}",
            "target: at least 90% from Apr 2020 -> "
            "at least 90% from Apr 2020; at least 95% from Sep 2020",
        ),
        (
            "[{at_least: 90}, {from: 2020-09, at_least: 95}]",
            "[{at_least: 90}, {from: 2020-09, at_least: 95, bands: {amber: {from: 91}}}]",
            "amber from Sep 2020: none -> from 91%",
        ),
        (
            "{at_least: 90}",
            "{at_least: 90, bands: {amber: {from: 85}}}",
            "amber of the first target: none -> from 85%",
        ),
        (
            "[{at_least: 90}, {from: 2020-05, at_least: 90, bands: {amber: {from: 85}}}]",
            "[{at_least: 90}, {from: 2020-05, at_least: 90, bands: {amber: {from: 85}}}]",
            "amber in force: 1 percentage point -> from 85%",
        ),
        (
            "{between: [80, 90], bands: {amber: {percentage_points: 2}}}",
            "{between: [80, 90], bands: {amber: {below: {from: 75}, above: none}}}",
            "amber of the first target: 2 percentage points -> below from 75%, above none",
        ),
        (
            "{at_least: 90}",
            "{at_least: 90, bands: {amber: {better_than: same_period_last_year}}}",
            "amber of the first target: none -> better than in the same period last year",
        ),
    ],
    ids=[
        "withdrawn",
        "the same in two forms",
        "steps",
        "bands of a later target",
        "bands of the first target",
        "bands in force",
        "a band on each side",
        "better than last year",
    ],
)
def test_a_target_that_changes_within_the_year_is_compared(old: str, new: str, words: str) -> None:
    assert compare(*(BASE.replace("{at_least: 90}", each) for each in (old, new))) == words


def test_of_a_suppressed_outturn_only_its_source_and_period_are_printed() -> None:
    """Its note and its answer to a warning may name the figure."""
    words = "source: DfE, period: 2019/20, note: It was 3, confirmed: 3 it is"
    old = f"{BASE}outturns: {{2019/20: {{status: suppressed, {words}}}}}\n"
    new = f"{BASE}outturns: {{2019/20: 80}}\n"
    assert compare(old, new) == f"outturn 2019/20: {HIDDEN} (2019/20, DfE) -> 80%"
    assert compare(old, old.replace("It was 3", "No note")) == ""
