"""The pages of the agenda: coming, by year, month, department, category, organiser, and each event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from plugins.agenda import calendars
from plugins.agenda.eventpages import build_pages
from plugins.agenda.lists import build_lists
from plugins.agenda.model import Agenda, Event
from plugins.agenda.monthpages import build_months
from plugins.agenda.periods import build_years
from plugins.agenda.subscriptions import build_subscriptions
from plugins.press.documents import Document, newest_first
from plugins.press.outputs import Batch, Output
from plugins.press.site import Site
from plugins.press.views import Link
from plugins.reports.model import Reports, Section

MENTIONS = 12
"""How many an event shows: no page grows for ever."""


def build_outputs(site: Site) -> Iterator[Output | Batch]:
    agenda = site.get(Agenda)
    yield from build_lists(site, agenda)
    yield from build_years(agenda)
    yield from build_months(site, agenda)
    yield from build_pages(site, agenda, build_mentions(site))
    yield from calendars.build_outputs(site)
    yield build_subscriptions(site)


def build_mentions(site: Site) -> Mapping[str, tuple[Link, ...]]:
    """What speaks of each event, by path: reports whose key date it is, then texts that link to it, newest first."""
    found: dict[str, dict[str, Link]] = defaultdict(dict)
    reports = site.get(Reports)
    titles = {report.folder: report.title for report in reports.reports}
    for report in reports.reports:
        link = Link(f"{report.title} : dates clés", f"{report.url}#dates-cles")
        for event in reports.key_dates(report):
            found[event.path][link.url] = link
    for document in sorted((d for d in site.documents if d.text.links), key=newest_first):
        for reference in document.text.links:
            if isinstance(site.by_path.get(reference.path), Event) and reference.path != document.path:
                found[reference.path][document.url] = Link(_title(document, titles), document.url)
    return {path: tuple(links.values())[:MENTIONS] for path, links in found.items()}


def _title(document: Document, reports: Mapping[str, str]) -> str:
    """The title; of a section, after that of its report."""
    if isinstance(document, Section) and document.folder in reports:
        return f"{reports[document.folder]} : {document.title}"
    return document.title
