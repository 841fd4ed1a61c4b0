"""The rules between the properties of one VEVENT (RFC 5545 §3.6.1)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from tests.icschecker.lines import Finding
from tests.icschecker.moments import moment, read_moment
from tests.icschecker.rules import is_well_formed, split
from tests.icschecker.tree import Component

CANCELLED = "ANNULÉ – "


def check_event(event: Component) -> Iterator[Finding]:
    yield from _check_end(event)
    yield from _check_stamps(event)
    yield from _check_until(event)
    summary = event.first("SUMMARY")
    if summary and (event.value("STATUS") == "CANCELLED") != summary.value.startswith(CANCELLED):
        yield summary.find("a title says « ANNULÉ – » when the event is cancelled, and only then")


def _check_end(event: Component) -> Iterator[Finding]:
    start, end, line = moment(event.first("DTSTART")), moment(event.first("DTEND")), event.first("DTEND")
    duration = event.first("DURATION")
    if line is None:
        if duration is None:
            yield event.find("says neither DTEND nor DURATION")
        return
    if duration:
        yield duration.find("stands beside DTEND")
    if start is None or end is None:
        return
    if start.is_day != end.is_day:
        yield line.find("is not of the type of DTSTART")
    elif end.instant <= start.instant:
        yield line.find("is not after DTSTART (of whole days, it is the first that is free again)")


def _check_stamps(event: Component) -> Iterator[Finding]:
    stamps = [(event.first(name), moment(event.first(name))) for name in ("CREATED", "LAST-MODIFIED", "DTSTAMP")]
    known = [(line, when.instant) for line, when in stamps if line and when]
    for (line, earlier), (_, later) in pairwise(known):
        if earlier > later:
            yield line.find("is later than what must follow it: CREATED, LAST-MODIFIED, DTSTAMP")


def _check_until(event: Component) -> Iterator[Finding]:
    rule, start = event.first("RRULE"), moment(event.first("DTSTART"))
    if rule is None or start is None or not is_well_formed(rule.value):
        return
    parts = split(rule.value)
    if not {"COUNT", "UNTIL"} & parts.keys():
        yield rule.find("has no end: neither COUNT nor UNTIL")
    until = read_moment(parts.get("UNTIL", ""))
    if until and until[1] != ("DATE" if start.is_day else "UTC"):
        yield rule.find("UNTIL must be a day when DTSTART is one, else in UTC", parts["UNTIL"])
