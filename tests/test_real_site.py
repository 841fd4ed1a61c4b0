"""The association's own site, built once: every address that others rely on, and what each kind of file promises."""

import csv
import io
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

import feedparser
import icalendar
import msgspec
import pytest
from lxml import etree, html

from plugins.press import french
from plugins.press.settings import read_settings
from plugins.press.slugs import build_slug
from plugins.press.typography import french_text
from tests import epubs, paper, sites, structured
from tests.reports.wording import page_words, report_words

SETTINGS = read_settings(sites.CONF)
HOST = SETTINGS.url
EXTRACTS = "/agenda/extrait/"
DATA = "application/ld+json"
SITE: dict[str, bytes] = {}
"""The files of the site by address (pages without ``index.html``), filled by the fixture below."""


@pytest.fixture(scope="module", autouse=True)
def result(tmp_path_factory):
    """What a build of the real content, on 1 June 2026, gives."""
    root = tmp_path_factory.mktemp("site")
    places = msgspec.structs.replace(sites.places(root), root=sites.ROOT, content=sites.ROOT / "content")
    result = sites.build(root, places=places, settings=SETTINGS)
    for path, data in sites.tree(root / "output").items():
        SITE["/" + re.sub(r"(^|/)index\.html$", r"\1", path)] = data
    yield result
    SITE.clear()
    page.cache_clear()


@cache
def page(url: str) -> html.HtmlElement:
    return html.document_fromstring(SITE[url].decode())


def pages() -> list[str]:
    return [url for url in SITE if url.endswith(("/", ".html"))]


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().replace("’", "'").split())


def rows(url: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(SITE[url].decode("utf-8-sig"), newline=""), delimiter=";", strict=True))


def test_the_real_content_has_no_problem(result):
    assert [problem.message for problem in result.warnings] == []


# Every address that this stage owes (urls.md)

DEPARTMENTS = sorted({*SETTINGS.departments, "75"})
CATEGORIES = [category.slug for category in SETTINGS.categories]
ADDRESSES = [
    *("/", "/404.html", "/plan-du-site/", "/flux/", "/sitemap.xml", "/robots.txt", "/build.json"),
    *("/association/", "/mentions-legales/", "/accessibilite/", "/confidentialite/", "/contact/"),
    *("/blog/", "/blog/journee-nationale-ptce-et-citoyennete/", "/blog/rencontre-co-construction-territoriale/"),
    *(
        "/blog/formations-hybrides/",
        "/blog/plateforme-innovation-sociale/",
        "/blog/kit-animation-cooperative-de-reunions/",
    ),
    *("/mots-cles/", "/mots-cles/ess/", "/mots-cles/ptce/"),
    *("/dossiers/", "/dossiers/locavores-a-table/", "/dossiers/transition-democratique/"),
    *(
        f"/dossiers/{name}/{file}"
        for name in ("locavores-a-table", "transition-democratique")
        for file in ("flux.rss.xml", "flux.atom.xml", "imprimer/", f"{name}.epub")
    ),
    *(f"/flux/{name}.{form}.xml" for name in ("blog", "agenda", "rapports") for form in ("rss", "atom")),
    *("/agenda/", "/agenda/agenda.ics", "/agenda/abonnements/", "/agenda/2017/", "/agenda/2017/agenda.ics"),
    *("/agenda/reprendre/", "/agenda/agenda.json", "/agenda/agenda.schema.json", "/agenda/extrait/tout/"),
    *(f"/agenda/extrait/departement-{code}/" for code in DEPARTMENTS),
    *(f"/agenda/extrait/categorie-{slug}/" for slug in CATEGORIES),
    "/site.webmanifest",
    *(f"/agenda/2017/{month:02}/" for month in range(1, 13)),
    *(f"/agenda/departement/{code}/{name}" for code in DEPARTMENTS for name in ("", "agenda.ics")),
    *(f"/agenda/categorie/{slug}/{name}" for slug in CATEGORIES for name in ("", "agenda.ics")),
    *(f"/agenda/organisateur/cre-sol/{name}" for name in ("", "agenda.ics")),
    *("/agenda/2017/03/journee-nationale-ptce/", "/agenda/2017/03/journee-nationale-ptce/evenement.ics"),
    *(
        "/rapports/",
        "/rapports/2017/",
        "/rapports/2017/dates-cles.csv",
        "/rapports/2017/dates-cles.ics",
        "/rapports/2017/chiffres.csv",
        *(f"/rapports/2017/dates-cles-par-{name}.csv" for name in ("mois", "departement", "categorie")),
        "/rapports/2017/financeur/conseil-regional-centre-val-de-loire/",
        "/rapports/2017/cerfa-15059-conseil-regional-centre-val-de-loire.txt",
    ),
]


