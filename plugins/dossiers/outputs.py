"""The list of dossiers, each dossier, each of its parts, and the whole of it to take away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from msgspec import Struct

from plugins.agenda.model import EventCard
from plugins.dossiers.book import Book, aim, build_book
from plugins.dossiers.model import Dossier, Dossiers, Part, Rank, Resource
from plugins.dossiers.related import related_events
from plugins.press import french, schemaorg
from plugins.press.documents import Text, newest_first, reading_minutes
from plugins.press.outputs import Function, Output, Paper, Template
from plugins.press.pictures.facts import Target
from plugins.press.schemaorg import Here
from plugins.press.sharing import Card, Face, build_face
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


class Takeaway(Struct, frozen=True, array_like=True, gc=False):
    """Where the whole dossier is in other forms; ``""`` where it is not."""

    printable: str = ""
    epub: str = ""
    pdf: str = ""


class DossierView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/dossier.html: editorial, parts, what goes with them. ``authors`` are those of all its texts."""

    head: Head
    card: DossierCard
    date: datetime
    modified: datetime
    authors: tuple[str, ...]
    picture: Picture | None
    text: Text
    targets: tuple[Target, ...]
    parts: tuple[PartCard, ...]
    resources: tuple[Resource, ...]
    events: tuple[EventCard, ...]
    tags: tuple[Link, ...]
    takeaway: Takeaway

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
                (self.date, self.modified),
                self.authors,
                keywords=tuple(tag.label for tag in self.tags),
                has_part=parts,
            ),
        )


class PartView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/part.html: one part, its rank, and its neighbours by name."""

    head: Head
    rank: Rank
    title: str
    summary: str
    date: datetime
    modified: datetime | None
    authors: tuple[str, ...]
    tags: tuple[Link, ...]
    words: int
    picture: Picture | None
    text: Text
    targets: tuple[Target, ...]

    def describe(self, here: Here) -> tuple[schemaorg.Article]:
        return (
            here.work(
                schemaorg.Article,
                self.head,
                (self.date, self.modified),
                self.authors,
                keywords=tuple(tag.label for tag in self.tags),
                is_part_of=here.series(self.rank.dossier),
                position=self.rank.number,
            ),
        )


class PrintView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/dossier-print.html: the whole dossier on one page, which stands for the one at ``target``."""

    head: Head
    target: str
    book: Book


def build_outputs(site: Site) -> Iterator[Output]:
    dossiers = site.get(Dossiers)
    cards = tuple(card(dossier, dossiers) for dossier in dossiers.dossiers)
    head = Head(
        "Dossiers",
        "Des thèmes que nous prenons le temps de creuser, partie par partie.",
        feed_pair("Le blog", "/flux/blog"),
    )
    yield Output("/dossiers/", Template("dossiers.html"), DossiersView(head=head, dossiers=cards), "les dossiers")
    latest = site.settings.sharing_cards
    recent = {part.path for part in sorted(site.of(Part), key=newest_first)[:latest]}
    for place, dossier in enumerate(dossiers.dossiers):
        face = build_face(site, dossier, _dossier_card(cards[place]) if place < latest else None)
        yield Output(dossier.url, Template("dossier.html"), _build_dossier(site, dossier, face), dossier.path)
        yield from face.outputs
        for part in dossiers.parts(dossier):
            rank = dossiers.rank(part)
            if isinstance(part, Part) and rank:
                face = build_face(site, part, _part_card(dossier, part, rank) if part.path in recent else None)
                yield Output(part.url, Template("part.html"), _build_part(site, dossier, part, face, rank), part.path)
                yield from face.outputs
        yield from _build_takeaway(site, dossier)


def card(dossier: Dossier, dossiers: Dossiers) -> DossierCard:
    count, words = len(dossiers.parts(dossier)), dossiers.words(dossier)
    return DossierCard(dossier.url, dossier.slug, dossier.title, dossier.summary, dossier.state, count, words)


