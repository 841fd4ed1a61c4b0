"""How events are filed: by start, under the months, places, people and themes for which they are looked up.

An event is *settled* when it is plain and was over long ago: no calendar that people subscribe to holds it, no list
counts it among what is coming, and nothing that is said of it will change by itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache, lru_cache

from plugins.agenda.details import Organiser
from plugins.agenda.event import Event, by_start
from plugins.press.catalogue import Filing
from plugins.press.settings import Settings

RECENT = timedelta(days=400)
"""An event that was over for less is looked at: calendars to subscribe to go back a year."""
TAG = "tag"
"""The terms of a tag, as it is written."""
NAMED = "named"
"""The terms of a way to name an organiser: slug, name and website, a line each."""
LONGEST = timedelta(days=31)
"""A plain event does not last longer: events in the order of their starts are then nearly in that of their ends."""


def find_settling(event: Event, settings: Settings) -> datetime | None:
    """The moment from which the event is settled; None for one that is not plain.

    Not plain is what says more than its day, place and text, or what stands somewhere else as well.
    """
    over = event.occurrences[0].over if event.repeat is None else None
    is_plain = (
        over is not None
        and over - event.start <= LONGEST
        and event.timezone == settings.timezone
        and event.id == event.path.removesuffix(".md")
        and not (event.draft or event.aliases or event.image or event.registration or event.source)
        and not (event.text.links or event.text.figures or event.text.blocks)
        and (event.date is None or event.date <= event.start)
    )
    return over + RECENT if is_plain and over else None


def find_terms(event: Event) -> list[str]:
    """Under what the event is looked up. One that comes back stands in its months by each of its dates: not here."""
    terms = ["all", *[f"{TAG} {tag}" for tag in dict.fromkeys(event.tags)]]
    if event.repeat is None:
        start, end = event.start, event.end
        begins, year, month = _name_month(start.year, start.month)
        terms += (begins, year)
        if end is None or (end.year, end.month) == (start.year, start.month):
            terms.append(month)
        else:
            terms += [_name_month(*touched)[2] for touched in event.occurrences[0].months()]
        terms += [f"department {department}" for department in event.departments]
        if event.category:
            terms.append(f"category {event.category}")
        everybody = event.organisers + event.partners
        terms += dict.fromkeys([name for organiser in everybody for name in _name_organiser(organiser)])
    return terms


@cache
def _name_month(year: int, month: int) -> tuple[str, str, str]:
    return f"begins {year:04}-{month:02}", f"year {year:04}", f"month {year:04}-{month:02}"


@lru_cache(maxsize=10_000)
def _name_organiser(organiser: Organiser) -> tuple[str, str]:
    return f"organiser {organiser.slug}", f"{NAMED} {organiser.slug}\n{organiser.name}\n{organiser.url}"


FILING = Filing(order=by_start, terms=find_terms, settles=find_settling)
