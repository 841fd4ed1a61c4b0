#!/usr/bin/env python3
"""Draws the icons that cannot be SVG (``static/icons/``) from ``static/favicon.svg``: run it when that changes."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import typst

STATIC = Path(__file__).parent / "static"
ICONS = {
    # name: pixels, how much of the width is drawn on, whether its corners are filled
    "apple-touch": (180, 100, True),
    "192": (192, 100, False),
    "512": (512, 100, False),
    "maskable": (512, 74, True),  # a launcher may cut all but a circle of four fifths of it
}
_PAGE = """#set page(width: {size}pt, height: {size}pt, margin: 0pt, fill: {ground})
#place(center + horizon, image(bytes(sys.inputs.drawing), format: "svg", width: {width}%))"""


def draw(name: str, drawing: str) -> bytes:
    """The icon of that name as PNG, of a square drawing in SVG whose ground is a ``rect``."""
    size, width, filled = ICONS[name]
    found = re.search(r'<rect [^>]*fill="(#[0-9a-f]{6})"', drawing)
    ground = f'rgb("{found[1]}")' if found and filled else "none"
    page = _PAGE.format(size=size, width=width, ground=ground).encode()
    image = typst.compile(page, format="png", ppi=72, sys_inputs={"drawing": drawing})
    if not isinstance(image, bytes):
        raise TypeError(name)  # of several pages it would be a list
    return image


def main() -> int:
    drawing = (STATIC / "favicon.svg").read_text(encoding="utf-8")
    (STATIC / "icons").mkdir(exist_ok=True)
    for name in ICONS:
        (STATIC / "icons" / f"{name}.png").write_bytes(draw(name, drawing))
    return 0


if __name__ == "__main__":
    sys.exit(main())
