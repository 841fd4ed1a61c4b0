"""The HTML of a body as a text to paste into a form: paragraphs apart, lists with dashes, addresses written out."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree, html

_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "summary", "dt", "caption"}
_LISTS = {"ul", "ol"}
_GROUPS = {"div", "blockquote", "figure", "details", "dl", "dd", "section", "li", "table", "thead", "tbody", "tfoot"}


def render_plain(body: str) -> str:
    """The text of well-formed HTML; what a form has no room for (pictures) is told, nothing is left out."""
    root = html.fragment_fromstring(body, create_parent=True)
    return "\n\n".join(block for block in _read_group(root) if block)


def _read_group(parent: etree._Element) -> Iterator[str]:
    """The blocks in an element; texts and inline elements that stand among them make blocks too."""
    loose = _soft(parent.text)
    for child in parent.iterchildren(etree.Element):
        if child.tag in _BLOCKS | _LISTS | _GROUPS | {"pre", "hr", "tr"}:
            yield _fold(loose)
            loose = ""
            yield from _read_block(child)
        else:
            loose += _read_inline(child)
        loose += _soft(child.tail)
    yield _fold(loose)


def _read_block(block: etree._Element) -> Iterator[str]:
    tag = block.tag
    if tag in _LISTS:
        yield "\n".join(_read_list(block))
    elif tag == "table":
        yield "\n".join(_read_table(block))
    elif tag == "blockquote":
        yield "« " + "\n\n".join(text for text in _read_group(block) if text) + " »"
    elif tag == "pre":
        yield "".join(map(str, block.itertext())).strip("\n")
    elif tag in _BLOCKS:
        yield _fold(_inner(block))
    elif tag != "hr":
        yield from _read_group(block)


def _read_list(block: etree._Element) -> Iterator[str]:
    is_notes = bool(block.xpath("parent::*[@role='doc-endnotes']"))
    first = int(block.get("start", "1"))
    for number, item in enumerate(block.iterchildren("li"), first):
        sign = f"[{number}]" if is_notes else f"{number}." if block.tag == "ol" else "-"
        text = "\n".join(found for found in _read_group(item) if found)
        yield f"{sign} " + text.replace("\n", "\n  ")


def _read_table(table: etree._Element) -> Iterator[str]:
    for caption in table.iterchildren("caption"):
        yield _fold(_inner(caption))
    for row in table.iter("tr"):
        yield " ; ".join(_fold(_inner(cell)) for cell in row.iterchildren("th", "td"))


def _inner(element: etree._Element) -> str:
    pieces = [_soft(element.text)]
    for child in element.iterchildren(etree.Element):
        pieces += [_read_inline(child), _soft(child.tail)]
    return "".join(pieces)


def _read_inline(element: etree._Element) -> str:
    tag, text = element.tag, _inner(element)
    if tag == "br":
        return "\n"
    if tag == "img":
        return f"[image : {element.get('alt', '')}]"
    if tag == "a":
        return _read_link(element, text)
    return text


def _read_link(link: etree._Element, text: str) -> str:
    """« le site (https://…) »; a call for a note as « [1] »; a link within the text is its words."""
    role, address = link.get("role"), link.get("href", "").removeprefix("mailto:").removeprefix("tel:")
    if role == "doc-backlink":
        return ""
    if role == "doc-noteref":
        return f"[{text}]"
    return text if address.startswith("#") or address in text else f"{text} ({address})"


def _soft(text: str | None) -> str:
    """A line of the source that goes on is no line of the text."""
    return (text or "").replace("\n", " ")


def _fold(text: str) -> str:
    """Spaces that any form takes, and only the breaks that were meant."""
    return "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))
