"""The bytes of calendars, by the rules of RFC 5545 and by what subscribers' programs are known to trip on."""

import itertools
import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.agenda.changes import read_meaning
from plugins.agenda.details import Contact, Place, Registration
from plugins.agenda.ics import render_calendar
from plugins.press.checking import Addresses, check_output
from plugins.press.documents import Image, with_face
from plugins.press.slugs import build_slug
from tests import sites, values
from tests.values import event, moment

WHOLE = "/agenda/agenda.ics"
SOMETIMES = st.characters(exclude_categories=["Cc", "Cs", "Cn"])
LINES = st.text(SOMETIMES, min_size=1, max_size=120).map(lambda text: " ".join(text.split())).filter(bool)
"""What an editor may write on a line: letters of every script, emoji, signs; spaces are made one."""


def calendar(*events, url=WHOLE, **site):
    return values.render(values.site(*events, **site), url)


def unfold(data):
    """The content lines of a calendar (RFC 5545 §3.1)."""
    return data.decode().replace("\r\n ", "").split("\r\n")[:-1]


def prop(data, name, component="VEVENT"):
    """The content line of the one property of that name in the one component."""
    lines = unfold(data)
    inside = lines[lines.index(f"BEGIN:{component}") : lines.index(f"END:{component}")]
    return values.once([line for line in inside if re.match(rf"{name}[:;]", line)])


def names(data, component="VEVENT"):
    lines = unfold(data)
    inside = lines[lines.index(f"BEGIN:{component}") + 1 : lines.index(f"END:{component}")]
    return [re.split("[:;]", line)[0] for line in inside]


def assert_well_formed(data):
    """The rules that hold for the bytes of every calendar."""
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # a character is never on two lines
    for line in unfold(data):
        assert re.match(r"[A-Z-]+[:;]", line)
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", line)


FULL = event(
    "Réunion, « ordre du jour » ; suite",
    "2026-06-09T18:30",
    "2026-06-09T20:00",
    summary="Un résumé, long ; avec de tout : \\ et 🎉" * 5,
    status_note="Salle fermée",
    category="prestation",
    tags=("ESS", "co-construction"),
    place=Place("Start In Box", "1 rue de l'Exemple", "37000", "Tours", 47.39, 0.69),
    organisers=["Cré-Sol", "CRESS"],
    departments=("37",),
)


def test_every_calendar_is_well_formed():
    site = values.site(FULL, event("Un jour"), event("Une nuit", "2025-12-31T22:00", "2026-01-01T05:00"))
    found = {url: data for url, data in values.render_all(site).items() if url.endswith(".ics")}
    assert len(found) > 10
    for data in found.values():
        assert_well_formed(data)


@given(LINES, LINES, LINES)
def test_whatever_is_written_no_line_is_too_long_or_cut_in_a_character(title, summary, place):
    assert_well_formed(calendar(event(title, summary=summary, place=Place(place))))


@pytest.mark.parametrize("sign", ["é", "€", "🎉", "👩‍👩‍👧", "«"])  # of 2, 3, 4 octets, and several
def test_a_long_title_is_folded_between_characters(sign):
    for length in range(1, 160):
        title = "x" * (length % 7) + sign * length
        data = calendar(event(title))
        assert_well_formed(data)
        assert prop(data, "SUMMARY") == f"SUMMARY:{title}"


# The head


def test_a_subscription_says_its_name_its_source_and_when_to_come_back():
    lines = unfold(calendar())
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    host = sites.settings().url
    for line in (
        "PRODID:-//agenda.cre-sol//agenda//FR",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME:Agenda Cré-Sol",
        "X-WR-CALNAME:Agenda Cré-Sol",
        "X-WR-TIMEZONE:Europe/Paris",
        f"URL:{host}/agenda/",
        f"SOURCE;VALUE=URI:{host}/agenda/agenda.ics",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
    ):
        assert lines.count(line) == 1


def test_a_single_event_is_no_subscription():
    data = calendar(event(), url="/agenda/2026/07/fete/evenement.ics")
    assert {"VERSION", "PRODID", "CALSCALE", "METHOD"} == set(
        itertools.takewhile(lambda n: n != "BEGIN", names(data, "VCALENDAR"))
    )


TIMEZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
""".replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    "events",
    [
        (),
        (event("Un jour"),),
        (event("Un soir", "2026-07-05T18:30"), event("Loin", "2026-07-05T18:30", timezone="Asia/Tokyo")),
    ],
)
def test_the_time_zone_is_told_once_in_two_rules_before_the_events(events):
    data = calendar(*events)
    assert data.count(b"BEGIN:VTIMEZONE") == 1
    head, zone, rest = data.partition(TIMEZONE)
    assert zone == TIMEZONE
    assert b"BEGIN:VEVENT" not in head
    assert rest.count(b"BEGIN:VEVENT") == len(events)


@pytest.mark.parametrize("year", [1996, 2017, 2026, 2037, 2050])
def test_the_two_rules_change_the_hour_when_paris_does(year):
    paris = ZoneInfo("Europe/Paris")
    zone = icalendar.Timezone.from_ical(TIMEZONE).to_tz(lookup_tzid=False)
    hours = (datetime(year, 1, 1, tzinfo=UTC) + timedelta(hours=hour) for hour in range(0, 366 * 24, 1))
    changes = [
        hour
        for hour in hours
        if hour.astimezone(paris).utcoffset() != (hour - timedelta(hours=1)).astimezone(paris).utcoffset()
    ]
    assert len(changes) == 2
    for change in changes:
        for hour in (change - timedelta(hours=2), change, change + timedelta(hours=2)):
            local = hour.astimezone(paris).replace(tzinfo=None)
            assert zone.utcoffset(local) == paris.utcoffset(local)


# When


def test_the_end_of_whole_days_is_the_day_after():
    one, three = calendar(event(start="2026-07-31")), calendar(event(start="2026-07-30", end="2026-08-01"))
    assert (prop(one, "DTSTART"), prop(one, "DTEND")) == (
        "DTSTART;VALUE=DATE:20260731",
        "DTEND;VALUE=DATE:20260801",
    )
    assert (prop(three, "DTSTART"), prop(three, "DTEND")) == (
        "DTSTART;VALUE=DATE:20260730",
        "DTEND;VALUE=DATE:20260802",
    )


def test_hours_are_local_to_the_zone_that_is_told():
    data = calendar(event(start="2026-07-05T18:30", end="2026-07-05T20:00"))
    assert prop(data, "DTSTART") == "DTSTART;TZID=Europe/Paris:20260705T183000"
    assert prop(data, "DTEND") == "DTEND;TZID=Europe/Paris:20260705T200000"


@pytest.mark.parametrize(
    ("zone", "start", "end"),
    [
        ("America/New_York", "20260705T223000Z", "20260706T000000Z"),
        ("Asia/Tokyo", "20260705T093000Z", "20260705T110000Z"),
        ("UTC", "20260705T183000Z", "20260705T200000Z"),
    ],
)
def test_hours_elsewhere_are_in_utc(zone, start, end):
    data = calendar(event(start="2026-07-05T18:30", end="2026-07-05T20:00", timezone=zone))
    assert (prop(data, "DTSTART"), prop(data, "DTEND")) == (f"DTSTART:{start}", f"DTEND:{end}")
    assert zone.encode() not in data.replace(b"UTC", b"") or zone == "UTC"


@pytest.mark.parametrize("end", ["", "2026-07-05T18:30"])
def test_the_end_comes_after_the_start_even_when_none_is_stated(end):
    data = calendar(event(start="2026-07-05T18:30", end=end))  # RFC 5545 §3.8.2.2: later than DTSTART
    assert prop(data, "DTEND") == "DTEND;TZID=Europe/Paris:20260705T193000"


# Identity, and what subscribers compare


def uid(fields, path="agenda/2026/essai.md", **site):
    document, _ = values.read(path, sites.event(**{"start": "2026-07-05"} | fields))
    return prop(calendar(document, **site), "UID")


def test_the_identity_survives_every_edit():
    first = uid({})
    assert first == "UID:agenda/2026/essai@agenda.cre-sol"
    for fields in (
        {"title": "Un autre titre"},
        {"start": "2026-09-09"},
        {"slug": "ailleurs"},
        {"event_status": "cancelled"},
        {"modified": "2026-06-01"},
        {"date": "2026-01-01"},
    ):
        assert uid(fields) == first
    assert uid({}, settings=sites.settings(url="https://autre.example")) == first
    assert uid({}, now="2027-01-01T00:00") == first


def test_an_identity_that_is_written_survives_a_renaming():
    assert uid({"id": "fete-2026"}) == "UID:fete-2026@agenda.cre-sol"
    assert uid({"id": "fete-2026"}, "agenda/2026/autre.md") == "UID:fete-2026@agenda.cre-sol"


def test_identities_differ_within_a_calendar():
    data = calendar(event("Une"), event("Deux"), event("Trois"))
    uids = [line for line in unfold(data) if line.startswith("UID:")]
    assert len(set(uids)) == len(uids) == 3


@pytest.mark.parametrize("commit", [None, "2026-03-01T10:00"])
@pytest.mark.parametrize("start", ["2026-07-05", "2020-01-01T18:30"])
@pytest.mark.parametrize("zone", ["Europe/Paris", "Asia/Tokyo"])
def test_nothing_moves_from_one_build_to_the_next(start, commit, zone):
    found = event(start=start, timezone=zone)
    url = f"{found.url}evenement.ics"
    commits = {found.path: commit} if commit else {}
    builds = [
        calendar(found, url=url, announced=commits, now=now)
        for now in ("2019-01-01T00:00", "2026-06-01T12:00", "2026-06-01T12:01", "2030-01-01T00:00")
    ]
    assert len(set(builds)) == 1


@pytest.mark.parametrize(
    ("fields", "commit", "stamp"),
    [
        ({}, None, "20260704T220000Z"),
        ({}, "2026-03-01T10:00", "20260301T090000Z"),
        ({"date": "2026-02-01"}, "2026-03-01T10:00", "20260301T090000Z"),  # git knows better than people remember
        ({"date": "2026-02-01"}, None, "20260131T230000Z"),
        ({"modified": "2026-05-01T09:00"}, "2026-03-01T10:00", "20260301T090000Z"),
        ({"modified": "2026-05-01T09:00"}, None, "20260501T070000Z"),
    ],
)
def test_the_stamp_is_that_of_the_event(fields, commit, stamp):
    found = event(**fields)
    data = calendar(found, announced={found.path: commit} if commit else {})
    assert prop(data, "DTSTAMP") == f"DTSTAMP:{stamp}"
    assert prop(data, "LAST-MODIFIED") == f"LAST-MODIFIED:{stamp}"


def test_an_event_has_each_property_once_and_those_that_are_required():
    found = names(calendar(FULL))
    assert len(found) == len(set(found))
    assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS", "URL"} <= set(found)


def test_an_event_is_the_same_bytes_in_every_calendar():
    site = values.site(FULL)
    whole = values.render(site, WHOLE)
    vevent = whole[whole.index(b"BEGIN:VEVENT") : whole.index(b"END:VCALENDAR")]
    for url in (f"{FULL.url}evenement.ics", "/agenda/2026/agenda.ics", "/agenda/departement/37/agenda.ics"):
        assert vevent in values.render(site, url)


# Texts


def test_signs_that_calendars_use_are_escaped():
    data = calendar(event(r"Un, deux ; trois \ quatre: cinq"))
    assert prop(data, "SUMMARY") == r"SUMMARY:Un\, deux \; trois \\ quatre: cinq"


def test_a_description_has_its_line_ends_escaped():
    data = calendar(event(status_note="Salle fermée", summary="Le résumé.", online="https://exemple.test/salle"))
    assert (
        prop(data, "DESCRIPTION") == r"DESCRIPTION:Salle fermée\n\nLe résumé.\n\nEn ligne : https://exemple.test/salle"
    )


def test_categories_are_escaped_one_by_one():
    data = calendar(event(category="prestation", tags=("a, b", r"c;d\e", "f")))
    assert prop(data, "CATEGORIES") == r"CATEGORIES:Prestation,a\, b,c\;d\\e,f"


def test_a_place_is_on_one_line_and_on_the_globe():
    data = calendar(FULL)
    assert prop(data, "LOCATION") == r"LOCATION:Start In Box\, 1 rue de l'Exemple\, 37000 Tours"
    assert prop(data, "GEO") == "GEO:47.39;0.69"


def test_what_is_not_known_is_not_said():
    found = names(calendar(event(summary="")))
    assert not {"DESCRIPTION", "LOCATION", "GEO", "CONTACT", "CATEGORIES", "RRULE", "EXDATE", "RDATE"} & set(found)


def test_whom_to_ask_is_the_contact_else_the_organisers():
    assert prop(calendar(FULL), "CONTACT") == r"CONTACT:Cré-Sol\, CRESS"
    data = calendar(
        with_face(msgspec.structs.replace(FULL, contact=Contact("Une personne", "a@exemple.test", "02 47")))
    )
    assert prop(data, "CONTACT") == r"CONTACT:Une personne\, a@exemple.test\, 02 47"


def test_html_is_a_text():
    trap = values.SCRIPT
    data = calendar(event(trap, tags=(trap,), place=Place(trap), organisers=[trap], status_note=trap))
    assert prop(data, "SUMMARY") == f"SUMMARY:{trap}"
    assert prop(data, "CATEGORIES") == f"CATEGORIES:{trap}"
    assert prop(data, "LOCATION") == f"LOCATION:{trap}"
    assert prop(data, "CONTACT") == f"CONTACT:{trap}"
    assert "X-ALT-DESC" not in names(data)


def test_the_address_of_an_event_is_whole():
    assert prop(calendar(FULL), "URL") == f"URL:{sites.settings().url}{FULL.url}"


# Statuses


@pytest.mark.parametrize(
    ("status", "summary", "value"),
    [
        ("scheduled", "Fête", "CONFIRMED"),
        ("cancelled", "ANNULÉ – Fête", "CANCELLED"),
        ("postponed", "REPORTÉ – Fête", "TENTATIVE"),
        ("full", "COMPLET – Fête", "CONFIRMED"),
        ("rescheduled", "Fête", "CONFIRMED"),
        ("moved-online", "Fête", "CONFIRMED"),
    ],
)
def test_a_status_is_said_in_the_title_too_for_programs_hide_it(status, summary, value):
    data = calendar(event(event_status=status))
    assert (prop(data, "SUMMARY"), prop(data, "STATUS")) == (f"SUMMARY:{summary}", f"STATUS:{value}")


@pytest.mark.parametrize(
    ("start", "status", "value"),
    [
        ("2026-07-05", "scheduled", "TRANSPARENT"),
        ("2026-07-05T18:30", "scheduled", "OPAQUE"),
        ("2026-07-05T18:30", "cancelled", "TRANSPARENT"),
    ],
)
def test_only_hours_that_will_be_spent_there_are_busy(start, status, value):
    assert prop(calendar(event(start=start, event_status=status)), "TRANSP") == f"TRANSP:{value}"


# Repetition


def repeated(start, rule, exceptions=(), also=(), **fields):
    repeat = f"\n  rule: {rule}\n  except: [{', '.join(exceptions)}]\n  also: [{', '.join(also)}]"
    document, problems = values.read("agenda/2026/essai.md", sites.event(start=start, repeat=repeat, **fields))
    assert problems == []
    return calendar(document)


def test_a_repeated_evening_ends_in_utc_and_keeps_its_local_hour():
    data = repeated("2026-07-07T18:30", "FREQ=WEEKLY;UNTIL=20261231", ["2026-07-14T18:30"], ["2026-07-16T18:30"])
    assert prop(data, "DTSTART") == "DTSTART;TZID=Europe/Paris:20260707T183000"
    assert prop(data, "RRULE") == "RRULE:FREQ=WEEKLY;UNTIL=20261231T225959Z"
    assert prop(data, "EXDATE") == "EXDATE;TZID=Europe/Paris:20260714T183000"
    assert prop(data, "RDATE") == "RDATE;TZID=Europe/Paris:20260716T183000"
    starts = [found.hour for found in occurrences(data)]
    assert len(starts) == 26
    assert set(starts) == {18}  # in winter too


def test_a_repeated_day_ends_with_a_day():
    data = repeated("2026-07-07", "FREQ=WEEKLY;UNTIL=20260728", ["2026-07-14"], ["2026-07-16"])
    assert prop(data, "RRULE") == "RRULE:FREQ=WEEKLY;UNTIL=20260728"
    assert prop(data, "EXDATE") == "EXDATE;VALUE=DATE:20260714"
    assert prop(data, "RDATE") == "RDATE;VALUE=DATE:20260716"
    assert occurrences(data) == [date(2026, 7, day) for day in (7, 16, 21, 28)]


def test_a_counted_rule_is_left_as_it_is_and_one_without_end_gets_one():
    assert prop(repeated("2026-07-07", "FREQ=WEEKLY;COUNT=3"), "RRULE") == "RRULE:FREQ=WEEKLY;COUNT=3"
    assert prop(repeated("2026-07-07", "FREQ=WEEKLY"), "RRULE") == "RRULE:FREQ=WEEKLY;UNTIL=20280707"


CHANGES = """
  rule: FREQ=WEEKLY;COUNT=4
  changes:
    - {on: 2026-10-20, start: 2026-10-21T20:00, end: 2026-10-21T21:00, status_note: Salle prise}
    - {on: 2026-10-27, event_status: cancelled}"""


def components(data):
    """The lines of each VEVENT."""
    lines = unfold(data)
    starts = [index for index, line in enumerate(lines) if line == "BEGIN:VEVENT"]
    return [lines[start : lines.index("END:VEVENT", start)] for start in starts]


def test_an_occurrence_that_differs_stands_beside_the_event_under_its_identity():
    fields = {"start": "2026-10-13T18:30", "end": "2026-10-13T20:00", "repeat": CHANGES}
    document, problems = values.read("agenda/2026/essai.md", sites.event("Atelier", **fields))
    assert problems == []
    data = calendar(document)
    usual, moved, cancelled = components(data)
    assert len({line for found in (usual, moved, cancelled) for line in found if line.startswith("UID")}) == 1
    assert "RRULE:FREQ=WEEKLY;COUNT=4" in usual
    assert not any(line.startswith("RRULE") for line in moved + cancelled)
    assert "RECURRENCE-ID;TZID=Europe/Paris:20261020T183000" in moved
    assert "DTSTART;TZID=Europe/Paris:20261021T200000" in moved
    assert "DTEND;TZID=Europe/Paris:20261021T210000" in moved
    assert "RECURRENCE-ID;TZID=Europe/Paris:20261027T183000" in cancelled
    assert "DTSTART;TZID=Europe/Paris:20261027T183000" in cancelled  # the clocks went back: it is still 18:30
    assert {"STATUS:CANCELLED", "SUMMARY:ANNULÉ – Atelier"} <= set(cancelled)
    hours = [f"{found:%d %H:%M}" for found in occurrences(data)]
    assert hours == ["13 18:30", "21 20:00", "27 18:30", "03 18:30"]


def test_a_repeated_event_of_another_zone_gives_its_dates_for_utc_would_drift():
    data = repeated("2026-10-20T18:30", "FREQ=WEEKLY;COUNT=4", ["2026-10-27"], timezone="America/New_York")
    assert not any(line.startswith("RRULE") for line in values.once(components(data)))
    local = [found.astimezone(ZoneInfo("America/New_York")) for found in occurrences(data)]
    assert [f"{found:%d %H:%M}" for found in local] == ["20 18:30", "03 18:30", "10 18:30"]


def test_an_exception_on_the_first_date_counts_in_every_zone():
    for zone in ("Europe/Paris", "Asia/Tokyo"):
        data = repeated("2026-07-07T18:30", "FREQ=WEEKLY;COUNT=3", ["2026-07-07"], timezone=zone)
        assert [found.day for found in occurrences(data)] == [14, 21]


def test_the_bytes_of_a_repeated_event_are_those_of_its_file():
    """From the file to the calendar: a bare day that is excepted is excepted at the hour of the event."""
    repeat = "\n  rule: FREQ=WEEKLY;COUNT=3\n  except: [2026-07-14]"
    document, _ = values.read("agenda/2026/essai.md", sites.event(start="2026-07-07T18:30", repeat=repeat))
    assert [found.day for found in occurrences(calendar(document))] == [7, 21]


def occurrences(data):
    import recurring_ical_events

    found = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between("20200101", "20400101")
    return sorted(component["DTSTART"].dt for component in found)


# Round trip


PLACES = st.builds(Place, name=st.just("") | LINES, city=st.just("") | LINES)
DAYS = st.datetimes(datetime(2000, 1, 1), datetime(2049, 12, 31)).map(lambda day: day.replace(second=0, microsecond=0))


@given(
    LINES,
    DAYS,
    st.timedeltas(timedelta(minutes=1), timedelta(days=20)).map(lambda t: t - t % timedelta(minutes=1)),
    st.booleans(),
    st.sampled_from(["Europe/Paris", "America/New_York", "Asia/Kathmandu"]),
    PLACES,
    st.lists(LINES, max_size=4),
)
def test_what_a_program_reads_is_what_was_written(title, start, length, all_day, zone, place, tags):
    if all_day:
        start, length = start.replace(hour=0, minute=0), timedelta(days=length.days)
    found = event(
        title,
        start.isoformat(),
        (start + length).isoformat(),
        all_day=all_day,
        timezone=zone,
        place=place,
        category="prestation",
        tags=tuple(tags),
    )
    data = calendar(found, url=f"{found.url}evenement.ics")
    read = values.once(icalendar.Calendar.from_ical(data).walk("VEVENT"))
    assert str(read["SUMMARY"]) == title
    assert [str(name) for name in read["CATEGORIES"].cats] == ["Prestation", *tags]
    assert str(read.get("LOCATION", "")) == ", ".join(place.lines)
    if all_day:
        assert (read["DTSTART"].dt, read["DTEND"].dt) == (
            found.start.date(),
            found.occurrences[0].last_day + timedelta(days=1),
        )
    else:
        local = ZoneInfo(zone)
        expected = [when.replace(tzinfo=local).astimezone(UTC) for when in (start, start + length)]
        assert [read[name].dt.astimezone(UTC) for name in ("DTSTART", "DTEND")] == expected


# The press looks at the bytes too


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\r\n", b"\n"),
        (b"SUMMARY:", b"SUMMARY:" + b"x" * 80),
        ("é".encode(), b"\xc3\r\n \xa9"),
        (b"END:VEVENT\r\n", b""),
    ],
)
def test_a_calendar_that_breaks_the_rules_is_not_published(old, new):
    site = values.site(event("Fêté"))
    output = values.outputs(site)[WHOLE]
    data = values.render(site, WHOLE)
    assert list(check_output(output, data, Addresses(()))) == []
    assert list(check_output(output, data.replace(old, new, 1), Addresses(()))) != []


def test_rendering_needs_nothing_but_its_view():
    """The same view gives the same bytes with another press."""
    site = values.site(FULL)
    view = values.outputs(site)[WHOLE].build_view()
    assert render_calendar(view, values.press()) == render_calendar(view, values.press()) == values.render(site, WHOLE)
    assert build_slug(FULL.title) in FULL.url


# Who and what it looks like


def test_an_organizer_is_named_when_there_is_an_address_to_write_to():
    contact = Contact(name="L'accueil", email="accueil@exemple.fr")
    data = calendar(event(contact=contact, organisers=['Le Réseau; "essai"']))
    assert prop(data, "ORGANIZER") == "ORGANIZER;CN=\"Le Réseau; ^'essai^'\":mailto:accueil@exemple.fr"
    assert prop(data, "CONTACT") == r"CONTACT:L'accueil\, accueil@exemple.fr"
    assert prop(calendar(event(contact=Contact(email="a@exemple.fr"))), "ORGANIZER") == "ORGANIZER:mailto:a@exemple.fr"
    assert "ORGANIZER" not in names(calendar(event(organisers=["Le Réseau"])))


@pytest.mark.parametrize(
    ("name", "form"), [("photo.JPG", ";FMTTYPE=image/jpeg"), ("a.webp", ";FMTTYPE=image/webp"), ("a.gif", "")]
)
def test_a_picture_is_given_by_its_address(name, form):
    image = Image(name, f"agenda/2026/{name}", "Une photo")
    data = calendar(event(image=image), files={f"agenda/2026/{name}": (1, 1, 1)})
    line = prop(data, "IMAGE")
    assert line.endswith(f":{sites.settings().url}/media/agenda/2026/{name}")
    assert set(line.partition(":")[0].split(";")) == {"IMAGE", "VALUE=URI", "DISPLAY=BADGE", *form.split(";")} - {""}


def test_what_one_must_know_to_come_stands_in_the_description():
    sign = Registration(email="a@exemple.fr", deadline=moment("2026-07-01"))
    data = calendar(event(price="gratuit", registration=sign))
    expected = r"DESCRIPTION:Prix : gratuit\nInscription : a@exemple.fr (jusqu'au 1er juillet 2026)"
    assert prop(data, "DESCRIPTION") == expected


# What changed


def test_the_sequence_and_the_stamps_are_those_of_the_history():
    before, after = event(), event(start="2026-07-06", path="agenda/2026/fete.md")
    moments = (moment("2026-01-05T10:00"), moment("2026-03-05T10:00"))
    history = values.history(after.path, *zip(moments, map(read_meaning, (before, after)), strict=True))
    data = calendar(after, history=history)
    assert prop(data, "SEQUENCE") == "SEQUENCE:1"
    assert prop(data, "CREATED") == "CREATED:20260105T090000Z"
    assert prop(data, "LAST-MODIFIED") == "LAST-MODIFIED:20260305T090000Z"
    assert prop(data, "DTSTAMP") == "DTSTAMP:20260305T090000Z"


@pytest.mark.parametrize(("now", "is_there"), [("2026-08-03T12:00", True), ("2026-08-06T12:00", False)])
def test_what_was_cancelled_stays_a_month_after_its_date(now, is_there):
    found = event(event_status="cancelled")
    data = values.render(values.site(found, event("Autre", "2026-07-04"), now=now), WHOLE).decode()
    assert ("ANNULÉ" in data) is is_there
    assert "Autre" in data
