"""How an event changed since it was first committed: what subscribers' programs and people must be told.

A change of meaning is one of start, end, place, rule or status (RFC 5545 §3.8.7.4): it raises SEQUENCE. A new
title or a typo in the text does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Literal, Self

import msgspec
from msgspec import Struct

from plugins.agenda.details import Occurrence
from plugins.agenda.model import Agenda, Event
from plugins.press import french
from plugins.press.site import Site
from plugins.press.versions import Version

Kind = Literal["new", "cancelled", "postponed", "restored", "moved", "place", "dates", "full"]


class Meaning(Struct, frozen=True, array_like=True, gc=False):
    """What a subscriber plans by."""

    start: datetime
    end: datetime | None
    all_day: bool
    timezone: str
    where: tuple[str, ...]
    status: str
    rule: str = ""
    dates: tuple[Occurrence, ...] = ()

    @property
    def when(self) -> str:
        return french.period(self.start, self.end, all_day=self.all_day)


class Change(Struct, frozen=True, array_like=True, gc=False):
    """One change, told at ``moment`` (local time of the site), in a sentence."""

    moment: datetime
    kind: Kind
    sentence: str


class Track(Struct, frozen=True, array_like=True, gc=False):
    """What the calendar properties of these names say, in local time of the site; and every change, oldest first."""

    created: datetime | None
    modified: datetime | None
    sequence: int
    changes: tuple[Change, ...] = ()


class Tracks:
    """The track of each event, looked up once a build."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._added = site.history.added
        self._tracks: dict[str, Track] = {}

    @classmethod
    def build(cls, site: Site) -> Self:
        return cls(site)

    @property
    def are_known(self) -> bool:
        """Whether any event has one: outside git none does."""
        return bool(self._added)

    def made_of(self, path: str) -> tuple[Any, ...]:
        """All that the track of the event of that path depends on, besides the event."""
        history, added = self._site.history, self._added.get(path)
        if added is None:
            return ()
        return (added, history.modified.get(path), history.versions.get(path), history.committed.get(path))

    def of(self, event: Event) -> Track:
        if event.path not in self._added:
            return _UNTRACKED
        if event.path not in self._tracks:
            self._tracks[event.path] = track(event, self._site)
        return self._tracks[event.path]


_UNTRACKED = Track(None, None, 0)


_DECODER = msgspec.msgpack.Decoder(Meaning)


def read_meaning(event: Event) -> bytes:
    """What of an event matters to those who follow it, packed."""
    place = event.place
    where = tuple(filter(None, (place.name, place.address, place.city, event.online)))
    repeat = event.repeat
    meaning = Meaning(
        event.start,
        event.end,
        event.all_day,
        event.timezone,
        where,
        event.event_status,
        repeat.rule if repeat else "",
        repeat.occurrences if repeat else (),
    )
    return msgspec.msgpack.encode(meaning)


def track(event: Event, site: Site) -> Track:
    """The event's history up to its present text, be that committed or not.

    Without a history (outside git, a new file) there is no date, and SEQUENCE is 0.
    """
    history = site.history
    created = history.added.get(event.path)
    if created is None:
        return _UNTRACKED
    modified = history.modified.get(event.path, created)
    versions = history.versions.get(event.path, ())
    if event.path in history.committed:
        versions += (Version(modified, (history.committed[event.path],), read_meaning(event)),)
    steps = [*_steps(versions)]
    changes = (Change(moment, kind, sentence) for moment, found in steps for kind, sentence in found)
    return Track(created, modified, len(steps), tuple(changes))


def _steps(versions: Iterable[Version]) -> Iterator[tuple[datetime, list[tuple[Kind, str]]]]:
    """Each change of meaning: when, and what it changed. A merge tells what is new to all its parents."""
    for version in versions:
        pasts = [_DECODER.decode(before) for before in version.before if before]
        if pasts and version.meaning:
            after = _DECODER.decode(version.meaning)
            if after not in pasts:
                told = [dict(_tell(before, after)) for before in pasts]
                yield version.moment, [(kind, told[0][kind]) for kind in told[0] if all(kind in each for each in told)]


def recent(site: Site, limit: int) -> list[tuple[Event, Change]]:
    """What changed while it could still matter, latest first: an event that was over by then is left out.

    An event is « new » when its file was first committed before it began.
    """
    agenda, tracks = site.get(Agenda), site.get(Tracks)
    if not tracks.are_known:
        return []
    found = [*_find_changes(agenda.open, agenda, tracks)]
    # what mattered to a settled event was told before that was over
    if sum(change.moment >= agenda.entries.settled.since for _, change in found) < limit:
        found = [*_find_changes(agenda.events, agenda, tracks)]
    found.sort(key=lambda pair: (pair[1].moment, pair[0].path, pair[1].kind), reverse=True)
    return found[:limit]


def _find_changes(events: Iterable[Event], agenda: Agenda, tracks: Tracks) -> Iterator[tuple[Event, Change]]:
    for event in events:
        known = tracks.of(event)
        if known.created is not None:
            over = max(entry.over for entry in agenda.dates(event))
            new = Change(known.created, "new", "Nouveau rendez-vous.")
            yield from ((event, change) for change in (new, *known.changes) if change.moment < over)


def _tell(before: Meaning, after: Meaning) -> Iterator[tuple[Kind, str]]:
    """What changed, each thing in a sentence."""
    if before.status != after.status and after.status in _STATUS:
        yield _STATUS[after.status]
    elif before.status in _STATUS and after.status not in _STATUS:
        yield "restored", "Rétabli : il aura lieu."
    if before.rule or after.rule:
        if (before.rule, before.dates) != (after.rule, after.dates):
            yield "dates", "Les dates ont changé."
    elif before.when != after.when:
        yield "moved", f"Déplacé : c'était {before.when}."
    if before.where != after.where:
        yield "place", _tell_place(before.where, after.where)


def _tell_place(before: tuple[str, ...], after: tuple[str, ...]) -> str:
    if not before:
        return f"Lieu annoncé : {', '.join(after)}."
    return f"Le lieu a changé : c'était {', '.join(before)}."


_STATUS: dict[str, tuple[Kind, str]] = {
    "cancelled": ("cancelled", "Annulé."),
    "postponed": ("postponed", "Reporté, sans nouvelle date."),
    "full": ("full", "Complet."),
    "moved-online": ("place", "Se tiendra en ligne."),
}
