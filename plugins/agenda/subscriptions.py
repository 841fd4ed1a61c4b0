"""The page of every calendar and feed of the agenda that one can subscribe to, and how."""

from __future__ import annotations

from msgspec import Struct

from plugins.agenda import calendars
from plugins.agenda.calendars import CalendarLink
from plugins.agenda.links import FEEDS, HOME
from plugins.press.outputs import Output, Template
from plugins.press.site import Site
from plugins.press.views import Head, Link

SHOWN = {"departement": 12, "organisateur": 12}
YEARS = 6
"""How many departments and organisers (those with the most events) and years (the latest) are listed.

Each of the others has its calendar on its own page.
"""


class SubscriptionsView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/subscriptions.html: feeds, and calendars in groups, each with how many are left out of it."""

    head: Head
    groups: tuple[tuple[str, tuple[CalendarLink, ...], int], ...]
    feeds: tuple[Link, ...]


def build_subscriptions(site: Site) -> Output:
    head = Head("S'abonner à l'agenda", "Chaque calendrier, son adresse et comment s'y abonner.", FEEDS, (HOME,))
    groups = []
    for name, found in calendars.links(site):
        links = _choose(found)
        groups.append((name, links, len(found) - len(links)))
    view = SubscriptionsView(head=head, groups=tuple(groups), feeds=_FEEDS)
    return Output("/agenda/abonnements/", Template("subscriptions.html"), view, "l'agenda")


def _choose(links: tuple[CalendarLink, ...]) -> tuple[CalendarLink, ...]:
    """Those of a group that are listed, in the same order."""
    kind = links[0].page.split("/")[2]
    if kind.isdecimal():
        return links[:YEARS]
    most = {link.url for link in sorted(links, key=_most_first)[: SHOWN.get(kind)]}
    return tuple(link for link in links if link.url in most)


def _most_first(link: CalendarLink) -> tuple[int, str]:
    return (-link.count, link.url)


_FEEDS = (
    Link("Les rendez-vous, dès leur annonce (Atom)", "/flux/agenda.atom.xml"),
    Link("Les rendez-vous, dès leur annonce (RSS)", "/flux/agenda.rss.xml"),
    Link("Ce qui est annulé, déplacé ou ajouté (Atom)", "/flux/agenda-changements.atom.xml"),
)
