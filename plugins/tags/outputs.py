"""The list of tags, and for each what carries it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from plugins.agenda.model import Agenda, Event, EventCard
from plugins.press.documents import Document, newest_first
from plugins.press.outputs import Output, Template
from plugins.press.site import Site
from plugins.press.views import Head, Link
from plugins.tags.model import Tags

HOME = Link("Mots-clés", "/mots-cles/")


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
    """templates/tags.html"""

    head: Head
    tags: tuple[TagCard, ...]


class TagView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/tag.html: texts (newest first) and events (latest first) that carry a tag."""

    head: Head
    label: str
    texts: tuple[TaggedCard, ...]
    events: tuple[EventCard, ...]


def build_outputs(site: Site) -> Iterator[Output]:
    tags = site.get(Tags)
    cards = tuple(TagCard(name, f"/mots-cles/{slug}/", len(tags.documents[slug])) for slug, name in tags.names.items())
    head = Head("Mots-clés", "Tous les thèmes du site.")
    yield Output("/mots-cles/", Template("tags.html"), TagsView(head=head, tags=cards), "les mots-clés")
    for slug, name in tags.names.items():
        if slug:
            yield Output(
                f"/mots-cles/{slug}/",
                Template("tag.html"),
                _build_tag(site, name, tags.documents[slug]),
                "les mots-clés",
            )


def _build_tag(site: Site, name: str, documents: list[Document]) -> TagView:
    agenda = site.get(Agenda)
    events = sorted((d for d in documents if isinstance(d, Event)), key=lambda event: event.start, reverse=True)
    texts = sorted((d for d in documents if not isinstance(d, Event)), key=newest_first)
    return TagView(
        head=Head(name, f"Tout ce qui parle de « {name} ».", (), (HOME,)),
        label=name,
        texts=tuple(TaggedCard(text.url, text.title, text.summary, text.date) for text in texts),
        events=agenda.event_cards(events),
    )
