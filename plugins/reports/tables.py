"""What the data files of a report say: key dates, figures, finances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from plugins.press.csvfiles import Cell, Table
from plugins.reports.figures import Figure, Past
from plugins.reports.finances import Finances, Side
from plugins.reports.keydates import KeyDate


class DataFile(Struct, frozen=True, array_like=True):
    """A table that goes with the report: the name of its file, what it holds."""

    name: str
    title: str
    table: Table


KEY_DATE_HEADER = ("début", "fin", "titre", "département", "catégorie", "adresse")
FIGURE_HEADER = ("id", "libellé", "valeur", "unité", "précision", "source", "financeur")
_QUALIFIERS = {"exact": "exact", "at-least": "au moins", "about": "environ"}


def key_dates(dates: Sequence[KeyDate], labels: Mapping[str, str], site_url: str) -> Table:
    """Times as the agenda writes them; several departments apart by a space."""
    return Table(KEY_DATE_HEADER, tuple(_key_date_row(one, labels, site_url) for one in dates))


def _key_date_row(one: KeyDate, labels: Mapping[str, str], site_url: str) -> tuple[str, ...]:
    form = "%Y-%m-%d" if one.all_day else "%Y-%m-%dT%H:%M"
    end = one.end.strftime(form) if one.end and one.end != one.start else ""
    return (
        one.start.strftime(form),
        end,
        one.title,
        " ".join(one.departments),
        labels.get(one.category, one.category),
        site_url + one.url if one.url.startswith("/") else one.url,
    )


def figures(known: Sequence[tuple[Figure, Sequence[Past]]]) -> Table:
    """Each figure, then what it was in the years before, the latest first."""
    years = sorted({past.year for _, before in known for past in before}, reverse=True)
    rows = tuple(_figure_row(figure, {past.year: past.value for past in before}, years) for figure, before in known)
    return Table((*FIGURE_HEADER, *map(str, years)), rows)


def _figure_row(figure: Figure, before: Mapping[int, Cell], years: Sequence[int]) -> tuple[Cell, ...]:
    return (
        figure.id,
        figure.label,
        figure.value,
        figure.unit,
        _QUALIFIERS[figure.qualifier],
        figure.source,
        ", ".join(figure.funders),
        *(before.get(year) for year in years),
    )


def finances(account: Finances, year: int) -> Table:
    """Both sides of the account with their totals, and what is left."""
    header = ("sens", "libellé", str(year), str(year - 1), "financeur")
    rows = [*_side_rows("charges", account.expenses), *_side_rows("produits", account.income)]
    rows.append(("résultat", "", account.result, account.result_before, ""))
    return Table(header, tuple(rows))


def _side_rows(name: str, side: Side) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = [
        (name, entry.label, entry.amount, entry.before, entry.funder) for entry in side.entries
    ]
    return [*rows, (name, "Total", side.total, side.total_before, "")]
