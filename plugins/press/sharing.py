"""The picture that stands for a page where its address is shared: its own cropped, or a card drawn with its words.

The theme draws cards (``paper/sharing.typ``). Only the latest documents of each kind have one of their own
(``SHARING_CARDS``): drawing takes some hundredths of a second, and what is old is seldom shared. The others share the
card of the site.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import msgspec
from msgspec import Struct

from plugins.press.documents import Document
from plugins.press.outputs import Deferred, Function, Output
from plugins.press.pictures.facts import WIDTHS, Facts, scale
from plugins.press.pictures.outputs import SHARED, Original
from plugins.press.settings import Settings
from plugins.press.site import Site
from plugins.press.typography import french_text

SITE_CARD = "/partage.png"
WIDTH, HEIGHT = 1200, 630
_LENGTH = 220


class Card(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What a card says. ``date`` is weekday, day (or two, of a range) and month; ``cover`` the slug that draws one.

    A card with a ``year`` is a report's; one without ``kicker`` the site's.
    """

    title: str
    kicker: str = ""
    note: str = ""
    date: tuple[str, tuple[str, ...], str] | None = None
    struck: bool = False
    cover: str = ""
    year: str = ""
    lang: str = "fr"
    site: str = ""

    @property
    def words(self) -> str:
        """All that one can read on it, for who cannot see it."""
        above, days, below = self.date or ("", (), "")
        date = " ".join(filter(None, (above, " → ".join(days), *below.splitlines())))
        title = f"{self.title} {self.year}".strip()
        return ", ".join(filter(None, (self.kicker, date, title, self.note, self.site)))


class Face(Struct, frozen=True):
    """The picture of a page: its address, its words, and the output that makes it; nothing for the site's own."""

    image: str = ""
    alt: str = ""
    outputs: tuple[Output, ...] = ()


def build_face(site: Site, document: Document, card: Card | None) -> Face:
    """The face of a document: its own picture if that is large enough, else the card, if there is one."""
    image = document.image
    facts = site.pictures.get(image.path) if image else None
    if image and facts and _is_large(facts):
        url = f"{document.url}partage.jpg"
        original = Deferred(facts.digest, partial(Original, image.path, facts.digest))
        return Face(url, image.alt, (Output(url, SHARED, original, image.path),))
    if card is None:
        return Face()
    url, card = f"{document.url}partage.png", _set(card, site.settings, document.lang)
    return Face(url, card.words, (Output(url, _CARD, card, document.path),))


def _is_large(facts: Facts) -> bool:
    """Whether the picture, no wider than the site makes them, fills half of the room that it would have."""
    if not facts.is_raster:
        return False
    width, height = scale(facts, min(facts.width, WIDTHS[-1]))
    return width >= WIDTH // 2 and height >= HEIGHT // 2


def build_site_card(settings: Settings) -> Iterator[Output]:
    """The card of the site, for all pages that have none."""
    if settings.sharing_cards:
        yield Output(SITE_CARD, _CARD, _set(Card(title=settings.tagline), settings, settings.lang), "le site")


def _set(card: Card, settings: Settings, lang: str) -> Card:
    """The card as it is to be read: French typography, nothing too long for its room."""
    texts = {name: french_text(_shorten(getattr(card, name))) for name in ("title", "kicker", "note")}
    return msgspec.structs.replace(card, site=settings.name, lang=lang, **texts)


def _shorten(text: str) -> str:
    if len(text) <= _LENGTH:
        return text
    head = text[:_LENGTH].rpartition(" ")[0] or text[: _LENGTH - 1]
    return head.rstrip(" ,;:.–—-") + "…"


RECIPE = (
    "press/cards.py",
    "press/covers.py",
    "press/paper/compiling.py",
    "press/tokens.py",
    "theme:tokens",
    "theme:paper/sharing.typ",
    "theme:paper/style.typ",
    "theme:paper/fonts/",
    "theme:templates/drawings/landscape.html",
    "theme:templates/drawings/sun.html",
    "theme:templates/drawings/sunrise.html",
    "pillow",
    "typst",
)
_CARD = Function("plugins.press.cards:render_card", recipe=RECIPE, sure=True)
