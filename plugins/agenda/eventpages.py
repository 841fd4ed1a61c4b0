"""The page of each event."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property, partial
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from plugins.agenda import calendars
from plugins.agenda.changes import Tracks
from plugins.agenda.event import Event, by_start
from plugins.agenda.eventviews import EventDate, EventView
from plugins.agenda.faces import build_faces
from plugins.agenda.links import FEEDS, HOME, Month, department_name, department_url, month_link
from plugins.agenda.model import Agenda, read_month, write_month
from plugins.agenda.nearby import Nearby, build_near
from plugins.agenda.things import tell
from plugins.agenda.timeline import Entry, Timeline, start_of
from plugins.agenda.vevents import Keys
from plugins.press import french
from plugins.press.outputs import Batch, Deferred, Output, Template, hash_value
from plugins.press.sharing import Face
from plugins.press.site import Site
from plugins.press.views import CALENDAR, Feed, Head, Link, document_head, picture, tag_links

Links = Mapping[str, tuple[Link, ...]]
"""Links for each event, by its path."""

DATES = 60
"""How many dates to come, and how many past ones, a page lists: the event's calendar holds all."""
_NO_FACE = Face()


def build_pages(site: Site, agenda: Agenda, mentions: Links, dossiers: Links) -> Iterator[Output | Batch]:
    """The page and the calendar of each event; what speaks of it and the dossiers on its themes are given by path.

    Those of the events that begin in a month make a batch. But events that come back show the surroundings of their
    next date, wherever that is: each is looked at by itself, until it is over for long. So are the pictures to share,
    which the theme draws.
    """
    pages = _Pages(site, agenda, mentions, dossiers)
    for month in pages.months:
        for event in pages.again[month]:
            if not agenda.is_settled(event):
                yield from pages.outputs(event)
        yield Batch(f"agenda {write_month(month)}", pages.batch_key(month), partial(pages.batch, month))
    for face in pages.faces.values():
        yield from face.outputs


