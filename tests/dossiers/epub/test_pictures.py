"""Pictures in the book, and what stands for those that cannot be in it."""

import pytest
from lxml import etree

from plugins.dossiers.book import SMALL
from plugins.dossiers.epub.pictures import embed, place
from plugins.dossiers.epub.xhtml import XHTML
from plugins.press.pictures.copies import Copy

PNG, JPEG, GIF = b"\x89PNG\r\n\x1a\n...", b"\xff\xd8\xff...", b"GIF89a..."
SVG = '<?xml version="1.0" encoding="ISO-8859-1"?><svg xmlns="http://www.w3.org/2000/svg"><title>é</title></svg>'
STAMP = (1, 2, 3)


def embedded(**files):
    """The pictures made of these files: name without ending → bytes."""
    paths = {name.replace("_", "."): data for name, data in files.items()}
    return embed([Copy(f"/media/{path}", path, STAMP) for path in paths], lambda file: paths[file.path])


@pytest.mark.parametrize(
    ("data", "media_type", "ending"),
    [(PNG, "image/png", "png"), (JPEG, "image/jpeg", "jpg"), (GIF, "image/gif", "gif")],
)
def test_what_a_picture_is_its_first_bytes_tell(data, media_type, ending):
    found = embedded(a_jpg=data)["/media/a.jpg"]
    assert (found.type, found.name, found.data) == (media_type, f"images/01.{ending}", data)


def test_a_drawing_is_written_in_utf_8_whatever_it_was():
    found = embedded(a_svg=SVG.encode("latin-1"))["/media/a.svg"]
    assert found.type == "image/svg+xml"
    assert "<title>é</title>".encode() in found.data


def test_names_follow_the_order_of_reading():
    assert [picture.name for picture in embedded(b_png=PNG, a_png=PNG).values()] == ["images/01.png", "images/02.png"]


@pytest.mark.parametrize("data", [b"RIFF....WEBP", b"", b"\x89PN", PNG + b"x" * SMALL])
def test_what_some_readers_cannot_show_is_left_out(data):
    assert embedded(a_png=data) == {}


def placed(body, **files):
    root = etree.fromstring(f'<body xmlns="{XHTML}">{body}</body>')
    place(root, embedded(**files), lambda address: f"https://exemple.test{address}")
    return etree.tostring(root, encoding="unicode").partition(">")[2].removesuffix("</body>")


def test_a_picture_of_the_book_is_shown():
    assert placed('<img src="/media/a.png#x" alt="Un"/>', a_png=PNG) == '<img src="images/01.png" alt="Un"/>'


def test_a_picture_that_is_not_in_the_book_leaves_its_description_and_its_address():
    assert placed('<p>a <img alt="Un &amp; deux" src="/media/a.webp" title="x"/> b</p>') == (
        '<p>a <span class="picture"><a href="https://exemple.test/media/a.webp">Image : Un &amp; deux</a></span> b</p>'
    )


def test_inside_a_link_it_leaves_its_description_only():
    found = placed('<a href="#x"><b><img alt="Un" src="/media/a.webp"/></b></a>')
    assert found == '<a href="#x"><b><span class="picture">Image : Un</span></b></a>'


def test_the_pictures_of_the_theme_stay():
    assert placed('<img src="cover.svg" alt=""/>') == '<img src="cover.svg" alt=""/>'
