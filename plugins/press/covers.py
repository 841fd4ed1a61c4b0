"""A cover drawn from a slug: suns, furrows, a river or rooftops. One slug, one face, whenever it is drawn.

Its inks are those of a palette of the site (``--cover-1``… of ``css/tokens.css``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import blake2b
from itertools import count, takewhile

from markupsafe import Markup
from msgspec import Struct

from plugins.press.tokens import Tokens

WIDTH, HEIGHT = 600, 360
_FEWEST = 2
"""Palettes: years do without the last."""


class Palette(Struct, frozen=True):
    """Four inks, as on a poster: the ground, a darker and a lighter one, and the one that shines."""

    ground: str
    deep: str
    light: str
    bright: str


def read_palettes(tokens: Tokens) -> tuple[Palette, ...]:
    """``--cover-1``, ``--cover-2``…: two at least, as many as there are. Raises ``PressError`` for one that is none.

    The last is not for years: the page beside a report's cover is of the sun, and so is that palette.
    """
    names = [*takewhile(tokens.day.__contains__, (f"cover-{number}" for number in count(1)))]
    names += [f"cover-{number}" for number in range(len(names) + 1, _FEWEST + 1)]
    return tuple(Palette(*tokens.colours(name, 4)) for name in names)


_DECK = b"cover 319"
"""Of many deals, one where the first dossiers and reports do not look alike."""


class Dice:
    """Numbers that look thrown and are not: the same text always throws the same ones."""

    def __init__(self, text: str) -> None:
        digest = blake2b(text.encode(), digest_size=64, person=_DECK).digest()
        self._left = int.from_bytes(digest, "big")

    def throw(self, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, both included."""
        self._left, found = divmod(self._left, high - low + 1)
        return low + found


def draw_cover(slug: str, palettes: Sequence[Palette]) -> Markup:
    """The cover of a slug, as SVG to stand in a page: decoration, so hidden from screen readers."""
    return Markup(f'<svg class="cover" {_FRAME} aria-hidden="true">{_draw(slug, palettes)}</svg>')  # noqa: S704 - see _draw


