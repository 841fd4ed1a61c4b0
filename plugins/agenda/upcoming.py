"""What is coming, in the words one says it with: now, today, this week, next week, then by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from plugins.agenda.links import month_url
from plugins.agenda.model import Agenda, Entry, EventCard
from plugins.press import french

ROOMY, CARDS = 36, 24
"""Of a list of more events than the first, only the groups within its first 24 are told at length: it stays light."""
OFF = ("cancelled", "postponed")
"""What has one of these statuses is not running, whatever its dates."""


class Group(Struct, frozen=True, array_like=True, gc=False):
    """Cards under one heading, each in a line when ``brief``. ``days`` says the label in dates, as of the build.

    The first four groups are always there, empty or not: the browser moves cards to them as days go by.
    """

    key: str
    label: str
    days: str
    url: str
    cards: tuple[EventCard, ...]
    brief: bool


def build_groups(agenda: Agenda, coming: Sequence[Entry]) -> tuple[Group, ...]:
    """The groups of these entries, which are not over; none of nothing."""
    if not coming:
        return ()
    today = agenda.local_now.date()
    held: dict[str, list[Entry]] = {key: [] for key in ("now", "today", "week", "next")}
    for entry in coming:
        held.setdefault(_key(agenda, entry, today), []).append(entry)
    found, shown = [], 0
    for key, entries in held.items():
        shown += len(entries)
        brief = len(coming) > ROOMY and shown > CARDS
        found.append(Group(key, *_words(key, today), agenda.cards(entries), brief))
    return tuple(found)


def _key(agenda: Agenda, entry: Entry, today: date) -> str:
    if agenda.is_running(entry) and entry.occurrence.event_status not in OFF:
        return "now"
    day = entry.begins.date()
    if day <= today:
        return "today"
    sunday = today + timedelta(days=6 - today.weekday())
    if day <= sunday:
        return "week"
    return "next" if day <= sunday + timedelta(days=7) else f"{day.year}-{day.month:02}"


def _words(key: str, today: date) -> tuple[str, str, str]:
    """The label of a group, its days, and the page of its month."""
    monday = today + timedelta(days=7 - today.weekday())
    match key:
        case "now":
            return ("En ce moment", "", "")
        case "today":
            return ("Aujourd'hui", french.full_day(today), "")
        case "week":
            return ("Cette semaine", french.days(today + timedelta(days=1), monday - timedelta(days=1)), "")
        case "next":
            return ("La semaine prochaine", french.days(monday, monday + timedelta(days=6)), "")
        case _:
            year, month = map(int, key.split("-"))
            name = (french.month if year == today.year else french.month_year)(date(year, month, 1))
            return (name, "", month_url((year, month)))
