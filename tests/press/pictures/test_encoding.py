"""The forms of a picture: their size, their way up, their colours, and nothing of what the camera wrote."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys

import pytest
from PIL import Image, ImageCms

from plugins.press.pictures import encoding
from plugins.press.pictures.encoding import crop, encode
from plugins.press.pictures.facts import Form
from tests import pictures, sites

FORMATS = ("AVIF", "WEBP", "JPEG", "PNG")


def made(data: bytes, name: str = "PNG", width: int = 0, height: int = 0, *, flat: bool = False) -> Image.Image:
    size = pictures.read(data).size
    return pictures.read(encode(data, Form(name, width or size[0], height or size[1], flat)))


def near(found: tuple[int, ...], wanted: tuple[int, ...], by: int = 12) -> bool:
    return all(abs(one - other) <= by for one, other in zip(found, wanted, strict=True))


@pytest.mark.parametrize("name", FORMATS)
def test_a_form_has_its_format_and_size(name):
    picture = made(pictures.data(pictures.photo(200, 150)), name, 80, 60)
    assert (picture.format, picture.size, picture.mode) == (name, (80, 60), "RGB")


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_of_the_place_and_the_camera_is_left(name):
    data = pictures.taken(pictures.photo(200, 150))
    assert pictures.CAMERA.encode() in data
    form = encode(data, Form(name, 80, 60, flat=False))
    assert not pictures.read(form).getexif()
    assert not {"exif", "icc_profile", "xmp", "comment"} & pictures.read(form).info.keys()
    for trace in (pictures.CAMERA.encode(), b"Exif", b"eXIf", b"http://ns.adobe.com"):
        assert trace not in form


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_picture_stands_upright_however_the_camera_was_held(turn):
    upright = pictures.corners(120, 80)
    held = {
        1: [],
        2: [0],
        3: [3],
        4: [1],
        5: [5],
        6: [2],
        7: [6],
        8: [4],
    }[turn]  # what undoes each orientation (EXIF 2.32 §4.6.4), as Pillow counts transpositions
    turned = upright
    for step in held:
        turned = turned.transpose(Image.Transpose(step))
    picture = made(pictures.taken(turned, turn, "PNG"), "PNG", 120, 80)
    found = [picture.getpixel(place) for place in ((30, 20), (90, 20), (30, 60), (90, 60))]
    assert found == [(255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)]


@pytest.mark.parametrize("name", ["AVIF", "WEBP", "PNG"])
@pytest.mark.parametrize("flat", [True, False])
def test_transparency_is_kept(name, flat):
    picture = made(pictures.data(pictures.logo(), "PNG"), name, flat=flat)
    assert picture.mode == "RGBA"
    assert picture.getpixel((10, 10))[3] == 0
    assert near(picture.getpixel((150, 75)), (246, 180, 14, 255))


def test_a_colour_that_means_nothing_there_is_transparency_too():
    palette = pictures.logo().convert("RGB").quantize(4)
    transparent = palette.getpixel((0, 0))
    assert made(pictures.data(palette, "GIF", transparency=transparent)).getpixel((5, 5))[3] == 0
    assert made(pictures.data(pictures.corners(), "PNG", transparency=(255, 0, 0))).getpixel((5, 5))[3] == 0


def test_an_opaque_picture_stays_opaque():
    assert made(pictures.data(pictures.photo().convert("RGBA"), "PNG")).mode == "RGB"


def test_sixteen_bits_are_the_same_greys_in_eight():
    grey = Image.linear_gradient("L").resize((256, 256))
    deep = Image.new("I;16", (256, 256))
    deep.putdata([value * 257 for value in grey.get_flattened_data()])
    picture = made(pictures.data(deep, "PNG"))
    for y in (0, 64, 128, 255):
        assert near(picture.getpixel((9, y)), (grey.getpixel((9, y)),) * 3, by=1)


def test_the_colours_of_print_become_those_of_screens():
    ink = Image.new("CMYK", (60, 40), (0, 255, 255, 0))
    assert near(made(pictures.data(ink), "PNG").getpixel((30, 20)), (255, 0, 0))


def test_the_colours_of_a_profile_become_those_that_browsers_take_for_granted():
    """A red of a profile in which red and green have changed places is green."""
    swapped = _profile_with_red_and_green_swapped()
    picture = made(pictures.data(Image.new("RGB", (60, 40), (255, 0, 0)), icc_profile=swapped), "PNG")
    assert near(picture.getpixel((30, 20)), (0, 255, 0), by=20)


def _profile_with_red_and_green_swapped() -> bytes:
    """The profile of sRGB whose tags rXYZ and gXYZ have changed names (ICC.1:2022 §7.3)."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"????", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"????", b"gXYZ", 1)


