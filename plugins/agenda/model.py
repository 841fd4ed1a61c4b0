"""An event: something that takes place on days or at hours, somewhere, announced before and remembered after."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from msgspec import Struct

from plugins.agenda.fields import (
    ContactFields,
    EventFields,
    PlaceFields,
    RegistrationFields,
    RepeatFields,
    check_fields,
)
from plugins.press.documents import Document, Text
from plugins.press.kinds import Draft, Kind, Starter, common
from plugins.press.moments import Moment, midnight_after
from plugins.press.problems import Problem
from plugins.press.schema import Fields
from plugins.press.site import Site
from plugins.press.slugs import build_slug


class Organiser(Struct, frozen=True, array_like=True, gc=False):
    """Who organises, or takes part; ``slug`` finds their page."""

    name: str
    slug: str
    url: str = ""


class Place(Struct, frozen=True, omit_defaults=True, gc=False):
    """Where; every part may be empty."""

    name: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""
    lat: float | None = None
    lon: float | None = None
    access: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """As on an envelope: name, address, postcode and town."""
        town = " ".join(filter(None, (self.postcode, self.city)))
        return tuple(filter(None, (self.name, self.address, town)))


class Registration(Struct, frozen=True, omit_defaults=True, gc=False):
    """How to sign up."""

    url: str = ""
    email: str = ""
    phone: str = ""
    deadline: datetime | None = None
    deadline_all_day: bool = True
    required: bool = False

    @property
    def closes(self) -> datetime | None:
        """The first moment at which it is too late: a day counts to its end."""
        return midnight_after(self.deadline) if self.deadline and self.deadline_all_day else self.deadline


class Contact(Struct, frozen=True, omit_defaults=True, gc=False):
    """Whom to ask."""

    name: str = ""
    email: str = ""
    phone: str = ""
    url: str = ""


class Change(Struct, frozen=True, omit_defaults=True, gc=False):
    """One occurrence of a recurring event that is not like the others."""

    on: datetime
    start: datetime | None = None
    end: datetime | None = None
    place: Place | None = None
    event_status: str = ""
    status_note: str = ""


class Repeat(Struct, frozen=True, array_like=True, gc=False):
    """How an event comes back (RFC 5545 RRULE, EXDATE, RDATE)."""

    rule: str
    exceptions: tuple[datetime, ...] = ()
    also: tuple[datetime, ...] = ()
    changes: tuple[Change, ...] = ()


class Source(Struct, frozen=True, array_like=True, gc=False):
    """Where an imported event comes from."""

    calendar: str
    uid: str
    url: str = ""


class Event(Document, frozen=True, kw_only=True, tag="event", gc=False):
    """An event. ``start`` and ``end`` are local to ``timezone``; of an all-day one, ``end`` is its last day."""

    id: str
    start: datetime
    end: datetime | None = None
    all_day: bool
    timezone: str = "Europe/Paris"
    category: str = ""
    departments: tuple[str, ...] = ()
    place: Place = Place()
    online: str = ""
    organisers: tuple[Organiser, ...] = ()
    partners: tuple[Organiser, ...] = ()
    event_status: str = "scheduled"
    status_note: str = ""
    previous_start: datetime | None = None
    price: str = ""
    registration: Registration | None = None
    accessibility: tuple[str, ...] = ()
    accessibility_note: str = ""
    repeat: Repeat | None = None
    contact: Contact | None = None
    key_date: bool = True
    source: Source | None = None

    @property
    def last_day(self) -> date:
        """The last day on which it takes place: an event that ends at midnight is over that evening."""
        end = self.end or self.start
        ends_at_midnight = not self.all_day and end > self.start and end.time() == datetime.min.time()
        return (end - timedelta(days=1) if ends_at_midnight else end).date()

    @property
    def over(self) -> datetime:
        """The first moment at which it is past: its end, or the midnight after its last day when no hour is stated."""
        return midnight_after(self.end or self.start) if self.all_day or self.end is None else self.end

    def days(self) -> Iterator[date]:
        """Each day on which it takes place."""
        first = self.start.date()
        for offset in range((self.last_day - first).days + 1):
            yield first + timedelta(days=offset)

    def months(self) -> Iterator[tuple[int, int]]:
        """Each month that it touches."""
        year, month = self.start.year, self.start.month
        while (year, month) <= (self.last_day.year, self.last_day.month):
            yield (year, month)
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)


class EventCard(Struct, frozen=True, array_like=True, gc=False):
    """What lists show of an event. ``end`` is the last day for all-day events, else the hour it ends or None."""

    url: str
    title: str
    summary: str
    start: datetime
    end: datetime | None
    all_day: bool
    city: str
    departments: tuple[str, ...]
    category: str
    status: str
    status_note: str
    past: bool


class Agenda:
    """All events, by start; and by month, year, department, category, organiser."""

    def __init__(self, site: Site) -> None:
        self.local_now = site.local_now
        self.events = tuple(sorted(site.of(Event), key=by_start))
        self.titles = Counter(event.title for event in self.events)
        self._zone = ZoneInfo(site.settings.timezone)
        self.by_year: dict[int, list[Event]] = defaultdict(list)
        self.by_month: dict[tuple[int, int], list[Event]] = defaultdict(list)
        self.by_department: dict[str, list[Event]] = defaultdict(list)
        self.by_category: dict[str, list[Event]] = defaultdict(list)
        self.by_organiser: dict[str, list[Event]] = defaultdict(list)
        self.organisers: dict[str, Organiser] = {}
        self.over = {event.path: self._here(event, event.over) for event in self.events}
        for event in self.events:
            self._file(event)
        self._cards: dict[str, EventCard] = {}

    @classmethod
    def build(cls, site: Site) -> Self:
        return cls(site)

    def _file(self, event: Event) -> None:
        self.by_year[event.start.year].append(event)
        for month in event.months():
            self.by_month[month].append(event)
        for department in event.departments:
            self.by_department[department].append(event)
        if event.category:
            self.by_category[event.category].append(event)
        for organiser in event.organisers + event.partners:
            known = self.organisers.setdefault(organiser.slug, organiser)
            if organiser.url and not known.url:
                self.organisers[organiser.slug] = organiser
            held = self.by_organiser[organiser.slug]
            if not held or held[-1] is not event:
                held.append(event)

    def begins(self, event: Event) -> datetime:
        """Its start on the clocks of the site's own time zone."""
        return self._here(event, event.start)

    def is_past(self, event: Event) -> bool:
        return self.over[event.path] <= self.local_now

    def is_running(self, event: Event) -> bool:
        return self.begins(event) <= self.local_now < self.over[event.path]

    def is_closed(self, event: Event) -> bool:
        """Whether it is too late to sign up."""
        closes = event.registration.closes if event.registration else None
        return closes is not None and self._here(event, closes) <= self.local_now

    def coming(self, events: list[Event] | tuple[Event, ...]) -> list[Event]:
        """Those that are not over: running ones first, then by start."""
        left = [event for event in events if not self.is_past(event)]
        return sorted(left, key=lambda event: (not self.is_running(event), *by_start(event)))

    def past(self, events: list[Event] | tuple[Event, ...], limit: int = 0) -> list[Event]:
        """Those that are over, latest first; the ``limit`` latest when it is not 0."""
        gone = [event for event in reversed(events) if self.is_past(event)]
        return gone[:limit] if limit else gone

    def card(self, event: Event) -> EventCard:
        """The event's one card."""
        if event.path not in self._cards:
            self._cards[event.path] = EventCard(
                url=event.url,
                title=event.title,
                summary=event.summary,
                start=event.start,
                end=event.end,
                all_day=event.all_day,
                city=event.place.city,
                departments=event.departments,
                category=event.category,
                status=event.event_status,
                status_note=event.status_note,
                past=self.is_past(event),
            )
        return self._cards[event.path]

    def cards(self, events: list[Event] | tuple[Event, ...]) -> tuple[EventCard, ...]:
        return tuple(map(self.card, events))

    def next_change(self) -> datetime | None:
        """The next moment at which an event begins or is over, or one can no longer sign up for it."""
        moments = [*self.over.values(), *map(self.begins, self.events)]
        moments += [
            self._here(e, e.registration.closes) for e in self.events if e.registration and e.registration.closes
        ]
        return min((moment for moment in moments if moment > self.local_now), default=None)

    def _here(self, event: Event, moment: datetime) -> datetime:
        """A moment of an event on the clocks of the site's own time zone."""
        if event.timezone == self._zone.key:
            return moment
        return moment.replace(tzinfo=ZoneInfo(event.timezone)).astimezone(self._zone).replace(tzinfo=None)


