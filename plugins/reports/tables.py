"""The data of a report as CSV: UTF-8 with BOM, « ; », RFC 4180 quoting, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from plugins.agenda.model import Event
from plugins.reports.figures import Figure

if TYPE_CHECKING:
    from plugins.press.rendering import Press

KEY_DATE_HEADER = ("début", "fin", "titre", "département", "catégorie", "adresse")
FIGURE_HEADER = ("id", "libellé", "valeur", "unité", "précision", "source")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_QUALIFIERS = {"exact": "exact", "at-least": "au moins", "about": "environ"}


class Table(Struct, frozen=True, array_like=True):
    """A header and its rows."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def key_date_row(event: Event, labels: dict[str, str], site_url: str) -> tuple[str, ...]:
    """Times as the agenda writes them; several departments apart by a space."""
    form = "%Y-%m-%d" if event.all_day else "%Y-%m-%dT%H:%M"
    end = event.end.strftime(form) if event.end and event.end != event.start else ""
    return (
        event.start.strftime(form),
        end,
        event.title,
        " ".join(event.departments),
        labels.get(event.category, ""),
        site_url + event.url,
    )


def figure_row(figure: Figure) -> tuple[str, ...]:
    value = f"{Decimal(str(figure.value)):f}"
    return (
        figure.id,
        figure.label,
        value.replace(".", ","),
        figure.unit,
        _QUALIFIERS[figure.qualifier],
        figure.source,
    )


def render_csv(table: Table, _press: Press) -> bytes:
    """The bytes of the file."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(table.header)
    writer.writerows([_neutral(cell) for cell in row] for row in table.rows)
    return ("\N{BYTE ORDER MARK}" + file.getvalue()).encode()


def _neutral(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula is kept as text by an apostrophe (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
