"""What a calendar says of an event, before it is written as a VEVENT (see ``ics``)."""

from datetime import datetime

import msgspec
from msgspec import Struct

from plugins.agenda.model import Agenda, Event, announced
from plugins.agenda.recurrence import calendar_rule
from plugins.press.site import Site

_STATUS = {"cancelled": "CANCELLED", "postponed": "TENTATIVE"}
_PREFIX = {"cancelled": "ANNULÉ – ", "postponed": "REPORTÉ – ", "full": "COMPLET – "}


class EventView(Struct, frozen=True, array_like=True, gc=False):
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
    return EventView(
        uid=f"{event.id}@{site.settings.uid_domain}",
        stamp=event.modified or announced(event, site) or site.get(Agenda).begins(event),
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
        categories=tuple(filter(None, (site.settings.category_label(event.category), *event.tags))),
        contact=_contact(event),
        rule=calendar_rule(event.repeat.rule, event.start, event.timezone, all_day=event.all_day)
        if event.repeat
        else "",
        exceptions=event.repeat.exceptions if event.repeat else (),
        also=event.repeat.also if event.repeat else (),
    )


def pack(event: Event, site: Site) -> bytes:
    """The view as bytes: several calendars hold an event, and it is serialised once."""
    return msgspec.msgpack.encode(build_view(event, site))


def _contact(event: Event) -> str:
    contact = event.contact
    known = (contact.name, contact.email, contact.phone, contact.url) if contact else ()
    return ", ".join(filter(None, known)) or ", ".join(organiser.name for organiser in event.organisers)
