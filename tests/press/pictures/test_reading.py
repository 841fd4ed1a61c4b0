"""A picture file looked at: what it is, how large, and what is refused with the way to mend it."""

from __future__ import annotations

import pytest
from PIL import Image

from plugins.press.pictures import looks, reading
from plugins.press.pictures.facts import Facts
from plugins.press.pictures.reading import read_facts, too_heavy
from tests import pictures

HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"
ZIP = b"PK\x03\x04\x14\0"


def facts(data: bytes, name: str = "blog/2026/photo.jpg") -> Facts:
    found = read_facts(name, data)
    assert not found.refusal
    return found


def refusal(data: bytes, name: str = "blog/2026/photo.jpg") -> str:
    found = read_facts(name, data)
    assert not found.is_raster, "what is refused is never made into anything"
    return found.refusal


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("JPEG", "a.jpg"),
        ("JPEG", "a.JPEG"),
        ("PNG", "a.png"),
        ("WEBP", "a.webp"),
        ("AVIF", "a.Avif"),
        ("GIF", "a.gif"),
    ],
)
def test_what_browsers_show_is_read(form, name):
    found = facts(pictures.data(pictures.photo(60, 45), form), name)
    assert (found.format, found.width, found.height) == (form, 60, 45)


@pytest.mark.parametrize("turn", range(1, 9))
def test_the_size_is_that_of_the_picture_upright(turn):
    found = facts(pictures.taken(pictures.photo(60, 45), turn))
    assert (found.width, found.height) == ((60, 45) if turn < 5 else (45, 60))


def test_a_picture_with_pictures_behind_it_as_cameras_make_is_the_first_one():
    photo = pictures.photo(60, 45)
    assert facts(pictures.data(photo, "MPO", save_all=True, append_images=[photo])).format == "JPEG"


MODES = {
    "16 bits": Image.linear_gradient("L")
    .resize((60, 40))
    .convert("I")
    .point(lambda value: value * 257)
    .convert("I;16"),
    "grey": Image.linear_gradient("L").resize((60, 40)),
    "palette": pictures.photo(60, 40).quantize(256),
    "black and white": pictures.photo(60, 40).convert("1"),
    "grey and transparent": Image.merge("LA", [Image.linear_gradient("L")] * 2),
    "transparent": pictures.logo(),
    "one pixel": Image.new("RGB", (1, 1)),
    "a line": Image.new("RGB", (5000, 1)),
}


@pytest.mark.parametrize("mode", MODES)
def test_every_way_of_storing_colours_is_read(mode):
    found = facts(pictures.data(MODES[mode], "PNG"), "a.png")
    assert (found.width, found.height) == MODES[mode].size


def test_drawings_and_photos_are_told_apart():
    assert facts(pictures.data(pictures.corners(), "PNG"), "a.png").flat
    assert not facts(pictures.data(pictures.photo(), "PNG"), "a.png").flat
    assert not facts(pictures.data(pictures.photo().convert("L"), "PNG"), "a.png").flat, "a grey photo is a photo"


def test_transparency_counts_when_something_is_seen_through():
    assert facts(pictures.data(pictures.logo(), "PNG"), "a.png").transparent
    assert not facts(pictures.data(pictures.photo().convert("RGBA"), "PNG"), "a.png").transparent


# What is refused


def test_a_bomb_is_refused_before_it_is_decoded(monkeypatch):
    bomb = pictures.bomb()
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda *_: pytest.fail("decoded"))
    assert len(bomb) < 20_000
    assert refusal(bomb, "a.png") == "elle a plus de 40 millions de pixels. " + reading._SMALLER


def test_forty_megapixels_are_the_limit():
    assert facts(pictures.data(Image.new("1", (8000, 5000)), "PNG"), "a.png").width == 8000
    assert "plus de 40 millions" in refusal(pictures.data(Image.new("1", (8000, 5001)), "PNG"), "a.png")


def test_a_picture_that_is_too_long_for_webp_is_refused():
    assert facts(pictures.data(Image.new("1", (16_000, 2)), "PNG"), "a.png").width == 16_000
    assert refusal(pictures.data(Image.new("1", (2, 16_001)), "PNG"), "a.png") == (
        "elle fait 2 × 16\u202f001 pixels (16\u202f000 au plus de côté). La couper ou la réduire."
    )


