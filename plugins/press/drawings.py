"""Drawings (SVG) are documents that browsers run: one that holds code, or calls another site, is no drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_CODE = {"script", "foreignobject", "handler", "listener"}
_XHTML = "{http://www.w3.org/1999/xhtml}"
_ENCODINGS = {"UTF-8", "US-ASCII", "ASCII", "ISO-8859-1", "UTF-16", "UTF-16LE", "UTF-16BE"}
_SPACE = re.compile(r"[\x00-\x20]+")
_CALL = re.compile(r"javascript:|vbscript:|@import|url\((?![\"']?(?:#|data:))")
_ABSOLUTE = re.compile(r"//|(?!data:image/(?:png|jpe?g|gif|webp|avif)[;,])[a-z][a-z0-9+.-]*:")


def find_code(data: bytes) -> str:
    """What makes a drawing more than that, as it is written in the file; ``""`` when there is nothing.

    The file is read as XML: its encoding, its prefixes and its character references hide nothing.
    Raises ``ValueError`` when it is not XML.
    """
    from lxml import etree

    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    document: Any = root.getroottree()
    if (document.docinfo.encoding or "UTF-8").upper() not in _ENCODINGS:
        return f"encoding={document.docinfo.encoding}"
    if document.docinfo.doctype:
        return "<!DOCTYPE"
    nodes = (*root.itersiblings(preceding=True), *root.iter())
    return next((found for node in nodes for found in _look(node)), "")


def _look(element: Any) -> Iterator[str]:
    if not isinstance(element.tag, str):  # a comment, or an instruction such as <?xml-stylesheet?>
        if name := getattr(element, "target", ""):
            yield f"<?{name}"
        return
    name = _local(element.tag)
    if name.lower() in _CODE or element.tag.startswith(_XHTML):
        yield f"<{name}"
    if name == "style" and (found := _CALL.search(_SPACE.sub("", "".join(element.itertext())).lower())):
        yield found[0]
    for attribute, value in element.attrib.items():
        yield from _look_at(_local(str(attribute)), str(value))


def _look_at(name: str, value: str) -> Iterator[str]:
    plain = _SPACE.sub("", value).lower()
    animates_link = name == "attributeName" and _local(plain.replace(":", "}")) == "href"
    leads_out = name in {"href", "src", "base"} and _ABSOLUTE.match(plain)
    if name.lower().startswith("on") or animates_link or leads_out or _CALL.search(plain):
        yield f'{name}="{value[:40]}"'


def _local(name: str) -> str:
    return name.rpartition("}")[2]
