"""When an imported event takes place: once, or on the dates that its rule gives in the window of the import."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
from msgspec import Struct

from plugins.agenda.fields import MAX_LENGTH
from plugins.agenda.notices import Dates
from plugins.agenda.recurrence import MAX_OCCURRENCES
from plugins.press.markdown.bounds import TooSlowError, call_within

BEFORE, AFTER = timedelta(days=365), timedelta(days=548)
"""The window: twelve months back, eighteen months ahead."""
_SECONDS = 1.0
"""CPU time that the dates of one rule may take: some rules are looked through until the year 9999."""


class RefusedError(Exception):
    """Why one event is left out, in French; the others are kept."""


class Window(Struct, frozen=True):
    """From which moment to which events are taken in."""

    start: datetime
    end: datetime

    @classmethod
    def around(cls, now: datetime) -> Window:
        """Whole days, so that two imports of one day see the same."""
        today = datetime.combine(now.date(), time.min, now.tzinfo)
        return cls(today - BEFORE, today + AFTER)


def read_once(event: icalendar.Event, zone: str) -> Dates:
    """The one time of an event that does not repeat, or of one occurrence. Raises ``RefusedError``."""
    start, end = read_value(event, "DTSTART"), read_value(event, "DTEND")
    if start is None:
        raise RefusedError("sans date de début lisible")
    all_day = not isinstance(start, datetime)
    length = read_value(event, "DURATION")
    if end is None and isinstance(length, timedelta):
        end = _add(start, length)
    if end is not None and isinstance(end, datetime) == all_day:
        raise RefusedError("le début est un jour et la fin une heure, ou l'inverse")
    dates = _days(start, end) if all_day else _hours(start, end, zone)
    if dates.end is not None and dates.end < dates.start:
        raise RefusedError(f"la fin ({dates.end:%Y-%m-%d %H:%M}) vient avant le début ({dates.start:%Y-%m-%d %H:%M})")
    if dates.end is not None and dates.end - dates.start > MAX_LENGTH:
        raise RefusedError("il dure plus de deux ans")
    cancelled = str(event.get("STATUS", "")).upper() == "CANCELLED"
    return Dates(dates.start, dates.end, cancelled)


def read_value(event: icalendar.Event, name: str) -> Any:
    """The date, moment or duration of a property; None when it is not there. Raises ``RefusedError``."""
    found = event.get(name)
    found = found[0] if isinstance(found, list) and found else found
    if found is None:
        return None
    value = getattr(found, "dt", None)
    if not isinstance(value, (date, timedelta)) or (isinstance(value, date) and not 1900 <= value.year <= 2200):
        raise RefusedError(f"{name} illisible (« {str(found)[:40]} »)")
    return value


def _add(start: date, length: timedelta) -> date:
    try:
        return start + length
    except OverflowError:
        raise RefusedError("il dure plus de deux ans") from None


def _days(start: date, end: date | None) -> Dates:
    """Of whole days: the end of a calendar is the day after the last; many programs write the day itself."""
    last = end - timedelta(days=1) if end and end > start else end
    midnight = time.min
    one_day = last is None or last == start
    return Dates(datetime.combine(start, midnight), None if one_day else datetime.combine(last, midnight))  # type: ignore[arg-type]


def _hours(start: Any, end: Any, zone: str) -> Dates:
    local = localise(start, zone)
    return Dates(local, localise(end, zone) if end is not None and end != start else None)


def localise(moment: datetime, zone: str) -> datetime:
    """On the clocks of ``zone``, to the minute; a time that the spring change jumps over is an hour later."""
    here = ZoneInfo(zone)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=here)
    there = aware.astimezone(ZoneInfo("UTC")).astimezone(here)
    return there.replace(tzinfo=None, second=0, microsecond=0)


def expand(events: Sequence[icalendar.Event], feed_zone: str, zone: str, window: Window) -> tuple[Dates, ...]:
    """The dates of a series in the window, by start: its rule with exceptions, extras, and the occurrences that moved.

    Raises ``RefusedError`` for a rule that is endless, absurd, or too much.
    """
    import recurring_ical_events

    for event in events:
        _refuse_rule(event)
    calendar = icalendar.Calendar()
    if feed_zone:
        calendar.add("X-WR-TIMEZONE", feed_zone)
    for event in events:
        calendar.add_component(event)
    try:
        found = call_within(_SECONDS, lambda: recurring_ical_events.of(calendar).between(window.start, window.end))
    except TooSlowError:
        raise RefusedError("sa règle de répétition ne donne pas de date, ou après trop de calcul") from None
    except Exception as error:
        raise RefusedError(f"sa règle de répétition est illisible ({type(error).__name__})") from error
    if len(found) > MAX_OCCURRENCES:
        raise RefusedError(f"sa règle donne plus de {MAX_OCCURRENCES} dates")
    dates = {(each.start, each.end or each.start): each for each in (read_once(event, zone) for event in found)}
    return tuple(dates[key] for key in sorted(dates))


def _refuse_rule(event: icalendar.Event) -> None:
    rule = event.get("RRULE")
    if rule is None:
        return
    if not isinstance(rule, icalendar.vRecur):
        raise RefusedError("sa règle de répétition est illisible, ou il en a plusieurs")
    frequency = str(rule.get("FREQ", [""])[0]).upper()
    if not frequency:
        raise RefusedError("sa règle de répétition est illisible")
    if frequency not in {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}:
        raise RefusedError("il se répète plusieurs fois par jour")
    if any(len(rule.get(part, ())) > 1 for part in ("BYHOUR", "BYMINUTE", "BYSECOND")):
        raise RefusedError("il se répète plusieurs fois par jour")
    if int(rule.get("INTERVAL", [1])[0]) < 1:
        raise RefusedError("sa règle de répétition ne finit jamais")
    start = read_value(event, "DTSTART")
    if start is not None and start.year < 1970:
        raise RefusedError("il se répète depuis avant 1970")
