"""Small values that many views share: what the top of a page says, links, figures in words."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from plugins.press.documents import Document
from plugins.press.pictures.facts import Shown
from plugins.press.sharing import Face
from plugins.press.site import Site
from plugins.press.slugs import build_slug


class Link(Struct, frozen=True, array_like=True, gc=False):
    """A text and where it leads."""

    label: str
    url: str


class Feed(Struct, frozen=True, array_like=True, gc=False):
    """A feed or calendar that a page announces: ``type`` is its media type."""

    title: str
    url: str
    type: str


class Head(Struct, frozen=True, array_like=True, gc=False):
    """What every page says of itself: its title, a description, its feeds, and the way back up.

    ``image`` stands for it where its address is shared (see ``sharing``); of a page without one, the site's does.
    ``lang`` is the language of the page's own text, ``""`` when it is that of the site.
    """

    title: str
    description: str = ""
    feeds: tuple[Feed, ...] = ()
    crumbs: tuple[Link, ...] = ()
    image: str = ""
    noindex: bool = False
    image_alt: str = ""
    lang: str = ""


class Picture(Struct, frozen=True, array_like=True, gc=False):
    """The picture of a document: its forms, what one sees on it, who made it."""

    shown: Shown
    alt: str
    credit: str


RSS = "application/rss+xml"
ATOM = "application/atom+xml"
CALENDAR = "text/calendar"
JSON = "application/json"


def feed_pair(title: str, stem: str) -> tuple[Feed, Feed]:
    """The RSS and Atom forms of one feed; ``stem`` is the address without ``.rss.xml``."""
    return (Feed(title, f"{stem}.atom.xml", ATOM), Feed(title, f"{stem}.rss.xml", RSS))


def document_head(
    site: Site,
    document: Document,
    face: Face,
    feeds: tuple[Feed, ...] = (),
    crumbs: tuple[Link, ...] = (),
) -> Head:
    """The head of a document's page."""
    return Head(
        document.title,
        document.summary,
        feeds,
        crumbs,
        face.image,
        image_alt=face.alt,
        lang=document.lang if document.lang != site.settings.lang else "",
    )


def tag_links(tags: tuple[str, ...]) -> tuple[Link, ...]:
    """The tags of a document and their pages."""
    return tuple(map(_tag_link, tags))


@lru_cache(maxsize=4096)
def _tag_link(tag: str) -> Link:
    return Link(tag, f"/mots-cles/{build_slug(tag)}/")


def picture(site: Site, document: Document) -> Picture | None:
    """The picture of a document, if it has one."""
    shown, image = site.picture(document), document.image
    return Picture(shown, image.alt, image.credit) if shown and image else None
