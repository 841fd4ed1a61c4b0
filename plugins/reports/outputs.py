"""The list of reports, each report, and its data: key dates (CSV, calendar) and figures (CSV)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import msgspec
from msgspec import Struct

from plugins.agenda.calendars import build_calendar
from plugins.agenda.model import Agenda, EventCard
from plugins.press import french, schemaorg
from plugins.press.documents import Text
from plugins.press.outputs import Function, Output, Template
from plugins.press.pictures.facts import Target
from plugins.press.schemaorg import Here
from plugins.press.sharing import Card, Face, build_face
from plugins.press.site import Site
from plugins.press.views import CALENDAR, Feed, Head, Link, document_head, feed_pair
from plugins.reports import figures as words
from plugins.reports import tables
from plugins.reports.figures import Figure
from plugins.reports.model import Report, Reports, Section, published

FEEDS = feed_pair("Les rapports d'activité", "/flux/rapports")
HOME = Link("Rapports", "/rapports/")


class FigureCard(Struct, frozen=True, array_like=True, gc=False):
    """A figure shown large: qualifier, number in French, unit or label."""

    id: str
    label: str
    number: str
    qualifier: str
    unit: str
    source: str


class ReportCard(Struct, frozen=True, array_like=True, gc=False):
    """What lists show of a report."""

    url: str
    year: int
    title: str
    summary: str
    assembly: date | None
    figures: tuple[FigureCard, ...]


class SectionView(Struct, frozen=True, array_like=True, gc=False):
    """A section of the page: its anchor, title and text."""

    id: str
    title: str
    axis: bool
    level: int
    text: Text
    targets: tuple[Target, ...]


class ReportsView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/reports.html"""

    head: Head
    reports: tuple[ReportCard, ...]


class ReportView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/report.html: ``phrases`` gives each figure as it stands in a sentence.

    ``pdf`` is the address of the printable report, ``""`` when there is none.
    """

    head: Head
    year: int
    title: str
    summary: str
    assembly: date | None
    funders: tuple[str, ...]
    text: Text
    targets: tuple[Target, ...]
    figures: tuple[FigureCard, ...]
    phrases: dict[str, str]
    axes: tuple[SectionView, ...]
    others: tuple[SectionView, ...]
    months: tuple[tuple[str, tuple[EventCard, ...]], ...]
    total: int
    departments: int
    key_dates_csv: str
    key_dates_ics: str
    figures_csv: str
    published: datetime
    period: tuple[date, date]
    pdf: str = ""

    @property
    def covered(self) -> str:
        """The days that it covers, as programs read them (ISO 8601 interval)."""
        return f"{self.period[0]}/{self.period[1]}"

    def describe(self, here: Here) -> tuple[schemaorg.Report]:
        pdf = schemaorg.MediaObject(content_url=here.site.absolute(self.pdf), encoding_format="application/pdf")
        return (
            here.work(
                schemaorg.Report,
                self.head,
                (self.published, None),
                (),
                about=here.association,
                funder=schemaorg.some(schemaorg.Organization(name=name) for name in self.funders),
                temporal_coverage=self.covered,
                encoding=pdf if self.pdf else None,
            ),
        )


def build_outputs(site: Site) -> Iterator[Output]:
    reports = site.get(Reports)
    cards = tuple(card(report, reports) for report in reports.reports)
    head = Head("Rapports d'activité", "Chaque année, ce qui a été fait, avec qui, et les chiffres.", FEEDS)
    yield Output("/rapports/", Template("reports.html"), ReportsView(head=head, reports=cards), "les rapports")
    for rank, report in enumerate(reports.reports):
        face = build_face(site, report, _sharing_card(report) if rank < site.settings.sharing_cards else None)
        yield Output(report.url, Template("report.html"), _build_report(site, report, face, reports), report.path)
        yield from face.outputs
        yield from _build_data(site, report, reports)


def card(report: Report, reports: Reports, limit: int = 4) -> ReportCard:
    figures = tuple(map(_figure_card, reports.figures(report)[:limit]))
    return ReportCard(report.url, report.year, report.title, reports.summary(report), report.assembly, figures)


def _figure_card(figure: Figure) -> FigureCard:
    return FigureCard(
        figure.id,
        figure.label,
        french.number(figure.value),
        words.qualifier(figure),
        figure.unit,
        figure.source,
    )


def _sharing_card(report: Report) -> Card:
    year = str(report.year)
    assembly = f"Assemblée générale du {french.long_day(report.assembly)}" if report.assembly else ""
    title = " ".join(report.title.replace(year, "").split())
    return Card(title=title, kicker="Rapport", note=assembly, cover=year, year=year)


def _build_report(site: Site, report: Report, face: Face, reports: Reports) -> ReportView:
    figures, sections, events = reports.figures(report), reports.sections(report), reports.key_dates(report)
    agenda = site.get(Agenda)
    months = sorted({(event.start.year, event.start.month) for event in events})
    feeds = (*FEEDS, Feed(f"Dates clés {report.year}", f"{report.url}dates-cles.ics", CALENDAR))
    return ReportView(
        head=msgspec.structs.replace(
            document_head(site, report, face, feeds, (HOME,)), description=reports.summary(report)
        ),
        year=report.year,
        title=report.title,
        summary=reports.summary(report),
        assembly=report.assembly,
        funders=report.funders,
        text=report.text,
        targets=site.targets(report),
        figures=tuple(map(_figure_card, figures)),
        phrases=reports.phrases(report),
        axes=tuple(_build_section(site, section) for section in sections if section.axis),
        others=tuple(_build_section(site, section) for section in sections if not section.axis),
        months=tuple(
            (
                french.month(date(year, month, 1)),
                agenda.cards(
                    [agenda.by_event[e.path][0] for e in events if (e.start.year, e.start.month) == (year, month)]
                ),
            )
            for year, month in months
        ),
        total=len(events),
        departments=len({code for event in events for code in event.departments}),
        key_dates_csv=f"{report.url}dates-cles.csv",
        key_dates_ics=f"{report.url}dates-cles.ics",
        figures_csv=f"{report.url}chiffres.csv",
        published=published(report),
        period=(report.start, report.end),
    )


def _build_section(site: Site, section: Section) -> SectionView:
    return SectionView(section.slug, section.title, section.axis, section.level, section.text, site.targets(section))


def _build_data(site: Site, report: Report, reports: Reports) -> Iterator[Output]:
    events = reports.key_dates(report)
    labels = {category.slug: category.label for category in site.settings.categories}
    rows = tuple(tables.key_date_row(event, labels, site.settings.url) for event in events)
    yield Output(f"{report.url}dates-cles.csv", TABLE, tables.Table(tables.KEY_DATE_HEADER, rows), report.path)
    figures = tuple(map(tables.figure_row, reports.figures(report)))
    yield Output(f"{report.url}chiffres.csv", TABLE, tables.Table(tables.FIGURE_HEADER, figures), report.path)
    url = f"{report.url}dates-cles.ics"
    yield build_calendar(site, f"Dates clés {report.year}", url, report.url, events, report.path)


TABLE = Function("plugins.reports.tables:render_csv")
