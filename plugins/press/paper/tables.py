"""A table of HTML → columns and rows of cells, its head apart: what repeats on each page that it breaks over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Children = Callable[[Any, str], list[Any]]
_SIDES = {"align-left": "left", "align-center": "center", "align-right": "right"}


def build_table(element: Any, children: Children) -> dict[str, Any]:
    """``columns``, ``head`` and ``rows`` (lists of rows of cells), ``caption`` (nodes, may be empty).

    A cell is ``{"body", "colspan", "rowspan", "is_head", "align"}``; rows that lack cells get empty ones, so that
    every row has the width of the table.
    """
    caption = element.find("caption")
    head = [_row(row, children) for row in element.iterfind("thead/tr")]
    rows = [_row(row, children) for row in element.iterdescendants("tr") if row.getparent().tag != "thead"]
    columns = max([1, *_widths([*head, *rows])])
    for group in (head, rows):
        for row, width in zip(group, _widths(group), strict=True):
            row += [_cell([]) for _ in range(columns - width)]
    return {
        "columns": columns,
        "head": head,
        "rows": rows,
        "caption": children(caption, "caption") if caption is not None else [],
    }


def _row(row: Any, children: Children) -> list[dict[str, Any]]:
    return [
        _cell(
            children(cell, cell.tag),
            colspan=int(cell.get("colspan", 1)),
            rowspan=int(cell.get("rowspan", 1)),
            is_head=cell.tag == "th",
            align=next((_SIDES[name] for name in cell.get("class", "").split() if name in _SIDES), ""),
        )
        for cell in row
        if cell.tag in {"td", "th"}
    ]


def _cell(
    body: list[Any], *, colspan: int = 1, rowspan: int = 1, is_head: bool = False, align: str = ""
) -> dict[str, Any]:
    return {"body": body, "colspan": colspan, "rowspan": rowspan, "is_head": is_head, "align": align}


def _widths(rows: list[list[dict[str, Any]]]) -> list[int]:
    """How many columns each row takes, with the cells that hang down from rows above."""
    hanging: list[int] = []
    widths = []
    for row in rows:
        widths.append(sum(cell["colspan"] for cell in row) + len(hanging))
        hanging = [left - 1 for left in hanging if left > 1]
        hanging += [cell["rowspan"] - 1 for cell in row for _ in range(cell["colspan"]) if cell["rowspan"] > 1]
    return widths
