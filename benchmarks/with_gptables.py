"""The same tables by gptables, with its cover, contents and notes.

    python benchmarks/with_gptables.py VALUES OUT

Each sheet that has a table becomes a data frame and a GPTable; gptables draws no charts, and
gives figures no format unless told to cell by cell, which is left out.
"""

from __future__ import annotations

import pickle
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import gptables
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from values import Sheet


def write_workbook(sheets: Sequence[Sheet], out: Path) -> None:
    """Write the sheets' tables; the cover is the first sheet's words, the notes are Notes'."""
    cover, *others = sheets
    tables = {
        each["name"]: gptables.GPTable(
            table=_compose_frame(each),
            table_name=each["table"][0],
            title=str(each["rows"][0][0]),
            subtitles=_list_words(each, each["top"] - 1),
        )
        for each in others
        if each["table"] and each["name"] not in ("Contents", "Notes")
    }
    warnings.simplefilter("ignore")  # about blank cells, and notes that no heading refers to
    gptables.write_workbook(
        filename=str(out),
        sheets=tables,
        cover=gptables.Cover(str(cover["rows"][0][0]), intro=_list_words(cover, None)),
        notes_table=_compose_frame(next(each for each in others if each["name"] == "Notes")),
    )


def _compose_frame(sheet: Sheet) -> pd.DataFrame:
    headers, *rows = sheet["rows"][sheet["top"] - 1 :]
    return pd.DataFrame(rows, columns=headers)


def _list_words(sheet: Sheet, end: int | None) -> list[str]:
    """The words in column A below the title."""
    return [str(row[0]) for row in sheet["rows"][1:end] if row]


if __name__ == "__main__":
    with Path(sys.argv[1]).open("rb") as file:
        write_workbook(pickle.load(file), Path(sys.argv[2]))
