"""The bytes of feeds: what RSS 2.0 and Atom (RFC 4287) ask for, also where readers forgive."""

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from html import unescape

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from tests import sites, values
from tests.values import article, dossier, event, once, part, report

ATOM = {"a": "http://www.w3.org/2005/Atom", "c": "http://purl.org/rss/1.0/modules/content/"}
HOST = sites.settings().url
SITE = values.site(
    article("Ancien", "2026-01-01", authors=("Ana", "Bo"), tags=("ESS",), summary="Un résumé."),
    article("Récent", "2026-02-01T10:30", modified="2026-03-01"),
    event("Fête", "2026-07-05", date="2026-05-01", organisers=["CRESS"]),
    event("Bal", "2026-08-05"),
    dossier(),
    part(1),
    report(),
)
STEMS = ["/flux/blog", "/flux/agenda", "/flux/rapports", "/dossiers/un-dossier/flux"]


def tree(of, url):
    return etree.fromstring(values.render(of, url))


def rss(stem="/flux/blog", of=SITE):
    return once(tree(of, f"{stem}.rss.xml").findall("channel"))


def atom(stem="/flux/blog", of=SITE):
    return tree(of, f"{stem}.atom.xml")


def entry(found, stem="/flux/blog"):
    """The one entry of a document, in Atom."""
    return once(atom(stem, values.site(found)).findall("a:entry", ATOM))


def item(found, stem="/flux/blog"):
    return once(rss(stem, values.site(found)).findall("item"))


@pytest.mark.parametrize("stem", STEMS)
@pytest.mark.parametrize("form", ["rss", "atom"])
def test_feeds_are_utf_8_and_readers_have_no_complaint(stem, form):
    data = values.render(SITE, f"{stem}.{form}.xml")
    assert re.match(rb"<\?xml version='1.0' encoding='UTF-8'\?>\n", data)
    found = feedparser.parse(data)
    assert not found.bozo
    assert found.version == {"rss": "rss20", "atom": "atom10"}[form]
    assert found.feed.title.startswith("Cré-Sol – ")
    assert found.feed.language == "fr"
    assert found.entries


# RSS


@pytest.mark.parametrize("stem", STEMS)
def test_a_channel_links_to_its_page_once_and_to_itself(stem):
    channel = rss(stem)
    page = {"/flux/blog": "/blog/", "/flux/agenda": "/agenda/", "/flux/rapports": "/rapports/"}.get(
        stem, "/dossiers/un-dossier/"
    )
    assert [link.text for link in channel.findall("link")] == [HOST + page]
    own = once(channel.findall("a:link", ATOM))
    assert dict(own.attrib) == {"href": f"{HOST}{stem}.rss.xml", "rel": "self", "type": "application/rss+xml"}
    for name in ("title", "description", "language", "lastBuildDate"):
        assert once(channel.findall(name)).text


def test_an_item_has_its_address_as_identity():
    for found in rss().findall("item"):
        link, guid = once(found.findall("link")), once(found.findall("guid"))
        assert link.text == guid.text
        assert guid.get("isPermaLink") == "true"


def test_an_event_has_an_identity_that_survives_another_day_or_address():
    for found in rss("/flux/agenda").findall("item"):
        guid = once(found.findall("guid"))
        assert found.findtext("link").startswith(f"{HOST}/agenda/2026/")
        assert guid.text.startswith("tag:agenda.cre-sol,2017:agenda/2026/")
        assert guid.get("isPermaLink") == "false"


def test_the_date_of_an_item_is_that_of_its_announcement_in_the_form_of_mail():
    fete, bal = (
        found
        for title in ("Fête", "Bal")
        for found in rss("/flux/agenda").findall("item")
        if found.findtext("title").startswith(title)
    )
    assert fete.findtext("pubDate") == "Fri, 01 May 2026 00:00:00 +0200"
    assert bal.find("pubDate") is None
    assert parsedate_to_datetime(rss().findtext("item/pubDate")) == datetime.fromisoformat("2026-02-01T10:30+01:00")


def test_the_text_of_an_item_is_whole_and_its_description_is_the_summary():
    found = item(article(summary="Un résumé.", text=values.text("<p>Un <em>texte</em>.</p>")))
    assert found.findtext("description") == "Un résumé."
    assert found.findtext("c:encoded", namespaces=ATOM) == "<p>Un <em>texte</em>.</p>"


# Atom


@pytest.mark.parametrize("stem", STEMS)
def test_a_feed_has_what_atom_requires(stem):
    feed = atom(stem)
    for name in ("id", "title", "updated"):
        assert once(feed.findall(f"a:{name}", ATOM)).text
    assert once(feed.findall("a:author/a:name", ATOM)).text == "Cré-Sol"
    links = {link.get("rel"): (link.get("href"), link.get("type")) for link in feed.findall("a:link", ATOM)}
    assert links["self"] == (f"{HOST}{stem}.atom.xml", "application/atom+xml")
    assert links["alternate"] == (feed.findtext("a:id", namespaces=ATOM), "text/html")
    assert len(links) == 2


