"""The page for partners: how to show the agenda on a site of one's own."""

from __future__ import annotations

from msgspec import Struct

from plugins.agenda import opendata
from plugins.agenda.extracts import LIMIT, Extract, extracts
from plugins.agenda.links import CHANGES, DATA, FEEDS, HOME
from plugins.press.outputs import Output, Template
from plugins.press.site import Site
from plugins.press.views import Head, Link

SUBSCRIPTIONS = Link("S'abonner à l'agenda", "/agenda/abonnements/")
URL = "/agenda/reprendre/"


class SharingView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/sharing.html: extracts in groups, those of departments elsewhere, and the addresses of the data."""

    head: Head
    groups: tuple[tuple[str, tuple[Extract, ...]], ...]
    elsewhere: tuple[Extract, ...]
    shown: int
    data: str
    schema: str
    limit: int
    changes: str


def build_sharing(site: Site) -> Output:
    whole, *others = extracts(site)
    ours = {f"/agenda/extrait/departement-{code.lower()}/" for code in site.settings.departments}
    departments = [extract for extract in others if "/departement-" in extract.url]
    categories = [extract for extract in others if extract not in departments]
    lead = "Un encart à coller, des calendriers et des données, pour les sites partenaires."
    view = SharingView(
        head=Head("Reprendre l'agenda", lead, (*FEEDS, DATA), (HOME, SUBSCRIPTIONS)),
        groups=(
            ("Tout l'agenda", (whole,)),
            ("Par département", tuple(extract for extract in departments if extract.url in ours)),
            ("Par catégorie", tuple(categories)),
        ),
        elsewhere=tuple(extract for extract in departments if extract.url not in ours),
        shown=LIMIT,
        data=opendata.URL,
        schema=opendata.SCHEMA,
        limit=opendata.LIMIT,
        changes=CHANGES.url,
    )
    return Output(URL, Template("sharing.html"), view, "l'agenda")
