"""A card of shared pages, drawn by Typst with the theme's ``paper/sharing.typ``: the same bytes each time."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import msgspec
from PIL import Image

from plugins.press.covers import draw_cover_file
from plugins.press.paper.compiling import draw_picture

if TYPE_CHECKING:
    from plugins.press.rendering import Press
    from plugins.press.sharing import Card
    from plugins.press.theme import Theme

COLOURS = 64
_LONG_WORD = re.compile(r"\S{24,}")
"""May be cut anywhere: no type is small enough for it."""


def render_card(view: Card, press: Press) -> bytes:
    """The card as PNG: few colours, so that it weighs little."""
    said = msgspec.structs.asdict(view) | _draw(view, press.theme)
    said |= {"title": _LONG_WORD.sub(_cut, view.title), "note": _LONG_WORD.sub(_cut, view.note)}
    drawn = draw_picture("sharing.typ", press.theme.paper, press.theme.fonts, msgspec.json.encode(said))
    image = Image.open(io.BytesIO(drawn)).convert("RGB")
    few = image.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    out = io.BytesIO()
    few.save(out, "PNG", compress_level=4)
    return out.getvalue()


def _draw(card: Card, theme: Theme) -> dict[str, str]:
    """The drawings on a card. On that of a report, whose ground is the sun's, the sun of the mark is of paper."""
    on_sun = {"sun": "paper", "ink": "on-sun"} if card.year else {}
    return {
        "mark": theme.tokens.draw(theme.source("drawings/sun.html"), **on_sun),
        "landscape": theme.tokens.draw(theme.source("drawings/landscape.html")),
        "cover": draw_cover_file(card.cover, theme.palettes).decode() if card.cover else "",
    }


def _cut(word: re.Match[str]) -> str:
    return "\N{ZERO WIDTH SPACE}".join(word[0])