def by_start(event: Event) -> tuple[datetime, bool, str, str]:
    """By start, whole days before hours; then title and path, so that the order is the same everywhere."""
    return (event.start, not event.all_day, event.title, event.path)


def announced(event: Event, site: Site) -> datetime | None:
    """When the event was announced: its ``date``, else the earlier of its start and its file's first commit.

    None for a coming event of unknown commit: its feed item then carries no date (content-model.md).
    """
    if event.date is not None:
        return event.date
    begins = site.get(Agenda).begins(event)
    commit = site.announced.get(event.path)
    if commit is not None:
        return min(commit, begins)
    return begins if begins <= site.local_now else None


def check(site: Site) -> Iterator[Problem]:
    """Two events with one identity would be one for subscribers, and a change of the one would hide the other."""
    first: dict[str, Event] = {}
    for event in site.of(Event):
        other = first.setdefault(event.id, event)
        if other is not event:
            message = (
                f"l'identité « {event.id} » est déjà celle de {site.shown_root}/{other.path}. En donner une autre."
            )
            yield site.problem(event, message, field="id")


def next_change(site: Site) -> datetime | None:
    return site.get(Agenda).next_change()


def build_event(draft: Draft, fields: EventFields, text: Text) -> Event | None:
    check_fields(draft, fields)
    slug = draft.slug(fields, draft.match["name"])
    values = common(draft, fields, text)
    values |= {
        "slug": slug,
        "url": f"/agenda/{fields.start.value:%Y/%m}/{slug}/",
        "id": fields.id or draft.path.removesuffix(".md"),
        "start": fields.start.value,
        "end": fields.end.value if fields.end else None,
        "all_day": fields.start.all_day,
        "timezone": fields.timezone,
        "category": fields.category or "",
        "departments": tuple(dict.fromkeys(fields.departments)),
        "place": _build_place(fields.place),
        "online": fields.online or "",
        "organisers": tuple(Organiser(o.name, build_slug(o.name), o.url or "") for o in fields.organisers),
        "partners": tuple(Organiser(o.name, build_slug(o.name), o.url or "") for o in fields.partners),
        "event_status": fields.event_status,
        "status_note": fields.status_note,
        "previous_start": fields.previous_start.value if fields.previous_start else None,
        "price": fields.price,
        "registration": _build_registration(fields.registration),
        "accessibility": fields.accessibility,
        "accessibility_note": fields.accessibility_note,
        "repeat": _build_repeat(fields.repeat, fields.start),
        "contact": _build_contact(fields.contact),
        "key_date": fields.source is None if fields.key_date is None else fields.key_date,
        "source": Source(fields.source.calendar, fields.source.uid, fields.source.url or "") if fields.source else None,
    }
    for name, organisers in (("organisers", values["organisers"]), ("partners", values["partners"])):
        for index, organiser in enumerate(organisers):
            if not organiser.slug:
                draft.refuse(
                    f"{name}.{index}",
                    f"« {organiser.name} » ne donne pas d'adresse. Écrire le nom en lettres.",
                )
    return Event(**values)


