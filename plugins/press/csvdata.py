"""A content file of CSV (``;``, a line of names): each row a group of fields, with the place of every cell."""

from __future__ import annotations

import csv
from collections.abc import Sequence

from plugins.press.frontmatter import FrontMatter
from plugins.press.problems import Problem

_PROTECTED = ("=", "+", "-", "@", "\t", "'")
"""What begins a formula in a spreadsheet, or a text that is protected from being one."""


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
