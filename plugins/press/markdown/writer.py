"""The finished tree of a body, walked once: checked, written, and what it holds collected."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from html import escape
from types import MappingProxyType
from typing import ClassVar
from xml.etree.ElementTree import Element

from markdown.util import STX

from plugins.press.markdown.attributes import AttributeWriter
from plugins.press.markdown.body import Link
from plugins.press.markdown.figuremarks import read_figure
from plugins.press.markdown.headings import Headings
from plugins.press.markdown.pieces import has_text
from plugins.press.markdown.places import Places
from plugins.press.markdown.rawhtml import MAX_DEPTH, OpenTag, RawHtml
from plugins.press.markdown.rules import TAGS, VOID, refuse_attribute, refuse_tag
from plugins.press.markdown.stash import Item, Stash, escape_ampersands

_BACK = re.compile(r"#fnref(\d*):")
"""The way back to a call of a note; the calls after the first are numbered."""
_STRAY = re.compile(r"<(?:[!?/]|[a-zA-Z])[^\s<]{0,30}")
_OPEN = {tag: f"<{tag}>" for tag in TAGS}
_CLOSE = {tag: f"</{tag}>" for tag in TAGS}


class Writer:
    """Writes one body. ``out`` holds its pieces: a piece is text unless it begins with « < »."""

    def __init__(self, stash: Stash, notes: frozenset[str], places: Places) -> None:
        self.stash = stash
        self.places = places
        self.out: list[str] = []
        self.attributes = AttributeWriter(places, notes)
        self.headings = Headings(self.out, places)
        self.open_tags: list[OpenTag] = []
        self.figures: list[Link] = []
        self.first_paragraph: tuple[int, int] = (0, 0)
        self.too_deep = False

    @cached_property
    def _raw(self) -> RawHtml:
        """Made for a text that needs it: the two hold each other, and nobody collects that while a site is built."""
        return RawHtml(self)

    def write_content(self, element: Element, depth: int) -> None:
        """The text and the children of an element; ``depth`` is its own."""
        text, tag = element.text, element.tag
        if text:
            self.write_text(text, tag, depth)
        if depth > MAX_DEPTH:
            self.too_deep = True
            return
        special = self._special
        for child in element:
            special.get(child.tag, Writer._write_element)(self, child, depth + 1)
            tail = child.tail
            if tail == "\n":
                self.out.append(tail)
            elif tail:
                self.write_text(tail, tag, depth)
        if self.open_tags:
            self._raw.close(depth)

    def _write_element(self, element: Element, depth: int) -> None:
        tag = element.tag
        if tag not in _OPEN:
            self.places.report(self.places.find_tag("", tag), refuse_tag(tag))
        elif element.attrib:
            self.out.append(f"<{tag}{self._write_attributes(element)}>")
        else:
            self.out.append(_OPEN[tag])
        self.write_content(element, depth)
        if tag in _CLOSE and tag not in VOID:
            self.out.append(_CLOSE[tag])

    def _write_paragraph(self, element: Element, depth: int) -> None:
        text = element.text
        if text and text[0] == STX and (block := self.stash.block(element)) != "":
            self._write_stashed(block, "div", depth)
            if self.open_tags:
                self._raw.close(depth)
            return
        if _is_captioned(element):
            self._write_captioned(element[0])
            return
        start = len(self.out)
        self._write_element(element, depth)
        if depth == 1 and self.first_paragraph == (0, 0) and has_text(self.out[start:]):
            self.first_paragraph = (start, len(self.out))

    def _write_captioned(self, image: Element) -> None:
        """A picture alone in its paragraph, with a title: that is its caption, for all to read."""
        caption = self.stash.decode(image.attrib.pop("title"))
        self.attributes.write("span", [("title", caption)])  # refuses what no title may hold
        self.out += [f"<figure><img{self._write_attributes(image)}>", "<figcaption>"]
        self.out += [escape(caption, quote=False), "</figcaption></figure>"]

    def _write_link(self, element: Element, depth: int) -> None:
        """Links to and from a footnote say so to screen readers; their signs are no words of the text."""
        href = element.get("href", "")
        if href not in self.attributes.notes:
            self._write_element(element, depth)
            return
        if back := _BACK.match(href):
            call = f" (appel {back[1]})" if back[1] else ""
            element.set("role", "doc-backlink")
            element.set("aria-label", element.get("title", "") + call)
        else:
            element.set("role", "doc-noteref")
        self._write_whole(element, depth)

    def _write_superscript(self, element: Element, depth: int) -> None:
        if len(element) == 1 and element[0].get("href", "") in self.attributes.notes:
            self._write_whole(element, depth)
        else:
            self._write_element(element, depth)

    def _write_whole(self, element: Element, depth: int) -> None:
        """Written as one piece, so that its text does not count as text."""
        start = len(self.out)
        self._write_element(element, depth)
        self.out[start:] = ["".join(self.out[start:])]

    def _write_div(self, element: Element, depth: int) -> None:
        if self.attributes.notes and element.get("class") == "footnote":
            element.set("role", "doc-endnotes")
            element.set("aria-label", "Notes")
        self._write_element(element, depth)

    def _write_heading(self, element: Element, depth: int) -> None:
        attributes = self._write_attributes(element) if element.attrib else ""
        self.headings.open(int(element.tag[1]), attributes, self.attributes.last_id if attributes else "")
        self.write_content(element, depth)
        self.headings.close()

    def _write_figure(self, element: Element, depth: int) -> None:  # noqa: ARG002 - called like the others
        typed = element.get("value", "")
        place = self.places.find(typed)
        for name in sorted(set(element.keys()) - {"value"}):
            self.places.report(place, refuse_attribute("data", name, element.get(name)))
        if identifier := read_figure(typed):
            self.figures.append(Link(identifier, *place, image=False))
            self.out.append(f'<data value="figure:{identifier}"></data>')
        else:
            message = f"« {typed} » : écrire [[chiffre:identifiant]], sans espace, accent ni majuscule."
            self.places.report(place, message)

    def _write_block(self, element: Element, depth: int) -> None:  # noqa: ARG002 - called like the others
        if self.open_tags:
            message = "un bloc ne peut pas être dans du HTML : le mettre avant ou après, entre deux lignes vides."
            self.places.report(self.open_tags[-1][2], message)
        self.out.append(f'<data value="block:{element.get("rank")}"></data>')

    def write_text(self, text: str, parent: str, depth: int) -> None:
        """A text inside ``parent``, with what was stashed in it."""
        if STX in text:
            self._write_marked(text, parent, depth)
            return
        if "&" in text or "<" in text or ">" in text:
            text = self._escape(text)
        self.out.append(text)

    def _escape(self, text: str) -> str:
        """Entities stay; a tag or a comment that the library left as text is one that never ends."""
        if "<" in text:
            for stray in _STRAY.finditer(text):
                message = f"« {stray[0]} » ouvre une balise ou un commentaire sans fin."
                place = self.places.find(stray[0])
                self.places.report(place, message + " Le finir, ou écrire &lt; pour montrer le signe « < ».")
            text = text.replace("<", "&lt;")
        return escape_ampersands(text).replace(">", "&gt;")

    def _write_marked(self, text: str, parent: str, depth: int) -> None:
        for before, item in self.stash.split(text):
            if before:
                self.write_text(before, parent, depth)
            if item != "":
                self._write_stashed(item, parent, depth)

    def _write_stashed(self, item: Item, parent: str, depth: int) -> None:
        if not isinstance(item, str):
            self._special.get(item.tag, Writer._write_element)(self, item, depth)
        elif item.startswith("&"):
            self.out.append(self._escape(item))
        else:
            self._raw.write(item, parent, depth)

    def _write_attributes(self, element: Element) -> str:
        decode = self.stash.decode
        pairs = [(name, value and decode(value)) for name, value in element.items()]
        return self.attributes.write(element.tag, pairs)

    _special: ClassVar[Mapping[str, Callable[[Writer, Element, int], None]]] = MappingProxyType(
        {
            "p": _write_paragraph,
            "a": _write_link,
            "sup": _write_superscript,
            "div": _write_div,
            "data": _write_figure,
            "block": _write_block,
            **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _write_heading),
        }
    )
    """How to write the elements that are not simply written as they are."""


def _is_captioned(paragraph: Element) -> bool:
    if len(paragraph) != 1 or paragraph.text or paragraph.attrib:
        return False
    child = paragraph[0]
    return child.tag == "img" and bool(child.get("title", "").strip()) and not (child.tail or "").strip()