def draw_cover_file(slug: str, palettes: Sequence[Palette]) -> bytes:
    """The same as a file of its own."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" {_FRAME}>{_draw(slug, palettes)}</svg>\n'.encode()


_FRAME = f'viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="xMidYMid slice"'


def _draw(slug: str, palettes: Sequence[Palette]) -> str:
    """Our numbers and colours, nothing of the slug itself."""
    dice = Dice(slug)
    palette = palettes[dice.throw(0, len(palettes) - (2 if slug.isdigit() else 1))]
    drawing = MOTIFS[dice.throw(0, len(MOTIFS) - 1)](dice, palette)
    return _fill(palette.ground, f"M0 0H{WIDTH}V{HEIGHT}H0Z") + drawing


def _draw_suns(dice: Dice, palette: Palette) -> str:
    """Tiles of a floor, a sun in each: rising, setting, at noon, in a corner."""
    size, half = 120, 60
    names = (palette.bright, palette.light, palette.deep)
    inks = dict.fromkeys(names, "")
    shade = ""
    for tile in range(15):
        x, y = tile % 5 * size, tile // 5 * size
        if tile % 2:
            shade += f"M{x} {y}h{size}v{size}h-{size}z"
        inks[names[dice.throw(0, 2)]] += (
            f"M{x} {y + size}a{half} {half} 0 0 1 {size} 0z",
            f"M{x} {y}a{half} {half} 0 0 0 {size} 0z",
            f"M{x} {y}h{size}a{size} {size} 0 0 1-{size} {size}z",
            f"M{x + size} {y + size}h-{size}a{size} {size} 0 0 1 {size}-{size}z",
            f"M{x + 20} {y + half}a40 40 0 0 1 80 0a40 40 0 0 1-80 0z",
            f"M{x} {y + half}a{half} {half} 0 0 1 {size} 0a{half} {half} 0 0 1-{size} 0z",
        )[dice.throw(0, 5)]
    return _fill(palette.deep, shade, ' opacity=".4"') + "".join(_fill(ink, path) for ink, path in inks.items())


def _draw_furrows(dice: Dice, palette: Palette) -> str:
    """A field ploughed towards the horizon, and the sun on it."""
    horizon, sun, radius = dice.throw(120, 165), dice.throw(110, 490), dice.throw(62, 88)
    vanishing, count = sun + dice.throw(-60, 60), dice.throw(9, 12)
    step = 1200 // count
    left = vanishing - step * count + step // 2
    furrows = [f"M{vanishing} {horizon}L{left + 2 * step * n} {HEIGHT}h{step}z" for n in range(count)]
    rays = "".join(f"M{sun} {horizon}L{sun + x} -200h60z" for x in range(-700, 701, 175))
    second = (palette.light, palette.bright)[dice.throw(0, 1)]
    return (
        _fill(palette.light, rays, ' opacity=".14"')
        + f'<circle cx="{sun}" cy="{horizon}" r="{radius}" fill="{palette.bright}"/>'
        + _fill(palette.deep, f"M0 {horizon}H{WIDTH}V{HEIGHT}H0Z")
        + _fill(palette.light, "".join(furrows[::2]))
        + _fill(second, "".join(furrows[1::2]))
    )


def _draw_river(dice: Dice, palette: Palette) -> str:
    """A river that bends between its banks, and the sun where the water is far."""
    start, middle, end = dice.throw(60, 300), dice.throw(130, 230), dice.throw(60, 300)
    first, second = dice.throw(-120, 60), dice.throw(300, 480)
    course = f"M-200 {start}C60 {first} 120 {first} 300 {middle}S540 {second} 800 {end}"
    water, bank = dice.throw(44, 60), dice.throw(34, 44)
    inks = (
        palette.deep,
        palette.ground,
        palette.deep,
        palette.ground,
        palette.bright,
        palette.ground,
        palette.light,
    )
    bends = "".join(
        f'<path stroke="{ink}" stroke-width="{water + bank * rank}" d="{course}"/>'
        for rank, ink in zip(range(len(inks) - 1, -1, -1), inks, strict=True)
    )
    banks = [
        *_points((-200, start), (60, first), (120, first), (300, middle)),
        *_points((300, middle), (480, 2 * middle - first), (540, second), (800, end)),
    ]
    places = ((90, 80), (300, 70), (510, 80), (90, 280), (300, 290), (510, 280))
    x, y = max(places, key=lambda place: min(abs(place[0] - a) + abs(place[1] - b) for a, b in banks))
    sun = f'<circle cx="{x}" cy="{y}" r="{dice.throw(36, 50)}" fill="{palette.bright}"/>'
    turned = (f' transform="matrix(-1 0 0 1 {WIDTH} 0)"', "")[dice.throw(0, 1)]
    return f'<g{turned}><g fill="none">{bends}</g>{sun}</g>'


Point = tuple[int, int]


def _points(a: Point, b: Point, c: Point, d: Point) -> list[tuple[float, float]]:
    """Where a cubic Bézier curve passes."""
    steps = [n / 12 for n in range(13)]
    weights = [((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3) for t in steps]
    return [
        (p * a[0] + q * b[0] + r * c[0] + s * d[0], p * a[1] + q * b[1] + r * c[1] + s * d[1]) for p, q, r, s in weights
    ]


def _draw_rooftops(dice: Dice, palette: Palette) -> str:
    """A street of gables with lit windows, and the sun behind."""
    x, y, radius = dice.throw(90, 510), dice.throw(85, 130), dice.throw(50, 74)
    sun = f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{palette.bright}"/>'
    names = (palette.deep, palette.light, palette.bright)
    inks = dict.fromkeys(names, "")
    windows, left, last = "", -dice.throw(10, 50), 0
    while left < WIDTH:
        width, top, roof = dice.throw(72, 112), dice.throw(150, 232), dice.throw(34, 62)
        last = (last + dice.throw(1, 2)) % 3  # never the colour of the house beside
        half, pane = width // 2, width // 5
        inks[names[last]] += f"M{left} {HEIGHT}V{top}l{half}-{roof} {width - half} {roof}V{HEIGHT}z"
        windows += f"M{left + pane} {top + 18}h{pane}v{pane + 6}h-{pane}zm{2 * pane} 0h{pane}v{pane + 6}h-{pane}z"
        left += width
    return sun + "".join(_fill(ink, path) for ink, path in inks.items()) + _fill(palette.ground, windows)


def _fill(ink: str, path: str, more: str = "") -> str:
    return f'<path fill="{ink}"{more} d="{path}"/>' if path else ""


MOTIFS: tuple[Callable[[Dice, Palette], str], ...] = (_draw_suns, _draw_furrows, _draw_river, _draw_rooftops)
