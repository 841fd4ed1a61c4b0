"""What is written here line by line is what icalendar writes, for any event."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.agenda import contentlines, ics
from plugins.agenda.vevents import EventView, InstanceView

PARIS = ZoneInfo("Europe/Paris")
PRODUCT = "-//exemple.fr//agenda//FR"

# Letters of every script, emoji, signs and line ends. Not a backslash before an N: icalendar makes it a line end
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]) | st.sampled_from('\\;,:"\n’')).filter(
    lambda text: "\\N" not in text
)
WORDS = TEXTS.map(lambda text: text.replace("\n", " ")).filter(str.strip)
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)).map(lambda moment: moment.replace(microsecond=0))
INSTANCES = st.builds(
    InstanceView,
    start=MOMENTS,
    end=st.none() | MOMENTS,
    title=TEXTS,
    status=st.sampled_from(["CONFIRMED", "CANCELLED", "TENTATIVE"]),
    description=TEXTS,
    location=TEXTS,
    geo=st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
)
VIEWS = st.builds(
    EventView,
    uid=WORDS,
    created=st.none() | MOMENTS,
    modified=MOMENTS,
    sequence=st.integers(0, 999),
    all_day=st.booleans(),
    timezone=st.sampled_from(["Europe/Paris", "Indian/Reunion", "Atlantic/Azores"]),
    url=st.just("https://exemple.fr/a,b;c/"),
    categories=st.lists(WORDS, max_size=3).map(tuple),
    organizer=st.tuples(WORDS | st.just(""), st.sampled_from(["", "moi@exemple.fr"])),
    contact=TEXTS,
    image=st.sampled_from(["", "https://exemple.fr/a.png", "https://exemple.fr/a.avif"]),
    event=INSTANCES,
    rule=st.sampled_from(["", "FREQ=WEEKLY;COUNT=4;INTERVAL=2;BYDAY=MO,-1TU", "FREQ=DAILY;UNTIL=20260705T160000Z"]),
    exceptions=st.lists(MOMENTS, max_size=2).map(tuple),
    also=st.lists(MOMENTS, max_size=2).map(tuple),
    regular=st.lists(MOMENTS, max_size=3).map(tuple),
    changes=st.lists(INSTANCES, max_size=2).flatmap(
        lambda found: st.tuples(*(MOMENTS.map(_changing(instance)) for instance in found))
    ),
)


def _changing(instance):
    return lambda moment: msgspec.structs.replace(instance, recurrence_id=moment)


@given(VIEWS)
@settings(max_examples=300)
def test_an_event_is_written_as_icalendar_writes_it(view):
    expected = b"".join(by_icalendar(view, instance) for instance in (view.event, *view.changes))
    assert unfold(ics._render_event(view)) == unfold(expected)


def unfold(data):
    """Where lines are folded is another law (``test_ics``)."""
    return data.replace(b"\r\n ", b"")


def by_icalendar(view, instance):
    event = icalendar.Event()
    times = times_of(view)
    event.add("UID", view.uid)
    if instance.recurrence_id:
        event.add("RECURRENCE-ID", times(instance.recurrence_id))
    for name, moment in (("DTSTAMP", view.modified), ("LAST-MODIFIED", view.modified), ("CREATED", view.created)):
        if moment:
            event.add(name, moment.replace(tzinfo=PARIS).astimezone(UTC))
    event.add("SEQUENCE", view.sequence)
    event.add("DTSTART", times(instance.start))
    event.add("DTEND", end_of(view, instance))
    event.add("SUMMARY", instance.title)
    event.add("STATUS", instance.status)
    event.add("TRANSP", "TRANSPARENT" if view.all_day or instance.status == "CANCELLED" else "OPAQUE")
    event.add("URL", view.url)
    for name, value in (("DESCRIPTION", instance.description), ("LOCATION", instance.location)):
        if value:
            event.add(name, value)
    add_people(event, view)
    if instance.geo:
        event.add("GEO", instance.geo)
    if not instance.recurrence_id and view.regular:
        add_dates(event, view)
    return event.to_ical()


def add_people(event, view):
    name, email = view.organizer
    if email:
        event.add("ORGANIZER", f"mailto:{email}", parameters={"CN": name} if name else {})
    if view.contact:
        event.add("CONTACT", view.contact)
    if view.categories:
        event.add("CATEGORIES", list(view.categories))
    if view.image:
        form = {"FMTTYPE": "image/png"} if view.image.endswith("png") else {}
        event.add("IMAGE", view.image, parameters={"VALUE": "URI", "DISPLAY": "BADGE"} | form)


def add_dates(event, view):
    times, start = times_of(view), view.event.start
    if view.rule and (view.all_day or view.timezone == "Europe/Paris"):
        event.add("RRULE", icalendar.vRecur.from_ical(view.rule))
        more, less = view.also, view.exceptions
    else:
        more = [moment for moment in view.regular if moment != start]
        less = () if start in view.regular else (start,)
    for moment in more:
        event.add("RDATE", times(moment))
    for moment in less:
        event.add("EXDATE", times(moment))


def times_of(view):
    def write(moment):
        local = moment.replace(tzinfo=ZoneInfo(view.timezone))
        return moment.date() if view.all_day else local if view.timezone == "Europe/Paris" else local.astimezone(UTC)

    return write


def end_of(view, instance):
    start, end = instance.start, instance.end
    if view.all_day:
        return (end or start).date() + timedelta(days=1)
    return times_of(view)(end if end and end > start else start + timedelta(hours=1))


@given(WORDS, st.just("https://exemple.fr/agenda/") | st.just(""))
def test_a_calendar_begins_as_icalendar_begins_it(name, page):
    calendar = icalendar.Calendar()
    for key, value in {"PRODID": PRODUCT, "VERSION": "2.0", "CALSCALE": "GREGORIAN"}.items():
        calendar.add(key, value)
    calendar.add("METHOD", "PUBLISH")
    if page:
        calendar.add("NAME", icalendar.vText(name).to_ical().decode())
        calendar.add("X-WR-CALNAME", icalendar.vText(name).to_ical().decode())
        calendar.add("X-WR-TIMEZONE", "Europe/Paris")
        calendar.add("URL", page)
        calendar.add("SOURCE", f"{page}agenda.ics", parameters={"VALUE": "URI"})
        calendar.add("REFRESH-INTERVAL", timedelta(hours=12), parameters={"VALUE": "DURATION"})
        calendar.add("X-PUBLISHED-TTL", icalendar.vDuration(timedelta(hours=12)))
    written = ics._head.__wrapped__(PRODUCT, name if page else "", page, f"{page}agenda.ics")
    assert unfold(written + b"END:VCALENDAR\r\n") == unfold(calendar.to_ical())


def test_the_time_zone_is_as_icalendar_writes_it():
    zone = icalendar.Timezone()
    zone.add("TZID", "Europe/Paris")
    daylight, standard = icalendar.TimezoneDaylight(), icalendar.TimezoneStandard()
    for part, name, start, month, before in (
        (daylight, "CEST", datetime(1996, 3, 31, 2), 3, 1),
        (standard, "CET", datetime(1996, 10, 27, 3), 10, 2),
    ):
        part.add("DTSTART", start)
        part.add("RRULE", {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"})
        part.add("TZNAME", name)
        part.add("TZOFFSETFROM", timedelta(hours=before))
        part.add("TZOFFSETTO", timedelta(hours=3 - before))
        zone.add_component(part)
    assert ics._timezone.__wrapped__() == zone.to_ical()


@pytest.mark.parametrize(
    ("typed", "written"),
    [("C:\\Notes", "C:\\\\Notes"), ("un\r\ndeux", "un\\ndeux"), ("a,b;c:d", "a\\,b\\;c:d"), ('"', '"')],
)
def test_a_text_keeps_what_was_typed(typed, written):
    assert contentlines.text(typed) == written


def test_a_line_of_75_octets_is_whole_and_one_more_is_folded():
    assert contentlines.fold(["A:" + "x" * 73]) == b"A:" + b"x" * 73 + b"\r\n"
    assert contentlines.fold(["A:" + "x" * 74]) == b"A:" + b"x" * 73 + b"\r\n x\r\n"
    assert contentlines.fold(["A:" + "x" * 72 + "é"]) == b"A:" + b"x" * 72 + b"\r\n \xc3\xa9\r\n"
