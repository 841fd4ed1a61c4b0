"""The icons that cannot be SVG are what ``themes/cresol/icons.py`` draws of the one that is."""

import io
import runpy

import pytest
from PIL import Image, ImageChops

from tests import sites, values
from tests.values import once, tree

STATIC = sites.ROOT / "themes/cresol/static"
SCRIPT = runpy.run_path(str(sites.ROOT / "themes/cresol/icons.py"))
PAPER, SUN, INK = (0xFF, 0xFA, 0xF1), (0xF6, 0xB4, 0x0E), (0x1F, 0x24, 0x30)


def icon(name):
    return Image.open(STATIC / f"icons/{name}.png").convert("RGBA")


@pytest.mark.parametrize("name", SCRIPT["ICONS"])
def test_an_icon_is_drawn_from_the_sun_of_the_site(name):
    drawing = (STATIC / "favicon.svg").read_text()
    drawn = Image.open(io.BytesIO(SCRIPT["draw"](name, drawing))).convert("RGBA")
    kept = icon(name)
    assert kept.size == drawn.size == (SCRIPT["ICONS"][name][0],) * 2
    spread = max(high for _, high in ImageChops.difference(kept, drawn).getextrema())
    assert spread <= 8  # another machine may round another way
    assert {PAPER, SUN, INK} <= {colour[:3] for _, colour in kept.getcolors(1 << 16)}


@pytest.mark.parametrize("name", ["apple-touch", "maskable"])
def test_an_icon_that_is_cut_to_shape_is_filled_to_its_corners(name):
    assert icon(name).getextrema()[3] == (255, 255)
    assert icon(name).getpixel((0, 0))[:3] == PAPER


def test_what_a_launcher_may_cut_off_is_empty():
    """Of a maskable icon only a circle of four fifths of its width is sure to be seen (W3C manifest §masks)."""
    image = icon("maskable").convert("RGB")
    middle, radius = image.width / 2, image.width * 0.4
    apart = (
        ImageChops.difference(image, Image.new("RGB", image.size, PAPER)).convert("L").point(lambda value: value > 4)
    )
    drawn = [(n % image.width, n // image.width) for n, value in enumerate(apart.tobytes()) if value]
    assert len(drawn) > 10_000
    assert all((x - middle) ** 2 + (y - middle) ** 2 < radius**2 for x, y in drawn)


def test_icons_are_small():
    assert sum(path.stat().st_size for path in (STATIC / "icons").iterdir()) < 32 * 1024


def test_every_page_names_its_icons():
    page = tree(values.site(), "/agenda/")
    theme = values.press().theme
    assert once(page.cssselect("link[rel=apple-touch-icon]")).get("href") == theme.url("icons/apple-touch.png")
    assert once(page.cssselect("link[rel=icon]")).get("href") == theme.url("favicon.svg")
