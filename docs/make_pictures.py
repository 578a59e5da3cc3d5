"""Make the pictures of the README and the docs from November 2020's workbook and web page.

Needs LibreOffice (`soffice`), Poppler (`pdftoppm`, `pdftotext`), and Chromium with its driver and
the extra `browsers`, beside an installed `kpi`. From the repository's root:
python docs/make_pictures.py
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "tests"))

from helpers.browsers import PHONE, SCREEN, TABLET, Look, start_chromium, write_pdf  # noqa: E402
from helpers.three_years import write_extracts  # noqa: E402

IMAGES = Path(__file__).resolve().parent / "images"
NAME = "performance-index-2020-11"
# Each picture: a line of its page, dots an inch, and the part to keep: left, top, width, height.
PICTURES = {
    "cover.png": ("Draft: not yet signed off", 96, (30, 30, 1240, 560)),
    "index.png": ("The month reported is", 88, (30, 28, 1410, 600)),
    "chart.png": ("Trends of the rated indicators", 110, (852, 196, 806, 486)),
}

# Of the web page: the screen, where the picture begins, and its height.
PAGE_PICTURES = {
    "page-360.png": (PHONE, "body", 800),
    "page-360-table.png": (PHONE, "#indicators", 800),
    "page-360-dark.png": (Look(width=360, is_dark=True), "#indicator-3", 800),
    "page-768.png": (TABLET, "#indicator-3", 900),
    "page-1366.png": (SCREEN, "body", 768),
    "page-1366-dark.png": (Look(width=1366, is_dark=True), "#indicator-3", 768),
}


# Charts of the web page with three made-up earlier years: the indicator, and the picture's height.
CHART_PICTURES = {
    "no-real-change.png": ("article[aria-labelledby=indicator-17] svg", 345),
    "real-change.png": ("article[aria-labelledby=indicator-3] svg", 415),
}


def main() -> None:
    """Build the workbook, print it to a PDF, and cut the pictures out of its pages."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run("kpi", "build", "--month", "2020-11", "--out", name)
        run(
            "soffice",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            name,
            f"{NAME}.xlsx",
            at=folder,
        )
        pages = run("pdftotext", f"{NAME}.pdf", "-", at=folder).split("\f")
        for picture, (line, dots, (left, top, width, height)) in PICTURES.items():
            page = next(number for number, text in enumerate(pages, 1) if line in text)
            part = ("-x", left, "-y", top, "-W", width, "-H", height)
            pages_wanted = ("-f", page, "-l", page, "-singlefile")
            target = IMAGES / picture.removesuffix(".png")
            run(
                "pdftoppm",
                "-png",
                "-r",
                dots,
                *pages_wanted,
                *part,
                f"{NAME}.pdf",
                target,
                at=folder,
            )
        make_page_pictures(folder)
        make_chart_pictures(folder / "years")


def make_chart_pictures(folder: Path) -> None:
    """Build November 2020's papers with three made-up years before, and take two charts."""
    write_extracts(folder / "earlier")
    text = (ROOT / "indicators.yaml").read_text(encoding="utf-8")
    text = text.replace("\nsections:", "\nhistory: earlier\nsections:", 1)
    (folder / "indicators.yaml").write_text(text, encoding="utf-8")
    files = ("--catalogue", folder / "indicators.yaml", "--data", ROOT / "data")
    run("kpi", "build", "--month", "2020-11", "--out", folder / "out", *files, at=ROOT)
    with start_chromium() as browser:
        for picture, (selector, height) in CHART_PICTURES.items():
            browser.open(folder / "out" / f"{NAME}.html", PHONE)
            browser.write_picture(IMAGES / picture, selector, height)


def make_page_pictures(folder: Path) -> None:
    """Open the web page on several screens, and print it."""
    with start_chromium() as browser:
        for picture, (look, selector, height) in PAGE_PICTURES.items():
            browser.open(folder / f"{NAME}.html", look)
            browser.write_picture(IMAGES / picture, selector, height)
        write_pdf(browser, folder / "page.pdf")
    run(
        *["pdftoppm", "-png", "-r", "72", "-singlefile", "page.pdf"],
        IMAGES / "page-printed",
        at=folder,
    )


def run(*command: object, at: Path | None = None) -> str:
    """Run a command, and return what it prints."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=at, check=True, capture_output=True, encoding="utf-8")
    return done.stdout


if __name__ == "__main__":
    main()
