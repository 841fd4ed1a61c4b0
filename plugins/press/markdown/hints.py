"""Checks of the source itself: signs that no text may hold, lists that Markdown does not read as meant."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from plugins.press.markdown.places import Places

MAX_SIGNS = 20
"""How many bad signs are reported for one file: a binary file has thousands."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n)")
_ITEM = re.compile(r"(?P<quote>(?:[ ]{0,3}>)*)(?P<indent>[ ]*)(?:[-*+]|\d{1,2}\.)[ \t]+\S")
_LATER_ITEM = re.compile(r"\n[ >]*(?:[-*+]|\d{1,2}\.)[ \t]")
"""An item on any line but the first of a block: only such a one can come too early."""
_ODD_ITEM = re.compile(
    r"\n(?:[ >]+(?:[-*+]|\d{1,2}\.)[ \t]"
    r"|(?!(?:[-*+]|\d{1,2}\.)[ \t]+\S)[^\n]+\n(?:[-*+]|\d{1,2}\.)[ \t])"
)
"""An item that is indented or quoted, or whose line comes after one that is none: only such a one can be wrong."""
_RULE = re.compile(r"[> ]*(?:[-*_][ ]{0,2}){3,}\Z")
_OWN_LINE = re.compile(r"#|[=-]+[ ]*$|<|!!!|\[\^|:[ ]")
"""Lines that end a paragraph or are none: headings, HTML, admonitions, notes, definitions."""


def replace_controls(places: Places) -> str:
    """The source, with a visible sign where a control character stood; each is reported."""
    source = places.source
    if source.replace("\n", "").isprintable() or not _CONTROL.search(source):
        return source
    for number, found in enumerate(_CONTROL.finditer(source)):
        if number == MAX_SIGNS:
            break
        code = f"U+{ord(found[0]):04X}"
        name = unicodedata.name(found[0], "caractère de commande")
        message = f"signe invisible interdit ({code}, {name}). Le supprimer, ou retaper le mot."
        places.report(places.at(found.start()), message)
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", source)


def is_control(sign: str) -> bool:
    return _CONTROL.match(sign) is not None


def check_lists(places: Places) -> None:
    """A list needs an empty line before it, and four spaces inside another one (else it is no list)."""
    if not _ODD_ITEM.search(f"\n{places.visible}"):
        return
    outer: int | None = None
    for start, block in _blocks(places.visible):
        first = _ITEM.match(block)
        if first is None and (outer is None or not block.startswith(" ")):
            outer = None
            if _LATER_ITEM.search(block):
                _check_before(places, start, block)
        elif "\n" in block or outer is not None:
            outer = _check_indents(places, start, block, outer)
        elif first is not None:
            outer = len(first["indent"])


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """What stands between empty lines, with its offset."""
    position = 0
    for blank in _BLANK_LINE.finditer(text):
        if blank.start() > position:
            yield position, text[position : blank.start()]
        position = blank.end() + 1
    if position < len(text):
        yield position, text[position:]


def _check_before(places: Places, start: int, block: str) -> None:
    """The first item after a line of a paragraph: Markdown reads it as the rest of the paragraph."""
    before = ""
    for line in block.split("\n"):
        item = None if _RULE.match(line) else _ITEM.match(line)
        bare = before.lstrip("> ")
        quotes = before[: len(before) - len(bare)].count(">")
        if item and bare and len(item["indent"]) < 4 and item["quote"].count(">") == quotes:
            if not _OWN_LINE.match(bare) and not _ITEM.match(before):
                message = "liste juste après un paragraphe : laisser une ligne vide avant la liste."
                places.report(places.at(start + item.end("indent")), message, "warning")
            return
        before = line
        start += len(line) + 1


def _check_indents(places: Places, start: int, block: str, outer: int | None) -> int | None:
    """Items indented by two or three spaces more than the item before: Markdown puts them at its level."""
    for line in block.split("\n"):
        item = _ITEM.match(line)
        if item:
            indent = len(item["indent"])
            if outer is not None and 2 <= indent - outer <= 3:
                message = "liste dans une liste : la décaler de quatre espaces."
                places.report(places.at(start + item.end("indent")), message, "warning")
            outer = indent
        start += len(line) + 1
    return outer
