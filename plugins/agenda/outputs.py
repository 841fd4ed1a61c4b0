"""The pages of the agenda: coming, by year, month, department, category, organiser, and each event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from plugins.agenda import calendars
from plugins.agenda.eventpages import build_pages
from plugins.agenda.lists import build_lists
from plugins.agenda.model import Agenda, Event
from plugins.agenda.periods import build_months, build_years
from plugins.agenda.posters import build_posters
from plugins.agenda.subscriptions import build_subscriptions
from plugins.press.documents import newest_first
from plugins.press.outputs import Output
from plugins.press.site import Site
from plugins.press.views import Link

MENTIONS = 12
"""How many an event shows: no page grows for ever."""


def build_outputs(site: Site) -> Iterator[Output]:
    agenda = site.get(Agenda)
    yield from build_lists(site, agenda)
    yield from build_years(agenda)
    yield from build_months(site, agenda)
    yield from build_posters(site)
    yield from build_pages(site, agenda, build_mentions(site))
    yield from calendars.build_outputs(site)
    yield build_subscriptions(site)


def build_mentions(site: Site) -> Mapping[str, tuple[Link, ...]]:
    """What speaks of each event, by path: reports whose key date it is, then texts that link to it, newest first."""
    # reports are made of the agenda: at the top, each would wait for the other
    from plugins.reports.model import Reports, Section

    found: dict[str, dict[str, Link]] = defaultdict(dict)
    agenda, reports = site.get(Agenda), site.get(Reports)
    paths = {agenda.identity(event): event.path for event in agenda.events}
    titles = {report.folder: report.title for report in reports.reports}
    for report in reports.reports:
        link = Link(f"{report.title} : dates clés", f"{report.url}#dates-cles")
        for one in reports.key_dates(report):
            if one.identity in paths:
                found[paths[one.identity]][link.url] = link
    for document in sorted(site.documents, key=newest_first):
        for reference in document.text.links if document.url else ():
            if isinstance(site.by_path.get(reference.path), Event) and reference.path != document.path:
                report_title = titles.get(document.folder) if isinstance(document, Section) else None
                title = f"{report_title} : {document.title}" if report_title else document.title
                found[reference.path][document.url] = Link(title, document.url)
    return {path: tuple(links.values())[:MENTIONS] for path, links in found.items()}
