"""Pictures on the published site: every form where pages say it is, made once, the same each time."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile

import pytest
from lxml import html

from plugins.press.pictures import encoding
from plugins.press.problems import ContentError
from tests import paper, pictures, sites

FOLDER = "blog/2026"
TEXT = sites.article(
    "Un", body='![La salle](salle.jpg "La salle, un soir. Photo : une voisine.")\n\n![Le signe](signe.png)'
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A built site with a photo that was taken somewhere, and a logo."""
    root = tmp_path_factory.mktemp("site")
    photo = pictures.taken(pictures.photo(600, 900), turn=6)
    files = {f"{FOLDER}/un.md": TEXT, f"{FOLDER}/salle.jpg": photo}
    sites.write(root / "content", files | {f"{FOLDER}/signe.png": pictures.data(pictures.logo(), "PNG")})
    sites.build(root)
    return root


@pytest.fixture
def root(made, tmp_path):
    """A copy of it, to be changed."""
    copied = shutil.copytree(made, tmp_path / "site")
    sites.build(copied)
    return copied


@pytest.fixture
def encoded(monkeypatch):
    """The forms that were made, and not found."""
    seen = []
    before = encoding.encode
    monkeypatch.setattr(encoding, "encode", lambda data, form: seen.append(form) or before(data, form))
    return seen


def media(root) -> dict[str, bytes]:
    published = sites.tree(root / "output")
    return {path.removeprefix(f"media/{FOLDER}/"): data for path, data in published.items() if path.startswith("media")}


def test_each_form_of_a_photo_is_there_upright_and_without_its_place(made):
    published = media(made)
    assert set(published) == {
        *(f"salle.jpg.{width}.{form}" for width in (480, 800, 900) for form in ("avif", "webp")),
        "salle.jpg",
        *(f"signe.png.400.{form}" for form in ("avif", "webp")),
        "signe.png",
    }
    for name, data in published.items():
        assert pictures.CAMERA.encode() not in data
        assert not pictures.read(data).getexif(), name
    assert pictures.read(published["salle.jpg"]).size == (900, 600)
    assert pictures.read(published["salle.jpg.480.avif"]).size == (480, 320)
    assert pictures.read(published["signe.png"]).mode == "RGBA"


def test_every_address_in_a_page_is_that_of_a_form_with_the_size_said(made):
    page = html.document_fromstring((made / "output/blog/un/index.html").read_text())
    published = media(made)
    sources = page.cssselect("main source")
    assert len(sources) == 4
    for source in sources:
        for address, width in re.findall(rf"/media/{FOLDER}/(\S+)(?: (\d+)w)?", source.get("srcset")):
            picture = pictures.read(published[address.rstrip(",")])
            assert picture.get_format_mimetype() == source.get("type")
            assert not width or picture.width == int(width)
    for image in page.cssselect("main img"):
        assert image.get("src").removeprefix(f"/media/{FOLDER}/") in published
    assert [image.get("loading") for image in page.cssselect("main img")] == [None, "lazy"]
    assert page.cssselect("figcaption")[0].text_content() == "La salle, un soir. Photo\u202f: une voisine."


def test_feeds_show_one_form_by_its_whole_address(made):
    feed = (made / "output/flux/blog.atom.xml").read_text()
    assert f'src="{sites.settings().url}/media/{FOLDER}/salle.jpg" width="900" height="600"' in feed.replace(
        "&gt;", ">"
    )
    assert "picture" not in feed


def test_nothing_is_made_again_while_pictures_stay(root, encoded):
    (root / f"content/{FOLDER}/un.md").write_text(TEXT.replace("Le signe", "Notre signe"))
    result = sites.build(root)
    assert "blog/un/index.html" in result.changed
    assert not [path for path in result.changed if path.startswith("media")]
    assert encoded == []


