"""The rules between an event that comes back, its exceptions, and the occurrences that differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tests.icschecker.lines import Finding
from tests.icschecker.moments import Moment, moment, moments
from tests.icschecker.rules import expand, is_well_formed
from tests.icschecker.tree import Component


def check_series(events: list[Component]) -> Iterator[Finding]:
    series: dict[str, list[Component]] = defaultdict(list)
    for event in events:
        series[event.value("UID")].append(event)
    for uid, group in series.items():
        masters = [event for event in group if not event.first("RECURRENCE-ID")]
        changed = [event for event in group if event.first("RECURRENCE-ID")]
        for other in masters[1:]:
            yield other.find("has the identity of another event", uid)
        if not masters:
            yield from (event.find("differs from an event that is not there", uid) for event in changed)
            continue
        yield from _check_master(masters[0])
        yield from _check_changed(masters[0], changed)


def _check_master(event: Component) -> Iterator[Finding]:
    start = moment(event.first("DTSTART"))
    if start is None:
        return
    yield from _check_list(event, "RDATE", start)
    yield from _check_list(event, "EXDATE", start)
    yield from _check_extras(event, start)
    possible = {*_regular(event), *_extras(event)}
    for exception in event.all("EXDATE"):
        if not {*moments(exception)} <= possible:
            yield exception.find("excepts a date that there is not")
    left = possible - _exceptions(event)
    if not left:
        yield event.find("has no date left")
    if any(found.is_in_gap for found in left):
        yield event.find("comes back in the hour that is left out in spring")


def _check_extras(event: Component, start: Moment) -> Iterator[Finding]:
    """Dates beside a rule are others than the rule's; without one, DTSTART is among them."""
    rule, extras = event.first("RRULE"), _extras(event)
    if rule and is_well_formed(rule.value) and start not in expand(rule.value, start)[:1]:
        yield rule.find("does not give DTSTART as its first date")
    for extra in event.all("RDATE"):
        if rule and {*moments(extra)} & _regular(event):
            yield extra.find("adds a date that there is already")
    if extras and not rule and start not in extras | _exceptions(event):
        yield event.find("has dates without a rule, and not DTSTART among them: ical.js leaves it out")


def _check_list(event: Component, name: str, start: Moment) -> Iterator[Finding]:
    """The dates of RDATE or EXDATE are like DTSTART, and each stands once."""
    seen: set[Moment] = set()
    for line in event.all(name):
        for found in moments(line):
            if found.kind != start.kind:
                yield line.find("is not of the type and zone of DTSTART")
            if found in seen:
                yield line.find("lists a date twice")
            seen.add(found)


def _check_changed(master: Component, changed: list[Component]) -> Iterator[Finding]:
    start = moment(master.first("DTSTART"))
    dates = ({*_regular(master), *_extras(master)}) - _exceptions(master)
    seen: set[Moment] = set()
    for event in changed:
        which, line = moment(event.first("RECURRENCE-ID")), event.first("RECURRENCE-ID")
        for name in ("RRULE", "RDATE", "EXDATE"):
            yield from (found.find("stands in an occurrence that differs") for found in event.all(name))
        if start is None or which is None or line is None:
            continue
        own = moment(event.first("DTSTART"))
        if own and own.is_day != start.is_day:
            yield event.find("is of days where its event is of hours, or the other way")
        if which.kind != start.kind:
            yield line.find("is not of the type and zone of DTSTART")
        elif which not in dates:
            yield line.find("names a date that its event has not")
        if which in seen:
            yield line.find("names an occurrence again")
        seen.add(which)


def _regular(event: Component) -> set[Moment]:
    start, rule = moment(event.first("DTSTART")), event.value("RRULE")
    if start is None:
        return set()
    return {start, *(expand(rule, start) if rule and is_well_formed(rule) else ())}


def _extras(event: Component) -> set[Moment]:
    return {found for line in event.all("RDATE") for found in moments(line)}


def _exceptions(event: Component) -> set[Moment]:
    return {found for line in event.all("EXDATE") for found in moments(line)}