def _dossier_card(dossier: DossierCard) -> Card:
    parts = french.plural(dossier.parts, "partie") if dossier.parts else ""
    note = " · ".join(filter(None, (parts, f"{reading_minutes(dossier.words)} min de lecture")))
    kicker = "Dossier complet" if dossier.state == "complete" else "Dossier"
    return Card(title=dossier.title, kicker=kicker, note=note, cover=dossier.slug)


def _part_card(dossier: Dossier, part: Part, rank: Rank) -> Card:
    """With the cover of its dossier: they are one family."""
    kicker = f"{dossier.title} · partie {rank.number} sur {len(rank.parts)}"
    return Card(title=part.title, kicker=kicker, note=french.long_day(part.date), cover=dossier.slug)


def _build_dossier(site: Site, dossier: Dossier, face: Face) -> DossierView:
    dossiers = site.get(Dossiers)
    return DossierView(
        head=_head(site, dossier, dossier, face, HOME),
        card=card(dossier, dossiers),
        date=dossier.date,
        modified=dossiers.modified(dossier),
        authors=dossiers.contributors(dossier),
        picture=picture(site, dossier),
        text=dossier.text,
        targets=site.targets(dossier),
        parts=tuple(
            PartCard(number, part.url, part.title, part.summary, part.text.words)
            for number, part in enumerate(dossiers.parts(dossier), 1)
        ),
        resources=dossier.resources,
        events=related_events(site, dossier),
        tags=dossiers.tags(dossier),
        takeaway=_takeaway(site, dossier),
    )


def _build_part(site: Site, dossier: Dossier, part: Part, face: Face, rank: Rank) -> PartView:
    return PartView(
        head=_head(site, dossier, part, face, HOME, rank.dossier),
        rank=rank,
        title=part.title,
        summary=part.summary,
        date=part.date,
        modified=part.modified,
        authors=part.authors,
        tags=tag_links(part.tags),
        words=part.text.words,
        picture=picture(site, part),
        text=part.text,
        targets=site.targets(part),
    )


def _head(site: Site, dossier: Dossier, text: Dossier | Part, face: Face, *crumbs: Link) -> Head:
    return document_head(site, text, face, feed_pair(dossier.title, f"{dossier.url}flux"), crumbs)


def _takeaway(site: Site, dossier: Dossier) -> Takeaway:
    """A dossier without a word is nothing to take away."""
    if not site.get(Dossiers).words(dossier):
        return Takeaway()
    stem = f"{dossier.url}{dossier.slug}"
    return Takeaway(f"{dossier.url}imprimer/", f"{stem}.epub", f"{stem}.pdf" if site.settings.pdf else "")


def _build_takeaway(site: Site, dossier: Dossier) -> Iterator[Output]:
    takeaway = _takeaway(site, dossier)
    book = build_book(site, dossier)
    if takeaway.printable:
        head = Head(f"{dossier.title}, à imprimer", dossier.summary, noindex=True)
        whole = partial(_whole, site.settings.url)
        view = PrintView(head=head, target=dossier.url, book=aim(book, _anchor, whole))
        yield Output(takeaway.printable, Template("dossier-print.html"), view, "le dossier à imprimer")
    if takeaway.epub:
        yield Output(takeaway.epub, _EPUB, book, "le livre du dossier")
    if takeaway.pdf:
        yield Output(takeaway.pdf, _PDF, book, "le PDF du dossier")


def _anchor(key: str, anchor: str) -> str:
    return f"#{key}-{anchor}" if anchor else f"#{key}"


def _whole(site: str, address: str) -> str:
    """On paper, an address is read: a whole one is worth something."""
    return site + address if address.startswith("/") else address


_EPUB = Function(
    "plugins.dossiers.epub.rendering:render_epub",
    (*(f"book/{page}.xhtml" for page in ("cover", "contents", "chapter", "resources", "sources")), "book/book.css"),
)
_PDF = Paper("document.typ", Function("plugins.dossiers.paper:build_sheet"))
