"""The HTML of a body → the tree that the theme's ``body.typ`` prints.

A node is a text, or ``[name, attributes, children]``. Names are those of HTML, but for ``heading`` (its ``level``
counts from 1), ``note`` (a footnote, where it is called), ``picture`` (an image that stands alone), ``image`` (one in a
line of text), and ``table``, whose cells are laid out. What is not known here is refused, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from lxml import html as lxml_html
from msgspec import Struct

from plugins.press.markdown.rules import BLOCKS, PHRASING
from plugins.press.paper.tables import build_table
from plugins.press.pictures.facts import Target, address

Node = str | list[Any]

HEADINGS = ("h2", "h3", "h4", "h5", "h6")
KNOWN: frozenset[str] = (BLOCKS | PHRASING) - {"img", *HEADINGS}
"""Elements that keep their name."""
_KEPT_ATTRIBUTES = ("lang", "dir", "start", "datetime")
_APART = frozenset({*BLOCKS, "heading", "table", "admonition", "picture"})
"""Nodes that do not stand in a line of text: spaces beside them say nothing."""
_OF_PARAGRAPHS = frozenset({"body", "div", "blockquote", "details", "dd", "figure"})
_SPACE = re.compile("[ \t\n\r\f]+")


class UnknownElementError(Exception):
    """An element that printed pages cannot show."""

    def __init__(self, tag: str) -> None:
        super().__init__(tag)
        self.tag = tag


class Setting(Struct, frozen=True):
    """How one body is printed among others.

    - ``targets``: where each link leads, as on the page; ``absolute`` gives the whole address;
    - ``prefix``: what makes the anchors of this body its own in the document;
    - ``inside``: the prefix of each body of the document, by the address of its page; ``anchors`` are all its anchors;
    - ``figures``: figures of the report, in words;
    - ``top``: the level of the highest heading, h2;
    - ``picture``: the name of the file of a picture, given its address.
    """

    targets: tuple[Target, ...] = ()
    absolute: Callable[[str], str] = str
    prefix: str = ""
    inside: Mapping[str, str] = MappingProxyType({})
    anchors: frozenset[str] = frozenset()
    figures: Mapping[str, str] = MappingProxyType({})
    top: int = 1
    picture: Callable[[str], str] = str


def build_tree(html: str, setting: Setting) -> list[Node]:
    """The nodes of a body. Raises ``UnknownElementError``."""
    root = lxml_html.fragment_fromstring(html, create_parent="body")
    return _Builder(setting, root).children(root, "body")


class _Builder:
    def __init__(self, setting: Setting, root: Any) -> None:
        self.setting = setting
        self.called: set[str] = set()
        self.level = setting.top - 1
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
            self.level = min(self.setting.top + HEADINGS.index(tag), self.level + 1)
            attributes = {**self._attributes(element), "level": self.level}
            return [["heading", attributes, self.children(element, "heading")]]
        if tag not in KNOWN:
            raise UnknownElementError(str(tag))
        return [[tag, self._attributes(element), self.children(element, tag)]]

    def _attributes(self, element: Any) -> dict[str, Any]:
        found = {name: element.get(name) for name in _KEPT_ATTRIBUTES if element.get(name)}
        return {"id": self.setting.prefix + element.get("id"), **found} if element.get("id") else found

    def _build_data(self, element: Any) -> list[Node]:
        kind, _, identifier = element.get("value", "").partition(":")
        if kind != "figure":
            raise UnknownElementError(f"data {element.get('value')}")
        return [self.setting.figures.get(identifier, "")]

    def _build_sup(self, element: Any) -> list[Node]:
        """A call of a footnote, which holds the note the first time and leads to it again."""
        call = element[0] if len(element) == 1 and element[0].get("role") == "doc-noteref" else None
        if call is None:
            return [["sup", self._attributes(element), self.children(element, "sup")]]
        name = call.get("href", "").removeprefix("#")
        label = self.setting.prefix + name
        if name in self.called:
            return [["note", {"again": label}, []]]
        self.called.add(name)
        return [["note", {"id": label}, self.children(self.notes[name], "body")]]

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
            kept |= self._resolve(self._target(href))
        return [["a", kept, self.children(element, "a")]]

    def _target(self, href: str) -> str:
        number = href.removeprefix("link:")
        return address(self.setting.targets[int(number)]) if number != href else href

    def _resolve(self, target: str) -> dict[str, str]:
        """The place in this document that a link leads to, else its whole address."""
        page, _, anchor = target.partition("#")
        prefix = self.setting.inside.get(page) if page else self.setting.prefix
        label = prefix + anchor if prefix is not None else ""
        if label in self.setting.anchors:
            return {"to": label}
        return {"href": self.setting.absolute(target)}

    def _build_img(self, element: Any) -> list[Node]:
        return [["image", self._image(element), []]]

    def _image(self, element: Any) -> dict[str, str]:
        name = self.setting.picture(self._target(element.get("src", "")))
        return {"name": name, "alt": element.get("alt", ""), "title": element.get("title", "")}

    def _build_figure(self, element: Any) -> list[Node]:
        """A picture and its caption are one thing."""
        if [child.tag for child in element] == ["img", "figcaption"]:
            attributes = self._image(element[0]) | {"title": element[1].text_content()}
            return [["picture", attributes, []]]
        return [["figure", self._attributes(element), self.children(element, "figure")]]

    def _build_p(self, element: Any) -> list[Node]:
        """A paragraph that holds nothing but a picture is the picture."""
        children = self.children(element, "p")
        if len(children) == 1 and children[0][0] == "image":
            return [["picture", *children[0][1:]]]
        return [["p", self._attributes(element), children]]

    def _build_pre(self, element: Any) -> list[Node]:
        return [["pre", self._attributes(element), [element.text_content().strip("\n")]]]

    def _build_table(self, element: Any) -> list[Node]:
        return [["table", self._attributes(element) | build_table(element, self.children), []]]


_SPECIAL = frozenset({"data", "sup", "div", "a", "img", "figure", "p", "pre", "table"})


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
    return [*_group(nodes)]


def _group(nodes: Sequence[Node]) -> Iterator[Node]:
    run: list[Node] = []
    for node in nodes:
        if isinstance(node, list) and node[0] in _APART:
            if run:
                yield ["p", {}, run]
            run = []
            yield node
        else:
            run.append(node)
    if run:
        yield ["p", {}, run]
