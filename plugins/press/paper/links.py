"""Where the links of a document lead on paper: to a place in it, else to an address, which is printed as a note."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from plugins.press.paper.nodes import Node, walk

TOP = "_top"
"""Where a link to the document itself leads: its contents."""
_WHOLE = ("https://", "http://")
_FAR = 2
"""Headings down to this level begin a text of their own: there, an address is said again."""


def lead(nodes: Sequence[Node], pages: Mapping[str, str], absolute: Callable[[str], str]) -> None:
    """Settle all links and anchors, in place.

    ``pages`` are the pages of the site that the document holds: the address of each, the document's own first, and the
    anchor of where it begins. An anchor stands once; the place of a link is one that there is, for Typst refuses a
    document without it.
    """
    anchors = _settle_anchors(nodes)
    own = next(iter(pages))
    noted: dict[str, str] = {}
    count = 0
    for (name, attributes, children), has_no_notes in walk(nodes):
        if name == "heading" and attributes["level"] <= _FAR:
            noted.clear()
        if name != "a" or "href" not in attributes:
            continue
        target = attributes["href"] if not attributes["href"].startswith("#") else own + attributes["href"]
        place = _find_place(target, pages, anchors)
        if place:
            attributes["to"] = place
            continue
        attributes["href"] = address = absolute(target)
        if has_no_notes or not address.startswith(_WHOLE) or _says(children, address):
            continue
        if address in noted:
            attributes["noted"] = noted[address]
        else:
            count += 1
            attributes["note"] = noted[address] = f"address-{count}"


def _find_place(target: str, pages: Mapping[str, str], anchors: set[str]) -> str:
    """The place in the document that an address means, ``""`` when it is not in it."""
    page, _, anchor = target.partition("#")
    if page not in pages:
        return ""
    return unquote(anchor) if unquote(anchor) in anchors else "" if anchor else pages[page]


def _settle_anchors(nodes: Sequence[Node]) -> set[str]:
    found: set[str] = set()
    for (_, attributes, _), _ in walk(nodes):
        if (anchor := attributes.get("id")) is not None:
            if anchor in found:
                del attributes["id"]
            found.add(anchor)
    return found


def _says(children: Sequence[Any], address: str) -> bool:
    """Whether a link is its own address, give or take the beginning."""
    text = "".join(child for child in children if isinstance(child, str)).strip()
    return bool(text) and text.rstrip("/") in (address.rstrip("/"), address.partition("://")[2].rstrip("/"))
