"""What rendering a body gives: frozen values without a trace of the Markdown library."""

from msgspec import Struct


class Heading(Struct, frozen=True, array_like=True, gc=False):
    """A heading of the body (h2 to h6); ``text`` is plain text, ``id`` is unique in the body."""

    level: int
    id: str
    text: str


class Link(Struct, frozen=True, array_like=True, gc=False):
    """A link, an image or a figure as typed (entities decoded), with its place in the file, from 1."""

    target: str
    line: int
    column: int
    image: bool


class Fence(Struct, frozen=True, array_like=True, gc=False):
    """A block of YAML as typed, and the line of the file at which it begins, from 1."""

    source: str
    line: int


class Body(Struct, frozen=True, array_like=True, gc=False):
    """The rendered text of one file.

    ``html`` is safe HTML with three kinds of tokens for the site to resolve: ``href="link:N"`` and
    ``src="link:N"``, where N is the index in ``links``; ``<data value="figure:ID"></data>``, one
    for each of ``figures`` in the same order; ``<data value="block:N"></data>``, where N is the rank of a
    block from 0. ``text`` is the first paragraph as plain text, of 300
    characters at most; a figure stands there as typed: ``[[chiffre:ID]]``. ``words`` counts the plain
    text, for the reading time. ``anchors`` are all ids of the HTML, in order.
    """

    html: str
    text: str
    words: int
    headings: tuple[Heading, ...]
    anchors: tuple[str, ...]
    links: tuple[Link, ...]
    figures: tuple[Link, ...]
