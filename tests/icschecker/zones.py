"""VTIMEZONE: every zone that is named is told, Europe/Paris in its two rules and without a list of dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tests.icschecker.lines import Finding, Line
from tests.icschecker.moments import last_sunday, moments, read_moment
from tests.icschecker.rules import split
from tests.icschecker.tree import Component

PARIS = "Europe/Paris"
_RULES = {
    "DAYLIGHT": (3, 2, "+0100", "+0200"),
    "STANDARD": (10, 3, "+0200", "+0100"),
}
"""Month, local hour before the change, offset before and after: the last Sunday, by Union law since 1996."""


def check_zones(root: Component) -> Iterator[Finding]:
    zones = [component for component in root.walk() if component.name == "VTIMEZONE"]
    used = [line for event in root.walk() if event.name == "VEVENT" for line in event.lines if line.parameter("TZID")]
    told: dict[str, Component] = {}
    for zone in zones:
        name = zone.value("TZID")
        if name in told:
            yield zone.find("tells a zone again", name)
        told.setdefault(name, zone)
        if name == PARIS:
            yield from _check_paris(zone)
        elif name not in {line.parameter("TZID") for line in used}:
            yield zone.find("tells a zone that nothing uses", name)
        yield from (line.find("lists the changes of a zone one by one") for part in zone.parts for line in _lists(part))
    for line in used:
        yield from _check_use(line, told)


def _lists(observance: Component) -> list[Line]:
    return observance.all("RDATE")


def _check_use(line: Line, told: dict[str, Component]) -> Iterator[Finding]:
    zone = told.get(line.parameter("TZID"))
    if zone is None:
        yield line.find("names a zone that the file does not tell", line.parameter("TZID"))
        return
    starts = [read[0] for part in zone.parts if (read := read_moment(part.value("DTSTART")))]
    if starts and any(moment.local < min(starts) for moment in moments(line)):
        yield line.find("is before the first rule of its zone")


def _check_paris(zone: Component) -> Iterator[Finding]:
    if sorted(part.name for part in zone.parts) != ["DAYLIGHT", "STANDARD"]:
        yield zone.find("is not made of one DAYLIGHT and one STANDARD")
    for part in zone.parts:
        if part.name in _RULES and not _is_right(part):
            yield part.find("is not the rule of Europe/Paris since 1996")


def _is_right(part: Component) -> bool:
    month, hour, before, after = _RULES[part.name]
    start = read_moment(part.value("DTSTART"))
    return (
        start is not None
        and start[0].year >= 1996
        and start[0] == datetime.combine(last_sunday(start[0].year, month), datetime.min.time()).replace(hour=hour)
        and split(part.value("RRULE")) == {"FREQ": "YEARLY", "BYMONTH": str(month), "BYDAY": "-1SU"}
        and (part.value("TZOFFSETFROM"), part.value("TZOFFSETTO")) == (before, after)
    )
