"""The grid of a month: weeks from Monday to Sunday, with the days of the neighbouring months at its corners."""

from __future__ import annotations

import calendar
from collections import defaultdict
from datetime import date

from msgspec import Struct

from plugins.agenda.model import Agenda, EventCard


class Day(Struct, frozen=True, array_like=True, gc=False):
    """A day of the grid; ``inside`` when it is of this month. Only days inside carry events."""

    date: date
    inside: bool
    events: tuple[EventCard, ...] = ()


Week = tuple[Day, ...]


def build_weeks(agenda: Agenda, year: int, month: int) -> tuple[Week, ...]:
    """The weeks of a month; an event of several days stands on each of them."""
    on: dict[date, list[EventCard]] = defaultdict(list)
    for entry in agenda.by_month.get((year, month), ()):
        for day in entry.occurrence.days():
            if (day.year, day.month) == (year, month):
                on[day].append(agenda.card(entry))
    return tuple(
        tuple(Day(day, day.month == month, tuple(on.get(day, ()))) for day in week)
        for week in calendar.Calendar(calendar.MONDAY).monthdatescalendar(year, month)
    )
