"""A notice: what a partner's calendar says of one event, in the normal form of ``agenda/imports/``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from msgspec import Struct

from plugins.agenda.details import Occurrence, Place
from plugins.press.slugs import build_slug

MAX_EVENTS = 5000
MAX_LENGTH = 2 * 1024 * 1024
"""How long the file of a calendar may get: the largest text that the press reads."""

_HEAD = """\
# Écrit par « ./site import », qui le réécrit quand le calendrier change. Une seule chose s'ajoute à la main :
# « shown: true » (montrer) ou « shown: false » (cacher) dans un événement. Elle est gardée.
"""


class Dates(Struct, frozen=True, array_like=True, gc=False):
    """One time that it takes place: local to the notice's zone; of whole days, ``end`` is the last one."""

    start: datetime
    end: datetime | None = None
    cancelled: bool = False


class Notice(Struct, frozen=True, gc=False):
    """One event of a partner. ``key`` is its lasting address below ``/agenda/``, ``dates`` are by start, one at least.

    ``shown`` is what a person decided: None leaves it to the partner's trust.
    """

    uid: str
    title: str
    dates: tuple[Dates, ...]
    all_day: bool
    key: str = ""
    timezone: str = "Europe/Paris"
    cancelled: bool = False
    summary: str = ""
    place: Place = Place()
    departments: tuple[str, ...] = ()
    online: str = ""
    url: str = ""
    organiser: str = ""
    seen: date | None = None
    modified: datetime | None = None
    shown: bool | None = None

    @property
    def start(self) -> datetime:
        return self.dates[0].start

    @property
    def likeness(self) -> tuple[str, date, str]:
        """What the same event keeps when its calendar gives it another UID: title, day, town."""
        return (build_slug(self.title) or self.title, self.start.date(), build_slug(self.place.city))

    def over(self, dates: Dates) -> datetime:
        """The first moment at which this time is past, with its zone."""
        over = Occurrence(dates.start, dates.end, self.all_day).over
        return over.replace(tzinfo=ZoneInfo(self.timezone))

    def is_coming(self, now: datetime) -> bool:
        return any(self.over(dates) > now for dates in self.dates)


class Calendar(Struct, frozen=True):
    """The notices of one partner, and where they come from. ``changed`` is when the import last found it different."""

    name: str
    address: str
    trusted: bool = False
    aggregator: bool = False
    department: str = ""
    category: str = ""
    changed: datetime | None = None
    refused: int = 0
    notices: tuple[Notice, ...] = ()


def by_start(notice: Notice) -> tuple[datetime, str, str]:
    """By first start; then title and key, so that the order is the same everywhere."""
    return (notice.start, notice.title, notice.key)


def dump(calendar: Calendar) -> str:
    """The file of a calendar: one line a value, so that a change is a line in a diff."""
    values = _calendar_values(calendar)
    return _HEAD + str(yaml.dump(values, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000))


class _Dumper(yaml.SafeDumper):
    """Every value is written out: the press reads no « *name ». Not the faster one in C, which escapes emoji."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the name is the library's
        return True


def _calendar_values(calendar: Calendar) -> dict[str, Any]:
    values: dict[str, Any] = {
        "name": calendar.name,
        "address": calendar.address,
        "changed": _minute(calendar.changed),
        "count": len(calendar.notices),
        "refused": calendar.refused,
        "trusted": calendar.trusted,
        "aggregator": calendar.aggregator,
        "department": calendar.department,
        "category": calendar.category,
    }
    notices = [_notice_values(notice) for notice in sorted(calendar.notices, key=by_start)]
    return {key: value for key, value in values.items() if value != ""} | {"events": notices}


def _notice_values(notice: Notice) -> dict[str, Any]:
    first, *others = notice.dates
    values: dict[str, Any] = {
        "key": notice.key,
        "uid": notice.uid,
        "title": notice.title,
        "shown": notice.shown,
        "start": _moment(first.start, notice),
        "end": _moment(first.end, notice) if first.end else None,
        "dates": [_interval(dates, notice) for dates in others],
        "cancelled_dates": [_moment(dates.start, notice) for dates in notice.dates if dates.cancelled],
        "timezone": notice.timezone if notice.timezone != "Europe/Paris" else "",
        "event_status": "cancelled" if notice.cancelled else "",
        "summary": notice.summary,
        "place": _place_values(notice.place),
        "departments": list(notice.departments),
        "online": notice.online,
        "url": notice.url,
        "organiser": notice.organiser,
        "seen": notice.seen,
        "modified": _minute(notice.modified),
    }
    return {key: value for key, value in values.items() if value or value is False}


def _place_values(place: Place) -> dict[str, str]:
    texts = {name: getattr(place, name) for name in ("name", "address", "postcode", "city")}
    numbers = {name: _degrees(value) for name, value in (("lat", place.lat), ("lon", place.lon)) if value is not None}
    return {name: text for name, text in (texts | numbers).items() if text}


def _degrees(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _interval(dates: Dates, notice: Notice) -> str:
    """ISO 8601: ``start/end``, or the start alone."""
    moments: Iterable[datetime] = filter(None, (dates.start, dates.end))
    return "/".join(str(_moment(moment, notice)) for moment in moments)


def _moment(moment: datetime, notice: Notice) -> date | str:
    """A day as YAML's own, which needs no quotes; a minute as the text that it is for YAML."""
    return moment.date() if notice.all_day else _minute(moment)


def _minute(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}" if moment else ""
