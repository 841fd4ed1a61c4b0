"""The grid of a month: weeks from Monday to Sunday, with the days of the neighbouring months at its corners."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from msgspec import Struct

from plugins.agenda.links import Month
from plugins.agenda.model import Agenda, Entry, EventCard
from plugins.press.views import Link


class Day(Struct, frozen=True, array_like=True, gc=False):
    """A day of the grid; ``inside`` when it is of this month. Only days inside carry events.

    In a crowded month they carry a ``link`` instead, to where the events of that day are listed.
    """

    date: date
    inside: bool
    events: tuple[EventCard, ...] = ()
    link: Link | None = None


Week = tuple[Day, ...]


def days_of(agenda: Agenda, month: Month) -> dict[date, list[Entry]]:
    """The events of each day of a month; one of several days stands on each of them."""
    on: dict[date, list[Entry]] = defaultdict(list)
    for entry in agenda.by_month.get(month, ()):
        for day in entry.occurrence.days():
            if (day.year, day.month) == month:
                on[day].append(entry)
    return dict(sorted(on.items()))


def build_weeks(
    month: Month, events: Mapping[date, tuple[EventCard, ...]], links: Mapping[date, Link] = MappingProxyType({})
) -> tuple[Week, ...]:
    """The weeks of a month, with what stands on its days."""
    return tuple(
        tuple(Day(day, day.month == month[1], events.get(day, ()), links.get(day)) for day in week)
        for week in calendar.Calendar(calendar.MONDAY).monthdatescalendar(*month)
    )
