"""An article tells something at its date; it may also be a part of a dossier."""

from datetime import datetime
from typing import Self

from msgspec import Struct

from plugins.press.documents import Document, Text, newest_first
from plugins.press.kinds import Draft, Kind, Starter, common
from plugins.press.schema import CommonFields, Integer, Moment, Slug
from plugins.press.site import Site


class ArticleFields(CommonFields):
    """What an editor may write above an article."""

    date: Moment
    dossier: Slug | None = None
    part: Integer | None = None


class Article(Document, frozen=True, kw_only=True, tag="article", gc=False):
    """An article of the blog. ``dossier`` and ``part`` join it to a dossier."""

    date: datetime
    dossier: str = ""
    part: int = 0


class ArticleCard(Struct, frozen=True, array_like=True, gc=False):
    """What lists show of an article or of another text."""

    url: str
    title: str
    summary: str
    date: datetime
    words: int


class Blog:
    """The articles of the site, newest first."""

    def __init__(self, articles: tuple[Article, ...]) -> None:
        self.articles = articles

    @classmethod
    def build(cls, site: Site) -> Self:
        return cls(tuple(sorted(site.of(Article), key=newest_first)))


def card(article: Article) -> ArticleCard:
    return ArticleCard(article.url, article.title, article.summary, article.date, article.text.words)


def build_article(draft: Draft, fields: ArticleFields, text: Text) -> Article | None:
    slug = draft.slug(fields, fields.title)
    typed = draft.front.values  # a value that is wrong is refused already: it is not missing too
    if fields.part is not None and typed.get("dossier") is None:
        draft.refuse("part", "une partie appartient à un dossier. Ajouter « dossier: nom-du-dossier ».")
    if fields.dossier and typed.get("part") is None:
        draft.refuse("dossier", "il manque le numéro de la partie. Ajouter « part: 2 » (son rang dans le dossier).")
    values = common(draft, fields, text)
    return Article(**values, slug=slug, url=f"/blog/{slug}/", dossier=fields.dossier or "", part=fields.part or 0)


_STARTER = Starter(
    "blog/{year}/{slug}.md",
    (
        "title: {title}",
        "date: {date}",
        "authors: []",
        "tags: []",
        "",
        "Le premier paragraphe sert de résumé.",
    ),
)
ARTICLE = Kind("article", r"blog/(?P<year>\d{4})/[^/]+\.md", ArticleFields, Article, build_article, _STARTER)
