"""What an editor may write above an event: what is taken as meant, what is refused, and with which remedy."""

import re
import time
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plugins.agenda import fields as agenda_fields
from plugins.agenda.details import Organiser, Place, Registration
from plugins.press import french
from tests import sites, values
from tests.values import moment, once

PATH = "agenda/2026/essai.md"


def read(**fields):
    """An event of 5 July 2026 with these fields: the document, and what is said of the file."""
    body = fields.pop("body", "Un texte.")
    return values.read(
        PATH, sites.event(fields.pop("title", "Essai"), fields.pop("start", "2026-07-05"), body, **fields)
    )


def event(**fields):
    document, said = read(**fields)
    assert said == []
    return document


def said(**fields):
    return [line.removeprefix(f"content/{PATH}:") for line in read(**fields)[1]]


def refusal(**fields):
    """The one thing said of a file that is refused."""
    document, lines = read(**fields)
    assert document is None
    return values.once(lines).removeprefix(f"content/{PATH}:")


# When


def test_a_day_without_hour_is_a_whole_day():
    found = event(start="2026-07-05")
    assert (found.start, found.end, found.all_day) == (moment("2026-07-05"), None, True)


def test_a_day_with_its_hour_is_local_to_paris_unless_another_zone_is_given():
    found = event(start="2026-07-05T18:30", end="2026-07-05T20:00")
    assert (found.start, found.end) == (moment("2026-07-05T18:30"), moment("2026-07-05T20:00"))
    assert (found.all_day, found.timezone) == (False, "Europe/Paris")
    assert event(start="2026-07-05T18:30", timezone="America/Montreal").timezone == "America/Montreal"


def test_the_last_of_several_days_is_included():
    assert event(start="2026-07-05", end="2026-07-07").occurrences[0].last_day == moment("2026-07-07").date()


def test_a_start_is_required():
    document, lines = values.read(PATH, sites.document("Essai"))
    assert document is None
    assert "start : ce champ est obligatoire" in values.once(lines)


@pytest.mark.parametrize(
    ("fields", "place", "remedy"),
    [
        (
            {"start": "2026-07-05", "end": "2026-07-04"},
            "4:6: end",
            "la fin (2026-07-04) vient avant le début (2026-07-05)",
        ),
        ({"start": "2026-07-05T18:30", "end": "2026-07-05T18:29"}, "4:6: end", "vient avant le début"),
        ({"start": "2026-07-05", "end": "2026-07-05T20:00"}, "4:6: end", "doivent avoir la même forme"),
        ({"start": "2026-07-05T18:30", "end": "2026-07-05"}, "4:6: end", "doivent avoir la même forme"),
        ({"start": "2026-03-29T02:30"}, "3:8: start", "02:30 n'existe pas ce jour-là"),
        (
            {"start": "2026-03-29T01:00", "end": "2026-03-29T02:00"},
            "4:6: end",
            "02:00 n'existe pas ce jour-là",
        ),
        (
            {"start": "2026-03-08T02:30", "timezone": "America/New_York"},
            "3:8: start",
            "02:30 n'existe pas ce jour-là",
        ),
        (
            {"timezone": "Europe/Tours"},
            "4:11: timezone",
            "« Europe/Tours » n'est pas un fuseau horaire connu",
        ),
        ({"timezone": "../../etc/passwd"}, "4:11: timezone", "n'est pas un fuseau horaire connu"),
    ],
)
def test_times_that_cannot_be_are_refused_where_they_stand(fields, place, remedy):
    line = refusal(**fields)
    assert line.startswith(f"{place} : ")
    assert remedy in line


@pytest.mark.parametrize(
    "fields",
    [
        {"start": "2026-07-05T18:30", "end": "2026-07-05T18:30"},
        {"start": "2026-03-29T03:00"},
        {"start": "2026-03-29T01:59"},
        {"start": "2026-10-25T02:30"},  # happens twice: that is no reason to refuse it
        {"start": "2026-03-29T02:30", "timezone": "America/New_York"},
        {"start": "2026-03-29"},
    ],
)
def test_times_that_can_be_are_taken(fields):
    assert event(**fields).start == moment(fields["start"])


# Where


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ('["37"]', ("37",)),
        ("[37, 45]", ("37", "45")),
        ("[01]", ("01",)),
        ("[2a, 2B]", ("2A", "2B")),
        ('["974"]', ("974",)),
        ('["37", "37"]', ("37",)),
        ("[]", ()),
    ],
)
def test_departments_are_the_codes_that_were_typed(typed, codes):
    assert event(departments=typed).departments == codes


