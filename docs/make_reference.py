"""Write the tables of keys, words and columns into the reference, from the models.

Each table stands in docs/ between two comments, of which the first names it. From the repository's
root: python docs/make_reference.py
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from merton_kpi.catalogue.schema import compose_schema
from merton_kpi.core.vocabulary import Status
from merton_kpi.extracts.columns import COLUMNS, REQUIRED

DOCS = Path(__file__).resolve().parent
PAGES = ("reference/catalogue.md", "reference/extracts.md")
SCHEMA = compose_schema()
MODELS: dict[str, Any] = {"Catalogue": SCHEMA} | SCHEMA["definitions"]
# What a value of each kind is called, with the place that tells more.
KINDS = {
    "FinancialYear": "year",
    "Month": "month",
    "Meeting": "[meeting](#a-meeting)",
    "BandsByUnit": "[bands by unit](#bands)",
    "Section": "[section](#a-section)",
    "Indicator": "[indicator](#an-indicator)",
    "Target": "[target](#a-target)",
    "Bands": "[bands](#bands)",
    "Edge": "[edge](#bands)",
    "Outturn": "[outturn or benchmark](#an-outturn-or-a-benchmark)",
    "RateOf": "[keys](#what-a-rate-is-of)",
    "Status": "[status](#statuses)",
}
TYPES = {"string": "text", "number": "number", "integer": "whole number"}


def fill(page: str) -> str:
    """The page with each of its tables drawn anew."""
    return re.sub(
        r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)",
        lambda found: f"{found[1]}\n{draw(found[2])}\n{found[3]}",
        page,
        flags=re.DOTALL,
    )


def draw(name: str) -> str:
    """The table of a model's keys, of all words, of the statuses, or of an extract's columns."""
    if name == "words":
        return draw_table(["key", "word", "what it says"], list_words())
    if name == "Status":
        return draw_table(["status", "stands", "printed as", "symbol"], list_statuses())
    if name == "columns":
        return draw_table(["column", "what it holds"], list_columns())
    model = MODELS[name]
    rows = [
        [f"`{key}`", tell_value(field), describe(key, field, model)]
        for key, field in model["properties"].items()
    ]
    return draw_table(["key", "value", "what it says"], rows)


def draw_table(header: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown."""
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def describe(key: str, field: dict[str, Any], model: dict[str, Any]) -> str:
    """A key's description, and whether it is needed, else what holds without it."""
    words = [field["description"]]
    if key in model.get("required", []):
        words.append("Required.")
    elif field.get("default", False) is not False:
        default = field["default"]
        shown = f"[{', '.join(default)}]" if isinstance(default, list) else default
        words.append(f"Unless given: `{shown}`.")
    return " ".join(words)


def tell_value(piece: dict[str, Any]) -> str:
    """What kind of value a key takes, in a few words."""
    if "$ref" in piece:
        return KINDS.get(piece["$ref"].rpartition("/")[2], "[word](#words)")
    if "anyOf" in piece or "oneOf" in piece:
        variants = piece.get("anyOf") or piece["oneOf"]
        return " or ".join(tell_value(each) for each in variants if each.get("type") != "null")
    if "enum" in piece or "const" in piece:
        return " or ".join(f"`{word}`" for word in piece.get("enum") or [piece["const"]])
    return tell_type(piece)


def tell_type(piece: dict[str, Any]) -> str:
    """What kind of value it is where the schema names its type."""
    kind = piece["type"][0] if isinstance(piece["type"], list) else piece["type"]
    if kind == "array":
        return tell_list(piece["items"])
    if kind == "object":
        return f"{tell_value(piece['additionalProperties'])} by {tell_key(piece)}"
    if kind == "boolean":
        return "`true` or `false`"
    if "pattern" in piece:
        return "day and time" if "T" in piece["pattern"] else "day"
    return f"{TYPES[kind]}{tell_bounds(piece)}"


def tell_list(items: Any) -> str:
    """What a list holds: so many of a kind, or any number of it."""
    if isinstance(items, list):
        return f"list of {len(items)} {tell_value(items[0])}s"
    kind = tell_value({key: value for key, value in items.items() if key[-4:] != "imum"})
    return f"list of {kind}s{tell_bounds(items)}"


def tell_key(piece: dict[str, Any]) -> str:
    """What the keys are where they are the user's own."""
    names = piece["propertyNames"]
    return tell_value(names) if "$ref" in names else "name"


def tell_bounds(piece: dict[str, Any]) -> str:
    """From what to what a whole number may be."""
    if "maximum" not in piece:
        return ""
    return f" from {piece['minimum']} to {piece['maximum']}"


def list_words() -> list[list[str]]:
    """Each key whose value is one of a few words, with each word."""
    rows = {}
    for model in MODELS.values():
        for key, field in model.get("properties", {}).items():
            for name in re.findall(r"#/definitions/(\w+)", str(field)):
                if "enum" in MODELS[name] and name != "Status":
                    meanings = zip(
                        MODELS[name]["enum"], MODELS[name]["enumDescriptions"], strict=True
                    )
                    rows |= {(key, word): meaning for word, meaning in meanings}
    return [[f"`{key}`", f"`{word}`", meaning] for (key, word), meaning in rows.items()]


def list_statuses() -> list[list[str]]:
    """Each status: where it stands, and what is printed in the papers and the workbook's cells."""
    return [
        [
            f"`{status.value}`",
            "beside a figure" if status.qualifies_a_figure else "in place of a figure",
            f"`{status.printed}`",
            f"`{status.shorthand.symbol}`",
        ]
        for status in Status
    ]


def list_columns() -> list[list[str]]:
    """Each column of an extract, and whether it is required."""
    return [
        [f"`{name}`", f"{words} (required)" if name in REQUIRED else words]
        for name, words in COLUMNS.items()
    ]


def main() -> None:
    """Rewrite the tables of each page."""
    for name in PAGES:
        page = (DOCS / name).read_text(encoding="utf-8")
        (DOCS / name).write_text(fill(page), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
