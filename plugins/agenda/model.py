"""An event: something that takes place on days or at hours, somewhere, announced before and remembered after."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from itertools import chain
from typing import Self
from zoneinfo import ZoneInfo

from msgspec import Struct

from plugins.agenda import fields
from plugins.agenda.details import (
    Contact,
    Occurrence,
    Organiser,
    Place,
    Registration,
    Repeat,
    Source,
)
from plugins.agenda.duplicates import merge
from plugins.agenda.references import Duplicates
from plugins.press.documents import Document
from plugins.press.outputs import hash_value
from plugins.press.problems import Problem
from plugins.press.site import Site

Department = fields.Department
"""The code of a department, as an editor writes it."""


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
    def has_page(self) -> bool:
        """Whether it has a page here: an imported event has it at its source, when that has an address."""
        return not (self.source and self.source.url)

    @property
    def address(self) -> str:
        """Its page: here, or at its source."""
        return self.source.url if self.source and self.source.url else self.url

    @property
    def occurrences(self) -> tuple[Occurrence, ...]:
        """Each time that it takes place, by start: once, unless it repeats."""
        if self.repeat:
            return self.repeat.occurrences
        return (Occurrence(self.start, self.end, self.all_day, self.event_status, self.status_note),)

    def before_moved(self, occurrence: Occurrence) -> datetime | None:
        """When an occurrence that was moved should have begun (midnight: that day); None for the others."""
        if occurrence.event_status != "rescheduled":
            return None
        return self.previous_start if occurrence.original in {None, occurrence.start} else occurrence.original


class Identities(Document, frozen=True, kw_only=True, tag="identities", gc=False):
    """The ledger of renamed files: path → the identity that its first name gave it."""

    names: tuple[tuple[str, str], ...]


class ImportedCalendar(Document, frozen=True, kw_only=True, tag="imported-calendar", gc=False):
    """A partner's calendar: ``events`` are those to show, ``waiting`` counts those that nobody approved yet."""

    events: tuple[Event, ...]
    waiting: int = 0


class Entry(Struct, frozen=True, gc=False):
    """One occurrence in the agenda; ``begins`` and ``over`` on the clocks of the site's own time zone.

    ``mark`` is all that its card is made of, but for what time and others do to it: the face of the event, which says
    when it takes place; and of one that comes back, which of its dates this is.
    """

    event: Event
    occurrence: Occurrence
    begins: datetime
    over: datetime
    mark: bytes


class EventCard(Struct, frozen=True, array_like=True, gc=False):
    """What lists show of an occurrence. ``end`` is the last day for all-day events, else the hour it ends or None.

    ``url`` leads to the event's page, or to its source's when it is an imported one; ``source`` is then its name.
    ``begins`` and ``over`` are when it begins and is past, in ISO 8601 with the offset of the site's own time zone:
    programs compare them, and browsers with the visitor's clock.
    """

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
    over: str
    source: str
    begins: str


Marks = tuple[list[bytes], list[bool], dict[str, tuple[Source, ...]]]
"""What cards are made of, column by column: their marks, whether they are over, who else announces them (by path)."""


