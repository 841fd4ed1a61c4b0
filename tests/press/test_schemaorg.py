"""JSON-LD: one block a page, inert whatever people write, and the same things whoever is described."""

import json
import re

import pytest

from tests import sites, structured, values
from tests.values import article, dossier, event, moment, page, part, report, tree

HOST = sites.settings().url
ASSOCIATION = {"@type": "Organization", "@id": f"{HOST}/#association", "name": "Cré-Sol", "url": f"{HOST}/"}
HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    "Deux\u2028lignes\u2029séparées",
    "]]> & &amp; \\u003c \\ \"'",
    "\u202eà l'envers 🎉",
]


def kinds(of, url):
    return [node["@type"] for node in structured.read(tree(of, url))]


def test_each_kind_of_page_says_what_it_is_about():
    site = values.site(event(), article(), dossier(), part(1), report(), page())
    assert kinds(site, "/") == ["Organization", "WebSite"]
    assert kinds(site, "/agenda/2026/07/fete/") == ["Event", "BreadcrumbList"]
    assert kinds(site, "/blog/un-article/") == ["Article", "BreadcrumbList"]
    assert kinds(site, "/dossiers/un-dossier/") == ["CreativeWorkSeries", "BreadcrumbList"]
    assert kinds(site, "/dossiers/un-dossier/partie-1/") == ["Article", "BreadcrumbList"]
    assert kinds(site, "/rapports/2025/") == ["Report", "BreadcrumbList"]
    assert kinds(site, "/agenda/2026/07/") == ["BreadcrumbList"]
    assert kinds(site, "/agenda/departement/37/") == ["BreadcrumbList"]
    assert kinds(site, "/une-page/") == kinds(site, "/blog/") == kinds(site, "/404.html") == []


def test_the_home_page_says_who_we_are_and_others_refer_to_it():
    home = tree(values.site(article()), "/")
    association = structured.only(home, "Organization")
    assert {key: association[key] for key in ASSOCIATION} == ASSOCIATION
    assert re.fullmatch(rf"{HOST}/theme/icons/512\.\w+\.png", association["logo"])
    assert association["areaServed"] == "Centre-Val de Loire"
    assert structured.only(home, "WebSite")["publisher"] == ASSOCIATION


def test_the_way_back_up_is_the_one_that_the_page_shows():
    shown = tree(values.site(part(1), dossier()), "/dossiers/un-dossier/partie-1/")
    steps = structured.only(shown, "BreadcrumbList")["itemListElement"]
    assert [step["position"] for step in steps] == [1, 2, 3, 4]
    assert [step["name"] for step in steps] == values.titles(shown, ".crumbs li")
    addresses = [*values.links(shown, ".crumbs a"), "/dossiers/un-dossier/partie-1/"]
    assert [step["item"] for step in steps] == [HOST + address for address in addresses]


@pytest.mark.parametrize("title", HOSTILE)
@pytest.mark.parametrize("made", [event, article, dossier, report, page])
def test_a_hostile_title_stays_in_its_string(title, made):
    document = made(title=title, slug="essai") if made is not report else report(2025, title)
    site = values.site(document, files={"photo.jpg": (1, 2, 3)})
    raw = values.render(site, document.url).decode()
    for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', raw, re.DOTALL):
        assert not re.search("[<>&\u2028\u2029\n]", block)
        assert title in {node.get("name") for node in json.loads(block)["@graph"]}
    assert len(tree(site, document.url).cssselect("script:not([src])")) == (made is not page)


# Texts


def test_an_article_says_who_wrote_it_when_and_what_it_is_about():
    found = article(
        day="2026-01-05",
        modified="2026-07-05T18:30",
        authors=("Cré-Sol", "Une Personne"),
        tags=("ESS",),
        summary="Un résumé.",
    )
    told = structured.only(tree(values.site(found), found.url), "Article")
    assert told["datePublished"] == "2026-01-05T00:00:00+01:00"
    assert told["dateModified"] == "2026-07-05T18:30:00+02:00"
    assert told["author"] == [ASSOCIATION, {"@type": "Person", "name": "Une Personne"}]
    assert told["publisher"] == ASSOCIATION
    assert (told["name"], told["headline"], told["description"]) == ("Un article", "Un article", "Un résumé.")
    assert (told["url"], told["@id"]) == (HOST + found.url, HOST + found.url)
    assert (told["keywords"], told["inLanguage"]) == (["ESS"], "fr")


def test_what_nobody_signed_is_by_the_association():
    told = structured.only(tree(values.site(article()), "/blog/un-article/"), "Article")
    assert told["author"] == ASSOCIATION
    assert "dateModified" not in told
    assert "image" not in told


def test_a_dossier_names_its_parts_and_each_part_its_dossier():
    site = values.site(dossier(), part(1, "Un"), part(2, "Deux"))
    series = structured.only(tree(site, "/dossiers/un-dossier/"), "CreativeWorkSeries")
    assert [(p["position"], p["name"], p["url"]) for p in series["hasPart"]] == [
        (1, "Un", f"{HOST}/dossiers/un-dossier/un/"),
        (2, "Deux", f"{HOST}/dossiers/un-dossier/deux/"),
    ]
    told = structured.only(tree(site, "/dossiers/un-dossier/deux/"), "Article")
    assert told["position"] == 2
    assert told["isPartOf"]["@id"] == series["@id"]
    assert told["@id"] == series["hasPart"][1]["@id"]


def test_an_article_that_has_joined_a_dossier_is_a_part_of_it():
    site = values.site(dossier(), part(1), article(dossier="un-dossier", part=2))
    told = structured.only(tree(site, "/blog/un-article/"), "Article")
    assert (told["position"], told["isPartOf"]["url"]) == (2, f"{HOST}/dossiers/un-dossier/")


def test_a_dossier_changes_with_its_parts():
    told = structured.only(
        tree(values.site(dossier(), part(1, day="2026-03-01")), "/dossiers/un-dossier/"), "CreativeWorkSeries"
    )
    assert told["datePublished"] == "2026-01-05T00:00:00+01:00"
    assert told["dateModified"] == "2026-03-01T00:00:00+01:00"


def test_a_report_says_of_whom_which_year_and_by_whose_means():
    found = report(2025, assembly=moment("2026-05-19").date(), funders=("La Région", "L'État"))
    told = structured.only(tree(values.site(found), found.url), "Report")
    assert told["about"] == told["publisher"] == ASSOCIATION
    assert told["datePublished"] == "2026-05-19T00:00:00+02:00"
    assert told["temporalCoverage"] == "2025-01-01/2025-12-31"
    assert [funder["name"] for funder in told["funder"]] == ["La Région", "L'État"]


# The schema itself


@pytest.mark.parametrize(
    "change",
    [
        {"startDate": "2026-07-05T18:30"},
        {"startDate": "5 juillet"},
        {"eventStatus": "EventCancelled"},
        {"location": {"@type": "Place", "name": "Tours", "city": "Tours"}},
        {"url": "/agenda/"},
        {"color": "red"},
        {"offers": {"@type": "Offer", "url": HOST, "price": "gratuit", "priceCurrency": "EUR"}},
        {"eventStatus": "https://schema.org/EventPostponed"},
    ],
)
def test_the_schema_refuses_what_schema_org_has_not(change):
    [told, _] = structured.read(tree(values.site(event()), "/agenda/2026/07/fete/"))
    assert structured.refusals({"@context": "https://schema.org", "@graph": [told]}) == []
    assert structured.refusals({"@context": "https://schema.org", "@graph": [told | change]})
