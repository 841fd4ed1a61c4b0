"""The pages of the agenda: coming, by year, month, department, category, organiser, and each event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from plugins.agenda import calendars, extracts, opendata
from plugins.agenda.eventpages import Links, build_pages
from plugins.agenda.lists import build_lists
from plugins.agenda.model import Agenda, Event
from plugins.agenda.monthpages import build_months
from plugins.agenda.periods import build_years
from plugins.agenda.posters import build_posters
from plugins.agenda.sharing import build_sharing
from plugins.agenda.subscriptions import build_subscriptions
from plugins.press.documents import newest_first
from plugins.press.outputs import Batch, Output
from plugins.press.site import Site
from plugins.press.views import Link, tag_links

MENTIONS, DOSSIERS = 12, 4
"""How many an event shows: no page grows for ever."""


def build_outputs(site: Site) -> Iterator[Output | Batch]:
    agenda = site.get(Agenda)
    yield from build_lists(site, agenda)
    yield from build_years(agenda)
    yield from build_months(site, agenda)
    yield from build_posters(site)
    mentions = build_mentions(site)
    yield from build_pages(site, agenda, mentions, build_dossiers(site, agenda, mentions))
    yield from calendars.build_outputs(site)
    yield build_subscriptions(site)
    yield build_sharing(site)
    yield from extracts.build_outputs(site)
    yield from opendata.build_outputs(site)


def build_mentions(site: Site) -> Links:
    """What speaks of each event, by path: reports whose key date it is, then texts that link to it, newest first."""
    # dossiers and reports are made of the agenda: at the top, each would wait for the other
    from plugins.dossiers.model import Dossiers, Part
    from plugins.reports.model import Reports, Section

    found: dict[str, dict[str, Link]] = defaultdict(dict)
    agenda, reports = site.get(Agenda), site.get(Reports)
    wholes = {report.folder: report.title for report in reports.reports}
    wholes |= {dossier.folder: dossier.title for dossier in site.get(Dossiers).dossiers}
    for report in reports.reports:
        link = Link(f"{report.title} : dates clés", f"{report.url}#dates-cles")
        for one in reports.key_dates(report):
            event = agenda.find_identity(one.identity)
            if event is not None:
                found[event.path][link.url] = link
    for document in sorted((d for d in site.linking if d.url), key=newest_first):
        for reference in document.text.links:
            if isinstance(site.by_path.get(reference.path), Event) and reference.path != document.path:
                whole = wholes.get(document.folder) if isinstance(document, Section | Part) else None
                title = f"{whole} : {document.title}" if whole else document.title
                found[reference.path][document.url] = Link(title, document.url)
    return {path: tuple(links.values())[:MENTIONS] for path, links in found.items()}


def build_dossiers(site: Site, agenda: Agenda, mentions: Links) -> Links:
    """The dossiers that share a tag with each event, by path, newest first; not those that speak of it."""
    from plugins.dossiers.model import Dossiers

    by_tag = site.get(Dossiers).by_tag
    found: dict[str, tuple[Link, ...]] = {}
    for event in agenda.carrying(by_tag):
        alike = [dossier for tag in tag_links(event.tags) for dossier in by_tag.get(tag.url, ())]
        if alike:
            spoken = {link.url for link in mentions.get(event.path, ())}
            links = dict.fromkeys(Link(d.title, d.url) for d in sorted(alike, key=newest_first) if d.url not in spoken)
            found[event.path] = tuple(links)[:DOSSIERS]
    return found
