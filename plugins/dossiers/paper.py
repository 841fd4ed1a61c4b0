"""A dossier on paper: the editorial, the parts in order, what to read elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from plugins.dossiers.book import Book, Chapter, aim
from plugins.dossiers.model import Resource
from plugins.press import french
from plugins.press.paper import documents
from plugins.press.paper.documents import Cover, Printed, build_text
from plugins.press.paper.nodes import Node, heading, paragraph, piece, words
from plugins.press.paper.pictures import Pictures

if TYPE_CHECKING:
    from plugins.press.paper.sheets import Sheet
    from plugins.press.rendering import Press


def build_sheet(book: Book, press: Press) -> Sheet:
    """What is printed of a dossier."""
    pictures = Pictures(book.pictures, press)
    aimed = aim(book, lambda key, anchor: f"#{key}-{anchor}" if anchor else f"#{key}", press.absolute)
    writers = f"Textes : {french.enumerate_words(book.authors)}." if book.authors else ""
    printed = Printed(
        title=book.title,
        cover=Cover(
            title=book.title,
            slug=book.slug,
            kicker=f"Dossier {_state(book)}",
            lines=tuple(filter(None, (book.summary, writers))),
        ),
        nodes=[*_build_nodes(aimed, press, pictures)],
        page=book.url,
        published=book.modified,
        description=book.summary,
        authors=book.authors,
        keywords=tuple(tag.label for tag in book.tags),
        lang=book.lang,
        pictures=pictures,
        sources=tuple(chapter.path for chapter in (book.editorial, *book.parts)),
        colophon=(paragraph(*words(_tell_origin(book, press.settings.name))),),
    )
    return documents.build_sheet(printed, press)


def _state(book: Book) -> str:
    return "complet" if book.state == "complete" else "ouvert"


def _build_nodes(book: Book, press: Press, pictures: Pictures) -> Iterator[Node]:
    """Each part begins on a page, as it has its own on the site."""
    for chapter in book.chapters:
        yield heading(1, chapter.title if chapter.number else "Éditorial", chapter.key, page=True)
        yield from _build_chapter(chapter, len(book.parts), press, pictures)
    if book.resources:
        yield heading(1, "À lire et à voir ailleurs")
        yield ["ul", {}, [*map(_build_resource, book.resources)]]


def _build_chapter(chapter: Chapter, total: int, press: Press, pictures: Pictures) -> Iterator[Node]:
    if chapter.number:
        authors = f", par {french.enumerate_words(chapter.authors)}" if chapter.authors else ""
        said = f"Partie {chapter.number} sur {total} · {french.long_day(chapter.date)}{authors}"
        yield piece("byline", *words(said))
    if chapter.picture:
        yield pictures.show(chapter.picture.shown.url, chapter.picture.alt, chapter.picture.credit)
    html = press.body(chapter.text, chapter.targets, place=chapter.key)
    yield from build_text(html, chapter.path, pictures, press, top=2)


def _build_resource(resource: Resource) -> Node:
    note = [paragraph(*words(resource.note))] if resource.note else []
    return ["li", {}, [paragraph(["a", {"href": resource.url}, words(resource.title)]), *note]]


def _tell_origin(book: Book, site: str) -> str:
    told = f"« {book.title} » est un dossier {_state(book)} de {site}, publié le {french.long_day(book.date)}"
    if book.modified.date() != book.date.date():
        told += f" et mis à jour le {french.long_day(book.modified)}"
    return f"{told}."
