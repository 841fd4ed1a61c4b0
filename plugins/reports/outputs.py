"""The list of reports, each report with its data, and what of it concerns each funder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import partial

from plugins.agenda.calendars import CALENDAR as CALENDAR_FILE
from plugins.agenda.calendars import CalendarView
from plugins.agenda.model import Agenda
from plugins.agenda.vevents import EventView, InstanceView, defer
from plugins.charts.model import tabulate
from plugins.press.csvfiles import CSV
from plugins.press.outputs import Deferred, Function, Output, Template
from plugins.press.sharing import build_face
from plugins.press.site import Site
from plugins.reports import kit, paper, tables
from plugins.reports.filters import Filters
from plugins.reports.funders import account_url, build_account, build_funder
from plugins.reports.keydates import EVENT, KeyDate
from plugins.reports.listing import build_list
from plugins.reports.model import Report, Reports
from plugins.reports.pages import ReportView, build_card, build_report, funder_url
from plugins.reports.tables import DataFile


def build_outputs(site: Site) -> Iterator[Output]:
    reports = site.get(Reports)
    yield Output("/rapports/", Template("reports.html"), build_list(reports), "les rapports")
    for rank, report in enumerate(reports.reports):
        face = build_face(site, report, build_card(report) if rank < site.settings.sharing_cards else None)
        view = build_report(site, report, reports, face)
        yield Output(report.url, Template("report.html"), view, report.path)
        yield from face.outputs
        yield from _build_data(site, report, reports, view)
        yield from kit.build_outputs(site, report, view)
        for name in report.funders:
            funder = build_funder(site, report, reports, name)
            yield Output(funder_url(report, name), Template("funder.html"), funder, report.path)
            yield Output(account_url(report, name), _ACCOUNT, build_account(site, report, reports, name), report.path)


def _build_data(site: Site, report: Report, reports: Reports, view: ReportView) -> Iterator[Output]:
    files = tuple(_build_files(site, report, reports, view))
    for file in files:
        yield Output(f"{report.url}{file.name}", CSV, file.table, report.path)
    yield _build_calendar(site, report, reports)
    if view.dates and view.dates.filters:
        keys = tuple(one.key for *_, group in view.dates.filters for one in group)
        yield Output(f"{report.url}filtres.css", _FILTERS, Filters(keys), report.path)
    if view.pdf:
        yield from paper.build_outputs(site, report, view, tuple(file for file in files if file.table.rows))


def _build_files(site: Site, report: Report, reports: Reports, view: ReportView) -> Iterator[DataFile]:
    dates, account = reports.key_dates(report), reports.finances(report)
    labels = {category.slug: category.label for category in site.settings.categories}
    known = [(figure, reports.past(report, figure)) for figure in reports.figures(report)]
    yield DataFile("dates-cles.csv", "Les dates clés", tables.key_dates(dates, labels, site.settings.url))
    yield DataFile("chiffres.csv", "Tous les chiffres", tables.figures(known))
    if account:
        yield DataFile("finances.csv", "Les finances", tables.finances(account, report.year))
    for named in view.date_charts:
        yield DataFile(named.url.removeprefix(report.url), named.chart.title, tabulate(named.chart))


def _build_calendar(site: Site, report: Report, reports: Reports) -> Output:
    """The key dates as a calendar: events as the agenda has them, unless the list is frozen."""
    url, agenda = f"{report.url}dates-cles.ics", site.get(Agenda)
    frozen = report.frozen if reports.is_frozen(report) else None
    dates = reports.key_dates(report)
    found = {one.identity: agenda.find_identity(one.identity) for one in dates if one.kind == EVENT and not frozen}
    live = {identity: event for identity, event in found.items() if event is not None}
    views = tuple(
        defer(live[one.identity], site)
        if one.kind == EVENT and one.identity in live
        else _defer_entry(site, report.url, one, frozen)
        for one in dates
    )
    name = f"Dates clés {report.year}"
    made_of = (name, url, report.url, [view.key for view in views])
    view = Deferred(made_of, partial(CalendarView, name, url, report.url, views))
    return Output(url, CALENDAR_FILE, view, report.path)


def _defer_entry(site: Site, report_url: str, one: KeyDate, frozen: date | None) -> Deferred:
    view = _build_entry(site, report_url, one, frozen)
    return Deferred(view, lambda: view)


def _build_entry(site: Site, report_url: str, one: KeyDate, frozen: date | None) -> EventView:
    """A key date in a calendar, from what the list says of it; it has not changed since the list was frozen."""
    page = one.url or report_url
    end = one.end if one.end != one.start else None
    return EventView(
        uid=f"{one.identity}@{site.settings.uid_domain}",
        created=None,
        modified=datetime.combine(frozen, time.min) if frozen else one.start,
        sequence=0,
        all_day=one.all_day,
        timezone=site.settings.timezone,
        url=site.settings.absolute(page),
        categories=tuple(filter(None, (site.settings.category_label(one.category),))),
        organizer=("", ""),
        contact="",
        image="",
        event=InstanceView(one.start, end, one.title, "CONFIRMED", "", "", None),
    )


_ACCOUNT = Function("plugins.reports.cerfa:render_account")
_FILTERS = Function("plugins.reports.filters:render_filters")
