"""What Python-Markdown sets aside while it works (HTML, code, entities), and what stands in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5
from xml.etree.ElementTree import Element

from markdown.extensions.footnotes import FN_BACKLINK_TEXT, NBSP_PLACEHOLDER
from markdown.util import AMP_SUBSTITUTE, STX

from plugins.press.markdown.rules import BLOCKS

_STASHED = re.compile("\x02wzxhzdk:([0-9]+)\x03")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_AMPERSAND = re.compile(r"<[^<>]*>|&#(?:[0-9]+|[xX][0-9a-fA-F]+);|&(?:[0-9a-zA-Z]+;)?")
_TAG_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)|<[!?]")

_SIGNS = ((AMP_SUBSTITUTE, "&"), (FN_BACKLINK_TEXT, "↩"), (NBSP_PLACEHOLDER, "\N{NO-BREAK SPACE}"))

Item = str | Element


class Stash:
    """The items set aside for one body."""

    def __init__(self, items: list[Item]) -> None:
        self.items = items

    def split(self, text: str) -> Iterator[tuple[str, Item]]:
        """Each piece of text with the item that comes after it; the last one comes with ``""``."""
        for placeholder, sign in _SIGNS:
            text = text.replace(placeholder, sign)
        position = 0
        for mark in _STASHED.finditer(text):
            yield text[position : mark.start()], self.items[int(mark[1])]
            position = mark.end()
        yield text[position:].replace(STX, ""), ""

    def block(self, paragraph: Element) -> Item:
        """The block of HTML that is all there is in a paragraph; ``""`` when there is something else."""
        mark = _STASHED.fullmatch(paragraph.text or "")
        if mark is None or len(paragraph) or paragraph.attrib:
            return ""
        item = self.items[int(mark[1])]
        if isinstance(item, str):
            name = _TAG_NAME.match(item)
            return item if name and (name[1] is None or name[1].lower() in BLOCKS) else ""
        return item

    def decode(self, value: str) -> str:
        """The value of an attribute as a browser reads it; a placeholder of anything but an entity stays."""
        if STX in value:
            value = _STASHED.sub(self._entity, value.replace(AMP_SUBSTITUTE, "&"))
        return unescape(value) if "&" in value else value

    def _entity(self, mark: re.Match[str]) -> str:
        item = self.items[int(mark[1])]
        return item if isinstance(item, str) and is_entity(item) else mark[0]


def is_entity(item: str) -> bool:
    """Whether HTML knows it: of « &notit; », browsers would read « ¬it; »."""
    return _ENTITY.fullmatch(item) is not None and (item[1] == "#" or item[1:] in html5)


def escape_ampersands(text: str) -> str:
    """``text`` with every ampersand outside of tags escaped that begins no entity."""
    return _AMPERSAND.sub(_escape_ampersand, text) if "&" in text else text


def _escape_ampersand(found: re.Match[str]) -> str:
    typed = found[0]
    return typed if typed.startswith(("<", "&#")) or typed[1:] in html5 else "&amp;" + typed[1:]
