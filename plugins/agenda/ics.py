"""iCalendar (RFC 5545): the bytes that subscribers' programs read again and again, so they only move with the event."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from plugins.agenda import contentlines as write
from plugins.agenda.vevents import EventView, InstanceView

if TYPE_CHECKING:
    from plugins.agenda.calendars import CalendarView
    from plugins.press.rendering import Press

SITE_ZONE = "Europe/Paris"
REFRESH = "PT12H"
_IMAGES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp", "svg": "image/svg+xml"}


def render_calendar(view: CalendarView, press: Press) -> bytes:
    """A VCALENDAR to subscribe to, or (``name`` empty) one event to download. Each VEVENT is written once."""
    events = press.join("ics.event", view.events, _render_event)
    product = f"-//{press.settings.uid_domain}//agenda//FR"
    addresses = (press.absolute(view.page), press.absolute(view.url)) if view.name else ("", "")
    head = _head(product, view.name, *addresses)
    return head + _timezone() + events + b"END:VCALENDAR\r\n"


@cache
def _head(product: str, name: str, page: str, source: str) -> bytes:
    """What stands before the first component; a subscription says its name, source and refresh interval (RFC 7986)."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{write.text(product)}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    if name:
        lines += [
            write.line("NAME", write.text(name)),
            write.line("X-WR-CALNAME", write.text(name)),
            write.line("REFRESH-INTERVAL", REFRESH, {"VALUE": "DURATION"}),
            write.line("SOURCE", source, {"VALUE": "URI"}),
            write.line("URL", page),
            write.line("X-PUBLISHED-TTL", REFRESH),
            write.line("X-WR-TIMEZONE", SITE_ZONE),
        ]
    return write.fold(lines)


@cache
def _timezone() -> bytes:
    """Europe/Paris in two rules (last Sundays of March and October, since 1996): Outlook needs it, and no more."""
    return write.fold(
        """\
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
END:VTIMEZONE""".splitlines()
    )


def _render_event(view: EventView) -> bytes:
    return b"".join(write.component("VEVENT", _lines(view, instance)) for instance in (view.event, *view.changes))


def _lines(view: EventView, instance: InstanceView) -> Iterator[str]:
    """The lines of a VEVENT, in the order in which most programs write them."""
    is_whole = instance.recurrence_id is None
    yield write.line("SUMMARY", write.text(instance.title))
    yield _time("DTSTART", view, instance.start)
    yield _end(view, instance)
    yield write.utc("DTSTAMP", view.modified, SITE_ZONE)
    yield write.line("UID", write.text(view.uid))
    if instance.recurrence_id is not None:
        yield _time("RECURRENCE-ID", view, instance.recurrence_id)
    yield write.line("SEQUENCE", str(view.sequence))
    if is_whole and view.regular:
        yield from _repeat(view)
    if view.categories:
        yield write.line("CATEGORIES", ",".join(map(write.text, view.categories)))
    if view.contact:
        yield write.line("CONTACT", write.text(view.contact))
    if view.created:
        yield write.utc("CREATED", view.created, SITE_ZONE)
    yield from _texts(view, instance)
    yield write.line("STATUS", instance.status)
    yield write.line("TRANSP", "TRANSPARENT" if view.all_day or instance.status == "CANCELLED" else "OPAQUE")
    yield write.line("URL", view.url)


def _texts(view: EventView, instance: InstanceView) -> Iterator[str]:
    """From DESCRIPTION to ORGANIZER."""
    if instance.description:
        yield write.line("DESCRIPTION", write.text(instance.description))
    if instance.geo:
        yield write.line("GEO", "{};{}".format(*instance.geo))
    if view.image:
        # RFC 7986 §5.10: the form of a picture must be said when it is given by its address
        form = _IMAGES.get(view.image.rpartition(".")[2].lower())
        kind = {"FMTTYPE": form} if form else {}
        yield write.line("IMAGE", view.image, {"VALUE": "URI", "DISPLAY": "BADGE", **kind})
    yield write.utc("LAST-MODIFIED", view.modified, SITE_ZONE)
    if instance.location:
        yield write.line("LOCATION", write.text(instance.location))
    name, email = view.organizer
    if email:
        yield write.line("ORGANIZER", f"mailto:{email}", {"CN": name} if name else None)


def _repeat(view: EventView) -> Iterator[str]:
    """A rule in local time. In UTC it would drift by an hour: an event of another zone gives its dates one by one.

    So does an imported one, whose rule is not ours to keep.
    """
    if not view.rule or (not view.all_day and view.timezone != SITE_ZONE):
        for moment in view.regular:
            if moment != view.event.start:
                yield _time("RDATE", view, moment)
        if view.event.start not in view.regular:
            yield _time("EXDATE", view, view.event.start)
        return
    yield write.line("RRULE", view.rule)
    for name, moments in (("RDATE", view.also), ("EXDATE", view.exceptions)):
        for moment in moments:
            yield _time(name, view, moment)


def _end(view: EventView, instance: InstanceView) -> str:
    """RFC 5545 §3.6.1: DTEND is the first moment, or day, that is no longer of the event; always after its start."""
    start, end = instance.start, instance.end
    if view.all_day:
        return write.day("DTEND", (end or start).date() + timedelta(days=1))
    return _time("DTEND", view, end if end and end > start else start + timedelta(hours=1))


def _time(name: str, view: EventView, moment: datetime) -> str:
    """A day, a time of the site's zone (by name, with its VTIMEZONE), or, of another zone, UTC."""
    if view.all_day:
        return write.day(name, moment)
    if view.timezone == SITE_ZONE:
        return write.moment(name, moment, SITE_ZONE)
    return write.utc(name, moment, view.timezone)
