"""What takes place near an event: in one of its departments, within two weeks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import datetime
from typing import Self

from msgspec import Struct

from plugins.agenda.model import Agenda, Entry
from plugins.press.site import Site

REACH, LIMIT = 14 * 86_400, 4
"""Two weeks, in seconds; and how many are told."""
_FAR = REACH + 1
_EPOCH = datetime(1970, 1, 1)


class Near(Struct, frozen=True, array_like=True, gc=False):
    """A neighbour: when, its name, its page."""

    start: datetime
    title: str
    url: str


class Nearby:
    """The entries of each department by begin, to be searched from the middle outwards: all events ask."""

    def __init__(self, site: Site) -> None:
        agenda = site.get(Agenda)
        self._moments: dict[str, list[int]] = {}
        self._entries: dict[str, list[tuple[str, Near]]] = {}
        for code, entries in agenda.by_department.items():
            found = sorted((e for e in entries if e.occurrence.event_status != "cancelled"), key=_by_begin)
            self._moments[code] = [_seconds(entry.begins) for entry in found]
            self._entries[code] = [
                (entry.event.path, Near(card.start, card.title, card.url))
                for entry, card in zip(found, agenda.cards(found), strict=True)
            ]

    @classmethod
    def build(cls, site: Site) -> Self:
        return cls(site)

    def of(self, entry: Entry) -> tuple[Near, ...]:
        """The few that begin nearest to this entry, each event once, by start."""
        moment, path = _seconds(entry.begins), entry.event.path
        nearest: dict[str, Near] = {}
        found = (near for code in entry.event.departments for near in self._nearest(code, moment, path))
        for _, other, near in sorted(found, key=_by_distance):
            nearest.setdefault(other, near)
        return tuple(sorted([*nearest.values()][:LIMIT], key=_by_start))

    def _nearest(self, code: str, moment: int, path: str) -> Iterator[tuple[int, str, Near]]:
        """The first few other events of a department: how far, its path, the neighbour; nearest first."""
        moments, entries = self._moments[code], self._entries[code]
        after = bisect_left(moments, moment)
        before, seen = after - 1, {path}
        while len(seen) <= LIMIT:
            back = moment - moments[before] if before >= 0 else _FAR
            ahead = moments[after] - moment if after < len(moments) else _FAR
            if ahead <= back:
                distance, index, after = ahead, after, after + 1
            else:
                distance, index, before = back, before, before - 1
            if distance > REACH:
                return
            other, near = entries[index]
            if other not in seen:
                seen.add(other)
                yield distance, other, near


def _seconds(moment: datetime) -> int:
    return int((moment - _EPOCH).total_seconds())


def _by_begin(entry: Entry) -> tuple[datetime, str]:
    return (entry.begins, entry.event.path)


def _by_distance(found: tuple[int, str, Near]) -> tuple[int, str]:
    return found[:2]


def _by_start(near: Near) -> tuple[datetime, str]:
    return (near.start, near.url)
