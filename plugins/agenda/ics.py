"""iCalendar (RFC 5545): the bytes that subscribers' programs read again and again, so they only move with the event."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import icalendar
from msgspec import Struct

from plugins.agenda.model import Event, announced
from plugins.press.site import Site

if TYPE_CHECKING:
    from plugins.agenda.calendars import CalendarView
    from plugins.press.rendering import Press

SITE_ZONE = "Europe/Paris"
REFRESH = timedelta(hours=12)
_STATUS = {"cancelled": "CANCELLED", "postponed": "TENTATIVE"}
_PREFIX = {"cancelled": "ANNULÉ – ", "postponed": "REPORTÉ – ", "full": "COMPLET – "}


class EventView(Struct, frozen=True, gc=False):
    """Everything that a VEVENT says; times as in ``Event``."""

    uid: str
    stamp: datetime
    start: datetime
    end: datetime | None
    all_day: bool
    timezone: str
    title: str
    status: str
    description: str
    location: str
    lat: float | None
    lon: float | None
    url: str
    categories: tuple[str, ...]
    contact: str
    rule: str
    exceptions: tuple[datetime, ...]
    also: tuple[datetime, ...]


def build_view(event: Event, site: Site) -> EventView:
    """The VEVENT view of an event. Its UID survives a new title, date or domain (``id``)."""
    status = event.event_status
    labels = {category.slug: category.label for category in site.settings.categories}
    return EventView(
        uid=f"{event.id}@{site.settings.uid_domain}",
        stamp=event.modified or announced(event, site) or event.start,
        start=event.start,
        end=event.end,
        all_day=event.all_day,
        timezone=event.timezone,
        title=_PREFIX.get(status, "") + event.title,
        status=_STATUS.get(status, "CONFIRMED"),
        description="\n\n".join(filter(None, (event.status_note, event.summary, event.online))),
        location=", ".join(event.place.lines),
        lat=event.place.lat,
        lon=event.place.lon,
        url=site.settings.url + event.url,
        categories=tuple(filter(None, (labels.get(event.category, ""), *event.tags))),
        contact=_contact(event),
        rule=event.repeat.rule if event.repeat else "",
        exceptions=event.repeat.exceptions if event.repeat else (),
        also=event.repeat.also if event.repeat else (),
    )


def render_calendar(view: CalendarView, press: Press) -> bytes:
    """A VCALENDAR: the bytes of each VEVENT are made once and joined."""
    calendar = icalendar.Calendar()
    calendar.add("PRODID", "-//cre-sol//agenda//FR")
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("NAME", view.name)
    calendar.add("X-WR-CALNAME", view.name)
    calendar.add("X-WR-TIMEZONE", SITE_ZONE)
    calendar.add("URL", press.absolute(view.page))
    calendar.add("SOURCE", press.absolute(view.url), parameters={"VALUE": "URI"})
    calendar.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", icalendar.vDuration(REFRESH))
    head, end, _ = calendar.to_ical().partition(b"END:VCALENDAR\r\n")
    events = b"".join(press.piece("ics.event", event, _render_event) for event in view.events)
    return head + _timezone() + events + end


@cache
def _timezone() -> bytes:
    """Europe/Paris in two rules (last Sundays of March and October, since 1996): Outlook needs it, and no more."""
    zone = icalendar.Timezone()
    zone.add("TZID", SITE_ZONE)
    for component, name, month, before, after in (
        (icalendar.TimezoneDaylight(), "CEST", 3, 1, 2),
        (icalendar.TimezoneStandard(), "CET", 10, 2, 1),
    ):
        hour, day = (2, 31) if month == 3 else (3, 27)  # noqa: PLR2004 - the last Sundays of March and October 1996
        component.add("DTSTART", datetime(1996, month, day, hour))
        component.add("RRULE", {"FREQ": "YEARLY", "BYMONTH": month, "BYDAY": "-1SU"})
        component.add("TZNAME", name)
        component.add("TZOFFSETFROM", timedelta(hours=before))
        component.add("TZOFFSETTO", timedelta(hours=after))
        zone.add_component(component)
    return bytes(zone.to_ical())


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
    for name, value in (("DESCRIPTION", view.description), ("LOCATION", view.location), ("CONTACT", view.contact)):
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
    """RFC 5545 §3.6.1: DTEND is the first moment, or day, that is no longer of the event."""
    if view.all_day:
        return (view.end or view.start).date() + timedelta(days=1)
    return _time(view, view.end or view.start + timedelta(hours=1))


def _time(view: EventView, moment: datetime) -> Any:
    """A day, a time of the site's zone (by name, with its VTIMEZONE), or, of another zone, UTC."""
    if view.all_day:
        return moment.date()
    local = moment.replace(tzinfo=ZoneInfo(view.timezone))
    return local if view.timezone == SITE_ZONE else local.astimezone(UTC)


def _contact(event: Event) -> str:
    contact = event.contact
    known = (contact.name, contact.email, contact.phone, contact.url) if contact else ()
    return ", ".join(filter(None, known)) or ", ".join(organiser.name for organiser in event.organisers)
