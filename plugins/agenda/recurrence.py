"""How an event comes back: which rules are accepted, and the form that calendars get (RFC 5545 §3.3.10)."""

import re
from datetime import MAXYEAR, UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

MAX_OCCURRENCES = 500
UNBOUNDED = timedelta(days=731)
"""How long an event comes back when its rule has neither COUNT nor UNTIL."""
HORIZON = timedelta(days=100 * 366)
"""How far ahead dates are looked for: a rule that gives none until then is a mistake."""

_CYCLE = 400
"""After so many years the same days of the month fall on the same weekdays, leap years included."""
_WEEKDAY = "(?:MO|TU|WE|TH|FR|SA|SU)"
_RANKS = r"[+-]?[1-9]\d{0,2}(?:,[+-]?[1-9]\d{0,2})*"
_PARTS = {
    "FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY",
    "UNTIL": r"(?:19|2[0-2])\d{6}(?:T\d{6}Z?)?",
    "COUNT": r"\d{1,6}",
    "INTERVAL": r"[1-9]\d{0,2}",
    "BYDAY": rf"(?:[+-]?[1-9]\d?)?{_WEEKDAY}(?:,(?:[+-]?[1-9]\d?)?{_WEEKDAY})*",
    "BYMONTHDAY": _RANKS,
    "BYYEARDAY": _RANKS,
    "BYWEEKNO": _RANKS,
    "BYMONTH": "(?:0?[1-9]|1[0-2])(?:,(?:0?[1-9]|1[0-2]))*",
    "BYSETPOS": _RANKS,
    "WKST": _WEEKDAY,
}
"""What each part may say, in the order in which calendars write them."""
_NOT_WITH = {
    "DAILY": {"BYWEEKNO", "BYYEARDAY"},
    "WEEKLY": {"BYWEEKNO", "BYYEARDAY", "BYMONTHDAY"},
    "MONTHLY": {"BYWEEKNO", "BYYEARDAY"},
    "YEARLY": set[str](),
}


def refuse_rule(rule: str, start: datetime, timezone: str) -> str:
    """Why a rule cannot be accepted, and how to mend it; ``""`` when it can."""
    parts = _split(rule)
    if parts.get("FREQ") not in _NOT_WITH:
        return "la répétition doit être d'un jour ou plus. Écrire par exemple FREQ=WEEKLY;COUNT=10."
    if parts.get("INTERVAL", "1").strip("0") == "" or {"BYHOUR", "BYMINUTE", "BYSECOND"} & parts.keys():
        return (
            "cette répétition ne finit jamais ou répète dans la journée. "
            "Écrire par exemple FREQ=WEEKLY;INTERVAL=2;COUNT=10."
        )
    if {"COUNT", "UNTIL"} <= parts.keys():
        return "COUNT (combien de fois) et UNTIL (jusqu'à quand) ne vont pas ensemble. Garder l'un des deux."
    try:
        dates = _dates(rule, parts, start, timezone)
    except (ValueError, TypeError, OverflowError, IndexError):
        return "cette règle de répétition est illisible. Écrire par exemple FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231."
    if not dates:
        return "cette règle ne donne aucune date. Vérifier UNTIL et les jours."
    if dates[0] != start:
        # RFC 5545 §3.8.5.3 leaves it undefined, and calendars show different dates
        return (
            f"le début ({start:%Y-%m-%d}) n'est pas une des dates de la règle ; la première est le "
            f"{dates[0]:%Y-%m-%d}. Corriger « start », ou la règle."
        )
    if len(dates) > MAX_OCCURRENCES:
        return f"cette règle donne plus de {MAX_OCCURRENCES} dates. Ajouter COUNT= ou UNTIL=."
    return ""


def calendar_rule(rule: str, start: datetime, timezone: str, *, all_day: bool) -> str:
    """The rule for a calendar: bounded, its UNTIL a day when the start is one, else in UTC; FREQ leads."""
    parts = _split(rule)
    if "COUNT" not in parts:
        last = _last(parts, start, timezone)
        utc = last.replace(tzinfo=ZoneInfo(timezone)).astimezone(UTC)
        parts["UNTIL"] = f"{last:%Y%m%d}" if all_day else f"{utc:%Y%m%dT%H%M%SZ}"
    return _join({name: parts[name] for name in _PARTS if name in parts})


def _split(rule: str) -> dict[str, str]:
    return dict(part.strip().partition("=")[::2] for part in rule.upper().split(";"))


def _join(parts: dict[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in parts.items())


def expand(rule: str, start: datetime, timezone: str) -> tuple[datetime, ...]:
    """The dates of an accepted rule, local like ``start``, in order: a workshop at 18:30 stays at 18:30 all year."""
    return tuple(_dates(rule, _split(rule), start, timezone))


def _dates(rule: str, parts: dict[str, str], start: datetime, timezone: str) -> list[datetime]:
    """The dates of a rule before the horizon, one more than is allowed at most.

    Raises ``ValueError`` (and dateutil's own) when it is none.
    """
    from dateutil.rrule import rrulestr

    if rule.count(";") != len(parts) - 1 or not _is_well_formed(parts):
        raise ValueError(rule)
    wanted = min(int(parts.get("COUNT", MAX_OCCURRENCES + 1)), MAX_OCCURRENCES + 1)
    last = start + HORIZON if "COUNT" in parts else min(start + HORIZON, _last(parts, start, timezone))
    # where no date is found dateutil goes on until the year 9999, for seconds: from a like day near it, that is soon
    years = (MAXYEAR - last.year) // _CYCLE * _CYCLE
    first, last = (moment.replace(year=moment.year + years) for moment in (start, last))
    searched = {name: value for name, value in parts.items() if name != "COUNT"} | {"UNTIL": f"{last:%Y%m%dT%H%M%S}"}
    found = islice(rrulestr(_join(searched), dtstart=first), wanted)
    return [moment.replace(year=moment.year - years) for moment in found]


def _is_well_formed(parts: dict[str, str]) -> bool:
    ranked = re.search(r"\d", parts.get("BYDAY", "")) is not None
    return (
        all(name in _PARTS and re.fullmatch(_PARTS[name], value, re.ASCII) for name, value in parts.items())
        and not _NOT_WITH[parts["FREQ"]] & parts.keys()
        and not (ranked and (parts["FREQ"] in {"DAILY", "WEEKLY"} or "BYWEEKNO" in parts))
        and ("BYSETPOS" not in parts or any(name.startswith("BY") and name != "BYSETPOS" for name in parts))
    )


def _last(parts: dict[str, str], start: datetime, timezone: str) -> datetime:
    """The last moment at which an occurrence may begin, local: a bare day counts to its end."""
    until = parts.get("UNTIL", "")
    if not until:
        return start + UNBOUNDED
    moment = datetime.fromisoformat(until.removesuffix("Z"))
    if "T" not in until:
        return moment + timedelta(hours=23, minutes=59, seconds=59)
    if until.endswith("Z"):
        return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(timezone)).replace(tzinfo=None)
    return moment
