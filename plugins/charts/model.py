"""A chart: numbers to be seen, in one of five forms, and the table that says the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Struct
from pydantic import PlainValidator

from plugins.press import french
from plugins.press.csvfiles import Cell, Table
from plugins.press.kinds import BlockKind, Draft
from plugins.press.outputs import Function
from plugins.press.regions import SHAPES
from plugins.press.schema import AsList, Fields, Line, read_amount, refuse

Value = int | float | None
"""A number; None when it is not known."""

MAX_SERIES, MAX_ROWS = 6, 100
UNKNOWN = "non connu"
_SYMBOLS = ("%", "€")


class Chart(Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """Numbers to be seen. A row is a label and its numbers, one for each series.

    ``kind``: ``bars`` (side by side when there are several series), ``stacked`` (on top of one another), ``line``,
    ``proportion`` (the rows are parts of a whole), ``map`` (the rows are departments, of which ``codes`` has the
    codes). ``header`` says what the labels are, then what each series is. ``description`` is what one sees;
    without it, ``describe`` tells. ``note`` stands below the title.
    """

    kind: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Value, ...]], ...]
    unit: str = ""
    description: str = ""
    note: str = ""
    codes: tuple[str, ...] = ()

    @property
    def series(self) -> tuple[str, ...]:
        return self.header[1:]

    @property
    def values(self) -> tuple[Value, ...]:
        """All numbers, row by row."""
        return tuple(value for _, values in self.rows for value in values)


def tabulate(chart: Chart) -> Table:
    """The same numbers as a table; of a map the codes stand in the labels already."""
    rows: tuple[tuple[Cell, ...], ...] = tuple((label, *values) for label, values in chart.rows)
    return Table(chart.header, rows)


def spell(value: Value, unit: str = "", *, signed: bool = True) -> str:
    """« 1 400 », « 12 % », « 3,50 € » (« 3,50 » when it is not to be signed); « non connu »."""
    if value is None:
        return UNKNOWN
    shown = french.money(value) if unit == "€" else french.number(value)
    return f"{shown}{french.NARROW}{unit}" if signed and unit in _SYMBOLS else shown


def describe(chart: Chart) -> str:
    """What one sees, in a sentence: its own description, else from which number to which it goes."""
    if chart.description:
        return chart.description
    known = [(value, label) for label, values in chart.rows for value in values if value is not None]
    if not known:
        return "Aucun nombre n'est connu."
    if chart.kind == "proportion":
        value, label = max(known, key=lambda pair: pair[0])
        return f"La plus grande part : {label}, {spell(value, chart.unit)}."
    (low, lowest), (high, highest) = (f(known, key=lambda pair: pair[0]) for f in (min, max))
    if low == high:
        return f"Partout {spell(low, chart.unit)}." if len(known) > 1 else f"{lowest} : {spell(low, chart.unit)}."
    return f"De {spell(low, chart.unit)} ({lowest}) à {spell(high, chart.unit)} ({highest})."


def _read_row(value: object) -> tuple[Value, ...]:
    """The numbers of a row: one, or a list of them."""
    return tuple(None if cell is None else _read_cell(cell) for cell in (value if isinstance(value, list) else [value]))


def _read_cell(cell: object) -> int | float:
    if not isinstance(cell, str):
        raise refuse("un nombre est attendu, ou une liste de nombres : [3, 5].")
    try:
        return read_amount(cell)
    except ValueError as error:
        raise refuse(str(error)) from error


class ChartFields(Fields):
    """What an editor may write in a block that begins with ``schema: chart``."""

    kind: Literal["bars", "stacked", "line", "proportion", "map"]
    title: Line
    values: dict[str, Annotated[Any, PlainValidator(_read_row)]]
    label: Line = ""
    series: Annotated[tuple[Line, ...], AsList] = ()
    unit: Line = ""
    description: Line = ""
    source: Line = ""


def build_chart(draft: Draft, fields: ChartFields) -> Chart | None:
    """The chart, or what cannot be drawn of it, told to the draft."""
    before = len(draft.problems)
    count = len(fields.series) or max(map(len, fields.values.values()), default=1)
    _check_size(draft, fields, count)
    _check_form(draft, fields, count)
    for label, values in fields.values.items():
        _check_row(draft, fields.kind, label, values, count)
    if len(draft.problems) > before:
        return None
    default = (fields.unit.capitalize() or "Nombre",) if count == 1 else ()
    chart = Chart(
        kind=fields.kind,
        title=fields.title,
        header=(fields.label, *(fields.series or default)),
        rows=tuple(fields.values.items()),
        unit=fields.unit,
        description=fields.description,
        note=f"Source : {fields.source}" if fields.source else "",
    )
    return build_map(chart, draft.settings.departments) if fields.kind == "map" else chart


def build_map(chart: Chart, names: Mapping[str, str]) -> Chart:
    """A chart whose labels are codes of departments, as a map; as bars when one of them is not drawn."""
    from msgspec.structs import replace

    codes = tuple(label for label, _ in chart.rows)
    rows = tuple((f"{names[code]} ({code})" if code in names else code, values) for code, values in chart.rows)
    is_drawn = all(code in SHAPES for code in codes)
    return replace(chart, kind="map" if is_drawn else "bars", rows=rows, codes=codes if is_drawn else ())


def _check_size(draft: Draft, fields: ChartFields, count: int) -> None:
    """What is too much or too little for any drawing."""
    rows = len(fields.values)
    if not rows:
        draft.refuse("values", "aucun nombre à montrer. Écrire une ligne « nom: nombre » pour chacun.")
    if rows > MAX_ROWS:
        message = f"{rows} lignes, c'est trop pour un graphique ({MAX_ROWS} au plus)."
        draft.refuse("values", f"{message} En faire un tableau, ou regrouper.")
    if count > MAX_SERIES:
        draft.refuse("series", f"{count} séries, c'est trop pour les distinguer ({MAX_SERIES} au plus). Regrouper.")
    if count > 1 and not fields.series:
        draft.refuse("values", 'dire ce que sont les nombres de chaque ligne : series: ["2016", "2017"].')


def _check_form(draft: Draft, fields: ChartFields, count: int) -> None:
    """What one form cannot show."""
    rows = len(fields.values)
    if fields.kind == "stacked" and count < 2:
        draft.refuse("kind", "une seule série n'a rien à empiler. Écrire kind: bars.")
    if fields.kind in {"proportion", "map"} and count > 1:
        draft.refuse("kind", f"« {fields.kind} » montre un seul nombre par ligne. Écrire kind: bars ou stacked.")
    if fields.kind == "proportion" and rows > MAX_SERIES:
        message = f"{rows} parts, c'est trop pour les distinguer ({MAX_SERIES} au plus)."
        draft.refuse("values", f"{message} Regrouper les plus petites, ou écrire kind: bars.")
    if fields.kind == "map" and (lost := [code for code in fields.values if code not in SHAPES]):
        draft.refuse(("values", lost[0]), "ce département n'est pas sur la carte. Écrire kind: bars.")


def _check_row(draft: Draft, kind: str, label: str, values: tuple[Value, ...], count: int) -> None:
    field = ("values", label)
    if len(values) != count:
        draft.refuse(field, f"{french.plural(len(values), 'nombre')} ici, {count} ailleurs. En mettre autant partout.")
    if kind in {"stacked", "proportion"} and any(value is None or value < 0 for value in values):
        draft.refuse(field, "un nombre négatif ou inconnu ne peut pas être une part. Écrire kind: bars ou line.")


CHART = BlockKind(
    name="chart",
    word="graphique",
    schema=ChartFields,
    value=Chart,
    build=build_chart,
    draw=Function("plugins.charts.figure:render_figure"),
    tell=Function("plugins.charts.figure:render_table"),
)
