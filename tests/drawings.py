"""What a drawing really shows: its texts with their places, measured with the face that sets them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from lxml import etree
from msgspec import Struct
from PIL import ImageFont

SVG = "{http://www.w3.org/2000/svg}"
_FONTS = Path(__file__).parents[1] / "themes/cresol/paper/fonts"
_NUMBER = r"-?\d+(?:\.\d+)?"


class Word(Struct, frozen=True):
    """A line of text: from ``left`` to ``right``, standing on ``y``."""

    text: str
    left: float
    right: float
    y: float
    size: float


def parse(svg: str) -> etree._Element:
    return etree.fromstring(svg)


def frame(drawing: etree._Element) -> tuple[float, float]:
    """Its width and height."""
    left, top, width, height = map(float, drawing.get("viewBox").split())
    assert (left, top) == (0, 0)
    return width, height


def words(drawing: etree._Element) -> list[Word]:
    return [_measure(text) for text in drawing.iter(f"{SVG}text")]


def texts(drawing: etree._Element) -> list[str]:
    """What is written, spaces made plain."""
    return [" ".join(word.text.split()) for word in words(drawing)]


def _measure(text: etree._Element) -> Word:
    size = float(text.get("font-size", 14))
    weight, anchor = (text.get(name) or text.getparent().get(name) for name in ("font-weight", "text-anchor"))
    width = _face("Bold" if weight == "700" else "Regular").getlength(text.text) * size / 1000
    x = float(text.get("x"))
    left = x - {None: 0, "middle": width / 2, "end": width}[anchor]
    return Word(text.text, left, left + width, float(text.get("y")), size)


@cache
def _face(weight: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONTS / f"AtkinsonHyperlegibleNext-{weight}.ttf"), 1000)


def boxes(drawing: etree._Element) -> list[tuple[str, float, float, float, float]]:
    """The rectangles: how each is filled, x, y, width, height."""
    corner = re.compile(rf"M({_NUMBER}) ({_NUMBER})h({_NUMBER})v({_NUMBER})h-{_NUMBER}z")
    return [
        (path.get("fill"), *map(float, found))
        for path in drawing.findall(f"{SVG}path")
        for found in corner.findall(path.get("d"))
    ]


def assert_is_whole(svg: str) -> etree._Element:
    """The drawing: alone, named, without style or script, all that is written inside its frame and apart."""
    drawing = parse(svg)
    width, height = frame(drawing)
    named = drawing.get("aria-labelledby").split()
    assert [drawing.find(f"{SVG}{tag}").get("id") for tag in ("title", "desc")] == named
    assert all(drawing.find(f"{SVG}{tag}").text for tag in ("title", "desc"))
    assert not drawing.xpath("//@style | //@class | //*[local-name()='style' or local-name()='script']")
    assert set(re.findall(r"url\(#([^)]+)\)", svg)) <= set(drawing.xpath("//@id"))
    found = words(drawing)
    for word in found:
        assert word.left >= -0.5, word
        assert word.right <= width + 0.5, word
        assert word.size * 0.7 <= word.y <= height - 1, word
    for rank, word in enumerate(found):
        for other in found[rank + 1 :]:
            apart = word.right <= other.left + 1 or other.right <= word.left + 1 or abs(word.y - other.y) > 11
            assert apart, (word, other)
    return drawing
