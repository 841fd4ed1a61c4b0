"""The icons that cannot be SVG are drawn of the one that is, in the colours of the site."""

import io

import msgspec
import pytest
from PIL import Image, ImageChops

from plugins.press.icons import ICONS, Icon, build_icons, render_icon
from plugins.press.problems import PressError
from tests import sites, values
from tests.values import once, tree

PAPER, SUN, INK = (0xFF, 0xFA, 0xF1), (0xF6, 0xB4, 0x0E), (0x1F, 0x24, 0x30)


def data(name):
    output = once([found for found in values.press().theme.outputs() if found.url == url(name)])
    return output.renderer(output.view, values.press())


def url(name):
    return values.press().theme.url(f"icons/{name}.png")


def icon(name):
    return Image.open(io.BytesIO(data(name))).convert("RGBA")


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_is_the_drawing_of_the_site_in_its_colours(name):
    found = icon(name)
    assert found.size == (ICONS[name][0],) * 2
    assert {PAPER, SUN, INK} <= {colour[:3] for _, colour in found.getcolors(1 << 16)}


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
    assert sum(len(data(name)) for name in ICONS) < 32 * 1024


def test_another_drawing_has_other_addresses():
    one, other = (next(build_icons({"favicon.svg": drawing})) for drawing in (b"<svg/>", b"<svg><g/></svg>"))
    assert one.digest != other.digest
    assert [*build_icons({})] == []


def test_a_drawing_that_cannot_be_read_is_said():
    with pytest.raises(PressError, match=r"(?s)failed to parse SVG.*favicon\.svg"):
        render_icon(Icon("192", b"<svg", b""), values.press())


def test_an_icon_of_its_own_takes_the_place_of_the_drawn_one(tmp_path):
    sites.write(tmp_path, {"content/blog/2026/un.md": sites.article(), "look/static/icons/192.png": b"PNG"})
    places = msgspec.structs.replace(sites.places(tmp_path), look=tmp_path / "look")
    sites.build(tmp_path, places=places)
    found = {path.name.split(".")[0]: path.read_bytes() for path in (tmp_path / "output/theme/icons").iterdir()}
    assert found.keys() == ICONS.keys()
    assert found["192"] == b"PNG"
    assert found["512"] == data("512")


def test_every_page_names_its_icons():
    page = tree(values.site(), "/agenda/")
    theme = values.press().theme
    assert once(page.cssselect("link[rel=apple-touch-icon]")).get("href") == theme.url("icons/apple-touch.png")
    assert once(page.cssselect("link[rel=icon]")).get("href") == theme.url("icons/48.png")
