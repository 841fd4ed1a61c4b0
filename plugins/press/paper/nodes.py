"""Nodes that our code writes itself, beside those that a text is made of (``texts.py``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from plugins.press.typography import french_text

Node = str | list[Any]
"""A text, or ``[name, attributes, children]``."""

_ORDINAL = re.compile(r"(?<=\b1)er\b")


def words(text: str) -> list[Node]:
    """A text of ours or of a title, as it is printed: « 1er » with its ending raised."""
    pieces = _ORDINAL.split(french_text(text))
    raised = [piece for before in pieces[1:] for piece in (["sup", {}, ["er"]], before)]
    return [piece for piece in (pieces[0], *raised) if piece]


def paragraph(*children: Node) -> Node:
    return ["p", {}, [*children]]


def heading(level: int, title: str, anchor: str = "", **attributes: Any) -> Node:
    """A heading, where links to ``anchor`` lead. ``outlined=False`` keeps it out of the contents."""
    return ["heading", {"level": level, **({"id": anchor} if anchor else {}), **attributes}, words(title)]


def piece(name: str, /, *children: Node, **values: Any) -> Node:
    """A node of the document's own: ``themes/*/paper/pieces.typ`` prints it."""
    return [name, values, [*children]]


def spell(nodes: Sequence[Node]) -> str:
    """The words of these nodes."""
    return "".join(node if isinstance(node, str) else spell(node[2]) for node in nodes)


def walk(nodes: Sequence[Node], *, has_no_notes: bool = False) -> Iterator[tuple[list[Any], bool]]:
    """All nodes that are no texts, those in the cells of tables and in notes too, in the order of reading.

    With each, whether it stands where no note has its place: in a note, in what is said again elsewhere (a heading in
    the contents, the head of a table on its next page), in a long list of links.
    """
    for node in nodes:
        if isinstance(node, str):
            continue
        yield node, has_no_notes
        name, attributes, children = node
        if name == "table":
            yield from walk(attributes["caption"], has_no_notes=True)
            for rows, bare in ((attributes["head"], True), (attributes["rows"], has_no_notes)):
                for cell in (cell for row in rows for cell in row):
                    yield from walk(cell["body"], has_no_notes=bare)
        yield from walk(children, has_no_notes=has_no_notes or name in _WITHOUT_NOTES)


_WITHOUT_NOTES = frozenset({"heading", "figcaption", "note", "dates"})
