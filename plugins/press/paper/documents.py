"""A document on paper: a cover, contents with page numbers, texts, and where all of it is on the web."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from plugins.press import french
from plugins.press.covers import draw_cover_file
from plugins.press.paper.keeping import keep_together
from plugins.press.paper.links import TOP, lead
from plugins.press.paper.nodes import Node
from plugins.press.paper.pictures import Pictures
from plugins.press.paper.places import refuse
from plugins.press.paper.qrcodes import draw_qr_code
from plugins.press.paper.sheets import Sheet
from plugins.press.paper.texts import UnknownElementError, build_tree
from plugins.press.pictures import markup
from plugins.press.typography import french_text

if TYPE_CHECKING:
    from plugins.press.rendering import Press

CSV = "text/csv"


class Cover(Struct, frozen=True, kw_only=True):
    """What stands on the cover: ``kicker`` above the title, ``big`` (a year) below it, then lines of text.

    ``slug`` draws the pattern; ``ground`` is the surface of the title: « sun » or « glow ».
    """

    title: str
    slug: str
    kicker: str = ""
    big: str = ""
    lines: tuple[str, ...] = ()
    ground: str = "glow"


class Attachment(Struct, frozen=True):
    """A file inside the PDF: its name there, what it holds, its media type."""

    name: str
    data: bytes
    description: str
    type: str = CSV


class Printed(Struct, frozen=True, kw_only=True):
    """A document before it is set. ``page`` is its address on the site, ``nodes`` its texts and pieces.

    ``inside`` are the other pages of the site that it holds: address → the anchor of where it begins.

    ``published`` is its date: that of its content, never the build's. ``sources`` are the content files of its
    texts. ``is_large`` sets it for readers who need large print.
    """

    title: str
    cover: Cover
    nodes: Sequence[Node]
    page: str
    inside: Mapping[str, str] = MappingProxyType({})
    published: datetime
    description: str = ""
    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    lang: str = "fr"
    pictures: Pictures
    attachments: tuple[Attachment, ...] = ()
    sources: tuple[str, ...] = ()
    colophon: tuple[Node, ...] = ()
    is_large: bool = False


def build_sheet(printed: Printed, press: Press) -> Sheet:
    """What ``document.typ`` reads."""
    lead(printed.nodes, {printed.page: TOP, **printed.inside}, press.absolute)
    address = press.absolute(printed.page)
    settings = press.settings
    files = {file.name: file.data for file in printed.attachments}
    data: dict[str, Any] = {
        "title": french_text(printed.title),
        "authors": [*printed.authors] or [settings.name],
        "description": french_text(printed.description),
        "keywords": [*printed.keywords],
        "lang": printed.lang,
        "site": settings.name,
        "tagline": french_text(settings.tagline),
        "address": address,
        "licence": {"label": settings.licence.label, "url": settings.licence.url},
        "date": french_text(french.long_day(printed.published)),
        "cover": {
            "kicker": french_text(printed.cover.kicker),
            "title": french_text(printed.cover.title),
            "big": printed.cover.big,
            "ground": printed.cover.ground,
            "lines": [french_text(line) for line in printed.cover.lines],
        },
        "body": keep_together(printed.nodes),
        "colophon": [*printed.colophon],
        "attachments": [
            {"name": file.name, "type": file.type, "description": french_text(file.description)}
            for file in printed.attachments
        ],
        "enclosed": french_text(french.plural(len(printed.attachments), "tableau de données", "tableaux de données")),
        "is_large": printed.is_large,
    }
    files |= {"cover.svg": draw_cover_file(printed.cover.slug, press.theme.palettes), "qr.svg": draw_qr_code(address)}
    pictures = printed.pictures
    return Sheet(data, printed.published, {**pictures.files, **files}, pictures.origins, printed.sources)


def build_text(html: str, source: str, pictures: Pictures, press: Press, *, top: int) -> list[Node]:
    """The nodes of a body as the page shows it, its highest heading at level ``top``; ``source`` is its file.

    Raises ``UnprintableError`` naming the place of what paper cannot show.
    """
    try:
        return build_tree(markup.flatten(html), pictures, top=top)
    except UnknownElementError as error:
        message = f"<{error.tag}> n'a pas de forme sur papier, pour le PDF. L'écrire autrement, ou le retirer."
        raise refuse(press.places.content, (source,), [(f"<{error.tag}", message)]) from None
