"""CSV, written and read: UTF-8 with BOM, « ; », RFC 4180 quoting, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from plugins.press.frontmatter import FrontMatter
from plugins.press.outputs import Function
from plugins.press.problems import Problem

if TYPE_CHECKING:
    from plugins.press.rendering import Press

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PROTECTED = ("=", "+", "-", "@", "\t", "'")
"""What begins a formula in a spreadsheet, or a text that is protected from being one."""


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


def protect(cell: str) -> str:
    """A cell that no spreadsheet runs, whatever it holds; ``read_csv`` gives the text back."""
    return f"'{cell}" if cell.startswith(_PROTECTED) else cell


def read_csv(text: str, path: str, key: str) -> tuple[FrontMatter | None, list[Problem]]:
    """The rows of a file stand under ``key``; an empty cell is a field that is not there."""
    front = FrontMatter(values={key: []}, keys={}, marks={(): (1, 1), (key,): (1, 1)}, body="", body_line=1)
    reader = csv.reader(text.split("\n"), delimiter=";", strict=True)
    rows: list[dict[str, object]] = []
    try:
        names = next(reader, [])
        for cells in reader:
            if cells:
                if len(cells) != len(names):
                    return None, [_refuse(path, reader.line_num, f"{len(cells)} cellules", len(names))]
                _mark(front, (key, len(rows)), names, cells, reader.line_num)
                rows.append({name: _read(cell) for name, cell in zip(names, cells, strict=True) if cell})
    except csv.Error:
        message = "guillemets mal fermés ou mal placés. Doubler ceux qui sont dans un texte, ou refaire le fichier."
        return None, [Problem(path=path, line=reader.line_num, column=1, message=message)]
    front.values[key] = rows
    return front, []


def _read(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_PROTECTED) else cell


def _mark(front: FrontMatter, place: tuple[str, int], names: Sequence[str], cells: Sequence[str], line: int) -> None:
    front.marks[place] = (line, 1)
    column = 1
    for name, cell in zip(names, cells, strict=True):
        front.marks[(*place, name)] = front.keys[(*place, name)] = (line, column)
        column += len(cell) + 1


def _refuse(path: str, line: int, found: str, wanted: int) -> Problem:
    message = f"cette ligne a {found}, la première en a {wanted}. Vérifier les « ; », ou refaire le fichier."
    return Problem(path=path, line=line, column=1, message=message)


CSV = Function("plugins.press.csvfiles:render_csv")
