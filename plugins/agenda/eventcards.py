"""What lists show of an occurrence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from plugins.agenda.details import Source
from plugins.agenda.timeline import Entry


class EventCard(Struct, frozen=True, array_like=True, gc=False):
    """What lists show of an occurrence. ``end`` is the last day for all-day events, else the hour it ends or None.

    ``url`` leads to the event's page, or to its source's when it is an imported one; ``source`` is then its name.
    ``begins`` and ``over`` are when it begins and is past, in ISO 8601 with the offset of the site's own time zone:
    programs compare them, and browsers with the visitor's clock.
    """

    url: str
    title: str
    summary: str
    start: datetime
    end: datetime | None
    all_day: bool
    city: str
    departments: tuple[str, ...]
    category: str
    status: str
    status_note: str
    past: bool
    over: str
    source: str
    begins: str


def build_event_card(entry: Entry, now: datetime, zone: ZoneInfo, also: Sequence[Source] = ()) -> EventCard:
    """The card of an occurrence; ``also`` are those besides who announce it. The calendars of ours need no name."""
    event, occurrence = entry.event, entry.occurrence
    sources = (event.source, *also) if event.source else ()
    return EventCard(
        url=event.address,
        title=event.title,
        summary=event.summary,
        start=occurrence.start,
        end=occurrence.end,
        all_day=event.all_day,
        city=(occurrence.place or event.place).city,
        departments=event.departments,
        category=event.category,
        status=occurrence.event_status,
        status_note=occurrence.status_note,
        past=entry.over <= now,
        over=_aware(entry.over, zone),
        source=", ".join(source.calendar for source in sources),
        begins=_aware(entry.begins, zone),
    )


def _aware(here: datetime, zone: ZoneInfo) -> str:
    return here.replace(tzinfo=zone).isoformat(timespec="minutes")
