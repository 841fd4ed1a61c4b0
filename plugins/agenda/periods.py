"""The pages of the years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct

from plugins.agenda.links import HOME, month_url, neighbours, year_link
from plugins.agenda.model import Agenda, Entry, EventCard
from plugins.press import french
from plugins.press.outputs import Output, Template
from plugins.press.views import CALENDAR, Feed, Head, Link

WHOLE_YEAR, KEY_EVENTS = 130, 6
"""A year of more events than that shows only so many of each month: no page grows for ever."""


class MonthOfYear(Struct, frozen=True, array_like=True, gc=False):
    """A month in its year: all its events, or the first of its key events when ``others`` are left out."""

    month: Link
    events: tuple[EventCard, ...]
    others: int


class YearView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/year.html: the months in which something begins."""

    head: Head
    year: int
    months: tuple[MonthOfYear, ...]
    previous: Link | None
    next: Link | None
    calendar: str


def build_years(agenda: Agenda) -> Iterator[Output]:
    years = [year_link(year) for year in sorted(agenda.by_year)]
    for index, year in enumerate(sorted(agenda.by_year)):
        before, after = neighbours(years, index)
        calendar = f"/agenda/{year}/agenda.ics"
        view = YearView(
            head=Head(
                f"Agenda {year}",
                f"Tous les rendez-vous de l'année {year}.",
                (Feed(f"Agenda {year}", calendar, CALENDAR),),
                (HOME,),
            ),
            year=year,
            months=tuple(_build_year(agenda, year)),
            previous=before,
            next=after,
            calendar=calendar,
        )
        yield Output(f"/agenda/{year}/", Template("year.html"), view, "l'agenda")


def _build_year(agenda: Agenda, year: int) -> Iterator[MonthOfYear]:
    entries = agenda.by_year[year]
    months: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        months[entry.occurrence.start.month].append(entry)
    for month, found in months.items():
        shown = found if len(entries) <= WHOLE_YEAR else _key_events(found)
        link = Link(french.month(date(year, month, 1)), month_url((year, month)))
        yield MonthOfYear(link, agenda.cards(shown), len(found) - len(shown))


def _key_events(entries: Sequence[Entry]) -> list[Entry]:
    """The first of the month's key events: our own, each once."""
    first: dict[str, Entry] = {}
    for entry in entries:
        if entry.event.key_date and entry.event.source is None:
            first.setdefault(entry.event.path, entry)
            if len(first) == KEY_EVENTS:
                break
    return [*first.values()]
