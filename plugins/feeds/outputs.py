"""Each feed as RSS 2.0 and Atom, and the page « Flux et calendriers »."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from plugins.agenda.changes import recent
from plugins.feeds.model import build_changes, build_feeds
from plugins.press.outputs import Function, Output, Template
from plugins.press.site import Site
from plugins.press.views import ATOM, RSS, Feed, Head

CHANGES_SIZE = 50


class FeedCard(Struct, frozen=True, array_like=True, gc=False):
    """A feed on the page that lists them; without ``rss`` it has one form only."""

    title: str
    description: str
    rss: str
    atom: str
    count: int


class FeedsView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/feeds.html"""

    head: Head
    feeds: tuple[FeedCard, ...]


def build_outputs(site: Site) -> Iterator[Output]:
    cards = []
    for feed in build_feeds(site):
        yield Output(f"{feed.stem}.rss.xml", _RSS, feed, "les flux")
        yield Output(f"{feed.stem}.atom.xml", _ATOM, feed, "les flux")
        cards.append(
            FeedCard(feed.title, feed.description, f"{feed.stem}.rss.xml", f"{feed.stem}.atom.xml", len(feed.items))
        )
    changes = build_changes(
        site, ((event, change.moment, change.kind, change.sentence) for event, change in recent(site, CHANGES_SIZE))
    )
    yield Output(f"{changes.stem}.atom.xml", _ATOM, changes, "les flux")
    cards.append(FeedCard(changes.title, changes.description, "", f"{changes.stem}.atom.xml", len(changes.items)))
    feeds = tuple(
        Feed(card.title, url, form) for card in cards for url, form in ((card.atom, ATOM), (card.rss, RSS)) if url
    )
    head = Head("Flux et calendriers", "Suivre le site sans y revenir : flux RSS et Atom, calendriers.", feeds)
    yield Output("/flux/", Template("feeds.html"), FeedsView(head=head, feeds=tuple(cards)), "les flux")


_RSS = Function("plugins.feeds.xml:render_rss")
_ATOM = Function("plugins.feeds.xml:render_atom")
