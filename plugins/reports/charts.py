"""The charts that a report draws by itself: its key dates, its figures over the years, its finances."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from plugins.charts.model import MAX_SERIES, Chart, build_map
from plugins.press import french
from plugins.press.settings import Settings
from plugins.reports.figures import Figure, Past
from plugins.reports.finances import Finances, Side
from plugins.reports.keydates import KeyDate

_LEAST = 3
"""From how many years on a figure is drawn: of two, words say it all."""


class NamedChart(Struct, frozen=True, array_like=True, gc=False):
    """A chart of a report, its name on the page, the address of its numbers."""

    name: str
    chart: Chart
    url: str


def build_date_charts(dates: Sequence[KeyDate], start: date, end: date, settings: Settings) -> Iterator[Chart]:
    """The key dates by month, by department and by category; of fewer than two there is nothing to compare."""
    if len(dates) > 1:
        yield _by_month(dates, start, end)
        if settings.departments and any(one.departments for one in dates):
            yield _by_department(dates, settings.departments)
        if any(one.category for one in dates):
            yield _by_category(dates, settings)


def build_histories(known: Sequence[tuple[Figure, Sequence[Past]]], year: int) -> Iterator[tuple[str, Chart]]:
    """Each figure that enough years know, with its identifier."""
    for figure, before in known:
        values = {past.year: past.value for past in before} | {year: figure.amount}
        if len(values) >= _LEAST:
            rows = tuple((str(at), (values.get(at),)) for at in range(min(values), year + 1))
            kind = "line" if len(rows) > 6 else "bars"
            title = figure.label or figure.unit or figure.id
            header = ("Année", figure.unit.capitalize() or "Nombre")
            yield figure.id, Chart(kind=kind, title=title, header=header, rows=rows, unit=figure.unit)


def build_finance_charts(account: Finances, year: int) -> Iterator[tuple[str, Chart]]:
    """Where the money came from, and where it went."""
    for name, title, side in (("produits", "Produits", account.income), ("charges", "Charges", account.expenses)):
        if side.total and len(side.entries) > 1:
            yield name, _draw_side(f"{title} {year}", side)


def _draw_side(title: str, side: Side) -> Chart:
    entries = sorted((entry for entry in side.entries if entry.amount), key=lambda entry: (-entry.amount, entry.line))
    kind = "proportion" if len(entries) <= MAX_SERIES else "bars"
    rows = tuple((entry.label, (entry.amount,)) for entry in entries)
    return Chart(kind=kind, title=title, header=("", "Montant"), rows=rows, unit="€")


def _by_month(dates: Sequence[KeyDate], start: date, end: date) -> Chart:
    months = [(year, month) for year in range(start.year, end.year + 1) for month in range(1, 13)]
    months = [month for month in months if (start.year, start.month) <= month <= (end.year, end.month)]
    counts = Counter((one.start.year, one.start.month) for one in dates)
    name = french.month if start.year == end.year else french.month_year
    rows = tuple((name(date(*month, 1)), (counts[month],)) for month in months)
    return Chart(kind="bars", title="Dates clés par mois", header=("Mois", "Dates clés"), rows=rows)


def _by_department(dates: Sequence[KeyDate], names: Mapping[str, str]) -> Chart:
    """Those of the region on its map; the others are told in words."""
    counts = Counter(code for one in dates for code in one.departments)
    rows = tuple((code, (counts[code],)) for code in names)
    outside = [f"{counts[code]} dans le département {code}" for code in sorted(counts.keys() - names.keys())]
    nowhere = sum(not one.departments for one in dates)
    outside += [f"{nowhere} sans département"] if nowhere else []
    note = f"Hors de la carte : {french.enumerate_words(outside)}." if outside else ""
    header = ("Département", "Dates clés")
    return build_map(Chart(kind="map", title="Dates clés par département", header=header, rows=rows, note=note), names)


def _by_category(dates: Sequence[KeyDate], settings: Settings) -> Chart:
    counts = Counter(one.category for one in dates)
    rows = [(category.label, (counts.pop(category.slug, 0),)) for category in settings.categories]
    rows += [(slug or "Sans catégorie", (count,)) for slug, count in sorted(counts.items())]
    header = ("Catégorie", "Dates clés")
    return Chart(kind="bars", title="Dates clés par catégorie", header=header, rows=tuple(rows))
