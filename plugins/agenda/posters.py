"""The poster of a month in a department: one sheet for the noticeboard of the village hall, more when it is full."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Self

import msgspec
from msgspec import Struct

from plugins.agenda.links import Month, department_name, department_url, month_link, month_url
from plugins.agenda.model import Agenda, Entry
from plugins.press import french
from plugins.press.outputs import Deferred, Function, Output, Paper
from plugins.press.paper.qrcodes import draw_qr_code
from plugins.press.paper.sheets import Sheet
from plugins.press.site import Site
from plugins.press.typography import french_text
from plugins.press.views import Link

if TYPE_CHECKING:
    from plugins.press.rendering import Press

LATEST = 200
"""How many posters there are, of the latest months: what has left every noticeboard long ago is no longer printed."""
_STATUS = {
    "cancelled": "Annulé",
    "postponed": "Reporté",
    "rescheduled": "Nouvelle date",
    "moved-online": "En ligne",
    "full": "Complet",
}


class PosterEvent(Struct, frozen=True, array_like=True, gc=False):
    """An event on a poster. ``when`` is its hours, or its days when there are several; ``status`` a word."""

    title: str
    when: str
    where: str
    who: str
    price: str
    letter: str
    rank: int
    category: str
    status: str
    note: str
    is_off: bool


class PosterDay(Struct, frozen=True, array_like=True, gc=False):
    """A day and what begins on it; what began before the month stands on its first day."""

    day: date
    events: tuple[PosterEvent, ...]


class PosterView(Struct, frozen=True, array_like=True):
    """paper/poster.typ: a month in a department; ``page`` is the department's, ``calendar`` its calendar."""

    month: date
    name: str
    code: str
    days: tuple[PosterDay, ...]
    page: str
    calendar: str


class Posters:
    """The posters of the site: the occurrences of each month and department, of the latest months."""

    def __init__(self, site: Site) -> None:
        agenda = site.get(Agenda)
        self.by_month: dict[Month, dict[str, list[Entry]]] = {}
        count = 0
        for month in sorted(agenda.by_month, reverse=True) if site.settings.pdf else ():
            found: dict[str, list[Entry]] = defaultdict(list)
            for entry in agenda.by_month[month]:
                for code in entry.event.departments:
                    found[code].append(entry)
            count += len(found)
            if count > LATEST:
                break
            self.by_month[month] = dict(sorted(found.items()))

    @classmethod
    def build(cls, site: Site) -> Self:
        return cls(site)

    def links(self, site: Site, month: Month) -> tuple[Link, ...]:
        """The posters of a month, by department."""
        found = self.by_month.get(month, ())
        return tuple(Link(f"{department_name(code, site)} ({code})", poster_url(month, code)) for code in found)


def poster_url(month: Month, code: str) -> str:
    return f"{month_url(month)}affiche-{code.lower()}.pdf"


def build_posters(site: Site) -> Iterator[Output]:
    for month, departments in site.get(Posters).by_month.items():
        for code, entries in departments.items():
            made_of = (month, code, [(entry.event.face, entry.begins) for entry in entries])
            view = Deferred(made_of, partial(_build_poster, site, month, code, entries))
            yield Output(poster_url(month, code), POSTER, view, "l'agenda")


def _build_poster(site: Site, month: Month, code: str, entries: Sequence[Entry]) -> PosterView:
    first = date(*month, 1)
    days: dict[date, list[PosterEvent]] = defaultdict(list)
    for entry in entries:
        days[max(entry.occurrence.start.date(), first)].append(_build_event(site, entry))
    page = department_url(code)
    return PosterView(
        month=first,
        name=department_name(code, site),
        code=code,
        days=tuple(PosterDay(day, tuple(events)) for day, events in sorted(days.items())),
        page=page,
        calendar=f"{page}agenda.ics",
    )


def _build_event(site: Site, entry: Entry) -> PosterEvent:
    event, occurrence = entry.event, entry.occurrence
    place = occurrence.place or event.place
    where = [*place.lines] or ["En ligne" if event.online else ""]
    letters = {category.slug: category.letter for category in site.settings.categories}
    return PosterEvent(
        title=event.title,
        when=_when(entry),
        where=", ".join(filter(None, where)),
        who=french.enumerate_words([organiser.name for organiser in event.organisers]),
        price=event.price,
        letter=letters.get(event.category, ""),
        rank=site.settings.category_rank(event.category),
        category=site.settings.category_label(event.category),
        status=_STATUS.get(occurrence.event_status, ""),
        note=occurrence.status_note,
        is_off=occurrence.event_status in {"cancelled", "postponed"},
    )


def _when(entry: Entry) -> str:
    """The hours of one day; nothing for a whole day, which its date says; of several days, from when to when."""
    found = entry.occurrence
    if found.last_day != found.start.date():
        return french.period(found.start, found.end, all_day=found.all_day)
    if found.all_day:
        return ""
    begins = french.hour(found.start)
    return f"de {begins} à {french.hour(found.end)}" if found.end and found.end > found.start else f"à {begins}"


def build_sheet(view: PosterView, press: Press) -> Sheet:
    """What the template reads: words as they are printed."""
    settings = press.settings
    title = f"{month_link((view.month.year, view.month.month)).label}, {view.name}"
    data: dict[str, Any] = {
        "title": f"Agenda de {title}" if title[0] not in "ao" else f"Agenda d'{title}",
        "month": french.month(view.month),
        "year": view.month.year,
        "department": view.name,
        "code": view.code,
        "site": settings.name,
        "tagline": french_text(settings.tagline),
        "page": press.absolute(view.page).partition("://")[2].removesuffix("/"),
        "calendar": press.absolute(view.calendar),
        "days": [_day_data(day) for day in view.days],
    }
    code = draw_qr_code(press.absolute(view.calendar))
    return Sheet(data, datetime.combine(view.month, datetime.min.time()), {"qr.svg": code}, is_lenient=True)


def _day_data(day: PosterDay) -> dict[str, Any]:
    return {
        "weekday": french.weekday(day.day),
        "number": french.day_number(day.day),
        "events": [
            {
                name: french_text(value) if isinstance(value, str) else value
                for name, value in msgspec.structs.asdict(event).items()
            }
            for event in day.events
        ],
    }


POSTER = Paper("poster.typ", Function("plugins.agenda.posters:build_sheet"))
