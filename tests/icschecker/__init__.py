"""A strict reader of calendars, by the bytes: what RFC 5545 and RFC 7986 ask, and what subscribers' programs trip on.

The usual readers forgive (ical.js takes month 13), so that their silence proves little. This one shares no code with
what writes the calendars: it reads lines, values and recurrence rules by itself. It is the project's own in what the
standards leave open: a rule has an end, a cancelled event says so in its title, Europe/Paris is told in two rules.
"""

from __future__ import annotations

from tests.icschecker.events import check_event
from tests.icschecker.lines import Finding, check_bytes, read_lines
from tests.icschecker.series import check_series
from tests.icschecker.tree import check_tree, read_tree
from tests.icschecker.values import check_values
from tests.icschecker.zones import check_zones

__all__ = ["Finding", "check"]


def check(data: bytes) -> list[Finding]:
    """All that is wrong with a calendar, by line. Where its lines cannot be told, only that is said."""
    found = list(check_bytes(data))
    lines, broken = read_lines(data)
    tree, unbalanced = read_tree(lines)
    found += [*broken, *unbalanced]
    for component in tree.walk():
        found += check_tree(component)
        found += [finding for line in component.lines for finding in check_values(component.name, line)]
    found += check_zones(tree)
    events = [component for component in tree.walk() if component.name == "VEVENT"]
    for event in events:
        found += check_event(event)
    found += check_series(events)
    return sorted(set(found))
