"""Write the generated parts of the reference: keys, words and columns, and the commands.

Each part is in docs/reference/ between two comments, the first of which names it. From the
repository's root: python docs/make_reference.py
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from typer.main import get_command

from merton_kpi.catalogue.schema.generate import compose_schema
from merton_kpi.cli.app import app
from merton_kpi.core.statuses import Status
from merton_kpi.extracts.columns import COLUMNS, REQUIRED
from merton_kpi.papers.csv_fields import FIELDS

DOCS = Path(__file__).resolve().parent
PAGES = (
    "reference/catalogue.md",
    "reference/commands.md",
    "reference/extracts.md",
    "reference/papers.md",
)
SCHEMA = compose_schema()
MODELS: dict[str, Any] = {"Catalogue": SCHEMA} | SCHEMA["definitions"]
# What a value of each kind is called, with a link to its own section.
KINDS = {
    "FinancialYear": "year",
    "Month": "month",
    "Meeting": "[meeting](#a-meeting)",
    "Deadline": "[deadline](#a-deadline)",
    "BandsByUnit": "[bands by unit](#bands)",
    "ReportSections": "[texts](#the-reports-sections)",
    "SourceLayout": "[layout](#a-sources-layout)",
    "Owner": "[owner](#an-owner)",
    "OwnHeadings": "[headings](#a-sources-headings)",
    "PageColours": "[colours](#the-web-pages-colours)",
    "Section": "[section](#a-section)",
    "Indicator": "[indicator](#an-indicator)",
    "Target": "[target](#a-target)",
    "Bands": "[bands](#bands)",
    "Edge": "[edge](#bands)",
    "Sides": "[edges](#bands)",
    "OwnWords": "[words](#the-councils-own-words-for-the-ratings)",
    "BlueWord": "[word for information](#the-councils-own-words-for-the-ratings)",
    "Outturn": "[outturn or benchmark](#an-outturn-or-a-benchmark)",
    "Suppression": "[keys](#which-small-counts-are-hidden)",
    "PercentageOf": "[keys](#what-a-percentage-is-of)",
    "RateOf": "[keys](#what-a-rate-is-of)",
    "Removal": "text or [keys](#how-an-indicator-ends)",
    "Replacement": "text or [keys](#how-an-indicator-ends)",
    "Break": "[break](#a-break-in-the-series)",
    "OwnUnit": "[keys](#a-unit-without-a-word)",
    "Status": "[status](#statuses)",
}
# The same for text in a form of its own, by the schema's example of it.
KINDS_BY_EXAMPLE = {"2021-01-13": "day", "2021-01-05T12:00": "day and time", "19:15": "time"}
TYPES = {"string": "text", "number": "number", "integer": "whole number"}


def replace_generated(page: str) -> str:
    """The page with each of its generated parts replaced."""
    return re.sub(
        r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)",
        lambda found: f"{found[1]}\n{format_part(found[2])}\n{found[3]}",
        page,
        flags=re.DOTALL,
    )


def format_part(name: str) -> str:
    """The commands, or the table of a model's keys, of words, of statuses or of columns."""
    match name:
        case "commands":
            return format_commands()
        case "words":
            return format_table(["key", "word", "what it says"], list_words())
        case "Status":
            return format_table(["status", "where", "printed as", "symbol"], list_statuses())
        case "columns":
            return format_table(["column", "what it holds"], list_columns())
        case "csv":
            return format_table(["column", "type", "what it holds"], list_fields())
        case _:
            return format_keys(name)


def format_keys(name: str) -> str:
    """The table of a model's keys."""
    model = MODELS[name]
    rows = [
        [f"`{key}`", format_value(field), format_description(key, field, model)]
        for key, field in model["properties"].items()
    ]
    return format_table(["key", "value", "what it says"], rows)