@pytest.mark.parametrize(
    ("typed", "remedy"),
    [
        ("[1]", 'Écrire "01".'),
        ("[20]", 'Écrire son numéro, par exemple "37".'),
        ("[Loiret]", 'Écrire son numéro, par exemple "37".'),
        ("[96]", "n'est pas un département français"),
        ('"37"', "une liste est attendue"),
    ],
)
def test_a_department_that_is_none_is_refused(typed, remedy):
    line = refusal(departments=typed)
    assert line.startswith("4:")
    assert remedy in line


def test_a_place_is_told_in_parts():
    found = event(place="\n  name: Start In Box\n  city: Tours\n  postcode: 37000\n  lat: 47,39\n  lon: 0.69")
    assert found.place == Place("Start In Box", "", "37000", "Tours", 47.39, 0.69)
    assert found.place.lines == ("Start In Box", "37000 Tours")


@pytest.mark.parametrize(
    "place", ["lat: 90.1", "lat: -91", "lon: 180.5", "lon: -181", "lat: nan", "lon: inf", "lat: nord"]
)
def test_a_point_that_is_not_on_earth_is_refused(place):
    assert refusal(place=f"\n  {place}").startswith(f"5:8: place.{place[:3]} : ")


# Who


def test_an_organiser_is_a_name_or_a_name_and_a_site():
    found = event(organisers='["Cré-Sol", {name: CRESS, url: "https://cress.example/"}]', partners="[Coopaxis]")
    assert found.organisers == (
        Organiser("Cré-Sol", "cre-sol"),
        Organiser("CRESS", "cress", "https://cress.example/"),
    )
    assert found.partners == (Organiser("Coopaxis", "coopaxis"),)


def test_an_organiser_without_a_letter_is_refused():
    assert refusal(organisers='["Cré-Sol", "!!!"]').startswith("4:25: organisers.2 : « !!! » ne donne pas d'adresse")


# What, and what became of it


def test_an_unknown_category_is_refused_with_those_that_there_are():
    line = refusal(category="fete")
    assert line.startswith("4:11: category : « fete » n'est pas une catégorie.")
    assert all(category.slug in line for category in sites.settings().categories)


@pytest.mark.parametrize(
    ("status", "more", "remedy"),
    [
        ("rescheduled", {}, "previous_start: AAAA-MM-JJ"),
        ("moved-online", {}, "online: https://…"),
        ("moved-online", {"online": ""}, "online: https://…"),
        ("annulé", {}, "Écrire scheduled, cancelled, postponed, rescheduled, moved-online ou full."),
    ],
)
def test_a_status_says_what_goes_with_it(status, more, remedy):
    line = refusal(event_status=status, **more)
    assert line.startswith("4:15: event_status : ")
    assert remedy in line


def test_what_is_wrong_is_not_said_to_be_missing_too():
    wrong = {"event_status": "moved-online", "online": "exemple"}
    assert refusal(**wrong).startswith("5:9: online : « exemple » n'est pas une adresse")
    wrong = {"event_status": "rescheduled", "previous_start": "hier"}
    assert refusal(**wrong).startswith("5:17: previous_start : « hier » n'est pas une date")


def test_a_status_with_what_goes_with_it_is_taken():
    assert event(event_status="rescheduled", previous_start="2026-06-05").previous_start == moment("2026-06-05")
    assert (
        event(event_status="moved-online", online="https://exemple.test/salle").online == "https://exemple.test/salle"
    )
    for status in ("scheduled", "cancelled", "postponed", "full"):
        assert event(event_status=status, status_note="Salle fermée").status_note == "Salle fermée"


def test_an_event_takes_place_as_planned_unless_said():
    assert event().event_status == "scheduled"
    assert values.event().event_status == "scheduled"


def test_who_can_come_is_told_in_known_words():
    known = ("wheelchair", "hearing-loop", "sign-language", "visual", "cognitive")
    assert event(accessibility=f"[{', '.join(known)}]").accessibility == known
    assert f"Écrire {', '.join(known[:-1])} ou {known[-1]}." in refusal(accessibility="[fauteuil]")


def test_registration_closes_with_its_last_day_or_at_its_hour():
    found = event(registration="\n  email: a@exemple.test\n  deadline: 2026-07-01\n  required: true").registration
    assert found == Registration(email="a@exemple.test", deadline=moment("2026-07-01"), required=True)
    assert found.closes == moment("2026-07-02")
    at = event(registration="\n  deadline: 2026-07-01T18:00").registration
    assert at.closes == moment("2026-07-01T18:00")
    assert event(registration="\n  phone: 02 47 00 00 00").registration.closes is None


