"""A chart as SVG, alike in a page, alone and on paper."""

from __future__ import annotations

from markupsafe import Markup

from plugins.charts.bars import draw_bars
from plugins.charts.line import draw_line
from plugins.charts.map import draw_map
from plugins.charts.model import Chart, describe
from plugins.charts.stacked import draw_proportion, draw_stacked
from plugins.press.canvas import Canvas

_FORMS = {
    "bars": draw_bars,
    "stacked": draw_stacked,
    "line": draw_line,
    "proportion": draw_proportion,
    "map": draw_map,
}


def render_svg(chart: Chart, name: str = "graphique") -> Markup:
    """The drawing. ``name`` begins the identifiers in it, so that two drawings may stand on one page."""
    fillings = {"line": 1, "proportion": len(chart.rows)}.get(chart.kind, len(chart.series))
    canvas = Canvas(name, fillings)
    _FORMS[chart.kind](chart, canvas)
    return canvas.render(chart.title, describe(chart))
