"""The page of a free page: its title, its text, the way around it when it is long."""

from plugins.press.documents import Image
from plugins.press.markdown import Heading
from plugins.press.pictures.facts import Facts
from tests import values
from tests.values import once, page, titles, tree, words


def test_a_page_shows_its_title_and_its_text():
    found = tree(
        values.site(page("L'association", text=values.text("<p>Nous sommes <em>là</em>.</p>"))), "/l-association/"
    )
    assert titles(found, "h1") == ["L’association"]
    assert titles(found, "main p em") == ["là"]
    assert found.findtext(".//title") == "L’association – Cré-Sol"


def test_a_long_page_begins_with_its_headings():
    headings = tuple(Heading(2, f"h-{n}", f"Partie {n}") for n in range(3))
    body = "".join(f'<h2 id="h-{n}">Partie {n}</h2>' for n in range(3))
    long = tree(values.site(page(text=values.text(body, headings=headings))), "/une-page/")
    assert values.links(long, "main nav a") == ["#h-0", "#h-1", "#h-2"]
    short = tree(values.site(page(text=values.text(body, headings=headings[:2]))), "/une-page/")
    assert values.links(short, "main nav a") == []


def test_a_page_shows_its_picture():
    picture = Image("photo.jpg", "pages/photo.jpg", "Une salle")
    found = tree(values.site(page(image=picture), files={"pages/photo.jpg": (1, 2, 3)}), "/une-page/")
    image = once(found.cssselect("main img"))
    assert (image.get("src"), image.get("alt")) == ("/media/pages/photo.jpg", "Une salle")
    # and gives it to those who share the page
    large = {"pages/photo.jpg": Facts(b"", "JPEG", 1200, 900)}
    site = values.site(page(image=picture), files={"pages/photo.jpg": (1, 2, 3)}, pictures=large)
    shared = once(tree(site, "/une-page/").cssselect("meta[property='og:image']")).get("content")
    assert shared.endswith("/une-page/partage.jpg")
    assert "/une-page/partage.jpg" in values.outputs(site)


def test_a_page_has_an_address_and_a_description_for_others():
    found = tree(values.site(page(summary="Qui nous sommes.")), "/une-page/")
    assert once(found.cssselect("meta[name=description]")).get("content") == "Qui nous sommes."
    assert once(found.cssselect("link[rel=canonical]")).get("href").endswith("/une-page/")
    assert "Qui nous sommes." not in words(once(found.cssselect("main")))
