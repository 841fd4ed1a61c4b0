"""What takes place near an event: in one of its departments, within two weeks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Self

from msgspec import Struct

from plugins.agenda.links import Month
from plugins.agenda.model import Agenda, Entry
from plugins.press.site import Site

DAYS, LIMIT = 14, 4
_AROUND_MONTH = timedelta(days=DAYS + 17)
"""How far from the middle of a month there may be what is near to a moment of it."""


class Near(Struct, frozen=True, array_like=True, gc=False):
    """A neighbour: its day, its name, its page."""

    start: datetime
    title: str
    url: str


class Nearby:
    """The entries of a department around a month by begin, to be searched from the middle outwards."""

    def __init__(self, site: Site) -> None:
        self._agenda = site.get(Agenda)
        self._found: dict[tuple[str, Month], tuple[list[Entry], list[datetime]]] = {}
        self._latest: tuple[Entry | None, list[Entry]] = (None, [])

    @classmethod
    def build(cls, site: Site) -> Self:
        return cls(site)

    def marks(self, month: Month) -> tuple[bytes, ...]:
        """Hashes of all that may be near an event of that month, whatever the time zone in which it begins.

        What is near begins within two weeks, so in one of these three months by any clock.
        """
        first = date(*month, 1)
        around = (first - timedelta(days=1), first, first + timedelta(days=31))
        return tuple(self._agenda.month_mark((day.year, day.month)) for day in around)

    def entries(self, entry: Entry) -> list[Entry]:
        """The few that begin nearest to this entry, each event once, by begin; asked for its page, then for its key."""
        if self._latest[0] is not entry:
            self._latest = (entry, self._find(entry))
        return self._latest[1]

    def _find(self, entry: Entry) -> list[Entry]:
        codes = entry.event.departments
        if len(codes) == 1:
            return sorted(self._first(codes[0], entry), key=_by_begin)
        nearest: dict[str, Entry] = {}
        found = (near for code in codes for near in self._first(code, entry))
        for near in sorted(found, key=lambda near: (abs(near.begins - entry.begins), _by_begin(near))):
            nearest.setdefault(near.event.path, near)
        return sorted([*nearest.values()][:LIMIT], key=_by_begin)

    def _first(self, code: str, entry: Entry) -> Iterator[Entry]:
        """The first few other events of a department, nearest first."""
        seen = {entry.event.path}
        for near in _outwards(*self._around(code, entry.begins), entry.begins):
            if near.event.path not in seen:
                yield near
                seen.add(near.event.path)
                if len(seen) > LIMIT:
                    return

    def _around(self, code: str, moment: datetime) -> tuple[list[Entry], list[datetime]]:
        """What is in a department around the month of that moment, and when each begins: only looked for when asked."""
        month = (moment.year, moment.month)
        if (code, month) not in self._found:
            near = self._agenda.by_department[code].around(datetime(*month, 15), _AROUND_MONTH)
            entries = sorted((e for e in near if e.occurrence.event_status != "cancelled"), key=attrgetter("begins"))
            self._found[code, month] = entries, [entry.begins for entry in entries]
        return self._found[code, month]


def build_near(agenda: Agenda, entry: Entry) -> Near:
    card = agenda.card(entry)
    return Near(card.start, card.title, card.url)


def _outwards(entries: Sequence[Entry], begins: Sequence[datetime], middle: datetime) -> Iterator[Entry]:
    """The entries within reach of that moment, nearest first."""
    reach = timedelta(days=DAYS)
    after = bisect_left(begins, middle)
    before = after - 1
    while True:
        back = middle - begins[before] if before >= 0 else timedelta.max
        ahead = begins[after] - middle if after < len(begins) else timedelta.max
        if min(back, ahead) > reach:
            return
        if ahead <= back:
            yield entries[after]
            after += 1
        else:
            yield entries[before]
            before -= 1


def _by_begin(entry: Entry) -> tuple[datetime, str]:
    return (entry.begins, entry.event.path)
