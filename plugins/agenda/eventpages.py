"""The page of each event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from plugins.agenda import calendars
from plugins.agenda.changes import Tracks
from plugins.agenda.details import Contact, Organiser, Place, Registration
from plugins.agenda.faces import build_faces
from plugins.agenda.links import FEEDS, HOME, Month, department_name, department_url, month_link
from plugins.agenda.model import Agenda, Entry, Event, EventCard
from plugins.agenda.nearby import Near, Nearby, build_near
from plugins.agenda.things import build_event, tell
from plugins.agenda.vevents import Keys
from plugins.press import french, schemaorg
from plugins.press.documents import Text
from plugins.press.outputs import Batch, Deferred, Output, Template, hash_value
from plugins.press.pictures.facts import Target
from plugins.press.schemaorg import Here
from plugins.press.sharing import Face
from plugins.press.site import Site
from plugins.press.views import CALENDAR, Feed, Head, Link, Picture, document_head, picture, tag_links

Links = Mapping[str, tuple[Link, ...]]
"""Links for each event, by its path."""

DATES = 60
"""How many dates to come, and how many past ones, a page lists: the event's calendar holds all."""
_NO_FACE = Face()


class EventDate(Struct, frozen=True, array_like=True, gc=False):
    """One of the dates of an event that comes back.

    ``original`` is when the rule has it, of one that was moved; ``where`` its place, when it is not the usual one.
    """

    start: datetime
    end: datetime | None
    all_day: bool
    status: str
    note: str
    where: str
    original: datetime | None
    over: str

    @property
    def when(self) -> str:
        return french.period(self.start, self.end, all_day=self.all_day)


