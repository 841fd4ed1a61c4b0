"""A dossier as one document: what all its forms beside its pages are made of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import unquote

import msgspec
from msgspec import Struct

from plugins.blog.model import Article
from plugins.dossiers.model import Dossier, Dossiers, Part, Resource
from plugins.press.documents import Text
from plugins.press.pictures.copies import Copy, find_copies
from plugins.press.pictures.facts import Target
from plugins.press.site import Site
from plugins.press.views import Link, Picture, picture

EDITORIAL = "editorial"
SMALL = 2_000_000
"""How many bytes of a picture are not too many for a book."""


class Chapter(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A text of the book. ``key`` names it in all forms; ``targets`` are where its links lead on its own page.

    ``number`` is 0 for the editorial; ``path`` is its file, for who must say where something stands.
    """

    key: str
    path: str
    number: int
    url: str
    title: str
    summary: str
    date: datetime
    authors: tuple[str, ...]
    lang: str
    picture: Picture | None
    text: Text
    targets: tuple[Target, ...]

    @property
    def has_text(self) -> bool:
        return bool(self.text.words or self.picture or self.text.links)


class Book(Struct, frozen=True, kw_only=True, array_like=True):
    """A dossier with all its texts. ``authors`` are those of all of them; ``pictures`` come each once."""

    slug: str
    url: str
    title: str
    summary: str
    state: str
    date: datetime
    modified: datetime
    lang: str
    authors: tuple[str, ...]
    tags: tuple[Link, ...]
    editorial: Chapter
    parts: tuple[Chapter, ...]
    resources: tuple[Resource, ...]
    pictures: tuple[Copy, ...]

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """The editorial, when there is one, then the parts."""
        return ((self.editorial,) if self.editorial.has_text else ()) + self.parts


def build_book(site: Site, dossier: Dossier) -> Book:
    dossiers = site.get(Dossiers)
    editorial, *parts = (_build_chapter(site, text, n) for n, text in enumerate(dossiers.texts(dossier)))
    return Book(
        slug=dossier.slug,
        url=dossier.url,
        title=dossier.title,
        summary=dossier.summary,
        state=dossier.state,
        date=dossier.date,
        modified=dossiers.modified(dossier),
        lang=dossier.lang,
        authors=dossiers.contributors(dossier),
        tags=dossiers.tags(dossier),
        editorial=editorial,
        parts=tuple(parts),
        resources=dossier.resources,
        pictures=find_copies(site, dossiers.texts(dossier)),
    )


def _build_chapter(site: Site, text: Dossier | Part | Article, number: int) -> Chapter:
    return Chapter(
        key=f"partie-{number}" if number else EDITORIAL,
        path=text.path,
        number=number,
        url=text.url,
        title=text.title,
        summary=text.summary,
        date=text.date,
        authors=text.authors,
        lang=text.lang,
        picture=picture(site, text),
        text=text.text,
        targets=site.targets(text),
    )


def aim(book: Book, inside: Callable[[str, str], str], outside: Callable[[str], str]) -> Book:
    """The book with its links from text to text made links inside of it.

    ``inside`` gives the link to a chapter, by its key and an anchor or ``""``; ``outside`` the link to an address
    that is not of the book. The addresses of pictures stay.
    """
    keys = {chapter.url: chapter.key for chapter in book.chapters}

    def turn(chapter: Chapter) -> Chapter:
        return msgspec.structs.replace(chapter, targets=tuple(lead(chapter, target) for target in chapter.targets))

    def lead(chapter: Chapter, target: Target) -> Target:
        if not isinstance(target, str):
            return target
        page, _, anchor = target.partition("#")
        key = keys.get(page or chapter.url)
        return inside(key, unquote(anchor)) if key else outside(target)

    return msgspec.structs.replace(book, editorial=turn(book.editorial), parts=tuple(map(turn, book.parts)))