class _Pages:
    """The pages of all events; what many of them share (links to departments, categories, months) is made once.

    ``again`` are the events that come back, by the month in which they begin.
    """

    def __init__(self, site: Site, agenda: Agenda, mentions: Links, dossiers: Links) -> None:
        self.site = site
        self.agenda = agenda
        self.mentions = mentions
        self.dossiers = dossiers
        self.keys = site.get(Keys)
        self._open: dict[Month, list[Event]] = defaultdict(list)
        for event in agenda.open:
            if event.has_page:
                self._open[event.start.year, event.start.month].append(event)
        self.again = {month: [e for e in found if e.repeat] for month, found in self._open.items()}
        self.again = defaultdict(list, self.again)
        begun = (read_month(term.partition(" ")[2]) for term in agenda.filed.terms("begins") if agenda.filed.rows(term))
        self.months = sorted({*self._open, *begun})
        self.places = {month: index for index, month in enumerate(self.months)}
        self._events: dict[Month, list[Event]] = {}
        self.categories = {c.slug: Link(c.label, f"/agenda/categorie/{c.slug}/") for c in site.settings.categories}
        self.departments = {
            code: Link(f"{department_name(code, site)} ({code})", department_url(code)) for code in agenda.by_department
        }
        self.faces = build_faces(site, agenda)
        self._special = self._find_special()
        self._special_paths = {event.path for events in self._special.values() for event in events}
        self._latest: tuple[Event | None, tuple[Link | None, Link | None]] = (None, (None, None))

    def _find_special(self) -> dict[Month, list[Event]]:
        """The events whose pages are made of more than what they say, where they are and the time, by month."""
        agenda = self.agenda
        special = {event.path: event for event in agenda.open if event.text.links or event.image or event.registration}
        for path in {*self.faces, *self.mentions, *self.dossiers} - special.keys():
            event = agenda.find(path)
            if event is not None:
                special[path] = event
        found: dict[Month, list[Event]] = defaultdict(list)
        for path in sorted(special):
            found[special[path].start.year, special[path].start.month].append(special[path])
        return found

    def events(self, month: Month) -> list[Event]:
        """Those that begin in a month, by start."""
        if month not in self._events:
            settled = self.agenda.filed.documents(self._rows(month))
            self._events[month] = sorted([*settled, *self._open.get(month, ())], key=by_start)
        return self._events[month]

    def _rows(self, month: Month) -> Sequence[int]:
        return self.agenda.filed.rows(f"begins {write_month(month)}")

    def _end(self, month: Month, which: int) -> Event:
        """The first event of a month (0), or the last one (-1), without a look at those between."""
        rows, open_ = self._rows(month), self._open.get(month, [])
        ends: list[Event] = [self.agenda.filed.document(rows[which])] if rows else []
        ends += [open_[which]] if open_ else []
        return (max if which else min)(ends, key=by_start)

    def outputs(self, event: Event) -> Iterator[Output]:
        view = Deferred(partial(self.key, event), partial(self.build, event))
        yield Output(event.url, Template("event.html"), view, event.path)
        yield calendars.build_single(self.site, event)

    def batch(self, month: Month) -> Iterator[Output]:
        for event in self.events(month):
            if event.repeat is None or self.agenda.is_settled(event):
                yield from self.outputs(event)

    def batch_key(self, month: Month) -> tuple[Any, ...]:
        """All that these pages are made of: what their events say, and what is around the events of the month."""
        agenda, nearby = self.agenda, self.site.get(Nearby)
        again = self.again[month]
        settled = [event for event in again if agenda.is_settled(event)]
        once = [event for event in self._open.get(month, ()) if event.repeat is None]
        paths = chain(map(agenda.filed.path, self._rows(month)), (event.path for event in (*once, *settled)))
        return (
            [event.face for event in again],
            [(event.whole, nearby.marks(_month_of(agenda.shown(event)))) for event in settled],
            self._around_month(month),
            nearby.marks(month),
            agenda.filed.tally(f"begins {write_month(month)}").whole,
            self.keys.past(paths),
            self._shared_titles.get(month, []),
            self.own([*once, *settled], self._special.get(month, ())),
        )

    @cached_property
    def _shared_titles(self) -> dict[Month, list[str]]:
        """The paths of events that are called like others, by the month in which they begin."""
        shared, filed = self.agenda.shared_titles, self.agenda.filed
        found: dict[Month, list[str]] = defaultdict(list)
        if shared:
            for event in self.agenda.open:
                if event.title in shared:
                    found[event.start.year, event.start.month].append(event.path)
            called = [row for row, title in zip(filed.settled, filed.titles(), strict=True) if title in shared]
            for month in self.months if called else ():
                rows = self._rows(month)
                for row in called[bisect_left(called, rows[0]) : bisect_right(called, rows[-1])] if rows else ():
                    found[month].append(filed.path(row))
        return {month: sorted(paths) for month, paths in found.items()}

    def own(self, events: Sequence[Event], special: Iterable[Event]) -> tuple[Any, ...]:
        """What the pages and the calendars of some events are made of, but for what they say and is around them.

        Most are over, and nobody else announces them: there is nothing more to say of these.
        """
        passing = self.agenda.passing
        return (
            {event.path: passing[event.path] for event in events if event.path in passing},
            {event.path: self._own_of(event) for event in special},
        )

    def _own_of(self, event: Event) -> tuple[Any, ...]:
        face = self.faces.get(event.path, _NO_FACE)
        return (
            self.site.targets(event),
            self.site.picture(event),
            self.agenda.is_closed(event),
            (face.image, face.alt),
            self.mentions.get(event.path),
            self.dossiers.get(event.path),
        )

    def _around_month(self, month: Month) -> tuple[Link | None, Link | None]:
        """The events before and after those of a month."""
        place = self.places[month]
        before = _link(self._end(self.months[place - 1], -1)) if place else None
        after = _link(self._end(self.months[place + 1], 0)) if place + 1 < len(self.months) else None
        return before, after

    def around(self, event: Event) -> tuple[Link | None, Link | None]:
        """The events before and after that one; asked for its page, then for its key."""
        if self._latest[0] is not event:
            self._latest = (event, self._find_around(event))
        return self._latest[1]

    def _find_around(self, event: Event) -> tuple[Link | None, Link | None]:
        month = (event.start.year, event.start.month)
        events = self.events(month)
        index = bisect_left(events, by_start(event), key=by_start)
        before, after = self._around_month(month) if index in {0, len(events) - 1} else (None, None)
        links = [_link(other) for other in events[max(0, index - 1) : index + 2] if other is not event]
        if index:
            before = links[0]
        if index + 1 < len(events):
            after = links[-1]
        return before, after

    def key(self, event: Event) -> bytes:
        """A hash of all that the view of an event is made of, by the faces of what it shows: quicker than the view."""
        agenda = self.agenda
        near = self.site.get(Nearby).entries(agenda.shown(event))
        made_of = (
            event.whole,
            self.keys.past((event.path,)),
            event.title in agenda.shared_titles,
            self.own((event,), (event,) if event.path in self._special_paths else ()),
            [entry.over <= agenda.local_now for entry in agenda.dates(event)],
            [(other.event.face, other.begins) for other in near],
            self.around(event),
        )
        return hash_value(made_of, b"")

    def build(self, event: Event) -> EventView:
        site, agenda = self.site, self.agenda
        entries, shown = agenda.dates(event), agenda.shown(event)
        first = entries[0].occurrence.start
        month = month_link((first.year, first.month))
        last = max(entries, key=_by_over) if event.repeat else shown
        before, after = self.around(event)
        coming = sorted(agenda.coming(Timeline(entries)), key=start_of) if event.repeat else []
        gone = agenda.past(Timeline(entries)) if event.repeat else []
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


def _link(event: Event) -> Link:
    return Link(event.title, event.url)


def _by_over(entry: Entry) -> datetime:
    return entry.over


def _month_of(entry: Entry) -> Month:
    return (entry.begins.year, entry.begins.month)
