"""What tells people and robots what there is: the plan of the site, the sitemap, robots.txt, build.json."""

import json
import re

import pytest
from lxml import etree
from msgspec import structs

from plugins.press.documents import Document
from plugins.press.outputs import Batch, Output, Template, hash_value
from plugins.press.views import Head
from plugins.sitemap import outputs as sitemap
from plugins.sitemap.outputs import RedirectView
from tests import sites, values
from tests.values import article, dossier, event, moment, once, page, part, report, titles, tree, words

HOST = sites.settings().url
NAMESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def listed(of, url="/sitemap.xml"):
    """The addresses of a sitemap, without the host, each with its day."""
    root = etree.fromstring(values.render(of, url))
    found = {}
    for entry in root:
        address = once(entry.findall("s:loc", NAMESPACE)).text
        assert address.startswith(f"{HOST}/")
        found[address.removeprefix(HOST)] = entry.findtext("s:lastmod", namespaces=NAMESPACE)
    assert len(found) == len(root)
    return found


SITE = values.site(
    article("Un", "2026-01-05", aliases=("/ancien/",)),
    article("Deux", "2026-01-06T10:00", modified="2026-03-01"),
    event(date="2026-05-01"),
    event("Sans annonce"),
    page(),
    dossier(),
    part(1),
    report(),
)

# sitemap.xml


def test_the_sitemap_lists_exactly_the_pages_for_robots():
    pages = {url for url in values.outputs(SITE) if url.endswith("/")}
    hidden = {url for url in pages if tree(SITE, url).cssselect("meta[name=robots][content=noindex]")}
    extracts = {url for url in pages if url.startswith("/agenda/extrait/")}
    assert hidden == {"/ancien/", "/dossiers/un-dossier/imprimer/"} | extracts
    assert set(listed(SITE)) == pages - hidden
    assert "/404.html" not in listed(SITE)


def test_the_sitemap_is_in_order_and_of_its_namespace():
    root = etree.fromstring(values.render(SITE, "/sitemap.xml"))
    assert root.tag == f"{{{NAMESPACE['s']}}}urlset"
    assert {entry.tag for entry in root} == {f"{{{NAMESPACE['s']}}}url"}
    assert list(listed(SITE)) == sorted(listed(SITE))


def test_a_page_of_a_document_has_the_day_of_its_last_change():
    found = listed(SITE)
    assert found["/blog/un/"] == "2026-01-05"
    assert found["/blog/deux/"] == "2026-03-01"
    assert found["/agenda/2026/07/fete/"] == "2026-05-01"
    assert found["/agenda/2026/07/sans-annonce/"] is None
    assert found["/agenda/"] is None


def test_an_empty_site_has_a_sitemap():
    assert "/" in listed(values.site())


@pytest.mark.parametrize(("count", "sizes"), [(0, []), (40_000, []), (40_001, [40_000, 1]), (80_000, [40_000, 40_000])])
def test_a_sitemap_of_more_than_forty_thousand_addresses_is_split(count, sizes):
    site = values.site()
    pages = [Output(f"/p/{n}/", Template("page.html"), RedirectView(head=Head("x"), target="/")) for n in range(count)]
    [batch] = [item for item in sitemap.build_index(site, pages) if isinstance(item, Batch)]
    found = {output.url: output.build_view() for output in batch.build()}
    names = [f"/sitemap-{number}.xml" for number in range(1, len(sizes) + 1)]
    assert list(found) == ["/sitemap.xml", *names]
    if not sizes:
        assert not found["/sitemap.xml"].index
        assert len(found["/sitemap.xml"].urls) == count
    else:
        assert found["/sitemap.xml"].index
        assert [url for url, _ in found["/sitemap.xml"].urls] == [HOST + name for name in names]
        assert [len(found[name].urls) for name in names] == sizes
        addresses = [url for name in names for url, _ in found[name].urls]
        assert sorted(addresses) == sorted(HOST + page.url for page in pages)


def told(*documents: Document, composed: tuple[str, ...] = (), standing: str = "") -> bytes:
    """The hash of all that the sitemaps are made of."""
    pages = [Output(url, Template("page.html"), RedirectView(head=Head("x"), target="/")) for url in composed]
    items = sitemap.build_index(values.site(*documents), pages, standing)
    return hash_value(once([item.key for item in items if isinstance(item, Batch)]), b"")


def test_the_sitemap_is_made_anew_when_a_page_or_its_day_changes_and_not_when_a_page_was_composed():
    un, deux = article("Un", "2026-01-01"), article("Deux", "2026-02-01")
    both = (un.url, deux.url)
    before = told(un, deux, composed=both)
    assert told(un, deux, composed=(deux.url,), standing=f"{un.url}\n/a/x.ics\n") == before
    assert told(un, deux, composed=(un.url, "/c/")) != before
    assert told(un, article("Deux", "2026-02-02"), composed=both) != before
    exchanged = (structs.replace(un, url=deux.url), structs.replace(deux, url=un.url))
    assert told(*exchanged, composed=both) != before


