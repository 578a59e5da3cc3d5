"""No command prints what it reads of a small count that is suppressed, however it is written.

Each command runs on the same faulty or suspicious files, but for the small count in them. Whoever
reads what it prints must not be able to say which count it was, so it must print the same for each.
"""

from __future__ import annotations

import csv
import io
import shutil
from itertools import cycle, product
from typing import TYPE_CHECKING

import pytest
from helpers.councils import HEAD

from merton_kpi.core.issues import shorten
from merton_kpi.extracts.columns import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from helpers.councils import Outcome

    Kpi = Callable[..., Outcome]

WORDS = {1: "one", 2: "two", 3: "three", 4: "four"}
# Ways in which people write a count; `{n}` is it, and `{word}` its word.
CELLS = (
    *("{n} pupils", "{n}%", "{n} %", "£{n}", "-£{n}", "{n}k", "{n} thousand", "£{n}m", "£{n}.5bn"),
    *(
        "{n},000",
        "{n},{n}{n}{n}",
        "{n},5",
        "{n}.",
        ".{n}",
        "+{n}",
        "<{n}",
        "> {n}",
        "~{n}",
        "c. {n}",
    ),
    *("{n}-{n}", "{n} to {n}", "{n}½", "{n}/120", "{n} of 120", "{n} out of 120", "120/{n}"),
    *("{n}e0", "0x{n}", "{n}_0", "={n}", "=SUM({n})", "#{n}", "#N{n}!", "{wide}", "{arabic}"),
    *("{n}\N{NO-BREAK SPACE}000", "{word}", "{word} pupils", "{word}%", "covid {n}", "N/A ({n})"),
    *("N/A - C{n}", "{n} reds", "red {n}", "{n}th", "{n}) so far", "{n} ({n} of 120", "{n}\x07"),
    *("{n}% ({n} von 120)", "{long}", "provisional {word}", "{n}\n{n}", '{n}"', "({n})", "[{n}]"),
)
PLAIN = ("{n}", "{n}.0", "0{n}", "{n}% ({n} of 120)")
# Files of other columns, rows or encodings than they should have.
FILES = {
    "no-header": "11,{n}\n12,{n} pupils\n",
    "title": "Pupils: {n}\nindicator,value\n11,{n}\n",
    "only-a-count": "{n}\n",
    "column": "indicator,value,{n} pupils\n11,{n},{n}\n",
    "words": "indicator,value,{word} note,{word} {word} {word},{word}\n11,{n},{n}\n",
    "no-value": "indicator,{n}\n11,{n}\n",
    "column-twice": "indicator,value,value\n11,{n},{n}\n",
    "no-name": "indicator,,value\n11,{n},{n}\n",
    "two-delimiters": "indicator,value;note\n11,{n};{n}\n",
    "pipes": "indicator|value\n11|{n}\n",
    "semicolons": "indicator,value\n11;{n}\n13;{n}\n",
    "tabs": "indicator,value\n11\t{n}\n",
    "extra": "indicator,value\n11,{n},{n}\n99,{n},{n} pupils\n,{n},{n}\n",
    "split": "indicator,value,note\n11,{n},{n}{n}{n}\n",
    "split-part": "indicator,value,numerator\n12,{n},{n}{n}{n},{n}\n",
    "shifted": "indicator,value\n{n},11\n{n} pupils,11\n{word},\n0{n},{n}\n",
    "no-indicator": "indicator,value\n,{n}\n",
    "quote": 'indicator,value,note\n11,"{n}"x,{n}\n12,{n},"{n} pupils\n',
    "twice": "indicator,value\n11,{n}\n11,{n}\n11,{n} pupils\n",
    "year": "indicator,period,value\n11,2019-05,{n}\n11,2020/21,{n}\n11,{n} May,{n}\n",
    "status": "indicator,value,status\n11,{n},covid\n11,{n},{n}\n11,<5,to_come\n",
    "parts": "indicator,value,numerator,denominator\n12,5 ({n} of 9),9,9\n12,,{n},0\n12,,{n},\n",
    "forecast": "indicator,value,forecast,forecast_by\n11,{n},{n},\n11,{n},{n} or so,Officer\n",
    "judged": "indicator,value,judgement\n11,{n},{n}\n11,{n},green\n",
    "late": "indicator,period,value\n11,2020-09,{n}\n11,{n},{n}\n",
    "unknown-byte": "indicator,value\n11,{n}\udc81\n",
    "windows": "indicator,value\n11,£{n}\n",
}
CATALOGUE = f"""{HEAD}\
sections:
  - title: Services
    indicators:
      - number: "11"
        title: Pupils excluded
        unit: number
        frequency: monthly
        target: {{at_most: 20}}
        suppress_small_numbers: true
      - number: "12"
        title: Pupils seen
        unit: percent
        frequency: monthly
        target: {{at_least: 90}}
        suppress_small_numbers: true
      - number: "13"
        title: Pupils excluded by population
        unit: rate_per_1000
        frequency: monthly
        target: {{at_most: 20}}
        rate_of: {{count: "11", population: 40000}}
      - {{number: "14", title: Potholes, unit: number, frequency: monthly, target: {{at_most: 5}}}}
"""
CHECKS = tuple(f"check --data data --format {each}" for each in ("text", "json", "github"))
COMMANDS = (
    *("build --month 2020-06", "show --month 2020-06", "due --month 2020-06"),
    *("due --month 2020-06 --format csv", "template --month 2020-06 --out blanks"),
    *("explain 11 --month 2020-06", "explain 11 --month 2020-06 --format json"),
    *("explain 12 --month 2020-06", "explain 13 --month 2020-06", "migrate", "new-year 2021/22"),
    "changes --since 2020-05 --month 2020-06",
    "changes --since 2020-05 --month 2020-06 --before indicators.yaml",
)


