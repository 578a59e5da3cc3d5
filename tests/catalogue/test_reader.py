"""A whole catalogue is read: all its faults come at once, and what it lacks is a warning."""

from __future__ import annotations

from helpers.catalogues import LINE, ONE, SECOND, list_faults
from helpers.councils import HEAD, make_catalogue

from merton_kpi.catalogue.targets import Target
from merton_kpi.loading import read_catalogue


def test_a_sound_catalogue_has_no_faults() -> None:
    assert list_faults(HEAD + ONE) == []


def test_all_faults_come_together_in_the_order_of_their_lines() -> None:
    text = HEAD.replace("panel: Services Panel\n", "") + ONE.replace("title: Calls", "titel: Calls")
    text += ONE.replace("sections:\n", "").replace("percent", "per cent")
    assert [fault.split(": error: ")[1] for fault in list_faults(text)] == [
        "the key 'panel' is missing",
        "indicator 1: the key 'titel' is not known here; did you mean 'title'?",
        f"indicator 1: number 1 was given on line {LINE + 3} already; give each its own",
        "indicator 1: unit: 'per cent' is not known; did you mean 'percent'?",
    ]


def test_what_is_read_is_exact_decimal() -> None:
    catalogue = make_catalogue("""
        - number: "1"
          title: Calls
          unit: percent
          frequency: monthly
          target: {at_least: 90.50}
        """)
    target = catalogue.indicators[0].target
    assert isinstance(target, Target)
    assert str(target.at_least) == "90.50"


def test_bands_that_contradict_a_target_are_a_fault_beside_others() -> None:
    """Bands of the catalogue and of one entry are both reported, and a fault in the head too."""
    text = HEAD.replace("panel: Services Panel\n", "panel: 5\n") + ONE + SECOND
    text = text.replace(
        "{at_least: 90}", "{at_least: 0}\n        bands: {amber: {percent_of_target: 5}}", 1
    )
    text = text.replace("percentage_points: 1", "percentage_points: 1}, blue: {from: 80", 1)
    assert list_faults(text) == [
        'f:3:8: error: panel: this is text, so write it in quotes: "5"',
        "f:10:50: error: target and bands: blue would begin at 80%, "
        "which is no better than the target; first seen on indicator 2",
        "f:+8:17: error: indicator 1: target and bands: 5% of a target of 0 is nothing: "
        "give the band in 'percentage_points', or say 'none'",
    ]


GAPS = ONE.replace("        rationale: A call is a question.\n", "").replace(
    "Head of Contact", '" "'
)


def test_a_rationale_or_owner_that_is_missing_is_a_warning() -> None:
    catalogue, issues = read_catalogue(HEAD + GAPS, "f")
    assert catalogue is not None
    assert list_faults(HEAD + GAPS, gaps=True) == [
        "f:+4:9: warning: indicator 1: the rationale is missing; "
        "say in a sentence or two why the indicator matters",
        "f:+4:9: warning: indicator 1: the owner is missing; "
        "give the job title of the one who answers for the figures",
    ]
    assert issues == ()


def test_a_missing_rationale_or_owner_is_a_warning_beside_errors() -> None:
    text = (HEAD + GAPS).replace("frequency: monthly", "frequency: montly")
    assert [line.split(": ")[1] for line in list_faults(text, gaps=True)] == [
        "warning",
        "warning",
        "error",
    ]


def test_an_owner_under_a_misspelt_key_is_not_missing_as_well() -> None:
    assert list_faults(HEAD + ONE.replace("owner:", "owmer:"), gaps=True) == [
        "f:+10:9: error: indicator 1: the key 'owmer' is not known here; did you mean 'owner'?"
    ]


def test_a_closed_indicator_needs_no_rationale_or_owner() -> None:
    for key in ("removed: Agreed by the panel", 'replaced_by: "2"'):
        text = HEAD + GAPS + f"        {key}\n"
        text += ONE[ONE.index("      - number") :].replace('"1"', '"2"')
        assert list_faults(text, gaps=True) == []


def test_a_target_that_rates_no_month_is_a_warning() -> None:
    text = HEAD + ONE.replace("{at_least: 90}", "{no_worse_than: last_year}")
    text += "        polarity: higher_is_better\n        outturns: {2018/19: 5}\n"
    assert list_faults(text) == []
    assert list_faults(text, gaps=True) == [
        "f:+8:17: warning: indicator 1: target: no month of 2020/21 can be rated: "
        "There is no outturn to compare with last year's outturn."
    ]
    assert list_faults(text.replace("2018/19", "2019/20"), gaps=True) == []
    assert list_faults(f"{text}        rating_withheld: Agreed.\n", gaps=True) == []
