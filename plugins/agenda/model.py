"""The agenda: all events, by start, and each time they take place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from itertools import chain
from typing import Self, TypeVar
from zoneinfo import ZoneInfo

from plugins.agenda.details import Organiser, Source
from plugins.agenda.duplicates import merge_filed
from plugins.agenda.event import Department, Event, by_start
from plugins.agenda.eventcards import EventCard, build_event_card
from plugins.agenda.filing import FILING, RECENT, TAG
from plugins.agenda.organisers import find_organisers
from plugins.agenda.references import Duplicates
from plugins.agenda.timeline import Entry, Settled, Timeline, Timelines, by_occurrence, events_of, start_of
from plugins.press.documents import Document
from plugins.press.filed import Filed
from plugins.press.outputs import hash_value
from plugins.press.problems import Problem
from plugins.press.site import Site
from plugins.press.views import tag_links

__all__ = [
    "TAG",
    "Agenda",
    "Department",
    "Entry",
    "Event",
    "EventCard",
    "Identities",
    "ImportedCalendar",
    "announced",
    "by_start",
    "events_of",
    "next_change",
]
"""What other subjects know of the agenda; its own files also know where each of these comes from."""

K = TypeVar("K", str, int, tuple[int, int])


class Identities(Document, frozen=True, kw_only=True, tag="identities", gc=False):
    """The ledger of renamed files: path → the identity that its first name gave it."""

    names: tuple[tuple[str, str], ...]


class ImportedCalendar(Document, frozen=True, kw_only=True, tag="imported-calendar", gc=False):
    """A partner's calendar: ``events`` are those to show, ``waiting`` counts those that nobody approved yet."""

    events: tuple[Event, ...]
    waiting: int = 0


Marks = tuple[list[bytes], list[bool], dict[str, tuple[Source, ...]]]
"""What cards are made of, column by column: their marks, whether they are over, who else announces them (by path)."""


