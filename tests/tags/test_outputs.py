"""The pages of tags: all of them, and what carries each."""

from tests import values
from tests.values import article, event, once, page, titles, tree, words

SITE = values.site(
    article("Ancien", "2020-01-01", tags=("ESS", "Formation"), summary="Un résumé."),
    article("Récent", "2026-01-01", tags=("ess",)),
    page("Une page", tags=("ESS",)),
    event("Passée", "2020-05-05", tags=("ESS",)),
    event("À venir", "2026-07-05", tags=("ESS",)),
    event("Autre", tags=("Formation",)),
)


def test_every_tag_has_one_page():
    found = [url for url in values.outputs(SITE) if url.startswith("/mots-cles/")]
    assert found == ["/mots-cles/", "/mots-cles/ess/", "/mots-cles/formation/"]


def test_the_list_tells_how_many_pages_carry_each_tag():
    items = tree(SITE, "/mots-cles/").cssselect("main li")
    assert [values.links(item, "a") for item in items] == [["/mots-cles/ess/"], ["/mots-cles/formation/"]]
    assert words(items[0]).startswith("ESS")
    assert "5 pages" in words(items[0])
    assert "2 pages" in words(items[1])


def test_an_empty_list_says_so():
    assert "Aucun mot-clé pour l’instant." in words(tree(values.site(), "/mots-cles/"))


def test_a_tag_shows_texts_newest_first_then_events_latest_first():
    found = tree(SITE, "/mots-cles/ess/")
    assert titles(found, "h1") == ["ESS"]
    assert values.links(found, "main li a") == [
        "/blog/recent/",
        "/blog/ancien/",
        "/une-page/",  # it has no date
        "/agenda/2026/07/a-venir/",
        "/agenda/2020/05/passee/",
    ]
    assert "Un résumé." in words(found)


def test_a_document_leads_to_the_page_of_its_tags_whatever_their_spelling():
    for url in ("/blog/ancien/", "/blog/recent/", "/agenda/2026/07/a-venir/"):
        assert "/mots-cles/ess/" in values.links(tree(SITE, url))
    link = once(tree(SITE, "/blog/recent/").cssselect("main a[rel=tag]"))
    assert words(link) == "ess"


def test_the_page_of_a_tag_leads_back_to_the_list():
    assert "/mots-cles/" in values.links(tree(SITE, "/mots-cles/ess/"), "nav a")


def test_no_page_of_a_tag_grows_for_ever_and_none_of_its_documents_is_lost():
    articles = [article(f"Article {number}", f"2020-01-{number % 28 + 1:02}", tags=("ESS",)) for number in range(80)]
    site = values.site(*articles, event("À venir", tags=("ESS",)))
    pages = [url for url in values.outputs(site) if url.startswith("/mots-cles/ess/")]
    assert pages == ["/mots-cles/ess/", "/mots-cles/ess/page/2/", "/mots-cles/ess/page/3/"]
    shown = [link for url in pages for link in values.links(tree(site, url), "main li a")]
    assert sorted(shown) == sorted([*(document.url for document in articles), "/agenda/2026/07/a-venir/"])
    second = tree(site, pages[1])
    assert values.links(second, ".pager a") == [pages[0], pages[2]]
    assert titles(second, "title") == ["ESS, page 2 – Cré-Sol"]


def test_the_list_of_very_many_tags_has_pages_and_none_is_lost():
    site = values.site(*(article(f"Article {n}", tags=(f"mot-clé numéro {n}",)) for n in range(301)))
    pages = [url for url in values.outputs(site) if url in {"/mots-cles/", "/mots-cles/page/2/", "/mots-cles/page/3/"}]
    assert pages == ["/mots-cles/", "/mots-cles/page/2/"]
    shown = [link for url in pages for link in values.links(tree(site, url), "main .cols a")]
    assert len(shown) == len(set(shown)) == 301
    assert values.links(tree(site, pages[1]), ".pager a") == [pages[0]]
    assert all(len(values.render(site, url)) < 60_000 for url in pages)


def test_a_page_of_a_tag_stays_light():
    long = "Un titre long comme on en écrit, qui dit presque tout de la rencontre"
    texts = [article(f"{long} {n}", tags=("ESS",), summary="Un résumé. " * 25) for n in range(36)]
    events = [event(f"{long} {n}", tags=("ESS",), summary="Un résumé. " * 25, city="Tours") for n in range(36)]
    assert len(values.render(values.site(*texts, *events), "/mots-cles/ess/")) < 60_000