def format_table(header: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown."""
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def format_description(key: str, field: dict[str, Any], model: dict[str, Any]) -> str:
    """A key's description, and whether it is required or has a default."""
    words = [field["description"]]
    if key in model.get("required", []):
        words.append("Required.")
    elif field.get("default", False) is not False:
        default = field["default"]
        shown = f"[{', '.join(default)}]" if isinstance(default, list) else default
        words.append(f"Default: `{shown}`.")
    return " ".join(words)


def format_value(piece: dict[str, Any]) -> str:
    """What kind of value a key takes, in a few words."""
    if "$ref" in piece:
        return KINDS.get(piece["$ref"].rpartition("/")[2], "[word](#words)")
    if "anyOf" in piece or "oneOf" in piece:
        variants = piece.get("anyOf") or piece["oneOf"]
        return " or ".join(format_value(each) for each in variants if each.get("type") != "null")
    if "enumDescriptions" in piece:
        return "[word](#words)"
    if "enum" in piece or "const" in piece:
        return " or ".join(f"`{word}`" for word in piece.get("enum") or [piece["const"]])
    return format_type(piece)


def format_type(piece: dict[str, Any]) -> str:
    """What kind of value it is where the schema names its type."""
    kind = piece["type"][0] if isinstance(piece["type"], list) else piece["type"]
    if kind == "array":
        return format_list(piece["items"])
    if kind == "object":
        return f"{format_value(piece['additionalProperties'])} by {format_key(piece)}"
    if kind == "boolean":
        return "`true` or `false`"
    if "pattern" in piece:
        return KINDS_BY_EXAMPLE[piece["patternErrorMessage"].split()[-1]]
    return f"{TYPES[kind]}{format_bounds(piece)}"


def format_list(items: Any) -> str:
    """What a list holds: so many of a kind, or any number of it."""
    if isinstance(items, list):
        return f"list of {len(items)} {format_value(items[0])}s"
    kind = format_value({key: value for key, value in items.items() if key[-4:] != "imum"})
    return f"list of {kind}s{format_bounds(items)}"


def format_key(piece: dict[str, Any]) -> str:
    """What the keys are where they are the user's own."""
    names = piece["propertyNames"]
    return format_value(names) if "$ref" in names else "name"


def format_bounds(piece: dict[str, Any]) -> str:
    """The range of a whole number: ` from 1 to 12`; empty where it has none."""
    if "maximum" not in piece:
        return ""
    return f" from {piece['minimum']} to {piece['maximum']}"


def list_words() -> list[list[str]]:
    """Each key whose value is one of a few words, with each word."""
    rows = {}
    for model in MODELS.values():
        for key, field in model.get("properties", {}).items():
            for piece in list_word_lists(field):
                meanings = zip(piece["enum"], piece["enumDescriptions"], strict=True)
                rows |= {(key, word): meaning for word, meaning in meanings}
    return [[f"`{key}`", f"`{word}`", meaning] for (key, word), meaning in rows.items()]


def list_word_lists(piece: dict[str, Any]) -> list[dict[str, Any]]:
    """The lists of words, but for the statuses, that a key's schema has itself or refers to."""
    if "enumDescriptions" in piece:
        return [piece]
    name = piece.get("$ref", "").rpartition("/")[2]
    if "enumDescriptions" in MODELS.get(name, {}) and name != "Status":
        return [MODELS[name]]
    variants = piece.get("anyOf", piece.get("oneOf", []))
    if isinstance(piece.get("items"), dict):
        variants = [*variants, piece["items"]]
    return [each for variant in variants for each in list_word_lists(variant)]


def list_statuses() -> list[list[str]]:
    """Each status: its place, and what the papers and the workbook's cells print."""
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


def list_fields() -> list[list[str]]:
    """Each column of the CSV: what it holds, and when it is there if it is not always."""
    return [
        [
            f"`{each.name}`",
            TYPES.get(each.type, each.type),
            f"{each.description} ({each.when})" if each.when else each.description,
        ]
        for each in FIELDS
    ]


def format_commands() -> str:
    """A section for each command, in the order of `kpi --help`: its help and its options."""
    sections = (format_command(name, command) for name, command in list_commands().items())
    return "\n".join(sections)


def list_commands() -> Any:
    """Each command by its name."""
    return get_command(app).commands


def format_command(name: str, command: Any) -> str:
    """One command: what it does, an example, and a table of its options."""
    paragraphs = [" ".join(each.split()) for each in command.help.strip().split("\n\n")]
    example = paragraphs.pop().removeprefix("Example: ")
    rows = [
        [format_option(parameter), format_option_help(parameter)]
        for parameter in command.params
        if getattr(parameter, "help", None)
    ]
    words = "\n\n".join(paragraphs)
    table = format_table(["option", "what it does"], rows)
    return f"### kpi {name}\n\n{words}\n\nExample: `{example}`\n\n{table}"


def format_option(parameter: Any) -> str:
    """An option as it is typed, with the kind of its value, or an argument's place."""
    if parameter.param_type_name == "argument":
        return f"`{parameter.metavar}`"
    words = [parameter.opts[0], *([parameter.metavar] if parameter.metavar else [])]
    return f"`{escape_cell(' '.join(words))}`"


def format_option_help(parameter: Any) -> str:
    """What an option does, with the path that is its default."""
    default = parameter.default
    default_words = f" Default: `{default.as_posix()}`." if isinstance(default, Path) else ""
    return escape_cell(f"{parameter.help}{default_words}")


def escape_cell(text: str) -> str:
    """Text for a cell of a Markdown table."""
    return text.replace("|", r"\|")


def main() -> None:
    """Write the generated parts of each page anew."""
    for name in PAGES:
        page = (DOCS / name).read_text(encoding="utf-8")
        (DOCS / name).write_text(replace_generated(page), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
