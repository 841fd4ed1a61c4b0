"""The Event of an event's page: when, whether, where, by whom, for how much, as programs read it."""

import pytest

from plugins.agenda.details import Occurrence, Organiser, Place, Registration
from plugins.agenda.model import Identities
from plugins.press.documents import Image
from plugins.press.outputs import fingerprint
from plugins.press.pictures.facts import Facts
from tests import sites, structured, values
from tests.values import event, moment, tree, weekly

HOST = sites.settings().url
ORG = "https://schema.org/"


def told(found, now="2026-06-01T12:00", **site):
    return structured.only(tree(values.site(found, now=now, **site), found.url), "Event")


def dates(node):
    return {key: node.get(key) for key in ("startDate", "endDate")}


# When


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-07-05", "", ("2026-07-05", "2026-07-05")),
        ("2026-07-05", "2026-07-07", ("2026-07-05", "2026-07-07")),
        ("2026-07-05T18:30", "", ("2026-07-05T18:30:00+02:00", None)),
        ("2026-07-04T20:00", "2026-07-05T00:00", ("2026-07-04T20:00:00+02:00", "2026-07-05T00:00:00+02:00")),
        # on the last Sunday of October it is three o'clock twice, on that of March it never is half past two
        ("2026-10-23T18:00", "2026-10-25T23:00", ("2026-10-23T18:00:00+02:00", "2026-10-25T23:00:00+01:00")),
        ("2026-10-25T00:30", "2026-10-25T05:00", ("2026-10-25T00:30:00+02:00", "2026-10-25T05:00:00+01:00")),
        ("2027-03-28T01:30", "2027-03-28T03:30", ("2027-03-28T01:30:00+01:00", "2027-03-28T03:30:00+02:00")),
        ("2027-03-27", "2027-03-29", ("2027-03-27", "2027-03-29")),
    ],
)
def test_days_are_days_and_hours_have_the_offset_of_their_own_day(start, end, expected):
    assert tuple(dates(told(event(start=start, end=end))).values()) == expected


def test_an_event_elsewhere_has_the_offset_of_its_own_place():
    node = told(event(start="2026-10-28T18:00", end="2026-10-28T20:00", timezone="America/Montreal"))
    assert node["startDate"] == "2026-10-28T18:00:00-04:00"  # there clocks go back a week later


def test_of_an_event_that_comes_back_the_date_that_the_page_shows_is_told():
    found = weekly("2026-05-26T18:30", "2026-06-02T18:30", "2026-06-09T18:30")
    assert told(found)["startDate"] == "2026-06-02T18:30:00+02:00"
    assert told(found, now="2027-01-01T12:00")["startDate"] == "2026-06-09T18:30:00+02:00"


# Whether


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("scheduled", "EventScheduled"),
        ("cancelled", "EventCancelled"),
        ("postponed", "EventPostponed"),
        ("full", "EventScheduled"),
    ],
)
def test_the_status_is_one_of_five(status, expected):
    assert told(event(event_status=status))["eventStatus"] == ORG + expected


def test_a_moved_event_says_when_it_was_to_be():
    found = event(start="2026-07-09T09:30", event_status="rescheduled", previous_start="2026-07-02T09:30")
    node = told(found)
    assert node["eventStatus"] == f"{ORG}EventRescheduled"
    assert node["previousStartDate"] == "2026-07-02T09:30:00+02:00"
    by_day = event(start="2026-07-09T09:30", event_status="rescheduled", previous_start="2026-07-02")
    assert told(by_day)["previousStartDate"] == "2026-07-02"


def test_a_moved_date_of_several_says_when_the_rule_has_it():
    was, now = moment("2026-06-02T18:30"), moment("2026-06-03T19:00")
    change = Occurrence(now, None, all_day=False, event_status="rescheduled", original=was)
    node = told(weekly("2026-05-26T18:30", "2026-06-09T18:30", changes=(change,)))
    assert node["startDate"] == "2026-06-03T19:00:00+02:00"
    assert node["previousStartDate"] == "2026-06-02T18:30:00+02:00"


def test_a_postponed_event_keeps_its_date_until_there_is_another():
    node = told(event(start="2026-07-09T09:30", event_status="postponed"))
    assert node["startDate"] == node["previousStartDate"] == "2026-07-09T09:30:00+02:00"


# Where

PLACE = Place("La Cale", "1 rue du Port", "37000", "Tours", 47.39, 0.68)
STREAM = "https://exemple.test/direct"


def test_a_place_has_its_address_and_its_point_on_the_map():
    node = told(event(place=PLACE, departments=("37",)))
    assert node["eventAttendanceMode"] == f"{ORG}OfflineEventAttendanceMode"
    assert node["location"] == {
        "@type": "Place",
        "name": "La Cale",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "1 rue du Port",
            "postalCode": "37000",
            "addressLocality": "Tours",
            "addressRegion": "Centre-Val de Loire",
            "addressCountry": "FR",
        },
        "geo": {"@type": "GeoCoordinates", "latitude": 47.39, "longitude": 0.68},
    }


def test_what_is_not_known_of_a_place_is_not_said():
    elsewhere = told(event(place=PLACE, departments=("75",)))["location"]["address"]
    assert "addressRegion" not in elsewhere
    assert elsewhere["addressCountry"] == "FR"
    assert "addressCountry" not in told(event(place=PLACE))["location"]["address"]
    assert "geo" not in told(event(city="Tours"))["location"]
    assert told(event(place=Place("La Cale")))["location"] == {"@type": "Place", "name": "La Cale"}
    nowhere = told(event())
    assert not {"location", "eventAttendanceMode"} & nowhere.keys()


