"""Time zones as calendars name them: IANA names, those of Windows, those that a calendar declares itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_NAME = re.compile(r"[A-Z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+)*", re.ASCII)
_OFFSET = re.compile(r"([+-])(\d{2})(\d{2})")
_TZID = re.compile(r";TZID=(\"[^\"]*\"|[^;:]*)", re.IGNORECASE)


class UnknownZoneError(Exception):
    """Carries the name."""


def rewrite_zones(line: str, declared: Mapping[str, str]) -> str:
    """The line of an event with the IANA name of its zone. Raises ``UnknownZoneError``."""
    found = _TZID.search(line)
    if found is None:
        return line
    name = found[1].strip('"').strip()
    zone = declared.get(name) or find_zone(name)
    if not zone:
        raise UnknownZoneError(name)
    return f"{line[: found.start()]};TZID={zone}{line[found.end() :]}"


@cache
def find_zone(name: str) -> str:
    """The IANA name that a name means: itself, Windows' own, or the end of a path; ``""`` for none."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    parts = name.strip("/").split("/")
    tails = ("/".join(parts[-length:]) for length in (3, 2) if len(parts) > length)
    for candidate in (name, WINDOWS_TO_OLSON.get(name, ""), *tails):
        if candidate and _is_zone(candidate):
            return candidate
    return ""


def _is_zone(name: str) -> bool:
    """``Factory`` and lower-case names of the machine's own folder are no places."""
    if not _NAME.fullmatch(name) or name == "Factory" or len(name) > 64:
        return False
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def read_declared(blocks: Iterable[tuple[str, ...]], default: str) -> dict[str, str]:
    """Zones with names of their own: by the place that they say, or ``default`` when their offsets are its own."""
    found = {}
    for block in blocks:
        values = dict(line.partition(":")[::2] for line in reversed(block))
        name = values.get("TZID", "").strip().strip('"')
        offsets = {line.partition(":")[2] for line in block if line.upper().startswith("TZOFFSETTO:")}
        place = find_zone(values.get("X-LIC-LOCATION", "").strip())
        if name and (zone := find_zone(name) or place or (default if _offsets(default) == _read(offsets) else "")):
            found[name] = zone
    return found


def _offsets(zone: str) -> set[timedelta | None]:
    """In winter and in summer, by the rules of today."""
    return {datetime(2026, month, 15, tzinfo=ZoneInfo(zone)).utcoffset() for month in (1, 7)}


def _read(offsets: Iterable[str]) -> set[timedelta | None]:
    matches = (_OFFSET.match(offset) for offset in offsets)
    return {
        timedelta(hours=int(found[2]), minutes=int(found[3])) * (-1 if found[1] == "-" else 1)
        for found in matches
        if found
    }