def test_an_own_event_is_a_key_date_and_an_imported_one_is_not_unless_said():
    source = "\n  calendar: archipel\n  uid: x"
    assert event().key_date
    assert not event(key_date="false").key_date
    assert not event(source=source).key_date
    assert event(source=source, key_date="true").key_date


def test_the_identity_is_the_path_unless_given():
    assert event().id == "agenda/2026/essai"
    assert event(id="fete-2026").id == "fete-2026"


def test_two_events_with_one_identity_are_refused():
    twins = values.site(
        values.event("Un", id="a"), values.event("Deux", id="a", marks={"id": (5, 5)}), values.event("Trois")
    )
    line = values.once(values.problems(twins))
    assert line.startswith(
        "content/agenda/2026/un.md:1:1: id : l'identité « a » est déjà celle de content/agenda/2026/deux.md"
    )


# Words that contradict the date


@pytest.mark.parametrize(
    ("fields", "place", "said_of_it"),
    [
        (
            {"body": "Rendez-vous le lundi 5 juillet."},
            "6:16",
            "« lundi 5 juillet » : ce jour-là est un dimanche.",
        ),
        ({"title": "Fête du Lundi 5 juillet"}, "2:8", "« Lundi 5 juillet » : ce jour-là est un dimanche."),
        ({"body": "Oui.\n\nJeudi 1er mai 2029."}, "8:1", "« Jeudi 1er mai 2029 » : ce jour-là est un mardi."),
        ({"body": "le lundi 31 juin"}, "6:4", "« lundi 31 juin » n'existe pas dans le calendrier."),
    ],
)
def test_a_weekday_that_contradicts_its_date_is_a_warning_at_its_place(fields, place, said_of_it):
    document, lines = read(**fields)
    assert document is not None
    line = values.once(lines).removeprefix(f"content/{PATH}:")
    assert line.startswith(f"{place}: avertissement : {said_of_it}")


@pytest.mark.parametrize("body", ["le dimanche 5 juillet", "le dimanche 1er novembre 2026", "chaque lundi, 5 juillet"])
def test_a_weekday_that_agrees_is_nothing_to_speak_of(body):
    assert said(body=body) == []


@pytest.mark.parametrize("month", french.month_names())
def test_every_month_is_known_by_its_name(month):
    assert "n'existe pas dans le calendrier" in once(said(body=f"le lundi 32 {month}"))


SPOKEN = ["lundi", "Mardi", "dimanche", " ", "\n", "12", "1er", "31", "mars", "Août", "février", "2026", "٣", ",", "x"]


@given(st.lists(st.sampled_from(SPOKEN), max_size=12).map(" ".join))
@example("mardi  1er mars")
@example("mardi ٣ mars")
def test_a_text_that_is_not_searched_for_dates_has_none(text):
    with patch.object(agenda_fields, "_DAY_AND_MONTH", re.compile("")):
        searched = said(body=text)
    assert said(body=text) == searched


# How it comes back


