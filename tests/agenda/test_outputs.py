"""The pages of the agenda: where they are, what they list, what they say of an event."""

import re

import msgspec
import pytest

from plugins.agenda.details import Contact, Organiser, Place, Registration, Source
from plugins.press.documents import Image
from tests import sites, values
from tests.values import event, moment, once, titles, tree, words


def pages(*events, **site):
    return {
        url for url in values.outputs(values.site(*events, **site)) if url.startswith("/agenda/") and url.endswith("/")
    }


def section(page, title):
    """The part of a page under that heading."""
    found = [h.xpath("ancestor::section[1]")[0] for h in page.cssselect("h2") if words(h) == title]
    return once(found)


def events_of(element):
    """The addresses of the events that an element links to, in order."""
    found = values.links(element, "a[href^='/agenda/']")
    return [url for url in found if url.split("/")[2].isdigit() and len(url.split("/")) == 6]


# Where


def test_the_agenda_has_its_pages_even_without_events():
    settings = sites.settings()
    expected = {f"/agenda/departement/{code}/" for code in settings.departments}
    expected |= {f"/agenda/categorie/{category.slug}/" for category in settings.categories}
    assert pages() == {"/agenda/", "/agenda/abonnements/", *expected}


def test_an_event_has_its_page_and_those_of_its_time_and_people():
    found = event("Fête", "2026-07-05", departments=("75",), organisers=["Cré-Sol"], partners=["CRESS"])
    assert pages(found) - pages() == {
        "/agenda/2026/",
        "/agenda/2026/07/",
        "/agenda/2026/07/fete/",
        "/agenda/departement/75/",
        "/agenda/organisateur/cre-sol/",
        "/agenda/organisateur/cress/",
    }


def test_past_events_keep_their_pages_for_ever():
    assert pages(event(start="1987-07-05")) == pages(event(start="1987-07-05"), now="2100-01-01")
    assert "/agenda/1987/07/fete/" in pages(event(start="1987-07-05"))


def test_an_event_over_several_months_is_on_each_month_page_and_one_year():
    found = event("Résidence", "2026-11-15", "2027-02-01")
    site = values.site(found)
    for month in ("2026/11", "2026/12", "2027/01", "2027/02"):
        assert found.url in events_of(tree(site, f"/agenda/{month}/"))
    assert "/agenda/2026/" in values.outputs(site)
    assert "/agenda/2027/" not in values.outputs(site)


def test_no_page_links_to_one_that_is_not():
    events = [
        event("Veillée", "2026-12-31T20:00", "2027-01-02T02:00", departments=("75",), organisers=["CRESS"]),
        event("Salon", "2024-02-28", "2024-03-02", category="prestation", tags=("ESS",)),
    ]
    site = values.site(*events)
    known = set(values.outputs(site))
    for url, data in values.render_all(site).items():
        if url.endswith("/"):
            links = values.links(values.html.document_fromstring(data.decode()), "a[href^='/']")
            assert {link.partition("#")[0] for link in links} <= known, url


# What is coming, whole or narrowed


def test_the_agenda_shows_what_runs_then_what_comes_then_what_was():
    events = [
        event("Demain", "2026-06-02"),
        event("Exposition", "2026-05-01", "2026-06-30"),
        event("Ce soir", "2026-06-01T19:00"),
        event("Hier", "2026-05-31"),
        event("Avant-hier", "2026-05-30"),
    ]
    page = tree(values.site(*events), "/agenda/")
    slugs = [
        [url.split("/")[4] for url in events_of(section(page, title))]
        for title in ("À venir", "Derniers rendez-vous passés")
    ]
    assert slugs == [["exposition", "ce-soir", "demain"], ["hier", "avant-hier"]]


def test_the_agenda_recalls_the_last_twenty_events():
    page = tree(values.site(*(event(f"Le {day}", f"2026-05-{day:02}") for day in range(1, 31))), "/agenda/")
    assert [url[-3:-1] for url in events_of(section(page, "Derniers rendez-vous passés"))] == [
        str(day) for day in range(30, 10, -1)
    ]


