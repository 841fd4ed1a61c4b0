"""What drawings are made on: texts, lines, and six ways to fill a shape that differ without any colour.

Everything is said by attributes, so that a drawing is the same in a page and on paper. It has two inks: the sun's, and
that of the text around it (``currentColor``). Both are tokens, which dark mode changes; where there is no style sheet,
``Tokens.resolve`` puts the colours of the day in their places.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from plugins.press.lettering import measure, wrap
from plugins.press.markup import element, show
from plugins.press.typography import french_text

WIDTH = 320
"""Units: as wide as the text on the smallest phone, where a unit is a pixel or a bit less."""
SIZE, LINE = 14, 17
"""The size of the text, and from one line to the next."""
SUN, ON_SUN = "var(--sun)", "var(--on-sun)"
_INK = "var(--ink)"
_FACE = "Atkinson Hyperlegible Next, sans-serif"
_STROKES = ("M-2 2L2-2M0 8L8 0M6 10L10 6", "M4 0V8M0 4H8", "M0 2H8M0 6H8", "M0 0L8 8M8 0L0 8")


class Canvas:
    """A drawing under way. ``y`` is where it goes on; ``name`` begins its identifiers."""

    def __init__(self, name: str, series: int = 1) -> None:
        self.name = name
        self.y = 0.0
        self.pieces: list[Markup] = []
        self._boxes: dict[int, str] = {}
        self._texts: dict[tuple[str, bool], list[Markup]] = {}
        if series > 2:
            self.pieces.append(element("defs", *(self._pattern(rank) for rank in range(2, series))))

    def draw(self, path: str, **attributes: object) -> None:
        """A path; its ink is that of the text unless it says another one."""
        self.pieces.append(element("path", d=path, **attributes))

    def rule(self, path: str, width: float = 1.5, **attributes: object) -> None:
        """A line."""
        self.draw(path, fill="none", stroke="currentColor", stroke_width=width, **attributes)

    def box(self, x: float, width: float, height: float, rank: int) -> None:
        """A rectangle on the current line, filled as the series of that rank; all of a series are one path."""
        corner = f"M{show(x)} {show(self.y)}h{show(width)}v{show(height)}h-{show(width)}z"
        self._boxes[rank] = self._boxes.get(rank, "") + corner

    def text(self, content: str, x: float, y: float, anchor: str = "", *, bold: bool = False) -> None:
        """A line of text that stands on ``y``; ``anchor`` as in SVG. Those that are set alike are written together."""
        self._texts.setdefault((anchor, bold), []).append(element("text", content, x=x, y=y))

    def label(self, content: str, x: float = 0, room: float = WIDTH) -> None:
        """A text of as many lines as it takes, from the current line; goes on below it."""
        for line in wrap(french_text(content), room, SIZE):
            self.y += LINE
            self.text(line, x, self.y - 3)

    def legend(self, series: Sequence[str]) -> None:
        """What each series is, beside its own filling."""
        for rank, label in enumerate(series):
            self.y += 3
            self.box(1, 18, 12, rank)
            self.y -= 3
            self.label(label, 28, WIDTH - 28)
            self.y += 3
        self.y += 6

    def render(self, title: str, description: str) -> Markup:
        """The drawing, with its name and what one sees on it for those who do not."""
        for rank, path in self._boxes.items():
            self.draw(path, fill=self._fill(rank), stroke="currentColor", stroke_width=1.5)
        for (anchor, bold), texts in self._texts.items():
            group = element("g", *texts, text_anchor=anchor or None, font_weight=700 if bold else None)
            self.pieces.append(group)
        return element(
            "svg",
            element("title", french_text(title), id=f"{self.name}-t"),
            element("desc", french_text(description), id=f"{self.name}-d"),
            *self.pieces,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {WIDTH} {self.y:.0f}",
            width=WIDTH,
            height=round(self.y),
            role="img",
            aria_labelledby=f"{self.name}-t {self.name}-d",
            color=_INK,
            fill="currentColor",
            font_family=_FACE,
            font_size=SIZE,
        )

    def _fill(self, rank: int) -> str:
        """How a series is filled: two inks plain, then patterns."""
        return (SUN, "currentColor", *(f"url(#{self.name}-p{n})" for n in range(2, 6)))[rank]

    def _pattern(self, rank: int) -> Markup:
        ground = element("path", d="M0 0H8V8H0z", fill=SUN) if rank == 3 else Markup()
        lines = element("path", d=_STROKES[rank - 2], stroke="currentColor", stroke_width=1.6)
        return element(
            "pattern", ground, lines, id=f"{self.name}-p{rank}", width=8, height=8, patternUnits="userSpaceOnUse"
        )


def widest(texts: Iterable[str], *, bold: bool = False) -> float:
    """The width of the widest of these texts."""
    return max((measure(one, SIZE, bold=bold) for one in texts), default=0)
