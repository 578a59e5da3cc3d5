"""The status of a page that is kept when other papers take its place."""

from __future__ import annotations

import re

_SUPERSEDED = b"Superseded: other papers have taken the place of these"
_STATUS = re.compile(rb"\bStatus: Final\b")
_TITLE = re.compile(rb"<title>")
_BODY = re.compile(rb"<body(?:\s[^>]*)?>")


def replace_status(page: bytes) -> bytes:
    """The page of final papers as it is kept: its title and its status say that it is superseded.

    Where a council's own template prints no status, the words come first on the page.
    """
    titled = _TITLE.sub(rb"\g<0>Superseded: ", page, count=1)
    marked, number = _STATUS.subn(_SUPERSEDED, titled, count=1)
    if number:
        return marked
    return _BODY.sub(rb"\g<0><p><strong>" + _SUPERSEDED + rb"</strong></p>", titled, count=1)