@pytest.mark.parametrize("url", ADDRESSES)
def test_an_address_that_others_rely_on_is_there(url):
    assert SITE[url]


# The 47 key dates of 2017, against the source


def source() -> list[dict[str, str]]:
    with Path(__file__).with_name("data").joinpath("dates-cles-2017.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def expected() -> list[tuple[str, str, str, str, str]]:
    """Start, last day, title, department and category of each, in order."""
    return sorted(
        (row["start"], row["end"] or row["start"], row["title"], row["department"], row["category"]) for row in source()
    )


MOVED = {
    "/agenda/2017/01/lancement-du-dossier-locavores-a-table-sur-le-blog/": "/dossiers/locavores-a-table/",
    "/agenda/2017/06/lancement-du-dossier-transition-democratique-sur-le-blog-cre-sol/": (
        "/dossiers/transition-democratique/"
    ),
    "/agenda/2017/09/embauche-en-cdi-de-notre-apprentie/": "/rapports/2017/#pole-ressources-numeriques",
    "/agenda/2017/12/parcours-d-initiative-sur-le-blog/": "/rapports/2017/",
    "/agenda/2017/12/envoi-du-dossier-datadock/": "/rapports/2017/",
}
"""What was in the agenda and is no event: launches of dossiers, milestones of the report. Their pages lead on."""


def is_event(row: tuple[str, ...]) -> bool:
    return row[2] not in {
        "Lancement du dossier « Locavores : à table ! » sur le blog",
        "Lancement du dossier « Transition démocratique » sur le blog Cré-sol",
        "Embauche en CDI de notre apprentie",
        "« Parcours d'initiative » sur le blog",
        "Envoi du dossier Datadock",
    }


def expected_events() -> list[tuple[str, str, str, str, str]]:
    """Those of the 47 that are events of the agenda."""
    return [row for row in expected() if is_event(row)]


@pytest.mark.parametrize("url", MOVED)
def test_the_page_of_what_is_no_event_any_more_leads_to_where_it_is_told(url):
    assert page(url).cssselect("meta[http-equiv=refresh]")[0].get("content").endswith(MOVED[url])
    assert MOVED[url].partition("#")[0] in SITE


LABELS = {category.label: category.slug for category in SETTINGS.categories} | {"": ""}


def test_the_source_is_the_one_that_was_counted():
    found = expected()
    assert len(found) == 47
    assert sum(not department for _, _, _, department, _ in found) == 6
    assert {department for _, _, _, department, _ in found} == {"", "36", "37", "41", "45", "75"}


def test_the_calendar_of_2017_holds_the_dates_that_are_events():
    calendar = icalendar.Calendar.from_ical(SITE["/agenda/2017/agenda.ics"])
    departments = dict(department_of_each_event())
    found = []
    for event in calendar.walk("VEVENT"):
        first, after = event["DTSTART"].dt, event["DTEND"].dt
        assert type(first) is type(after) is date
        category = values_of(event["CATEGORIES"])[0]
        url = str(event["URL"]).removeprefix(HOST)
        found.append(
            (str(first), str(after - timedelta(days=1)), str(event["SUMMARY"]), departments[url], LABELS[category])
        )
    assert sorted(found) == expected_events()


def values_of(categories: icalendar.prop.vCategory) -> list[str]:
    return [str(item) for item in categories.cats]


def department_of_each_event() -> Iterator[tuple[str, str]]:
    for url in event_pages():
        codes = [a.get("href").split("/")[3] for a in page(url).cssselect("main dd a[href^='/agenda/departement/']")]
        yield url, " ".join(codes)


def event_pages() -> list[str]:
    return [url for url in SITE if re.fullmatch(r"/agenda/2017/\d\d/[^/]+/", url) and url not in MOVED]


def test_each_date_has_its_page_in_its_month():
    departments = dict(department_of_each_event())
    found = []
    for url in event_pages():
        article = once(page(url).cssselect("main article"))
        days = [time.get("datetime") for time in article.cssselect(".date .dt-start, .date .dt-end:not(.over)")]
        assert days[0][:7] == "-".join(url.split("/")[2:4])
        category = once({slug for label, slug in LABELS.items() if label == words(article.cssselect(".p-category")[0])})
        found.append((days[0], days[-1], words(once(article.cssselect("h1"))), departments[url], category))
    assert sorted(found) == sorted(
        (*dates, plain(title), code, kind) for *dates, title, code, kind in expected_events()
    )


def once(found):
    assert len(found) == 1, found
    return next(iter(found))


def test_the_table_of_the_report_holds_the_47_dates():
    header, *found = rows("/rapports/2017/dates-cles.csv")
    assert header == ["début", "fin", "titre", "département", "catégorie", "adresse"]
    assert [
        (a, b or a, title, department, LABELS[category]) for a, b, title, department, category, _ in found
    ] == expected()
    addresses = {address.removeprefix(HOST) for *_, address in found} - {""}
    assert addresses == {*event_pages(), *(url for url in MOVED.values() if "dossiers" in url), HIRING}


HIRING = "/rapports/2017/#pole-ressources-numeriques-les-missions-du-pole"


def test_the_calendar_of_the_report_holds_the_47_dates_as_they_were_voted():
    whole, key_dates = (
        icalendar.Calendar.from_ical(SITE[url]).walk("VEVENT")
        for url in ("/agenda/2017/agenda.ics", "/rapports/2017/dates-cles.ics")
    )
    found = [(str(e["DTSTART"].dt), str(e["DTEND"].dt - timedelta(days=1)), str(e["SUMMARY"])) for e in key_dates]
    assert found == [row[:3] for row in expected()]
    assert {str(e["UID"]) for e in whole} < {str(e["UID"]) for e in key_dates}
    assert {str(e["DTSTAMP"].dt.astimezone(sites.PARIS).date()) for e in key_dates} == {"2018-05-19"}


PDF = "/rapports/2017/rapport-activite-2017.pdf"


def test_on_paper_each_of_the_47_dates_has_its_category_beside_it():
    letters = {category.slug: category.letter for category in SETTINGS.categories}
    said = squeeze(paper.text(SITE[PDF], "-raw"))
    for _, last, title, department, slug in expected():
        day = date.fromisoformat(last)
        when = f"{french.day_number(day)} {french.short_month(day)}"
        where = f"({department})" if department else ""
        assert said.count(squeeze(f"{when}{title}{where}{letters[slug]}{SETTINGS.category_label(slug)}")) == 1, title
    assert len(expected()) == 47


def squeeze(text: str) -> str:
    return "".join(plain(french_text(text)).split())


def test_the_report_says_the_same_on_paper_and_on_its_page():
    large = PDF.replace(".pdf", "-grands-caracteres.pdf")
    assert report_words(SITE[PDF]) == report_words(SITE[large]) == page_words(page("/rapports/2017/"))


def test_nothing_is_in_the_way_of_who_reads_what_is_printed(tmp_path):
    found = {url: paper.faults(data, tmp_path) for url, data in SITE.items() if url.endswith(".pdf")}
    assert {f"/dossiers/{name}/{name}.pdf" for name in ("locavores-a-table", "transition-democratique")} < found.keys()
    assert {url: faults for url, faults in found.items() if faults} == {}


def test_months_departments_and_categories_list_the_same_dates():
    by_month, by_department, by_category = defaultdict(set), defaultdict(set), Counter()
    for start, _, title, department, category in expected_events():
        by_month[start[5:7]].add(title)
        by_department[department].add(title)
        by_category[category] += 1
    for month, titles in by_month.items():
        assert {words(link) for link in listed(f"/agenda/2017/{month}/")} == {plain(title) for title in titles}
    assert {words(link) for link in listed("/agenda/departement/75/")} == {
        plain(title) for title in by_department["75"]
    }
    assert len({link.get("href") for link in listed("/agenda/2017/")}) == 42
    shown = [words(row) for row in page("/rapports/2017/").cssselect("section[id='dates-cles'] li.row")]
    assert len(shown) == 47
    for text, (*_, title, department, category) in zip(shown, expected(), strict=True):
        assert f"{plain(title)}{f' ({department})' if department else ''} " in text
        assert text.endswith(SETTINGS.category_label(category)), text
    for category, count in by_category.items():
        assert len({link.get("href") for link in listed(f"/agenda/categorie/{category}/")}) == min(count, 20)


def listed(url: str) -> list[html.HtmlElement]:
    return [
        link for link in page(url).cssselect("main li a[href^='/agenda/2017/']") if link.get("href").count("/") == 5
    ]


def plain(title: str) -> str:
    return " ".join(title.replace("’", "'").split())


# Feeds, also where readers forgive

FEEDS = [url for url in ADDRESSES if url.endswith(".xml") and "flux" in url]
ATOM = {"a": "http://www.w3.org/2005/Atom"}
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@pytest.mark.parametrize("url", FEEDS)
def test_a_feed_is_read_without_complaint(url):
    found = feedparser.parse(SITE[url])
    assert not found.bozo
    assert found.entries
    etree.fromstring(SITE[url])
    assert not NOT_XML.search(SITE[url].decode())
    assert len(found.entries) <= 50


@pytest.mark.parametrize("url", [url for url in FEEDS if ".rss." in url])
def test_an_rss_feed_keeps_the_rules_that_readers_forgive(url):
    channel = etree.fromstring(SITE[url]).find("channel")
    link = once([link.text for link in channel.findall("link")])
    assert link.removeprefix(HOST) in SITE
    own = once(channel.findall("a:link", ATOM))
    assert (own.get("rel"), own.get("href"), own.get("type")) == ("self", HOST + url, "application/rss+xml")
    moments = [parsedate_to_datetime(found.text) for found in channel.findall("item/pubDate")]
    assert moments == sorted(moments, reverse=True)
    assert len(moments) == len(channel.findall("item"))
    assert parsedate_to_datetime(channel.findtext("lastBuildDate")) == moments[0]
    guids = [found.text for found in channel.findall("item/guid")]
    addresses = [found.text for found in channel.findall("item/link")]
    assert guids == addresses or all(guid.startswith("tag:") for guid in guids)
    assert len(set(guids)) == len(guids) == len(addresses)
    assert {address.removeprefix(HOST) for address in addresses} <= SITE.keys()


@pytest.mark.parametrize("url", [url for url in FEEDS if ".atom." in url])
def test_an_atom_feed_keeps_the_rules_that_readers_forgive(url):
    feed = etree.fromstring(SITE[url])
    links = {link.get("rel"): link for link in feed.findall("a:link", ATOM)}
    assert links["self"].get("href") == HOST + url
    assert links["alternate"].get("href").removeprefix(HOST) in SITE
    moments = [datetime.fromisoformat(found.text) for found in feed.findall("a:entry/a:updated", ATOM)]
    assert moments == sorted(moments, reverse=True)
    assert datetime.fromisoformat(feed.findtext("a:updated", namespaces=ATOM)) == moments[0] < sites.NOW
    for entry in feed.findall("a:entry", ATOM):
        for name in ("id", "title", "updated", "content"):
            assert once(entry.findall(f"a:{name}", ATOM)).text
        assert entry.findall("a:author", ATOM) or feed.findall("a:author", ATOM)
        link = once(entry.findall("a:link", ATOM))
        assert (link.get("rel"), link.get("type")) == ("alternate", "text/html")
        assert entry.findtext("a:id", namespaces=ATOM) == link.get("href") or "agenda" in url
        assert link.get("href").removeprefix(HOST) in SITE


@pytest.mark.parametrize("url", [url for url in FEEDS if ".atom." in url])
def test_every_link_in_the_text_of_a_feed_is_whole_and_leads_somewhere(url):
    for content in etree.fromstring(SITE[url]).iterfind("a:entry/a:content", ATOM):
        for element in html.fragment_fromstring(content.text, create_parent=True).iter():
            for name in ("href", "src"):
                address = element.get(name)
                if address is not None:
                    assert re.match("(https?|mailto|tel):", address), address
                    if address.startswith(HOST):
                        assert urldefrag(address).url.removeprefix(HOST) in SITE


@pytest.mark.parametrize("name", ["blog", "agenda", "rapports"])
def test_both_forms_of_a_feed_hold_the_same_entries(name):
    channel = etree.fromstring(SITE[f"/flux/{name}.rss.xml"])
    feed = etree.fromstring(SITE[f"/flux/{name}.atom.xml"])
    assert [found.text for found in channel.iterfind("channel/item/guid")] == [
        found.text for found in feed.iterfind("a:entry/a:id", ATOM)
    ]
    assert [found.text for found in channel.iterfind("channel/item/title")] == [
        found.text for found in feed.iterfind("a:entry/a:title", ATOM)
    ]


def test_an_event_is_dated_by_its_announcement_not_by_the_build():
    """The events of 2017 were put into the repository long after: they are announced by their start."""
    starts = {row["address"].removeprefix(HOST): row["start"] for row in key_dates()}
    items = list(etree.fromstring(SITE["/flux/agenda.rss.xml"]).iterfind("channel/item"))
    assert len(items) == 42
    for item in items:
        announced = parsedate_to_datetime(item.findtext("pubDate"))
        assert str(announced.date()) == starts[item.findtext("link").removeprefix(HOST)]
        assert announced.utcoffset() in {timedelta(hours=1), timedelta(hours=2)}


def key_dates() -> list[dict[str, str]]:
    names = ("start", "end", "title", "department", "category", "address")
    return [dict(zip(names, row, strict=True)) for row in rows("/rapports/2017/dates-cles.csv")[1:]]


# Calendars


@pytest.mark.parametrize("url", [url for url in ADDRESSES if url.endswith(".ics")])
def test_a_calendar_keeps_the_rules_of_its_bytes(url):
    data = SITE[url]
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert data.count(b"BEGIN:VTIMEZONE") == 1
    assert re.sub(rb"\r\n", b"", data).count(b"\n") == 0
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    assert (
        data.count(b"\nUID:") == data.count(b"BEGIN:VEVENT") == len(icalendar.Calendar.from_ical(data).walk("VEVENT"))
    )


def test_every_event_has_an_identity_of_its_own_that_names_no_host():
    found = re.findall(rb"\r\nUID:([^@]+)@", SITE["/agenda/2017/agenda.ics"].replace(b"\r\n ", b""))
    assert len(set(found)) == 42
    assert b"@127.0.0.1" not in SITE["/agenda/2017/agenda.ics"]
    assert icalendar.Calendar.from_ical(SITE["/agenda/agenda.ics"]).walk("VEVENT") == []  # 2017 is long ago


# Every link, anchor and picture


def references(url: str) -> Iterator[tuple[str, str]]:
    """The addresses in a page, each with its element. ``schema.dcterms`` is a name, which nobody follows."""
    for element in page(url).iter(etree.Element):
        if element.get("rel") == "schema.dcterms":
            continue
        for name in ("href", "src", "action", "poster", "data"):
            if element.get(name) is not None and not (name == "data" and element.tag != "object"):
                yield element.tag, element.get(name)
        for candidate in element.get("srcset", "").split(","):
            if candidate.strip():
                yield element.tag, candidate.split()[0]


@pytest.mark.parametrize("kind", ["/agenda/2017/", "/agenda/", "/blog/", "/dossiers/", "/rapports/", "/mots-cles/", ""])
def test_every_link_and_picture_of_every_page_leads_somewhere(kind):
    seen = 0
    for url in pages():
        if url.startswith(kind):
            for _, address in references(url):
                target, anchor = urldefrag(urljoin(HOST + url, address))
                if target.startswith(HOST):
                    seen += 1
                    path = unquote(target.removeprefix(HOST)) or "/"
                    assert path in SITE, f"{url} : {address}"
                    assert not anchor or page(path).cssselect(f"[id='{unquote(anchor)}']"), f"{url} : {address}"
    assert seen > 20


def test_every_page_can_be_reached_from_the_home_page():
    known, waiting = {"/"}, ["/"]
    while waiting:
        url = waiting.pop()
        targets = {
            urldefrag(urljoin(HOST + url, address)).url.removeprefix(HOST)
            for tag, address in references(url)
            if tag == "a"
        }
        new = {target for target in targets if target in SITE and target.endswith("/")} - known
        known |= new
        waiting += new
    assert {url for url in SITE if url.endswith("/")} - known == set(MOVED)  # links lead straight to the new place


def test_nothing_is_asked_of_another_host():
    for url in pages():
        for tag, address in references(url):
            outside = re.match(r"(?:https?:)?//", address) and not address.startswith(HOST)
            assert not outside or tag == "a", f"{url} : {address}"
        assert not re.search(rb"url\(\s*['\"]?(?:https?:)?//", SITE[url])
        assert not page(url).cssselect("iframe, object, embed")
        assert all(s.get("src") in SITE for s in page(url).cssselect("script") if s.get("type") != DATA)
    for url, data in SITE.items():
        if url.endswith(".css"):
            assert not re.search(rb"@import|url\(\s*['\"]?(?:https?:)?//", data)
            for address in re.findall(r"url\(\s*['\"]?([^'\")]+)", data.decode()):
                assert address.startswith("data:") or urljoin(url, address) in SITE, address


# Every page


def test_every_page_says_what_it_is():
    for url in pages():
        assert len(page(url).cssselect("h1")) == 1, url
        assert page(url).get("lang") == "fr", url
        assert words(page(url).cssselect("h1")[0]), url
        assert page(url).cssselect("main"), url
        description = once(page(url).cssselect("meta[name=description]")).get("content")
        assert 10 <= len(description) <= 320, url
        assert "[[" not in description, url
        canonical = once(page(url).cssselect("link[rel=canonical]")).get("href")
        shown = canonical.removeprefix(HOST)
        expected = MOVED.get(url, url).removesuffix("imprimer/")
        assert shown == expected or (url.startswith(EXTRACTS) and shown in SITE), url


@pytest.mark.parametrize(
    ("url", "crumbs"),
    [
        ("/agenda/2017/03/journee-nationale-ptce/", ["Accueil", "Agenda", "mars 2017", "Journée nationale PTCE"]),
        ("/agenda/2017/03/", ["Accueil", "Agenda", "2017", "Agenda de mars 2017"]),
        ("/agenda/departement/37/", ["Accueil", "Agenda", "Agenda : Indre-et-Loire (37)"]),
        ("/dossiers/locavores-a-table/", ["Accueil", "Dossiers", "Locavores : à table !"]),
        ("/rapports/2017/", ["Accueil", "Rapports", "Rapport d'activité 2017"]),
        ("/mots-cles/ess/", ["Accueil", "Mots-clés", "ESS"]),
    ],
)
def test_a_page_tells_the_way_back_up(url, crumbs):
    found = once([nav for nav in page(url).cssselect("nav") if nav.cssselect("li:first-child a[href='/']")])
    assert [words(item) for item in found.cssselect("li")] == crumbs


def test_no_two_pages_have_one_description():
    told = defaultdict(list)
    for url in set(pages()) - set(MOVED):
        if not url.startswith(EXTRACTS) and not url.endswith("/imprimer/"):
            told[page(url).cssselect("meta[name=description]")[0].get("content")].append(url)
    assert {text: urls for text, urls in told.items() if len(urls) > 1} == {}


def test_every_page_tells_programs_what_it_is():
    """One block at most, of nothing but what schema.org has; one Event on the page of each event and nowhere else."""
    kinds = {url: [node["@type"] for node in structured.read(page(url))] for url in pages()}
    assert {url for url, found in kinds.items() if "Event" in found} == {*event_pages()}
    assert {url for url, found in kinds.items() if "BreadcrumbList" in found} == {
        url for url in pages() if page(url).cssselect(".crumbs")
    }
    assert kinds["/rapports/2017/"] == ["Report", "BreadcrumbList"]
    assert Counter(kind for found in kinds.values() for kind in found) >= Counter(
        {"Event": 42, "Article": 5, "CreativeWorkSeries": 2, "Report": 1, "Organization": 1, "WebSite": 1}
    )


def test_no_two_pages_have_one_title():
    titles = defaultdict(list)
    for url in set(pages()) - set(MOVED):
        titles[" ".join(page(url).findtext(".//title").split())].append(url)
    assert {title: urls for title, urls in titles.items() if len(urls) > 1} == {}


def test_no_page_has_two_places_of_one_name():
    for url in pages():
        ids = Counter(element.get("id") for element in page(url).cssselect("[id]"))
        assert [name for name, count in ids.items() if count > 1] == [], url


def test_a_page_is_light_enough_for_a_bad_line():
    assert {url: len(SITE[url]) for url in pages() if len(SITE[url]) > 60_000} == {}


def test_no_page_shows_a_sign_of_templates_or_an_english_month():
    for url in pages():
        text = words(page(url).body)
        assert not re.search(r"\{\{|\{%|\bNone\b|\bTrue\b|undefined|\[\[chiffre", text), url
        assert not re.search(r"\b(January|February|March|April|May|June|July|August|October)\b", text), url


@pytest.mark.parametrize("name", ["locavores-a-table", "transition-democratique"])
def test_nothing_is_against_the_books_of_the_dossiers(name, tmp_path):
    book = SITE[f"/dossiers/{name}/{name}.epub"]
    assert epubs.check(book, tmp_path) == []
    assert epubs.lost(book) == []


# Lists for programs


def test_the_sitemap_lists_exactly_the_pages_that_robots_may_list():
    root = etree.fromstring(SITE["/sitemap.xml"])
    found = [entry.findtext("{*}loc") for entry in root]
    hidden = {url for url in pages() if page(url).cssselect("meta[name=robots][content*=noindex]")}
    hidden_on_purpose = {url for url in pages() if url.endswith("/imprimer/") or url.startswith(EXTRACTS)}
    assert hidden == {"/404.html", *MOVED, *hidden_on_purpose}
    assert sorted(found) == sorted(HOST + url for url in set(pages()) - hidden)
    for day in root.iterfind("{*}url/{*}lastmod"):
        assert date(2017, 1, 1) <= date.fromisoformat(day.text) <= sites.NOW.date()


def test_the_build_says_the_truth(result):
    record = json.loads(SITE["/build.json"])
    assert record["now"] == sites.NOW.isoformat()
    assert record["commit"] is None or re.fullmatch("[0-9a-f]{40,64}", record["commit"])
    assert record["pages"] == len([url for url in SITE if url.endswith("/")])
    assert record["events"] == len(event_pages()) == 42
    assert record["articles"] == len([url for url in SITE if re.fullmatch(r"/blog/(?!page/)[^/]+/", url)])
    assert record["dossiers"] == 2
    assert (record["reports"], record["sections"]) == (1, 8)
    assert {name: count for name, count in record.items() if name in result.counts} == result.counts


def test_the_figures_of_the_report_are_in_its_table_and_its_text():
    header, *found = rows("/rapports/2017/chiffres.csv")
    assert header == ["id", "libellé", "valeur", "unité", "précision", "source", "financeur"]
    table = {row[0]: row for row in found}
    assert table["dates-cles"][2] == "47"
    assert table["abonnes"][2:5] == ["1400", "abonné·e·s", "au moins"]
    text = words(page("/rapports/2017/").body)
    assert "plus de 1 400 abonné·e·s" in text
    assert "47 dates clés" in text
    assert len(found) == len(table) > 20
    assert {row[0] for row in found} == {build_slug(row[0]) for row in found}
