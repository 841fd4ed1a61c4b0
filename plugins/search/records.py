"""What is searched: a record for each article, dossier, part, event, page and section of a report.

It is made of the document's own words, never of its page: what stands around them (menus, neighbours) is not searched,
and does not make the index anew when it changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from plugins.agenda.model import Agenda, Event
from plugins.blog.model import Article
from plugins.dossiers.model import Dossier, Part
from plugins.pages.model import Page
from plugins.press import french
from plugins.press.documents import Document, Text
from plugins.press.site import Site
from plugins.press.typography import french_text
from plugins.reports.model import Report, Reports, Section
from plugins.search.words import join_lines, plain_text

if TYPE_CHECKING:
    from plugins.press.rendering import Press

KINDS: dict[type[Document], str] = {
    Article: "Articles",
    Dossier: "Dossiers",
    Part: "Dossiers",
    Event: "Événements",
    Report: "Rapports",
    Section: "Rapports",
    Page: "Pages",
}
"""What visitors may choose among, as they read it and in that order."""


class Record(Struct, frozen=True):
    """A page, or a section of one: what is shown of it, what may choose it, and where its words are.

    ``when`` is a date in words, and a town. ``lead`` stands before the text unless the text begins with it,
    ``details`` after it; ``phrases`` are the figures of the text.
    """

    url: str
    title: str
    kind: str
    text: Text
    lead: str
    details: tuple[str, ...]
    when: str = ""
    years: tuple[int, ...] = ()
    departments: tuple[str, ...] = ()
    phrases: dict[str, str] | None = None

    def words(self, press: Press) -> str:
        """All of them, on one line."""
        body, lead = plain_text(press.body(self.text, (), self.phrases)), french_text(self.lead)
        return join_lines((lead if body[:50] != lead[:50] else "", body, *map(french_text, self.details)))


def find_documents(site: Site) -> tuple[Document, ...]:
    """What has a page here, or a part of one, in an order that is always the same."""
    return (*(event for event in site.get(Agenda).events if event.has_page), *find_texts(site))


def find_texts(site: Site) -> tuple[Document, ...]:
    """All of it but the events."""
    reports = site.get(Reports)
    sections = (section for report in reports.reports for section in reports.sections(report))
    others = (document for kind in (Article, Dossier, Part, Report, Page) for document in site.of(kind))
    return (*others, *sections)


def build_records(site: Site, documents: Iterable[Document]) -> Iterator[Record]:
    reports = site.get(Reports)
    owners = {report.folder: report for report in reports.reports}
    for document in documents:
        match document:
            case Event():
                yield _build_event(document)
            case Report():
                yield _build_section(document, document, reports)
            case Section():
                yield _build_section(document, owners[document.folder], reports)
            case _:
                yield _build_text(document)


def _build_text(document: Document) -> Record:
    day = document.date
    resources = document.resources if isinstance(document, Dossier) else ()
    return _build(
        document,
        details=(f"{resource.title} {resource.note}" for resource in resources),
        when=french.long_day(day) if day else "",
        years=(day.year,) if day else (),
    )


def _build_event(event: Event) -> Record:
    period = french.period(event.start, event.end, all_day=event.all_day)
    days = (day for each in event.occurrences for day in (each.start, each.end or each.start))
    return _build(
        event,
        details=(*event.place.lines, *(organiser.name for organiser in event.organisers + event.partners)),
        when=", ".join(filter(None, (period, event.place.city))),
        years=tuple(dict.fromkeys(day.year for day in days)),
        departments=event.departments,
    )


def _build_section(document: Document, report: Report, reports: Reports) -> Record:
    """The introduction of a report, or a section of it: at its place on the page."""
    is_whole = document is report
    return _build(
        document,
        title=report.title if is_whole else f"{report.title} : {document.title}",
        lead=reports.summary(report) if is_whole else "",
        years=(report.year,),
        phrases=reports.phrases(report),
    )


def _build(document: Document, details: Iterable[str] = (), **values: Any) -> Record:
    return Record(
        **{"url": document.url, "title": document.title, "lead": document.summary} | values,
        kind=KINDS[type(document)],
        text=document.text,
        details=(*details, *document.authors, *document.tags),
    )