def test_an_index_of_sitemaps_has_its_own_form(monkeypatch):
    monkeypatch.setattr(sitemap, "SITEMAP_SIZE", 10)
    root = etree.fromstring(values.render(SITE, "/sitemap.xml"))
    assert root.tag == f"{{{NAMESPACE['s']}}}sitemapindex"
    assert {entry.tag for entry in root} == {f"{{{NAMESPACE['s']}}}sitemap"}
    parts = list(listed(SITE))
    assert parts[0] == "/sitemap-1.xml"
    everything = [url for part_url in parts for url in listed(SITE, part_url)]
    monkeypatch.undo()
    assert everything == list(listed(SITE))


# robots.txt and build.json


def test_robots_may_read_all_and_are_told_of_the_sitemap():
    assert values.render(SITE, "/robots.txt").decode() == f"User-agent: *\nAllow: /\n\nSitemap: {HOST}/sitemap.xml\n"


def test_the_build_says_what_was_published_from_what():
    site = values.site(*SITE.documents, commit="abc123")
    record = json.loads(values.render(site, "/build.json"))
    pages = [url for url in values.outputs(site) if url.endswith("/")]
    counts = {"articles": 2, "dossiers": 1, "events": 2, "parts": 1, "reports": 1}
    assert record == {"now": "2026-06-01T12:00:00+02:00", "commit": "abc123", "pages": len(pages), **counts}


def test_a_build_outside_git_says_that_it_knows_no_commit():
    assert json.loads(values.render(values.site(), "/build.json"))["commit"] is None


# The plan of the site


def test_the_plan_leads_to_every_document_and_every_way_into_the_agenda():
    links = set(values.links(tree(SITE, "/plan-du-site/")))
    expected = {
        *(
            "/agenda/",
            "/agenda/abonnements/",
            "/agenda/2026/",
            "/agenda/departement/37/",
            "/agenda/categorie/prestation/",
        ),
        *(
            "/dossiers/",
            "/dossiers/un-dossier/",
            "/dossiers/un-dossier/partie-1/",
            "/blog/",
            "/blog/un/",
            "/blog/deux/",
        ),
        *("/rapports/", "/rapports/2025/", "/", "/une-page/", "/mots-cles/", "/flux/"),
    }
    assert expected <= links
    assert links <= set(values.outputs(SITE))


def test_the_parts_of_a_dossier_stand_below_it():
    found = tree(SITE, "/plan-du-site/")
    item = once([one for one in found.cssselect("main li") if values.links(one, "a")[0] == "/dossiers/un-dossier/"])
    assert values.links(item, "ul a") == ["/dossiers/un-dossier/partie-1/"]


def test_pages_are_in_the_order_of_their_menu():
    site = values.site(page("Bis", menu_order=2), page("Alpha"), page("Zéro", menu_order=1))
    links = values.links(tree(site, "/plan-du-site/"))
    assert [url for url in links if url in {"/bis/", "/alpha/", "/zero/"}] == ["/zero/", "/bis/", "/alpha/"]


def test_beyond_two_hundred_articles_the_plan_leads_to_the_pages_of_the_blog():
    few = [article(f"Article {n}") for n in range(200)]
    assert (
        len([url for url in values.links(tree(values.site(*few), "/plan-du-site/")) if url.startswith("/blog/a")])
        == 200
    )
    site = values.site(*few, article("Un de plus"))
    links = [url for url in values.links(tree(site, "/plan-du-site/")) if url.startswith("/blog/")]
    assert links == ["/blog/", *(f"/blog/page/{n}/" for n in range(2, 12))]
    assert set(links) <= set(values.outputs(site))


# Old addresses


def test_an_old_address_is_a_page_that_leads_on_at_once():
    site = values.site(event(aliases=("/vieille-fete/", "/node/1.html")))
    for url in ("/vieille-fete/", "/node/1.html"):
        found = tree(site, url)
        target = once(found.cssselect("meta[http-equiv=refresh]")).get("content")
        assert re.fullmatch(r"0; url=/agenda/2026/07/fete/", target)
        assert "Fête" in words(once(found.cssselect("main")))
        assert len(titles(found, "h1")) == 1


def test_the_days_of_the_sitemap_are_those_that_editors_wrote():
    site = values.site(article(day="2026-03-01T23:59"), event(modified="2026-04-01T00:01"))
    found = listed(site)
    assert (found["/blog/un-article/"], found["/agenda/2026/07/fete/"]) == ("2026-03-01", "2026-04-01")
    assert moment(found["/blog/un-article/"])
