"""The page for partners: how to show the agenda on a site of one's own."""

from __future__ import annotations

from collections import defaultdict

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
    kinds: dict[str, list[Extract]] = defaultdict(list)
    for extract in extracts(site):
        kinds[extract.kind].append(extract)
    lead = "Un encart à coller, des calendriers et des données, pour les sites partenaires."
    view = SharingView(
        head=Head("Reprendre l'agenda", lead, (*FEEDS, DATA), (HOME, SUBSCRIPTIONS)),
        groups=(
            ("Tout l'agenda", tuple(kinds["whole"])),
            ("Par département", tuple(kinds["department"])),
            ("Par catégorie", tuple(kinds["category"])),
        ),
        elsewhere=tuple(kinds["elsewhere"]),
        shown=LIMIT,
        data=opendata.URL,
        schema=opendata.SCHEMA,
        limit=opendata.LIMIT,
        changes=CHANGES.url,
    )
    return Output(URL, Template("sharing.html"), view, "l'agenda")
