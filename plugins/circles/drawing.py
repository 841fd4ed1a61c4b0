"""Circles as SVG: each a table seen from above, with a seat for each member; arrows for what ties them."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, hypot, pi, sin

from markupsafe import Markup

from plugins.circles.model import Circle, Circles, Tie
from plugins.press import french
from plugins.press.canvas import LINE, ON_SUN, SIZE, SUN, WIDTH, Canvas
from plugins.press.lettering import measure, wrap
from plugins.press.markup import element, show
from plugins.press.typography import french_text

RADIUS, SEAT = 57.0, 4.0
"""Of a table, and of a seat."""
_OUTER = RADIUS + 2 * SEAT + 4
_APART = 2 * _OUTER + 42
"""From the middle of a table to that of the next, at least: an arrow has room between them."""
_ROOM, _LINES = 1.84 * RADIUS, 5
_SEATS = 30
_BENDS = (0.12, 0.03, 0.25, -0.25, 0.4, -0.4, 0.6, -0.6, 0.8, -0.8)
"""How far an arrow may be bent, the least first: the one that comes back bends to its own right, and is another."""

Point = tuple[float, float]


def render_svg(circles: Circles, name: str = "cercles") -> Markup:
    """The drawing. ``name`` begins the identifiers in it, so that two drawings may stand on one page."""
    canvas = Canvas(name)
    middles = _seat_tables(len(circles.circles))
    badges = [_draw_tie(middles, tie, canvas) for tie in circles.ties]
    for circle, middle in zip(circles.circles, middles, strict=True):
        _draw_circle(circle, middle, canvas)
    for number, (tie, badge) in enumerate(zip(circles.ties, badges, strict=True), 1):
        if tie.label:
            _draw_badge(number, badge, canvas)
    canvas.y = max(y for _, y in middles) + _OUTER + 2
    return canvas.render(circles.title, circles.description or _describe(circles))


def _describe(circles: Circles) -> str:
    names = french.enumerate_words([circle.name for circle in circles.circles])
    return f"{french.plural(len(circles.circles), 'cercle')} : {names}."


def _seat_tables(count: int) -> list[Point]:
    """The middle of each table: one on top, then two and two, and one below when one is left."""
    across = WIDTH / 2 - _OUTER - 1
    closer = (_APART**2 - across**2) ** 0.5
    if count == 2:
        return [(WIDTH / 2 - across, _OUTER + 2), (WIDTH / 2 + across, _OUTER + 2)]
    found, y = [(WIDTH / 2, _OUTER + 2)], _OUTER + 2
    for rank in range(1, count, 2):
        y += closer if rank == 1 or rank == count - 1 else _APART
        found += [(WIDTH / 2 + across, y), (WIDTH / 2 - across, y)] if rank < count - 1 else [(WIDTH / 2, y)]
    return found


def _distance(one: Point, other: Point) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])


def _draw_tie(middles: Sequence[Point], tie: Tie, canvas: Canvas) -> Point:
    """An arrow, bent so that it passes by the other tables; where it leaves, for its number."""
    ends = middles[tie.start], middles[tie.end]
    others = [middle for middle in middles if middle not in ends]
    controls = [_bend(*ends, bend) for bend in _BENDS]
    control = max(controls, key=lambda point: min(_room_along(ends, point, others), _OUTER))
    start, end = _leave(ends[0], control), _leave(ends[1], control)
    canvas.rule(f"M{_at(start)}Q{_at(control)} {_at(end)}", 2)
    back = _distance(control, end)
    ux, uy = (control[0] - end[0]) / back, (control[1] - end[1]) / back
    wings = [(end[0] + 11 * ux + 6 * side * uy, end[1] + 11 * uy - 6 * side * ux) for side in (-1, 1)]
    canvas.draw(f"M{_at(end)}L{_at(wings[0])}L{_at(wings[1])}z")
    return start


def _bend(start: Point, end: Point, bend: float) -> Point:
    """Where a curve from one table to another is drawn to: so much of its length to the right of its way."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    return ((start[0] + end[0]) / 2 - dy * bend, (start[1] + end[1]) / 2 + dx * bend)


def _along(start: Point, control: Point, end: Point, t: float) -> Point:
    """A point of a quadratic Bézier curve."""
    a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
    return (a * start[0] + b * control[0] + c * end[0], a * start[1] + b * control[1] + c * end[1])


def _room_along(ends: tuple[Point, Point], control: Point, others: Sequence[Point]) -> float:
    """How near a curve comes to another table, or to the edge of the drawing."""
    points = [_along(ends[0], control, ends[1], step / 16) for step in range(1, 16)]
    edge = min(min(x, WIDTH - x) for x, _ in points) + _OUTER - 12
    return min([edge, *(_distance(point, other) for point in points for other in others)])


def _leave(middle: Point, towards: Point) -> Point:
    """Where a way out of a table passes its seats."""
    length = _distance(middle, towards)
    return (
        middle[0] + (towards[0] - middle[0]) / length * (_OUTER + 1),
        middle[1] + (towards[1] - middle[1]) / length * (_OUTER + 1),
    )


def _draw_circle(circle: Circle, middle: Point, canvas: Canvas) -> None:
    x, y = middle
    canvas.pieces.append(element("circle", cx=x, cy=y, r=RADIUS, fill=SUN, stroke="currentColor", stroke_width=2))
    seats = min(len(circle.members), _SEATS)
    path = ""
    for seat in range(seats):
        turn = 2 * pi * seat / seats
        left, top = x + (RADIUS + SEAT + 4) * sin(turn) - SEAT, y - (RADIUS + SEAT + 4) * cos(turn)
        path += f"M{_at((left, top))}a{SEAT:.0f} {SEAT:.0f} 0 1 0 8 0a{SEAT:.0f} {SEAT:.0f} 0 1 0-8 0z"
    if path:
        canvas.draw(path)
    _write_name(circle, middle, canvas)


def _write_name(circle: Circle, middle: Point, canvas: Canvas) -> None:
    """The name in the middle, smaller when a word of it is long; below it how many they are."""
    words = french_text(circle.name)
    size = SIZE
    while size > 10 and max(measure(word, size, bold=True) for word in words.split()) > _ROOM:
        size -= 1
    lines = wrap(words, _ROOM, size, bold=True)
    if len(lines) > _LINES:
        lines = [*lines[: _LINES - 1], f"{lines[_LINES - 1]}…"]
    count = [french.plural(len(circle.members), "membre")] if circle.members and len(lines) < _LINES else []
    y = middle[1] - LINE * (len(lines) + len(count)) / 2 + SIZE - 1
    for rank, line in enumerate(lines + count):
        bold = None if rank >= len(lines) else 700
        canvas.pieces.append(
            element(
                "text",
                line,
                x=middle[0],
                y=y + rank * LINE,
                text_anchor="middle",
                fill=ON_SUN,
                font_weight=bold,
                font_size=size if size != SIZE and bold else None,
            )
        )


def _draw_badge(number: int, place: Point, canvas: Canvas) -> None:
    x, y = place
    canvas.pieces.append(element("circle", cx=x, cy=y, r=9.5, fill=SUN, stroke="currentColor", stroke_width=1.5))
    canvas.pieces.append(
        element("text", str(number), x=x, y=y + 4.5, text_anchor="middle", fill=ON_SUN, font_weight=700)
    )


def _at(point: Point) -> str:
    return f"{show(float(point[0]))} {show(float(point[1]))}"