@pytest.mark.parametrize(
    ("start", "rule", "total"),
    [
        ("2026-07-05", "FREQ=WEEKLY;COUNT=10", 10),
        ("2026-07-05", "freq=weekly;count=10", 10),
        ("2026-07-05", "FREQ=WEEKLY", 105),  # two years
        ("2026-07-05", "FREQ=DAILY;INTERVAL=2;UNTIL=20260710", 3),
        ("2026-07-07", "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20260716T235959Z", 4),
        ("2026-07-05", "FREQ=WEEKLY;UNTIL=20260719T183000;WKST=MO", 3),
        ("2026-07-04", "FREQ=MONTHLY;BYDAY=1SA;COUNT=10", 10),
        ("2026-07-31", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=10", 10),
        ("2026-07-31", "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=12", 12),
        ("2026-07-31", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=12", 12),
        ("2026-11-25", "FREQ=YEARLY;BYMONTH=03,11;BYMONTHDAY=25;COUNT=4", 4),
        ("2026-05-18", "FREQ=YEARLY;BYDAY=20MO;COUNT=3", 3),
        ("2026-04-10", "FREQ=YEARLY;BYYEARDAY=100,-1;COUNT=3", 3),
        ("2026-05-11", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3", 3),
        ("2026-07-05", "FREQ=YEARLY;COUNT=40", 40),
    ],
)
def test_a_rule_of_a_day_or_more_is_taken(start, rule, total):
    found = event(start=start, repeat=f"\n  rule: {rule}")
    assert found.repeat.rule == rule.upper()
    assert len(found.occurrences) == total
    assert found.occurrences[0].start == found.start


def test_a_start_that_is_no_date_of_the_rule_is_refused_for_programs_disagree():
    problem = refusal(repeat="\n  rule: FREQ=WEEKLY;BYDAY=TU;COUNT=3", start="2026-07-05")
    assert "la première est le 2026-07-07" in problem


@pytest.mark.parametrize(
    ("repeat", "remedy"),
    [
        (
            "except: [2026-07-13]",
            "le 2026-07-13 n'est pas une des dates de l'événement. La plus proche est le 2026-07-12.",
        ),
        ("changes: [{on: 2026-07-11, event_status: full}]", "La plus proche est le 2026-07-12."),
        ("except: [2026-07-12]\n  changes: [{on: 2026-07-12, event_status: full}]", "n'est pas une des dates"),
        ("also: [2026-07-12]", "est déjà une date de la règle"),
        ("except: [2026-07-05, 2026-07-12, 2026-07-19]", "il ne reste aucune date"),
        ("except: [2026-07-12T18:30]", "Écrire un jour, sans heure"),
        ("changes: [{on: 2026-07-12, start: 2026-07-12T18:30}]", "écrire un jour ou une heure comme dans « start »"),
        ("changes: [{on: 2026-07-12, end: 2026-07-11}]", "la fin vient avant le début"),
    ],
)
def test_a_date_of_a_repeated_event_that_changes_nothing_is_refused(repeat, remedy):
    problem = refusal(start="2026-07-05", repeat=f"\n  rule: FREQ=WEEKLY;COUNT=3\n  {repeat}")
    assert remedy in problem


def test_a_repeated_hour_that_does_not_exist_is_refused():
    repeat = "\n  rule: FREQ=WEEKLY;COUNT=3"
    problem = refusal(start="2026-03-22T02:30", repeat=repeat)
    assert "le 2026-03-29, 02:30 n'existe pas" in problem
    assert event(start="2026-03-22T02:30", repeat=f"{repeat}\n  except: [2026-03-29]")


def test_no_event_lasts_more_than_two_years():
    assert "dure plus de deux ans" in refusal(start="2026-07-05", end="2126-07-05")


@pytest.mark.parametrize(
    ("rule", "remedy"),
    [
        ("FREQ=HOURLY;COUNT=3", "d'un jour ou plus"),
        ("FREQ=MINUTELY", "d'un jour ou plus"),
        ("FREQ=SECONDLY;COUNT=3", "d'un jour ou plus"),
        ("RRULE:FREQ=DAILY;COUNT=3", "d'un jour ou plus"),
        ("COUNT=3", "d'un jour ou plus"),
        ("tous les mardis", "d'un jour ou plus"),
        ("FREQ=DAILY;INTERVAL=0", "ne finit jamais"),
        ("FREQ=DAILY;INTERVAL=00;COUNT=3", "ne finit jamais"),
        ("FREQ=DAILY;BYHOUR=9,14", "répète dans la journée"),
        ("FREQ=DAILY;BYMINUTE=0", "répète dans la journée"),
        ("FREQ=DAILY;COUNT=3;UNTIL=20261231", "ne vont pas ensemble"),
        ("FREQ=DAILY", "plus de 500 dates"),
        ("FREQ=DAILY;COUNT=501", "plus de 500 dates"),
        ("FREQ=DAILY;UNTIL=22001231", "plus de 500 dates"),
        ("FREQ=DAILY;COUNT=0", "aucune date"),
        ("FREQ=WEEKLY;UNTIL=20260704", "aucune date"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "aucune date"),
        ("FREQ=WEEKLY;BYDAY=MA;COUNT=3", "illisible"),
        ("FREQ=WEEKLY;BYDAY=1TU;COUNT=3", "illisible"),
        ("FREQ=WEEKLY;BYMONTHDAY=5;COUNT=3", "illisible"),
        ("FREQ=MONTHLY;BYYEARDAY=5;COUNT=3", "illisible"),
        ("FREQ=MONTHLY;BYSETPOS=-1;COUNT=3", "illisible"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO;COUNT=3", "illisible"),
        ("FREQ=YEARLY;BYEASTER=0;COUNT=3", "illisible"),
        ("FREQ=YEARLY;BYMONTH=13;COUNT=3", "illisible"),
        ("FREQ=WEEKLY;UNTIL=2026-12-31", "illisible"),
        ("FREQ=WEEKLY;UNTIL=20260231", "illisible"),
        ("FREQ=WEEKLY;UNTIL=demain", "illisible"),
        ("FREQ=WEEKLY;COUNT=-3", "illisible"),
        ("FREQ=WEEKLY;INTERVAL=-1;COUNT=3", "illisible"),
        ("FREQ=WEEKLY;COUNT=3;COUNT=4", "illisible"),
        ("FREQ=WEEKLY;COUNT=3;", "illisible"),
        ("FREQ=WEEKLY;COUNT=٣", "illisible"),
        ("FREQ=WEEKLY;COUNT=3;X-A=1", "illisible"),
    ],
)
def test_a_rule_that_is_absurd_or_unreadable_is_refused(rule, remedy):
    line = refusal(repeat=f'\n  rule: "{rule}"')
    assert line.startswith("5:9: repeat.rule : ")
    assert remedy in line


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
        "FREQ=DAILY;BYDAY=TU;BYSETPOS=2;COUNT=3",
        "FREQ=WEEKLY;BYDAY=TU;BYSETPOS=2",
    ],
)
def test_a_rule_that_never_gives_a_date_is_refused_at_once(rule):
    started = time.process_time()
    assert "aucune date" in refusal(repeat=f"\n  rule: {rule}")
    assert time.process_time() - started < 3


PARTS = st.sampled_from(
    [
        *(
            "INTERVAL=1",
            "INTERVAL=13",
            "INTERVAL=999",
            "COUNT=1",
            "COUNT=500",
            "COUNT=999999",
            "UNTIL=20270101",
        ),
        *("UNTIL=20270101T000000Z", "UNTIL=20269999", "BYDAY=MO", "BYDAY=-5FR,SU", "BYDAY=53TU", "BYMONTH=2"),
        *(
            "BYMONTHDAY=31,-31",
            "BYMONTHDAY=0",
            "BYYEARDAY=366",
            "BYYEARDAY=400",
            "BYWEEKNO=53",
            "BYWEEKNO=99",
        ),
        *("BYSETPOS=1", "BYSETPOS=-366", "WKST=SU", "=", "X", ""),
    ]
)


@given(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]), st.lists(PARTS, max_size=4), st.booleans())
@settings(max_examples=60, deadline=None)
def test_whatever_the_rule_it_is_taken_or_refused(frequency, parts, all_day):
    start = "2026-02-28" if all_day else "2026-02-28T18:30"
    rule = ";".join([f"FREQ={frequency}", *parts])
    document, lines = read(start=start, repeat=f'\n  rule: "{rule}"')
    assert (document is None) == (len(lines) == 1)


