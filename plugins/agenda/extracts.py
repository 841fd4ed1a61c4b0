"""The agenda in a page of others: plain extracts, made to stand in an iframe."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from msgspec import Struct

from plugins.agenda.links import department_name, department_url
from plugins.agenda.model import Agenda, EventCard
from plugins.agenda.timeline import NOTHING, Timeline, events_of
from plugins.press.outputs import Output, Template
from plugins.press.site import Site
from plugins.press.views import Head

LIMIT = 10


class Extract(Struct, frozen=True, array_like=True, gc=False):
    """A part of the agenda: what it is called, its address, and the page of the agenda that it is taken from.

    ``kind`` is the whole, a department of the region, one elsewhere, or a category.
    """

    kind: Literal["whole", "department", "elsewhere", "category"]
    label: str
    url: str
    page: str


class ExtractView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/embeds/extract.html: the next events, each once, as of the day of the build."""

    head: Head
    extract: Extract
    events: tuple[EventCard, ...]
    built: date


def build_outputs(site: Site) -> Iterator[Output]:
    agenda = site.get(Agenda)
    for extract, entries in _all(site, agenda):
        coming = events_of(agenda.coming(entries))[:LIMIT]
        title = f"Agenda {site.settings.name}" + (f" : {extract.label}" if extract.label else "")
        view = ExtractView(
            head=Head(title, "Les prochains rendez-vous.", noindex=True),
            extract=extract,
            events=agenda.event_cards(coming),
            built=site.local_now.date(),
        )
        yield Output(extract.url, Template("embeds/extract.html"), view, "l'agenda")


def extracts(site: Site) -> list[Extract]:
    """The whole agenda first, then by department, then by category."""
    return [extract for extract, _ in _all(site, site.get(Agenda))]


def _all(site: Site, agenda: Agenda) -> Iterator[tuple[Extract, Timeline]]:
    yield Extract("whole", "", "/agenda/extrait/tout/", "/agenda/"), agenda.entries
    for code in sorted({*site.settings.departments, *agenda.by_department}):
        name, url = f"{department_name(code, site)} ({code})", f"/agenda/extrait/departement-{code.lower()}/"
        kind: Literal["department", "elsewhere"] = "department" if code in site.settings.departments else "elsewhere"
        yield Extract(kind, name, url, department_url(code)), agenda.by_department.get(code, NOTHING)
    for category in site.settings.categories:
        url = f"/agenda/extrait/categorie-{category.slug}/"
        extract = Extract("category", category.label, url, f"/agenda/categorie/{category.slug}/")
        yield extract, agenda.by_category.get(category.slug, NOTHING)
