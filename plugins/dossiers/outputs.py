"""The list of dossiers, each dossier, and each of its parts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from plugins.blog.model import Article
from plugins.dossiers.model import Dossier, Dossiers, Part, Resource
from plugins.press import french
from plugins.press.documents import Text, newest_first, reading_minutes
from plugins.press.outputs import Output, Template
from plugins.press.pictures.facts import Target
from plugins.press.sharing import Card, Face, build_face
from plugins.press.site import Site
from plugins.press.views import Head, Link, Picture, feed_pair, picture, tag_links

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
    targets: tuple[Target, ...]
    parts: tuple[PartCard, ...]
    resources: tuple[Resource, ...]
    tags: tuple[Link, ...]


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
    targets: tuple[Target, ...]
    previous: Link | None
    next: Link | None


def build_outputs(site: Site) -> Iterator[Output]:
    dossiers = site.get(Dossiers)
    cards = tuple(card(dossier, dossiers) for dossier in dossiers.dossiers)
    head = Head(
        "Dossiers",
        "Des thèmes que nous prenons le temps de creuser, partie par partie.",
        feed_pair("Le blog", "/flux/blog"),
    )
    yield Output("/dossiers/", Template("dossiers.html"), DossiersView(head=head, dossiers=cards), "les dossiers")
    recent = {part.path for part in sorted(site.of(Part), key=newest_first)[: site.settings.sharing_cards]}
    for rank, dossier in enumerate(dossiers.dossiers):
        face = build_face(site, dossier, _dossier_card(cards[rank]) if rank < site.settings.sharing_cards else None)
        yield Output(dossier.url, Template("dossier.html"), _build_dossier(site, dossier, face, dossiers), dossier.path)
        yield from face.outputs
        parts = dossiers.parts(dossier)
        for index, part in enumerate(parts):
            if isinstance(part, Part):
                said = _part_card(dossier, part, index + 1, len(parts)) if part.path in recent else None
                face = build_face(site, part, said)
                yield Output(part.url, Template("part.html"), _build_part(site, dossier, face, parts, index), part.path)
                yield from face.outputs


def card(dossier: Dossier, dossiers: Dossiers) -> DossierCard:
    count, words = len(dossiers.parts(dossier)), dossiers.words(dossier)
    return DossierCard(dossier.url, dossier.slug, dossier.title, dossier.summary, dossier.state, count, words)


def _dossier_card(dossier: DossierCard) -> Card:
    parts = french.plural(dossier.parts, "partie") if dossier.parts else ""
    note = " · ".join(filter(None, (parts, f"{reading_minutes(dossier.words)} min de lecture")))
    kicker = "Dossier complet" if dossier.state == "complete" else "Dossier"
    return Card(title=dossier.title, kicker=kicker, note=note, cover=dossier.slug)


def _part_card(dossier: Dossier, part: Part, number: int, total: int) -> Card:
    """With the cover of its dossier: they are one family."""
    kicker = f"{dossier.title} · partie {number} sur {total}"
    return Card(title=part.title, kicker=kicker, note=french.long_day(part.date), cover=dossier.slug)


def _build_dossier(site: Site, dossier: Dossier, face: Face, dossiers: Dossiers) -> DossierView:
    parts = dossiers.parts(dossier)
    return DossierView(
        head=Head(
            dossier.title,
            dossier.summary,
            feed_pair(dossier.title, f"{dossier.url}flux"),
            (HOME,),
            face.image,
            image_alt=face.alt,
        ),
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


def _build_part(site: Site, dossier: Dossier, face: Face, parts: tuple[Part | Article, ...], index: int) -> PartView:
    part = parts[index]
    return PartView(
        head=Head(
            part.title,
            part.summary,
            feed_pair(dossier.title, f"{dossier.url}flux"),
            (HOME, Link(dossier.title, dossier.url)),
            face.image,
            image_alt=face.alt,
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
