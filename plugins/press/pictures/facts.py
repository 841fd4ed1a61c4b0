"""What is known of a picture without opening it, and how a page shows it: all that views hold of one."""

from __future__ import annotations

from urllib.parse import quote

from msgspec import Struct

MEDIA = "/media/"
WIDTHS = (480, 800, 1200, 1600)
FALLBACK_WIDTH = 1200
"""For browsers of before 2020, readers of feeds and links to the picture: one size does for all of them."""
DRAWING = "SVG"
EXTENSIONS = {
    "JPEG": (".jpg", ".jpeg"),
    "PNG": (".png",),
    "WEBP": (".webp",),
    "AVIF": (".avif",),
    "GIF": (".gif",),
    DRAWING: (".svg",),
}
"""The formats that a picture may come in, and the endings of its name."""
_OTHERS = (".jpe", ".jfif", ".heic", ".heif", ".tif", ".tiff", ".bmp", ".jxl", ".psd")
"""Pictures too, which the site refuses: copied as they are, they would publish where a photo was taken."""
_ENDINGS = (*(ending for endings in EXTENSIONS.values() for ending in endings), *_OTHERS)


class Facts(Struct, frozen=True, array_like=True, gc=False):
    """What is known of a picture file. ``refusal`` says in French why it cannot be published, and what to do.

    Width and height are those of the picture upright, 0 when nobody knows (some drawings). ``flat`` are
    pictures of few colours, such as screenshots and logos, which JPEG would spoil.
    """

    digest: bytes
    format: str = ""
    width: int = 0
    height: int = 0
    flat: bool = False
    transparent: bool = False
    refusal: str = ""

    @property
    def is_raster(self) -> bool:
        return bool(self.width) and self.format != DRAWING


class Form(Struct, frozen=True, array_like=True):
    """One of the forms of a picture; ``flat`` as in ``Facts``."""

    format: str
    width: int
    height: int
    flat: bool


class Shown(Struct, frozen=True, array_like=True, gc=False):
    """A picture as pages show it. ``url`` is the form that every program reads.

    The other forms are ``{base}.{width}.avif`` and ``.webp`` for each of ``widths``, of which there is none for
    a drawing. ``width`` and ``height`` are of the largest form, 0 when nobody knows.
    """

    url: str
    base: str = ""
    width: int = 0
    height: int = 0
    widths: tuple[int, ...] = ()


Target = str | Shown
"""Where a link of a text leads, or the picture that stands there."""


def describes(alt: str) -> bool:
    """Whether an alternative text has a sign that one can read."""
    return any(sign.isprintable() and not sign.isspace() for sign in alt)


def address(target: Target) -> str:
    """Where it leads; of a picture, the form that every program reads."""
    return target if isinstance(target, str) else target.url


def is_picture(path: str) -> bool:
    """Whether a file's name is that of a picture, one that the site publishes or one that it refuses."""
    return path.lower().endswith(_ENDINGS)


def choose_widths(width: int) -> tuple[int, ...]:
    """The widths that a picture is made in: never wider than it is, none that the next one could stand for."""
    largest = min(width, WIDTHS[-1])
    return (*(smaller for smaller in WIDTHS if smaller < 0.9 * largest), largest)


def scale(facts: Facts, width: int) -> tuple[int, int]:
    """The size of a picture in that width."""
    return width, max(1, round(facts.height * width / facts.width))


def fallback_format(facts: Facts) -> str:
    return "PNG" if facts.flat or facts.transparent else "JPEG"


def show(path: str, facts: Facts | None) -> Shown:
    """How pages show the picture at ``path`` (from ``content/``)."""
    base = quote(MEDIA + path)
    if facts is None or not facts.is_raster:
        return Shown(base, width=facts.width, height=facts.height) if facts else Shown(base)
    widths = choose_widths(facts.width)
    return Shown(quote(fallback_address(path, facts)), base, *scale(facts, widths[-1]), widths)


def fallback_address(path: str, facts: Facts) -> str:
    """The file's own name when it says the format, else with the right ending behind."""
    endings = EXTENSIONS[fallback_format(facts)]
    return MEDIA + path + ("" if path.lower().endswith(endings) else endings[0])
