"""agenda.json: what partner sites get, and the schema that says it."""

import json
import re
from datetime import datetime
from typing import get_args

import msgspec
import pytest
from jsonschema import Draft202012Validator, FormatChecker

from plugins.agenda import fields, opendata
from plugins.agenda.dataform import ABILITIES, STATUSES
from plugins.agenda.details import Contact, Occurrence, Organiser, Place, Registration, Source
from plugins.agenda.model import ImportedCalendar
from plugins.press.documents import Image
from tests import sites, values
from tests.values import event, moment, weekly

HOST = sites.settings().url
FILES = {"agenda/2026/photo.jpg": (1, 2, 3)}
FULL = event(
    "Conférence",
    "2026-07-05T18:30",
    "2026-07-05T20:00",
    id="conference",
    summary="Deux heures pour comprendre.",
    lang="en",
    event_status="rescheduled",
    previous_start="2026-07-01T18:30",
    status_note="La salle était prise.",
    place=Place("La Cale", "1 rue du Port", "37000", "Tours", 47.39, 0.68, "De plain-pied."),
    online="https://exemple.test/direct",
    departments=("37", "75"),
    category="prestation",
    tags=("ESS",),
    organisers=["Cré-Sol", Organiser("Un ami", "un-ami", "https://ami.exemple.test/")],
    partners=["CRESS"],
    price="gratuit",
    registration=Registration(
        "https://exemple.test/venir", "a@exemple.test", "02 47", moment("2026-07-01"), required=True
    ),
    accessibility=("wheelchair", "sign-language"),
    accessibility_note="Sonner.",
    contact=Contact("Une personne", "b@exemple.test", "02 47 01", "https://exemple.test/"),
    image=Image("photo.jpg", "agenda/2026/photo.jpg", "Une salle pleine", "Une photographe"),
    source=Source("Archipel", "x"),
)
NOTHING = event("Fête", "2026-08-01")
FORMATS = FormatChecker(())
FORMATS.checks("date-time", ValueError)(lambda value: value is None or datetime.fromisoformat(value).tzinfo)
FORMATS.checks("uri")(lambda value: value is None or re.fullmatch(r"https?://[^\s<>\"]+", value))


def schema(of):
    found = json.loads(values.render(of, opendata.SCHEMA))
    Draft202012Validator.check_schema(found)
    return found


def data(of):
    """What a site gives to partners, and that its own schema has nothing against it."""
    found = json.loads(values.render(of, opendata.URL))
    assert found["$schema"] == HOST + opendata.SCHEMA == schema(of)["$id"]
    assert [
        error.message for error in Draft202012Validator(schema(of), format_checker=FORMATS).iter_errors(found)
    ] == []
    return found


def test_an_event_with_everything_says_everything():
    [date] = data(values.site(FULL, files=FILES))["dates"]
    assert {key for key, value in date.items() if value in (None, [], "", False)} == {"all_day"}
    assert date == date | {
        "id": "conference@agenda.cre-sol",
        "event": "conference@agenda.cre-sol",
        "url": HOST + FULL.url,
        "calendar": f"{HOST}{FULL.url}evenement.ics",
        "start": "2026-07-05T18:30:00+02:00",
        "end": "2026-07-05T20:00:00+02:00",
        "over": "2026-07-05T20:00:00+02:00",
        "timezone": "Europe/Paris",
        "lang": "en",
        "status": "rescheduled",
        "previous_start": "2026-07-01T18:30:00+02:00",
        "departments": [{"code": "37", "name": "Indre-et-Loire"}, {"code": "75", "name": "Paris"}],
        "category": {"slug": "prestation", "name": "Prestation"},
        "organisers": [{"name": "Cré-Sol", "url": None}, {"name": "Un ami", "url": "https://ami.exemple.test/"}],
        "free": True,
        "image": {
            "url": f"{HOST}/media/agenda/2026/photo.jpg",
            "alt": "Une salle pleine",
            "credit": "Une photographe",
        },
        "sources": [{"name": "Archipel", "url": None}],
    }
    assert date["place"]["city"] == "Tours"
    assert date["registration"]["deadline"] == "2026-07-01"
    assert date["contact"]["email"] == "b@exemple.test"


def test_an_event_with_nothing_has_the_same_keys():
    site = values.site(FULL, NOTHING, files=FILES)
    full, nothing = data(site)["dates"]
    assert full.keys() == nothing.keys() == {*schema(site)["$defs"]["Date"]["required"]}
    assert schema(site)["$defs"]["Date"]["properties"].keys() == full.keys()
    assert {key: value for key, value in nothing.items() if value not in (None, [], False)} == {
        "id": "agenda/2026/fete@agenda.cre-sol",
        "event": "agenda/2026/fete@agenda.cre-sol",
        "url": HOST + NOTHING.url,
        "calendar": f"{HOST}{NOTHING.url}evenement.ics",
        "title": "Fête",
        "lang": "fr",
        "all_day": True,
        "start": "2026-08-01",
        "timezone": "Europe/Paris",
        "over": "2026-08-02T00:00:00+02:00",
        "status": "scheduled",
    }


