"""What tells a reader how the book is made: container, package (EPUB Packages 3.2), and the NCX of older readers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from lxml import etree
from lxml.builder import ElementMaker
from msgspec import Struct

from plugins.dossiers.book import Book
from plugins.press.settings import Settings

OPF, DC = "http://www.idpf.org/2007/opf", "http://purl.org/dc/elements/1.1/"
CONTAINER, NCX = "urn:oasis:names:tc:opendocument:xmlns:container", "http://www.daisy.org/z3986/2005/ncx/"
_XML = "http://www.w3.org/XML/1998/namespace"
FOLDER, PACKAGE = "EPUB", "book.opf"
_PAGE, _NCX_TYPE = "application/xhtml+xml", "application/x-dtbncx+xml"
_SUMMARY = "Texte découpé par des titres, avec un sommaire ; les notes et leurs appels se répondent."


class Item(Struct, frozen=True):
    """A file of the book: its name in it, its media type; ``role`` is what the package says of it."""

    name: str
    type: str
    data: bytes
    role: str = ""

    @property
    def id(self) -> str:
        return self.name.replace("/", "-").replace(".", "-")


class Entry(Struct, frozen=True):
    """A line of the contents: its words, where it leads, the lines below it."""

    label: str
    href: str
    below: tuple[Entry, ...] = ()


def page(name: str, data: bytes, role: str = "") -> Item:
    return Item(name, _PAGE, data, role)


def identify(book: Book, settings: Settings) -> str:
    """What the book is to those who have it already, whatever the site's address (RFC 4151)."""
    return f"tag:{settings.uid_domain},2017:{quote(f'dossiers/{book.slug}')}"


def build_container() -> bytes:
    make = ElementMaker(namespace=CONTAINER, nsmap={None: CONTAINER})
    file = make.rootfile({"full-path": f"{FOLDER}/{PACKAGE}", "media-type": "application/oebps-package+xml"})
    return _write(make.container(make.rootfiles(file), version="1.0"))


def build_package(book: Book, settings: Settings, items: Sequence[Item]) -> bytes:
    """The package file; the pages among ``items`` are read in their order."""
    make = ElementMaker(namespace=OPF, nsmap={None: OPF})
    manifest, spine = make.manifest(), make.spine(toc="toc-ncx")
    for item in items:
        role = {"properties": item.role} if item.role else {}
        manifest.append(make.item({"id": item.id, "href": item.name, "media-type": item.type, **role}))
        if item.type == _PAGE:
            spine.append(make.itemref(idref=item.id))
    attributes = {"version": "3.0", "unique-identifier": "id", f"{{{_XML}}}lang": book.lang}
    return _write(make.package(attributes, _build_metadata(book, settings, items), manifest, spine))


def build_ncx(book: Book, settings: Settings, entries: Sequence[Entry]) -> bytes:
    make = ElementMaker(namespace=NCX, nsmap={None: NCX})
    points = make.navMap()
    _add_points(make, points, entries, 1)
    head = make.head(
        make.meta(name="dtb:uid", content=identify(book, settings)),
        make.meta(name="dtb:depth", content="2" if any(entry.below for entry in entries) else "1"),
    )
    title = make.docTitle(make.text(book.title))
    return _write(make.ncx({"version": "2005-1", f"{{{_XML}}}lang": book.lang}, head, title, points))


def ncx(data: bytes) -> Item:
    return Item("toc.ncx", _NCX_TYPE, data)


def _add_points(make: ElementMaker, parent: Any, entries: Sequence[Entry], order: int) -> int:
    """The lines below ``parent``, numbered as they are read; the number of the line that follows."""
    for entry in entries:
        point = make.navPoint(
            make.navLabel(make.text(entry.label)),
            make.content(src=entry.href),
            id=f"line-{order}",
            playOrder=str(order),
        )
        parent.append(point)
        order = _add_points(make, point, entry.below, order + 1)
    return order


def _build_metadata(book: Book, settings: Settings, items: Sequence[Item]) -> Any:
    make = ElementMaker(namespace=OPF, nsmap={None: OPF, "dc": DC})
    core = ElementMaker(namespace=DC)
    metadata = make.metadata()
    metadata.append(core.identifier(identify(book, settings), id="id"))
    metadata.append(core.title(book.title))
    for number, author in enumerate(book.authors or (settings.name,), 1):
        metadata.append(core.creator(author, id=f"author-{number}"))
        metadata.append(make.meta("aut", refines=f"#author-{number}", property="role", scheme="marc:relators"))
    for language in dict.fromkeys((book.lang, *(chapter.lang for chapter in book.chapters))):
        metadata.append(core.language(language))
    metadata.append(core.publisher(settings.name))
    metadata.append(core.date(book.date.date().isoformat()))
    metadata.append(core.rights(f"{settings.licence.label} – {settings.licence.url}"))
    metadata.append(core.source(settings.url + book.url))
    if book.summary:
        metadata.append(core.description(book.summary))
    for tag in book.tags:
        metadata.append(core.subject(tag.label))
    metadata.extend(make.meta(value, property=name) for name, value in _describe(book, settings, items))
    metadata.append(make.meta(name="cover", content="cover-svg"))  # where EPUB 2 looks for it
    return metadata


def _describe(book: Book, settings: Settings, items: Sequence[Item]) -> Iterator[tuple[str, str]]:
    """When it changed last, by its own dates, and how it can be read (EPUB Accessibility 1.0)."""
    modified = book.modified.replace(tzinfo=ZoneInfo(settings.timezone)).astimezone(UTC)
    yield "dcterms:modified", f"{modified:%Y-%m-%dT%H:%M:%SZ}"
    pictures = [item for item in items if item.type.startswith("image/") and not item.role]
    yield "schema:accessMode", "textual"
    if pictures:
        yield "schema:accessMode", "visual"
    yield "schema:accessModeSufficient", "textual"
    features = ("tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability")
    for feature in (*features, *(("alternativeText",) if pictures else ())):
        yield "schema:accessibilityFeature", feature
    yield "schema:accessibilityHazard", "unknown" if any(i.type == "image/gif" for i in pictures) else "none"
    described = " Chaque image a un texte de remplacement." if pictures else ""
    yield "schema:accessibilitySummary", f"{_SUMMARY}{described} Le dessin de la couverture est décoratif."


def _write(root: Any) -> bytes:
    etree.indent(root)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