def test_an_agenda_without_anything_says_so():
    assert "Aucun rendez-vous annoncé" in words(section(tree(values.site(), "/agenda/"), "À venir"))


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
    assert events_of(section(page, "À venir")) == ["/agenda/2026/07/a-venir/"]
    assert events_of(section(page, "Derniers rendez-vous passés")) == ["/agenda/2020/01/passee/"]
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
    current = once(nav.cssselect("a[aria-current=page]"))
    assert current.get("href") == "/agenda/departement/37/"
    assert re.findall(r"\d+", words(current)) == ["37", "2"]
    assert words(once(nav.cssselect("a[href='/agenda/departement/18/']"))) == "18 Cher"


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


# A year, a month


def test_a_year_lists_its_months_with_their_events_in_order():
    events = [
        event("Trois", "2026-11-03"),
        event("Une", "2026-01-31", "2026-02-02"),
        event("Deux", "2026-11-02"),
    ]
    page = tree(values.site(*events), "/agenda/2026/")
    assert titles(page, "h1") == ["Agenda 2026"]
    assert [words(h) for h in page.cssselect("main h2 a[href^='/agenda/']")] == ["Janvier", "Novembre"]
    assert [url.split("/")[4] for url in events_of(page)] == ["une", "deux", "trois"]
    assert "/agenda/2026/agenda.ics" in values.links(page)


def test_years_and_months_lead_to_their_neighbours_that_have_events():
    site = values.site(event(start="2017-12-31"), event(start="2020-02-01"), event(start="2020-05-01"))
    assert neighbours(site, "/agenda/2017/") == ["/agenda/2020/"]
    assert neighbours(site, "/agenda/2020/") == ["/agenda/2017/"]
    assert neighbours(site, "/agenda/2020/02/") == ["/agenda/2017/12/", "/agenda/2020/05/"]


def neighbours(site, url):
    return values.links(tree(site, url), "main nav a")


@pytest.mark.parametrize(
    ("month", "title"),
    [
        ("01", "Agenda de janvier 2026"),
        ("04", "Agenda d’avril 2026"),
        ("08", "Agenda d’août 2026"),
        ("10", "Agenda d’octobre 2026"),
    ],
)
def test_a_month_is_named_in_french(month, title):
    page = tree(values.site(event(start=f"2026-{month}-05")), f"/agenda/2026/{month}/")
    assert page.findtext(".//title").startswith(f"{title} – ")


def test_a_month_is_a_grid_and_a_list_of_the_same_events():
    events = [
        event("Salon", "2026-07-30", "2026-08-02"),
        event("Bal", "2026-07-14T20:00", event_status="cancelled"),
    ]
    page = tree(values.site(*events), "/agenda/2026/07/")
    table = once(page.cssselect("table"))
    assert titles(table, "th")[0] == "lundi"
    cells = {cell.cssselect("time")[0].get("datetime"): events_of(cell) for cell in table.cssselect("td")}
    salon, bal = (found.url for found in events)
    assert {day: urls for day, urls in cells.items() if urls} == {
        "2026-07-14": [bal],
        "2026-07-30": [salon],
        "2026-07-31": [salon],
    }
    assert "Annulé" in words(once([cell for cell in table.cssselect("td") if bal in events_of(cell)]))
    assert events_of(section(page, "En liste")) == [bal, salon]


@pytest.mark.parametrize(("now", "marked"), [("2026-07-05T23:59", ["2026-07-05"]), ("2026-08-01T00:00", [])])
def test_today_is_marked_in_its_month(now, marked):
    page = tree(values.site(event(start="2026-07-20"), now=now), "/agenda/2026/07/")
    assert [cell.cssselect("time")[0].get("datetime") for cell in page.cssselect("td[aria-current=date]")] == marked