@pytest.mark.parametrize("stem", STEMS)
def test_an_entry_has_what_atom_requires(stem):
    for found in atom(stem).findall("a:entry", ATOM):
        identity = once(found.findall("a:id", ATOM)).text
        assert identity.startswith((f"{HOST}/", "tag:agenda.cre-sol,2017:"))
        assert once(found.findall("a:title", ATOM)).text
        assert datetime.fromisoformat(once(found.findall("a:updated", ATOM)).text).tzinfo
        assert once(found.findall("a:content", ATOM)).get("type") == "html"
        link = once(found.findall("a:link", ATOM))
        address = {"rel": "alternate", "type": "text/html"}
        assert {"href": link.get("href"), **address} == dict(link.attrib)
        assert link.get("href") == identity or identity.startswith("tag:")


def test_an_entry_names_its_authors_and_tags():
    found = entry(article(authors=("Ana", "Bo"), tags=("ESS", "Formation")))
    assert [name.text for name in found.findall("a:author/a:name", ATOM)] == ["Ana", "Bo"]
    assert [category.get("term") for category in found.findall("a:category", ATOM)] == ["ESS", "Formation"]
    assert [
        name.text for name in entry(event(organisers=["CRESS"]), "/flux/agenda").findall("a:author/a:name", ATOM)
    ] == ["CRESS"]
    assert [category.text for category in item(article(tags=("ESS",))).findall("category")] == ["ESS"]


def test_an_item_names_its_authors_where_no_e_mail_address_is_asked_for():
    found = item(article(authors=("Ana", "Bo")))
    assert [name.text for name in found.findall("{http://purl.org/dc/elements/1.1/}creator")] == ["Ana", "Bo"]
    assert found.find("author") is None
    # Atom has its own place for them
    assert entry(article(authors=("Ana",))).findall("{http://purl.org/dc/elements/1.1/}creator") == []


def test_an_entry_says_when_it_was_published_and_changed_in_local_time_with_its_offset():
    found = entry(article(day="2026-02-01T10:30", modified="2026-07-01"))
    assert found.findtext("a:published", namespaces=ATOM) == "2026-02-01T10:30:00+01:00"
    assert found.findtext("a:updated", namespaces=ATOM) == "2026-07-01T00:00:00+02:00"


def test_an_entry_that_nobody_dated_does_not_pretend_to_be_of_now():
    found = entry(event(), "/flux/agenda")
    assert found.find("a:published", ATOM) is None
    assert found.findtext("a:updated", namespaces=ATOM).startswith("2000-01-01")


@pytest.mark.parametrize("stem", STEMS)
def test_identities_differ_within_a_feed_and_are_the_same_in_both_forms(stem):
    ids = [found.text for found in atom(stem).findall("a:entry/a:id", ATOM)]
    assert len(set(ids)) == len(ids) > 0
    assert ids == [found.text for found in rss(stem).findall("item/guid")]


# The date of the whole


def test_a_feed_is_as_old_as_its_last_change():
    assert atom().findtext("a:updated", namespaces=ATOM) == "2026-03-01T00:00:00+01:00"
    assert rss().findtext("lastBuildDate") == "Sun, 01 Mar 2026 00:00:00 +0100"


@pytest.mark.parametrize("stem", ["/flux/blog", "/flux/agenda", "/flux/rapports"])
def test_an_empty_feed_is_a_feed_of_a_fixed_date(stem):
    for now in ("2026-06-01T12:00", "2027-01-01T00:00"):
        empty = values.site(now=now)
        assert atom(stem, empty).findtext("a:updated", namespaces=ATOM).startswith("2000-01-01T00:00:00")
        assert rss(stem, empty).findtext("lastBuildDate").startswith("Sat, 01 Jan 2000")
        assert not feedparser.parse(values.render(empty, f"{stem}.rss.xml")).entries


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_the_same_content_gives_the_same_bytes_later(form):
    documents = [article(), event(date="2026-05-01"), report()]
    for stem in STEMS[:3]:
        url = f"{stem}.{form}.xml"
        assert values.render(values.site(*documents), url) == values.render(
            values.site(*documents, now="2029-01-01"), url
        )


def test_entries_are_in_the_order_of_the_feed():
    assert [found.text for found in rss().findall("item/title")] == ["Récent", "Partie 1", "Ancien"]
    assert [found.text for found in atom().findall("a:entry/a:title", ATOM)] == ["Récent", "Partie 1", "Ancien"]


