"""Extracts of the agenda for the pages of others: light, plain, honest about their age."""

import re
from datetime import datetime

import pytest

from plugins.agenda.details import Source
from plugins.agenda.model import ImportedCalendar
from plugins.press.theme import Theme
from tests import sites, values
from tests.values import event, once, titles, tree, weekly, words

WHOLE = "/agenda/extrait/tout/"
SHEET = Theme(sites.ROOT / "themes/cresol").read("extract.css").decode()


def test_there_is_one_for_the_whole_each_department_and_each_category():
    settings = sites.settings()
    found = {
        url for url in values.outputs(values.site(event(departments=("2A",)))) if url.startswith("/agenda/extrait/")
    }
    assert found == {
        WHOLE,
        *(f"/agenda/extrait/departement-{code}/" for code in (*settings.departments, "2a")),
        *(f"/agenda/extrait/categorie-{category.slug}/" for category in settings.categories),
    }


def test_it_shows_what_comes_next_with_its_day_and_town():
    site = values.site(
        event("Hier", "2026-05-31"),
        event("Bal", "2026-07-05T20:00", "2026-07-06T02:00", departments=("37",), city="Tours"),
        event("Fête", "2026-06-01", departments=("18",)),
    )
    page = tree(site, WHOLE)
    assert titles(page, "h2") == ["Fête", "Bal"]
    assert titles(page, ".when") == ["lundi 1er juin 2026", "dimanche 5 juillet 2026, de 20 h à 2 h"]
    assert titles(page, ".p-location") == ["Cher · 18", "Tours · 37"]
    assert titles(tree(site, "/agenda/extrait/departement-37/"), "h2") == ["Bal"]


def test_it_shows_ten_events_at_most_each_once():
    many = [event(f"Fête {n}", f"2026-07-{n + 1:02}") for n in range(12)]
    page = tree(values.site(weekly("2026-06-02", "2026-06-09", "2026-06-16"), *many), WHOLE)
    assert titles(page, "h2") == ["Atelier", *(f"Fête {n}" for n in range(9))]


def test_what_changed_is_said_and_struck_through():
    site = values.site(
        event("Bal", "2026-07-05", event_status="cancelled"), event("Fête", "2026-07-06", event_status="full")
    )
    page = tree(site, WHOLE)
    assert titles(page, "strong") == ["Annulé", "Complet"]
    assert titles(page, ".off h2") == ["Bal"]


def test_every_link_opens_in_the_whole_window():
    shown = event("Bal", "2026-07-06", source=Source("Archipel", "x", "https://archipel.exemple.test/bal"))
    calendar = ImportedCalendar(
        path="agenda/imports/archipel.yaml", url="", title="Archipel", slug="", text=values.text(""), events=(shown,)
    )
    page = tree(values.site(event(), calendar), WHOLE)
    assert once(page.cssselect("head > base")).attrib == {"target": "_top"}
    assert not page.cssselect("a[target]")
    assert values.links(page, "a") == [
        "/agenda/",
        "/agenda/2026/07/fete/",
        "https://archipel.exemple.test/bal",
        "/agenda/",
    ]
    assert "d’après Archipel" in words(page)


@pytest.mark.parametrize(
    ("url", "page"),
    [
        (WHOLE, "/agenda/"),
        ("/agenda/extrait/departement-37/", "/agenda/departement/37/"),
        ("/agenda/extrait/categorie-prestation/", "/agenda/categorie/prestation/"),
    ],
)
def test_robots_are_led_to_the_page_that_it_is_taken_from(url, page):
    site = values.site()
    extract = tree(site, url)
    assert once(extract.cssselect("link[rel=canonical]")).get("href") == sites.settings().url + page
    assert once(extract.cssselect("meta[name=robots]")).get("content") == "noindex"
    assert url.encode() not in values.render(site, "/sitemap.xml")
    assert values.links(extract, "a") == [page, page]


def test_it_says_when_it_was_made_and_that_nothing_is_coming():
    page = tree(values.site(now="2026-06-02T12:00"), WHOLE)
    assert "Aucun rendez-vous annoncé pour l’instant." in words(page)
    assert "Publié le 2 juin 2026" in words(page)
    assert once(page.cssselect("small time")).get("datetime") == "2026-06-02"


def test_it_stands_alone_without_script_and_with_a_sheet_of_its_own():
    page = tree(values.site(event()), WHOLE)
    assert page.get("lang") == "fr"
    assert titles(page, "main > h1") == ["Agenda Cré-Sol"]
    assert page.cssselect("script, style, img, iframe, [style]") == []
    sheet = once(page.cssselect("link[rel=stylesheet]")).get("href")
    assert re.fullmatch(r"/theme/extract\.\w+\.css", sheet)
    assert page.cssselect("link[rel=preload]") == []


def test_its_days_are_written_for_programs_too():
    [time] = tree(values.site(event(start="2026-07-05T18:00")), WHOLE).cssselect("ol time")
    assert datetime.fromisoformat(time.get("datetime")).isoformat() == "2026-07-05T18:00:00+02:00"


def test_its_sheet_is_light_and_takes_the_colours_of_the_site():
    assert len(SHEET.encode()) <= 3 * 1024
    site_sheet = Theme(sites.ROOT / "themes/cresol").style.decode()
    light, dark = SHEET.split("prefers-color-scheme:dark", 1)
    their_light, their_dark = site_sheet.split("prefers-color-scheme:dark", 1)
    for own, theirs in ((light, their_light), (dark.split("}}")[0], their_dark.split("}}")[0])):
        pairs = dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})", own))
        assert {"paper", "ink", "muted", "link"} <= pairs.keys()
        assert dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})", theirs)) | pairs == dict(
            re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})", theirs)
        )
    assert "url(" not in SHEET
    assert "@import" not in SHEET