# An event


def page_of(found, **site):
    return tree(values.site(found, **site), found.url)


def fact(page, name):
    """What the page says under that name."""
    return once([words(dt.getnext()) for dt in page.cssselect("dt") if words(dt) == name])


FULL = event(
    "Rencontre",
    "2026-07-05T18:30",
    "2026-07-05T20:00",
    summary="Une rencontre pour parler.",
    category="prestation",
    departments=("37", "75"),
    place=Place("Start In Box", "1 rue de l'Exemple", "37000", "Tours", 47.39, 0.69, "De plain-pied."),
    online="https://exemple.test/salle",
    organisers=["Cré-Sol"],
    partners=["CRESS"],
    price="gratuit",
    registration=Registration(
        "https://exemple.test/venir", "a@exemple.test", "02 47 00", moment("2026-07-01"), required=True
    ),
    accessibility=("wheelchair", "sign-language"),
    accessibility_note="Sonner.",
    contact=Contact("Une personne", "b@exemple.test", "02 47 01", "https://exemple.test/"),
    source=Source("Archipel", "x", "https://archipel.example/x"),
    tags=("ESS",),
)


def test_an_event_tells_when_where_with_whom_and_how():
    page = page_of(FULL)
    assert titles(page, "h1") == ["Rencontre"]
    assert fact(page, "Quand") == "dimanche 5 juillet 2026, de 18 h 30 à 20 h"
    assert fact(page, "Où").startswith("Start In Box")
    assert "37000 Tours" in fact(page, "Où")
    assert fact(page, "Y aller") == "De plain-pied."
    assert fact(page, "Départements") == "Indre-et-Loire (37), Paris (75)"
    assert fact(page, "Prix") == "gratuit"
    assert fact(page, "Organisé par") == "Cré-Sol"
    assert fact(page, "Avec") == "CRESS"
    assert "fauteuil roulant" in fact(page, "Accessibilité")
    assert fact(page, "Source") == "Archipel"
    links = values.links(page)
    for url in (
        "/agenda/departement/37/",
        "/agenda/departement/75/",
        "/agenda/organisateur/cre-sol/",
        "/agenda/organisateur/cress/",
        "/mots-cles/ess/",
        "/agenda/2026/07/",
        "/agenda/2026/07/rencontre/evenement.ics",
        "https://exemple.test/salle",
        "https://exemple.test/venir",
        "mailto:a@exemple.test",
        "mailto:b@exemple.test",
        "https://archipel.example/x",
    ):
        assert url in links
    assert [t.get("datetime") for t in page.cssselect("main article time")][:1] == ["2026-07-05T18:30"]


def test_events_of_one_name_have_pages_of_different_titles():
    twins = [event("Réunion", "2026-07-05"), event("Réunion", "2026-08-01", path="agenda/2026/autre.md")]
    site = values.site(*twins, event("Fête"))
    found = {tree(site, one.url).findtext(".//title"): titles(tree(site, one.url), "h1") for one in twins}
    assert found == {
        "Réunion, 5 juillet 2026 – Cré-Sol": ["Réunion"],
        "Réunion, 1er août 2026 – Cré-Sol": ["Réunion"],
    }
    assert tree(site, "/agenda/2026/07/fete/").findtext(".//title") == "Fête – Cré-Sol"


