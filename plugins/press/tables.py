"""Tables as CSV: UTF-8 with BOM, « ; », RFC 4180 quoting, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from plugins.press.outputs import Function

if TYPE_CHECKING:
    from plugins.press.rendering import Press

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


Cell = str | int | float | None
"""A text, a number, or nothing."""


class Table(Struct, frozen=True, array_like=True):
    """A header and its rows."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def render_csv(table: Table, _press: Press) -> bytes:
    """The bytes of the file; a text that a spreadsheet would take for a formula is kept as text by an apostrophe.

    (OWASP, « CSV injection ».)
    """
    return write_csv(table.header, ([_write(cell) for cell in row] for row in table.rows)).encode()


def write_csv(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """The text of a file, its byte order mark included; cells stay as they are."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return "\N{BYTE ORDER MARK}" + file.getvalue()


def _write(cell: Cell) -> str:
    """A number with all its digits and a comma, as spreadsheets in French read it; of no use to an injection."""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    return "" if cell is None else f"{Decimal(str(cell)):f}".replace(".", ",")


CSV = Function("plugins.press.tables:render_csv")
