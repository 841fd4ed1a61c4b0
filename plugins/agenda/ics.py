"""iCalendar (RFC 5545): the bytes that subscribers' programs read again and again, so they only move with the event."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import icalendar
import msgspec

from plugins.agenda.vevents import EventView

if TYPE_CHECKING:
    from plugins.agenda.calendars import CalendarView
    from plugins.press.rendering import Press

SITE_ZONE = "Europe/Paris"
REFRESH = timedelta(hours=12)
_DECODER = msgspec.msgpack.Decoder(EventView)


def render_calendar(view: CalendarView, press: Press) -> bytes:
    """A VCALENDAR to subscribe to, or (``name`` empty) one event to download. Each VEVENT is written once."""
    events = b"".join(press.piece("ics.event", packed, _render_packed) for packed in view.events)
    head = _head(view.name, press.absolute(view.page), press.absolute(view.url)) if view.name else _head("", "", "")
    return head + _timezone() + events + b"END:VCALENDAR\r\n"


@cache
def _head(name: str, page: str, source: str) -> bytes:
    """What stands before the first component; a subscription says its name, source and refresh interval (RFC 7986)."""
    calendar = icalendar.Calendar()
    calendar.add("PRODID", "-//cre-sol//agenda//FR")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    if name:
        calendar.add("NAME", name)
        calendar.add("X-WR-CALNAME", name)
        calendar.add("X-WR-TIMEZONE", SITE_ZONE)
        calendar.add("URL", page)
        calendar.add("SOURCE", source, parameters={"VALUE": "URI"})
        calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("X-PUBLISHED-TTL", icalendar.vDuration(REFRESH))
    return bytes(calendar.to_ical()).removesuffix(b"END:VCALENDAR\r\n")


@cache
def _timezone() -> bytes:
    """Europe/Paris in two rules (last Sundays of March and October, since 1996): Outlook needs it, and no more."""
    zone = icalendar.Timezone()
    zone.add("TZID", SITE_ZONE)
    for component, name, month, before, after in (
        (icalendar.TimezoneDaylight(), "CEST", 3, 1, 2),
        (icalendar.TimezoneStandard(), "CET", 10, 2, 1),
    ):
        hour, day = (2, 31) if month == 3 else (3, 27)
        component.add("DTSTART", datetime(1996, month, day, hour))
        component.add("RRULE", {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"})
        component.add("TZNAME", name)
        component.add("TZOFFSETFROM", timedelta(hours=before))
        component.add("TZOFFSETTO", timedelta(hours=after))
        zone.add_component(component)
    return bytes(zone.to_ical())


def _render_packed(packed: bytes) -> bytes:
    return _render_event(_DECODER.decode(packed))


def _render_event(view: EventView) -> bytes:
    event = icalendar.Event()
    event.add("UID", view.uid)
    stamp = view.stamp.replace(tzinfo=ZoneInfo(SITE_ZONE)).astimezone(UTC)
    event.add("DTSTAMP", stamp)
    event.add("LAST-MODIFIED", stamp)
    event.add("DTSTART", _time(view, view.start))
    event.add("DTEND", _end(view))
    event.add("SUMMARY", view.title)
    event.add("STATUS", view.status)
    event.add("TRANSP", "TRANSPARENT" if view.all_day or view.status == "CANCELLED" else "OPAQUE")
    event.add("URL", view.url)
    for name, value in (
        ("DESCRIPTION", view.description),
        ("LOCATION", view.location),
        ("CONTACT", view.contact),
    ):
        if value:
            event.add(name, value)
    if view.categories:
        event.add("CATEGORIES", list(view.categories))
    if view.lat is not None and view.lon is not None:
        event.add("GEO", (view.lat, view.lon))
    if view.rule:
        _add_repeat(event, view)
    return bytes(event.to_ical())


def _add_repeat(event: icalendar.Event, view: EventView) -> None:
    event.add("RRULE", icalendar.vRecur.from_ical(view.rule))
    for name, moments in (("EXDATE", view.exceptions), ("RDATE", view.also)):
        for moment in moments:
            event.add(name, _time(view, moment))


def _end(view: EventView) -> date | datetime:
    """RFC 5545 §3.6.1: DTEND is the first moment, or day, that is no longer of the event; always after its start."""
    if view.all_day:
        return (view.end or view.start).date() + timedelta(days=1)
    stated = view.end if view.end and view.end > view.start else None
    end: datetime = _time(view, stated or view.start + timedelta(hours=1))
    return end


def _time(view: EventView, moment: datetime) -> Any:
    """A day, a time of the site's zone (by name, with its VTIMEZONE), or, of another zone, UTC."""
    if view.all_day:
        return moment.date()
    local = moment.replace(tzinfo=ZoneInfo(view.timezone))
    return local if view.timezone == SITE_ZONE else local.astimezone(UTC)
