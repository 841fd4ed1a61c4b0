"""Bars whose series lie end to end, and the parts of one whole."""

from __future__ import annotations

from collections.abc import Sequence

from plugins.charts.model import Chart, spell
from plugins.charts.scale import span
from plugins.press import french
from plugins.press.canvas import LINE, SIZE, WIDTH, Canvas, widest
from plugins.press.lettering import measure

_BAR, _WHOLE = 16, 34
"""How high a bar is, and the one of a whole."""


def draw_stacked(chart: Chart, canvas: Canvas) -> None:
    """Draw a bar for each label: below it what its parts are, at the right their sum."""
    canvas.legend(chart.series)
    totals = [sum(value or 0 for value in values) for _, values in chart.rows]
    _, high = span(totals)
    room = WIDTH - 12 - widest((spell(total, chart.unit) for total in totals), bold=True)
    for (label, values), total in zip(chart.rows, totals, strict=True):
        canvas.label(label)
        canvas.y += 3
        sizes = [(value or 0) / high * room for value in values]
        _draw_parts(sizes, _BAR, canvas)
        canvas.text(spell(total, chart.unit), WIDTH, canvas.y + SIZE - 1, "end", bold=True)
        canvas.y += _BAR + SIZE
        _draw_numbers([spell(value, chart.unit, signed=False) if value else "" for value in values], sizes, canvas)
        canvas.y += 12


def draw_proportion(chart: Chart, canvas: Canvas) -> None:
    """Draw a bar that is the whole, and below each part with its share."""
    values = [values[0] or 0 for _, values in chart.rows]
    total = sum(values) or 1
    canvas.y = 2
    _draw_parts([value / total * (WIDTH - 2) for value in values], _WHOLE, canvas)
    canvas.y += _WHOLE + 8
    for rank, ((label, _), value, share) in enumerate(zip(chart.rows, values, shares(values), strict=True)):
        shown = f"{share if share or not value else '< 1'}{french.NARROW}%" + (
            f" ({spell(value, chart.unit)})" if chart.unit != "%" else ""
        )
        canvas.y += 3
        canvas.box(1, 18, 12, rank)
        canvas.y -= 3
        room = WIDTH - 40 - measure(shown, SIZE, bold=True)
        canvas.label(label, 28, room if room >= 110 else WIDTH - 28)
        canvas.y += 0 if room >= 110 else LINE
        canvas.text(shown, WIDTH, canvas.y - 3, "end", bold=True)
        canvas.y += 5


def shares(values: Sequence[float]) -> list[int]:
    """Each number's share of their sum, in whole hundredths that give one hundred together."""
    total = sum(values)
    if not total:
        return [0 for _ in values]
    exact = [value / total * 100 for value in values]
    shown = [int(share) for share in exact]
    by_rest = sorted(range(len(exact)), key=lambda rank: (shown[rank] - exact[rank], rank))
    for rank in by_rest[: 100 - sum(shown)]:
        shown[rank] += 1
    return shown


def _draw_parts(sizes: Sequence[float], height: float, canvas: Canvas) -> None:
    x = 1.0
    for rank, size in enumerate(sizes):
        if size:
            canvas.box(x, size, height, rank)
        x += size


def _draw_numbers(shown: Sequence[str], sizes: Sequence[float], canvas: Canvas) -> None:
    """Each number below the middle of its part; one that has no room there is left to the table."""
    x, free = 1.0, 0.0
    for number, size in zip(shown, sizes, strict=True):
        half = measure(number, SIZE) / 2
        middle = max(x + size / 2, half)
        if number and middle - half >= free:
            canvas.text(number, middle, canvas.y, "middle")
            free = middle + half + 6
        x += size
