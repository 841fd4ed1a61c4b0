"""What must not be torn apart by the end of a page: a heading, and the text with notes that it stands above.

Typst keeps a heading with what follows; but when that has a note, which needs room at the foot of the page, it may
leave the heading behind, or the note. What is in one piece it moves as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from plugins.press.paper.nodes import Node, spell, walk

_LONGEST = 1500
"""How many signs are worth keeping in one piece: a third of a page."""


def keep_together(nodes: Iterable[Node]) -> list[Node]:
    """The same nodes, with ``keep`` around those that stay together."""
    kept: list[Node] = []
    waiting: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            kept.append(node)
        elif _leans_on_next(node):
            waiting.append(node)
        else:
            together = [*waiting, node]
            kept += [["keep", {}, together]] if waiting and _has_notes(node) and _is_short(node) else together
            waiting = []
    return kept + waiting


def _leans_on_next(node: list[Any]) -> bool:
    """Headings do, but those that begin a page; so does a paragraph that announces what follows."""
    name, attributes, _ = node
    return (name == "heading" and not attributes.get("page")) or (name == "p" and "leads" in attributes)


def _has_notes(node: list[Any]) -> bool:
    return any(name == "note" or {"note", "noted"} & {*attributes} for (name, attributes, _), _ in walk([node]))


def _is_short(node: list[Any]) -> bool:
    return node[0] in {"p", "ul", "ol", "blockquote", "admonition"} and len(spell([node])) < _LONGEST
