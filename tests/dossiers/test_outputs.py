"""The pages of dossiers: the list, each dossier, each part between its neighbours."""

import pytest

from plugins.dossiers.model import Resource
from tests import values
from tests.values import article, dossier, once, part, titles, tree, words

WHOLE = dossier(
    "Un dossier",
    "2026-01-05",
    summary="De quoi il parle.",
    tags=("ESS",),
    text=values.text("<p>L'éditorial.</p>", 230),
)
SITE = values.site(
    WHOLE,
    part(1, "Commencer", summary="Pour commencer."),
    article("Au milieu", dossier="un-dossier", part=2),
    part(3, "Finir", text=values.text(words=690)),
    part(1, "Ailleurs", of="autre"),
    dossier("Autre", "2025-01-01", state="complete"),
)
URL = "/dossiers/un-dossier/"


def test_each_dossier_and_each_part_has_its_page_and_an_article_keeps_its_own():
    found = [url for url in values.outputs(SITE) if url.startswith("/dossiers/") and url.endswith("/")]
    assert found == [
        "/dossiers/",
        URL,
        f"{URL}commencer/",
        f"{URL}finir/",
        "/dossiers/autre/",
        "/dossiers/autre/ailleurs/",
    ]
    assert "/blog/au-milieu/" in values.outputs(SITE)


def test_the_list_shows_how_long_each_dossier_is_and_whether_it_is_complete():
    page = tree(SITE, "/dossiers/")
    assert titles(page, "h1") == ["Dossiers"]
    cards = [words(item) for item in page.cssselect("main li")]
    assert "Un dossier De quoi il parle. 3 parties · 4 min" in cards[0]
    assert "ouvert" in cards[0]
    assert "1 partie ·" in cards[1]
    assert "complet" in cards[1]


def test_an_empty_list_says_so():
    assert "Aucun dossier n’est encore ouvert." in words(tree(values.site(), "/dossiers/"))


def test_a_dossier_shows_its_editorial_then_its_parts_in_order():
    page = tree(SITE, URL)
    assert titles(page, "h1") == ["Un dossier"]
    assert "L'éditorial." in words(page)
    found = page.cssselect("main ol li")
    assert [values.links(item, "a") for item in found] == [
        [f"{URL}commencer/"],
        ["/blog/au-milieu/"],
        [f"{URL}finir/"],
    ]
    assert ["Partie 1 sur 3" in words(found[0]), "Partie 3 sur 3" in words(found[2])] == [True, True]
    assert "Pour commencer." in words(found[0])
    assert "3 min" in words(found[2])
    assert "/mots-cles/ess/" in values.links(page)


def test_a_dossier_without_parts_says_nothing_of_them():
    page = tree(values.site(dossier()), URL)
    assert page.cssselect("main ol") == []
    assert "0 partie" not in words(page)


def test_a_dossier_announces_its_own_feeds():
    for url in (URL, f"{URL}commencer/"):
        found = values.links(tree(SITE, url), "link[rel=alternate]")
        assert found == [f"{URL}flux.atom.xml", f"{URL}flux.rss.xml"]
        assert set(found) <= set(values.outputs(SITE))


def test_a_dossier_gives_what_to_read_elsewhere():
    page = tree(values.site(dossier(resources=(Resource("Un site", "https://exemple.test/", "En anglais"),))), URL)
    link = once(page.cssselect("main a[href='https://exemple.test/']"))
    assert words(link) == "Un site"
    assert "En anglais" in words(link.xpath("ancestor::li")[0])


@pytest.mark.parametrize(
    ("url", "rank", "neighbours"),
    [
        (f"{URL}commencer/", "Partie 1 sur 3", ["/blog/au-milieu/"]),
        (f"{URL}finir/", "Partie 3 sur 3", ["/blog/au-milieu/"]),
        ("/dossiers/autre/ailleurs/", "Partie 1 sur 1", []),
    ],
)
def test_a_part_tells_its_rank_and_leads_to_its_neighbours_by_name(url, rank, neighbours):
    page = tree(SITE, url)
    assert rank in words(page)
    assert values.links(page, "main nav[aria-label='Parties du dossier'] a") == neighbours
    assert all("Au milieu" in words(link) for link in page.cssselect("main nav a[href='/blog/au-milieu/']"))


def test_every_part_leads_to_the_one_before_and_the_one_after():
    site = values.site(dossier(), part(1), part(2), part(3))
    first, second, third = (f"{URL}partie-{n}/" for n in (1, 2, 3))
    found = [
        values.links(tree(site, url), "main nav[aria-label='Parties du dossier'] a") for url in (first, second, third)
    ]
    assert found == [[second], [first, third], [second]]


def test_a_part_leads_back_to_its_dossier():
    page = tree(SITE, f"{URL}finir/")
    assert URL in values.links(page)
    crumbs = values.links(page, "nav ol a")
    assert crumbs == ["/", "/dossiers/", URL]


def test_an_edit_of_the_text_of_a_part_changes_only_its_page_and_the_feeds():
    before = values.outputs(values.site(WHOLE, part(1), part(2)))
    after = values.outputs(values.site(WHOLE, part(1, text=values.text("<p>Corrigé.</p>")), part(2)))
    changed = {url for url in after if after[url].view != before[url].view}
    assert {url for url in changed if not url.endswith(".xml")} == {f"{URL}partie-1/"}
