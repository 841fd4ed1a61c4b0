"""Before announcing: what else takes place that day, and whether people are on holiday.

Said of our own events that are still to come, once: of two of ours, at the one announced last. An event in the same
department or with a common tag is named; of a new file that says neither yet, every event of its days is. What is
cancelled or postponed takes nobody's place, and what lasts longer than a week counts on its first day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from plugins.agenda.daysoff import public_holidays, school_holidays
from plugins.agenda.model import Agenda, Entry, Event, announced
from plugins.press import french
from plugins.press.problems import Problem
from plugins.press.site import Site
from plugins.press.slugs import build_slug

NAMED = 3
"""How many are named; the others are counted."""
LONG = timedelta(days=7)
_FREE = frozenset({"cancelled", "postponed"})
_LAST = datetime(9999, 12, 31)


def advise(site: Site, path: str = "") -> Iterator[Problem]:
    """What to think about before announcing the coming events of our own, or only the one at ``path``."""
    agenda = site.get(Agenda)
    left = agenda.since(site.local_now, agenda.entries)
    coming = [entry for entry in left if entry.occurrence.event_status not in _FREE]
    ours: dict[str, list[Entry]] = defaultdict(list)
    for entry in coming:
        is_told = entry.event.source is None and path in {"", entry.event.path}
        if is_told and entry.begins > site.local_now:
            ours[entry.event.path].append(entry)
    neighbours = _Neighbours(site, coming if ours else ())
    for entries in ours.values():
        event = entries[0].event
        days = list(dict.fromkeys(day for entry in entries for day in _days(entry)))
        found = neighbours.find(event, days, is_new=bool(path))
        for message in (_tell_neighbours(found, days), *_tell_holidays(site, days)):
            if message:
                yield site.problem(event, message, field="start", warning=True)


class _Neighbours:
    """The coming events by day, and by what makes two of them rivals: a department, a tag."""

    def __init__(self, site: Site, entries: Iterable[Entry]) -> None:
        self._site = site
        self._by_day: dict[tuple[date, str], dict[str, Event]] = defaultdict(dict)
        for entry in entries:
            for day in _days(entry):
                for topic in ("", *_topics(entry.event)):
                    self._by_day[day, topic][entry.event.path] = entry.event

    def find(self, event: Event, days: Sequence[date], *, is_new: bool) -> dict[str, tuple[date, Event]]:
        """The rivals of an event that were announced before it, each with the first day on which they meet."""
        topics = _topics(event) or ([""] if is_new else [])
        rivals: dict[str, tuple[date, Event]] = {}
        order = self._order(event)
        for day in days:
            on_day = {path: other for topic in topics for path, other in self._by_day.get((day, topic), {}).items()}
            for other in sorted(on_day.values(), key=lambda other: (other.start, other.title, other.path)):
                if other.path != event.path and (is_new or self._order(other) < order):
                    rivals.setdefault(other.path, (day, other))
        return rivals

    def _order(self, event: Event) -> tuple[bool, datetime, str]:
        """What others announce is there already; then by announcement, what is not committed yet last."""
        return (event.source is None, announced(event, self._site) or _LAST, event.path)


def _topics(event: Event) -> list[str]:
    return [*event.departments, *(f"#{build_slug(tag)}" for tag in event.tags)]


def _days(entry: Entry) -> list[date]:
    days = list(entry.occurrence.days())
    return days if len(days) <= LONG.days else days[:1]


def _tell_neighbours(found: dict[str, tuple[date, Event]], days: Sequence[date]) -> str:
    if not found:
        return ""
    names = []
    for day, other in list(found.values())[:NAMED]:
        where = (other.place.city, french.full_day(day) if len(days) > 1 else "")
        beside = ", ".join(filter(None, where))
        names.append(f"« {other.title} »" + (f" ({beside})" if beside else ""))
    when = "ces jours-là" if len(days) > 1 else f"le {french.full_day(days[0])}"
    listed = _enumerate(names, len(found))
    return f"{when}, il y a aussi {listed}. Choisir un autre jour, ou s'entendre avec qui l'organise."


def _tell_holidays(site: Site, days: Sequence[date]) -> Iterator[str]:
    public = [f"{french.full_day(day)} ({name})" for day in days if (name := public_holidays(day.year).get(day))]
    if public:
        yield f"{'jour férié' if len(public) == 1 else 'jours fériés'} : {_enumerate(public, len(public))}."
    zone = site.settings.school_holiday_zone
    school: dict[tuple[int, str], str] = {}
    for day in days if zone else ():
        if name := school_holidays(zone, day.year).get(day):
            school.setdefault((day.year, name), f"{name} ({french.full_day(day)})")
    if school:
        yield f"vacances scolaires de la zone {zone} : {_enumerate(list(school.values()), len(school))}."


def _enumerate(names: Sequence[str], count: int) -> str:
    """« a, b, c et 4 autres »."""
    rest = count - NAMED
    more = [f"{rest} autre{'s' if rest > 1 else ''}"] if rest > 0 else []
    return french.enumerate_words([*names[:NAMED], *more])