def test_an_event_of_a_department_takes_place_there():
    locations = told(event(departments=("37", "75")))["location"]
    assert [place["name"] for place in locations] == ["Indre-et-Loire", "Paris"]


def test_on_line_hybrid_and_moved_on_line():
    online = told(event(online=STREAM))
    assert online["location"] == {"@type": "VirtualLocation", "url": STREAM}
    assert online["eventAttendanceMode"] == f"{ORG}OnlineEventAttendanceMode"
    hybrid = told(event(online=STREAM, place=PLACE))
    assert [place["@type"] for place in hybrid["location"]] == ["VirtualLocation", "Place"]
    assert hybrid["eventAttendanceMode"] == f"{ORG}MixedEventAttendanceMode"
    moved = told(event(online=STREAM, place=PLACE, event_status="moved-online"))
    assert moved["location"] == online["location"]
    assert moved["eventStatus"] == f"{ORG}EventMovedOnline"
    assert moved["eventAttendanceMode"] == f"{ORG}OnlineEventAttendanceMode"


# Who, and what for


def test_organisers_have_their_own_site_else_their_page_here():
    ami = Organiser("Un ami", "un-ami", "https://ami.exemple.test/")
    node = told(event(organisers=["Cré-Sol", ami], partners=["CRESS"]))
    assert [one["url"] for one in node["organizer"]] == [f"{HOST}/", "https://ami.exemple.test/"]
    assert node["organizer"][0]["@id"] == f"{HOST}/#association"
    assert node["contributor"]["url"] == f"{HOST}/agenda/organisateur/cress/"


@pytest.mark.parametrize(
    ("price", "expected"),
    [
        ("gratuit", {"price": "0", "priceCurrency": "EUR"}),
        ("Gratuit.", {"price": "0", "priceCurrency": "EUR"}),
        ("10 €", {"price": "10.00", "priceCurrency": "EUR"}),
        ("12,5 euros", {"price": "12.50", "priceCurrency": "EUR"}),
        ("5 €, 3 € pour les adhérentes", {"description": "5 €, 3 € pour les adhérentes"}),
        ("prix libre", {"description": "prix libre"}),
        ("gratuit pour les moins de 12 ans", {"description": "gratuit pour les moins de 12 ans"}),
    ],
)
def test_a_price_is_a_number_where_it_is_one(price, expected):
    node = told(event(price=price))
    offer = {"@type": "Offer", "url": f"{HOST}/agenda/2026/07/fete/", "availability": f"{ORG}InStock"}
    assert node["offers"] == offer | expected
    assert node.get("isAccessibleForFree") == (True if expected.get("price") == "0" else None)


def test_signing_up_leads_where_one_signs_up_as_long_as_one_can():
    sign = Registration("https://exemple.test/venir", deadline=moment("2026-06-20"), required=True)
    found = event(start="2026-07-05T18:00", end="2026-07-05T20:00", registration=sign)
    offer = {
        "@type": "Offer",
        "url": "https://exemple.test/venir",
        "availability": f"{ORG}InStock",
        "validThrough": "2026-06-21T00:00:00+02:00",
    }
    assert told(found)["offers"] == offer
    for now in ("2026-06-21T00:00", "2026-08-01T12:00"):
        assert "availability" not in told(found, now=now)["offers"]


def test_a_full_event_is_sold_out_and_one_that_is_off_offers_nothing():
    assert told(event(event_status="full"))["offers"]["availability"] == f"{ORG}SoldOut"
    assert "availability" not in told(event(event_status="cancelled", price="10 €"))["offers"]
    assert "offers" not in told(event())


# What, and which


def test_it_is_known_by_the_identity_that_its_calendar_gives():
    found = event(id="fete-de-la-musique", category="prestation", tags=("ESS",), summary="On danse.")
    node = told(found)
    assert node["identifier"] == "fete-de-la-musique@agenda.cre-sol"
    assert node["identifier"].encode() in values.render(values.site(found), f"{found.url}evenement.ics")
    assert node["keywords"] == ["Prestation", "ESS"]
    assert (node["name"], node["description"], node["url"]) == ("Fête", "On danse.", HOST + found.url)


def test_a_page_is_made_again_when_the_identity_of_its_event_is_recorded():
    ledger = Identities(
        path="agenda/identites.yaml",
        url="",
        title="",
        slug="",
        text=values.text(""),
        names=(("agenda/2026/fete.md", "agenda/2026/bal"),),
    )
    found, renamed = values.site(event()), values.site(event(), ledger)
    assert structured.only(tree(renamed, event().url), "Event")["identifier"] == "agenda/2026/bal@agenda.cre-sol"
    marks = [fingerprint(values.outputs(site)[event().url], b"sel") for site in (found, renamed)]
    assert marks[0] != marks[1]


def test_its_picture_and_its_language_are_those_of_the_document():
    image = Image("photo.jpg", "agenda/2026/photo.jpg", "Une place noire de monde")
    files = {"agenda/2026/photo.jpg": (1, 2, 3)}
    large = {"agenda/2026/photo.jpg": Facts(b"", "JPEG", 1200, 900)}
    node = told(event(image=image, lang="en"), files=files, pictures=large)
    assert node["image"] == f"{HOST}/agenda/2026/07/fete/partage.jpg"
    assert node["inLanguage"] == "en"


def test_two_events_of_one_name_keep_it():
    twins = [event("Réunion", "2026-07-05"), event("Réunion", "2026-08-01", path="agenda/2026/autre.md")]
    nodes = [structured.only(tree(values.site(*twins), one.url), "Event") for one in twins]
    assert [node["name"] for node in nodes] == ["Réunion", "Réunion"]
    assert len({node["identifier"] for node in nodes}) == 2
