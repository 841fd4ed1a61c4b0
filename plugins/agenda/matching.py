"""Which announcements are one event.

Two announcements are the same event when they have the same title (``titles``), the same town and the same day; of
two that are not, one at least is imported. Besides:

- titles that differ a little are the same when day and town are: the same words in another order or number, or one
  word more in a title of at least four. Never a number: « Séance 1 » is not « Séance 2 »;
- an empty town is any town, but only for equal titles, and only when no two towns announce that title that day;
- hours more than three apart are two sessions; so are any two hours in the calendar of one partner;
- a series is in another one when four of five of its days are: a partner's ten dates are never hidden behind one.

What people decided comes first: ``same`` whatever the above says, and what is in ``different`` is merged by ``same``
only. Events of our own are never merged into anything: each is a file that somebody wrote.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from plugins.agenda.references import Decisions, group, refer
from plugins.agenda.titles import Title, read_title, read_town, singular

if TYPE_CHECKING:
    from plugins.agenda.model import Event

WORDS = 4
"""From so many words on, one word more does not make it another title; below, it says what is different."""
MANY_WORDS = 20
"""A title of more is only ever the same as an equal one: looking for its likes would take long."""
SHARED = 0.8
"""How much of the days of a series must be in another one."""
APART = 180
"""Minutes between two starts from which they are two sessions, not two ways to say when one begins."""


class Entry(Struct, eq=False, frozen=True):
    """An event as it is compared: the ``words`` of its title but those of its town, and each set of one less.

    ``unit`` is what people said is one event; ``minute`` is when it begins, None for all day.
    ``apart``: people said that it differs from another, so nothing is merged into or out of it but by their word.
    """

    event: Event
    title: Title
    words: frozenset[str]
    shorter: tuple[frozenset[str], ...]
    town: str
    days: frozenset[date]
    minute: int | None
    unit: str
    apart: bool
    rank: tuple[int, int, str]

    @property
    def calendar(self) -> str:
        return self.event.source.calendar if self.event.source else ""


def _days(event: Event) -> frozenset[date]:
    """The days on which it begins, on the clocks of its place."""
    if event.repeat is None:
        return frozenset((event.start.date(),))
    return frozenset(occurrence.start.date() for occurrence in event.occurrences)


def read_entries(events: Sequence[Event], decisions: Decisions) -> Iterator[Entry]:
    """The events that may be merged: those that people name, and those with another one on a day in their town."""
    groups = group(decisions)
    apart = {groups.get(name, name) for names in decisions.different for name in names}
    crowd = _Crowd(events)
    for event in events:
        days = crowd.days(event)
        name = refer(event) if groups or apart else ""
        if days or name in groups:
            title, town = read_title(event.title), read_town(event.place.city)
            words = title.words.difference(map(singular, town.split())) if town else title.words
            yield Entry(
                event=event,
                title=title,
                words=words,
                shorter=tuple(_one_less(words)) if town else (),
                town=town,
                days=days,
                minute=None if event.all_day else event.start.hour * 60 + event.start.minute,
                unit=groups.get(name, event.path),
                apart=groups.get(name, name) in apart,
                rank=_rank(event),
            )


def _one_less(words: frozenset[str]) -> Iterator[frozenset[str]]:
    """The words of a long enough title, each time without another one that is no number."""
    if WORDS < len(words) <= MANY_WORDS:
        for word in words:
            if not word.isdecimal():
                yield words - {word}


class _Crowd:
    """How many events and how many imported ones there are on each day in each town; all towns are ``None``."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._guests: Counter[tuple[date, str | None]] = Counter()
        self._all: Counter[tuple[date, str | None]] = Counter()
        for event in events:
            town = read_town(event.place.city)
            spots = [spot for day in _days(event) for spot in ((day, town), (day, None))]
            self._all.update(spots)
            if event.source:
                self._guests.update(spots)

    def days(self, event: Event) -> frozenset[date]:
        """The days on which there is another event that may be this one; all of an imported one that has some."""
        days, town = _days(event), read_town(event.place.city)
        met = {day for day in days if self._meets(day, town)}
        return days if event.source and met else frozenset(met)

    def _meets(self, day: date, town: str) -> bool:
        """Beside an event without a town all towns count: whether it is anywhere depends on them."""
        spot = (day, town if town and not self._all[day, ""] else None)
        return self._guests[spot] > 0 and self._all[spot] > 1


