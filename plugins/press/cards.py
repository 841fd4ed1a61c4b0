"""A card of shared pages, drawn by Typst with the theme's ``paper/sharing.typ``: the same bytes each time."""

from __future__ import annotations

import io
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from PIL import Image

from plugins.press.covers import draw_cover
from plugins.press.problems import PressError

if TYPE_CHECKING:
    from plugins.press.rendering import Press
    from plugins.press.sharing import Card

COLOURS = 64
_LONG_WORD = re.compile(r"\S{24,}")
"""May be cut anywhere: no type is small enough for it."""


def render_card(view: Card, press: Press) -> bytes:
    """The card as PNG: few colours, so that it weighs little."""
    said = msgspec.structs.asdict(view) | {"cover": str(draw_cover(view.cover)) if view.cover else ""}
    said |= {"title": _LONG_WORD.sub(_cut, view.title), "note": _LONG_WORD.sub(_cut, view.note)}
    drawn = _draw(press.theme.folder, msgspec.json.encode(said).decode())
    image = Image.open(io.BytesIO(drawn)).convert("RGB")
    few = image.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    out = io.BytesIO()
    few.save(out, "PNG", compress_level=4)
    return out.getvalue()


def _draw(theme: Path, said: str) -> bytes:
    try:
        import typst
    except ImportError as error:
        message = (
            "Typst, qui dessine les images de partage, n'est pas installé. Effacer le dossier .venv et relancer "
            "./site, ou construire sans lui (--no-pdf)."
        )
        raise PressError(message) from error
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
