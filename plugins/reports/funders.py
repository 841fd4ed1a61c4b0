"""The report as one funder reads it: the actions of its agreement, their figures, what it gave."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from plugins.agenda.model import Agenda, Event
from plugins.press import french
from plugins.press.documents import Text
from plugins.press.pictures.facts import Target
from plugins.press.site import Site
from plugins.press.slugs import build_slug
from plugins.press.views import Head, Link
from plugins.reports import figures as words
from plugins.reports.figures import Figure
from plugins.reports.finances import Entry
from plugins.reports.model import Report, Reports, Section
from plugins.reports.pages import HOME, FigureCard, SectionView, build_section, figure_card, funder_url


class FunderView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/funder.html: ``account`` is the address of the text for its form."""

    head: Head
    year: int
    name: str
    report: Link
    sections: tuple[SectionView, ...]
    figures: tuple[FigureCard, ...]
    phrases: dict[str, str]
    entries: tuple[Entry, ...]
    account: str


class AccountView(Struct, frozen=True, kw_only=True, array_like=True):
    """The qualitative part of the account of a grant (Cerfa 15059), as text: ``cerfa.render_account``."""

    association: str
    report: Link
    funder: str
    start: str
    end: str
    sections: tuple[tuple[str, Text, tuple[Target, ...]], ...]
    phrases: dict[str, str]
    audience: tuple[str, ...]
    moments: tuple[str, ...]
    results: tuple[str, ...]


def account_url(report: Report, name: str) -> str:
    """The text of the account, to paste."""
    return f"{report.url}cerfa-15059-{build_slug(name)}.txt"


def build_funder(site: Site, report: Report, reports: Reports, name: str) -> FunderView:
    sections, figures = _sections(report, reports, name), _figures(report, reports, name)
    account = reports.finances(report)
    lead = f"Ce que {site.settings.name} a fait en {report.year} avec ce financeur."
    return FunderView(
        head=Head(f"{name} : bilan {report.year}", lead, crumbs=(HOME, Link(report.title, report.url))),
        year=report.year,
        name=name,
        report=Link(report.title, report.url),
        sections=tuple(build_section(site, section) for section in sections),
        figures=tuple(figure_card(figure, reports.past(report, figure)) for figure in figures),
        phrases=reports.phrases(report),
        entries=tuple(entry for entry in account.income.entries if entry.funder == name) if account else (),
        account=account_url(report, name),
    )


def build_account(site: Site, report: Report, reports: Reports, name: str) -> AccountView:
    sections, figures = _sections(report, reports, name), _figures(report, reports, name)
    return AccountView(
        association=site.settings.name,
        report=Link(report.title, site.settings.url + funder_url(report, name)),
        funder=name,
        start=french.long_day(report.start),
        end=french.long_day(report.end),
        sections=tuple((section.title, section.text, site.targets(section)) for section in sections),
        phrases=reports.phrases(report),
        audience=tuple(_tell(figure, report, reports) for figure in figures if figure.audience),
        moments=tuple(_find_moments(site, report, sections)),
        results=tuple(_tell(figure, report, reports) for figure in figures if not figure.audience),
    )


def _sections(report: Report, reports: Reports, name: str) -> tuple[Section, ...]:
    """Those that name it; with one funder only, also the axes of the agreement, which can be nobody else's."""
    alone = report.funders == (name,)
    return tuple(
        section
        for section in reports.sections(report)
        if name in section.funders or (alone and section.axis and not section.funders)
    )


def _figures(report: Report, reports: Reports, name: str) -> tuple[Figure, ...]:
    """Those that name it, and those that its sections tell."""
    told = {
        reference.target.removesuffix(words.EVOLUTION)
        for section in _sections(report, reports, name)
        for reference in section.text.figures
    }
    return tuple(
        figure
        for figure in reports.figures(report)
        if name in figure.funders or (figure.id in told and not figure.funders)
    )


def _tell(figure: Figure, report: Report, reports: Reports) -> str:
    label = figure.label or figure.unit or figure.id
    return f"{label} : {words.evolution(figure, reports.before(report, figure))}"


def _find_moments(site: Site, report: Report, sections: tuple[Section, ...]) -> Iterator[str]:
    """When and where: the events of the period that the sections lead to, by start."""
    agenda = site.get(Agenda)
    paths = {link.path for section in sections for link in section.text.links}
    events = {path: event for path in paths if isinstance(event := site.by_path.get(path), Event)}
    for event in sorted(events.values(), key=lambda event: (event.start, event.path)):
        entries = [entry.occurrence for entry in agenda.dates(event)]
        for one in (one for one in entries if report.start <= one.start.date() <= report.end):
            where = (one.place or event.place).city or french.enumerate_words(
                [site.settings.departments.get(code, code) for code in event.departments]
            )
            when = french.days(one.start, one.end or one.start)
            yield f"{when} : {event.title}" + (f" ({where})" if where else "")
