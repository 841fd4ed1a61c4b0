"""The plan of the site for people; sitemap.xml, robots.txt and build.json for programs; old addresses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct

from plugins.agenda.links import department_name
from plugins.agenda.model import Agenda
from plugins.blog.model import Blog
from plugins.dossiers.model import Dossiers
from plugins.pages.model import Page, sort_key
from plugins.press.outputs import Batch, Deferred, Function, Output, Template
from plugins.press.paths import count_pages, find_pages
from plugins.press.site import Site
from plugins.press.views import Head, Link
from plugins.reports.model import Reports
from plugins.sitemap import wellknown

SITEMAP_SIZE = 40_000
"""Addresses in one file; the protocol allows 50 000 (sitemaps.org)."""
MAX_ARTICLES = 200


class PlanView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/plan.html: groups of links, some with links below them."""

    head: Head
    groups: tuple[tuple[Link, tuple[tuple[Link, tuple[Link, ...]], ...]], ...]


class RedirectView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/redirect.html: an old address that leads to a new one."""

    head: Head
    target: str


class UrlSet(Struct, frozen=True, array_like=True):
    """Addresses, each with the day of its last change or ``""``."""

    urls: tuple[tuple[str, str], ...]
    index: bool = False


class BuildInfo(Struct, frozen=True, array_like=True):
    """What was published, from what."""

    now: str
    commit: str
    counts: dict[str, int]


def build_outputs(site: Site) -> Iterator[Output]:
    head = Head("Plan du site", "Toutes les rubriques et leurs pages.")
    yield Output(
        "/plan-du-site/",
        Template("plan.html"),
        PlanView(head=head, groups=tuple(_groups(site))),
        "le plan du site",
    )
    for document in site.open:
        for alias in document.aliases:
            view = RedirectView(head=Head(document.title, noindex=True), target=document.url)
            yield Output(alias, Template("redirect.html"), view, document.path)
    yield from wellknown.build_outputs(site)


def build_index(site: Site, outputs: Sequence[Output], standing: str = "") -> Iterator[Output | Batch]:
    """What can only be known when all pages are: the sitemap, and the record of the build.

    ``standing`` are the addresses, a line each, of what was not composed: no page of it asks not to be listed.
    """
    pages = [output for output in outputs if output.url.endswith("/")]
    listed = [output.url for output in pages if not _is_hidden(output)]
    urls = sorted((*listed, *find_pages(standing)))
    # in columns, which are quick to tell; which of the pages were composed does not matter
    days = [site.changes.get(url, "") for url in urls]
    yield Batch("sitemap", (urls, days), partial(_build_sitemaps, site, urls, days))
    yield Output(
        "/robots.txt",
        Function("plugins.sitemap.files:render_robots"),
        Link("sitemap", "/sitemap.xml"),
        "robots.txt",
    )
    counts = {"pages": len(pages) + count_pages(standing), **site.counts}
    info = BuildInfo(site.now.isoformat(), site.commit, counts)
    yield Output("/build.json", Function("plugins.sitemap.files:render_build"), info, "build.json")


def _is_hidden(output: Output) -> bool:
    """Whether a page asks not to be listed. What is only built when it is rendered never does."""
    return not isinstance(output.view, Deferred) and output.view.head.noindex


def _build_sitemaps(site: Site, pages: Sequence[str], days: Sequence[str]) -> Iterator[Output]:
    if len(pages) <= SITEMAP_SIZE:
        yield _build_sitemap(site, "/sitemap.xml", pages, days)
        return
    starts = range(0, len(pages), SITEMAP_SIZE)
    names = [f"/sitemap-{number}.xml" for number, _ in enumerate(starts, 1)]
    index = UrlSet(tuple((site.settings.url + name, "") for name in names), index=True)
    yield Output("/sitemap.xml", _SITEMAP, index, "le sitemap")
    for name, start in zip(names, starts, strict=True):
        part = slice(start, start + SITEMAP_SIZE)
        yield _build_sitemap(site, name, pages[part], days[part])


def _build_sitemap(site: Site, url: str, pages: Sequence[str], days: Sequence[str]) -> Output:
    view = Deferred((pages, days), partial(_build_url_set, site, pages, days))
    return Output(url, _SITEMAP, view, "le sitemap")


def _build_url_set(site: Site, pages: Sequence[str], days: Sequence[str]) -> UrlSet:
    return UrlSet(tuple(zip([site.settings.url + page for page in pages], days, strict=True)))


def _groups(site: Site) -> Iterator[tuple[Link, tuple[tuple[Link, tuple[Link, ...]], ...]]]:
    yield Link("Agenda", "/agenda/"), tuple((link, ()) for link in _agenda_links(site))
    dossiers = site.get(Dossiers)
    yield (
        Link("Dossiers", "/dossiers/"),
        tuple(
            (Link(d.title, d.url), tuple(Link(part.title, part.url) for part in dossiers.parts(d)))
            for d in dossiers.dossiers
        ),
    )
    yield Link("Blog", "/blog/"), tuple((link, ()) for link in _blog_links(site))
    yield (
        Link("Rapports d'activité", "/rapports/"),
        tuple((Link(r.title, r.url), ()) for r in site.get(Reports).reports),
    )
    pages = [Link(page.title, page.url) for page in sorted(site.of(Page), key=sort_key)]
    tools = [Link("Recherche", "/recherche/"), Link("Mots-clés", "/mots-cles/"), Link("Flux et calendriers", "/flux/")]
    yield Link(site.settings.name, "/"), tuple((link, ()) for link in [*pages, *tools])


def _agenda_links(site: Site) -> Iterator[Link]:
    agenda = site.get(Agenda)
    yield Link("S'abonner à l'agenda", "/agenda/abonnements/")
    yield Link("Reprendre l'agenda sur votre site", "/agenda/reprendre/")
    for year in sorted(agenda.by_year, reverse=True):
        yield Link(f"Agenda {year}", f"/agenda/{year}/")
    for code in sorted({*site.settings.departments, *agenda.by_department}):
        yield Link(f"{department_name(code, site)} ({code})", f"/agenda/departement/{code.lower()}/")
    for category in site.settings.categories:
        yield Link(category.label, f"/agenda/categorie/{category.slug}/")


def _blog_links(site: Site) -> Iterator[Link]:
    articles = site.get(Blog).articles
    if len(articles) <= MAX_ARTICLES:
        yield from (Link(article.title, article.url) for article in articles)
        return
    pages = -(-len(articles) // site.settings.page_size)
    yield from (Link(f"Articles, page {number}", f"/blog/page/{number}/") for number in range(2, pages + 1))


_SITEMAP = Function("plugins.sitemap.files:render_sitemap")
