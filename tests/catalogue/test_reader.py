"""A whole catalogue is read: all its faults come at once, and what it lacks is a warning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.catalogues import LINE, ONE, SECOND, list_issues, list_places
from helpers.councils import HEAD, make_catalogue
from helpers.messages import list_codes

from merton_kpi.catalogue.targets import Target
from merton_kpi.core.issues import has_errors
from merton_kpi.loading.catalogue_file import read_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable


def test_a_sound_catalogue_has_no_faults() -> None:
    assert list_issues(HEAD + ONE) == ()


def test_all_faults_come_together_in_the_order_of_their_lines(
    messages: Callable[..., None],
) -> None:
    text = HEAD.replace("panel: Services Panel\n", "") + ONE.replace("title: Calls", "titel: Calls")
    text += ONE.replace("sections:\n", "").replace("percent", "per cent")
    issues = list_issues(text)
    assert list_codes(issues) == [
        "missing_key 1:1",
        f"unknown_key {LINE + 4}:9",
        f"duplicate_number {LINE + 12}:17",
        f"unknown_word {LINE + 14}:15",
    ]
    messages(issues)


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


def test_bands_that_contradict_a_target_are_reported_with_other_faults(
    messages: Callable[..., None],
) -> None:
    """Bands of the catalogue and of one entry are both reported, and a fault in the head too."""
    text = HEAD.replace("panel: Services Panel\n", "panel: 5\n") + ONE + SECOND
    text = text.replace(
        "{at_least: 90}", "{at_least: 0}\n        bands: {amber: {percent_of_target: 5}}", 1
    )
    text = text.replace("percentage_points: 1", "percentage_points: 1}, blue: {from: 80", 1)
    issues = list_issues(text)
    assert list_places(issues) == ["wrong_kind 3:8", "bands 10:50", "bands +8:17"]
    messages(issues)


GAPS = ONE.replace("        rationale: A call is a question.\n", "").replace(
    "Head of Contact", '" "'
)


def test_a_rationale_or_owner_that_is_missing_is_a_warning(messages: Callable[..., None]) -> None:
    catalogue, issues = read_catalogue(HEAD + GAPS, "f")
    assert catalogue is not None
    assert issues == ()
    warnings = list_issues(HEAD + GAPS, gaps=True)
    assert list_places(warnings) == ["no_rationale +4:9", "no_owner +4:9"]
    assert not has_errors(warnings)
    messages(warnings)


def test_a_missing_rationale_or_owner_is_a_warning_beside_errors() -> None:
    text = (HEAD + GAPS).replace("frequency: monthly", "frequency: montly")
    assert [issue.severity.value for issue in list_issues(text, gaps=True)] == [
        "warning",
        "warning",
        "error",
    ]


def test_an_owner_under_a_misspelt_key_is_not_missing_as_well() -> None:
    issues = list_issues(HEAD + ONE.replace("owner:", "owmer:"), gaps=True)
    assert list_places(issues) == ["unknown_key +10:9"]


def test_a_closed_indicator_needs_no_rationale_or_owner() -> None:
    for key in ("removed: Agreed by the panel", 'replaced_by: "2"'):
        text = HEAD + GAPS + f"        {key}\n"
        text += ONE[ONE.index("      - number") :].replace('"1"', '"2"')
        assert list_issues(text, gaps=True) == ()


def test_a_target_that_rates_no_month_is_a_warning(messages: Callable[..., None]) -> None:
    text = HEAD + ONE.replace("{at_least: 90}", "{no_worse_than: last_year}")
    text += "        polarity: higher_is_better\n        outturns: {2018/19: 5}\n"
    assert list_issues(text) == ()
    issues = list_issues(text, gaps=True)
    assert list_places(issues) == ["unrated +8:17"]
    assert not has_errors(issues)
    assert list_issues(text.replace("2018/19", "2019/20"), gaps=True) == ()
    assert list_issues(f"{text}        rating_withheld: Agreed.\n", gaps=True) == ()
    messages(issues)


def test_a_file_with_too_many_indicators_is_an_error(messages: Callable[..., None]) -> None:
    entries = "".join(f"      - {number}\n" for number in range(20_001))
    issues = list_issues(f"sections:\n  - indicators:\n{entries}")
    assert list_codes(issues) == ["file_size 1:1"]
    messages(issues)


def test_of_many_errors_the_first_999_are_listed(messages: Callable[..., None]) -> None:
    keys = "title: Any, unit: number, frequency: monthly, target: new, decimals: 9"
    entries = "".join(f"      - {{number: '{number}', {keys}}}\n" for number in range(1200))
    issues = list_issues(f"{HEAD}sections:\n  - title: Any\n    indicators:\n{entries}")
    assert list_codes(issues[:1]) == ["too_many_faults"]
    assert len(issues) == 1000
    messages(issues[:1])
