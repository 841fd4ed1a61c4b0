"""What the page of a report says, as nodes for paper, in the same order and the same words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from plugins.press import french
from plugins.press.paper.documents import build_text
from plugins.press.paper.nodes import Node, heading, paragraph, piece, words
from plugins.press.paper.pictures import Pictures
from plugins.press.paper.tables import build_table
from plugins.press.settings import Settings
from plugins.press.typography import french_text
from plugins.reports.charts import NamedChart
from plugins.reports.finances import Entry
from plugins.reports.keydates import KeyDate
from plugins.reports.pages import FigureCard, FinancesView, ReportView, SectionView
from plugins.reports.timeline import DateMonth, DatesView

if TYPE_CHECKING:
    from plugins.press.rendering import Press

_LARGE = 8
"""How many figures are shown large, as on the page."""


def print_report(
    report: ReportView, paths: Mapping[str, str], press: Press, pictures: Pictures, level: int = 1
) -> Iterator[Node]:
    """The nodes of a report whose parts are headings of that level. ``paths`` gives the file of each text."""
    return _Printer(report, paths, press, pictures, level).print()


class _Printer:
    def __init__(
        self, report: ReportView, paths: Mapping[str, str], press: Press, pictures: Pictures, level: int
    ) -> None:
        self.report = report
        self.paths = paths
        self.press = press
        self.pictures = pictures
        self.level = level

    def print(self) -> Iterator[Node]:
        report = self.report
        if report.figures:
            yield self._begin("L'année en chiffres", "chiffres", page=True)
            yield piece("figures", items=[*map(_show_figure, report.figures[:_LARGE])])
        if report.text.words:
            yield from self._introduce()
        parts = (("Actions de la convention", report.axes), (self._other_title(), report.others))
        for title, sections in parts:
            yield from self._print_sections(title, sections)
        if report.dates:
            yield from self._print_dates(report.dates)
        if report.finances:
            yield from self._print_finances(report.finances)
        yield from self._print_sections("Annexes", report.annexes)
        if report.figures:
            yield from self._print_figures()

    def _begin(self, title: str, anchor: str = "", *, page: bool = False) -> Node:
        """A part; one of a document of its own begins a page."""
        return heading(self.level, title, anchor, page=page and self.level == 1)

    def _other_title(self) -> str:
        return "Hors convention" if self.report.axes else "Actions"

    def _introduce(self) -> Iterator[Node]:
        report = self.report
        yield self._begin("Introduction", "_introduction", page=not report.figures)
        if report.summary:
            yield piece("lead", paragraph(*words(report.summary)))
        html = self.press.body(report.text, report.targets, report.phrases, page=report.url)
        yield from build_text(html, self.paths[""], self.pictures, self.press, top=self.level + 1)

    def _print_sections(self, title: str, sections: tuple[SectionView, ...]) -> Iterator[Node]:
        if sections:
            yield self._begin(title, page=True)
        for rank, section in enumerate(sections):
            below = self.level + (2 if section.level > 1 and rank else 1)
            yield heading(below, section.title, section.id)
            html = self.press.body(
                section.text, section.targets, self.report.phrases, page=self.report.url, place=section.id
            )
            yield from build_text(html, self.paths[section.id], self.pictures, self.press, top=below + 1)

    def _print_dates(self, dates: DatesView) -> Iterator[Node]:
        yield self._begin("Quelques dates clés", "dates-cles", page=True)
        where = f" dans {french.plural(dates.departments, 'département')}" if dates.departments else ""
        yield piece("note-line", *words(f"{french.plural(dates.total, 'date clé', 'dates clés')}{where}."))
        yield from self._print_charts(self.report.date_charts)
        yield piece("legend", items=[*_find_legend(dates, self.press.settings)])
        months = [_show_month(month, self.press.settings) for month in dates.months]
        yield piece("dates", *months, level=self.level + 1)

    def _print_finances(self, finances: FinancesView) -> Iterator[Node]:
        yield self._begin("Finances", "finances", page=True)
        yield from _show_account(finances, self.report.year)
        yield paragraph(*_tell_result(finances, self.report.year))
        yield from self._print_charts(self.report.finance_charts)

    def _print_figures(self) -> Iterator[Node]:
        yield self._begin("Tous les chiffres", "tous-les-chiffres", page=True)
        caption = f"Les chiffres de {self.report.year} et leur source dans ce rapport"
        yield build_table([*_list_figures(self.report.figures)], caption=caption)
        yield from self._print_charts(self.report.figure_charts)

    def _print_charts(self, charts: Iterable[NamedChart]) -> Iterator[Node]:
        for named in charts:
            html = self.press.draw(named.chart, named.name)
            yield from build_text(html, self.paths[""], self.pictures, self.press, top=self.level + 1)


def _show_figure(figure: FigureCard) -> dict[str, str]:
    """A figure to be read from across the room; its unit, when the label does not say it."""
    is_said = figure.unit[:5].lower() in figure.label.lower()
    shown = {
        "qualifier": figure.qualifier,
        "number": figure.number,
        "unit": "" if is_said else figure.unit,
        "label": figure.label or figure.unit or figure.id,
        "trend": figure.trend,
    }
    return {name: french_text(value) for name, value in shown.items()}


def _list_figures(figures: Iterable[FigureCard]) -> Iterator[list[list[Node]]]:
    """Below each source its figures: what is counted; how many, and how it changed."""
    source = ""
    for figure in figures:
        if figure.source != source:
            source = figure.source
            yield [[["small", {}, words(source or "Sans source")]]]
        name: Node = ["strong", {}, words(figure.label or figure.unit or figure.id)]
        before, after = f"{figure.qualifier} " if figure.qualifier else "", f" {figure.unit}" if figure.unit else ""
        trend = f", {figure.trend}" if figure.trend else ""
        yield [[name], [*words(before), ["strong", {}, [figure.number]], *words(after + trend)]]


def _find_legend(dates: DatesView, settings: Settings) -> Iterator[dict[str, str | int]]:
    """The categories that the dates have, in the site's order, others after them."""
    used = {row.date.category: None for month in dates.months for row in month.rows if row.date.category}
    known = [category.slug for category in settings.categories if category.slug in used]
    for slug in (*known, *sorted(used.keys() - {*known})):
        letter, label = _name_category(slug, settings)
        yield {"letter": letter, "rank": settings.category_rank(slug), "label": label}


