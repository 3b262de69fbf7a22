"""Signs that are not shown but obeyed: by a terminal, by the line they stand in, by a disk."""

from __future__ import annotations

import re

ORDERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Colours and cursor of a terminal; what turns the rest of a line around; what is no letter."""
NO_FILE = re.compile(r'[<>:"/\\|?*\t\n]')
"""What Windows takes in no file's name, and what leads to another folder."""
DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
MOST_BYTES = 180
"""Of a name: file systems take 255, and a browser adds « (1)»; a Thai letter is three."""


def without_orders(text: str) -> str:
    r"""The text with a mark where an order stood.

    >>> without_orders("แดง\x1b[31m")
    'แดง\ufffd[31m'
    """
    return ORDERS.sub("\ufffd", text)


def file_name(text: str, ending: str) -> str:
    """A name that every office's machine takes, and that stays in its folder.

    >>> file_name("ที่มา ../C1 <1/2>", ".csv"), file_name("con", ".csv")
    ('ที่มา ..-C1 -1-2-.csv', '-con.csv')
    """
    name = NO_FILE.sub("-", ORDERS.sub("", text)).encode()[:MOST_BYTES].decode(errors="ignore")
    name = name.strip(" .") or "-"
    return f"{'-' if DEVICES.match(name) else ''}{name}{ending}"
