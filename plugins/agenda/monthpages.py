"""The pages of the months: a grid, and beside it or in its place a list, whatever there is in a month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any

from msgspec import Struct

from plugins.agenda.links import FEEDS, HOME, Month, month_link, neighbours, year_link
from plugins.agenda.model import Agenda, Entry, EventCard
from plugins.agenda.months import Week, build_weeks, days_of
from plugins.agenda.posters import Posters
from plugins.press import french
from plugins.press.outputs import Batch, Deferred, Output, Template
from plugins.press.site import Site
from plugins.press.views import Head, Link

WHOLE_LIST = 36
"""A month of more events than that is not told a second time below its grid."""
CROWDED, ON_PAGE = 100, 72
"""A month with more than that in its grid has numbers there, and its days in a list of so many events a page."""


class ListedDay(Struct, frozen=True, array_like=True, gc=False):
    """A day of a crowded month, or what of it stands on one page: ``goes_on`` when it began on the page before."""

    date: date
    events: tuple[EventCard, ...]
    goes_on: bool


class MonthView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/month.html: the weeks of the grid, and the same events as a list unless they are very many.

    A crowded month lists its ``days`` page by page; ``older`` and ``newer`` are the pages around. ``goes_by``: it has
    days or events that are not over yet.
    """

    head: Head
    title: str
    first: date
    weeks: tuple[Week, ...]
    count: int
    events: tuple[EventCard, ...] = ()
    days: tuple[ListedDay, ...] = ()
    older: Link | None = None
    newer: Link | None = None
    previous: Link | None
    next: Link | None
    year: Link
    today: date | None
    goes_by: bool
    posters: tuple[Link, ...] = ()


def build_months(site: Site, agenda: Agenda) -> Iterator[Batch]:
    months = [*agenda.by_month]
    links = [month_link(month) for month in months]
    for index, month in enumerate(months):
        pages = _Month(site, agenda, month, neighbours(links, index))
        yield Batch(f"month {month[0]}-{month[1]:02}", pages.key(), pages.outputs)


class _Month:
    """The pages of a month: one, unless it is crowded."""

    def __init__(self, site: Site, agenda: Agenda, month: Month, around: tuple[Link | None, Link | None]) -> None:
        self.agenda = agenda
        self.month = month
        self.previous, self.next = around
        self.link = month_link(month)
        self.entries = agenda.by_month[month]
        # a year has a page when something begins in it: the end of a stay from the year before gives it none
        self.above = year_link(month[0]) if month[0] in agenda.by_year else HOME
        today = site.local_now.date()
        self.today = today if (today.year, today.month) == month else None
        self.is_over = (today.year, today.month) > month
        self.posters = site.get(Posters).links(site, month)
        self._around = (month, self.today, self.is_over, self.above, around, self.posters)

    def outputs(self) -> Iterator[Output]:
        days = days_of(self.agenda, self.month)
        listed = [(day, entry) for day, entries in days.items() for entry in entries]
        if len(listed) <= CROWDED:
            view = Deferred(self.key(), partial(self._build_whole, days))
            yield Output(self.link.url, Template("month.html"), view, "l'agenda")
            return
        starts = range(0, len(listed), ON_PAGE)
        pages = [Link(f"Page {number}", self._page_url(number)) for number, _ in enumerate(starts, 1)]
        links = dict(self._day_links(days, pages))
        for index, start in enumerate(starts):
            part = listed[start : start + ON_PAGE]
            goes_on = start > 0 and listed[start - 1][0] == part[0][0]
            made_of = (self._around, index, len(pages), goes_on, links, [day for day, _ in part])
            key = (made_of, self.agenda.marks([entry for _, entry in part]))
            view = Deferred(key, partial(self._build_page, part, pages, index, links, goes_on=goes_on))
            yield Output(pages[index].url, Template("month.html"), view, "l'agenda")

    def key(self) -> tuple[Any, ...]:
        """All that the pages of the month are made of."""
        return (self._around, self.agenda.month_mark(self.month), self.agenda.passing_marks(self.entries))

    def _page_url(self, number: int) -> str:
        return self.link.url if number == 1 else f"{self.link.url}page/{number}/"

    def _day_links(self, days: Mapping[date, Sequence[Entry]], pages: Sequence[Link]) -> Iterator[tuple[date, Link]]:
        """Where each day begins in the list, under how many events it has."""
        before = 0
        for day, entries in days.items():
            label = french.plural(len(entries), "rendez-vous", "rendez-vous")
            yield day, Link(label, f"{pages[before // ON_PAGE].url}#_le-{day.day}")
            before += len(entries)

    def _build_whole(self, days: Mapping[date, Sequence[Entry]]) -> MonthView:
        agenda, entries = self.agenda, self.entries
        events = {day: agenda.cards(found) for day, found in days.items()}
        return self._build(
            self.link.label,
            (HOME, self.above),
            build_weeks(self.month, events),
            events=agenda.cards(entries) if len(entries) <= WHOLE_LIST else (),
        )

    def _build_page(
        self,
        part: Sequence[tuple[date, Entry]],
        pages: Sequence[Link],
        index: int,
        links: Mapping[date, Link],
        *,
        goes_on: bool,
    ) -> MonthView:
        days = tuple(
            ListedDay(day, self.agenda.cards(entry for _, entry in found), goes_on and day == part[0][0])
            for day, found in groupby(part, key=itemgetter(0))
        )
        older, newer = neighbours(pages, index)
        title = f"{self.link.label}, page {index + 1} sur {len(pages)}" if index else self.link.label
        crumbs = (HOME, self.above, self.link) if index else (HOME, self.above)
        weeks = build_weeks(self.month, {}, links)
        return self._build(title, crumbs, weeks, days=days, older=older, newer=newer)

    def _build(self, title: str, crumbs: tuple[Link, ...], weeks: tuple[Week, ...], **values: Any) -> MonthView:
        name = self.link.label
        return MonthView(
            head=Head(
                f"Agenda de {title}" if title[0] not in "ao" else f"Agenda d'{title}",
                f"Les rendez-vous de {name}, jour par jour.",
                FEEDS,
                tuple(dict.fromkeys(crumbs)),
            ),
            title=title,
            first=date(*self.month, 1),
            weeks=weeks,
            count=len(self.entries),
            previous=self.previous,
            next=self.next,
            year=self.above,
            today=self.today,
            goes_by=not self.is_over or any(entry.over > self.agenda.local_now for entry in self.entries.open),
            posters=self.posters,
            **values,
        )
