"""Which calendars there are, and which events each of them holds."""

import icalendar
import msgspec
import pytest

from plugins.agenda import calendars
from plugins.agenda.vevents import Keys
from plugins.press.documents import Image, with_face
from tests import sites, values
from tests.values import event

WHOLE = "/agenda/agenda.ics"


def titles(site, url=WHOLE):
    found = icalendar.Calendar.from_ical(values.render(site, url))
    return [str(component["SUMMARY"]) for component in found.walk("VEVENT")]


def addresses(site):
    return [url for url in values.outputs(site) if url.endswith(".ics")]


# Twelve months back, and all that comes


@pytest.mark.parametrize(
    ("start", "end", "held"),
    [
        ("2025-05-31", "", False),
        ("2025-05-31T20:00", "2025-06-01T00:00", False),
        ("2025-05-31", "2025-06-01", True),
        ("2025-05-31T20:00", "2025-06-01T00:01", True),
        ("2025-06-01", "", True),
        ("2020-01-01", "2026-12-31", True),  # it still runs
        ("2026-06-01", "", True),
        ("2036-06-01", "", True),
    ],
)
def test_the_whole_agenda_goes_back_twelve_months(start, end, held):
    site = values.site(event("Fête", start, end), now="2026-06-01T12:00")
    assert titles(site) == (["Fête"] if held else [])


@pytest.mark.parametrize("now", ["2026-06-01T00:00", "2026-06-01T23:59"])
def test_what_is_too_old_is_so_for_a_whole_day(now):
    events = [event("Avant", "2025-05-31T19:00"), event("Après", "2025-06-01T00:00", "2025-06-01T00:30")]
    assert titles(values.site(*events, now=now)) == ["Après"]


FILTERS = {
    "/agenda/departement/37/agenda.ics": {"departments": ("37",)},
    "/agenda/categorie/prestation/agenda.ics": {"category": "prestation"},
    "/agenda/organisateur/cress/agenda.ics": {"organisers": ["CRESS"]},
}


@pytest.mark.parametrize("url", FILTERS)
def test_a_filter_holds_its_own_events_of_twelve_months(url):
    own = FILTERS[url]
    events = [
        event("Ancien", "2024-01-01", **own),
        event("Passé", "2026-01-01", **own),
        event("À venir", "2027-01-01", **own),
        event("Autre", "2026-01-01"),
    ]
    assert titles(values.site(*events), url) == ["Passé", "À venir"]


def test_partners_are_of_the_calendar_of_an_organiser_too():
    site = values.site(event("Une", partners=["CRESS"]), event("Deux", organisers=["CRESS"], partners=["cress"]))
    assert titles(site, "/agenda/organisateur/cress/agenda.ics") == ["Deux", "Une"]


def test_a_year_is_whole_however_old():
    site = values.site(event("Été", "2017-07-05"), event("Hiver", "2017-01-05"), event("Autre", "2018-01-01"))
    assert titles(site, "/agenda/2017/agenda.ics") == ["Hiver", "Été"]
    assert titles(site, "/agenda/2018/agenda.ics") == ["Autre"]


def test_each_event_has_a_calendar_of_its_own_however_old():
    site = values.site(event("Fête", "2001-07-05"))
    assert titles(site, "/agenda/2001/07/fete/evenement.ics") == ["Fête"]


def test_cancelled_events_stay_in_calendars():
    site = values.site(event("Fête", "2026-05-05", event_status="cancelled"))
    assert titles(site) == ["ANNULÉ – Fête"]


def test_the_calendars_of_an_empty_agenda():
    settings = sites.settings()
    expected = [f"/agenda/departement/{code}/agenda.ics" for code in sorted(settings.departments)]
    expected += [f"/agenda/categorie/{category.slug}/agenda.ics" for category in settings.categories]
    site = values.site()
    assert addresses(site) == [WHOLE, *expected]
    assert all(titles(site, url) == [] for url in addresses(site))


def test_a_department_outside_the_region_has_a_calendar_when_it_has_events():
    url = "/agenda/departement/2a/agenda.ics"
    assert url not in addresses(values.site(event()))
    assert titles(values.site(event("Fête", departments=("2A",))), url) == ["Fête"]


def test_the_events_of_a_calendar_come_in_order_of_time():
    events = [event(f"{day:02}", f"2026-06-{day:02}") for day in (9, 2, 30, 17)]
    assert titles(values.site(*events)) == ["02", "09", "17", "30"]


# The page that lists them


def test_every_calendar_but_those_of_single_events_is_linked_with_its_size():
    events = [event("Une", "2017-01-01", departments=("37",)), event("Deux", organisers=["CRESS"])]
    site = values.site(*events)
    groups = dict(calendars.links(site))
    assert list(groups) == [
        "Tout l'agenda",
        "Par département",
        "Par catégorie",
        "Par organisateur",
        "Par année",
    ]
    links = [link for found in groups.values() for link in found]
    assert [link.url for link in links] == [url for url in addresses(site) if not url.endswith("evenement.ics")]
    assert all(link.count == len(titles(site, link.url)) for link in links)
    assert values.once(groups["Tout l'agenda"]).count == 1
    assert [(link.label, link.count) for link in groups["Par année"]] == [
        ("Agenda 2026", 1),
        ("Agenda 2017", 1),
    ]


def test_the_page_gives_every_address_in_full_and_as_a_subscription():
    page = values.tree(values.site(event(organisers=["CRESS"])), "/agenda/abonnements/")
    host = sites.settings().url.removeprefix("http://")
    shown = values.titles(page, "main code")
    links = values.links(page)
    for url in ("/agenda/agenda.ics", "/agenda/organisateur/cress/agenda.ics", "/agenda/2026/agenda.ics"):
        assert f"http://{host}{url}" in shown
        assert f"webcal://{host}{url}" in links
        assert url in links
        google = "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2F" + (host + url).replace(
            ":", "%3A"
        ).replace("/", "%2F")
        assert google in links


@pytest.mark.parametrize("name", sorted({*event().__struct_fields__} - {"text", "marks", "face", "whole"}))
def test_every_value_of_an_event_is_but_its_text_is_in_the_key_of_its_calendar(name):
    found = event(city="Tours")
    other = with_face(msgspec.structs.replace(found, **{name: Image("a.png", "", "") if name == "image" else "autre"}))
    site = values.site(found)
    assert Keys(site).of(found) != Keys(site).of(other)
