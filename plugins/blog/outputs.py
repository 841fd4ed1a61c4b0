"""The list of articles, page by page, and each article."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from plugins.blog.model import Article, ArticleCard, Blog, card
from plugins.dossiers.model import Dossiers, Rank
from plugins.press import french, schemaorg
from plugins.press.documents import Text
from plugins.press.outputs import Output, Template
from plugins.press.pictures.facts import Target
from plugins.press.schemaorg import Here
from plugins.press.sharing import Card, Face, build_face
from plugins.press.site import Site
from plugins.press.views import Head, Link, Picture, document_head, feed_pair, picture, tag_links

FEEDS = feed_pair("Le blog", "/flux/blog")
HOME = Link("Blog", "/blog/")


class BlogView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/blog.html: one page of the list. ``newer`` and ``older`` are addresses, ``""`` at the ends."""

    head: Head
    articles: tuple[ArticleCard, ...]
    number: int
    total: int
    newer: str
    older: str


class ArticleView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/article.html. ``rank`` is where it stands in a dossier that it has joined."""

    head: Head
    rank: Rank | None
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
    newer: Link | None
    older: Link | None

    def describe(self, here: Here) -> tuple[schemaorg.Article]:
        return (
            here.work(
                schemaorg.Article,
                self.head,
                (self.date, self.modified),
                self.authors,
                keywords=tuple(tag.label for tag in self.tags),
                is_part_of=here.series(self.rank.dossier) if self.rank else None,
                position=self.rank.number if self.rank else None,
            ),
        )


def build_outputs(site: Site) -> Iterator[Output]:
    articles = site.get(Blog).articles
    yield from _build_lists(articles, site.settings.page_size)
    for index, article in enumerate(articles):
        newer = articles[index - 1] if index else None
        older = articles[index + 1] if index + 1 < len(articles) else None
        face = build_face(site, article, _build_card(article) if index < site.settings.sharing_cards else None)
        yield Output(
            article.url, Template("article.html"), _build_view(site, article, face, newer, older), article.path
        )
        yield from face.outputs


def _build_lists(articles: tuple[Article, ...], size: int) -> Iterator[Output]:
    total = max(1, -(-len(articles) // size))
    for number in range(1, total + 1):
        title = "Blog" if number == 1 else f"Blog, page {number} sur {total}"
        lead = "Ce que nous avons à raconter, du plus récent au plus ancien."
        view = BlogView(
            head=Head(title, lead if number == 1 else f"{title} : {lead[0].lower()}{lead[1:]}", FEEDS),
            articles=tuple(card(article) for article in articles[(number - 1) * size : number * size]),
            number=number,
            total=total,
            newer=_list_url(number - 1) if number > 1 else "",
            older=_list_url(number + 1) if number < total else "",
        )
        yield Output(_list_url(number), Template("blog.html"), view, "le blog")


def _list_url(number: int) -> str:
    return "/blog/" if number == 1 else f"/blog/page/{number}/"


def _build_card(article: Article) -> Card:
    note = " · ".join(filter(None, (french.long_day(article.date), french.enumerate_words(article.authors))))
    return Card(title=article.title, kicker="Blog", note=note)


def _build_view(site: Site, article: Article, face: Face, newer: Article | None, older: Article | None) -> ArticleView:
    return ArticleView(
        head=document_head(site, article, face, FEEDS, (HOME,)),
        rank=site.get(Dossiers).rank(article),
        title=article.title,
        summary=article.summary,
        date=article.date,
        modified=article.modified,
        authors=article.authors,
        tags=tag_links(article.tags),
        words=article.text.words,
        picture=picture(site, article),
        text=article.text,
        targets=site.targets(article),
        newer=Link(newer.title, newer.url) if newer else None,
        older=Link(older.title, older.url) if older else None,
    )
