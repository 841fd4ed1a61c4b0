"""The pictures of the book: those that every reader shows are in it, the others are told in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from lxml import etree
from msgspec import Struct

from plugins.dossiers.book import SMALL
from plugins.dossiers.epub.xhtml import XHTML
from plugins.press.pictures.copies import Copy

_SIGNS = (
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"GIF87a", "image/gif", "gif"),
    (b"GIF89a", "image/gif", "gif"),
)


class Picture(Struct, frozen=True):
    """A picture in the book: its name there, its media type, its bytes."""

    name: str
    type: str
    data: bytes


def embed(copies: Sequence[Copy], read: Callable[[Copy], bytes]) -> dict[str, Picture]:
    """The pictures that can stand in the book, by their address on the site."""
    found: dict[str, Picture] = {}
    for number, copy in enumerate(copies, 1):
        data = read(copy)
        kind = _recognise(copy.path, data) if len(data) <= SMALL else None
        if kind:
            media_type, ending, data = kind
            found[copy.url] = Picture(f"images/{number:02}.{ending}", media_type, data)
    return found


def _recognise(path: str, data: bytes) -> tuple[str, str, bytes] | None:
    """Media type, ending and bytes; what a file is, its first bytes tell, whatever its name."""
    for sign, media_type, ending in _SIGNS:
        if data.startswith(sign):
            return media_type, ending, data
    if path.lower().endswith(".svg"):  # known to be a plain drawing: `press.media` refuses any other
        drawing = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
        return "image/svg+xml", "svg", etree.tostring(drawing, encoding="utf-8", xml_declaration=True)
    return None


def place(root: etree._Element, pictures: Mapping[str, Picture], outside: Callable[[str], str]) -> None:
    """The pictures of a page are those of the book; one that is not in it leaves its description, and its address."""
    for image in list(root.iter(f"{{{XHTML}}}img")):
        source = image.get("src", "").partition("#")[0]
        if source in pictures:
            image.set("src", pictures[source].name)
        elif source.startswith("/"):
            _tell(image, outside(source))


def _tell(image: etree._Element, address: str) -> None:
    image.tag = f"{{{XHTML}}}span"
    said, told = image.get("alt", ""), image
    for attribute in list(image.attrib):
        del image.attrib[attribute]
    image.set("class", "picture")
    if next(image.iterancestors(f"{{{XHTML}}}a"), None) is None:
        told = etree.SubElement(image, f"{{{XHTML}}}a", href=address)
    told.text = f"Image : {said}"
