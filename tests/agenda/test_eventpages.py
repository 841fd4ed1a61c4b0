"""The page of an event: what it says, what it leads to."""

import re
from urllib.parse import parse_qsl

import msgspec
import pytest

from plugins.agenda.changes import read_meaning
from plugins.agenda.details import Contact, Occurrence, Place, Registration, Source
from plugins.press.documents import Image, with_face
from plugins.press.outputs import fingerprint
from tests import values
from tests.values import event, moment, once, titles, tree, under, weekly, words


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
    source=Source("Archipel", "x"),
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
    assert fact(page, "Annoncé par") == "Archipel"
    assert fact(page, "Aussi en ligne") == "Rejoindre à distance"
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
    ):
        assert url in links
    assert [t.get("datetime") for t in page.cssselect("main article time")][:1] == ["2026-07-05T18:30+02:00"]


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
    assert bool(page.cssselect("dd .until[datetime='2026-07-02T00:00+02:00']")) is not closed


@pytest.mark.parametrize(("now", "past"), [("2026-07-05T19:59", False), ("2026-07-05T20:00", True)])
def test_a_past_event_says_so(now, past):
    assert ("Rendez-vous passé" in words(page_of(FULL, now=now))) is past


def neighbours(site, url):
    return values.links(tree(site, url), "nav.pager a")


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
    edited = with_face(msgspec.structs.replace(FULL, text=values.text("<p>Un autre texte.</p>")))
    after = values.outputs(values.site(edited, event("Autre")))
    changed = {url for url, output in after.items() if fingerprint(output, b"") != fingerprint(before[url], b"")}
    assert changed == {FULL.url, "/flux/agenda.rss.xml", "/flux/agenda.atom.xml"}


# Of an event that comes back


CHANGED = (
    Occurrence(
        moment("2026-06-09T18:00"),
        None,
        all_day=False,
        event_status="cancelled",
        status_note="La salle est fermée.",
        original=moment("2026-06-09T18:00"),
    ),
    Occurrence(
        moment("2026-06-17T18:00"),
        None,
        all_day=False,
        event_status="rescheduled",
        place=Place(city="Chinon"),
        original=moment("2026-06-16T18:00"),
    ),
)


def test_all_dates_are_told_the_next_ones_first_the_past_ones_folded():
    workshop = weekly("2026-05-19T18:00", "2026-05-26T18:00", "2026-06-02T18:00", changes=CHANGED)
    dates = under(page_of(workshop), "Toutes les dates")
    assert titles(dates, "ol.coming > li") == [
        "mardi 2 juin 2026, à 18 h",
        "mardi 9 juin 2026, à 18 h Annulé La salle est fermée.",
        "mercredi 17 juin 2026, à 18 h Nouvelle date au lieu du mardi 16 juin 2026 Chinon",
    ]
    assert titles(dates, "details .passed > li") == ["mardi 26 mai 2026, à 18 h", "mardi 19 mai 2026, à 18 h"]
    assert [li.get("class") for li in dates.cssselect("ol.coming > li")] == ["dated", "dated is-cancelled", "dated"]


def test_beyond_twelve_dates_the_others_are_folded():
    days = [f"2026-{month:02}-{day:02}" for month in (7, 8) for day in (1, 8, 15, 22, 29)]
    page = page_of(weekly(*days, "2026-09-01", "2026-09-08", "2026-09-15"))
    dates = under(page, "Toutes les dates")
    assert len(dates.xpath("./ol/li")) == 12
    assert titles(dates, "details:not([hidden]) summary") == ["Et 1 autre date"]


def test_what_only_the_next_date_undergoes_is_said_of_that_date():
    page = page_of(weekly("2026-06-30T18:00", changes=CHANGED[:1]))
    assert titles(page, ".banner") == ["La date du mardi 9 juin 2026 est annulée. La salle est fermée."]
    assert fact(page, "Prochaine date") == "mardi 9 juin 2026, à 18 h AnnuléToutes les dates"
    article = once(page.cssselect("article"))
    assert "is-cancelled" not in article.get("class")
    assert "is-cancelled" in once(page.cssselect(".event-date")).get("class")


def test_an_event_that_takes_place_once_has_no_list_of_dates():
    assert "Toutes les dates" not in titles(page_of(FULL), "h2")


# What the browser and other programs read


@pytest.mark.parametrize(
    ("found", "dates"),
    [
        (event(start="2026-07-05T18:30", end="2026-07-05T20:00"), "20260705T183000/20260705T200000"),
        (event(start="2026-07-05T18:30"), "20260705T183000/20260705T183000"),
        (event(start="2026-07-05", end="2026-07-07"), "20260705/20260708"),
    ],
)
def test_google_takes_one_event_in_its_own_form(found, dates):
    [link] = [url for url in values.links(page_of(found)) if "calendar.google" in url]
    query = dict(parse_qsl(link.partition("?")[2]))
    assert query["dates"] == dates
    assert (query["action"], query["text"], query["ctz"]) == ("TEMPLATE", "Fête", "Europe/Paris")
    assert query["details"].endswith(found.url)


@pytest.mark.parametrize(
    "changes", [{"event_status": "cancelled"}, {"event_status": "postponed"}, {"start": "2026-01-05"}]
)
def test_what_will_not_be_is_not_offered_to_google(changes):
    assert not [url for url in values.links(page_of(event(**changes))) if "calendar.google" in url]


def test_an_event_says_when_it_is_over_with_the_offset_of_the_place():
    page = page_of(FULL)
    assert [t.get("datetime") for t in page.cssselect(".event-date .over.dt-end")] == ["2026-07-05T20:00+02:00"]
    assert [t.get("datetime") for t in page.cssselect("header .until")] == ["2026-07-05T20:00+02:00"]
    assert once(page.cssselect("article.h-event data.u-url")).get("value").endswith(FULL.url)


def test_what_changed_in_git_is_its_history_until_it_was_over():
    found = event("Fête", "2026-07-05T18:00", place=Place(city="Tours"))
    moved = msgspec.structs.replace(found, start=moment("2026-07-04T18:00"))
    history = values.history(
        found.path,
        (moment("2026-05-01T09:00"), read_meaning(moved)),
        (moment("2026-05-02T09:00"), read_meaning(found)),
    )
    page = page_of(found, history=history)
    assert titles(page, "details li") == ["2 mai 2026 Déplacé : c’était samedi 4 juillet 2026, à 18 h."]
    assert "Historique" not in words(page_of(found))