class EventView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/event.html. ``card`` is of the date that stands for the event: of one that comes back, the next.

    ``status`` is of the whole event. Of one that comes back, ``dates`` are the next ones, ``later`` how many come after
    them; ``past_dates`` the last ones, latest first, ``earlier`` how many there were before. ``over`` and ``closes``
    are when its last date is over, and when it is too late to sign up, in ISO 8601 with the offset.
    """

    head: Head
    uid: str
    card: EventCard
    status: str
    status_note: str
    category: Link | None
    departments: tuple[Link, ...]
    place: Place
    online: str
    organisers: tuple[Organiser, ...]
    partners: tuple[Organiser, ...]
    previous_start: datetime | None
    timezone: str
    dates: tuple[EventDate, ...]
    past_dates: tuple[EventDate, ...]
    later: int = 0
    earlier: int = 0
    past: bool
    over: str
    price: str
    registration: Registration | None
    registration_closed: bool
    closes: str
    accessibility: tuple[str, ...]
    accessibility_note: str
    contact: Contact | None
    source: str
    also: tuple[Link, ...]
    tags: tuple[Link, ...]
    picture: Picture | None
    text: Text
    targets: tuple[Target, ...]
    near: tuple[Near, ...]
    mentions: tuple[Link, ...]
    dossiers: tuple[Link, ...]
    history: tuple[tuple[datetime, str], ...]
    month: Link
    calendar: str
    previous: Link | None
    next: Link | None

    @property
    def when(self) -> str:
        """« jeudi 9 mars 2017, de 18 h 30 à 20 h »; written when the page is, not for every build."""
        return french.period(self.card.start, self.card.end, all_day=self.card.all_day)

    def google(self, page_url: str) -> str:
        """The address at which Google Agenda takes one event; a whole day ends where the next one begins."""
        card, form = self.card, "%Y%m%d" if self.card.all_day else "%Y%m%dT%H%M%S"
        end = (card.end or card.start) + timedelta(days=card.all_day)
        fields = {
            "action": "TEMPLATE",
            "text": card.title,
            "dates": f"{card.start:{form}}/{end:{form}}",
            "ctz": self.timezone,
            "location": ", ".join(self.place.lines),
            "details": "\n\n".join(filter(None, (card.summary, page_url))),
        }
        return "https://calendar.google.com/calendar/render?" + urlencode({k: v for k, v in fields.items() if v})

    def describe(self, here: Here) -> tuple[schemaorg.Thing]:
        return (build_event(self, here),)


def build_pages(site: Site, agenda: Agenda, mentions: Links, dossiers: Links) -> Iterator[Output | Batch]:
    """The page and the calendar of each event; what speaks of it and the dossiers on its themes are given by path.

    Events that take place once make a batch for each month. Those that come back show the surroundings of their next
    date, wherever that is: each is looked at by itself. So are the pictures to share, which the theme draws.
    """
    pages = _Pages(site, agenda, mentions, dossiers)
    for month, indexes in groupby(range(len(pages.events)), pages.month):
        together = [*indexes]
        once = [index for index in together if pages.events[index].repeat is None]
        for index in together:
            if pages.events[index].repeat:
                yield from pages.outputs(index)
        name = f"agenda {month[0]}-{month[1]:02}"
        yield Batch(name, pages.batch_key(month, together, once), partial(pages.batch, once))
    for face in pages.faces.values():
        yield from face.outputs


class _Pages:
    """The pages of all events; what many of them share (links to departments, categories, months) is made once."""

    def __init__(self, site: Site, agenda: Agenda, mentions: Links, dossiers: Links) -> None:
        self.site = site
        self.agenda = agenda
        self.mentions = mentions
        self.dossiers = dossiers
        self.keys = site.get(Keys)
        self.events = tuple(event for event in agenda.events if event.has_page)
        self.categories = {c.slug: Link(c.label, f"/agenda/categorie/{c.slug}/") for c in site.settings.categories}
        self.departments = {
            code: Link(f"{department_name(code, site)} ({code})", department_url(code)) for code in agenda.by_department
        }
        self.months = {month: month_link(month) for month in agenda.by_month}
        self.faces = build_faces(site, agenda)
        self._special = {
            event.path
            for event in self.events
            if event.text.links or event.image or event.registration or event.title in agenda.shared_titles
        }.union(self.faces, mentions, dossiers)

    def month(self, index: int) -> Month:
        """The month in which an event first begins; they are by start."""
        start = self.events[index].start
        return (start.year, start.month)

    def outputs(self, index: int) -> Iterator[Output]:
        event = self.events[index]
        view = Deferred(partial(self.key, index), partial(self.build, index))
        yield Output(event.url, Template("event.html"), view, event.path)
        yield calendars.build_single(self.site, event)

    def batch(self, indexes: Iterable[int]) -> Iterator[Output]:
        for index in indexes:
            yield from self.outputs(index)

    def batch_key(self, month: Month, together: Sequence[int], once: Iterable[int]) -> tuple[Any, ...]:
        """All that these pages are made of: what their events say, and what is around the events of the month."""
        events = [self.events[index] for index in once]
        others = [self.events[index].face for index in together if self.events[index].repeat]
        around = (self.around(together[0])[0], self.around(together[-1])[1])
        return (others, around, self.site.get(Nearby).marks(month), self.own(events))

    def own(self, events: Sequence[Event]) -> tuple[Any, ...]:
        """What the pages and the calendars of these events are made of, but for what is around them.

        In columns, which are quick to make; what only some events have stands by their path.
        """
        passing, special = self.agenda.passing, self._special
        return (
            [event.whole for event in events],
            self.keys.past(events),
            {event.path: passing[event.path] for event in events if event.path in passing},
            {event.path: self._own_of(event) for event in events if event.path in special},
        )

    def _own_of(self, event: Event) -> tuple[Any, ...]:
        face = self.faces.get(event.path, _NO_FACE)
        return (
            event.title in self.agenda.shared_titles,
            self.site.targets(event),
            self.site.picture(event),
            self.agenda.is_closed(event),
            (face.image, face.alt),
            self.mentions.get(event.path),
            self.dossiers.get(event.path),
        )

    def around(self, index: int) -> tuple[Link | None, Link | None]:
        """The events before and after that one."""
        events = self.events
        before = Link(events[index - 1].title, events[index - 1].url) if index else None
        after = Link(events[index + 1].title, events[index + 1].url) if index + 1 < len(events) else None
        return before, after

    def key(self, index: int) -> bytes:
        """A hash of all that the view of an event is made of, by the faces of what it shows: quicker than the view."""
        agenda, event = self.agenda, self.events[index]
        near = self.site.get(Nearby).entries(agenda.shown(event))
        made_of = (
            self.own((event,)),
            [entry.over <= agenda.local_now for entry in agenda.dates(event)],
            [(other.event.face, other.begins) for other in near],
            self.around(index),
        )
        return hash_value(made_of, b"")

    def build(self, index: int) -> EventView:
        site, agenda, event = self.site, self.agenda, self.events[index]
        entries, shown = agenda.dates(event), agenda.shown(event)
        first = entries[0].occurrence.start
        month = self.months[first.year, first.month]
        last = max(entries, key=_by_over) if event.repeat else shown
        before, after = self.around(index)
        coming = sorted(agenda.coming(entries), key=_by_start) if event.repeat else []
        gone = agenda.past(entries) if event.repeat else []
        return EventView(
            head=self._head(event, shown, month),
            uid=agenda.uid(event),
            card=agenda.card(shown),
            status=event.event_status,
            status_note=event.status_note,
            category=self.categories.get(event.category),
            departments=tuple(self.departments[code] for code in event.departments),
            place=shown.occurrence.place or event.place,
            online=event.online,
            organisers=event.organisers,
            partners=event.partners,
            previous_start=event.before_moved(shown.occurrence),
            timezone=event.timezone,
            dates=self._dates(coming[:DATES]),
            past_dates=self._dates(gone[:DATES]),
            later=len(coming[DATES:]),
            earlier=len(gone[DATES:]),
            past=last.over <= agenda.local_now,
            over=agenda.card(last).over,
            price=event.price,
            registration=event.registration,
            registration_closed=agenda.is_closed(event),
            closes=_closes(event),
            accessibility=event.accessibility,
            accessibility_note=event.accessibility_note,
            contact=event.contact,
            source=event.source.calendar if event.source else "",
            also=tuple(Link(source.calendar, source.url) for source in agenda.also.get(event.path, ())),
            tags=tag_links(event.tags),
            picture=picture(site, event),
            text=event.text,
            targets=site.targets(event),
            near=tuple(build_near(agenda, entry) for entry in site.get(Nearby).entries(shown)),
            mentions=self.mentions.get(event.path, ()),
            dossiers=self.dossiers.get(event.path, ()),
            history=self._history(event, last.over),
            month=month,
            calendar=f"{event.url}evenement.ics",
            previous=before,
            next=after,
        )

    def _head(self, event: Event, shown: Entry, month: Link) -> Head:
        calendar = Feed(f"{event.title} (calendrier)", f"{event.url}evenement.ics", CALENDAR)
        face = self.faces.get(event.path, _NO_FACE)
        head = document_head(self.site, event, face, (*FEEDS, calendar), (HOME, month))
        return msgspec.structs.replace(head, title=self._name(event, month), description=tell(shown))

    def _name(self, event: Event, month: Link) -> str:
        """With its day when another event is called the same: tabs and bookmarks then tell them apart."""
        is_shared = event.title in self.agenda.shared_titles
        return f"{event.title}, {french.day_number(event.start)} {month.label}" if is_shared else event.title

    def _dates(self, entries: list[Entry]) -> tuple[EventDate, ...]:
        return tuple(self._date(entry) for entry in entries)

    def _date(self, entry: Entry) -> EventDate:
        found = entry.occurrence
        return EventDate(
            start=found.start,
            end=found.end,
            all_day=found.all_day,
            status=found.event_status,
            note=found.status_note if found.status_note != entry.event.status_note else "",
            where=", ".join(found.place.lines) if found.place else "",
            original=found.original if found.original != found.start else None,
            over=self.agenda.card(entry).over,
        )

    def _history(self, event: Event, over: datetime) -> tuple[tuple[datetime, str], ...]:
        """What changed while it could still matter, latest first."""
        changes = self.site.get(Tracks).of(event).changes
        return tuple((change.moment, change.sentence) for change in reversed(changes) if change.moment < over)


def _closes(event: Event) -> str:
    closes = event.registration.closes if event.registration else None
    return closes.replace(tzinfo=ZoneInfo(event.timezone)).isoformat(timespec="minutes") if closes else ""


def _by_over(entry: Entry) -> datetime:
    return entry.over


def _by_start(entry: Entry) -> datetime:
    return entry.occurrence.start
