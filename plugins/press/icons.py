"""The icons that cannot be SVG, drawn of the theme's ``static/favicon.svg``. A file of that name takes their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from plugins.press.outputs import Function
from plugins.press.paper.compiling import draw_picture
from plugins.press.snapshot import hash_recipe

if TYPE_CHECKING:
    from plugins.press.rendering import Press

SOURCE = "favicon.svg"
ICONS = {
    # name: pixels, how much of the width is drawn on, whether its corners are filled
    "48": (48, 100, False),
    "apple-touch": (180, 100, True),
    "192": (192, 100, False),
    "512": (512, 100, False),
    "maskable": (512, 74, True),  # a launcher may cut all but a circle of four fifths of it
}
RECIPE = ("press/icons.py", "press/paper/compiling.py", "typst")
_GROUND = re.compile(rb'<rect [^>]*fill="(#[0-9a-f]{6})"')
_PAGE = """#set page(width: {size}pt, height: {size}pt, margin: 0pt, fill: {ground})
#place(center + horizon, image("favicon.svg", width: {width}%))"""


class Icon(Struct, frozen=True, array_like=True):
    """One of ``ICONS``, and the drawing that it is made of: a square one, whose ground is a ``rect``.

    ``digest`` is that of all its bytes depend on, for its address.
    """

    name: str
    drawing: bytes
    digest: bytes

    @property
    def path(self) -> str:
        """Below ``static/``."""
        return f"icons/{self.name}.png"


def build_icons(statics: Mapping[str, bytes]) -> Iterator[Icon]:
    """The icons of a theme with these static files."""
    if SOURCE in statics:
        digest = hash_recipe(RECIPE) + statics[SOURCE]
        yield from (Icon(name, statics[SOURCE], digest) for name in ICONS)


def render_icon(view: Icon, press: Press) -> bytes:
    """The icon as PNG."""
    size, width, is_filled = ICONS[view.name]
    found = _GROUND.search(view.drawing) if is_filled else None
    page = _PAGE.format(size=size, width=width, ground=f'rgb("{found[1].decode()}")' if found else "none")
    texts = {"icon.typ": page.encode(), SOURCE: view.drawing}
    return draw_picture("icon.typ", texts, press.theme.fonts, b"")


ICON = Function("plugins.press.icons:render_icon", recipe=RECIPE, sure=True)