def _name_category(slug: str, settings: Settings) -> tuple[str, str]:
    """Letter and label of a category; those of one that the site does not know are its name."""
    found = next((category for category in settings.categories if category.slug == slug), None)
    return (found.letter, french_text(found.label)) if found else (slug[:1].upper(), slug)


def _show_month(month: DateMonth, settings: Settings) -> Node:
    name = month.name[0].upper() + month.name[1:]
    return piece("month", *(_show_date(row.date, settings) for row in month.rows), name=name)


def _show_date(one: KeyDate, settings: Settings) -> Node:
    letter, label = _name_category(one.category, settings)
    title: list[Node] = [["a", {"href": one.url}, words(one.title)]] if one.url else words(one.title)
    where, rank = ", ".join(one.departments), settings.category_rank(one.category)
    return piece("date", *title, when=_tell_when(one), where=where, letter=letter, rank=rank, category=label)


def _tell_when(one: KeyDate) -> list[Node]:
    """« 9 mars », « 12 au 16 janv. », « 30 avr. au 2 mai »."""
    start, end = one.start, one.end or one.start
    if start.date() == end.date():
        return words(f"{french.day_number(start)} {french.short_month(start)}")
    is_same = (start.year, start.month) == (end.year, end.month)
    first = french.day_number(start) + ("" if is_same else f" {french.short_month(start)}")
    return words(f"{first} au {french.day_number(end)} {french.short_month(end)}")


def _show_account(finances: FinancesView, year: int) -> Iterator[Node]:
    years = [str(year), *([str(year - 1)] if finances.has_before else [])]
    for rank, (name, side) in enumerate(finances.sides):
        rows = [[_name_entry(entry), *_show_amounts(entry.amount, entry.before, finances)] for entry in side.entries]
        total = [["Total"], *_show_amounts(side.total, side.total_before, finances)]
        rows.append([[["strong", {}, cell]] for cell in total])
        caption = "" if rank else f"Finances de {year}, en euros"
        yield build_table(rows, head=[words(cell) for cell in (name, *years)], caption=caption, numbers=True)


def _name_entry(entry: Entry) -> list[Node]:
    is_said = not entry.funder or entry.funder in entry.label
    return words(entry.label) if is_said else [*words(entry.label), " ", ["small", {}, words(entry.funder)]]


def _show_amounts(amount: float, before: float | None, finances: FinancesView) -> list[list[Node]]:
    """This year and, when the account knows it, the year before."""
    known = [amount, before] if finances.has_before else [amount]
    return [["–" if value is None else french.money(value)] for value in known]


def _tell_result(finances: FinancesView, year: int) -> Iterator[Node]:
    """What is left, as the page says it."""
    result, before = finances.result, finances.result_before
    said = (
        "Excédent de l'année"
        if result > 0
        else "Déficit de l'année"
        if result < 0
        else "Produits et charges s'équilibrent"
    )
    yield from words(f"{said} : ")
    yield ["strong", {}, [f"{french.money(abs(result))}{french.NARROW}€"]]
    if before is not None:
        was = "excédent" if before > 0 else "déficit" if before < 0 else "équilibre"
        yield from words(f" (en {year - 1}, {was} de {french.money(abs(before))} €)")
    note = f" {finances.note}" if finances.note else ""
    source = f" Source : {finances.source}" if finances.source else ""
    yield from words(f".{note}{source}")
