"""What a calendar says of an event, before it is written as VEVENTs (see ``ics``)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Self

from msgspec import Struct

from plugins.agenda.changes import Tracks
from plugins.agenda.details import Occurrence
from plugins.agenda.event import Event
from plugins.agenda.model import Agenda, announced
from plugins.agenda.recurrence import calendar_rule
from plugins.press import french
from plugins.press.outputs import Deferred
from plugins.press.site import Site

_STATUS = {"cancelled": "CANCELLED", "postponed": "TENTATIVE"}
_PREFIX = {"cancelled": "ANNULÉ – ", "postponed": "REPORTÉ – ", "full": "COMPLET – "}


class InstanceView(Struct, frozen=True, array_like=True, gc=False):
    """When, where and whether it takes place: of the event, or of one occurrence that differs.

    ``recurrence_id`` is when the rule has that occurrence; None for the event itself. Times as in ``Event``.
    """

    start: datetime
    end: datetime | None
    title: str
    status: str
    description: str
    location: str
    geo: tuple[float, float] | None
    recurrence_id: datetime | None = None


class EventView(Struct, frozen=True, array_like=True, gc=False):
    """Everything that the VEVENTs of an event say. ``created`` and ``modified`` are local to the site's zone."""

    uid: str
    created: datetime | None
    modified: datetime
    sequence: int
    all_day: bool
    timezone: str
    url: str
    categories: tuple[str, ...]
    organizer: tuple[str, str]
    contact: str
    image: str
    event: InstanceView
    rule: str = ""
    exceptions: tuple[datetime, ...] = ()
    also: tuple[datetime, ...] = ()
    regular: tuple[datetime, ...] = ()
    changes: tuple[InstanceView, ...] = ()


def build_view(event: Event, site: Site) -> EventView:
    """The VEVENT view of an event. Its UID survives a new title, date, file name or domain (``Agenda.identity``)."""
    agenda, past, repeat = site.get(Agenda), site.get(Tracks).of(event), event.repeat
    occurrences = repeat.occurrences if repeat else ()
    image = site.image_url(event)
    return EventView(
        uid=agenda.uid(event),
        created=past.created,
        modified=past.modified or event.modified or announced(event, site) or agenda.begins(event),
        sequence=past.sequence,
        all_day=event.all_day,
        timezone=event.timezone,
        url=event.address if event.address.startswith("http") else site.settings.url + event.address,
        categories=tuple(filter(None, (site.settings.category_label(event.category), *event.tags))),
        organizer=_organizer(event),
        contact=_contact(event),
        image=site.settings.url + image if image.startswith("/") else image,
        event=_build_instance(
            event, Occurrence(event.start, event.end, event.all_day, event.event_status, event.status_note)
        ),
        rule=calendar_rule(repeat.rule, event.start, event.timezone, all_day=event.all_day)
        if repeat and repeat.rule
        else "",
        exceptions=repeat.exceptions if repeat else (),
        also=repeat.also if repeat else (),
        regular=tuple(sorted(occurrence.original or occurrence.start for occurrence in occurrences)),
        changes=tuple(_build_instance(event, change) for change in repeat.changes) if repeat else (),
    )


class Keys:
    """All that the view of each event is made of, quicker to tell than the view."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._agenda = site.get(Agenda)
        self._tracks = site.get(Tracks)

    @classmethod
    def build(cls, site: Site) -> Self:
        return cls(site)

    def of(self, event: Event) -> tuple[Any, ...]:
        image = self._site.image_url(event) if event.image else ""
        return (event.face, self._agenda.identity(event), self._tracks.of(event), image)

    def of_all(self, events: Sequence[Event]) -> tuple[Any, ...]:
        """The same of many, in columns, which are quick to make."""
        images = [self._site.image_url(event) for event in events if event.image]
        return ([event.face for event in events], images, self.past(event.path for event in events))

    def past(self, paths: Iterable[str]) -> tuple[Any, ...]:
        """What of it the events themselves do not say, nor their pictures: their first names, and their history."""
        former, tracks = self._agenda.former, self._tracks
        if not former and not tracks.are_known:
            return ()
        known = sorted(paths)
        return (
            {path: former[path] for path in known if path in former},
            [tracks.made_of(path) for path in known] if tracks.are_known else [],
        )


def defer(event: Event, site: Site) -> Deferred:
    """The view of an event: several calendars hold it, and its bytes are mostly known already."""
    return Deferred(site.get(Keys).of(event), partial(build_view, event, site))


def _build_instance(event: Event, occurrence: Occurrence) -> InstanceView:
    place, status = occurrence.place or event.place, occurrence.event_status
    is_placed = place.lat is not None and place.lon is not None
    return InstanceView(
        start=occurrence.start,
        end=occurrence.end,
        title=_PREFIX.get(status, "") + event.title,
        status=_STATUS.get(status, "CONFIRMED"),
        description="\n\n".join(filter(None, (occurrence.status_note, event.summary, _practical(event)))),
        location=", ".join(place.lines),
        geo=(place.lat or 0.0, place.lon or 0.0) if is_placed else None,
        recurrence_id=occurrence.original,
    )


def _practical(event: Event) -> str:
    """What one must know to come, a line each: programs show the description and little else."""
    sign = event.registration
    until = f" (jusqu'au {french.long_day(sign.deadline)})" if sign and sign.deadline else ""
    how = ", ".join(filter(None, (sign.url, sign.email, sign.phone))) if sign else ""
    lines = (("En ligne", event.online), ("Prix", event.price), ("Inscription", how + until if how else ""))
    return "\n".join(f"{name} : {value}" for name, value in lines if value)


def _organizer(event: Event) -> tuple[str, str]:
    """A name and an e-mail address: the property has no room for who has none (RFC 5545 §3.8.4.3)."""
    if not (event.contact and event.contact.email):
        return ("", "")
    names = [organiser.name for organiser in event.organisers[:1]] or [event.contact.name]
    return (names[0], event.contact.email)


def _contact(event: Event) -> str:
    contact = event.contact
    known = (contact.name, contact.email, contact.phone, contact.url) if contact else ()
    return ", ".join(filter(None, known)) or ", ".join(organiser.name for organiser in event.organisers)
