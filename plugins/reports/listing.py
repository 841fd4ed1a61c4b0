"""All reports beside one another: their main figures, year by year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from plugins.press.views import Head, Link
from plugins.reports import figures as words
from plugins.reports.figures import Past
from plugins.reports.model import Report, Reports
from plugins.reports.pages import FEEDS, FigureCard, figure_card

YEARS, ROWS, CARDS = 4, 12, 4
"""How many years and figures stand side by side, and how many figures a report shows in a list."""


class ReportCard(Struct, frozen=True, array_like=True, gc=False):
    """What lists show of a report."""

    url: str
    year: int
    title: str
    summary: str
    assembly: date | None
    figures: tuple[FigureCard, ...]


class FigureRow(Struct, frozen=True, array_like=True, gc=False):
    """A figure over the years: in words for each, ``""`` where it is not known; and how it changed last."""

    label: str
    cells: tuple[str, ...]
    trend: str


class ReportsView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/reports.html: ``years`` and ``rows`` are empty as long as there is one year only."""

    head: Head
    reports: tuple[ReportCard, ...]
    years: tuple[Link, ...] = ()
    rows: tuple[FigureRow, ...] = ()


def build_list(reports: Reports) -> ReportsView:
    head = Head("Rapports d'activité", "Chaque année, ce qui a été fait, avec qui, et les chiffres.", FEEDS)
    years = _years(reports)
    rows = tuple(_rows(reports, years)) if len(years) > 1 else ()
    pages = {report.year: report.url for report in reports.reports}
    links = tuple(Link(str(year), pages.get(year, "")) for year in years) if rows else ()
    return ReportsView(head=head, reports=tuple(card(one, reports) for one in reports.reports), years=links, rows=rows)


def card(report: Report, reports: Reports, limit: int = CARDS) -> ReportCard:
    figures = tuple(figure_card(figure, reports.past(report, figure)) for figure in reports.figures(report)[:limit])
    return ReportCard(report.url, report.year, report.title, reports.summary(report), report.assembly, figures)


def _years(reports: Reports) -> list[int]:
    """The latest years that a report or the history of one of its figures knows."""
    known = {report.year for report in reports.reports}
    for report in reports.reports[:1]:
        known |= {past.year for figure in reports.figures(report) for past in reports.past(report, figure)}
    return sorted(known, reverse=True)[:YEARS]


def _rows(reports: Reports, years: Sequence[int]) -> list[FigureRow]:
    """The figures of the latest report that another year knows too, in its order."""
    latest = reports.reports[0]
    rows = []
    for figure in reports.figures(latest):
        past = reports.past(latest, figure)
        every = (*past, Past(latest.year, figure.amount, figure.qualifier))
        known = {one.year: f"{words.qualifier(one)} {words.number(one.value, figure.unit)}".strip() for one in every}
        cells = tuple(known.get(year, "") for year in years)
        if sum(map(bool, cells)) > 1:
            label = figure.label or figure.unit or figure.id
            rows.append(FigureRow(label, cells, words.trend(figure, past[-1])))
    return rows[:ROWS]
