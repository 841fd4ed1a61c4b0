"""The HTML of a body → the tree that the theme's ``body.typ`` prints.

A node is a text, or ``[name, attributes, children]``. Names are those of HTML, but for ``heading`` (its ``level``
counts from 1), ``note`` (a footnote, where it is called), ``picture`` (an image that stands alone), ``image`` (one in a
line of text), and ``table``, whose cells are laid out. What is not known here is refused, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from lxml import html as lxml_html

from plugins.press.markdown.rules import BLOCKS, PHRASING
from plugins.press.paper.nodes import Node, walk
from plugins.press.paper.pictures import Pictures
from plugins.press.paper.tables import read_table

HEADINGS = ("h2", "h3", "h4", "h5", "h6")
KNOWN: frozenset[str] = (BLOCKS | PHRASING) - {"img", *HEADINGS}
"""Elements that keep their name."""
_DEEPEST = 6
"""PDF has no lower heading."""
_KEPT_ATTRIBUTES = ("id", "lang", "dir", "start", "datetime")
_APART = frozenset({*BLOCKS, "heading", "table", "admonition", "picture", "chart"})
"""Nodes that do not stand in a line of text: spaces beside them say nothing."""
_OF_PARAGRAPHS = frozenset({"body", "div", "blockquote", "details", "dd", "figure"})
_LED = frozenset({"ul", "ol", "table", "pre", "blockquote"})
"""What a paragraph that ends with a colon must not leave on the next page."""
_SPACE = re.compile("[ \t\n\r\f]+")
_DRAWING = re.compile("<svg.*?</svg>", re.DOTALL)


class UnknownElementError(Exception):
    """An element that printed pages cannot show."""

    def __init__(self, tag: str) -> None:
        super().__init__(tag)
        self.tag = tag


def build_tree(html: str, pictures: Pictures, *, top: int = 1) -> list[Node]:
    """The nodes of a body as its page shows it: links lead somewhere, figures are words, blocks are drawn.

    ``top`` is the level of the highest heading, h2. Raises ``UnknownElementError``.
    """
    drawings: list[str] = []

    def take(found: re.Match[str]) -> str:
        """Drawings are XML: their names have capitals, which HTML does not keep."""
        drawings.append(found[0])
        return f'<img data-drawing="{len(drawings) - 1}">'

    root = lxml_html.fragment_fromstring(_DRAWING.sub(take, html), create_parent="body")
    return _Builder(root, pictures, drawings, top).children(root, "body")


class _Builder:
    def __init__(self, root: Any, pictures: Pictures, drawings: Sequence[str], top: int) -> None:
        self.pictures = pictures
        self.drawings = drawings
        self.top = top
        self.called: set[str] = set()
        self.level = top - 1
        self.notes = {note.get("id"): note for note in root.iterfind(".//div[@class='footnote']/ol/li")}

    def children(self, element: Any, name: str) -> list[Node]:
        """What an element holds, its spaces as a browser shows them."""
        found: list[Node] = [element.text] if element.text else []
        for child in element:
            found += self.build(child)
            if child.tail:
                found.append(child.tail)
        return _paragraphs(_tidy(found, name), name)

    def build(self, element: Any) -> list[Node]:
        tag = element.tag
        special = getattr(self, f"_build_{tag}", None) if tag in _SPECIAL else None
        if special:
            built: list[Node] = special(element)
            return built
        if tag in HEADINGS:
            # no level is skipped, though a text may: PDF/UA-1 would refuse the document
            self.level = min(self.top + HEADINGS.index(tag), self.level + 1, _DEEPEST)
            children = self.children(element, "heading")
            for (name, attributes, _), _ in walk(children):
                if name == "note":
                    attributes["in_heading"] = True
            return [["heading", {**self._attributes(element), "level": self.level}, children]]
        if tag not in KNOWN:
            raise UnknownElementError(str(tag))
        return [[tag, self._attributes(element), self.children(element, tag)]]

    def _attributes(self, element: Any) -> dict[str, Any]:
        return {name: element.get(name) for name in _KEPT_ATTRIBUTES if element.get(name)}

    def _build_sup(self, element: Any) -> list[Node]:
        """A call of a footnote, which holds the note the first time and leads to it again."""
        call = element[0] if len(element) == 1 and element[0].get("role") == "doc-noteref" else None
        if call is None:
            return [["sup", self._attributes(element), self.children(element, "sup")]]
        name = call.get("href", "").removeprefix("#")
        if name in self.called:
            return [["note", {"again": name}, []]]
        self.called.add(name)
        return [["note", {"id": name}, self.children(self.notes[name], "body")]]

    def _build_div(self, element: Any) -> list[Node]:
        """The notes stand where they are called."""
        classes = element.get("class", "").split()
        if "footnote" in classes:
            return []
        name = "admonition" if "admonition" in classes else "div"
        return [[name, self._attributes(element), self.children(element, "div")]]

    def _build_a(self, element: Any) -> list[Node]:
        if element.get("role") == "doc-backlink":
            return []
        kept = self._attributes(element)
        if href := element.get("href"):
            kept["href"] = href
        return [["a", kept, self.children(element, "a")]]

    def _build_img(self, element: Any) -> list[Node]:
        number = element.get("data-drawing")
        if number is not None:
            return [self.pictures.draw(self.drawings[int(number)])]
        return [["image", self._read_image(element), []]]

    def _read_image(self, element: Any) -> dict[str, str]:
        name = self.pictures.add(element.get("src", ""))
        return {"name": name, "alt": element.get("alt", ""), "title": element.get("title", "")}

    def _build_p(self, element: Any) -> list[Node]:
        if "admonition-title" in element.get("class", "").split():
            return [["summary", {}, self.children(element, "p")]]
        return [_paragraph(self._attributes(element), self.children(element, "p"))]

    def _build_figure(self, element: Any) -> list[Node]:
        """A picture and its caption are one thing. A chart is a drawing, and what says the same in words, unfolded."""
        if [child.tag for child in element] == ["img", "figcaption"]:
            attributes = self._read_image(element[0]) | {"title": element[1].text_content()}
            return [["picture", attributes, []]]
        children = self.children(element, "figure")
        if "chart" not in element.get("class", "").split():
            return [["figure", self._attributes(element), children]]
        shown: list[Node] = []
        for node in children:
            shown += _find_tables(node) if isinstance(node, list) and node[0] == "details" else [node]
        return [["chart", self._attributes(element), shown]]

    def _build_pre(self, element: Any) -> list[Node]:
        return [["pre", self._attributes(element), [element.text_content().strip("\n")]]]

    def _build_table(self, element: Any) -> list[Node]:
        return [["table", self._attributes(element) | read_table(element, self.children), []]]


_SPECIAL = frozenset({"sup", "div", "a", "img", "p", "figure", "pre", "table"})


def _find_tables(details: list[Any]) -> list[Node]:
    """The tables of what the page folds away, numbers to the right; the way to their file is of no use on paper."""
    found: list[Any] = [node for node in details[2] if node[0] == "table"]
    for _, attributes, _ in found:
        for row in (*attributes["head"], *attributes["rows"]):
            for cell in row[1:]:
                cell["align"] = "right"
    return found


def _tidy(nodes: Sequence[Node], name: str) -> list[Node]:
    """Spaces as HTML has them: one between words, none at the edges of a block, none beside one."""
    tidy: list[Node] = []
    for index, node in enumerate(nodes):
        if not isinstance(node, str):
            tidy.append(node)
            continue
        text = _SPACE.sub(" ", node)
        before = nodes[index - 1] if index else None
        after = nodes[index + 1] if index + 1 < len(nodes) else None
        if _is_apart(before) or (before is None and (name in _APART or name in _OF_PARAGRAPHS)):
            text = text.removeprefix(" ")
        if _is_apart(after) or (after is None and (name in _APART or name in _OF_PARAGRAPHS)):
            text = text.rstrip(" \xa0")  # the library puts one before the sign that leads back from a note
        tidy += [text] if text else []
    return tidy


def _is_apart(node: Node | None) -> bool:
    return isinstance(node, list) and (node[0] in _APART or node[0] == "br")


def _paragraphs(nodes: list[Node], name: str) -> list[Node]:
    """What stands in a line of text among blocks is a paragraph of its own."""
    if name not in _OF_PARAGRAPHS:
        return nodes
    found = [*_group(nodes)]
    for node, after in pairwise(found):
        if node[0] == "p" and after[0] in _LED and _ends(node).endswith(":"):
            node[1]["leads"] = True
    return [*found]


def _ends(node: Node) -> str:
    """The last words of a node."""
    return node.rstrip() if isinstance(node, str) else _ends(node[2][-1]) if node[2] else ""


def _group(nodes: Sequence[Node]) -> Iterator[list[Any]]:
    run: list[Node] = []
    for node in nodes:
        if isinstance(node, list) and node[0] in _APART:
            if run:
                yield _paragraph({}, run)
            run = []
            yield node
        else:
            run.append(node)
    if run:
        yield _paragraph({}, run)


def _paragraph(attributes: dict[str, Any], children: list[Node]) -> list[Any]:
    """A paragraph that holds nothing but a picture is the picture."""
    if len(children) == 1 and children[0][0] == "image":
        return ["picture", *children[0][1:]]
    return ["p", attributes, children]