class Agenda:
    """All events, by start, and each time they take place: by month, year, department, category, organiser.

    ``announced`` are the events of all files; of those that several announce, ``events`` has one, and ``also`` says
    who else announces it (by path). ``former`` are the first names of files that were renamed.
    """

    def __init__(self, site: Site) -> None:
        self.local_now = site.local_now
        self._zone = ZoneInfo(site.settings.timezone)
        self._uid_domain = site.settings.uid_domain
        imported = (event for calendar in site.of(ImportedCalendar) for event in calendar.events)
        self.announced = tuple(sorted((*site.of(Event), *imported), key=by_start))
        merged = merge(self.announced, *(ledger.decisions for ledger in site.of(Duplicates)))
        self.events, self.also = merged.events, merged.also
        titles = Counter([event.title for event in self.events])
        self.shared_titles = {title for title, count in titles.items() if count > 1}
        self.standing: dict[str, Entry] = {}
        self._series: dict[str, list[Entry]] = {}
        self.entries = self._build_entries()
        self.by_year: dict[int, list[Entry]] = defaultdict(list)
        self.by_month: dict[tuple[int, int], list[Entry]] = defaultdict(list)
        self.by_department: dict[str, list[Entry]] = defaultdict(list)
        self.by_category: dict[str, list[Entry]] = defaultdict(list)
        self.by_organiser: dict[str, list[Entry]] = defaultdict(list)
        self.organisers: dict[str, Organiser] = {}
        self._file()
        self._file_organisers()
        self._longest = max((entry.over - entry.begins for entry in self.entries), default=timedelta())
        ledger = {path: name for ledger in site.of(Identities) for path, name in ledger.names}
        self.former = {path: name.removesuffix(".md") for path, name in site.history.origins.items()} | ledger
        self._month_marks: dict[tuple[int, int], bytes] = {}
        self._cards: dict[tuple[str, datetime], EventCard] = {}

    @classmethod
    def build(cls, site: Site) -> Self:
        return cls(site)

    def _build_entries(self) -> tuple[Entry, ...]:
        """The entries of all events, by start. For each event the running or next one stands, else the last."""
        now, here = self.local_now, self._zone.key
        once: list[Entry] = []
        for event in self.events:
            if event.repeat is None and event.timezone == here:  # as nearly all
                only = event.occurrences[0]
                entry = Entry(event, only, only.start, only.over, event.face)
                once.append(entry)
            else:
                entries = sorted(self._build_series(event), key=_start)
                entry = next((e for e in entries if e.over > now), entries[-1])
                self._series[event.path] = entries
            self.standing[event.path] = entry
        # two runs, each in order, are quickly one: events are by start already
        again = sorted(chain.from_iterable(self._series.values()), key=_by_occurrence)
        return tuple(sorted(chain(once, again), key=_by_occurrence) if again else once)

    def _build_series(self, event: Event) -> Iterator[Entry]:
        for found in event.occurrences:
            begins, over = self._here(event, found.start), self._here(event, found.over)
            yield Entry(event, found, begins, over, event.face + begins.isoformat().encode())

    def _file(self) -> None:
        """In one loop, which tens of thousands of entries go through at each build."""
        by_year, by_month = self.by_year, self.by_month
        by_department, by_category = self.by_department, self.by_category
        year = month = 0
        of_year: list[Entry] = []
        of_month: list[Entry] = []
        for entry in self.entries:
            event, start, end = entry.event, entry.occurrence.start, entry.occurrence.end
            if start.month != month or start.year != year:  # they are by start
                year, month = start.year, start.month
                of_year, of_month = by_year[year], by_month[year, month]
            of_year.append(entry)
            if end is None or (end.month == month and end.year == year):
                of_month.append(entry)
            else:
                for touched in entry.occurrence.months():
                    by_month[touched].append(entry)
            for department in event.departments:
                by_department[department].append(entry)
            if event.category:
                by_category[event.category].append(entry)

    def _file_organisers(self) -> None:
        by_organiser, organisers = self.by_organiser, self.organisers
        for entry in self.entries:
            event = entry.event
            for organiser in event.organisers + event.partners if event.partners else event.organisers:
                slug = organiser.slug
                known = organisers.setdefault(slug, organiser)
                if organiser.url and not known.url:
                    organisers[slug] = organiser
                held = by_organiser[slug]
                if not held or held[-1] is not entry:
                    held.append(entry)

    def dates(self, event: Event) -> Sequence[Entry]:
        """Each time that an event takes place, by start; none when others announce it in its place."""
        if event.path in self._series:
            return self._series[event.path]
        return (self.standing[event.path],) if event.path in self.standing else ()

    def identity(self, event: Event) -> str:
        """What makes it the same event for subscribers: its ``id``, else the first name of its file.

        The first name comes from the ledger (``identities``), else from git, which may not be there.
        """
        former = self.former.get(event.path)
        return former if former and event.id == event.path.removesuffix(".md") else event.id

    def uid(self, event: Event) -> str:
        """Its identity with the site's, for calendars and data: it survives a new title, date, file name or address."""
        return f"{self.identity(event)}@{self._uid_domain}"

    def begins(self, event: Event) -> datetime:
        """Its first start on the clocks of the site's own time zone."""
        return self._here(event, event.start)

    def is_past(self, event: Event) -> bool:
        """Whether its last occurrence is over."""
        return max(entry.over for entry in self.dates(event)) <= self.local_now

    def is_closed(self, event: Event) -> bool:
        """Whether it is too late to sign up."""
        closes = event.registration.closes if event.registration else None
        return closes is not None and self._here(event, closes) <= self.local_now

    def is_running(self, entry: Entry) -> bool:
        return entry.begins <= self.local_now < entry.over

    @cached_property
    def passing(self) -> dict[str, tuple[bytes, bool, tuple[Source, ...]]]:
        """What of the occurrence that stands for an event is not in the event's face, by path.

        Most took place once, are over, and nobody else announces them: there is nothing more to say of these.
        """
        now, also, series = self.local_now, self.also, self._series
        return {
            path: (entry.mark, entry.over <= now, also.get(path, ()))
            for path, entry in self.standing.items()
            if entry.over > now or path in series or path in also
        }

    def shown(self, event: Event) -> Entry:
        """The occurrence that stands for the event."""
        return self.standing[event.path]

    def month_mark(self, month: tuple[int, int]) -> bytes:
        """A hash of what takes place in a month, and when."""
        found = self._month_marks.get(month)
        if found is None:
            made_of = [entry.mark for entry in self.by_month.get(month, ())]
            found = self._month_marks[month] = hash_value(made_of, b"")
        return found

    def marks(self, entries: Sequence[Entry]) -> Marks:
        """All that the cards of these occurrences are made of, quicker to tell than the cards."""
        now, also = self.local_now, self.also
        return (
            [entry.mark for entry in entries],
            [entry.over <= now for entry in entries],
            {entry.event.path: also[entry.event.path] for entry in entries if entry.event.path in also} if also else {},
        )

    def since(self, moment: datetime, entries: Sequence[Entry]) -> Iterator[Entry]:
        """Those that are not over at that moment. What began longer ago than anything lasts is not looked at."""
        first = bisect_left(entries, moment - self._longest - _APART, key=_start)
        return (entry for entry in entries[first:] if entry.over > moment)

    def around(self, moment: datetime, reach: timedelta, entries: Sequence[Entry]) -> list[Entry]:
        """Those that begin no further from that moment."""
        first = bisect_left(entries, moment - reach - _APART, key=_start)
        last = bisect_right(entries, moment + reach + _APART, key=_start)
        return [entry for entry in entries[first:last] if abs(entry.begins - moment) <= reach]

    def coming(self, entries: Sequence[Entry], limit: int = 0) -> list[Entry]:
        """Those that are not over: running ones first, then by start; the ``limit`` first when it is not 0."""
        left = [*self.since(self.local_now, entries)]
        left.sort(key=lambda entry: not self.is_running(entry))  # they are by start already
        return left[:limit] if limit else left

    def past(self, entries: Sequence[Entry], limit: int = 0) -> list[Entry]:
        """Those that are over, latest first; the ``limit`` latest when it is not 0."""
        gone = []
        for entry in reversed(entries):
            if entry.over <= self.local_now:
                gone.append(entry)
                if len(gone) == limit:
                    break
        return gone

    def card(self, entry: Entry) -> EventCard:
        """The occurrence's one card."""
        event, occurrence = entry.event, entry.occurrence
        key = (event.path, occurrence.original or occurrence.start)
        if key not in self._cards:
            self._cards[key] = EventCard(
                url=event.address,
                title=event.title,
                summary=event.summary,
                start=occurrence.start,
                end=occurrence.end,
                all_day=event.all_day,
                city=(occurrence.place or event.place).city,
                departments=event.departments,
                category=event.category,
                status=occurrence.event_status,
                status_note=occurrence.status_note,
                past=entry.over <= self.local_now,
                over=self._aware(entry.over),
                source=", ".join(self._sources(event)),
                begins=self._aware(entry.begins),
            )
        return self._cards[key]

    def _aware(self, here: datetime) -> str:
        return here.replace(tzinfo=self._zone).isoformat(timespec="minutes")

    def _sources(self, event: Event) -> Iterator[str]:
        """The calendars that an event of partners comes from; ours needs none."""
        if event.source:
            yield event.source.calendar
            yield from (source.calendar for source in self.also.get(event.path, ()))

    def cards(self, entries: Iterable[Entry]) -> tuple[EventCard, ...]:
        return tuple(map(self.card, entries))

    def event_cards(self, events: Iterable[Event]) -> tuple[EventCard, ...]:
        """One card for each event, of the occurrence that stands for it."""
        return tuple(self.card(self.shown(event)) for event in events)

    def next_change(self) -> datetime | None:
        """The next moment at which an event begins or is over, or one can no longer sign up for it."""
        left = self.since(self.local_now, self.entries)
        moments = [moment for entry in left for moment in (entry.begins, entry.over)]
        moments += [
            self._here(e, e.registration.closes) for e in self.events if e.registration and e.registration.closes
        ]
        return min((moment for moment in moments if moment > self.local_now), default=None)

    def _here(self, event: Event, moment: datetime) -> datetime:
        """A moment of an event on the clocks of the site's own time zone."""
        if event.timezone == self._zone.key:
            return moment
        return moment.replace(tzinfo=ZoneInfo(event.timezone)).astimezone(self._zone).replace(tzinfo=None)


