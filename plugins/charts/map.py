"""A map of departments: as much sun in each as it has of what is counted, and the number itself."""

from __future__ import annotations

from plugins.charts.model import Chart, spell
from plugins.charts.scale import span
from plugins.press.canvas import SUN, WIDTH, Canvas
from plugins.press.regions import HEIGHT, SHAPES
from plugins.press.regions import WIDTH as MAP_WIDTH

_MARGIN = (WIDTH - MAP_WIDTH) / 2
_MOST = 0.45
"""Of the sun: with more of it, numbers could not be read at night, or on the sun of another look."""


def draw_map(chart: Chart, canvas: Canvas) -> None:
    """Draw each department with its number and its code."""
    _, high = span(chart.values)
    for code, (_, (value, *_)) in zip(chart.codes, chart.rows, strict=True):
        path, left, y = SHAPES[code]
        x = left + _MARGIN
        share = f"{max(value or 0, 0) / high * _MOST:.2f}"
        canvas.draw(
            path,
            transform=f"translate({_MARGIN:.0f} 0)",
            fill=SUN,
            fill_opacity=share,
            stroke="currentColor",
            stroke_width=1.5,
        )
        canvas.text(spell(value), x, y + 3, "middle", bold=True)
        canvas.text(code, x, y + 19, "middle")
    canvas.y = HEIGHT
