"""A Document is one content file, read and validated: frozen, and without its text (that lies apart by hash)."""

import posixpath
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import TypeVar
from urllib.parse import unquote

import msgspec
from msgspec import Struct

from plugins.press.markdown import Heading

OUTSIDE = ("http://", "https://", "mailto:", "tel:")
_PREFIXES = ("{filename}", "{static}", "{attach}")

_EARLIEST, _LATEST = datetime(1, 1, 1), datetime(9999, 12, 31)

Mark = tuple[int, int]
"""Line and column in a file, both from 1."""


class Image(Struct, frozen=True, gc=False):
    """The picture of a document: what the editor wrote, the file it means, its alternative text, its credit."""

    target: str
    path: str
    alt: str
    credit: str = ""


class Reference(Struct, frozen=True, array_like=True, gc=False):
    """A link or picture of a text. ``path`` is the file it means, from ``content/``; ``""`` when it leads elsewhere."""

    target: str
    path: str
    line: int
    column: int
    image: bool = False


class Block(Struct, frozen=True, array_like=True, gc=False):
    """A drawing that a text asks for: its kind, and its value, packed (``blocks.read_value`` gives it back)."""

    kind: str
    data: bytes


class Text(Struct, frozen=True, array_like=True, gc=False):
    """What is known of a body without reading it; ``digest`` finds its HTML. ``other_anchors`` are no headings."""

    digest: bytes
    words: int
    headings: tuple[Heading, ...] = ()
    other_anchors: tuple[str, ...] = ()
    links: tuple[Reference, ...] = ()
    figures: tuple[Reference, ...] = ()
    blocks: tuple[Block, ...] = ()

    @property
    def anchors(self) -> tuple[str, ...]:
        """Every place of the text that a link can aim at."""
        return (*(heading.id for heading in self.headings), *self.other_anchors)


_NO_TEXT = Text(digest=b"", words=0)


class Document(Struct, frozen=True, kw_only=True, tag_field="kind", array_like=True, gc=False):
    """What all kinds have in common; each subject's ``model.py`` adds its own fields.

    ``face`` is a hash of all that the document says but its text: what lists, feeds and calendars may show of it.
    ``whole`` is one of its text too.
    ``path`` is written from ``content/`` with ``/``; ``url`` begins and ends with ``/``. Times are
    local (Europe/Paris) and naive. ``marks`` gives the places of the fields
    that problems between documents point at.
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
    face: bytes = b""
    whole: bytes = b""

    @property
    def changed(self) -> str:
        """The day on which it was last changed, or published, in ISO 8601; ``""`` when that is not known."""
        moment = self.modified or self.date
        return moment.date().isoformat() if moment else ""

    def mark(self, *fields: str) -> Mark:
        """The place of the first of these fields that the file has, else the top of the file."""
        return next((self.marks[field] for field in fields if field in self.marks), (1, 1))


D = TypeVar("D", bound=Document)


def with_face(document: D) -> D:
    """The document with its hashes: quick to compare, where its fields are not."""
    bare = msgspec.structs.replace(document, text=_NO_TEXT, marks={}, face=b"", whole=b"")
    face = blake2b(msgspec.msgpack.encode(bare), digest_size=16).digest()
    whole = blake2b(msgspec.msgpack.encode(document.text), digest_size=16, key=face).digest()
    return msgspec.structs.replace(document, face=face, whole=whole)


def newest_first(document: Document) -> tuple[timedelta, str, str]:
    """By date, latest first and undated last; then title and path, so that the order is the same everywhere."""
    return (_LATEST - (document.date or _EARLIEST), document.title, document.path)


def resolve_path(target: str, document_path: str) -> str:
    """The file from ``content/`` that a link means: relative to the document, or from the root after ``{filename}``.

    ``""`` for an address of another site. An address of this site (``/agenda/``) gives its path too: files and
    pages may both be written from the root.
    """
    if target.startswith(OUTSIDE):
        return ""
    for prefix in _PREFIXES:
        target = target.removeprefix(prefix)
    plain = target.partition("#")[0].partition("?")[0]
    plain = unquote(plain) if "%" in plain else plain
    if plain.startswith("/"):
        return plain[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(document_path), plain)) if plain else document_path


def reading_minutes(words: int) -> int:
    """Whole minutes at 230 words a minute (silent reading of French), at least one."""
    return max(1, round(words / 230))