def _rank(event: Event) -> tuple[int, int, str]:
    origin = 0 if event.source is None else 1 + event.source.aggregator
    place = event.place
    details = (event.summary, event.end, event.url, event.online, event.price, event.registration, event.contact)
    where = (place.name, place.address, place.postcode, place.city, place.lat, place.access)
    more = (event.image, event.category, event.departments, event.tags, event.accessibility)
    return (origin, -sum(bool(value) for value in (*details, *where, *more)), event.path)


def by_rank(entry: Entry) -> tuple[int, int, str]:
    return entry.rank


class Step:
    """One pass over the entries, best first: each goes into a kept one that it is the same as, else is kept."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._units: dict[str, list[Entry]] = defaultdict(list)
        self._towns: dict[tuple[date, str], set[str]] = defaultdict(set)
        self._equal: dict[tuple[date, str], list[Entry]] = defaultdict(list)
        self._alike: dict[tuple[date, str, frozenset[str]], list[Entry]] = defaultdict(list)
        self._longer: dict[tuple[date, str, frozenset[str]], list[Entry]] = defaultdict(list)
        for entry in entries:
            self._units[entry.unit].append(entry)
            if entry.town:
                for day in entry.days:
                    self._towns[day, entry.title.key].add(entry.town)

    def run(self) -> dict[Entry, Entry]:
        """Which entry goes into which."""
        into: dict[Entry, Entry] = {}
        for unit in self._units.values():
            kept = [entry for entry in unit if entry.event.source is None]
            rest = unit[len(kept) :]  # ours come first
            winner = kept[0] if kept else self._find(rest)
            if winner is None:
                winner, rest, kept = rest[0], rest[1:], rest[:1]
            for entry in kept:
                self._keep(entry)
            into.update(dict.fromkeys(rest, winner))
        return into

    def _keep(self, entry: Entry) -> None:
        for day in entry.days:
            self._equal[day, entry.title.key].append(entry)
            if entry.town and entry.words:
                self._alike[day, entry.town, entry.words].append(entry)
                for words in entry.shorter:
                    self._longer[day, entry.town, words].append(entry)

    def _find(self, unit: Sequence[Entry]) -> Entry | None:
        """The kept entry that one of the unit is the same as."""
        if any(entry.apart for entry in unit):
            return None
        return next((found for entry in unit if (found := self._match(entry))), None)

    def _match(self, entry: Entry) -> Entry | None:
        shared: dict[Entry, int] = {}
        for day in entry.days:
            for other in self._candidates(entry, day):
                shared[other] = shared.get(other, 0) + 1
        if not shared:
            return None
        enough = SHARED * len(entry.days)
        fits = [other for other, days in shared.items() if days >= enough and _agree_in_hours(entry, other)]
        return min(
            fits,
            key=lambda other: (other.title.key != entry.title.key, _minutes_between(entry, other), other.rank),
            default=None,
        )

    def _candidates(self, entry: Entry, day: date) -> set[Entry]:
        """The kept entries of that day whose title and town say the same."""
        town, found = entry.town, set[Entry]()
        if equal := self._equal.get((day, entry.title.key)):
            is_anywhere = len(self._towns.get((day, entry.title.key), ())) < 2
            found.update(e for e in equal if e.town == town or (is_anywhere and not (town and e.town)))
        if town and entry.words:
            found.update(self._alike.get((day, town, entry.words), ()))
            found.update(self._longer.get((day, town, entry.words), ()))
            for words in entry.shorter:
                found.update(self._alike.get((day, town, words), ()))
        return found


def _agree_in_hours(entry: Entry, other: Entry) -> bool:
    if entry.calendar == other.calendar:
        return entry.minute == other.minute
    return _minutes_between(entry, other) <= APART


def _minutes_between(entry: Entry, other: Entry) -> int:
    """0 when one of them says no hour."""
    return abs(entry.minute - other.minute) if entry.minute is not None and other.minute is not None else 0
