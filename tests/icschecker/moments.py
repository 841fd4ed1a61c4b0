"""Days and times as calendars write them (RFC 5545 §3.3.4, §3.3.5), with real months, days and hours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.icschecker.lines import Line

_FORM = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?", re.ASCII)


@dataclass(frozen=True)
class Moment:
    """A day (``kind`` DATE), a time in UTC, in a named zone (its name), or of none (``kind`` FLOATING)."""

    local: datetime
    kind: str

    @property
    def is_day(self) -> bool:
        return self.kind == "DATE"

    @property
    def instant(self) -> datetime:
        """The same on all clocks; of a day, its midnight in UTC, for days are only compared with days."""
        zone = UTC if self.kind in {"DATE", "UTC", "FLOATING"} else ZoneInfo(self.kind)
        return self.local.replace(tzinfo=zone).astimezone(UTC)

    @property
    def is_in_gap(self) -> bool:
        """Whether no clock ever shows it: the hour that is left out in spring."""
        if self.kind in {"DATE", "UTC", "FLOATING"}:
            return False
        return self.instant.astimezone(ZoneInfo(self.kind)).replace(tzinfo=None) != self.local

    def moved(self, local: datetime) -> Moment:
        return Moment(local, self.kind)


def read_moment(text: str) -> tuple[datetime, str] | None:
    """The value and its form (DATE, UTC, or ``""`` for a local time); None when there is no such moment.

    Years that no agenda holds are mistakes.
    """
    found = _FORM.fullmatch(text)
    if found is None or not 1900 <= int(found[1]) < 2200:
        return None
    year, month, day, *clock, utc = found.groups()
    try:
        when = datetime(int(year), int(month), int(day), *(int(part) for part in clock if part))
    except ValueError:
        return None
    return when, "DATE" if clock[0] is None else "UTC" if utc else ""


def moments(line: Line | None) -> list[Moment]:
    """The moments of a property; those that are none are left out, for they were found before."""
    found = []
    for text in line.value.split(",") if line else ():
        read = read_moment(text)
        if line and read:
            found.append(Moment(read[0], read[1] or line.parameter("TZID") or "FLOATING"))
    return [moment for moment in found if moment.kind in {"DATE", "UTC", "FLOATING"} or is_zone(moment.kind)]


def moment(line: Line | None) -> Moment | None:
    return next(iter(moments(line)), None)


def is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return False
    return True


def last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)  # of March and October
    return last - timedelta(days=(last.weekday() + 1) % 7)