def test_one_occurrence_may_be_elsewhere_or_at_another_hour():
    change = "\n    - on: 2026-07-12T18:30\n      start: 2026-07-13T19:00\n      end: 2026-07-13T20:00"
    change += "\n      place: {city: Tours}\n      status_note: Salle fermée"
    first, second = event(
        start="2026-07-05T18:30",
        repeat=f"\n  rule: FREQ=WEEKLY;COUNT=5\n  changes:{change}\n    - on: 2026-07-19\n      event_status: full",
    ).repeat.changes
    assert (first.start, first.end) == (moment("2026-07-13T19:00"), moment("2026-07-13T20:00"))
    assert (first.original, first.event_status) == (moment("2026-07-12T18:30"), "rescheduled")
    assert (first.place, first.status_note) == (Place(city="Tours"), "Salle fermée")
    assert (second.original, second.event_status) == (moment("2026-07-19T18:30"), "full")
    assert (second.place, second.start, second.end) == (None, moment("2026-07-19T18:30"), None)


def test_a_bare_day_of_a_repeated_event_means_its_usual_hour():
    repeat = "\n  rule: FREQ=WEEKLY;COUNT=5\n  except: [2026-07-12]\n  also: [2026-07-16, 2026-07-17T10:00]"
    found = event(
        start="2026-07-05T18:30", repeat=repeat + "\n  changes: [{on: 2026-07-19, event_status: cancelled}]"
    ).repeat
    assert found.exceptions == (moment("2026-07-12T18:30"),)
    assert found.also == (moment("2026-07-16T18:30"), moment("2026-07-17T10:00"))
    assert values.once(found.changes).original == moment("2026-07-19T18:30")
