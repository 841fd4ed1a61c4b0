"""What a feed holds: for the blog, the agenda, the reports and each dossier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from heapq import nlargest
from operator import itemgetter
from urllib.parse import quote

import msgspec
from msgspec import Struct

from plugins.agenda.model import Agenda, Event, announced
from plugins.blog.model import Article, Blog
from plugins.dossiers.model import Dossier, Dossiers, Part
from plugins.press import french
from plugins.press.documents import Text, newest_first
from plugins.press.pictures.facts import Target
from plugins.press.site import Site
from plugins.reports.model import Report, Reports, published

BLOG_SIZE, AGENDA_SIZE = 20, 50
_UNKNOWN = datetime(9999, 1, 1)


class Item(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """One entry, known by its address, or by ``identity`` when that may change.

    ``published`` is when it was announced, or None: an event's own date stands in title and text.
    """

    url: str
    title: str
    summary: str
    published: datetime | None
    updated: datetime | None
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    text: Text
    targets: tuple[Target, ...]
    phrases: dict[str, str] = {}
    lead: str = ""
    identity: str = ""


class FeedView(Struct, frozen=True, kw_only=True, array_like=True):
    """A feed in both its forms: ``stem`` is its address without ``.rss.xml``, ``page`` what it follows."""

    title: str
    description: str
    stem: str
    page: str
    items: tuple[Item, ...]


def build_feeds(site: Site) -> Iterator[FeedView]:
    """All feeds of the site."""
    name, dossiers = site.settings.name, site.get(Dossiers)
    texts: list[Article | Part] = [*site.get(Blog).articles, *site.of(Part)]
    texts = sorted(texts, key=newest_first)[:BLOG_SIZE]
    yield FeedView(
        title=f"{name} – blog",
        description="Les derniers articles et parties de dossiers.",
        stem="/flux/blog",
        page="/blog/",
        items=tuple(_text_item(text, site) for text in texts),
    )
    yield FeedView(
        title=f"{name} – agenda",
        description="Les rendez-vous, du plus récemment annoncé au plus ancien.",
        stem="/flux/agenda",
        page="/agenda/",
        items=tuple(_agenda_items(site)),
    )
    reports = tuple(_report_item(report, site) for report in site.get(Reports).reports)
    yield FeedView(
        title=f"{name} – rapports d'activité",
        description="Les rapports d'activité, année par année.",
        stem="/flux/rapports",
        page="/rapports/",
        items=reports,
    )
    for dossier in dossiers.dossiers:
        yield _dossier_feed(dossier, site)


def _dossier_feed(dossier: Dossier, site: Site) -> FeedView:
    parts = [*reversed(site.get(Dossiers).parts(dossier)), dossier]
    texts = sorted(parts, key=lambda text: text.date, reverse=True)  # of one day: the last part first
    items = tuple(_text_item(text, site) for text in texts)
    return FeedView(
        title=f"{site.settings.name} – {dossier.title}",
        description=dossier.summary or dossier.title,
        stem=f"{dossier.url}flux",
        page=dossier.url,
        items=items,
    )


def _agenda_items(site: Site) -> Iterator[Item]:
    """Newest announcement first; events whose announcement is unknown lead, for they are the newest."""
    agenda = site.get(Agenda)
    found = _find_announced(agenda.open, site)
    # a settled event was announced before it was over
    if len(found) < AGENDA_SIZE or found[-1][0] <= agenda.entries.settled.since:
        found = _find_announced(agenda.events, site)
    for moment, _, _, event in found:
        yield _event_item(event, None if moment == _UNKNOWN else moment, site)


def _find_announced(events: Iterable[Event], site: Site) -> list[tuple[datetime, datetime, str, Event]]:
    """The events announced last, latest first: when, their start and path, the event."""
    moments = ((event.date or announced(event, site) or _UNKNOWN, event.start, event.path, event) for event in events)
    return nlargest(AGENDA_SIZE, moments, key=itemgetter(0, 1, 2))


def build_changes(site: Site, changes: Iterable[tuple[Event, datetime, str, str]]) -> FeedView:
    """What was cancelled, moved or added: event, moment, a word for the kind of change, and the sentence that tells."""
    return FeedView(
        title=f"{site.settings.name} – changements de l'agenda",
        description="Ce qui est annulé, déplacé ou ajouté.",
        stem="/flux/agenda-changements",
        page="/agenda/",
        items=tuple(_change_item(site, *change) for change in changes),
    )


def _change_item(site: Site, event: Event, moment: datetime, kind: str, sentence: str) -> Item:
    item = _event_item(event, moment, site)
    return msgspec.structs.replace(
        item,
        identity=f"{item.identity}#{kind}-{moment:%Y%m%dT%H%M%S}",
        summary=sentence,
        updated=moment,
        lead=f"{sentence} {item.lead}",
    )


def _event_item(event: Event, moment: datetime | None, site: Site) -> Item:
    when = french.period(event.start, event.end, all_day=event.all_day)
    where = ", ".join(event.place.lines)
    prefix = {"cancelled": "Annulé – ", "postponed": "Reporté – ", "full": "Complet – "}.get(event.event_status, "")
    return Item(
        url=event.address,
        title=f"{prefix}{event.title} ({when})",
        summary=event.summary,
        published=moment,
        updated=event.modified or moment,
        authors=tuple(organiser.name for organiser in event.organisers),
        tags=event.tags,
        text=event.text,
        targets=site.targets(event),
        lead=" – ".join(filter(None, (when, where, event.status_note))),
        identity=f"tag:{site.settings.uid_domain},2017:{quote(site.get(Agenda).identity(event))}",
    )


def _report_item(report: Report, site: Site) -> Item:
    reports = site.get(Reports)
    item = _text_item(report, site, reports.phrases(report))
    return msgspec.structs.replace(item, summary=reports.summary(report))


def _text_item(text: Article | Part | Dossier | Report, site: Site, phrases: dict[str, str] | None = None) -> Item:
    moment = published(text) if isinstance(text, Report) else text.date
    return Item(
        url=text.url,
        title=text.title,
        summary=text.summary,
        published=moment,
        updated=text.modified or moment,
        authors=text.authors,
        tags=text.tags,
        text=text.text,
        targets=site.targets(text),
        phrases=phrases or {},
    )
