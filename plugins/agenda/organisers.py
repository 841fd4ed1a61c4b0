"""Who organises events, or takes part: known by a slug, under the name and with the website of their first event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from plugins.agenda.details import Organiser
from plugins.agenda.event import Event, by_start
from plugins.agenda.filing import NAMED
from plugins.press.filed import Filed

_Order = tuple[datetime, bool, str, str]


def find_organisers(filed: Filed) -> dict[str, Organiser]:
    """Each by its slug, as the first event names them that gives their website, else as the first of all does."""
    variants: dict[str, dict[Organiser, Event]] = defaultdict(dict)
    for organiser, event in _name_all(filed):
        known = variants[organiser.slug].get(organiser)
        if known is None or by_start(event) < by_start(known):
            variants[organiser.slug][organiser] = event
    return {slug: min(found, key=lambda one: _rank(one, found[one])) for slug, found in sorted(variants.items())}


def _name_all(filed: Filed) -> Iterator[tuple[Organiser, Event]]:
    """Each way to name somebody, with the first settled event that has it, and every open one."""
    for term in filed.terms(NAMED):
        rows = filed.rows(term)
        if rows:
            slug, name, url = term.removeprefix(f"{NAMED} ").split("\n")
            yield Organiser(name, slug, url), filed.document(rows[0])
    for event in filed.open:
        for organiser in event.organisers + event.partners:
            yield organiser, event


def _rank(organiser: Organiser, event: Event) -> tuple[bool, _Order, int]:
    return (not organiser.url, by_start(event), (event.organisers + event.partners).index(organiser))
