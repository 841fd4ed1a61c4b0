"""What the picture says that stands for an event where its address is shared: the date and the town, large."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from heapq import nsmallest

from plugins.agenda.departments import FRENCH_DEPARTMENTS
from plugins.agenda.model import Agenda, Event, EventCard
from plugins.press import french
from plugins.press.sharing import Card, Face, build_face
from plugins.press.site import Site

_STATES = {"cancelled": "Annulé", "postponed": "Reporté", "full": "Complet", "moved-online": "En ligne"}
_AT_NIGHT = timedelta(hours=18)


def build_faces(site: Site, agenda: Agenda) -> Mapping[str, Face]:
    """The face of each event that has one of its own, by path; those nearest to today have a card."""
    near = _nearest(agenda, site.settings.sharing_cards)
    cards = {event.path: build_card(site, agenda, event) for event in near}
    return {
        event.path: build_face(site, event, cards.get(event.path))
        for event in {event.path: event for event in (*agenda.open, *near)}.values()
        if (event.image or event.path in cards) and event.has_page
    }


def _nearest(agenda: Agenda, count: int) -> list[Event]:
    """The events with a page whose occurrence that stands for them is nearest to today."""
    now, days = agenda.local_now, 30
    while True:
        around = agenda.entries.around(now, timedelta(days))
        standing = (e for e in around if e.event.has_page and agenda.shown(e.event) is e)
        away = {entry.event.path: (abs(entry.begins - now), entry.event.path, entry.event) for entry in standing}
        if len(away) >= count or len(around) == len(agenda.entries):
            return [event for _, _, event in nsmallest(count, away.values())]
        days *= 4


def build_card(site: Site, agenda: Agenda, event: Event) -> Card:
    """The card of an event, with the date that stands for it."""
    shown = agenda.card(agenda.shown(event))
    state = _STATES.get(shown.status, "")
    kicker = " · ".join(filter(None, (state, site.settings.category_label(event.category) or "Agenda")))
    return Card(
        title=event.title,
        kicker=kicker,
        note=_where(event, shown),
        date=_when(shown),
        struck=shown.status in {"cancelled", "postponed"},
    )


def _where(event: Event, shown: EventCard) -> str:
    """« Tours (Indre-et-Loire) », « Orléans et en ligne »."""
    names = [FRENCH_DEPARTMENTS[code] for code in event.departments]
    known = f" ({names[0]})" if len(names) == 1 and names[0] != shown.city else ""
    place = f"{shown.city}{known}" if shown.city else french.enumerate_words(names)
    return french.enumerate_words([part for part in (place, "en ligne" if event.online else "") if part])


def _when(card: EventCard) -> tuple[str, tuple[str, ...], str]:
    """Weekday, day and month; of several days, the first and the last. As the theme's date block has it."""
    start, end = card.start, card.end or card.start
    if not card.all_day and end > start:
        end -= end.resolution  # what ends at midnight is over that day
    if end.date() == start.date() or (not card.all_day and end - start < _AT_NIGHT and end.hour < 6):
        hour = "" if card.all_day else f"\n{french.hour(start)}"
        return (french.weekday(start), (french.day_number(start),), french.month_year(start) + hour)
    above = f"{french.short_weekday(start)} – {french.short_weekday(end)}"
    if (start.year, start.month) == (end.year, end.month):
        return (above, (french.day_number(start), french.day_number(end)), french.month_year(end))
    days = tuple(f"{french.day_number(day)} {french.short_month(day)}" for day in (start, end))
    years = str(end.year) if start.year == end.year else f"{start.year} – {end.year}"
    return (above, days, years)