def write_count(form: str, n: int) -> str:
    wide, arabic, long = chr(0xFF10 + n), chr(0x660 + n), f"{n}" * 70
    return form.format(n=n, word=WORDS[n], wide=wide, arabic=arabic, long=long)


def write_columns(n: int, forms: tuple[str, ...], **others: str) -> str:
    """An extract with a row for each form in each column, beside the row's `others`."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    numbers = cycle(("11", "12", "13"))
    for column, form in product(COLUMNS, forms):
        row = {"indicator": next(numbers), **others, column: write_count(form, n)}
        writer.writerow(row)
    return text.getvalue()


def write_files(folder: Path, files: dict[str, str], catalogue: str) -> None:
    (folder / "indicators.yaml").write_text(catalogue, encoding="utf-8")
    (folder / "data").mkdir(exist_ok=True)
    for name, text in files.items():
        path = folder / "data" / f"{name}.csv"
        path.write_bytes(text.encode("cp1252" if "windows" in name else "utf-8", "surrogateescape"))


def run(kpi: Kpi, commands: Iterable[str]) -> list[str]:
    """All that the commands print, line by line."""
    lines = []
    for command in commands:
        done = kpi(*command.split())
        shutil.rmtree("blanks", ignore_errors=True)
        lines += [f"kpi {command}: {done.code}", *done.out.splitlines(), *done.err.splitlines()]
    return lines


def write_faulty(n: int) -> dict[str, str]:
    cells = {
        "2020-04-cells": write_columns(n, CELLS),
        "2020-05-cells": write_columns(n, PLAIN),
        "2020-06-cells": write_columns(n, CELLS, value=str(n), note="Checked"),
    }
    return cells | {f"2020-06-{name}": write_count(text, n) for name, text in FILES.items()}


def write_suspicious(n: int) -> dict[str, str]:
    """Files without a fault, with figures that a warning would be about if they were shown."""
    head = "indicator,period,value,numerator,denominator,note,confirmed,forecast,forecast_by"
    share = f"{100 * n / 80:f}"
    return {
        "2020-04": f"{head}\n11,,{n},,,,,{n},Head\n12,,{share},{n},80,,,,\n13,,0.{n},,,,,,\n",
        "2020-05": f"{head}\n11,,30,,,,,,\n11,2020-04,{n},,,,Right,,\n12,,0.{n},{n},120,,,,\n"
        f"14,,9,,,,,,\n",
        "2020-06": f"{head}\n11,,{n},{n},,,,,\n12,,{n},{n},0,,,{n},Head\n13,,9{n},,,,,,\n",
    }


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("write", [write_faulty, write_suspicious])
def test_the_commands_print_the_same_whichever_small_count_it_was(
    kpi: Kpi, folder: Path, write: Callable[[int], dict[str, str]]
) -> None:
    printed = []
    for n in WORDS:
        write_files(folder, write(n), CATALOGUE)
        printed.append((run(kpi, CHECKS), run(kpi, COMMANDS if n in (1, 3) else ())))
    (one, every), two, (three, every_again), four = printed
    assert one == two[0]
    assert one == three
    assert one == four[0]
    assert every == every_again
    assert write is not write_faulty or len(one) > 3_000


def test_no_row_is_quoted_where_a_misspelt_key_may_suppress_it(kpi: Kpi, folder: Path) -> None:
    catalogue = CATALOGUE.replace("suppress_small_numbers", "supress_small_numbers")
    printed = []
    for n in (1, 3):
        write_files(folder, write_faulty(n), catalogue)
        printed.append(run(kpi, (CHECKS[0], COMMANDS[0])))
    assert printed[0] == printed[1]


def test_the_same_files_are_quoted_where_nothing_is_suppressed(kpi: Kpi, folder: Path) -> None:
    """So the other tests would fail if a message quoted a cell."""
    catalogue = CATALOGUE.replace("        suppress_small_numbers: true\n", "")
    write_files(folder, write_faulty(3), catalogue)
    printed = "\n".join(run(kpi, CHECKS[:1]))
    for form in CELLS:
        cell = shorten(write_count(form, 3)).removesuffix("...")
        assert "\x07" in form or f"'{cell}" in printed or f"Excel error {cell};" in printed, form