_APART = timedelta(days=2)
"""The clocks of two time zones are never so far apart: entries are in the order of their own."""


def _start(entry: Entry) -> datetime:
    return entry.occurrence.start


def by_start(event: Event) -> tuple[datetime, bool, str, str]:
    """By start, whole days before hours; then title and path, so that the order is the same everywhere."""
    return (event.start, not event.all_day, event.title, event.path)


def _by_occurrence(entry: Entry) -> tuple[datetime, bool, str, str]:
    event = entry.event
    return (entry.occurrence.start, not event.all_day, event.title, event.path)


def events_of(entries: Iterable[Entry]) -> list[Event]:
    """The events of these occurrences, each once, in the order of their first one."""
    return list({entry.event.path: entry.event for entry in entries}.values())


def announced(event: Event, site: Site) -> datetime | None:
    """When the event was announced: its ``date``, else the earlier of its start and its file's first commit.

    None for a coming event of unknown commit: its feed item then carries no date (content-model.md).
    """
    if event.date is not None:
        return event.date
    begins = site.get(Agenda).begins(event)
    commit = site.history.added.get(event.path)
    if commit is not None:
        return min(commit, begins)
    return begins if begins <= site.local_now else None


def check(site: Site) -> Iterator[Problem]:
    """Two events with one identity would be one for subscribers, and a change of the one would hide the other."""
    if site.history.is_shallow and site.of(Event):
        yield Problem(path=site.shown_root, message=_SHALLOW, severity="warning")
    agenda = site.get(Agenda)
    identities = [agenda.identity(event) if agenda.former else event.id for event in site.of(Event)]
    if len({*identities}) == len(identities):
        return
    first: dict[str, Event] = {}
    for identity, event in zip(identities, site.of(Event), strict=True):
        other = first.setdefault(identity, event)
        if other is not event:
            message = (
                f"l'identité « {identity} » est déjà celle de {site.shown_root}/{other.path}. En donner une autre."
            )
            yield site.problem(event, message, field="id")


_SHALLOW = (
    "le dépôt git est une copie sans son passé (clone superficiel) : ce qui a changé dans l'agenda n'est pas connu. "
    "Lancer « git fetch --unshallow »."
)


def next_change(site: Site) -> datetime | None:
    return site.get(Agenda).next_change()
