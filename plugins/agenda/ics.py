"""iCalendar (RFC 5545): the bytes that subscribers' programs read again and again, so they only move with the event."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import icalendar
import msgspec

from plugins.agenda.vevents import EventView, InstanceView

if TYPE_CHECKING:
    from plugins.agenda.calendars import CalendarView
    from plugins.press.rendering import Press

SITE_ZONE = "Europe/Paris"
REFRESH = timedelta(hours=12)
_IMAGES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp", "svg": "image/svg+xml"}
_DECODER = msgspec.msgpack.Decoder(EventView)


def render_calendar(view: CalendarView, press: Press) -> bytes:
    """A VCALENDAR to subscribe to, or (``name`` empty) one event to download. Each VEVENT is written once."""
    events = b"".join(press.piece("ics.event", packed, _render_packed) for packed in view.events)
    product = f"-//{press.settings.uid_domain}//agenda//FR"
    addresses = (press.absolute(view.page), press.absolute(view.url)) if view.name else ("", "")
    head = _head(product, view.name, *addresses)
    return head + _timezone() + events + b"END:VCALENDAR\r\n"


@cache
def _head(product: str, name: str, page: str, source: str) -> bytes:
    """What stands before the first component; a subscription says its name, source and refresh interval (RFC 7986)."""
    calendar = icalendar.Calendar()
    calendar.add("PRODID", product)
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
    view = _DECODER.decode(packed)
    return b"".join(_render_instance(view, instance) for instance in (view.event, *view.changes))


def _render_instance(view: EventView, instance: InstanceView) -> bytes:
    event = icalendar.Event()
    event.add("UID", view.uid)
    if instance.recurrence_id is not None:
        event.add("RECURRENCE-ID", _time(view, instance.recurrence_id))
    event.add("DTSTAMP", _utc(view.modified))
    event.add("LAST-MODIFIED", _utc(view.modified))
    if view.created:
        event.add("CREATED", _utc(view.created))
    event.add("SEQUENCE", view.sequence)
    event.add("DTSTART", _time(view, instance.start))
    event.add("DTEND", _end(view, instance))
    event.add("SUMMARY", instance.title)
    event.add("STATUS", instance.status)
    event.add("TRANSP", "TRANSPARENT" if view.all_day or instance.status == "CANCELLED" else "OPAQUE")
    event.add("URL", view.url)
    _add_texts(event, view, instance)
    if instance.recurrence_id is None and view.regular:
        _add_repeat(event, view)
    return _fold(event)


def _fold(event: icalendar.Event) -> bytes:
    """The lines of a component, folded at 75 octets and never inside a character (RFC 5545 §3.1).

    The library does the same one character after the other, for a tenth of the time of a whole build.
    """
    lines = []
    for line in event.content_lines():
        data = line.encode()
        limit = 75
        while len(data) > limit:
            cut = limit
            while data[cut] & 0xC0 == 0x80:  # a byte that goes on with a character
                cut -= 1
            lines.append(data[:cut])
            data, limit = b" " + data[cut:], 75
        lines.append(data)
    return b"\r\n".join(lines)


def _add_texts(event: icalendar.Event, view: EventView, instance: InstanceView) -> None:
    for name, value in (
        ("DESCRIPTION", instance.description),
        ("LOCATION", instance.location),
        ("CONTACT", view.contact),
    ):
        if value:
            event.add(name, value)
    name, email = view.organizer
    if email:
        event.add("ORGANIZER", f"mailto:{email}", parameters={"CN": name} if name else {})
    if view.categories:
        event.add("CATEGORIES", list(view.categories))
    if instance.geo:
        event.add("GEO", instance.geo)
    if view.image:
        # RFC 7986 §5.10: the form of a picture must be said when it is given by its address
        form = _IMAGES.get(view.image.rpartition(".")[2].lower())
        event.add(
            "IMAGE", view.image, parameters={"VALUE": "URI", "DISPLAY": "BADGE", **({"FMTTYPE": form} if form else {})}
        )


def _add_repeat(event: icalendar.Event, view: EventView) -> None:
    """A rule in local time. In UTC it would drift by an hour: an event of another zone gives its dates one by one.

    So does an imported one, whose rule is not ours to keep.
    """
    if not view.rule or (not view.all_day and view.timezone != SITE_ZONE):
        for moment in view.regular:
            if moment != view.event.start:
                event.add("RDATE", _time(view, moment))
        if view.event.start not in view.regular:
            event.add("EXDATE", _time(view, view.event.start))
        return
    event.add("RRULE", icalendar.vRecur.from_ical(view.rule))
    for name, moments in (("EXDATE", view.exceptions), ("RDATE", view.also)):
        for moment in moments:
            event.add(name, _time(view, moment))


def _end(view: EventView, instance: InstanceView) -> date | datetime:
    """RFC 5545 §3.6.1: DTEND is the first moment, or day, that is no longer of the event; always after its start."""
    if view.all_day:
        return (instance.end or instance.start).date() + timedelta(days=1)
    stated = instance.end if instance.end and instance.end > instance.start else None
    end: datetime = _time(view, stated or instance.start + timedelta(hours=1))
    return end


def _time(view: EventView, moment: datetime) -> Any:
    """A day, a time of the site's zone (by name, with its VTIMEZONE), or, of another zone, UTC."""
    if view.all_day:
        return moment.date()
    local = moment.replace(tzinfo=ZoneInfo(view.timezone))
    return local if view.timezone == SITE_ZONE else local.astimezone(UTC)


def _utc(moment: datetime) -> datetime:
    """A moment of the site's zone."""
    return moment.replace(tzinfo=ZoneInfo(SITE_ZONE)).astimezone(UTC)
