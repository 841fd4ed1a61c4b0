"""One event that several announce is shown once, with all who announce it. ``matching`` says which are one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec
from msgspec import Struct

from plugins.agenda.details import Organiser, Source
from plugins.agenda.event import Event, by_start
from plugins.agenda.matching import Entry, Step, by_rank, read_entries
from plugins.agenda.references import Decisions
from plugins.press.documents import with_face
from plugins.press.filed import Filed

_NONE = Decisions()


class Merged(Struct, frozen=True):
    """What is left, in the given order; ``into`` says where the others went, ``also`` who else announces (by path)."""

    events: tuple[Event, ...]
    into: Mapping[str, str]
    also: Mapping[str, tuple[Source, ...]]


class Announced(NamedTuple):
    """The events of all files, each once; ``also`` says who else announces it, by path."""

    filed: Filed
    also: Mapping[str, tuple[Source, ...]]


def merge(events: Sequence[Event], decisions: Decisions = _NONE) -> Merged:
    """Show each event once: our own entry, else a partner's, else an aggregator's; of equals the fullest, then by path.

    The order of the events does not matter, and merging again changes nothing.
    """
    if not any(event.source for event in events):
        return Merged(tuple(events), {}, {})
    entries = sorted(read_entries(events, decisions), key=by_rank)
    into: dict[Entry, Entry] = {}
    left = entries
    while step := Step(left).run():
        into = {loser: step.get(winner, winner) for loser, winner in into.items()} | step
        left = [entry for entry in left if entry not in into]
    losers: dict[str, list[Event]] = defaultdict(list)
    for entry in entries:  # best first
        if entry in into:
            losers[into[entry].event.path].append(entry.event)
    gone = {loser.event.path: winner.event.path for loser, winner in into.items()}
    kept = [event for event in events if event.path not in gone]
    also = {event.path: _other_sources(event, losers[event.path]) for event in kept if event.path in losers}
    return Merged(
        events=tuple(_with_organisers(event, losers.get(event.path, ())) for event in kept),
        into=gone,
        also={path: sources for path, sources in also.items() if sources},
    )


def merge_filed(filed: Filed, imported: Sequence[Event], decisions: Decisions = _NONE) -> Announced:
    """``merge`` of all events on file and these: of the settled ones, only those that may be one with a guest."""
    guests = [event for event in (*filed.open, *imported) if event.source]
    if not guests:
        return Announced(filed, {})
    months = {f"begins {one.start.year:04}-{one.start.month:02}" for guest in guests for one in guest.occurrences}
    rows = {row for month in months for row in filed.rows(month)}
    rows |= {
        row for names in (*decisions.same, *decisions.different) for row in map(filed.row, names) if row is not None
    }
    settled = {event.path: event for event in filed.documents(sorted(rows))}
    merged = merge(sorted([*filed.open, *imported, *settled.values()], key=by_start), decisions)
    apart = (event for event in merged.events if event.path in merged.also or settled.get(event.path) is not event)
    return Announced(filed.exchange(apart), merged.also)


def _with_organisers(event: Event, losers: Sequence[Event]) -> Event:
    """With those whom only the others name."""
    known = {organiser.slug for organiser in event.organisers + event.partners}
    more: dict[str, Organiser] = {}
    for organiser in (organiser for loser in losers for organiser in loser.organisers):
        if organiser.slug not in known:
            more.setdefault(organiser.slug, organiser)
    return with_face(msgspec.structs.replace(event, organisers=(*event.organisers, *more.values()))) if more else event


def _other_sources(winner: Event, losers: Iterable[Event]) -> tuple[Source, ...]:
    """Who else announces it, each calendar once."""
    own = winner.source.calendar if winner.source else ""
    found: dict[str, Source] = {}
    for source in (loser.source for loser in losers):
        if source and source.calendar != own:
            found.setdefault(source.calendar, source)
    return tuple(found.values())
