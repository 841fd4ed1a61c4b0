"""The key dates of a year: events of the agenda, dossiers that came out, milestones given in the report itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time

from msgspec import Struct

from plugins.agenda.model import Agenda
from plugins.dossiers.model import Dossier
from plugins.press.pictures.facts import address
from plugins.press.site import Site
from plugins.reports.milestones import Milestones

EVENT, DOSSIER, MILESTONE = "event", "dossier", "milestone"
_NOT_HELD = ("cancelled", "postponed")


class KeyDate(Struct, frozen=True, array_like=True, gc=False):
    """One key date. Times as in ``Event``: of whole days, ``end`` is the last.

    ``kind`` says what it is, ``identity`` which it is, whatever becomes of its title; ``url`` is its page or ``""``.
    """

    kind: str
    identity: str
    title: str
    start: datetime
    end: datetime | None = None
    all_day: bool = True
    departments: tuple[str, ...] = ()
    category: str = ""
    url: str = ""


def find_key_dates(site: Site, start: date, end: date, milestones: Milestones | None) -> tuple[KeyDate, ...]:
    """The key dates of a period, by start: what did not take place is none."""
    found = [*_find_events(site, start, end), *_find_launches(site), *_find_milestones(site, milestones)]
    return tuple(sorted((one for one in found if start <= one.start.date() <= end), key=by_start))


def by_start(one: KeyDate) -> tuple[datetime, bool, str, str]:
    """By start, whole days before hours; then title and identity, so that the order is the same everywhere."""
    return (one.start, not one.all_day, one.title, one.identity)


def _find_events(site: Site, start: date, end: date) -> Iterator[KeyDate]:
    """Each event once: the first of its occurrences that begins in the period."""
    agenda, seen = site.get(Agenda), set[str]()
    for year in range(start.year, end.year + 1):
        for entry in agenda.by_year.get(year, ()):
            event, one = entry.event, entry.occurrence
            in_period = start <= one.start.date() <= end
            if event.key_date and in_period and event.path not in seen and one.event_status not in _NOT_HELD:
                seen.add(event.path)
                yield KeyDate(
                    EVENT,
                    agenda.identity(event),
                    event.title,
                    one.start,
                    one.end,
                    event.all_day,
                    event.departments,
                    event.category,
                    event.address,
                )


def _find_launches(site: Site) -> Iterator[KeyDate]:
    for dossier in site.of(Dossier):
        launch = dossier.launch
        if launch:
            day = datetime.combine(dossier.date, time.min)
            yield KeyDate(
                DOSSIER,
                dossier.folder,
                launch.title,
                day,
                departments=launch.departments,
                category=launch.category,
                url=dossier.url,
            )


def _find_milestones(site: Site, milestones: Milestones | None) -> Iterator[KeyDate]:
    if milestones is None:
        return
    targets = site.targets(milestones)
    for one in milestones.milestones:
        yield KeyDate(
            MILESTONE,
            one.identity,
            one.title,
            datetime.combine(one.start, time.min),
            datetime.combine(one.end, time.min) if one.end else None,
            departments=one.departments,
            category=one.category,
            url="" if one.link is None else address(targets[one.link]),
        )