def test_a_heavy_or_empty_file_is_not_even_read():
    assert too_heavy(0) == "le fichier est vide. Le copier à nouveau depuis l'original."
    assert too_heavy(50 * 1024 * 1024).startswith("elle pèse 50 Mio (40 au plus). La réduire")
    assert not too_heavy(1)
    assert not too_heavy(40 * 1024 * 1024)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_file_that_was_cut_off_is_refused(form, share):
    data = pictures.data(pictures.photo(120, 90), form)
    name = f"a.{form.lower().replace('jpeg', 'jpg')}"
    assert refusal(data[: int(len(data) * share)], name) == looks.DAMAGED


@pytest.mark.parametrize(("form", "name"), [("GIF", "a.gif"), ("WEBP", "a.webp"), ("PNG", "a.png"), ("AVIF", "a.avif")])
def test_what_moves_by_itself_is_refused(form, name):
    assert refusal(pictures.moving(form), name) == (
        "elle est animée (3 vues), et qui lit ne peut pas l'arrêter. "
        "L'enregistrer sans animation, ou mettre un lien vers une vidéo."
    )


def test_a_picture_under_the_name_of_another_format_is_refused_with_its_right_name():
    assert refusal(pictures.data(pictures.photo(40, 30), "PNG"), "blog/2026/une photo.jpg") == (
        "c'est une image PNG, sous un autre nom. Renommer le fichier « une photo.png », ici et sur le disque."
    )
    assert "« a.jpg »" in refusal(pictures.data(pictures.photo(40, 30)), "a.heic")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (HEIC, "c'est une photo HEIC (celles d'un iPhone), que peu de navigateurs montrent. L'exporter en JPEG."),
        (b"\0\0\0\x18ftypisom", "c'est une vidéo. Mettre un lien vers elle : [titre](https://…)."),
        (b"%PDF-1.7\n", "c'est un PDF. L'appeler .pdf et mettre un lien vers lui : [titre](fichier.pdf)"),
        (pictures.data(pictures.photo(20, 20), "TIFF"), "c'est une image TIFF"),
        (pictures.data(pictures.photo(20, 20), "BMP"), "c'est une image BMP"),
        (b"8BPS\0\1", "c'est un document Photoshop."),
        (b"\xff\x0a\0\0", "c'est une image JPEG XL"),
        (ZIP, "c'est une archive ou un document."),
        (pictures.drawing(), "c'est un dessin SVG. Renommer le fichier en .svg."),
        (b'<?xml version="1.0"?>\n<!-- x -->\n' + pictures.drawing(), "c'est un dessin SVG."),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><html>", "c'est une page web."),
        (b"GIF89a", "le fichier est incomplet ou abîmé."),
        (b"\x89PNG", "le fichier est incomplet ou abîmé."),
        (b"n'importe quoi", "ce n'est pas une image que l'on sait lire."),
    ],
)
def test_what_is_no_picture_is_named_with_what_to_do(data, said):
    assert refusal(data).startswith(said)


def test_a_jpeg_that_takes_minutes_to_read_is_refused():
    data = pictures.data(pictures.photo(40, 30), progressive=True)
    scan = data.index(b"\xff\xda")
    many = data[:-2] + data[scan:-2] * 300 + data[-2:]
    assert refusal(many) == "le fichier demande trop de calcul à qui l'ouvre. L'enregistrer à nouveau en JPEG."


def test_metadata_that_makes_no_sense_is_passed_over():
    odd = pictures.data(pictures.photo(60, 45), exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert facts(odd).width == 60


# Drawings


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 600 360"', (600, 360)),
        ('viewBox="-10,-10 600.4,359.6"', (600, 360)),
        ('width="300" height="200px" viewBox="0 0 1 1"', (300, 200)),
        ('width="100%" height="100%" viewBox="0 0 600 360"', (600, 360)),
        ('width="10cm" height="5cm"', (0, 0)),
        ('viewBox="0 0 0 0"', (0, 0)),
        ('viewBox="0 0 1e9 3"', (0, 0)),
        ("", (0, 0)),
    ],
)
def test_a_drawing_has_the_size_that_it_says(attributes, size):
    found = facts(pictures.drawing(attributes), "a.svg")
    assert (found.width, found.height) == size
    assert not found.is_raster


def test_a_drawing_that_is_no_xml_has_no_size_here_and_its_problem_elsewhere():
    assert facts(b"<svg", "a.svg").format == "SVG"
