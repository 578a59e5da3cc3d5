"""Every warning that Merton's eight months raise, each with a verdict: right, or a false alarm."""

from __future__ import annotations

from helpers.councils import GOLDEN, read_merton

from merton_kpi.core.periods import Month

LIST = GOLDEN / "warnings-with-verdicts.md"
MONTHS = [Month(2020, number) for number in range(4, 12)]
VERDICTS = ("right", "false alarm")
MOST_FALSE = 3


def read_rows() -> list[list[str]]:
    """The cells of the list's table, without its header."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    table = [line for line in lines if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[2:]]


def list_warnings() -> dict[tuple[str, str], str]:
    """The months whose papers raise each warning, by indicator and words of the last papers."""
    words: dict[tuple[str, str, str], str] = {}
    months: dict[tuple[str, str, str], list[Month]] = {}
    for month in MONTHS:
        for each in read_merton(month).warnings:
            assert each.place.line
            message = each.message.rpartition("; ")[0]
            # What goes on missing is one warning, which names more months each time.
            about = message.partition(":")[0].partition(",")[0].partition(" and ")[0]
            key = (each.subject.removeprefix("indicator "), each.code, about)
            words[key] = f"{each.code}: {message}"
            months.setdefault(key, []).append(month)
    return {
        (key[0], words[key]): " to ".join(dict.fromkeys((raised[0].label, raised[-1].label)))
        for key, raised in months.items()
    }


def test_the_list_has_every_warning_and_the_papers_that_raise_it() -> None:
    assert {(number, words): months for number, words, months, _ in read_rows()} == list_warnings()


def test_each_warning_has_a_verdict_and_few_are_false_alarms() -> None:
    verdicts = [row[-1] for row in read_rows()]
    assert all(each.startswith(VERDICTS) and ": " in each for each in verdicts)
    assert sum(each.startswith("false alarm") for each in verdicts) <= MOST_FALSE
