"""Recurrence rules (RFC 5545 §3.3.10): their form, and their dates, found day by day and not by the usual library."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import cache

from tests.icschecker.lines import Finding, Line
from tests.icschecker.moments import Moment, read_moment

MAX_DATES = 1000
LAST_YEAR = 2200

_DAY = "(?:MO|TU|WE|TH|FR|SA|SU)"
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _numbers(most: int) -> str:
    one = "|".join(map(str, range(most, 0, -1)))
    return rf"[+-]?(?:{one})(?:,[+-]?(?:{one}))*"


_PARTS = {
    "FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY",
    "UNTIL": r"\d{8}(?:T\d{6}Z?)?",
    "COUNT": r"[1-9]\d{0,5}",
    "INTERVAL": r"[1-9]\d{0,3}",
    "BYDAY": rf"(?:[+-]?[1-9]\d?)?{_DAY}(?:,(?:[+-]?[1-9]\d?)?{_DAY})*",
    "BYMONTHDAY": _numbers(31),
    "BYYEARDAY": _numbers(366),
    "BYWEEKNO": _numbers(53),
    "BYMONTH": _numbers(12).replace("[+-]?", ""),
    "BYSETPOS": _numbers(366),
    "WKST": _DAY,
}


def split(rule: str) -> dict[str, str]:
    return dict(part.partition("=")[::2] for part in rule.split(";"))


def is_well_formed(rule: str) -> bool:
    parts = split(rule)
    return (
        rule.count(";") == len(parts) - 1
        and "FREQ" in parts
        and all(name in _PARTS and re.fullmatch(_PARTS[name], value, re.ASCII) for name, value in parts.items())
        and not (re.search(r"\d", parts.get("BYDAY", "")) and parts["FREQ"] in {"DAILY", "WEEKLY"})
        and not (parts["FREQ"] == "WEEKLY" and "BYMONTHDAY" in parts)
        and not (parts["FREQ"] != "YEARLY" and {"BYWEEKNO", "BYYEARDAY"} & parts.keys())
        and not ("BYSETPOS" in parts and sum(name.startswith("BY") for name in parts) == 1)
    )


def check_rule(line: Line) -> Iterator[Finding]:
    """What can be said of a rule without its event."""
    if not is_well_formed(line.value):
        yield line.find("is no rule of a day or coarser", line.value)
        return
    parts = split(line.value)
    if {"COUNT", "UNTIL"} <= parts.keys():
        yield line.find("has both COUNT and UNTIL")
    if "UNTIL" in parts and read_moment(parts["UNTIL"]) is None:
        yield line.find("UNTIL is no moment that exists", parts["UNTIL"])


def expand(rule: str, start: Moment) -> list[Moment]:
    """The dates of a well-formed rule, at the local hour of its start; at most ``MAX_DATES``."""
    parts = split(rule)
    until = read_moment(parts.get("UNTIL", ""))
    last = Moment(until[0], until[1] or start.kind).instant if until else None
    found: list[Moment] = []
    for day in _days(parts, start.local):
        moment = start.moved(datetime.combine(day, start.local.time()))
        if (last and moment.instant > last) or len(found) >= min(int(parts.get("COUNT", MAX_DATES)), MAX_DATES):
            break
        found.append(moment)
    return found


def _days(parts: dict[str, str], start: datetime) -> Iterator[date]:
    interval, positions = int(parts.get("INTERVAL", "1")), _read_numbers(parts, "BYSETPOS")
    for index, period in enumerate(_periods(parts, start.date())):
        if index % interval:
            continue
        days = [day for day in period if _is_of(day, parts, start.date())]
        if positions:
            days = sorted({days[p - (p > 0)] for p in positions if -len(days) <= p - (p > 0) < len(days)})
        yield from (day for day in days if day >= start.date())


def _periods(parts: dict[str, str], start: date) -> Iterator[list[date]]:
    """The days of each day, week, month or year, from the one of the start on."""
    first = start
    if parts["FREQ"] == "WEEKLY":
        first -= timedelta(days=(start.weekday() - _WEEKDAYS.index(parts.get("WKST", "MO"))) % 7)
    elif parts["FREQ"] != "DAILY":
        first = start.replace(day=1, month=start.month if parts["FREQ"] == "MONTHLY" else 1)
    lengths: dict[str, Callable[[date], int]] = {
        "DAILY": lambda _: 1,
        "WEEKLY": lambda _: 7,
        "MONTHLY": _month_length,
        "YEARLY": _year_length,
    }
    while first.year < LAST_YEAR:
        length = lengths[parts["FREQ"]](first)
        yield [first + timedelta(days=offset) for offset in range(length)]
        first += timedelta(days=length)


def _is_of(day: date, parts: dict[str, str], start: date) -> bool:
    return (
        _holds(_read_numbers(parts, "BYMONTH"), day.month)
        and _holds(_read_numbers(parts, "BYMONTHDAY"), day.day, _month_length(day))
        and _holds(_read_numbers(parts, "BYYEARDAY"), day.timetuple().tm_yday, _year_length(day))
        and _is_of_week(day, parts)
        and _is_weekday(day, parts)
        and _is_like_start(day, parts, start)
    )


def _is_of_week(day: date, parts: dict[str, str]) -> bool:
    """BYWEEKNO, in the weeks of ISO 8601."""
    return "BYWEEKNO" not in parts or _holds(
        _read_numbers(parts, "BYWEEKNO"), day.isocalendar().week, date(day.year, 12, 28).isocalendar().week
    )


def _is_like_start(day: date, parts: dict[str, str], start: date) -> bool:
    """What the rule leaves open is as in the start: its weekday, its day of the month, its month."""
    frequency = parts["FREQ"]
    if frequency == "DAILY" or {"BYDAY", "BYMONTHDAY", "BYYEARDAY"} & parts.keys():
        return True
    if frequency == "WEEKLY" or "BYWEEKNO" in parts:
        return day.weekday() == start.weekday()
    return day.day == start.day and (frequency == "MONTHLY" or "BYMONTH" in parts or day.month == start.month)


def _is_weekday(day: date, parts: dict[str, str]) -> bool:
    """BYDAY: a weekday, or the nth of the month; of the year in a yearly rule that names no month."""
    if "BYDAY" not in parts:
        return True
    of_year = parts["FREQ"] == "YEARLY" and "BYMONTH" not in parts
    number = day.timetuple().tm_yday if of_year else day.day
    length = _year_length(day) if of_year else _month_length(day)
    ranks = ("", *(f"{sign}{(number - 1) // 7 + 1}" for sign in ("", "+")), f"-{(length - number) // 7 + 1}")
    wanted = parts["BYDAY"].split(",")
    return any(rank + _WEEKDAYS[day.weekday()] in wanted for rank in ranks)


def _holds(wanted: tuple[int, ...], value: int, most: int = 0) -> bool:
    return not wanted or value in wanted or (most > 0 and value - most - 1 in wanted)


def _read_numbers(parts: dict[str, str], name: str) -> tuple[int, ...]:
    return _split_numbers(parts.get(name, ""))


@cache
def _split_numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(",") if number)


def _month_length(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def _year_length(day: date) -> int:
    return 365 + calendar.isleap(day.year)
