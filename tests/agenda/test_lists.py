"""The lists of what is coming: whole, or narrowed to a department, a category, an organiser."""

import re

import pytest

from plugins.agenda.details import Organiser, Source
from tests import sites, values
from tests.values import event, event_links, once, titles, tree, under, words


def test_the_agenda_shows_what_runs_then_what_comes_then_what_was():
    events = [
        event("Demain", "2026-06-02"),
        event("Exposition", "2026-05-01", "2026-06-30"),
        event("Ce soir", "2026-06-01T19:00"),
        event("Hier", "2026-05-31"),
        event("Avant-hier", "2026-05-30"),
    ]
    page = tree(values.site(*events), "/agenda/")
    slugs = {
        words(h2): [url.split("/")[4] for url in event_links(under(page, words(h2)))]
        for h2 in page.cssselect("section:not([hidden]) h2")[:-1]
    }
    assert slugs == {
        "En ce moment": ["exposition"],
        "Aujourd’hui": ["ce-soir"],
        "Cette semaine": ["demain"],
        "Derniers rendez-vous passés": ["hier", "avant-hier"],
    }


def test_when_nothing_is_coming_the_agenda_recalls_the_last_twenty():
    page = tree(values.site(*(event(f"Le {day}", f"2026-05-{day:02}") for day in range(1, 31))), "/agenda/")
    assert [url[-3:-1] for url in event_links(under(page, "Derniers rendez-vous passés"))] == [
        str(day) for day in range(30, 10, -1)
    ]


def test_an_agenda_without_anything_says_so():
    assert "Aucun rendez-vous annoncé" in words(under(tree(values.site(), "/agenda/"), "À venir"))


@pytest.mark.parametrize(
    ("url", "title", "own"),
    [
        ("/agenda/departement/37/", "Indre-et-Loire (37)", {"departments": ("37", "45")}),
        ("/agenda/departement/2a/", "Corse-du-Sud (2A)", {"departments": ("2A",)}),
        ("/agenda/categorie/prestation/", "Prestation", {"category": "prestation"}),
        ("/agenda/organisateur/cress/", "CRESS", {"organisers": ["CRESS"]}),
        ("/agenda/organisateur/cress/", "CRESS", {"partners": ["CRESS"]}),
    ],
)
def test_a_filter_shows_its_own_events_and_its_own_calendar(url, title, own):
    events = [
        event("Passée", "2020-01-01", **own),
        event("À venir", **own),
        event("Autre"),
        event("Ancienne", "2020-01-01"),
    ]
    site = values.site(*events)
    page = tree(site, url)
    assert titles(page, "h1") == [title]
    assert event_links(under(page, "Juillet")) == ["/agenda/2026/07/a-venir/"]
    assert event_links(under(page, "Derniers rendez-vous passés")) == ["/agenda/2020/01/passee/"]
    assert f"{url}agenda.ics" in values.links(page)
    assert values.links(page, "link[type='text/calendar']") == [f"{url}agenda.ics"]


def test_filters_count_what_is_coming_and_tell_where_one_is():
    site = values.site(
        event("Une", departments=("37",)),
        event("Deux", "2026-06-02", departments=("37",)),
        event("Trois", "2020-01-01", departments=("37",)),
    )
    page = tree(site, "/agenda/departement/37/")
    nav = once(page.cssselect("main nav"))
    current = once(nav.cssselect("li a[aria-current=page]"))
    assert current.get("href") == "/agenda/departement/37/"
    assert re.findall(r"\d+", words(current)) == ["37", "2"]
    assert words(once(nav.cssselect("li a[href='/agenda/departement/18/']"))) == "18 Cher"


def test_the_years_are_linked_latest_first():
    site = values.site(event(start="2017-01-01"), event(start="2026-01-01"), event(start="2019-01-01"))
    found = [url for url in values.links(tree(site, "/agenda/"), "main nav a") if url.split("/")[2].isdigit()]
    assert found == ["/agenda/2026/", "/agenda/2019/", "/agenda/2017/"]


def test_an_organiser_with_a_site_is_linked_to_it():
    site = values.site(event(organisers=[Organiser("CRESS", "cress", "https://cress.example/")]))
    assert "https://cress.example/" in values.links(tree(site, "/agenda/organisateur/cress/"))


def test_the_page_says_when_it_was_built():
    page = tree(values.site(now="2026-06-01T12:00"), "/agenda/")
    assert page.cssselect("main time[datetime='2026-06-01']")


def test_below_what_is_coming_six_past_ones_are_recalled():
    past = (event(f"Le {day}", f"2026-05-{day:02}") for day in range(1, 31))
    page = tree(values.site(event("Demain", "2026-06-02"), *past), "/agenda/")
    found = event_links(under(page, "Derniers rendez-vous passés"))
    assert [url[-3:-1] for url in found] == ["30", "29", "28", "27", "26", "25"]


def test_an_agenda_shows_sixty_events_and_leads_on_to_the_months_that_follow():
    days = (f"2026-{month:02}-{day:02}" for month in (7, 8, 9, 10, 11, 12) for day in range(1, 16))
    long = {"summary": "Un résumé qui dit tout. " * 10, "organisers": ["Cré-Sol"], "city": "Saint-Pierre-des-Corps"}
    site = values.site(*(event(f"Une rencontre pour se voir, le {day}", day, **long) for day in days))
    page = tree(site, "/agenda/")
    assert len(page.cssselect(".coming .h-event")) == 60
    later = page.cssselect("nav[aria-labelledby=_suite] a")
    assert [words(link) for link in later] == ["novembre 2026", "décembre 2026"]
    assert len(values.render(site, "/agenda/")) < 60_000


def test_long_lists_tell_only_their_first_groups_at_length():
    days = (f"2026-{month:02}-{day:02}" for month in (7, 8, 9) for day in range(1, 21))
    page = tree(values.site(*(event(f"Le {day}", day) for day in days)), "/agenda/")
    cards = {month: len(under(page, month).cssselect("li.event")) for month in ("Juillet", "Août", "Septembre")}
    assert cards == {"Juillet": 20, "Août": 0, "Septembre": 0}
    assert len(page.cssselect(".coming .h-event .over")) == 60


def test_the_departments_are_a_map_whose_links_have_names():
    page = tree(values.site(event(departments=("37",))), "/agenda/departement/37/")
    found = {a.get("aria-label"): a.get("href") for a in page.cssselect("svg.map a")}
    departments = sites.settings().departments
    assert found == {f"{code} {name}": f"/agenda/departement/{code}/" for code, name in departments.items()}
    assert [a.get("aria-label") for a in page.cssselect("svg.map a[aria-current=page]")] == ["37 Indre-et-Loire"]
    assert [a.get("aria-label") for a in page.cssselect("svg.map a.some")] == ["37 Indre-et-Loire"]


def test_a_region_without_a_drawing_has_the_list_only():
    elsewhere = sites.settings(departments={"37": "Indre-et-Loire", "75": "Paris"})
    page = tree(values.site(settings=elsewhere), "/agenda/")
    assert not page.cssselect("svg.map")
    assert titles(page, "li a[href^='/agenda/departement/']") == ["37 Indre-et-Loire", "75 Paris"]


def test_an_imported_event_names_its_source():
    page = tree(values.site(event(source=Source("Archipel", "1", "https://exemple.fr/1"))), "/agenda/")
    card = once(page.cssselect(".coming .h-event"))
    assert "d’après Archipel" in words(card)
    assert once(card.cssselect("a")).get("rel") == "external"
