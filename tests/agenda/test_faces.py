"""The card of an event: when and where, large; and which events have one."""

from __future__ import annotations

import pytest

from plugins.agenda.faces import build_card, build_faces
from plugins.agenda.model import Agenda
from tests import sites, values
from tests.values import event, weekly

NOW = "2026-06-01T12:00"


def card(found, now: str = NOW):
    site = values.site(found, now=now)
    return build_card(site, site.get(Agenda), found)


@pytest.mark.parametrize(
    ("start", "end", "date"),
    [
        ("2026-07-05", "", ("dimanche", ("5",), "juillet 2026")),
        ("2026-07-05T18:30", "", ("dimanche", ("5",), "juillet 2026\n18\u00a0h\u00a030")),
        ("2026-07-05T18:30", "2026-07-05T20:00", ("dimanche", ("5",), "juillet 2026\n18\u00a0h\u00a030")),
        ("2026-07-05T20:00", "2026-07-06T01:00", ("dimanche", ("5",), "juillet 2026\n20\u00a0h")),
        ("2026-07-05T20:00", "2026-07-06T00:00", ("dimanche", ("5",), "juillet 2026\n20\u00a0h")),
        ("2026-09-01", "", ("mardi", ("1er",), "septembre 2026")),
        ("2026-01-12", "2026-01-16", ("lun. – ven.", ("12", "16"), "janvier 2026")),
        ("2026-04-30", "2026-05-02", ("jeu. – sam.", ("30 avr.", "2 mai"), "2026")),
        ("2026-12-30", "2027-01-02", ("mer. – sam.", ("30 déc.", "2 janv."), "2026 – 2027")),
    ],
)
def test_the_date_is_that_of_the_page(start, end, date):
    assert card(event(start=start, end=end)).date == date


@pytest.mark.parametrize(
    ("fields", "note"),
    [
        ({"city": "Tours", "departments": ("37",)}, "Tours (Indre-et-Loire)"),
        ({"city": "Paris", "departments": ("75",)}, "Paris"),
        ({"city": "Tours", "departments": ("37", "41")}, "Tours"),
        ({"departments": ("37", "41")}, "Indre-et-Loire et Loir-et-Cher"),
        ({"city": "Tours", "online": "https://exemple.fr/"}, "Tours et en ligne"),
        ({"online": "https://exemple.fr/"}, "en ligne"),
        ({}, ""),
    ],
)
def test_the_place_is_the_town_else_the_departments(fields, note):
    assert card(event(**fields)).note == note


@pytest.mark.parametrize(
    ("status", "kicker", "struck"),
    [
        ("scheduled", "Prestation", False),
        ("cancelled", "Annulé · Prestation", True),
        ("postponed", "Reporté · Prestation", True),
        ("full", "Complet · Prestation", False),
    ],
)
def test_what_became_of_it_is_said_first(status, kicker, struck):
    found = card(event(event_status=status, category="prestation"))
    assert (found.kicker, found.struck) == (kicker, struck)
    assert card(event()).kicker == "Agenda"


def test_one_that_comes_back_shows_its_next_date():
    assert card(weekly("2026-05-25", "2026-06-08")).date[1] == ("8",)
    assert card(weekly("2026-05-25", "2026-06-08"), now="2026-07-01T12:00").date[1] == ("8",)


def test_the_events_nearest_to_today_have_a_card():
    events = [event(f"Fête {day}", f"2026-{day}") for day in ("01-01", "05-20", "06-02", "06-20", "12-01")]
    site = values.site(*events, now=NOW, settings=sites.settings(sharing_cards=3))
    faces = build_faces(site, site.get(Agenda))
    assert [found.path in faces for found in events] == [False, True, True, True, False]
    outputs = values.outputs(site)
    assert [url for url in outputs if url.endswith("partage.png")] == [
        "/agenda/2026/05/fete-05-20/partage.png",
        "/agenda/2026/06/fete-06-02/partage.png",
        "/agenda/2026/06/fete-06-20/partage.png",
    ]


def test_a_page_changes_when_its_card_comes_or_goes():
    found = event("Fête", "2026-06-10")
    views = [
        values.outputs(values.site(found, settings=sites.settings(sharing_cards=count)))[found.url].view.key
        for count in (0, 1)
    ]
    assert views[0] != views[1]
