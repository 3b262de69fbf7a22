"""The line without a browser: `python -m services <verb>`.

Exit 0: ran; 1: ran and found errors (`check`, `doctor`, `feedback`) or differences (`smoke`);
2: cannot run, with one sentence on stderr. One module per kind of verb declares its own.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import NoReturn, cast

from services.cli import checking, noting, papers, reading, smoking, writing
from services.errors import AppError
from services.present.signs import without_orders

CANNOT_RUN = 2


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the command in both languages."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"คำสั่งไม่ถูกต้อง ดู --help / {message}; see --help\n")
        raise SystemExit(CANNOT_RUN)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m services", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True, parser_class=_Parser)
    for module in (reading, checking, noting, smoking, writing, papers):
        module.add_verbs(verbs)
    for verb in verbs.choices.values():
        verb.add_argument("--json", action="store_true", help="พิมพ์ JSON หนึ่งก้อน")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        cast("TextIOWrapper", stream).reconfigure(encoding="utf-8")
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except AppError as failure:
        sys.stderr.write(f"{without_orders(str(failure))}\n")
        return CANNOT_RUN
