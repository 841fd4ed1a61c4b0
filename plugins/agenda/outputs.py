"""The pages of the agenda: coming, by year, month, department, category, organiser, and each event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from msgspec import Struct

from plugins.agenda import calendars
from plugins.agenda.calendars import CalendarLink
from plugins.agenda.departments import FRENCH_DEPARTMENTS
from plugins.agenda.details import Contact, Organiser, Place, Registration
from plugins.agenda.model import Agenda, Entry, Event, EventCard
from plugins.agenda.months import Week, build_weeks
from plugins.press import french
from plugins.press.documents import Text
from plugins.press.outputs import Output, Template
from plugins.press.site import Site
from plugins.press.views import CALENDAR, Feed, Head, Link, Picture, feed_pair, picture, tag_links

FEEDS = (
    *feed_pair("L'agenda", "/flux/agenda"),
    Feed("L'agenda (calendrier)", "/agenda/agenda.ics", CALENDAR),
)
HOME = Link("Agenda", "/agenda/")
RECENT, COMING = 20, 120
"""How many past events a list of coming ones recalls, and how many coming ones it shows: no page grows for ever."""


class Filter(Struct, frozen=True, array_like=True, gc=False):
    """One way to narrow the agenda: ``current`` on its own page."""

    label: str
    url: str
    count: int
    current: bool = False


class AgendaView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/agenda.html: what is coming, whole or narrowed to a department, a category or an organiser."""

    head: Head
    title: str
    lead: str
    coming: tuple[EventCard, ...]
    past: tuple[EventCard, ...]
    departments: tuple[Filter, ...]
    categories: tuple[Filter, ...]
    years: tuple[Link, ...]
    calendar: str
    website: str
    built: date


class YearView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/year.html: ``months`` are those with events, each with its cards."""

    head: Head
    year: int
    months: tuple[tuple[Link, tuple[EventCard, ...]], ...]
    previous: Link | None
    next: Link | None
    calendar: str


class MonthView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/month.html: the weeks of the grid, and the same events as a list."""

    head: Head
    title: str
    first: date
    weeks: tuple[Week, ...]
    events: tuple[EventCard, ...]
    previous: Link | None
    next: Link | None
    year: Link
    today: date | None


class EventView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/event.html"""

    head: Head
    card: EventCard
    category: Link | None
    departments: tuple[Link, ...]
    place: Place
    online: str
    organisers: tuple[Organiser, ...]
    partners: tuple[Organiser, ...]
    previous_start: datetime | None
    price: str
    registration: Registration | None
    registration_closed: bool
    accessibility: tuple[str, ...]
    accessibility_note: str
    contact: Contact | None
    source: Link | None
    tags: tuple[Link, ...]
    picture: Picture | None
    text: Text
    targets: tuple[str, ...]
    month: Link
    calendar: str
    previous: Link | None
    next: Link | None

    @property
    def when(self) -> str:
        """« jeudi 9 mars 2017, de 18 h 30 à 20 h »; written when the page is, not for every build."""
        return french.period(self.card.start, self.card.end, all_day=self.card.all_day)


class SubscriptionsView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/subscriptions.html: every calendar that one can subscribe to."""

    head: Head
    groups: tuple[tuple[str, tuple[CalendarLink, ...]], ...]


def build_outputs(site: Site) -> Iterator[Output]:
    agenda = site.get(Agenda)
    yield from _build_lists(site, agenda)
    yield from _build_years(agenda)
    yield from _build_months(site, agenda)
    views = _EventViews(site, agenda)
    for index, event in enumerate(agenda.events):
        yield Output(event.url, Template("event.html"), views.build(index), event.path)
    yield from calendars.build_outputs(site)
    yield _build_subscriptions(site)


def department_name(code: str, site: Site) -> str:
    return site.settings.departments.get(code) or FRENCH_DEPARTMENTS[code]


