"""The book: its pages, what tells how it is made, and the one archive that holds them, the same each time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from markupsafe import Markup
from msgspec import Struct

from plugins.dossiers.book import EDITORIAL, Book, Chapter, aim
from plugins.dossiers.epub import package, pictures
from plugins.dossiers.epub.package import FOLDER, PACKAGE, Entry, Item
from plugins.dossiers.epub.xhtml import SVG, adapt, name, read_page, write_page
from plugins.press.covers import draw_cover_file
from plugins.press.pictures import markup
from plugins.press.pictures.copies import read_copy
from plugins.press.typography import french_text

if TYPE_CHECKING:
    from plugins.press.rendering import Press

_DRAWING = re.compile("<svg.*?</svg>", re.DOTALL)
"""In its words no sign is left that could be taken for an attribute."""


class Page(Struct, frozen=True):
    """templates/book/*.xhtml: a page of the book. ``html`` is the text of its chapter, ``entries`` are the contents."""

    book: Book
    chapter: Chapter | None = None
    html: Markup = Markup()
    entries: tuple[Entry, ...] = ()


def render_epub(book: Book, press: Press) -> bytes:
    """The archive: order, dates and rights are fixed, and nothing is compressed, for no two machines do that alike."""
    items = _Pages(book, press).build()
    files = [
        (
            "mimetype",
            b"application/epub+zip",
        ),  # first, so that the archive can be told by its first bytes (OCF 3.2, §4.3)
        ("META-INF/container.xml", package.build_container()),
        (f"{FOLDER}/{PACKAGE}", package.build_package(book, press.settings, items)),
        *((f"{FOLDER}/{item.name}", item.data) for item in items),
    ]
    return _archive(files)


def _archive(files: Iterable[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for path, data in files:
            info = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o644 << 16  # as on Unix, wherever it is made
            archive.writestr(info, data)
    return buffer.getvalue()


class _Pages:
    def __init__(self, book: Book, press: Press) -> None:
        self.book = aim(book, _inside, press.absolute)
        self.press = press
        self.pictures = pictures.embed(book.pictures, partial(read_copy, press=press))

    def build(self) -> list[Item]:
        """All files of the book but those that tell how it is made; the pages in the order of reading."""
        book, entries = self.book, tuple(self._entries())
        return [
            self._page("cover", Page(book)),
            self._page("contents", Page(book, entries=entries), role="nav"),
            *(self._chapter(chapter) for chapter in book.chapters),
            *([self._page("resources", Page(book))] if book.resources else ()),
            self._page("sources", Page(book)),
            package.ncx(package.build_ncx(book, self.press.settings, entries)),
            Item("book.css", "text/css", self.press.template("book/book.css", None).encode()),
            Item("cover.svg", "image/svg+xml", draw_cover_file(book.slug, self.press.theme.palettes), "cover-image"),
            *(Item(picture.name, picture.type, picture.data) for picture in self.pictures.values()),
        ]

    def _entries(self) -> Iterator[Entry]:
        yield Entry("Couverture", "cover.xhtml")
        for chapter in self.book.chapters:
            file = f"{chapter.key}.xhtml"
            below = [h for h in chapter.text.headings if h.level == 2 and h.text]
            title = "Éditorial" if chapter.key == EDITORIAL else french_text(chapter.title)
            lines = tuple(Entry(french_text(h.text), f"{file}#{name(h.id)}") for h in below)
            yield Entry(title, file, lines)
        if self.book.resources:
            yield Entry("À lire et à voir ailleurs", "resources.xhtml")
        yield Entry("D’où viennent ces pages", "sources.xhtml")

    def _chapter(self, chapter: Chapter) -> Item:
        html = self.press.body(chapter.text, chapter.targets)
        return self._page("chapter", Page(self.book, chapter, html), file=chapter.key)

    def _page(self, template: str, page: Page, *, file: str = "", role: str = "") -> Item:
        html = markup.flatten(self.press.template(f"book/{template}.xhtml", page))
        root = read_page(_DRAWING.sub(lambda found: self.press.theme.tokens.resolve(found[0]), html))
        pictures.place(root, self.pictures, self.press.absolute)
        adapt(root)
        drawn = next(root.iter(f"{{{SVG}}}svg"), None) is not None
        return package.page(f"{file or template}.xhtml", write_page(root), role or ("svg" if drawn else ""))


def _inside(key: str, anchor: str) -> str:
    return f"{key}.xhtml#{name(anchor)}" if anchor else f"{key}.xhtml"
