"""What the page of a report shows, and its PDF from the same values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from plugins.charts.model import Chart
from plugins.press import french
from plugins.press.documents import Text
from plugins.press.site import Site
from plugins.press.slugs import build_slug
from plugins.press.views import CALENDAR, Feed, Head, Link, feed_pair
from plugins.reports import figures as words
from plugins.reports.assembly import Assemblies
from plugins.reports.charts import NamedChart, build_date_charts, build_finance_charts, build_histories
from plugins.reports.figures import Figure, Past
from plugins.reports.finances import Side
from plugins.reports.keydates import KeyDate
from plugins.reports.model import Report, Reports, Section

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
    targets: tuple[str, ...]


class DateFilter(Struct, frozen=True, array_like=True, gc=False):
    """One way to narrow the key dates: those that carry its ``key``. ``slug`` is that of a category, else empty."""

    key: str
    label: str
    count: int
    slug: str = ""


class DateRow(Struct, frozen=True, array_like=True, gc=False):
    """A key date with the keys of the filters that keep it."""

    date: KeyDate
    keys: tuple[str, ...]


class DateMonth(Struct, frozen=True, array_like=True, gc=False):
    """The key dates of a month, and the keys of them all."""

    name: str
    rows: tuple[DateRow, ...]
    keys: tuple[str, ...]


class DatesView(Struct, frozen=True, array_like=True, gc=False):
    """The key dates by month, how many they are and in how many departments, and how they may be filtered."""

    months: tuple[DateMonth, ...]
    total: int
    departments: int
    filters: tuple[tuple[str, str, tuple[DateFilter, ...]], ...]
    """Of each group: how it narrows, the word for no choice, the choices."""


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
    are not. ``charts`` are those that the site draws by itself, in groups: of the key dates, figures, finances.
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
    targets: tuple[str, ...]
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


def build_report(site: Site, report: Report, reports: Reports) -> ReportView:
    sections, dates = reports.sections(report), reports.key_dates(report)
    feeds = (*FEEDS, Feed(f"Dates clés {report.year}", f"{report.url}dates-cles.ics", CALENDAR))
    figures = [(figure, reports.past(report, figure)) for figure in reports.figures(report)]
    finances = reports.finances(report)
    stem = f"{report.url}rapport-activite-{report.year}"
    return ReportView(
        head=Head(report.title, reports.summary(report), feeds, (HOME,), site.image_url(report)),
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
        dates=_build_dates(site, report, dates) if dates else None,
        finances=_build_finances(reports, report),
        date_charts=tuple(_name_date_charts(site, report, dates)),
        figure_charts=tuple(_name_charts(report.url, "chiffres", build_histories(figures, report.year))),
        finance_charts=tuple(
            _name_charts(report.url, "finances", build_finance_charts(finances, report.year) if finances else ())
        ),
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
    """The section on a page that has several, where its anchors stand behind its own."""
    behind = (f"#{section.slug}-{to[1:]}" if to.startswith("#") else to for to in site.targets(section))
    return SectionView(section.slug, section.title, section.axis, section.level, section.text, tuple(behind))


def _name_charts(url: str, prefix: str, charts: Iterable[tuple[str, Chart]]) -> Iterator[NamedChart]:
    """Charts whose numbers are in a file of the report already."""
    for name, chart in charts:
        yield NamedChart(f"{prefix}-{name}", chart, f"{url}{prefix}.csv")


def _name_date_charts(site: Site, report: Report, dates: Sequence[KeyDate]) -> Iterator[NamedChart]:
    for chart in build_date_charts(dates, report.start, report.end, site.settings):
        name = build_slug(chart.title.removeprefix("Dates clés "))
        yield NamedChart(name, chart, f"{report.url}dates-cles-{name}.csv")


def _build_dates(site: Site, report: Report, dates: Sequence[KeyDate]) -> DatesView:
    categories = [category.slug for category in site.settings.categories]
    categories += sorted({one.category for one in dates} - {*categories, ""})
    filters = (
        ("Par catégorie", "Toutes", tuple(_filter_categories(site, dates, categories))),
        ("Par département", "Tous", tuple(_filter_departments(site, dates))),
    )
    keys = {slug: f"c{rank}" for rank, slug in enumerate(categories)}
    rows = [
        DateRow(one, (*((keys[one.category],) if one.category else ()), *(f"d{code}" for code in one.departments)))
        for one in dates
    ]
    name = french.month if report.start.year == report.end.year else french.month_year
    months = sorted({(one.start.year, one.start.month) for one in dates})
    return DatesView(
        months=tuple(_build_month(name(date(*month, 1)), month, rows) for month in months),
        total=len(dates),
        departments=len({code for one in dates for code in one.departments}),
        filters=tuple(group for group in filters if len(group[2]) > 1),
    )


def _build_month(name: str, month: tuple[int, int], rows: Iterable[DateRow]) -> DateMonth:
    found = tuple(row for row in rows if (row.date.start.year, row.date.start.month) == month)
    return DateMonth(name, found, tuple(sorted({key for row in found for key in row.keys})))


def _filter_categories(site: Site, dates: Sequence[KeyDate], slugs: Sequence[str]) -> Iterator[DateFilter]:
    for rank, slug in enumerate(slugs):
        count = sum(one.category == slug for one in dates)
        if count:
            yield DateFilter(f"c{rank}", site.settings.category_label(slug) or slug, count, slug)


def _filter_departments(site: Site, dates: Sequence[KeyDate]) -> Iterator[DateFilter]:
    for code in sorted({code for one in dates for code in one.departments}):
        name = site.settings.departments.get(code, "")
        count = sum(code in one.departments for one in dates)
        yield DateFilter(f"d{code}", f"{code} {name}".strip(), count)


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