def _build_lists(site: Site, agenda: Agenda) -> Iterator[Output]:
    lists = _Lists(site, agenda)
    yield lists.output("/agenda/", "Agenda", "Les rendez-vous de l'économie solidaire en région.", agenda.entries)
    for code in sorted({*site.settings.departments, *agenda.by_department}):
        name = department_name(code, site)
        yield lists.output(
            f"/agenda/departement/{code.lower()}/",
            f"{name} ({code})",
            f"Les rendez-vous dans le département {name}.",
            agenda.by_department.get(code, ()),
        )
    for category in site.settings.categories:
        entries = agenda.by_category.get(category.slug, ())
        yield lists.output(
            f"/agenda/categorie/{category.slug}/",
            category.label,
            f"Les rendez-vous de la catégorie « {category.label} ».",
            entries,
        )
    for slug, organiser in sorted(agenda.organisers.items()):
        yield lists.output(
            f"/agenda/organisateur/{slug}/",
            organiser.name,
            f"Les rendez-vous auxquels {organiser.name} prend part.",
            agenda.by_organiser[slug],
            organiser.url,
        )


class _Lists:
    """What the lists of coming events share."""

    def __init__(self, site: Site, agenda: Agenda) -> None:
        self.site = site
        self.agenda = agenda
        self.years = tuple(Link(str(year), f"/agenda/{year}/") for year in sorted(agenda.by_year, reverse=True))
        coming = agenda.coming(agenda.entries)
        self.departments = [
            Filter(
                f"{code} {name}",
                f"/agenda/departement/{code.lower()}/",
                sum(code in entry.event.departments for entry in coming),
            )
            for code, name in site.settings.departments.items()
        ]
        self.categories = [
            Filter(c.label, f"/agenda/categorie/{c.slug}/", sum(entry.event.category == c.slug for entry in coming))
            for c in site.settings.categories
        ]

    def output(self, url: str, title: str, lead: str, entries: Sequence[Entry], website: str = "") -> Output:
        agenda = self.agenda
        calendar = f"{url}agenda.ics"
        whole = url == "/agenda/"
        feeds = FEEDS if whole else (Feed(f"{title} (calendrier)", calendar, CALENDAR),)
        view = AgendaView(
            head=Head(title if whole else f"Agenda : {title}", lead, feeds, () if whole else (HOME,)),
            title=title,
            lead=lead,
            coming=agenda.cards(agenda.coming(entries, COMING)),
            past=agenda.cards(agenda.past(entries, RECENT)),
            departments=_mark(self.departments, url),
            categories=_mark(self.categories, url),
            years=self.years,
            calendar=calendar,
            website=website,
            built=self.site.local_now.date(),
        )
        return Output(url, Template("agenda.html"), view, "l'agenda")


def _mark(filters: list[Filter], url: str) -> tuple[Filter, ...]:
    return tuple(Filter(f.label, f.url, f.count, current=f.url == url) for f in filters)


def _build_years(agenda: Agenda) -> Iterator[Output]:
    years = sorted(agenda.by_year)
    for index, year in enumerate(years):
        months = sorted({entry.occurrence.start.month for entry in agenda.by_year[year]})
        groups = tuple(
            (
                Link(french.month(date(year, month, 1)), f"/agenda/{year}/{month:02}/"),
                agenda.cards(
                    entry
                    for entry in agenda.by_month[year, month]
                    if (entry.occurrence.start.year, entry.occurrence.start.month) == (year, month)
                ),
            )
            for month in months
        )
        view = YearView(
            head=Head(
                f"Agenda {year}",
                f"Tous les rendez-vous de l'année {year}.",
                (Feed(f"Agenda {year}", f"/agenda/{year}/agenda.ics", CALENDAR),),
                (HOME,),
            ),
            year=year,
            months=groups,
            previous=_year_link(years, index - 1),
            next=_year_link(years, index + 1),
            calendar=f"/agenda/{year}/agenda.ics",
        )
        yield Output(f"/agenda/{year}/", Template("year.html"), view, "l'agenda")


def _year_link(years: list[int], index: int) -> Link | None:
    return Link(str(years[index]), f"/agenda/{years[index]}/") if 0 <= index < len(years) else None


