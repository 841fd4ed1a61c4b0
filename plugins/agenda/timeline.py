"""Each time that something takes place, by start: of open events as they are, of settled ones when they are asked for.

Those that are settled were over long ago. Nothing that looks at what is coming ever comes to them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from heapq import merge
from itertools import islice
from typing import Generic, NamedTuple, TypeVar, overload

from msgspec import Struct

from plugins.agenda.details import Occurrence
from plugins.agenda.event import Event
from plugins.agenda.filing import LONGEST

K = TypeVar("K", str, int, tuple[int, int])
_EARLIEST, _LATEST = datetime(1, 1, 1), datetime(9999, 12, 31)
APART = timedelta(days=2)
"""The clocks of two time zones are never so far apart: entries are in the order of their own."""


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


def start_of(entry: Entry) -> datetime:
    return entry.occurrence.start


def by_occurrence(entry: Entry) -> tuple[datetime, bool, str, str]:
    """By start, as ``event.by_start``."""
    event = entry.event
    return (entry.occurrence.start, not event.all_day, event.title, event.path)


def events_of(entries: Iterable[Entry]) -> list[Event]:
    """The events of these occurrences, each once, in the order of their first one."""
    return list({entry.event.path: entry.event for entry in entries}.values())


class Settled(NamedTuple):
    """Settled events by their ``rows``, in order; ``entry`` gives the one occurrence of each.

    All were over at the moment ``since``.
    """

    rows: Sequence[int]
    entry: Callable[[int], Entry]
    since: datetime

    def entries(self, rows: Iterable[int] | None = None) -> Iterator[Entry]:
        return map(self.entry, self.rows if rows is None else rows)

    def between(self, first: datetime, last: datetime) -> Iterator[Entry]:
        """Those that begin neither before nor after these moments."""
        if not self.rows or first > self.since:
            return iter(())
        begin = bisect_left(self.rows, first, key=self._start)
        return self.entries(self.rows[begin : bisect_right(self.rows, last, lo=begin, key=self._start)])

    def _start(self, row: int) -> datetime:
        return self.entry(row).occurrence.start


class Timeline(Sequence[Entry]):
    """Entries by start: ``open`` ones, and those of settled events."""

    def __init__(self, open_: Sequence[Entry], settled: Settled | None = None) -> None:
        self.open = open_
        self.settled = settled or Settled((), _refuse, _EARLIEST)

    def __len__(self) -> int:
        return len(self.open) + len(self.settled.rows)

    def __iter__(self) -> Iterator[Entry]:
        if not self.settled.rows:
            return iter(self.open)
        return merge(self.open, self.settled.entries(), key=by_occurrence)

    def __reversed__(self) -> Iterator[Entry]:
        if not self.settled.rows:
            return reversed(self.open)
        before = self.settled.entries(reversed(self.settled.rows))
        return merge(reversed(self.open), before, key=by_occurrence, reverse=True)

    @overload
    def __getitem__(self, index: int) -> Entry: ...

    @overload
    def __getitem__(self, index: slice) -> list[Entry]: ...

    def __getitem__(self, index: int | slice) -> Entry | list[Entry]:
        return [*self][index]

    def since(self, moment: datetime, longest: timedelta) -> list[Entry]:
        """Those that are not over at that moment; an open one lasts no longer than ``longest``."""
        first = bisect_left(self.open, moment - longest - APART, key=start_of)
        found = [entry for entry in self.open[first:] if entry.over > moment]
        if moment >= self.settled.since:
            return found
        before = self.settled.between(moment - LONGEST - APART, _LATEST)
        return sorted([*(entry for entry in before if entry.over > moment), *found], key=by_occurrence)

    def around(self, moment: datetime, reach: timedelta) -> list[Entry]:
        """Those that begin no further from that moment."""
        begin, end = moment - reach - APART, moment + reach + APART
        first, last = bisect_left(self.open, begin, key=start_of), bisect_right(self.open, end, key=start_of)
        found = [*self.settled.between(begin, end), *self.open[first:last]]
        return sorted((entry for entry in found if abs(entry.begins - moment) <= reach), key=by_occurrence)

    def before(self, moment: datetime, limit: int = 0) -> list[Entry]:
        """Those that are over at that moment, latest first; the ``limit`` latest when it is not 0."""
        gone = (entry for entry in reversed(self) if entry.over <= moment)
        return [*islice(gone, limit or None)]


def _refuse(row: int) -> Entry:
    raise LookupError(row)


NOTHING = Timeline(())


class Timelines(Mapping[K, Timeline], Generic[K]):
    """Timelines by what their entries have in common, in order; each made when it is asked for."""

    def __init__(
        self, open_: Mapping[K, Sequence[Entry]], settled: Mapping[K, str], find: Callable[[str], Settled]
    ) -> None:
        self._open: Mapping[K, Sequence[Entry]] = open_
        self._settled: Mapping[K, str] = settled
        self._find = find
        self._keys = sorted({*open_, *settled})
        self._made: dict[K, Timeline] = {}

    def __getitem__(self, key: K) -> Timeline:
        if key not in self._made:
            if key not in self._open and key not in self._settled:
                raise KeyError(key)
            settled = self._find(self._settled[key]) if key in self._settled else None
            self._made[key] = Timeline(self._open.get(key, ()), settled)
        return self._made[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)
