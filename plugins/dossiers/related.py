"""The events that go with a dossier: those that its texts link to, and those that share its tags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from heapq import nsmallest
from typing import Self

from plugins.agenda.model import Agenda, Event, EventCard
from plugins.dossiers.model import Dossier, Dossiers
from plugins.press.site import Site
from plugins.press.views import tag_links

LINKED, ALIKE = 12, 6
"""How many of each a dossier shows: no page grows for ever."""


class TaggedEvents:
    """The events that carry a tag of some dossier, by the address of the tag."""

    def __init__(self, site: Site) -> None:
        wanted = site.get(Dossiers).by_tag.keys()
        self.by_tag: dict[str, list[Event]] = defaultdict(list)
        for event in site.get(Agenda).carrying(wanted):
            for tag in tag_links(event.tags):
                if tag.url in wanted:
                    self.by_tag[tag.url].append(event)

    @classmethod
    def build(cls, site: Site) -> Self:
        return cls(site)


def related_events(site: Site, dossier: Dossier) -> tuple[EventCard, ...]:
    """Those to come before those that are over, nearest first."""
    agenda, tagged = site.get(Agenda), site.get(TaggedEvents).by_tag
    linked = {event.path: event for event in _linked(site, dossier)}
    alike = {event.path: event for tag in site.get(Dossiers).tags(dossier) for event in tagged.get(tag.url, ())}
    near = _Nearness(agenda)
    chosen = nsmallest(LINKED, linked.values(), near)
    chosen += nsmallest(ALIKE, (event for path, event in alike.items() if path not in linked), near)
    return agenda.event_cards(sorted(chosen, key=near))


def _linked(site: Site, dossier: Dossier) -> Iterator[Event]:
    agenda = site.get(Agenda)
    for text in site.get(Dossiers).texts(dossier):
        for link in text.text.links:
            event = site.by_path.get(link.path)
            if isinstance(event, Event) and agenda.dates(event):
                yield event


class _Nearness:
    """How far an event is from now: what is to come first, then by distance."""

    def __init__(self, agenda: Agenda) -> None:
        self.agenda = agenda

    def __call__(self, event: Event) -> tuple[bool, timedelta, str]:
        entry = self.agenda.shown(event)
        is_past = entry.over <= self.agenda.local_now
        away = self.agenda.local_now - entry.over if is_past else entry.begins - self.agenda.local_now
        return (is_past, away, event.path)
