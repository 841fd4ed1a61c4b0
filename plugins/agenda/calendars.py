"""The calendars of the agenda: which there are, and which events each holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from itertools import chain
from typing import Any, Self

from msgspec import Struct

from plugins.agenda.departments import FRENCH_DEPARTMENTS
from plugins.agenda.event import Event
from plugins.agenda.model import Agenda, EventCard
from plugins.agenda.timeline import NOTHING, Entry, Timeline, events_of
from plugins.agenda.vevents import Keys, defer
from plugins.press.outputs import Deferred, Function, Output, hash_value
from plugins.press.site import Site

PAST_DAYS, CANCELLED_DAYS = 365, 30
"""How far back the calendars to subscribe to go; whole years have their own.

A cancelled event stays as long as it may still be in somebody's mind: programs that lose it say nothing.
"""


class CalendarLink(Struct, frozen=True, array_like=True, gc=False):
    """A calendar to subscribe to: its name, address and page, how many events it holds, and which comes next."""

    label: str
    url: str
    page: str
    count: int
    next: EventCard | None


class CalendarView(Struct, frozen=True, array_like=True):
    """A calendar: its name (``""`` for one event), its address, its page, its events (``vevents.defer``)."""

    name: str
    url: str
    page: str
    events: tuple[Deferred, ...]


def build_outputs(site: Site) -> Iterator[Output]:
    """The calendars to subscribe to, and those of whole years."""
    for calendar in site.get(_Calendars).found:
        yield _build_output(calendar, site, "l'agenda")


def build_single(site: Site, event: Event) -> Output:
    """The calendar of one event, to download."""
    keys = site.get(Keys)
    calendar = _Calendar("", f"{event.url}evenement.ics", event.url, (event,), partial(keys.of_all, (event,)))
    return _build_output(calendar, site, event.path)


class _Calendar(Struct, frozen=True):
    """A calendar: ``open`` are its events but for the settled ones, which are in ``entries``, if any."""

    name: str
    url: str
    page: str
    open: Sequence[Event]
    key: Callable[[], Any]
    entries: Timeline | None = None

    @property
    def count(self) -> int:
        return len(self.open) + (len(self.entries.settled.rows) if self.entries else 0)

    def tell(self) -> bytes:
        """A hash of all that it is made of."""
        return hash_value((self.name, self.url, self.page, self.key()), b"")

    def build(self, site: Site) -> CalendarView:
        events = self.open if self.entries is None else events_of(self.entries)
        return CalendarView(self.name, self.url, self.page, tuple(defer(event, site) for event in events))


def _build_output(calendar: _Calendar, site: Site, source: str) -> Output:
    return Output(calendar.url, CALENDAR, Deferred(calendar.tell, partial(calendar.build, site)), source)


def links(site: Site) -> tuple[tuple[str, tuple[CalendarLink, ...]], ...]:
    """The calendars in groups: everything, by department, by category, by organiser, by year."""
    groups: dict[str, list[CalendarLink]] = {}
    agenda = site.get(Agenda)
    coming = _first_coming(agenda)
    for calendar in site.get(_Calendars).found:
        first = min(
            (coming[event.path] for event in calendar.open if event.path in coming), key=_by_begin, default=None
        )
        group = _GROUPS.get(calendar.url.split("/")[2], "Par année")
        card = agenda.card(first) if first else None
        groups.setdefault(group, []).append(
            CalendarLink(calendar.name, calendar.url, calendar.page, calendar.count, card)
        )
    return tuple((group, tuple(found)) for group, found in groups.items())


def _first_coming(agenda: Agenda) -> dict[str, Entry]:
    """What a subscriber will see first of each event: its next date to begin that is not cancelled."""
    first: dict[str, Entry] = {}
    for entry in agenda.since(agenda.local_now, agenda.entries):
        if entry.begins > agenda.local_now and entry.occurrence.event_status != "cancelled":
            first.setdefault(entry.event.path, entry)
    return first


def _by_begin(entry: Entry) -> tuple[datetime, str]:
    return (entry.begins, entry.event.path)


_GROUPS = {
    "agenda.ics": "Tout l'agenda",
    "departement": "Par département",
    "categorie": "Par catégorie",
    "organisateur": "Par organisateur",
}


class _Calendars:
    """Every calendar but those of single events: told once a build."""

    def __init__(self, site: Site) -> None:
        self._agenda = site.get(Agenda)
        self._keys = site.get(Keys)
        # whole days: what is published only changes at midnight, and when an event begins or is over
        midnight = datetime.combine(site.local_now, time.min)
        self._since, self._since_cancelled = (midnight - timedelta(days) for days in (PAST_DAYS, CANCELLED_DAYS))
        self.found = (*self._to_subscribe(site), *map(self._build_year, reversed([*self._agenda.by_year])))

    @classmethod
    def build(cls, site: Site) -> Self:
        return cls(site)

    def _to_subscribe(self, site: Site) -> Iterator[_Calendar]:
        agenda, settings = self._agenda, site.settings
        yield self._build(f"Agenda {settings.name}", "/agenda/", agenda.entries)
        for code in sorted({*settings.departments, *agenda.by_department}):
            name = settings.departments.get(code) or FRENCH_DEPARTMENTS[code]
            page = f"/agenda/departement/{code.lower()}/"
            yield self._build(f"{name} ({code})", page, agenda.by_department.get(code, NOTHING))
        for category in settings.categories:
            page = f"/agenda/categorie/{category.slug}/"
            yield self._build(category.label, page, agenda.by_category.get(category.slug, NOTHING))
        for slug, organiser in agenda.organisers.items():
            yield self._build(organiser.name, f"/agenda/organisateur/{slug}/", agenda.by_organiser[slug])

    def _build(self, name: str, page: str, entries: Timeline) -> _Calendar:
        since, since_cancelled = self._since, self._since_cancelled
        recent = events_of(
            entry
            for entry in self._agenda.since(since, entries)
            if entry.over > (since_cancelled if entry.event.event_status == "cancelled" else since)
        )
        return _Calendar(name, f"{page}agenda.ics", page, recent, partial(self._keys.of_all, recent))

    def _build_year(self, year: int) -> _Calendar:
        """All that begins in a year: of the settled events, their tally says what they are."""
        entries, page = self._agenda.by_year[year], f"/agenda/{year}/"
        found = events_of(entries.open)
        key = partial(self._tell_year, year, found, entries)
        return _Calendar(f"Agenda {year}", f"{page}agenda.ics", page, found, key, entries)

    def _tell_year(self, year: int, found: Sequence[Event], entries: Timeline) -> tuple[Any, ...]:
        filed = self._agenda.filed
        again = self._keys.of_all([event for event in found if event.repeat or event.image])
        paths = chain(map(filed.path, entries.settled.rows), (event.path for event in found))
        return (filed.tally(f"year {year:04}").face, again, self._keys.past(paths))


CALENDAR = Function("plugins.agenda.ics:render_calendar")