# Texts


def test_links_and_pictures_of_a_text_have_whole_addresses():
    there = article("Là-bas", "2020-01-01")
    body = '<p><a href="link:0">là</a> <a href="link:1">x</a> <img src="link:2" alt="y"> <a href="link:3">z</a></p>'
    links = (
        values.reference("la-bas.md#repere", there.path),
        values.reference("https://exemple.test/", ""),
        values.reference("photo.jpg", "blog/2026/photo.jpg"),
        values.reference("/agenda/", "agenda/"),
    )
    here = article("Ici", text=values.text(body, links=links))
    site = values.site(here, there, files={"blog/2026/photo.jpg": (1, 2, 3)})
    content = atom(of=site).findtext("a:entry/a:content", namespaces=ATOM)
    assert re.findall('(?:href|src)="([^"]*)"', content) == [
        f"{HOST}/blog/la-bas/#repere",
        "https://exemple.test/",
        f"{HOST}/media/blog/2026/photo.jpg",
        f"{HOST}/agenda/",
    ]


def test_notes_and_places_of_the_same_text_have_whole_addresses_too():
    body = 'Voir [plus bas](#la-fin) et une note[^1].\n\n## La fin\n\n`<a href="#x">`\n\n[^1]: La note.'
    document, said = values.read("blog/2026/essai.md", sites.article(body=body))
    assert said == []
    content = entry(document).findtext("a:content", namespaces=ATOM)
    links = html.fragment_fromstring(content, create_parent=True).cssselect("a")
    assert [link.get("href") for link in links] == [
        f"{HOST}/blog/essai/#{name}" for name in ("la-fin", "fn:1", "fnref:1")
    ]
    assert '&lt;a href="#x"&gt;' in content  # what is shown as code is left as it is


def test_html_in_what_editors_write_is_a_text_in_both_forms():
    trap = values.SCRIPT
    found = article(trap, authors=(trap,), tags=(trap,), summary=trap, text=values.text("<p>Un texte.</p>"))
    written = entry(found)
    assert written.find("a:title", ATOM).get("type") is None  # of type text
    assert written.findtext("a:title", namespaces=ATOM) == trap
    assert written.find("a:summary", ATOM).get("type") is None
    assert written.findtext("a:summary", namespaces=ATOM) == trap
    assert written.findtext("a:author/a:name", namespaces=ATOM) == trap
    assert item(found).findtext("title") == trap
    # readers take the description of an item for HTML: there it is escaped once more
    assert unescape(item(found).findtext("description")) == trap
    assert "<" not in item(found).findtext("description")


def test_html_in_the_place_and_status_of_an_event_is_a_text():
    trap = values.SCRIPT
    content = entry(event(city=trap, status_note=trap), "/flux/agenda").findtext("a:content", namespaces=ATOM)
    assert html.fragment_fromstring(content, create_parent=True).cssselect("script") == []
    assert unescape(content).count(trap) == 2


FORBIDDEN = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"  # XML 1.0 §2.2
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60).map(lambda text: f"{text}.")


@given(TEXTS, TEXTS)
def test_whatever_the_characters_a_feed_is_xml_and_keeps_those_it_can(title, other):
    site = values.site(article(title, summary=other, tags=(other,), authors=(other,)))
    kept = [re.sub(FORBIDDEN, "", text) for text in (title, other)]
    written = once(atom(of=site).findall("a:entry", ATOM))
    assert [written.findtext(f"a:{name}", namespaces=ATOM) for name in ("title", "summary")] == kept
    assert written.find("a:category", ATOM).get("term") == kept[1]
    assert once(rss(of=site).findall("item")).findtext("title") == kept[0]


@pytest.mark.parametrize("sign", ["\x01", "\x0b", "\x1f", "\ufffe", "\uffff", "\x00"])
def test_signs_that_xml_has_no_place_for_are_left_out(sign):
    text = values.text(f"<p>a{sign}b</p>")
    found = article(f"Es{sign}sai", summary=f"un{sign}deux", tags=(f"t{sign}u",), text=text)
    written = entry(found)
    assert written.findtext("a:title", namespaces=ATOM) == "Essai"
    assert written.findtext("a:summary", namespaces=ATOM) == "undeux"
    assert written.findtext("a:content", namespaces=ATOM) == "<p>ab</p>"
    assert item(found).findtext("title") == "Essai"


# The page that lists them


def test_every_feed_is_on_its_page_in_both_forms():
    page = values.tree(SITE, "/flux/")
    links = values.links(page)
    for stem in STEMS:
        assert {f"{stem}.rss.xml", f"{stem}.atom.xml"} <= set(links)
        assert f"{HOST}{stem}.atom.xml" in values.titles(page, "main code")