@pytest.mark.parametrize("space", ["LAB", ""])
def test_a_profile_that_makes_no_sense_is_as_none(space):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile(space)).tobytes() if space else b"rien"
    picture = made(pictures.data(Image.new("RGB", (60, 40), (200, 30, 30)), icc_profile=profile), "PNG")
    assert near(picture.getpixel((30, 20)), (200, 30, 30))


def test_a_drawing_loses_no_edge():
    """Red beside white: JPEG's way of storing colours would mix them."""
    data = pictures.data(pictures.corners(), "PNG")
    for name, by in (("WEBP", 0), ("AVIF", 12)):
        picture = made(data, name, flat=True)
        assert near(picture.getpixel((149, 100 - 1)), (255, 0, 0), by), name


def test_a_drawing_made_smaller_has_few_colours():
    picture = made(pictures.data(pictures.corners(900, 600), "PNG"), "PNG", 400, 267, flat=True)
    assert len(picture.getcolors(10_000)) <= 256


@pytest.mark.parametrize("size", [(1300, 640), (640, 1300), (600, 315)])
def test_what_stands_for_a_shared_page_is_the_middle(size):
    photo = pictures.photo(*size)
    photo.paste((255, 0, 0), (size[0] // 2 - 60, size[1] // 2 - 60, size[0] // 2 + 60, size[1] // 2 + 60))
    shared = pictures.read(crop(pictures.taken(photo)))
    assert (shared.format, shared.size) == ("JPEG", (1200, 630))
    assert near(shared.getpixel((600, 315)), (255, 0, 0), by=20)
    assert not shared.getexif()


def test_what_is_transparent_is_shared_on_white():
    shared = pictures.read(crop(pictures.data(pictures.logo(1200, 630), "PNG")))
    assert near(shared.getpixel((5, 5)), (255, 255, 255))


def test_all_processes_make_the_same_bytes():
    """AVIF's encoder may choose by the number of its threads; a process of its own has no other's remains."""
    data = pictures.taken(pictures.photo(500, 350))
    forms = [Form(name, 500, 350, flat) for name in FORMATS for flat in (False, True)]
    script = (
        "import sys, hashlib; from plugins.press.pictures.encoding import *; data = sys.stdin.buffer.read()\n"
        f"for form in {[(form.format, form.width, form.height, form.flat) for form in forms]!r}:\n"
        "    print(hashlib.sha256(encode(data, Form(*form))).hexdigest())"
    )
    command = ["taskset", "--cpu-list", "0", sys.executable, "-c", script]  # one processor: no two threads at once
    alone = subprocess.run(command, input=data, cwd=sites.ROOT, capture_output=True, check=True).stdout.decode().split()
    encoding._master.cache_clear()
    assert [hashlib.sha256(encode(data, form)).hexdigest() for form in reversed(forms)][::-1] == alone
    assert len(set(alone)) > len(FORMATS)


def test_what_is_made_does_not_depend_on_what_was_made_before():
    first, other = pictures.data(pictures.photo(300, 200)), pictures.data(pictures.photo(300, 200, seed=2))
    form = Form("AVIF", 200, 133, flat=False)
    alone = encode(first, form)
    encode(other, form)
    assert encode(first, form) == alone != encode(other, form)
    assert io.BytesIO(alone).read(12)[4:] == b"ftypavif"
