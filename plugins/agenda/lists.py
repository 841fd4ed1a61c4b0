"""The pages of what is coming: the whole agenda, a department, a category, an organiser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from msgspec import Struct

from plugins.agenda.links import DATA, FEEDS, HOME, department_name, department_url, month_link, year_link
from plugins.agenda.model import Agenda, EventCard
from plugins.agenda.timeline import NOTHING, Entry, Timeline
from plugins.agenda.upcoming import Group, build_groups
from plugins.press.outputs import Deferred, Output, Template, hash_value
from plugins.press.site import Site
from plugins.press.views import CALENDAR, Feed, Head, Link

COMING, MONTHS = 60, 24
"""How many coming events a list shows, and how many of the months that follow it leads to: no page grows for ever."""
PAST, PAST_BESIDE = 20, 6
"""How many past events stand in when nothing is coming, and how many are recalled below what is."""


class Filter(Struct, frozen=True, array_like=True, gc=False):
    """One way to narrow the agenda: ``current`` on its own page. ``code`` finds a department on the map."""

    label: str
    url: str
    count: int
    current: bool = False
    code: str = ""


class AgendaView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/agenda.html: what is coming; ``months`` lead on from where the list ends."""

    head: Head
    title: str
    lead: str
    groups: tuple[Group, ...]
    months: tuple[Link, ...]
    past: tuple[EventCard, ...]
    departments: tuple[Filter, ...]
    categories: tuple[Filter, ...]
    years: tuple[Link, ...]
    calendar: str
    website: str
    built: date


def department_filters(site: Site, coming: Sequence[Entry] = ()) -> list[Filter]:
    """The departments of the region, each with how many of these it has."""
    counts = {code: sum(code in entry.event.departments for entry in coming) for code in site.settings.departments}
    return [
        Filter(f"{code} {name}", department_url(code), counts[code], code=code)
        for code, name in site.settings.departments.items()
    ]


def build_lists(site: Site, agenda: Agenda) -> Iterator[Output]:
    lists = _Lists(site, agenda)
    yield lists.output("/agenda/", "Agenda", "Les rendez-vous de l'économie solidaire en région.", agenda.entries)
    for code in sorted({*site.settings.departments, *agenda.by_department}):
        name = department_name(code, site)
        entries = agenda.by_department.get(code, NOTHING)
        lead = f"Les rendez-vous dans le département {name}."
        yield lists.output(department_url(code), f"{name} ({code})", lead, entries)
    for category in site.settings.categories:
        entries = agenda.by_category.get(category.slug, NOTHING)
        lead = f"Les rendez-vous de la catégorie « {category.label} »."
        yield lists.output(f"/agenda/categorie/{category.slug}/", category.label, lead, entries)
    for slug, organiser in agenda.organisers.items():
        entries = agenda.by_organiser[slug]
        lead = f"Les rendez-vous auxquels {organiser.name} prend part."
        yield lists.output(f"/agenda/organisateur/{slug}/", organiser.name, lead, entries, organiser.url)


class _Lists:
    """What the lists of coming events share."""

    def __init__(self, site: Site, agenda: Agenda) -> None:
        self.agenda = agenda
        self.today = site.local_now.date()
        self.years = tuple(year_link(year) for year in sorted(agenda.by_year, reverse=True))
        coming = agenda.coming(agenda.entries)
        self.departments = department_filters(site, coming)
        self.categories = [
            Filter(c.label, f"/agenda/categorie/{c.slug}/", sum(entry.event.category == c.slug for entry in coming))
            for c in site.settings.categories
        ]
        self._shared = (self.today, self.years, self.departments, self.categories)

    def output(self, url: str, title: str, lead: str, entries: Timeline, website: str = "") -> Output:
        agenda = self.agenda
        coming = agenda.coming(entries)
        shown, months = coming[:COMING], _months(coming[COMING:])
        past = agenda.past(entries, PAST_BESIDE if coming else PAST)
        running = [agenda.is_running(entry) for entry in shown]
        made_of = (url, title, lead, website, agenda.marks(shown), running, months, agenda.marks(past), self._shared)
        build = partial(self._build, url, title, lead, shown, months, past, website)
        return Output(url, Template("agenda.html"), Deferred(hash_value(made_of, b""), build), "l'agenda")

    def _build(  # noqa: PLR0913, PLR0917 - what a list shows
        self,
        url: str,
        title: str,
        lead: str,
        coming: Sequence[Entry],
        months: tuple[Link, ...],
        past: Sequence[Entry],
        website: str,
    ) -> AgendaView:
        agenda, calendar, whole = self.agenda, f"{url}agenda.ics", url == "/agenda/"
        feeds = (*FEEDS, DATA) if whole else (Feed(f"{title} (calendrier)", calendar, CALENDAR),)
        return AgendaView(
            head=Head(title if whole else f"Agenda : {title}", lead, feeds, () if whole else (HOME,)),
            title=title,
            lead=lead,
            groups=build_groups(agenda, coming),
            months=months,
            past=agenda.cards(past),
            departments=_mark(self.departments, url),
            categories=_mark(self.categories, url),
            years=self.years,
            calendar=calendar,
            website=website,
            built=self.today,
        )


def _months(entries: Sequence[Entry]) -> tuple[Link, ...]:
    """The first months in which these begin."""
    months = dict.fromkeys((entry.occurrence.start.year, entry.occurrence.start.month) for entry in entries)
    return tuple(map(month_link, [*months][:MONTHS]))


def _mark(filters: list[Filter], url: str) -> tuple[Filter, ...]:
    return tuple(Filter(f.label, f.url, f.count, f.url == url, f.code) for f in filters)
