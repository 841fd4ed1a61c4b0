"""The picture that stands for a page where its address is shared: its own cropped, or a card drawn with its words.

The theme draws cards (``paper/sharing.typ``). Only the latest documents of each kind have one of their own
(``SHARING_CARDS``): drawing takes some hundredths of a second, and what is old is seldom shared. The others share the
card of the site.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from plugins.press.covers import draw_cover
from plugins.press.documents import Document
from plugins.press.outputs import Deferred, Function, Output
from plugins.press.pictures.facts import WIDTHS, Facts, scale
from plugins.press.pictures.outputs import SHARED, Original
from plugins.press.problems import PressError
from plugins.press.settings import Settings
from plugins.press.site import Site
from plugins.press.typography import french_text

if TYPE_CHECKING:
    from plugins.press.rendering import Press

SITE_CARD = "/partage.png"
WIDTH, HEIGHT = 1200, 630
_LENGTH = 220
_LONG_WORD = re.compile(r"\S{24,}")
"""May be cut anywhere: no type is small enough for it."""
_COLOURS = 64


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


def render_card(view: Card, press: Press) -> bytes:
    """The card as PNG: few colours, so that it weighs little."""
    from PIL import Image

    said = msgspec.structs.asdict(view) | {"cover": str(draw_cover(view.cover)) if view.cover else ""}
    said |= {"title": _LONG_WORD.sub(_cut, view.title), "note": _LONG_WORD.sub(_cut, view.note)}
    drawn = _draw(press.theme.folder, msgspec.json.encode(said).decode())
    image = Image.open(io.BytesIO(drawn)).convert("RGB")
    few = image.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    out = io.BytesIO()
    few.save(out, "PNG", compress_level=4)
    return out.getvalue()


def _draw(theme: Path, said: str) -> bytes:
    import typst

    try:
        drawn: bytes = _compiler(theme).compile(format="png", ppi=72.0, sys_inputs={"card": said})
    except typst.TypstError as error:
        message = f"{theme.name}/paper/sharing.typ : {error}"
        raise PressError(message) from error
    return drawn


def _cut(word: re.Match[str]) -> str:
    return "\N{ZERO WIDTH SPACE}".join(word[0])


@lru_cache(maxsize=1)
def _compiler(theme: Path) -> Any:
    """Typst with the theme's fonts read: made once, for it takes as long as a card."""
    import typst

    fonts = [str(theme / "paper/fonts")]
    main = str(theme / "paper/sharing.typ")
    return typst.Compiler(main, root=str(theme), font_paths=fonts, ignore_system_fonts=True)


RECIPE = (
    "press/sharing.py",
    "press/covers.py",
    "theme:paper/sharing.typ",
    "theme:paper/style.typ",
    "theme:paper/fonts/",
    "theme:templates/drawings/",
    "pillow",
    "typst",
)
_CARD = Function("plugins.press.sharing:render_card", RECIPE, sure=True)
