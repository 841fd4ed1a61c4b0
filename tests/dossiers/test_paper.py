"""A dossier on paper: all of its texts in one document, which everyone can read."""

from __future__ import annotations

import shutil

import pytest
from lxml import html

from plugins.press.paper.sheets import UnprintableError
from tests import paper, sites, speech, values
from tests.values import article, dossier, part

FOLDER = "dossiers/le-pays-de-nulle-part"
URL = f"/{FOLDER}/le-pays-de-nulle-part.pdf"
PARTS = [
    f"/{FOLDER}/la-carte/",
    f"/{FOLDER}/les-gens/",
    "/blog/un-article-qui-rejoint-le-dossier/",
    f"/{FOLDER}/les-comptes/",
    f"/{FOLDER}/flux/",
]


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    root = tmp_path_factory.mktemp("dossier")
    shutil.copytree(sites.ROOT / "tests/sample/content", root / "content")
    sites.build(root)
    return root / "output"


@pytest.fixture(scope="module")
def pdf(output):
    return (output / URL.strip("/")).read_bytes()


def printed(*documents, **settings):
    site = values.site(*documents, settings=sites.settings(**settings))
    return values.render(site, "/dossiers/un-dossier/un-dossier.pdf")


def test_nothing_is_in_the_way_of_a_reader(pdf, tmp_path):
    assert paper.faults(pdf, tmp_path) == []


def test_no_word_of_a_part_is_missing(output, pdf):
    printed = speech.listen(pdf)
    text, notes = " ".join(printed.words), {" ".join(note) for note in printed.notes}
    for address in PARTS:
        page = html.document_fromstring((output / address.strip("/") / "index.html").read_text(encoding="utf-8"))
        shown = speech.read(page.cssselect("main .body")[0])
        assert " ".join(shown.words) in text, address
        assert {" ".join(note) for note in shown.notes} <= notes


def test_its_bookmarks_are_its_parts_in_order(pdf):
    found = [title.partition(" ")[0] for title in paper.outline(pdf) if isinstance(title, str)]
    assert found == ["Sommaire", "Éditorial", "La", "Les", "Un", "Les", "Un", "À"]


def test_links_from_text_to_text_stay_inside(pdf):
    found = paper.links(pdf)
    assert {"#editorial", "#partie-4-des-notes-et-des-renvois"} <= set(found)
    assert not [link for link in found if "/dossiers/" in link and link.count("/") > 5]


def test_it_says_what_it_is_whose_and_where_it_is_on_the_web():
    one, two = part(1, authors=("Ada",)), part(2, authors=("Bo", "Ada"), modified="2026-03-01")
    data = printed(dossier(summary="En bref.", tags=("ESS",)), one, two)
    cover, *_, last = paper.pages(data)
    for words in ("Dossier ouvert", "Un dossier", "En bref.", "Textes : Ada et Bo.", "Cré-Sol"):
        assert words in cover, words
    for words in (
        "« Un dossier » est un dossier ouvert de Cré-Sol, publié le 5 janvier 2026 et mis à jour le 1er mars 2026.",
        "http://127.0.0.1:8000/dossiers/un-dossier/",
        "CC BY-SA 4.0",
    ):
        assert words in last, words
    with paper.opened(data) as pdf:
        meta = pdf.open_metadata()
        assert (meta["dc:title"], meta["dc:description"], meta["pdf:Keywords"]) == ("Un dossier", "En bref.", "ESS")
        assert meta["dc:creator"] == ["Ada, Bo"]
        assert meta["xmp:CreateDate"] == "2026-03-01T00:00:00+00:00"


def test_what_its_resources_are_is_printed_with_their_addresses():
    from plugins.dossiers.model import Resource

    data = printed(dossier(resources=(Resource("Un guide", "https://exemple.fr/guide", "Bien fait."),)))
    found = paper.text(data)
    assert "Un guide" in found
    assert "Bien fait." in found
    assert "https://exemple.fr/guide" in found


def test_without_pdf_there_is_none_and_no_link_to_it():
    site = values.site(dossier(), part(1), settings=sites.settings(pdf=False))
    assert not [url for url in values.outputs(site) if url.endswith(".pdf")]
    assert not [link for link in values.links(values.tree(site, "/dossiers/un-dossier/")) if link.endswith(".pdf")]


def test_an_article_of_the_dossier_is_one_of_its_parts():
    joined = article("Au milieu", dossier="un-dossier", part=2, text=values.text("<p>Le texte de l'article.</p>"))
    found = paper.text(printed(dossier(), part(1), joined))
    assert "Au milieu" in found
    assert "Le texte de l’article." in found.replace("'", "’")


def test_what_paper_cannot_show_is_named_at_its_place(tmp_path):
    from plugins.dossiers.book import build_book
    from plugins.dossiers.paper import build_sheet
    from plugins.press.rendering import Press

    sites.write(tmp_path / "content", {"dossiers/un-dossier/01-partie-1.md": "---\ntitle: x\n---\n\nDu <video> ici.\n"})
    text = values.text("<p>Du <video></video> ici.</p>")
    site = values.site(dossier(), part(1, text=text))
    press = values.press()
    press.places = sites.places(tmp_path)
    assert isinstance(press, Press)
    with pytest.raises(UnprintableError) as caught:
        build_sheet(build_book(site, dossier()), press)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line, problem.column) == ("dossiers/un-dossier/01-partie-1.md", 5, 4)
    assert "<video>" in problem.message
