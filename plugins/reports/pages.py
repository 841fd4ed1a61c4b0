"""What the page of a report shows, and its PDF from the same values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

import msgspec
from msgspec import Struct

from plugins.charts.model import Chart
from plugins.press import french, schemaorg
from plugins.press.documents import Text
from plugins.press.pictures.facts import Target
from plugins.press.schemaorg import Here
from plugins.press.sharing import Card, Face
from plugins.press.site import Site
from plugins.press.slugs import build_slug
from plugins.press.views import CALENDAR, Feed, Head, Link, document_head, feed_pair
from plugins.reports import figures as words
from plugins.reports.assembly import Assemblies
from plugins.reports.charts import NamedChart, build_date_charts, build_finance_charts, build_histories
from plugins.reports.figures import Figure, Past
from plugins.reports.finances import Side
from plugins.reports.keydates import KeyDate
from plugins.reports.model import Report, Reports, Section, published
from plugins.reports.timeline import DatesView, build_timeline

FEEDS = feed_pair("Les rapports d'activité", "/flux/rapports")
HOME = Link("Rapports", "/rapports/")


class FigureCard(Struct, frozen=True, array_like=True, gc=False):
    """A figure shown large: qualifier, number in French, unit or label, and how it changed."""

    id: str
    label: str
    number: str
    qualifier: str
    unit: str
    source: str
    trend: str = ""


class SectionView(Struct, frozen=True, array_like=True, gc=False):
    """A section of the page: its anchor, title and text."""

    id: str
    title: str
    axis: bool
    level: int
    text: Text
    targets: tuple[Target, ...]


class FinancesView(Struct, frozen=True, array_like=True, gc=False):
    """The account: both sides, each under its name, and what is left."""

    sides: tuple[tuple[str, Side], ...]
    has_before: bool
    result: int | float
    result_before: int | float | None
    note: str
    source: str


class ReportView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/report.html: ``phrases`` gives each figure as it stands in a sentence.

    ``pdf`` and ``large_pdf`` are where it is on paper, ``kit`` where the papers of its assembly are, ``""`` when they
    are not. The charts are those that the site draws by itself.
    """

    head: Head
    url: str
    pdf: str
    large_pdf: str
    kit: str
    year: int
    title: str
    summary: str
    assembly: date | None
    funders: tuple[Link, ...]
    text: Text
    targets: tuple[Target, ...]
    figures: tuple[FigureCard, ...]
    phrases: dict[str, str]
    axes: tuple[SectionView, ...]
    others: tuple[SectionView, ...]
    annexes: tuple[SectionView, ...]
    dates: DatesView | None
    finances: FinancesView | None
    date_charts: tuple[NamedChart, ...]
    figure_charts: tuple[NamedChart, ...]
    finance_charts: tuple[NamedChart, ...]
    published: datetime
    period: tuple[date, date]

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
                funder=schemaorg.some(schemaorg.Organization(name=funder.label) for funder in self.funders),
                temporal_coverage=self.covered,
                encoding=pdf if self.pdf else None,
            ),
        )


def build_card(report: Report) -> Card:
    """What stands for the report where its address is shared."""
    year = str(report.year)
    assembly = f"Assemblée générale du {french.long_day(report.assembly)}" if report.assembly else ""
    return Card(title=short_title(report), kicker="Rapport", note=assembly, cover=year, year=year)


def short_title(report: Report | ReportView) -> str:
    """The title without the year, which stands beside it."""
    return " ".join(report.title.replace(str(report.year), "").split())


def build_report(site: Site, report: Report, reports: Reports, face: Face) -> ReportView:
    sections, dates = reports.sections(report), reports.key_dates(report)
    feeds = (*FEEDS, Feed(f"Dates clés {report.year}", f"{report.url}dates-cles.ics", CALENDAR))
    figures = [(figure, reports.past(report, figure)) for figure in reports.figures(report)]
    finances = reports.finances(report)
    stem = f"{report.url}rapport-activite-{report.year}"
    head = document_head(site, report, face, feeds, (HOME,))
    return ReportView(
        head=msgspec.structs.replace(head, description=reports.summary(report)),
        url=report.url,
        pdf=f"{stem}.pdf" if site.settings.pdf else "",
        large_pdf=f"{stem}-grands-caracteres.pdf" if site.settings.pdf else "",
        kit=f"{report.url}ag/" if report.folder in site.get(Assemblies).by_folder else "",
        year=report.year,
        title=report.title,
        summary=reports.summary(report),
        assembly=report.assembly,
        funders=tuple(Link(name, funder_url(report, name)) for name in report.funders),
        text=report.text,
        targets=site.targets(report),
        figures=tuple(figure_card(figure, before) for figure, before in figures),
        phrases=reports.phrases(report),
        axes=tuple(build_section(site, section) for section in sections if section.axis),
        others=tuple(build_section(site, section) for section in sections if not section.axis | section.annex),
        annexes=tuple(build_section(site, section) for section in sections if section.annex),
        dates=build_timeline(site, report, dates) if dates else None,
        finances=_build_finances(reports, report),
        date_charts=tuple(_name_date_charts(site, report, dates)),
        figure_charts=tuple(_name_charts(report.url, "chiffres", build_histories(figures, report.year))),
        finance_charts=tuple(
            _name_charts(report.url, "finances", build_finance_charts(finances, report.year) if finances else ())
        ),
        published=published(report),
        period=(report.start, report.end),
    )


def funder_url(report: Report, name: str) -> str:
    """The page of what concerns one funder."""
    return f"{report.url}financeur/{build_slug(name)}/"


def figure_card(figure: Figure, before: Sequence[Past] = ()) -> FigureCard:
    unit = words.unit(figure)
    return FigureCard(
        figure.id,
        figure.label,
        words.number(figure.amount, unit),
        words.qualifier(figure),
        "" if unit in words.SYMBOLS else unit,
        figure.source,
        words.trend(figure, before[-1] if before else None),
    )


def build_section(site: Site, section: Section) -> SectionView:
    return SectionView(section.slug, section.title, section.axis, section.level, section.text, site.targets(section))


def _name_charts(url: str, prefix: str, charts: Iterable[tuple[str, Chart]]) -> Iterator[NamedChart]:
    """Charts whose numbers are in a file of the report already."""
    for name, chart in charts:
        yield NamedChart(f"{prefix}-{name}", chart, f"{url}{prefix}.csv")


def _name_date_charts(site: Site, report: Report, dates: Sequence[KeyDate]) -> Iterator[NamedChart]:
    for chart in build_date_charts(dates, report.start, report.end, site.settings):
        name = build_slug(chart.title.removeprefix("Dates clés "))
        yield NamedChart(name, chart, f"{report.url}dates-cles-{name}.csv")


def _build_finances(reports: Reports, report: Report) -> FinancesView | None:
    account = reports.finances(report)
    if account is None:
        return None
    sides = (("Produits", account.income), ("Charges", account.expenses))
    has_before = any(side.total_before is not None for _, side in sides)
    return FinancesView(
        tuple((name, side) for name, side in sides if side.entries),
        has_before,
        account.result,
        account.result_before,
        account.note,
        account.source,
    )
