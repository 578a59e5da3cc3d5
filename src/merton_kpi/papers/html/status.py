"""The status of a page: draft, final, or superseded by other papers.

Each page ends with a comment that says for programs whether it is final. No text from a file can
look like it, since `<` is escaped in all of them.
"""

from __future__ import annotations

import re

_COMMENTS = {False: "<!-- kpi: draft -->\n", True: "<!-- kpi: final -->\n"}
_SUPERSEDED = "Superseded: these papers have been replaced"
_STATUS = re.compile(r"(<(\w+)[^>]*\sid=\"status\"[^>]*>)[^<]*(</\2>)", re.IGNORECASE)
_TITLE = re.compile(r"<title(?:\s[^>]*)?>", re.IGNORECASE)
_BODY = re.compile(r"<body(?:\s[^>]*)?>", re.IGNORECASE)


def add_status(page: str, *, is_final: bool) -> str:
    """The page with its last comment."""
    return page + _COMMENTS[is_final]


def read_page_status(content: bytes) -> bool | None:
    """Whether a page says that it is final; None where it does not say."""
    page = content.decode("utf-8", errors="replace")
    said = (is_final for is_final, comment in _COMMENTS.items() if page.endswith(comment))
    return next(said, None)


def replace_status(content: bytes) -> bytes:
    """The page of final papers as it is kept: its title and its status say that it is superseded.

    The status is the words of the element with the id `status`. Where a council's own template has
    none, they come first on the page.
    """
    page = content.decode("utf-8", errors="replace")
    page = _TITLE.sub(r"\g<0>Superseded: ", page, count=1)
    marked, number = _STATUS.subn(rf"\g<1>{_SUPERSEDED}\g<3>", page, count=1)
    if not number:
        notice = f"<p><strong>{_SUPERSEDED}</strong></p>"
        marked, number = _BODY.subn(rf"\g<0>{notice}", page, count=1)
    return (marked if number else notice + page).encode("utf-8")
