"""A rich dossier, built: its pages, its printable page and its book, as those who make the formats want them."""

from __future__ import annotations

import shutil

import pytest
from lxml import html

from tests import epubs, sites, values
from tests.values import links, once, titles, words

FOLDER = "dossiers/le-pays-de-nulle-part"
URL = f"/{FOLDER}/"


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    root = tmp_path_factory.mktemp("dossier")
    shutil.copytree(sites.ROOT / "tests/sample/content", root / "content")
    assert sites.build(root).warnings == ()
    return root / "output"


@pytest.fixture(scope="module")
def book(output):
    return (output / FOLDER / "le-pays-de-nulle-part.epub").read_bytes()


def page(output, address):
    return html.document_fromstring((output / address.strip("/") / "index.html").read_text(encoding="utf-8"))


# The book


def test_nothing_is_against_the_book(book, tmp_path):
    assert epubs.check(book, tmp_path) == []
    assert epubs.lost(book) == []


def test_epubcheck_would_say_what_is_wrong(book, tmp_path):
    assert epubs.check(book.replace(b"editorial.xhtml#comment", b"editorial.xhtml#Comment"), tmp_path) != []


def test_no_word_of_the_site_is_missing_in_the_book(output, book):
    pages = epubs.pages(book)
    for number, address in enumerate(PARTS, 1):
        said = words(once(page(output, address).cssselect(".body")))
        assert said in words(pages[f"partie-{number}.xhtml"].find("{*}body")), address


PARTS = [
    f"{URL}la-carte/",
    f"{URL}les-gens/",
    "/blog/un-article-qui-rejoint-le-dossier/",
    f"{URL}les-comptes/",
    f"{URL}flux/",
]


def test_links_between_parts_stay_in_the_book(book):
    pages = epubs.pages(book)
    assert {"partie-1.xhtml", "partie-4.xhtml#des-notes-et-des-renvois"} <= set(
        pages["editorial.xhtml"].xpath("//@href")
    )
    assert {"editorial.xhtml", "editorial.xhtml#comment-le-lire", "partie-2.xhtml#le-meme-titre"} <= set(
        pages["partie-1.xhtml"].xpath("//@href")
    )
    outside = f"{sites.settings().url}/agenda/2026/10/conference-hybride/"
    assert outside in pages["partie-3.xhtml"].xpath("//@href")


def test_the_pictures_are_in_the_book(output, book):
    found = epubs.files(book)
    assert found["EPUB/images/01.png"] == (output / "media" / FOLDER / "carte d'essai.png").read_bytes()
    assert epubs.pages(book)["partie-1.xhtml"].xpath("//@src") == ["images/01.png", "images/02.svg"]
    assert b'schema:accessMode">visual<' in found["EPUB/book.opf"]
    assert b"<svg " in found["EPUB/cover.svg"]


def test_the_drawings_are_in_the_book_and_so_is_what_they_say(book):
    editorial = epubs.pages(book)["editorial.xhtml"]
    assert len(editorial.findall(".//{http://www.w3.org/2000/svg}svg")) == 2
    said = editorial.xpath("//*[local-name()='th' or local-name()='td' or local-name()='li']")
    assert {"L’été <100 %>", "12", "La boussole : montre le nord"} <= set(map(words, said))
    assert (
        b'href="editorial.xhtml" media-type="application/xhtml+xml" properties="svg"'
        in (epubs.files(book)["EPUB/book.opf"])
    )


# The pages


def test_the_dossier_gathers_what_goes_with_it(output):
    found = page(output, URL)
    assert words(once(found.cssselect("main dd"))) == "Ada Lessai, Cré-Sol d’essai, Bo Témoin et Zoé Personne"
    assert titles(values.under(found, "Les parties"), ".meta:first-child") == [f"Partie {n} sur 5" for n in range(1, 6)]
    assert links(values.under(found, "Les parties"), "h3 a") == PARTS
    assert links(values.under(found, "Dans l’agenda"), "h3 a") == [
        "/agenda/2026/09/atelier-velos/",
        "/agenda/2026/10/conference-hybride/",
        "/agenda/2025/11/an-dernier/",
    ]
    assert titles(found, "a[rel=tag]") == ["réparation", "pays imaginé", "fiction"]


def test_events_lead_back_to_the_dossier(output):
    name = "Le pays de Nulle-Part : un dossier d’essai & ses marges"
    workshop = page(output, "/agenda/2026/09/atelier-velos/")
    assert titles(values.under(workshop, "On en parle"), "a") == [name]
    conference = page(output, "/agenda/2026/10/conference-hybride/")
    assert titles(values.under(conference, "On en parle"), "a") == ["Un article qui rejoint le dossier"]


def test_one_follows_the_parts_from_each_to_the_next(output):
    seen, address = [], PARTS[0]
    while address:
        seen.append(address)
        found = page(output, address)
        assert f"Partie {len(seen)} sur 5" in words(found.cssselect(".kicker")[0])
        address = next(iter(links(found, "nav[aria-label='Parties du dossier'] a.after")), "")
    assert seen == PARTS


def test_the_printable_page_holds_together(output):
    found = page(output, f"{URL}imprimer/")
    ids = found.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {address[1:] for address in links(found, "a[href^='#']")} <= set(ids)
    assert len(found.cssselect("[role=doc-endnotes]")) == 4
    for address in PARTS:
        assert words(once(page(output, address).cssselect(".body"))) in words(found.cssselect("main")[0]), address


def test_the_feed_of_the_dossier_has_its_whole_content(output):
    feed = (output / FOLDER / "flux.atom.xml").read_text(encoding="utf-8")
    for said in ("Un texte replié", "Boussoles", "Un encadré", "Note de la quatrième partie", "And the last one"):
        assert said in feed
