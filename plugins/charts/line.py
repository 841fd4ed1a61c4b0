"""Lines: numbers that follow one another, from left to right."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from plugins.charts.model import Chart, Value, spell
from plugins.charts.scale import shorten, span, ticks
from plugins.press.canvas import LINE, SIZE, SUN, WIDTH, Canvas, widest
from plugins.press.lettering import measure, wrap
from plugins.press.typography import french_text

_HEIGHT, _FEW = 170, 7
"""How high the field is; up to how many numbers of a lone line are all written."""
_DASHES = (None, "7 4", "2 4", "10 3 2 3", "1 6", "14 4")
_MARKS = (
    "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z",
    "M-4-4h8v8h-8z",
    "M0-5.5l5.5 9.5h-11z",
    "M0-6l6 6l-6 6l-6-6z",
    "M-5.5-4h11l-5.5 9.5z",
    "M-5-1.7h3.3v-3.3h3.4v3.3h3.3v3.4h-3.3v3.3h-3.4v-3.3h-3.3z",
)


class _Field(Struct, frozen=True):
    """Where the lines are drawn: from ``left`` to ``right``, from ``top`` down, between two numbers."""

    left: float
    right: float
    top: float
    low: float
    high: float
    count: int

    def x(self, rank: int) -> float:
        width = self.right - self.left
        return self.left + (rank / (self.count - 1) * width if self.count > 1 else width / 2)

    def y(self, value: float) -> float:
        return self.top + (self.high - value) / (self.high - self.low) * _HEIGHT


def draw_line(chart: Chart, canvas: Canvas) -> None:
    """Draw the lines over a scale, each number marked; with several series, first what each line is."""
    if len(chart.series) > 1:
        _draw_legend(chart.series, canvas)
    columns = [tuple(values[rank] for _, values in chart.rows) for rank in range(len(chart.series))]
    said = [[spell(value, chart.unit, signed=False) for value in column] for column in columns]
    field = _draw_scale(chart, [words[-1] for words in said], canvas)
    for rank, column in enumerate(columns):
        _draw_series(field, column, rank, canvas)
    ends = [(column[-1], words[-1]) for column, words in zip(columns, said, strict=True)]
    _draw_ends(field, [(value, words) for value, words in ends if value is not None], canvas)
    if len(columns) == 1 and len(chart.rows) <= _FEW:
        _draw_numbers(field, columns[0][:-1], said[0], canvas)
    canvas.y = field.top + _HEIGHT + 22
    _draw_labels([french_text(label) for label, _ in chart.rows], field, canvas)


def _draw_legend(series: Sequence[str], canvas: Canvas) -> None:
    for rank, label in enumerate(series):
        middle = canvas.y + 9
        canvas.rule(f"M1 {middle:.1f}H35", 2.2, stroke_dasharray=_DASHES[rank])
        _draw_mark(18, middle, rank, canvas)
        canvas.label(label, 44, WIDTH - 44)
        canvas.y += 3


def _draw_scale(chart: Chart, ends: Sequence[str], canvas: Canvas) -> _Field:
    """Round numbers at the left, a faint line from each; between them and the last numbers, the field."""
    whole = all(isinstance(value, int) for value in chart.values if value is not None)
    marks = ticks(*span(chart.values), whole=whole)
    right = WIDTH - widest(ends, bold=True) - 12
    left = widest(map(shorten, marks)) + 12
    field = _Field(left, right, canvas.y + SIZE + 6, marks[0], marks[-1], len(chart.rows))
    for mark in marks:
        y = field.y(mark)
        canvas.text(shorten(mark), left - 10, y + 5, "end")
        canvas.rule(f"M{left - 4:.1f} {y:.1f}H{right + 4:.1f}", 1, stroke_opacity=None if mark == 0 else "0.25")
    return field


def _draw_series(field: _Field, values: Sequence[Value], rank: int, canvas: Canvas) -> None:
    """A line that is broken where a number is not known, and a mark on each number."""
    d, pen = "", "M"
    for column, value in enumerate(values):
        d += "" if value is None else f"{pen}{field.x(column):.1f} {field.y(value):.1f}"
        pen = "M" if value is None else "L"
    if d:
        canvas.rule(d, 2.2, stroke_linejoin="round", stroke_dasharray=_DASHES[rank])
    for column, value in enumerate(values):
        if value is not None:
            _draw_mark(field.x(column), field.y(value), rank, canvas)


def _draw_mark(x: float, y: float, rank: int, canvas: Canvas) -> None:
    ink = SUN if rank % 2 == 0 else "currentColor"
    place = f"translate({x:.1f} {y:.1f})"
    canvas.draw(_MARKS[rank], transform=place, fill=ink, stroke="currentColor", stroke_width=1.5)


def _draw_numbers(field: _Field, values: Sequence[Value], said: Sequence[str], canvas: Canvas) -> None:
    """Each number above its mark, unless it would touch the one before."""
    free = field.left - 4
    for rank, value in enumerate(values):
        half = measure(said[rank], SIZE) / 2
        middle = max(field.x(rank), field.left - 4 + half)
        if value is not None and middle - half > free - 1:
            canvas.text(said[rank], middle, field.y(value) - 9, "middle")
            free = middle + half + 4


def _draw_ends(field: _Field, ends: Sequence[tuple[float, str]], canvas: Canvas) -> None:
    """The last number of each line at its end, none over another nor below the field."""
    found = sorted((field.y(value) + 5, words) for value, words in ends)
    limit = field.top + _HEIGHT + 5
    places: list[float] = []
    for rank, (y, _) in enumerate(found):
        lowest = limit - LINE * (len(found) - 1 - rank)
        places.append(min(max(y, places[-1] + LINE if places else y), lowest))
    for place, (_, shown) in zip(places, found, strict=True):
        canvas.text(shown, field.right + 9, place, bold=True)


def _draw_labels(labels: Sequence[str], field: _Field, canvas: Canvas) -> None:
    """As many labels as have room: the last always, and before it those that touch neither it nor one another."""
    end = field.x(len(labels) - 1)
    width = min(measure(labels[-1], SIZE), WIDTH)
    limit = min(end - width / 2, WIDTH - width)
    free = 0.0
    for rank, label in enumerate(labels[:-1]):
        half = measure(label, SIZE) / 2
        middle = max(field.x(rank), half)
        if middle - half >= free and middle + half + 8 <= limit:
            canvas.text(label, middle, canvas.y, "middle")
            free = middle + half + 8
    canvas.y -= LINE - 3
    for line in wrap(labels[-1], WIDTH, SIZE):
        canvas.y += LINE
        canvas.text(line, max(limit, 0), canvas.y - 3)
    canvas.y += 4
