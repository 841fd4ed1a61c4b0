"""Bars that lie: a row for each label, its numbers at the right, as in a table."""

from __future__ import annotations

from msgspec import Struct

from plugins.charts.model import Chart, Value, spell
from plugins.charts.scale import span
from plugins.press.canvas import WIDTH, Canvas, widest
from plugins.press.markup import show
from plugins.press.typography import french_text

_SHORT, _LEAST = 150, 90
"""Labels up to this width stand beside their bar, else above it; a bar has at least this room."""
_BAR, _STEP, _GAP = 14, 16, 8
"""How high a bar is, from one to the next of a row, and between two rows."""


class _Layout(Struct, frozen=True):
    """Where things stand: bars from ``left`` to ``right``; ``beside`` when their label is at their left."""

    left: float
    right: float
    low: float
    high: float
    beside: bool

    def place(self, value: float) -> float:
        return self.left + (value - self.low) / (self.high - self.low) * (self.right - self.left)


def draw_bars(chart: Chart, canvas: Canvas) -> None:
    """Draw a row for each label; with several series, first what each of them is."""
    layout = _lay_out(chart)
    canvas.y = 4
    if len(chart.series) > 1:
        canvas.legend(chart.series)
    zero = f"M{show(layout.place(0))} "
    lines = ""
    for label, values in chart.rows:
        if layout.beside:
            middle = canvas.y + _STEP * len(values) / 2 + 4
            canvas.text(french_text(label), layout.left - 8, middle, "end")
        else:
            canvas.label(label)
            canvas.y += 4
        top = canvas.y
        _draw_row(chart, layout, values, canvas)
        lines += f"{zero}{show(top - 2)}V{show(canvas.y)}"
        canvas.y += _GAP
    canvas.rule(lines)


def _lay_out(chart: Chart) -> _Layout:
    labels = widest(french_text(label) for label, _ in chart.rows) + 10
    right = WIDTH - widest((spell(value, chart.unit) for value in chart.values), bold=True) - 8
    beside = labels <= _SHORT and right - labels >= _LEAST
    low, high = span(chart.values)
    return _Layout(labels if beside else 1, right, low, high, beside)


def _draw_row(chart: Chart, layout: _Layout, values: tuple[Value, ...], canvas: Canvas) -> None:
    for rank, value in enumerate(values):
        if value:
            start, end = sorted((layout.place(0), layout.place(value)))
            canvas.box(start, max(end - start, 0.8), _BAR, rank)
        canvas.text(spell(value, chart.unit), WIDTH, canvas.y + _BAR - 2, "end", bold=True)
        canvas.y += _STEP