def _build_months(site: Site, agenda: Agenda) -> Iterator[Output]:
    months = sorted(agenda.by_month)
    today = site.local_now.date()
    for index, (year, month) in enumerate(months):
        first = date(year, month, 1)
        title = french.month_year(first)
        # a year has a page when something begins in it: the end of a stay from the year before gives it none
        above = Link(str(year), f"/agenda/{year}/") if year in agenda.by_year else HOME
        view = MonthView(
            head=Head(
                f"Agenda de {title}" if title[0] not in "ao" else f"Agenda d'{title}",
                f"Les rendez-vous de {title}, jour par jour.",
                FEEDS,
                tuple(dict.fromkeys((HOME, above))),
            ),
            title=title,
            first=first,
            weeks=build_weeks(agenda, year, month),
            events=agenda.cards(agenda.by_month[year, month]),
            previous=_month_link(months, index - 1),
            next=_month_link(months, index + 1),
            year=above,
            today=today if (today.year, today.month) == (year, month) else None,
        )
        yield Output(f"/agenda/{year}/{month:02}/", Template("month.html"), view, "l'agenda")


def _month_link(months: list[tuple[int, int]], index: int) -> Link | None:
    if not 0 <= index < len(months):
        return None
    year, month = months[index]
    return Link(french.month_year(date(year, month, 1)), f"/agenda/{year}/{month:02}/")


class _EventViews:
    """The views of all events; what many of them share (links to departments, categories, months) is made once."""

    def __init__(self, site: Site, agenda: Agenda) -> None:
        self.site = site
        self.agenda = agenda
        self.links = tuple(Link(event.title, event.url) for event in agenda.events)
        self.categories = {c.slug: Link(c.label, f"/agenda/categorie/{c.slug}/") for c in site.settings.categories}
        self.departments = {
            code: Link(f"{department_name(code, site)} ({code})", f"/agenda/departement/{code.lower()}/")
            for code in agenda.by_department
        }
        self.months = {
            (year, month): Link(french.month_year(date(year, month, 1)), f"/agenda/{year}/{month:02}/")
            for year, month in agenda.by_month
        }

    def build(self, index: int) -> EventView:
        site, event = self.site, self.agenda.events[index]
        first = self.agenda.by_event[event.path][0].occurrence.start
        month = self.months[first.year, first.month]
        return EventView(
            head=Head(self._name(event, month), event.summary, FEEDS, (HOME, month), site.image_url(event)),
            card=self.agenda.card(self.agenda.shown(event)),
            category=self.categories.get(event.category),
            departments=tuple(self.departments[code] for code in event.departments),
            place=event.place,
            online=event.online,
            organisers=event.organisers,
            partners=event.partners,
            previous_start=event.previous_start,
            price=event.price,
            registration=event.registration,
            registration_closed=self.agenda.is_closed(event),
            accessibility=event.accessibility,
            accessibility_note=event.accessibility_note,
            contact=event.contact,
            source=Link(event.source.calendar, event.source.url) if event.source else None,
            tags=tag_links(event.tags),
            picture=picture(site, event),
            text=event.text,
            targets=site.targets(event),
            month=month,
            calendar=f"{event.url}evenement.ics",
            previous=self.links[index - 1] if index else None,
            next=self.links[index + 1] if index + 1 < len(self.links) else None,
        )

    def _name(self, event: Event, month: Link) -> str:
        """With its day when another event is called the same: tabs and bookmarks then tell them apart."""
        alone = self.agenda.titles[event.title] == 1
        return event.title if alone else f"{event.title}, {french.day_number(event.start)} {month.label}"


def _build_subscriptions(site: Site) -> Output:
    head = Head("S'abonner à l'agenda", "Chaque calendrier, son adresse et comment s'y abonner.", FEEDS, (HOME,))
    return Output(
        "/agenda/abonnements/",
        Template("subscriptions.html"),
        SubscriptionsView(head=head, groups=calendars.links(site)),
        "l'agenda",
    )
