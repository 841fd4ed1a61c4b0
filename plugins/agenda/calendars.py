"""The calendars of the agenda: which there are, and which events each holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from typing import Self

from msgspec import Struct

from plugins.agenda.departments import FRENCH_DEPARTMENTS
from plugins.agenda.model import Agenda, Entry, Event, EventCard, events_of
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
        yield build_calendar(site, *calendar)


def build_single(site: Site, event: Event) -> Output:
    """The calendar of one event, to download."""
    return build_calendar(site, "", f"{event.url}evenement.ics", event.url, (event,), event.path)


def build_calendar(  # noqa: PLR0913, PLR0917 - what a calendar says of itself, and what it holds
    site: Site, name: str, url: str, page: str, events: Sequence[Event], source: str = "l'agenda"
) -> Output:
    """A calendar that holds these events."""
    key = hash_value((name, url, page, site.get(Keys).of_all(events)), b"")
    return Output(url, CALENDAR, Deferred(key, partial(_build_view, site, name, url, page, events)), source)


def _build_view(site: Site, name: str, url: str, page: str, events: Sequence[Event]) -> CalendarView:
    return CalendarView(name, url, page, tuple(defer(event, site) for event in events))


def links(site: Site) -> tuple[tuple[str, tuple[CalendarLink, ...]], ...]:
    """The calendars in groups: everything, by department, by category, by organiser, by year."""
    groups: dict[str, list[CalendarLink]] = {}
    agenda = site.get(Agenda)
    coming = _first_coming(agenda)
    for label, url, page, events in site.get(_Calendars).found:
        first = min((coming[e.path] for e in events if e.path in coming), key=_by_begin, default=None)
        group = _GROUPS.get(url.split("/")[2], "Par année")
        groups.setdefault(group, []).append(
            CalendarLink(label, url, page, len(events), agenda.card(first) if first else None)
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
    """Name, address, page and events of every calendar but those of single events: told once a build."""

    def __init__(self, site: Site) -> None:
        self.found = tuple(_all(site, site.get(Agenda)))

    @classmethod
    def build(cls, site: Site) -> Self:
        return cls(site)


def _all(site: Site, agenda: Agenda) -> Iterator[tuple[str, str, str, Sequence[Event]]]:
    settings = site.settings

    # whole days: what is published only changes at midnight, and when an event begins or is over
    midnight = datetime.combine(site.local_now, time.min)
    since, since_cancelled = (midnight - timedelta(days=days) for days in (PAST_DAYS, CANCELLED_DAYS))

    def recent(entries: Sequence[Entry]) -> list[Event]:
        return events_of(
            entry
            for entry in agenda.since(since, entries)
            if entry.over > (since_cancelled if entry.event.event_status == "cancelled" else since)
        )

    yield f"Agenda {settings.name}", "/agenda/agenda.ics", "/agenda/", recent(agenda.entries)
    for code in sorted({*settings.departments, *agenda.by_department}):
        name = settings.departments.get(code) or FRENCH_DEPARTMENTS[code]
        page = f"/agenda/departement/{code.lower()}/"
        yield f"{name} ({code})", f"{page}agenda.ics", page, recent(agenda.by_department.get(code, ()))
    for category in settings.categories:
        page = f"/agenda/categorie/{category.slug}/"
        yield category.label, f"{page}agenda.ics", page, recent(agenda.by_category.get(category.slug, ()))
    for slug, organiser in sorted(agenda.organisers.items()):
        page = f"/agenda/organisateur/{slug}/"
        yield organiser.name, f"{page}agenda.ics", page, recent(agenda.by_organiser[slug])
    for year in sorted(agenda.by_year, reverse=True):
        yield f"Agenda {year}", f"/agenda/{year}/agenda.ics", f"/agenda/{year}/", events_of(agenda.by_year[year])


CALENDAR = Function("plugins.agenda.ics:render_calendar")
