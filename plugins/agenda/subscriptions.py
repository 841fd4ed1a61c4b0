"""The page of every calendar and feed of the agenda that one can subscribe to, and how."""

from __future__ import annotations

from msgspec import Struct

from plugins.agenda import calendars
from plugins.agenda.calendars import CalendarLink
from plugins.agenda.links import FEEDS, HOME
from plugins.press.outputs import Output, Template
from plugins.press.site import Site
from plugins.press.views import Head, Link

ORGANISERS = 60
"""Beyond so many, only the organisers with the most events are listed: each has its calendar on its own page."""


class SubscriptionsView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/subscriptions.html: calendars in groups, feeds, and how many organisers are left out."""

    head: Head
    groups: tuple[tuple[str, tuple[CalendarLink, ...]], ...]
    others: int
    feeds: tuple[Link, ...]


def build_subscriptions(site: Site) -> Output:
    head = Head("S'abonner à l'agenda", "Chaque calendrier, son adresse et comment s'y abonner.", FEEDS, (HOME,))
    groups, others = [], 0
    for name, found in calendars.links(site):
        links = found
        if len(links) > ORGANISERS and links[0].page.startswith("/agenda/organisateur/"):
            most = {link.url for link in sorted(links, key=_most_first)[:ORGANISERS]}
            links = tuple(link for link in links if link.url in most)
            others = len(found) - len(links)
        groups.append((name, links))
    view = SubscriptionsView(head=head, groups=tuple(groups), others=others, feeds=_FEEDS)
    return Output("/agenda/abonnements/", Template("subscriptions.html"), view, "l'agenda")


def _most_first(link: CalendarLink) -> tuple[int, str]:
    return (-link.count, link.url)


_FEEDS = (
    Link("Les rendez-vous, dès leur annonce (Atom)", "/flux/agenda.atom.xml"),
    Link("Les rendez-vous, dès leur annonce (RSS)", "/flux/agenda.rss.xml"),
    Link("Ce qui est annulé, déplacé ou ajouté (Atom)", "/flux/agenda-changements.atom.xml"),
)