def test_what_is_not_known_of_an_event_is_not_asked():
    page = page_of(event())
    assert titles(page, "dt") == ["Quand"]
    assert fact(page, "Quand") == "dimanche 5 juillet 2026"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2026-07-05", "2026-07-07", "du 5 au 7 juillet 2026"),
        ("2026-07-30", "2026-08-01", "du 30 juillet au 1er août 2026"),
        ("2026-07-05T18:30", "", "dimanche 5 juillet 2026, à 18 h 30"),
        ("2026-07-05T20:00", "2026-07-06T02:00", "dimanche 5 juillet 2026, de 20 h à 2 h"),
    ],
)
def test_when_is_one_phrase_in_french(start, end, said):
    assert fact(page_of(event(start=start, end=end)), "Quand") == said


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("cancelled", "annulé"),
        ("postponed", "reporté"),
        ("moved-online", "en ligne"),
        ("full", "complet"),
        ("rescheduled", "lundi 1er juin 2026"),
    ],
)
def test_a_changed_event_says_so_before_its_title_with_the_reason(status, word):
    found = event(event_status=status, status_note="Salle fermée : désolé.", previous_start="2026-06-01")
    before, title, _ = words(once(page_of(found).cssselect("main article"))).partition("Fête")
    assert title
    assert word in before.lower()
    assert "Salle fermée : désolé." in before


def test_an_event_that_takes_place_as_announced_says_nothing_of_it():
    text = words(once(page_of(event()).cssselect("main article"))).lower()
    assert not re.search("annulé|reporté|complet|en ligne|nouvelle date|était prévu", text)


@pytest.mark.parametrize(
    ("status", "flag"),
    [
        ("scheduled", ""),
        ("cancelled", "Annulé"),
        ("postponed", "Reporté"),
        ("rescheduled", "Nouvelle date"),
        ("moved-online", "En ligne"),
        ("full", "Complet"),
    ],
)
@pytest.mark.parametrize("url", ["/agenda/", "/agenda/2026/", "/agenda/2026/07/", "/agenda/categorie/prestation/"])
def test_cards_tell_the_status(status, flag, url):
    site = values.site(event(event_status=status, category="prestation"))
    found = [words(strong) for strong in tree(site, url).cssselect("main li strong")]
    assert set(found) == ({flag} if flag else set())


@pytest.mark.parametrize(("now", "closed"), [("2026-07-01T23:59", False), ("2026-07-02T00:00", True)])
def test_registration_is_closed_after_its_last_day(now, closed):
    page = page_of(FULL, now=now)
    assert ("Les inscriptions sont closes" in fact(page, "Inscription")) is closed
    assert ("https://exemple.test/venir" in values.links(page)) is not closed


@pytest.mark.parametrize(("now", "past"), [("2026-07-05T19:59", False), ("2026-07-05T20:00", True)])
def test_a_past_event_says_so(now, past):
    assert ("Rendez-vous passé" in words(page_of(FULL, now=now))) is past


def test_events_lead_to_the_one_before_and_the_one_after():
    events = [event("Une", "2026-01-01"), event("Deux", "2026-02-01"), event("Trois", "2026-03-01")]
    site = values.site(*events)
    first, second, third = (found.url for found in events)
    assert [neighbours(site, url) for url in (first, second, third)] == [[second], [first, third], [second]]


def test_an_event_shows_its_picture_with_what_one_sees_on_it():
    picture = Image("photo.jpg", "agenda/2026/photo.jpg", "Une salle pleine", "Une photographe")
    page = page_of(event(image=picture), files={"agenda/2026/photo.jpg": (1, 2, 3)})
    image = once(page.cssselect("main img"))
    assert (image.get("src"), image.get("alt")) == ("/media/agenda/2026/photo.jpg", "Une salle pleine")
    assert "Une photographe" in words(page)


def test_a_page_of_the_agenda_is_made_again_only_for_what_it_shows():
    """The body of an event is on its own page alone: an edit of it must touch no list."""
    before = values.outputs(values.site(FULL, event("Autre")))
    edited = msgspec.structs.replace(FULL, text=values.text("<p>Un autre texte.</p>"))
    after = values.outputs(values.site(edited, event("Autre")))
    changed = {
        url
        for url, output in after.items()
        if msgspec.msgpack.encode(output.build_view()) != msgspec.msgpack.encode(before[url].build_view())
    }
    assert changed == {FULL.url, "/flux/agenda.rss.xml", "/flux/agenda.atom.xml"}
