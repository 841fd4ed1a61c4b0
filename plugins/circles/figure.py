"""Circles in a page: the drawing, and below it all that it says as lists, with what it has no room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from plugins.circles.drawing import render_svg
from plugins.circles.model import Circle, Circles, Tie
from plugins.press.blocks import Shown
from plugins.press.markup import element
from plugins.press.typography import french_text

if TYPE_CHECKING:
    from plugins.press.rendering import Press


def render_figure(shown: Shown, _press: Press) -> bytes:
    """The figure."""
    circles: Circles = shown.value
    drawing = render_svg(circles, shown.name)
    return element("figure", _caption(circles), drawing, *_lists(circles), class_="chart", id=shown.name).encode()


def render_list(shown: Shown, _press: Press) -> bytes:
    """For those who see no drawing."""
    return element("figure", _caption(shown.value), *_lists(shown.value)).encode()


def _caption(circles: Circles) -> Markup:
    return element("figcaption", element("b", french_text(circles.title)))


def _lists(circles: Circles) -> list[Markup]:
    """The circles with their members; then, numbered as on the drawing, what goes from one to another."""
    found = [element("ul", *map(_list_circle, circles.circles))]
    if circles.ties:
        found.append(element("ol", *(_list_tie(tie, circles) for tie in circles.ties)))
    return found


def _list_circle(circle: Circle) -> Markup:
    pieces = [element("b", french_text(circle.name))]
    if circle.role:
        pieces.append(Markup(" : ") + french_text(circle.role))
    if circle.members:
        pieces.append(element("ul", *(element("li", french_text(member)) for member in circle.members)))
    return element("li", *pieces)


def _list_tie(tie: Tie, circles: Circles) -> Markup:
    start, end = circles.circles[tie.start].name, circles.circles[tie.end].name
    said = f" : {tie.label}" if tie.label else ""
    return element("li", french_text(f"{start} → {end}{said}"))