def test_a_picture_that_moves_is_found_and_one_that_changes_is_made(root, encoded):
    folder = root / f"content/{FOLDER}"
    (folder / "salle.jpg").rename(folder / "autre.jpg")
    (folder / "un.md").write_text(TEXT.replace("salle.jpg", "autre.jpg"))
    assert f"media/{FOLDER}/autre.jpg" in sites.build(root).changed
    assert encoded == []
    (folder / "signe.png").write_bytes(pictures.data(pictures.corners(), "PNG"))
    changed = sites.build(root).changed
    assert {form.width for form in encoded} == {300}
    assert "blog/un/index.html" in changed, "its room has another shape"


def test_what_was_made_outlives_a_build_that_fails(root, encoded):
    folder = root / f"content/{FOLDER}"
    (folder / "signe.png").write_bytes(pictures.data(pictures.corners(), "PNG"))
    page = root / "content/static/page.html"
    sites.write(root / "content", {"static/page.html": '<a href="/nulle-part/">x</a>'})
    with pytest.raises(ContentError):
        sites.build(root)
    assert len(encoded) == 3
    page.unlink()
    sites.build(root)
    assert len(encoded) == 3


def test_a_damaged_piece_is_made_again(root, encoded):
    for blob in (root / ".output.press/blobs").iterdir():
        blob.write_bytes(blob.read_bytes()[:-1])
    before = media(root)
    (root / ".output.press/manifest").unlink()
    sites.build(root)
    assert len(encoded) == 10
    assert media(root) == before


def test_a_check_makes_no_picture(root, encoded):
    (root / f"content/{FOLDER}/signe.png").write_bytes(pictures.data(pictures.corners(), "PNG"))
    sites.build(root, publish=False)
    assert encoded == []


def test_workers_and_another_machine_s_folder_give_the_same_bytes(made, tmp_path):
    shutil.copytree(made / "content", tmp_path / "ailleurs/content")
    code = "import sys; from pathlib import Path; from tests import sites; sites.build(Path(sys.argv[1]), processes=2)"
    command = [sys.executable, "-c", code, str(tmp_path / "ailleurs")]
    subprocess.run(command, cwd=sites.ROOT, capture_output=True, check=True)
    assert sites.tree(tmp_path / "ailleurs/output") == sites.tree(made / "output")


ICONS = 5
"""Those of the site, made of its logo, are kept in the same way."""


def test_pieces_that_nobody_wants_any_more_are_dropped(root):
    blobs = root / ".output.press/blobs"
    for number in range(1100):
        (blobs / f"{number:032x}").touch()
    (root / f"content/{FOLDER}/un.md").write_text(TEXT + "Plus.")
    sites.build(root)
    assert len([*blobs.iterdir()]) == 10 + ICONS


def test_a_picture_that_changes_during_the_build_stops_it(root, monkeypatch):
    from plugins.press.pictures import outputs
    from plugins.press.problems import PressError

    (root / f"content/{FOLDER}/signe.png").write_bytes(pictures.data(pictures.corners(), "PNG"))
    monkeypatch.setattr(outputs, "read_source", lambda *_: b"autre")
    with pytest.raises(PressError, match="a changé pendant la construction"):
        sites.build(root)


def test_books_and_paper_hold_photos_as_every_program_reads_them_without_their_place(tmp_path):
    text = sites.article("Un", body="Un texte.\n\n![La salle](salle.jpg)", image="salle.jpg", image_alt='"La salle"')
    files = {"index.md": text, "salle.jpg": pictures.taken(pictures.photo(300, 200), turn=6)}
    sites.write(tmp_path / "content/dossiers/un", files)
    sites.build(tmp_path)
    with zipfile.ZipFile(tmp_path / "output/dossiers/un/un.epub") as book:
        photo = book.read("EPUB/images/01.jpg")
        page = book.read("EPUB/editorial.xhtml").decode()
    assert photo == (tmp_path / "output/media/dossiers/un/salle.jpg").read_bytes()
    assert pictures.CAMERA.encode() not in photo
    assert pictures.read(photo).size == (200, 300)
    assert page.count('src="images/01.jpg"') == 2
    assert not re.search("<picture|<source|loading|fetchpriority", page)
    with paper.opened((tmp_path / "output/dossiers/un/un.pdf").read_bytes()) as pdf:
        shown = {bytes(image.read_raw_bytes()) for page in pdf.pages for image in page.get_images().values()}
    assert shown == {photo}
