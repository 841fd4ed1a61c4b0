"""Tables: columns and rows of cells, the head apart, which repeats on each page that a table breaks over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from plugins.press.paper.nodes import Node, spell, walk, words

Children = Callable[[Any, str], list[Any]]
Rows = list[list[dict[str, Any]]]
_LONG, _TALL = 600, {"table", "picture", "chart", "pre"}
_SIDES = {"align-left": "left", "align-center": "center", "align-right": "right"}


def read_table(element: Any, children: Children) -> dict[str, Any]:
    """A table of HTML; rows that lack cells get empty ones, so that every row has the width of the table."""
    caption = element.find("caption")
    head = [_row(row, children) for row in element.iterfind("thead/tr")]
    rows = [_row(row, children) for row in element.iterdescendants("tr") if row.getparent().tag != "thead"]
    columns = max([1, *_widths([*head, *rows])])
    for group in (head, rows):
        for row, width in zip(group, _widths(group), strict=True):
            row += [_cell([]) for _ in range(columns - width)]
    return _lay_out(columns, head, rows, children(caption, "caption") if caption is not None else [])


def build_table(
    rows: Iterable[Sequence[list[Node]]],
    *,
    head: Sequence[list[Node]] = (),
    caption: str = "",
    numbers: bool = False,
) -> Node:
    """The node of a table of these cells, as wide as the texts.

    With ``numbers``, all columns but the first are set to the right. A row of one cell goes over all columns.
    """
    rows = [*rows]
    columns = max(map(len, [head, *rows]))

    def build_row(row: Sequence[list[Node]], *, is_head: bool) -> list[dict[str, Any]]:
        sides = ["right" if numbers and rank else "" for rank in range(len(row))]
        span = columns if len(row) == 1 else 1
        return [_cell(body, colspan=span, is_head=is_head, align=side) for body, side in zip(row, sides, strict=True)]

    shown = [build_row(row, is_head=False) for row in rows]
    first = [build_row(head, is_head=True)] if head else []
    laid_out = _lay_out(columns, first, shown, words(caption))
    return ["table", {**laid_out, "is_full": True}, []]


def _lay_out(columns: int, head: Rows, rows: Rows, caption: list[Node]) -> dict[str, Any]:
    """``lines`` and ``words`` are the lengths of the longest line and word of each column, in signs.

    A cell that ``is_long`` may go on on the next page.
    """
    lines, longest = [1] * columns, [1] * columns
    for row in (*head, *rows):
        at = 0
        for cell in row:
            said = spell(cell["body"])
            cell["is_long"] = len(said) > _LONG or any(node[0] in _TALL for node, _ in walk(cell["body"]))
            if cell["colspan"] == 1 and at < columns:  # what spans columns counts for none of them
                lines[at] = max(lines[at], len(said))
                longest[at] = max([longest[at], *map(len, said.split())])
            at += cell["colspan"]
    return {"columns": columns, "head": head, "rows": rows, "caption": caption, "lines": lines, "words": longest}


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
    body: list[Node], *, colspan: int = 1, rowspan: int = 1, is_head: bool = False, align: str = ""
) -> dict[str, Any]:
    return {"body": body, "colspan": colspan, "rowspan": rowspan, "is_head": is_head, "align": align}


def _widths(rows: Rows) -> list[int]:
    """How many columns each row takes, with the cells that hang down from rows above."""
    hanging: list[int] = []
    widths = []
    for row in rows:
        widths.append(sum(cell["colspan"] for cell in row) + len(hanging))
        hanging = [left - 1 for left in hanging if left > 1]
        hanging += [cell["rowspan"] - 1 for cell in row for _ in range(cell["colspan"]) if cell["rowspan"] > 1]
    return widths
