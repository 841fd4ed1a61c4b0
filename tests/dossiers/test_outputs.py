"""The pages of dossiers: the list, each dossier, each part between its neighbours."""

import pytest

from plugins.dossiers.model import Resource
from plugins.press.documents import Reference
from plugins.press.outputs import fingerprint
from tests import sites, values
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
        f"{URL}imprimer/",
        "/dossiers/autre/",
        "/dossiers/autre/ailleurs/",
        "/dossiers/autre/imprimer/",
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


def test_an_edit_of_the_text_of_a_part_changes_only_its_page_the_whole_dossier_and_the_feeds():
    before = values.outputs(values.site(WHOLE, part(1), part(2)))
    after = values.outputs(values.site(WHOLE, part(1, text=values.text("<p>Corrigé.</p>")), part(2)))
    changed = {url for url in after if fingerprint(after[url], b"") != fingerprint(before[url], b"")}
    assert {url for url in changed if not url.endswith(".xml")} == {
        f"{URL}partie-1/",
        f"{URL}imprimer/",
        f"{URL}un-dossier.epub",
        f"{URL}un-dossier.pdf",
    }


def test_an_edit_of_the_title_of_a_part_touches_the_other_parts_that_name_it():
    before = values.outputs(values.site(WHOLE, part(1, slug="une"), part(2)))
    after = values.outputs(values.site(WHOLE, part(1, "Autre", slug="une", path=part(1).path), part(2)))
    changed = {url for url in after if url.startswith(URL) and after[url].view != before[url].view}
    assert f"{URL}partie-2/" in changed


# What a dossier says of itself


def test_a_dossier_says_who_wrote_it_and_when_it_changed():
    site = values.site(dossier(authors=("Ada",)), part(1, authors=("Bo", "Ada"), modified="2026-03-02"))
    page = tree(site, URL)
    assert words(once(page.cssselect("main dd"))) == "Ada et Bo"
    assert "5 janvier 2026 · 1 min de lecture · mis à jour le 2 mars 2026" in words(page.cssselect(".byline")[0])


def test_a_dossier_can_be_taken_away_as_soon_as_it_has_a_word():
    taken = ["imprimer/", "un-dossier.epub"]
    empty = values.text("", 0)
    for site, found in (
        (SITE, taken),
        (values.site(dossier(text=empty), part(1)), taken),
        (values.site(dossier()), taken),
        (values.site(dossier(text=empty), part(1, text=empty)), []),
        (values.site(dossier(text=empty)), []),
    ):
        links = [f"{URL}{name}" for name in taken]
        assert [url for url in values.links(tree(site, URL), "main .keep a") if url in links] == [
            URL + n for n in found
        ]
        assert [url for url in values.outputs(site) if url in links] == [URL + name for name in found]


def test_a_text_of_no_word_takes_no_time_to_read():
    empty = values.text("", 0)
    page = tree(values.site(dossier(text=empty), part(1, text=empty)), URL)
    assert "min de lecture" not in words(page.cssselect("main")[0])
    assert "min de lecture" not in words(tree(values.site(dossier(text=empty)), "/dossiers/").cssselect("main")[0])


# Where one is


def test_a_part_has_all_parts_within_reach_and_says_which_it_is():
    page = tree(SITE, f"{URL}commencer/")
    parts = once(page.cssselect("main details"))
    assert words(parts.cssselect("summary")[0]) == "Les 3 parties du dossier"
    assert values.links(parts, "li a") == [f"{URL}commencer/", "/blog/au-milieu/", f"{URL}finir/"]
    assert values.links(parts, "a[aria-current=page]") == [f"{URL}commencer/"]


def test_an_article_that_joined_a_dossier_says_so_and_leads_to_its_neighbours():
    page = tree(SITE, "/blog/au-milieu/")
    assert words(page.cssselect("main .kicker")[0]) == "Un dossier · Partie 2 sur 3"
    assert values.links(page, "main .kicker a") == [URL]
    around = "main nav[aria-label='Parties du dossier'] a"
    assert values.links(page, around) == [f"{URL}commencer/", f"{URL}finir/"]
    assert [words(link) for link in page.cssselect(around)] == ["← Partie 1 Commencer", "Partie 3 → Finir"]
    assert values.links(page, "main details a[aria-current=page]") == ["/blog/au-milieu/"]


def test_an_article_of_its_own_says_nothing_of_dossiers():
    page = tree(values.site(dossier(), article("Seul")), "/blog/seul/")
    assert page.cssselect("main .kicker, main .cover, main details") == []


