"""Pages of the book: HTML as our templates and texts have it → the XHTML that EPUB wants (Content Documents 3.2)."""

from __future__ import annotations

import re
from html import escape, unescape
from urllib.parse import quote, unquote

from lxml import etree

XHTML, OPS, XML = "http://www.w3.org/1999/xhtml", "http://www.idpf.org/2007/ops", "http://www.w3.org/XML/1998/namespace"
SVG = "http://www.w3.org/2000/svg"
_TYPE = f"{{{OPS}}}type"

_VOID = re.compile(r"<((?:br|col|hr|img|link|wbr)\b[^<>]*?)/?>")
_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[0-9a-zA-Z]+);")
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9.-]")
_NOTES = {"doc-noteref": "noteref", "doc-endnotes": "endnotes"}


def read_page(html: str) -> etree._Element:
    """A whole page → its tree. What stands in it was made by our templates and from our allow-list: it is a tree."""
    xml = _ENTITY.sub(lambda entity: escape(unescape(entity[0])), _VOID.sub(r"<\1/>", html))
    return etree.fromstring(xml.encode(), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def write_page(root: etree._Element) -> bytes:
    etree.cleanup_namespaces(root, keep_ns_prefixes=["epub"])
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>") + b"\n"


def adapt(root: etree._Element) -> None:
    """Identifiers and addresses as XML has them, languages said twice, notes known as such, nothing folded away."""
    for element in root.iter("*"):
        _adapt_names(element)
        if language := element.get("lang"):
            element.set(f"{{{XML}}}lang", language)
        if kind := _NOTES.get(element.get("role", "")):
            element.set(_TYPE, kind)
        if element.get("role") == "doc-endnotes":
            element.tag = f"{{{XHTML}}}section"
            for note in element.iterfind(f"{{{XHTML}}}ol/{{{XHTML}}}li"):
                note.set(_TYPE, "endnote")
        if element.tag == f"{{{XHTML}}}details":
            element.set("open", "open")


def _adapt_names(element: etree._Element) -> None:
    for attribute in ("id", "aria-labelledby"):
        if identifier := element.get(attribute):
            element.set(attribute, " ".join(map(name, identifier.split())))
    href = element.get("href", "")
    if href.startswith("#"):
        element.set("href", f"#{name(unquote(href[1:]))}")
    elif href:
        element.set("href", quote(_LONE_PERCENT.sub("%25", href), safe="!#$%&'()*+,/:;=?@~"))


def name(identifier: str) -> str:
    """The identifier as XML's names allow it, where « : » and some letters have no place; two stay two."""
    return _NOT_IN_NAMES.sub(lambda sign: f"_{ord(sign[0]):x}_", identifier)