def test_an_empty_agenda_is_one_too():
    found = data(values.site())
    assert (found["total"], found["dates"]) == (0, [])
    assert found["licence"] == {
        "name": "CC BY-SA 4.0",
        "url": "https://creativecommons.org/licenses/by-sa/4.0/deed.fr",
    }


def test_each_date_of_an_event_that_comes_back_has_its_entry_and_keeps_its_identity():
    was, now = moment("2026-06-09T18:30"), moment("2026-06-10T19:00")
    change = Occurrence(now, None, all_day=False, event_status="rescheduled", original=was)
    dates = data(values.site(weekly("2026-05-26T18:30", "2026-06-02T18:30", changes=(change,), id="atelier")))["dates"]
    assert [(date["id"], date["event"], date["start"]) for date in dates] == [
        ("atelier@agenda.cre-sol#2026-06-02T18:30", "atelier@agenda.cre-sol", "2026-06-02T18:30:00+02:00"),
        ("atelier@agenda.cre-sol#2026-06-09T18:30", "atelier@agenda.cre-sol", "2026-06-10T19:00:00+02:00"),
    ]
    assert dates[1]["previous_start"] == "2026-06-09T18:30:00+02:00"


def test_a_day_that_was_moved_to_an_hour_stays_a_day():
    moved = event(start="2026-07-09T09:30", event_status="rescheduled", previous_start="2026-07-02")
    [date] = data(values.site(moved))["dates"]
    assert date["previous_start"] == "2026-07-02"


def test_what_runs_comes_first_and_what_is_over_is_gone():
    found = data(
        values.site(
            event("Demain", "2026-06-02"),
            event("Hier", "2026-05-31"),
            event("En cours", "2026-05-20", "2026-06-30"),
            event("Annulé", "2026-06-03", event_status="cancelled"),
        )
    )
    assert [date["title"] for date in found["dates"]] == ["En cours", "Demain", "Annulé"]
    assert found["total"] == 3


def test_it_is_bounded_and_says_so():
    many = [event(f"Fête {n}", f"2026-07-{n % 28 + 1:02}", path=f"agenda/2026/{n}.md") for n in range(130)]
    found = data(values.site(*many))
    assert (found["limit"], found["total"], len(found["dates"])) == (100, 130, 100)
    assert [date["start"] for date in found["dates"]] == sorted(date["start"] for date in found["dates"])


def test_an_event_elsewhere_has_its_own_hours_and_one_moment_when_it_is_over():
    abroad = event(start="2026-10-28T18:00", end="2026-10-28T20:00", timezone="America/Montreal")
    [date] = data(values.site(abroad))["dates"]
    assert (date["start"], date["timezone"]) == ("2026-10-28T18:00:00-04:00", "America/Montreal")
    assert date["over"] == "2026-10-29T01:00:00+01:00"


def test_a_partners_event_leads_to_where_it_is_announced():
    shown = event("Bal", "2026-07-05", source=Source("Archipel", "x", "https://archipel.exemple.test/bal"))
    calendar = ImportedCalendar(
        path="agenda/imports/archipel.yaml", url="", title="Archipel", slug="", text=values.text(""), events=(shown,)
    )
    [date] = data(values.site(calendar))["dates"]
    assert (date["url"], date["calendar"]) == ("https://archipel.exemple.test/bal", None)
    assert date["sources"] == [{"name": "Archipel", "url": "https://archipel.exemple.test/bal"}]


def test_a_deadline_with_an_hour_is_a_moment():
    sign = Registration(phone="02 47", deadline=moment("2026-07-01T12:00"), deadline_all_day=False)
    [date] = data(values.site(event(registration=sign)))["dates"]
    assert date["registration"] == {
        "required": False,
        "deadline": "2026-07-01T12:00:00+02:00",
        "url": None,
        "email": None,
        "phone": "02 47",
    }


@pytest.mark.parametrize(
    "change",
    [{"start": "5 juillet"}, {"status": "annulé"}, {"departments": ["37"]}, {"all_day": 1}, {"url": None}],
)
def test_the_schema_refuses_another_form(change):
    site = values.site(NOTHING)
    found = data(site)
    found["dates"][0] |= change
    assert list(Draft202012Validator(schema(site)).iter_errors(found))


def test_the_schema_knows_every_word_that_an_editor_may_write():
    assert get_args(fields.Status) == STATUSES
    [abilities] = set(_literals(fields.EventFields.model_fields["accessibility"].annotation))
    assert abilities == ABILITIES
    assert msgspec.json.schema(opendata.AgendaData)["$defs"]["Date"]["properties"]["status"]["enum"] == [*STATUSES]


def _literals(annotation):
    inner = get_args(annotation)
    if inner and all(isinstance(value, str) for value in inner):
        yield inner
    for part in inner:
        yield from _literals(part)
