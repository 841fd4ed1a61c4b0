"""h-event, as mf2py reads it: on the page of an event, on cards and in lines."""

import mf2py
import pytest

from plugins.agenda.details import Place
from tests import sites, values
from tests.values import event

HOST = sites.settings().url


def events(site, url):
    """The properties of each h-event of a page."""
    items = mf2py.parse(doc=values.render(site, url).decode(), url=HOST + url)["items"]
    assert {kind for item in items for kind in item["type"]} <= {"h-event"}
    return [item["properties"] for item in items]


FULL = event(
    "Conférence",
    "2026-07-05T18:30",
    "2026-07-05T20:00",
    summary="Deux heures pour comprendre.",
    category="prestation",
    departments=("37",),
    place=Place("La Cale", "1 rue du Port", "37000", "Tours", 47.39, 0.68),
)


def test_the_page_of_an_event_is_one_event():
    [found] = events(values.site(FULL), FULL.url)
    assert found["name"] == ["Conférence"]
    assert found["url"] == [HOST + FULL.url]
    assert found["start"] == ["2026-07-05T18:30+0200"]
    assert found["end"] == ["2026-07-05T20:00+0200"]
    assert found["category"] == ["Prestation"]
    assert " ".join(found["location"][0].split()) == "La Cale 1 rue du Port 37000 Tours"
    assert found["content"][0]["value"] == "Un texte."


@pytest.mark.parametrize("url", ["/agenda/", "/", "/agenda/2026/07/", "/agenda/departement/37/"])
def test_each_card_of_a_list_is_one_event(url):
    [found] = events(values.site(FULL), url)
    assert found["name"] == ["Conférence"]
    assert found["url"] == [HOST + FULL.url]
    assert (found["start"], found["end"]) == (["2026-07-05T18:30+0200"], ["2026-07-05T20:00+0200"])
    assert found["summary"] == ["Deux heures pour comprendre."]
    assert found["location"] == ["Tours · 37"]
    assert found["category"] == ["Prestation"]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-07-05", "", ("2026-07-05", None)),
        ("2026-07-05", "2026-07-07", ("2026-07-05", "2026-07-07")),
        ("2026-07-30", "2026-08-02", ("2026-07-30", "2026-08-02")),
        ("2026-07-05T18:30", "", ("2026-07-05T18:30+0200", None)),
        ("2026-07-04T20:00", "2026-07-05T00:00", ("2026-07-04T20:00+0200", "2026-07-05T00:00+0200")),
        ("2026-10-23T18:00", "2026-10-25T23:00", ("2026-10-23T18:00+0200", "2026-10-25T23:00+0100")),
        ("2026-10-30T18:00", "2026-11-01T23:00", ("2026-10-30T18:00+0100", "2026-11-01T23:00+0100")),
    ],
)
def test_when_is_said_with_the_offset_of_the_day_and_days_as_days(start, end, expected):
    [found] = events(values.site(event(start=start, end=end)), "/agenda/")
    assert (found["start"], found.get("end", [None])) == ([expected[0]], [expected[1]])


def test_an_event_elsewhere_begins_and_ends_at_the_moment_that_it_does():
    lisbon = event(start="2026-07-05T18:30", end="2026-07-05T20:00", timezone="Europe/Lisbon")
    [found] = events(values.site(lisbon), lisbon.url)
    assert (found["start"], found["end"]) == (["2026-07-05T19:30+0200"], ["2026-07-05T21:00+0200"])


def test_lines_of_a_long_list_say_it_too():
    many = [
        event(
            f"Fête {n}", f"2026-{7 + n // 28:02}-{n % 28 + 1:02}T18:00", f"2026-{7 + n // 28:02}-{n % 28 + 1:02}T20:00"
        )
        for n in range(60)
    ]
    found = events(values.site(*many), "/agenda/")
    assert len(found) == 60
    assert found[-1]["start"] == ["2026-09-04T18:00+0200"]
    assert found[-1]["end"] == ["2026-09-04T20:00+0200"]
    assert all({"name", "url", "start", "end"} <= one.keys() for one in found)