class Agenda:
    """All events, by start, and each time they take place: by month, year, department, category, organiser.

    ``filed`` holds the events: those that are settled are only built when they are asked for, ``open`` ones are looked
    at by every build. Of those that several announce, there is one, and ``also`` says who else announces it (by path).
    ``announced`` and ``imported`` are what is announced before that; ``former`` the first names of renamed files.
    """

    def __init__(self, site: Site) -> None:
        self.local_now = site.local_now
        self._zone = ZoneInfo(site.settings.timezone)
        self._uid_domain = site.settings.uid_domain
        self.announced = site.filed.get(Event) or Filed(FILING, site.of(Event), site.local_now)
        imported = [event for calendar in site.of(ImportedCalendar) for event in calendar.events]
        decisions = [ledger.decisions for ledger in site.of(Duplicates)]
        self.imported = tuple(imported)
        self.filed, self.also = merge_filed(self.announced, imported, *decisions)
        self.open: list[Event] = self.filed.open
        self.standing: dict[str, Entry] = {}
        """The running or next occurrence of each open event, else its last."""
        self._series: dict[str, list[Entry]] = {}
        self._settled: dict[int, Entry] = {}
        entries = self._build_entries()
        self._longest = max((entry.over - entry.begins for entry in entries), default=timedelta())
        self.entries = Timeline(entries, self._find("all"))
        self._file(entries)
        if self.filed.catalogue.is_in_memory:
            self._settle_all()
        ledger = {path: name for ledger in site.of(Identities) for path, name in ledger.names}
        self.former = {path: name.removesuffix(".md") for path, name in site.history.origins.items()} | ledger
        self._month_marks: dict[tuple[int, int], bytes] = {}
        self._cards: dict[tuple[str, datetime], EventCard] = {}

    @classmethod
    def build(cls, site: Site) -> Self:
        return cls(site)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """All of them, by start: tens of thousands, where only few may be needed."""
        settled = self.filed.documents(self.filed.settled)
        return tuple(sorted([*self.open, *settled], key=by_start)) if self.filed.settled else tuple(self.open)

    @cached_property
    def organisers(self) -> dict[str, Organiser]:
        """Who organises, or takes part, by slug: as their first event with their address names them."""
        return find_organisers(self.filed)

    @cached_property
    def shared_titles(self) -> set[str]:
        """The titles of several events."""
        titles = Counter([event.title for event in self.open])
        titles.update(self.filed.titles())
        return {title for title, count in titles.items() if count > 1}

    def _build_entries(self) -> list[Entry]:
        """The entries of all open events, by start."""
        now, here = self.local_now, self._zone.key
        once: list[Entry] = []
        for event in self.open:
            if event.repeat is None and event.timezone == here:  # as nearly all
                entry = _build_entry(event)
                once.append(entry)
            else:
                entries = sorted(self._build_series(event), key=start_of)
                entry = next((e for e in entries if e.over > now), entries[-1])
                self._series[event.path] = entries
            self.standing[event.path] = entry
        # two runs, each in order, are quickly one: events are by start already
        again = sorted(chain.from_iterable(self._series.values()), key=by_occurrence)
        return sorted(chain(once, again), key=by_occurrence) if again else once

    def _build_series(self, event: Event) -> Iterator[Entry]:
        for found in event.occurrences:
            begins, over = self._here(event, found.start), self._here(event, found.over)
            yield Entry(event, found, begins, over, event.face + begins.isoformat().encode())

    def _find(self, term: str) -> Settled:
        return Settled(self.filed.rows(term), self._settle, self.local_now - RECENT)

    def _settle(self, row: int) -> Entry:
        """The one entry of a settled event."""
        if row not in self._settled:
            self._settled[row] = _build_entry(self.filed.document(row))
        return self._settled[row]

    def _settle_all(self) -> None:
        """Make now what the pages of all events ask for: processes that render them would each make it for itself."""
        for row in self.filed.settled:
            self._settle(row)
        self.filed.row("")

    def _file(self, entries: Iterable[Entry]) -> None:
        by_year: dict[int, list[Entry]] = defaultdict(list)
        by_month: dict[tuple[int, int], list[Entry]] = defaultdict(list)
        by_department: dict[str, list[Entry]] = defaultdict(list)
        by_category: dict[str, list[Entry]] = defaultdict(list)
        by_organiser: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            event = entry.event
            by_year[entry.occurrence.start.year].append(entry)
            for month in entry.occurrence.months():
                by_month[month].append(entry)
            for department in event.departments:
                by_department[department].append(entry)
            if event.category:
                by_category[event.category].append(entry)
            for slug in dict.fromkeys(organiser.slug for organiser in event.organisers + event.partners):
                by_organiser[slug].append(entry)
        self.by_year = self._file_by("year", by_year, int)
        self.by_month = self._file_by("month", by_month, read_month)
        self.by_department = self._file_by("department", by_department, str)
        self.by_category = self._file_by("category", by_category, str)
        self.by_organiser = self._file_by("organiser", by_organiser, str)

    def _file_by(self, name: str, open_: Mapping[K, Sequence[Entry]], read: Callable[[str], K]) -> Timelines[K]:
        settled = {read(term.partition(" ")[2]): term for term in self.filed.terms(name) if self.filed.rows(term)}
        return Timelines(open_, settled, self._find)

    def carrying(self, urls: Collection[str]) -> Iterator[Event]:
        """The events that carry a tag with its page at one of these addresses, by start."""
        if not urls:
            return iter(())
        tags = (term.removeprefix(f"{TAG} ") for term in self.filed.terms(TAG))
        wanted = [tag for tag in tags if tag_links((tag,))[0].url in urls]
        return iter(self.filed.documents_of(f"{TAG} {tag}" for tag in wanted))

    def find(self, path: str) -> Event | None:
        """The event of that path."""
        if path in self.standing:
            return self.standing[path].event
        row = self.filed.row(path)
        return None if row is None else self.filed.document(row)

    def find_identity(self, identity: str) -> Event | None:
        """The event of that identity (``identity``)."""
        if identity in self._known_identities:
            return self.find(self._known_identities[identity])
        row = self.filed.row(f"{identity}.md")
        return None if row is None or f"{identity}.md" in self.former else self.filed.document(row)

    @cached_property
    def _known_identities(self) -> dict[str, str]:
        """The paths of open events and of those with another name, by their identity."""
        renamed = [event for path in self.former if path not in self.standing and (event := self.find(path))]
        return {self.identity(event): event.path for event in (*self.open, *renamed)}

    def dates(self, event: Event) -> Sequence[Entry]:
        """Each time that an event takes place, by start; none when others announce it in its place."""
        if event.path in self._series:
            return self._series[event.path]
        found = self.standing.get(event.path) or self._find_settled(event.path)
        return (found,) if found else ()

    def _find_settled(self, path: str) -> Entry | None:
        row = self.filed.row(path)
        return None if row is None else self._settle(row)

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

    def is_settled(self, event: Event) -> bool:
        """Whether it was over for long: nothing that is said of it depends on the time."""
        return max(entry.over for entry in self.dates(event)) <= self.entries.settled.since

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
        """The occurrence that stands for the event: the running or next one, else the last."""
        found = self.standing.get(event.path) or self._find_settled(event.path)
        if found is None:
            raise KeyError(event.path)
        return found

    def month_mark(self, month: tuple[int, int]) -> bytes:
        """A hash of what takes place in a month, and when."""
        found = self._month_marks.get(month)
        if found is None:
            again = [e.mark for e in self.by_month[month].open if e.event.repeat] if month in self.by_month else []
            made_of = (self.filed.tally(f"month {write_month(month)}").face, again)
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

    def passing_marks(self, entries: Timeline) -> Marks:
        """The marks of those of which the faces of their events do not say all (``passing``)."""
        now, also = self.local_now, self.also
        return self.marks([e for e in entries.open if e.over > now or e.event.repeat or e.event.path in also])

    def since(self, moment: datetime, entries: Timeline) -> list[Entry]:
        """Those that are not over at that moment, by start."""
        return entries.since(moment, self._longest)

    def coming(self, entries: Timeline, limit: int = 0) -> list[Entry]:
        """Those that are not over: running ones first, then by start; the ``limit`` first when it is not 0."""
        left = self.since(self.local_now, entries)
        left.sort(key=lambda entry: not self.is_running(entry))  # they are by start already
        return left[:limit] if limit else left

    def past(self, entries: Timeline, limit: int = 0) -> list[Entry]:
        """Those that are over, latest first; the ``limit`` latest when it is not 0."""
        return entries.before(self.local_now, limit)

    def card(self, entry: Entry) -> EventCard:
        """The occurrence's one card."""
        path, occurrence = entry.event.path, entry.occurrence
        key = (path, occurrence.original or occurrence.start)
        if key not in self._cards:
            self._cards[key] = build_event_card(entry, self.local_now, self._zone, self.also.get(path, ()))
        return self._cards[key]

    def cards(self, entries: Iterable[Entry]) -> tuple[EventCard, ...]:
        return tuple(map(self.card, entries))

    def event_cards(self, events: Iterable[Event]) -> tuple[EventCard, ...]:
        """One card for each event, of the occurrence that stands for it."""
        return tuple(self.card(self.shown(event)) for event in events)

    def next_change(self) -> datetime | None:
        """The next moment at which an event begins or is over, or one can no longer sign up for it."""
        left = self.since(self.local_now, self.entries)
        moments = [moment for entry in left for moment in (entry.begins, entry.over)]
        moments += [self._here(e, e.registration.closes) for e in self.open if e.registration and e.registration.closes]
        return min((moment for moment in moments if moment > self.local_now), default=None)

    def _here(self, event: Event, moment: datetime) -> datetime:
        """A moment of an event on the clocks of the site's own time zone."""
        if event.timezone == self._zone.key:
            return moment
        return moment.replace(tzinfo=ZoneInfo(event.timezone)).astimezone(self._zone).replace(tzinfo=None)


