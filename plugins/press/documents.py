"""A Document is one content file, read and validated: frozen, and without its text (that lies apart by hash)."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from plugins.press.markdown import Heading, Link

Mark = tuple[int, int]
"""Line and column in a file, both from 1."""


class Image(Struct, frozen=True, gc=False):
    """The picture of a document: a path from ``content/``, its alternative text, its credit."""

    path: str
    alt: str
    credit: str = ""


class Text(Struct, frozen=True, gc=False):
    """What is known of a body without reading it; ``digest`` finds its HTML."""

    digest: bytes
    words: int
    headings: tuple[Heading, ...] = ()
    anchors: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    figures: tuple[Link, ...] = ()


class Document(Struct, frozen=True, kw_only=True, tag_field="kind", gc=False):
    """What all kinds have in common; each subject's ``model.py`` adds its own fields.

    ``path`` is written from ``content/`` with ``/``; ``url`` begins and ends with ``/``. Times are
    local (Europe/Paris) and naive. ``marks`` gives the place of each front matter key.
    """

    path: str
    url: str
    title: str
    slug: str
    text: Text
    summary: str = ""
    tags: tuple[str, ...] = ()
    draft: bool = False
    date: datetime | None = None
    modified: datetime | None = None
    authors: tuple[str, ...] = ()
    image: Image | None = None
    aliases: tuple[str, ...] = ()
    lang: str = "fr"
    marks: dict[str, Mark] = {}

    def mark(self, *fields: str) -> Mark:
        """The place of the first of these fields that the file has, else the top of the file."""
        return next((self.marks[field] for field in fields if field in self.marks), (1, 1))


def reading_minutes(words: int) -> int:
    """Whole minutes at 230 words a minute (silent reading of French), at least one."""
    return max(1, round(words / 230))