def _build_place(fields: PlaceFields | None) -> Place:
    return Place(**fields.model_dump()) if fields else Place()


def _build_registration(fields: RegistrationFields | None) -> Registration | None:
    if fields is None:
        return None
    deadline: Moment | None = fields.deadline
    return Registration(
        url=fields.url or "",
        email=fields.email or "",
        phone=fields.phone,
        deadline=deadline.value if deadline else None,
        deadline_all_day=deadline.all_day if deadline else True,
        required=fields.required,
    )


def _build_contact(fields: ContactFields | None) -> Contact | None:
    return Contact(**_filled(fields)) if fields else None


def _build_repeat(fields: RepeatFields | None, start: Moment) -> Repeat | None:
    if fields is None:
        return None
    changes = tuple(
        Change(
            on=_occurrence(change.on, start),
            start=change.start.value if change.start else None,
            end=change.end.value if change.end else None,
            place=_build_place(change.place) if change.place else None,
            event_status=change.event_status or "",
            status_note=change.status_note,
        )
        for change in fields.changes
    )
    exceptions, also = (
        tuple(_occurrence(moment, start) for moment in moments) for moments in (fields.except_, fields.also)
    )
    return Repeat(fields.rule.upper(), exceptions, also, changes)


def _occurrence(moment: Moment, start: Moment) -> datetime:
    """When an occurrence begins: a bare day means the hour at which the event always begins."""
    return datetime.combine(moment.value, start.value.time()) if moment.all_day else moment.value


def _filled(fields: Fields) -> dict[str, str]:
    return {key: value or "" for key, value in fields.model_dump().items()}


_STARTER = Starter(
    "agenda/{start_year}/{slug}.md",
    (
        "title: {title}",
        "date: {date}  # le jour de l'annonce",
        "start: {start}  # un jour, ou un jour et une heure : 2026-02-28T18:30",
        "category: {category}",
        'departments: []  # par exemple ["37"]',
        "place:",
        "  name: À compléter",
        "  city: À compléter",
        "",
        "Ce qui se passera, pour qui, comment venir.",
    ),
)
EVENT = Kind("event", r"agenda/(?P<year>\d{4})/(?P<name>[^/]+)\.md", EventFields, Event, build_event, _STARTER)