def _build_entry(event: Event) -> Entry:
    """The entry of an event that takes place once, in the time zone of the site."""
    only = event.occurrences[0]
    return Entry(event, only, only.start, only.over, event.face)


def write_month(month: tuple[int, int]) -> str:
    """« 2026-06 »: as terms have it (``filing``)."""
    return f"{month[0]:04}-{month[1]:02}"


def read_month(text: str) -> tuple[int, int]:
    """The month of ``write_month``."""
    return int(text[:4]), int(text[5:])


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
    agenda = site.get(Agenda)
    if site.history.is_shallow and (agenda.announced.open or agenda.announced.settled):
        yield Problem(path=site.shown_root, message=_SHALLOW, severity="warning")
    if _are_apart(agenda):
        return
    first: dict[str, Event] = {}
    for event in site.of(Event):
        identity = agenda.identity(event)
        other = first.setdefault(identity, event)
        if other is not event:
            message = (
                f"l'identité « {identity} » est déjà celle de {site.shown_root}/{other.path}. En donner une autre."
            )
            yield site.problem(event, message, field="id")


def _are_apart(agenda: Agenda) -> bool:
    """Whether each event has an identity of its own: that of a settled one is its path, if its file has no other."""
    filed, former = agenda.announced, agenda.former
    named = [event for path in former if (row := filed.row(path)) is not None for event in [filed.document(row)]]
    identities = [agenda.identity(event) for event in (*filed.open, *named)]
    taken = (f"{identity}.md" for identity in identities)
    return len({*identities}) == len(identities) and not any(
        filed.row(path) is not None and path not in former for path in taken
    )


_SHALLOW = (
    "le dépôt git est une copie sans son passé (clone superficiel) : ce qui a changé dans l'agenda n'est pas connu. "
    "Lancer « git fetch --unshallow »."
)


def next_change(site: Site) -> datetime | None:
    return site.get(Agenda).next_change()
