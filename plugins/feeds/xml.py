"""Feeds by feedgen, with what it gets wrong set right (dates of now, the order of entries, the links of Atom)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from plugins.feeds.model import FeedView, Item
from plugins.press.views import ATOM, RSS

if TYPE_CHECKING:
    from plugins.press.rendering import Press

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""When an empty feed was last updated: it must say something, and the same each time."""
_PAGE = "text/html"
_INSIDE = re.compile('(<a [^<>]*href=")#')
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Entry(FeedEntry):  # type: ignore[misc]  # feedgen is published without types
    """An entry whose links say what they are: in Atom, feedgen drops all but their addresses (its issue 135)."""

    def atom_entry(self, extensions: bool = True) -> Any:  # noqa: FBT001, FBT002 - feedgen's own signature
        entry = super().atom_entry(extensions)
        for element, link in zip(entry.findall("link"), self.link() or (), strict=True):
            element.attrib.update(link)
        return entry


def render_rss(view: FeedView, press: Press) -> bytes:
    feed = _build_feed(view, press, f"{view.stem}.rss.xml", RSS)
    # of an RSS channel, feedgen takes the last link that was given
    feed.link(href=press.absolute(view.page), rel="alternate")
    return bytes(feed.rss_str(pretty=True))


def render_atom(view: FeedView, press: Press) -> bytes:
    feed = _build_feed(view, press, f"{view.stem}.atom.xml", ATOM)
    return bytes(feed.atom_str(pretty=True))


def _build_feed(view: FeedView, press: Press, own: str, form: str) -> FeedGenerator:
    feed = FeedGenerator()
    feed.load_extension("dc", atom=False, rss=True)
    feed.id(press.absolute(view.page))
    feed.title(_clean(view.title))
    feed.subtitle(_clean(view.description))
    feed.description(_clean(view.description))
    feed.language(press.settings.lang)
    feed.author(name=press.settings.name)
    feed.generator("Pelican")
    feed.link(href=press.absolute(view.page), rel="alternate", type=_PAGE)
    feed.link(href=press.absolute(own), rel="self", type=form)
    moments = [moment for item in view.items for moment in (item.updated or item.published,) if moment]
    updated = _aware(max(moments), press) if moments else _EPOCH
    feed.updated(updated)
    feed.lastBuildDate(updated)
    for item in view.items:
        _fill(feed.add_entry(_Entry(), order="append"), item, press)
    return feed


def _fill(entry: FeedEntry, item: Item, press: Press) -> None:
    url = press.absolute(item.url)
    entry.id(item.identity or url)
    entry.guid(item.identity or url, permalink=not item.identity)
    entry.title(_clean(item.title))
    entry.link(href=url, rel="alternate", type=_PAGE)
    if item.summary:
        entry.summary(_clean(item.summary))
        # of RSS, readers take the description for HTML; what feedgen makes of it in Atom, the content replaces
        entry.description(_clean(escape(item.summary, quote=False)))
    lead = f"<p><strong>{escape(item.lead)}</strong></p>" if item.lead else ""
    body = press.absolute_body(item.text, item.targets, item.phrases)
    # a note at the foot of the text is on its page: in a reader there is nothing to be relative to
    body = _INSIDE.sub(lambda found: f"{found[1]}{url}#", body)
    entry.content(_clean(lead + body), type="html")
    for author in item.authors:
        entry.author(name=_clean(author))
        entry.dc.dc_creator(_clean(author))  # RSS itself has room for e-mail addresses only
    for tag in item.tags:
        entry.category(term=_clean(tag))
    if item.published:
        entry.published(_aware(item.published, press))
    moment = item.updated or item.published
    entry.updated(_aware(moment, press) if moment else _EPOCH)


def _aware(moment: datetime, press: Press) -> datetime:
    return moment.replace(tzinfo=ZoneInfo(press.settings.timezone))


def _clean(text: str) -> str:
    """XML 1.0 §2.2 has no place for some characters; a feed that holds one is no feed."""
    return _NOT_XML.sub("", text)
