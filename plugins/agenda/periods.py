"""The pages of the years and of the months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from msgspec import Struct

from plugins.agenda.links import FEEDS, HOME, Month, month_link, month_url, neighbours, year_link
from plugins.agenda.model import Agenda, Entry, EventCard
from plugins.agenda.months import Week, build_weeks
from plugins.agenda.posters import Posters
from plugins.press import french
from plugins.press.outputs import Deferred, Output, Template
from plugins.press.site import Site
from plugins.press.views import CALENDAR, Feed, Head, Link

WHOLE_YEAR, KEY_EVENTS = 400, 6
"""A year of more events than that shows only so many of each month: no page grows for ever."""
WHOLE_LIST = 60
"""A month of more events than that is not told a second time below its grid."""


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


class MonthView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/month.html: the weeks of the grid, and the same events as a list unless they are very many."""

    head: Head
    title: str
    first: date
    weeks: tuple[Week, ...]
    count: int
    events: tuple[EventCard, ...]
    previous: Link | None
    next: Link | None
    year: Link
    today: date | None
    posters: tuple[Link, ...]


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


def build_months(site: Site, agenda: Agenda) -> Iterator[Output]:
    months, posters = sorted(agenda.by_month), site.get(Posters).by_month
    links = [month_link(month) for month in months]
    for index, month in enumerate(months):
        shown = [(e.event.face, e.begins, e.over <= agenda.local_now) for e in agenda.by_month[month]]
        around = neighbours(links, index)
        made_of = (month, _today(site, month), month[0] in agenda.by_year, around, shown, month in posters)
        view = Deferred(made_of, partial(_build_month, site, agenda, month, around))
        yield Output(links[index].url, Template("month.html"), view, "l'agenda")


def _build_month(site: Site, agenda: Agenda, month: Month, around: tuple[Link | None, Link | None]) -> MonthView:
    entries, title = agenda.by_month[month], month_link(month).label
    # a year has a page when something begins in it: the end of a stay from the year before gives it none
    above = year_link(month[0]) if month[0] in agenda.by_year else HOME
    return MonthView(
        head=Head(
            f"Agenda de {title}" if title[0] not in "ao" else f"Agenda d'{title}",
            f"Les rendez-vous de {title}, jour par jour.",
            FEEDS,
            tuple(dict.fromkeys((HOME, above))),
        ),
        title=title,
        first=date(*month, 1),
        weeks=build_weeks(agenda, *month),
        count=len(entries),
        events=agenda.cards(entries) if len(entries) <= WHOLE_LIST else (),
        previous=around[0],
        next=around[1],
        year=above,
        today=_today(site, month),
        posters=site.get(Posters).links(site, month),
    )


def _today(site: Site, month: Month) -> date | None:
    """The day of the build, in its month."""
    today = site.local_now.date()
    return today if (today.year, today.month) == month else None
