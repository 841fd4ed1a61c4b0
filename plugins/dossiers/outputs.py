"""The list of dossiers, each dossier, and each of its parts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from plugins.blog.model import Article
from plugins.dossiers.model import Dossier, Dossiers, Part, Resource
from plugins.press import schemaorg
from plugins.press.documents import Text
from plugins.press.outputs import Output, Template
from plugins.press.schemaorg import Here
from plugins.press.site import Site
from plugins.press.views import Head, Link, Picture, document_head, feed_pair, picture, tag_links

HOME = Link("Dossiers", "/dossiers/")


class DossierCard(Struct, frozen=True, array_like=True, gc=False):
    """What lists show of a dossier. ``slug`` draws its cover."""

    url: str
    slug: str
    title: str
    summary: str
    state: str
    parts: int
    words: int


class PartCard(Struct, frozen=True, array_like=True, gc=False):
    """What a dossier shows of a part."""

    number: int
    url: str
    title: str
    summary: str
    words: int


class DossiersView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/dossiers.html"""

    head: Head
    dossiers: tuple[DossierCard, ...]


class DossierView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/dossier.html: editorial, parts, resources."""

    head: Head
    card: DossierCard
    date: datetime
    authors: tuple[str, ...]
    text: Text
    targets: tuple[str, ...]
    parts: tuple[PartCard, ...]
    resources: tuple[Resource, ...]
    tags: tuple[Link, ...]

    def describe(self, here: Here) -> tuple[schemaorg.CreativeWorkSeries]:
        parts = tuple(
            schemaorg.Article(
                id=here.site.absolute(part.url), name=part.title, url=here.site.absolute(part.url), position=part.number
            )
            for part in self.parts
        )
        return (
            here.work(
                schemaorg.CreativeWorkSeries,
                self.head,
                self.date,
                authors=self.authors,
                keywords=tuple(tag.label for tag in self.tags),
                has_part=parts,
            ),
        )


class PartView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/part.html: one part, its rank, and its neighbours by name."""

    head: Head
    dossier: Link
    title: str
    summary: str
    date: datetime
    authors: tuple[str, ...]
    tags: tuple[Link, ...]
    number: int
    total: int
    words: int
    picture: Picture | None
    text: Text
    targets: tuple[str, ...]
    previous: Link | None
    next: Link | None

    def describe(self, here: Here) -> tuple[schemaorg.Article]:
        address = here.site.absolute(self.dossier.url)
        return (
            here.work(
                schemaorg.Article,
                self.head,
                self.date,
                authors=self.authors,
                keywords=tuple(tag.label for tag in self.tags),
                is_part_of=schemaorg.CreativeWorkSeries(id=address, name=self.dossier.label, url=address),
                position=self.number,
            ),
        )


def build_outputs(site: Site) -> Iterator[Output]:
    dossiers = site.get(Dossiers)
    cards = tuple(card(dossier, dossiers) for dossier in dossiers.dossiers)
    head = Head(
        "Dossiers",
        "Des thèmes que nous prenons le temps de creuser, partie par partie.",
        feed_pair("Le blog", "/flux/blog"),
    )
    yield Output("/dossiers/", Template("dossiers.html"), DossiersView(head=head, dossiers=cards), "les dossiers")
    for dossier in dossiers.dossiers:
        yield Output(dossier.url, Template("dossier.html"), _build_dossier(site, dossier, dossiers), dossier.path)
        parts = dossiers.parts(dossier)
        for index, part in enumerate(parts):
            if isinstance(part, Part):
                yield Output(part.url, Template("part.html"), _build_part(site, dossier, parts, index), part.path)


def card(dossier: Dossier, dossiers: Dossiers) -> DossierCard:
    count, words = len(dossiers.parts(dossier)), dossiers.words(dossier)
    return DossierCard(dossier.url, dossier.slug, dossier.title, dossier.summary, dossier.state, count, words)


def _build_dossier(site: Site, dossier: Dossier, dossiers: Dossiers) -> DossierView:
    parts = dossiers.parts(dossier)
    return DossierView(
        head=document_head(site, dossier, feed_pair(dossier.title, f"{dossier.url}flux"), (HOME,)),
        card=card(dossier, dossiers),
        date=dossier.date,
        authors=dossier.authors,
        text=dossier.text,
        targets=site.targets(dossier),
        parts=tuple(
            PartCard(i, part.url, part.title, part.summary, part.text.words) for i, part in enumerate(parts, 1)
        ),
        resources=dossier.resources,
        tags=tag_links(dossier.tags),
    )


def _build_part(site: Site, dossier: Dossier, parts: tuple[Part | Article, ...], index: int) -> PartView:
    part = parts[index]
    return PartView(
        head=document_head(
            site,
            part,
            feed_pair(dossier.title, f"{dossier.url}flux"),
            (HOME, Link(dossier.title, dossier.url)),
        ),
        dossier=Link(dossier.title, dossier.url),
        title=part.title,
        summary=part.summary,
        date=part.date,
        authors=part.authors,
        tags=tag_links(part.tags),
        number=index + 1,
        total=len(parts),
        words=part.text.words,
        picture=picture(site, part),
        text=part.text,
        targets=site.targets(part),
        previous=_link(parts, index - 1),
        next=_link(parts, index + 1),
    )


def _link(parts: tuple[Part | Article, ...], index: int) -> Link | None:
    return Link(parts[index].title, parts[index].url) if 0 <= index < len(parts) else None
