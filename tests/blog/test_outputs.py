"""The pages of the blog: the list in pages of twenty, and each article."""

import pytest

from tests import sites, values
from tests.values import article, moment, once, titles, tree, words

ENTRIES = "main li a[href^='/blog/']"


def blog(count, size=20):
    articles = [article(f"Article {n:03}", f"20{n // 12 + 10}-{n % 12 + 1:02}-05") for n in range(count)]
    return values.site(*articles, settings=sites.settings(page_size=size))


def lists(site):
    return [url for url in values.outputs(site) if url == "/blog/" or url.startswith("/blog/page/")]


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (20, 1), (21, 2), (40, 2), (41, 3)])
def test_the_list_is_cut_in_pages_of_twenty(count, pages):
    assert lists(blog(count)) == ["/blog/", *(f"/blog/page/{n}/" for n in range(2, pages + 1))]


def test_every_article_is_in_the_list_once_newest_first():
    site = blog(7, size=3)
    found = [link for url in lists(site) for link in values.links(tree(site, url), ENTRIES)]
    assert found == [f"/blog/article-{n:03}/" for n in range(6, -1, -1)]


def test_pages_of_the_list_lead_to_each_other():
    site = blog(7, size=3)
    around = [values.links(tree(site, url), "main nav a") for url in lists(site)]
    assert around == [["/blog/page/2/"], ["/blog/", "/blog/page/3/"], ["/blog/page/2/"]]


def test_pages_of_the_list_have_titles_of_their_own():
    site = blog(7, size=3)
    found = [tree(site, url).findtext(".//title") for url in lists(site)]
    assert found == ["Blog – Cré-Sol", "Blog, page 2 sur 3 – Cré-Sol", "Blog, page 3 sur 3 – Cré-Sol"]


def test_an_empty_blog_says_so():
    page = tree(blog(0), "/blog/")
    assert values.links(page, ENTRIES) == []
    assert "Rien n’a encore été publié ici." in words(page)


def test_the_blog_announces_its_feeds():
    for url in ("/blog/", "/blog/article-000/"):
        page = tree(blog(1), url)
        feeds = {link.get("href"): link.get("type") for link in page.cssselect("link[rel=alternate]")}
        assert feeds == {
            "/flux/blog.atom.xml": "application/atom+xml",
            "/flux/blog.rss.xml": "application/rss+xml",
        }


def test_an_article_tells_its_date_its_authors_and_how_long_it_takes():
    found = article("Six cours", "2026-03-01", authors=("Ana", "Bo", "Cy"), tags=("ESS",), text=values.text(words=2300))
    page = tree(values.site(found), found.url)
    assert titles(page, "h1") == ["Six cours"]
    text = words(once(page.cssselect("main article")))
    assert "1er mars 2026" in text
    assert "Ana, Bo et Cy" in text
    assert "10 min" in text
    assert page.cssselect("main time[datetime='2026-03-01']")
    assert "/mots-cles/ess/" in values.links(page)


@pytest.mark.parametrize(
    ("modified", "days"), [("2026-03-01T18:00", ["2026-03-01"]), ("2026-04-02", ["2026-03-01", "2026-04-02"])]
)
def test_an_article_tells_when_it_was_changed_on_another_day(modified, days):
    found = article(day="2026-03-01", modified=modified)
    page = tree(values.site(found), found.url)
    assert [time.get("datetime") for time in page.cssselect("main time")] == days


def test_an_article_shows_its_text_with_its_links_leading_where_they_should():
    there = article("Là-bas")
    text = values.text('<p>Voir <a href="link:0">là-bas</a>.</p>', links=(values.reference("la-bas.md", there.path),))
    found = article("Ici", text=text)
    page = tree(values.site(found, there), found.url)
    assert once([a.get("href") for a in page.cssselect("main p a") if words(a) == "là-bas"]) == "/blog/la-bas/"


def test_articles_lead_to_the_next_newer_and_older():
    site = values.site(*(article(title, f"2026-01-0{n}") for n, title in enumerate("ABC", 1)))
    around = {url: values.links(tree(site, url), "main nav a") for url in ("/blog/a/", "/blog/b/", "/blog/c/")}
    assert around == {
        "/blog/a/": ["/blog/b/"],
        "/blog/b/": ["/blog/a/", "/blog/c/"],
        "/blog/c/": ["/blog/b/"],
    }


def test_the_summary_of_an_article_is_its_description_for_others():
    found = article(summary="Un résumé « court ».")
    page = tree(values.site(found), found.url)
    contents = {m.get("name") or m.get("property"): m.get("content") for m in page.cssselect("meta[content]")}
    assert " ".join(contents["description"].split()) == "Un résumé « court »."
    assert contents["og:title"] == "Un article"
    assert contents["og:url"] == f"{sites.settings().url}/blog/un-article/"


def test_an_old_address_leads_to_the_new_one():
    found = article(aliases=("/ancien/", "/node/12.php"), date=moment("2026-01-05"))
    site = values.site(found)
    for url in found.aliases:
        page = tree(site, url)
        assert once(page.cssselect("meta[http-equiv=refresh]")).get("content") == "0; url=/blog/un-article/"
        assert once(page.cssselect("meta[name=robots]")).get("content") == "noindex"
        assert once(page.cssselect("link[rel=canonical]")).get("href").endswith("/blog/un-article/")
        assert values.links(page) == ["/blog/un-article/"]
