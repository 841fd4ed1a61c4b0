"""The list of tags, and for each what carries it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from operator import attrgetter
from typing import Any

from msgspec import Struct

from plugins.agenda.model import Agenda, Event, EventCard
from plugins.press.documents import Document, newest_first
from plugins.press.outputs import Batch, Deferred, Output, Template
from plugins.press.site import Site
from plugins.press.views import Head, Link
from plugins.tags.model import Tags

HOME = Link("Mots-clés", "/mots-cles/")
TAGS, PAGE_SIZE = 300, 36
"""How many tags a page of the list shows, and how many texts and events a page of a tag: none grows for ever."""


class TagCard(Struct, frozen=True, array_like=True, gc=False):
    """A tag and how many documents carry it."""

    label: str
    url: str
    count: int


class TaggedCard(Struct, frozen=True, array_like=True, gc=False):
    """What a tag's page shows of a document that is no event."""

    url: str
    title: str
    summary: str
    date: datetime | None


class TagsView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/tags.html: one page of the list."""

    head: Head
    tags: tuple[TagCard, ...]
    newer: Link | None = None
    older: Link | None = None


class TagView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/tag.html: texts (newest first) and events (latest first) that carry a tag."""

    head: Head
    label: str
    texts: tuple[TaggedCard, ...]
    events: tuple[EventCard, ...]
    newer: Link | None
    older: Link | None


def build_outputs(site: Site) -> Iterator[Output | Batch]:
    tags = site.get(Tags)
    cards = tuple(TagCard(name, f"/mots-cles/{slug}/", tags.counts[slug]) for slug, name in tags.names.items())
    links = _page_links("/mots-cles/", -(-len(cards) // TAGS) or 1)
    for index, link in enumerate(links):
        head = Head(f"Mots-clés, page {index + 1}" if index else "Mots-clés", "Tous les thèmes du site.")
        newer, older = _around(links, index)
        view = TagsView(head=head, tags=cards[index * TAGS : (index + 1) * TAGS], newer=newer, older=older)
        yield Output(link.url, Template("tags.html"), view, "les mots-clés")
    passing = _find_passing(site.get(Agenda), tags)
    for slug, name in tags.names.items():
        if slug:
            made_of = (name, [text.face for text in tags.texts[slug]], tags.mark(slug), passing[slug])
            url = f"/mots-cles/{slug}/"
            yield Batch(f"tag {url}", made_of, partial(_build_pages, site, url, name, slug))


def _find_passing(agenda: Agenda, tags: Tags) -> dict[str, dict[str, Any]]:
    """What events say of themselves for now (``Agenda.passing``), by path, for each tag that they carry."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for path, passing in agenda.passing.items():
        for tag in agenda.standing[path].event.tags:
            if tag in tags.slugs:  # those of imported events make no pages
                found[tags.slugs[tag]][path] = passing
    return found


def _build_pages(site: Site, url: str, name: str, slug: str) -> Iterator[Output]:
    """The pages of a tag: none grows for ever, and an edit only touches the one that shows what was edited."""
    agenda, tags = site.get(Agenda), site.get(Tags)
    events = sorted(sorted(tags.events(slug), key=attrgetter("path")), key=attrgetter("start"), reverse=True)
    texts = sorted(tags.texts[slug], key=newest_first)
    total = -(-max(len(texts), len(events)) // PAGE_SIZE)
    links = _page_links(url, total)
    for index, link in enumerate(links):
        shown = slice(index * PAGE_SIZE, (index + 1) * PAGE_SIZE)
        around = _around(links, index)
        made_of = partial(_key, agenda, name, index, texts[shown], events[shown], around)
        view = Deferred(made_of, partial(_build_page, agenda, name, index, texts[shown], events[shown], around))
        yield Output(link.url, Template("tag.html"), view, "les mots-clés")


def _page_links(url: str, total: int) -> list[Link]:
    return [Link(f"Page {number}", url if number == 1 else f"{url}page/{number}/") for number in range(1, total + 1)]


def _around(links: list[Link], index: int) -> tuple[Link | None, Link | None]:
    return (links[index - 1] if index else None, links[index + 1] if index + 1 < len(links) else None)


def _key(  # noqa: PLR0913, PLR0917 - what a page shows
    agenda: Agenda,
    name: str,
    index: int,
    texts: list[Document],
    events: list[Event],
    around: tuple[Link | None, Link | None],
) -> tuple[Any, ...]:
    return (name, index, around, [text.face for text in texts], agenda.marks([*map(agenda.shown, events)]))


def _build_page(  # noqa: PLR0913, PLR0917 - what a page shows
    agenda: Agenda,
    name: str,
    index: int,
    texts: list[Document],
    events: list[Event],
    around: tuple[Link | None, Link | None],
) -> TagView:
    return TagView(
        head=Head(f"{name}, page {index + 1}" if index else name, f"Tout ce qui parle de « {name} ».", (), (HOME,)),
        label=name,
        texts=tuple(TaggedCard(text.url, text.title, text.summary, text.date) for text in texts),
        events=agenda.event_cards(events),
        newer=around[0],
        older=around[1],
    )
