"""The home page: what is next, what is new, what lasts; and the page for what is not found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec
from msgspec import Struct

from plugins.agenda.links import FEEDS as AGENDA_FEEDS
from plugins.agenda.lists import Filter, department_filters
from plugins.agenda.model import Agenda, EventCard, events_of
from plugins.blog.model import ArticleCard, Blog
from plugins.blog.model import card as article_card
from plugins.blog.outputs import FEEDS as BLOG_FEEDS
from plugins.dossiers.model import Dossiers
from plugins.dossiers.outputs import DossierCard
from plugins.dossiers.outputs import card as dossier_card
from plugins.press import schemaorg
from plugins.press.outputs import Output, Template
from plugins.press.schemaorg import Here
from plugins.press.site import Site
from plugins.press.views import Head
from plugins.reports.listing import ReportCard
from plugins.reports.listing import card as report_card
from plugins.reports.model import Reports
from plugins.reports.pages import FEEDS as REPORT_FEEDS

COMING, PAST, ARTICLES, DOSSIERS = 6, 4, 4, 4


class HomeView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/home.html: the last events stand in when nothing is coming."""

    head: Head
    coming: tuple[EventCard, ...]
    past: tuple[EventCard, ...]
    departments: tuple[Filter, ...]
    articles: tuple[ArticleCard, ...]
    dossiers: tuple[DossierCard, ...]
    report: ReportCard | None
    built: date

    def describe(self, here: Here) -> tuple[schemaorg.Organization, schemaorg.WebSite]:
        """Who we are and what this site is: the other pages refer to it."""
        site = here.site
        association = msgspec.structs.replace(
            here.association, description=site.description, logo=here.logo, area_served=site.region
        )
        website = schemaorg.WebSite(
            id=f"{site.url}/#site",
            name=site.name,
            description=site.tagline,
            url=here.address,
            in_language=site.lang,
            publisher=here.association,
            license=site.licence.url,
        )
        return (association, website)


class NotFoundView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/404.html"""

    head: Head


def build_outputs(site: Site) -> Iterator[Output]:
    yield Output("/", Template("home.html"), _build_home(site), "l'accueil")
    yield Output(
        "/404.html",
        Template("404.html"),
        NotFoundView(head=Head("Page introuvable", noindex=True)),
        "la page 404",
    )


def _build_home(site: Site) -> HomeView:
    agenda, dossiers, reports = site.get(Agenda), site.get(Dossiers), site.get(Reports)
    coming = events_of(agenda.coming(agenda.entries))[:COMING]
    return HomeView(
        head=Head("", site.settings.description, (*BLOG_FEEDS, *AGENDA_FEEDS, *REPORT_FEEDS)),
        coming=agenda.event_cards(coming),
        past=() if coming else agenda.cards(agenda.past(agenda.entries, PAST)),
        departments=tuple(department_filters(site)),
        articles=tuple(map(article_card, site.get(Blog).articles[:ARTICLES])),
        dossiers=tuple(dossier_card(dossier, dossiers) for dossier in dossiers.dossiers[:DOSSIERS]),
        report=report_card(reports.reports[0], reports) if reports.reports else None,
        built=site.local_now.date(),
    )