def test_a_dossier_of_forty_parts_has_them_all_in_order():
    site = values.site(dossier(), *(part(n) for n in range(1, 41)))
    assert [words(item)[:17] for item in tree(site, URL).cssselect("main ol li")][::39] == [
        "Partie 1 sur 40 P",
        "Partie 40 sur 40 ",
    ]
    page = tree(site, f"{URL}partie-20/")
    assert len(page.cssselect("main details li")) == 40
    assert values.links(page, "main nav[aria-label='Parties du dossier'] a") == [f"{URL}partie-19/", f"{URL}partie-21/"]
    assert len(tree(site, f"{URL}imprimer/").cssselect("section.chapter")) == 40


# The whole dossier on one page


def printed(*documents):
    return tree(values.site(*documents), f"{URL}imprimer/")


def test_the_printable_page_stands_for_the_dossier():
    page = tree(SITE, f"{URL}imprimer/")
    site = sites.settings().url
    assert values.links(page, "link[rel=canonical]") == [f"{site}{URL}"]
    assert page.cssselect("meta[name=robots][content=noindex]")
    assert f"{URL}imprimer/" not in values.render(SITE, "/sitemap.xml").decode()


def test_the_printable_page_has_all_texts_in_order_and_says_where_they_come_from():
    page = tree(SITE, f"{URL}imprimer/")
    assert titles(page, "h2") == [
        "Sommaire",
        "Commencer",
        "Au milieu",
        "Finir",
        "D’où viennent ces pages",
    ]
    assert values.links(page, "main nav a") == ["#partie-1", "#partie-2", "#partie-3"]
    assert "L'éditorial." in words(page.cssselect("#editorial")[0])
    assert "Partie 2 sur 3 Au milieu 5 janvier 2026 Un texte." in words(page.cssselect("#partie-2")[0])
    sources = page.cssselect("section[aria-labelledby=_sources]")[0]
    site = sites.settings().url
    assert values.links(sources, "li a") == [
        site + url for url in (URL, f"{URL}commencer/", "/blog/au-milieu/", f"{URL}finir/")
    ]
    assert values.links(sources, "a[rel=license]") == [sites.settings().licence.url]


def test_the_texts_of_the_printable_page_do_not_mix_their_headings_places_and_notes():
    html = (
        '<h2 id="suite">Suite</h2><p>Mot<sup id="fnref:1"><a href="#fn:1">1</a></sup> <a href="link:0">ici</a> '
        'd id="x" <code>&lt;a id="x"&gt;</code></p><h6 id="bas">Bas</h6>'
        '<ol><li id="fn:1"><a href="#fnref:1">↩</a></li></ol>'
    )
    text = values.text(html, 3, links=(Reference("#suite", "", 1, 1),))
    page = printed(dossier(text=text), part(1, text=text), part(2, text=text))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for key in ("editorial", "partie-1", "partie-2"):
        chapter = once(page.cssselect(f"#{key}"))
        assert [(h.tag, h.get("id")) for h in chapter.cssselect("[id$=suite], [id$=bas]")] == [
            ("h3", f"{key}-suite"),
            ("h6", f"{key}-bas"),
        ]
        assert values.links(chapter, "a") == [f"#{key}-fn:1", f"#{key}-suite", f"#{key}-fnref:1"]
        assert 'd id="x" <a id="x">' in words(chapter)
    assert {link.get("href")[1:] for link in page.cssselect("main a[href^='#']")} <= set(ids)


def test_links_from_text_to_text_stay_on_the_printable_page():
    there = (f"{URL}partie-2/#fin", URL, "/agenda/")
    text = values.text("".join(f'<a href="link:{n}">x</a>' for n in range(3)), 3, links=tuple(map(typed, there)))
    page = printed(dossier(), part(1, text=text), part(2, text=values.text('<p id="fin">Fin</p>', 1)))
    found = values.links(page.cssselect("#partie-1")[0], "a")
    assert found == ["#partie-2-fin", "#editorial", f"{sites.settings().url}/agenda/"]
    assert page.cssselect("#partie-2-fin")


def typed(target):
    return Reference(target, "", 1, 1)


def test_nothing_is_folded_away_on_the_printable_page():
    html = '<details><summary>A</summary></details><details class="x"></details><details class="y" open=""></details>'
    found = printed(dossier(text=values.text(html, 3))).cssselect("main .text details")
    assert [element.get("open") is not None for element in found] == [True, True, True]


def test_another_language_is_told_where_it_is_printed():
    page = printed(dossier(), part(1, "Hello", lang="en"))
    chapter = page.cssselect("#partie-1")[0]
    assert (chapter.get("lang"), chapter.cssselect("header")[0].get("lang")) == ("en", "fr")
    assert chapter.cssselect("h2")[0].get("lang") == "en"
