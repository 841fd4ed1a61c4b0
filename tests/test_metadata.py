"""What a page says of itself to those who list, share or follow it: description, language, picture, dates, feeds."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from lxml import html

from plugins.press.documents import Image
from plugins.press.pictures.facts import Facts
from tests import sites, structured, values
from tests.values import article, dossier, event, moment, once, page, part, report, tree, words

HOST = sites.settings().url
FILES = {"photo.jpg": (1, 2, 3)}
PICTURES = {"photo.jpg": Facts(b"", "JPEG", 1200, 900)}


def meta(of: html.HtmlElement) -> dict[str, str]:
    """What the page says, by name or property; nothing is said twice."""
    found = [(m.get("name") or m.get("property"), m.get("content")) for m in of.cssselect("meta[content]")]
    told = [(name, content) for name, content in found if name and name != "theme-color"]
    assert len({name for name, _ in told}) == len(told)
    return dict(told)


def head_of(document: Any, **site: Any) -> dict[str, str]:
    return meta(tree(values.site(document, files=FILES, **site), document.url))


# Descriptions


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (event(summary="On danse.", city="Tours"), "Dimanche 5 juillet 2026, Tours. On danse."),
        (event(), "Dimanche 5 juillet 2026."),
        (event(start="2026-07-01T18:30", end="2026-07-01T20:00"), "Mercredi 1er juillet 2026, de 18 h 30 à 20 h."),
        (article(summary="Un résumé."), "Un résumé."),
    ],
)
def test_a_description_says_what_one_wants_to_know_before_coming(found, expected):
    told = head_of(found)
    assert " ".join(told["description"].split()) == expected
    assert told["og:description"] == told["description"]


def test_a_page_of_which_nothing_is_said_has_a_description_of_its_own():
    assert head_of(article("Un titre"))["description"].startswith("Un titre – Cré-Sol promeut")


def test_a_long_description_ends_with_a_whole_word():
    told = head_of(event(summary="mot " * 75, city="Tours"))["description"]
    assert 250 < len(told) <= 300
    assert told.endswith(" mot…")


def test_each_page_of_the_blog_has_its_own_description():
    site = values.site(
        *(article(f"Article {n}", f"2026-01-{n:02}") for n in range(1, 4)), settings=sites.settings(page_size=2)
    )
    first, second = (meta(tree(site, url))["description"] for url in ("/blog/", "/blog/page/2/"))
    assert first != second
    assert words(tree(site, "/blog/").cssselect("h1 + .lead")[0]) == " ".join(first.split())


# Language

DOCUMENTS = [article, dossier, event, page, report]


@pytest.mark.parametrize("made", DOCUMENTS)
def test_a_text_in_another_language_says_so_and_the_page_around_it_stays_french(made):
    shown = tree(values.site(made(lang="en", summary="A few words.")), made().url)
    assert shown.get("lang") == "fr"
    assert {element.tag for element in shown.cssselect("body [lang=en]")} >= {"h1", "div"}
    assert {element.get("lang") for element in shown.cssselect("body [lang]")} == {"en"}
    assert once(shown.cssselect(".body")).get("lang") == "en"
    assert not once(shown.cssselect("h1")).cssselect("h1 > [lang]")
    assert meta(shown)["og:locale"] == "en_US"
    assert {node["inLanguage"] for node in structured.read(shown) if "inLanguage" in node} <= {"en"}


def test_a_part_in_another_language_says_so_too():
    site = values.site(dossier(), part(1, lang="br"))
    shown = tree(site, "/dossiers/un-dossier/partie-1/")
    assert once(shown.cssselect("h1")).get("lang") == "br"
    assert structured.only(shown, "Article")["inLanguage"] == "br"
    assert "isPartOf" in structured.only(shown, "Article")


@pytest.mark.parametrize("made", DOCUMENTS)
def test_a_text_in_french_needs_not_say_so(made):
    shown = tree(values.site(made()), made().url)
    assert shown.cssselect("body [lang]") == []
    assert meta(shown)["og:locale"] == "fr_FR"


@pytest.mark.parametrize(
    ("lang", "locale"), [("en", "en_US"), ("pt", "pt_BR"), ("pt-PT", "pt_PT"), ("br", "br_FR"), ("xx", "xx")]
)
def test_a_language_is_named_with_a_country(lang, locale):
    assert head_of(article(lang=lang))["og:locale"] == locale


# Sharing


def test_a_picture_is_shared_with_what_one_sees_on_it():
    told = head_of(article(image=Image("photo.jpg", "photo.jpg", "L'une & l'autre")), pictures=PICTURES)
    assert told["og:image"] == f"{HOST}/blog/un-article/partage.jpg"
    assert told["og:image:alt"] == "L'une & l'autre"
    assert told["twitter:card"] == "summary_large_image"


def test_every_page_is_shared_with_a_card_and_its_words():
    with_cards = sites.settings(sharing_cards=1)
    told = head_of(article(), settings=with_cards)
    assert told["og:image"] == f"{HOST}/blog/un-article/partage.png"
    assert told["og:image:alt"] == "Blog, Un article, 5 janvier 2026, Cré-Sol"
    told = meta(tree(values.site(settings=with_cards), "/blog/"))
    assert told["og:image"] == f"{HOST}/partage.png"
    assert told["og:image:alt"] == "Cré-Sol, L’économie solidaire près de chez vous."
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")


def test_without_a_picture_none_is_promised():
    assert not {"og:image", "og:image:alt", "twitter:card"} & head_of(article()).keys()


def test_a_text_says_when_it_was_published_and_by_whom():
    told = head_of(article(day="2026-01-05T10:30", modified="2026-07-05", authors=("A", "B")))
    assert told["og:type"] == "article"
    assert told["article:published_time"] == "2026-01-05T10:30:00+01:00"
    assert told["article:modified_time"] == "2026-07-05T00:00:00+02:00"
    assert told["author"] == "A et B"
    assert head_of(dossier())["author"] == "Cré-Sol"
    assert "article:modified_time" not in head_of(dossier())


# Reports


def test_a_report_has_a_notice_for_libraries():
    shown = tree(
        values.site(report(2025, summary="Une année.", assembly=moment("2026-05-19").date())), "/rapports/2025/"
    )
    told = {name.removeprefix("dcterms."): value for name, value in meta(shown).items() if name.startswith("dcterms.")}
    assert told == {
        "title": "Rapport d’activité 2025",
        "creator": "Cré-Sol",
        "publisher": "Cré-Sol",
        "description": "Une année.",
        "type": "Text",
        "language": "fr",
        "issued": "2026-05-19",
        "temporal": "2025-01-01/2025-12-31",
        "license": "https://creativecommons.org/licenses/by-sa/4.0/deed.fr",
    }
    assert once(shown.cssselect("link[rel='schema.dcterms']")).get("href") == "http://purl.org/dc/terms/"


def test_a_report_that_is_printed_leads_to_its_paper_form():
    output = values.outputs(values.site(report(2025)))["/rapports/2025/"]
    view = msgspec.structs.replace(output.view, pdf="/rapports/2025/rapport-activite-2025.pdf")
    shown = html.document_fromstring(values.press().template("report.html", view, output.url))
    whole = f"{HOST}/rapports/2025/rapport-activite-2025.pdf"
    assert meta(shown)["dcterms.hasFormat"] == whole
    assert structured.only(shown, "Report")["encoding"] == {
        "@type": "MediaObject",
        "contentUrl": whole,
        "encodingFormat": "application/pdf",
    }


# Feeds

AGENDA = [
    "/flux/agenda.atom.xml",
    "/flux/agenda.rss.xml",
    "/flux/agenda-changements.atom.xml",
    "/agenda/agenda.ics",
]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/agenda/", [*AGENDA, "/agenda/agenda.json"]),
        ("/agenda/abonnements/", AGENDA),
        ("/agenda/reprendre/", [*AGENDA, "/agenda/agenda.json"]),
        ("/agenda/2026/07/", AGENDA),
        ("/agenda/2026/07/fete/", [*AGENDA, "/agenda/2026/07/fete/evenement.ics"]),
        ("/agenda/departement/37/", ["/agenda/departement/37/agenda.ics"]),
        ("/agenda/2026/", ["/agenda/2026/agenda.ics"]),
        ("/blog/", ["/flux/blog.atom.xml", "/flux/blog.rss.xml"]),
        ("/blog/un-article/", ["/flux/blog.atom.xml", "/flux/blog.rss.xml"]),
        ("/dossiers/", ["/flux/blog.atom.xml", "/flux/blog.rss.xml"]),
        ("/dossiers/un-dossier/", ["/dossiers/un-dossier/flux.atom.xml", "/dossiers/un-dossier/flux.rss.xml"]),
        ("/rapports/", ["/flux/rapports.atom.xml", "/flux/rapports.rss.xml"]),
        ("/une-page/", []),
    ],
)
def test_a_page_announces_the_feeds_that_follow_it(url, expected):
    shown = tree(values.site(event(), article(), dossier(), report(), page()), url)
    assert values.links(shown, "link[rel=alternate]") == expected
    assert all(link.get("title") and link.get("type") for link in shown.cssselect("link[rel=alternate]"))


def test_the_page_of_feeds_announces_them_all():
    site = values.site(event(), article(), dossier())
    announced = set(values.links(tree(site, "/flux/"), "link[rel=alternate]"))
    assert announced == {url for url in values.outputs(site) if url.endswith(".xml") and "flux" in url}
