"""The pages of the years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from msgspec import Struct

from plugins.agenda.links import HOME, month_url, neighbours, year_link
from plugins.agenda.model import Agenda, Entry, EventCard
from plugins.press import french
from plugins.press.outputs import Batch, Output, Template
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


def build_years(agenda: Agenda) -> Iterator[Batch]:
    """A batch for each year, since all that most years ever were is settled."""
    years = [year_link(year) for year in agenda.by_year]
    for index, year in enumerate(agenda.by_year):
        around = neighbours(years, index)
        made_of = (around, agenda.filed.tally(f"year {year:04}").face, agenda.passing_marks(agenda.by_year[year]))
        yield Batch(f"year {year}", made_of, partial(_build_outputs, agenda, year, around))


def _build_outputs(agenda: Agenda, year: int, around: tuple[Link | None, Link | None]) -> Iterator[Output]:
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
        previous=around[0],
        next=around[1],
        calendar=calendar,
    )
    yield Output(f"/agenda/{year}/", Template("year.html"), view, "l'agenda")


def _build_year(agenda: Agenda, year: int) -> Iterator[MonthOfYear]:
    entries = [*agenda.by_year[year]]
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
