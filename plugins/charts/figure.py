"""A chart in a page: its title, the drawing, and the same numbers as a table that opens below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from plugins.charts.drawing import render_svg
from plugins.charts.model import Chart, spell
from plugins.press.blocks import Shown
from plugins.press.markup import element
from plugins.press.typography import french_text

if TYPE_CHECKING:
    from plugins.press.rendering import Press


def render_figure(shown: Shown, _press: Press) -> bytes:
    """The figure."""
    chart: Chart = shown.value
    summary = element("summary", "Les nombres", element("span", french_text(f" : {chart.title}"), class_="hidden"))
    link = element("p", element("a", "Le même tableau en CSV", href=shown.data_url)) if shown.data_url else Markup()
    figure = element(
        "figure",
        _caption(chart),
        render_svg(chart, shown.name),
        element("details", summary, _table(chart), link),
        class_="chart",
        id=shown.name,
    )
    return figure.encode()


def render_table(shown: Shown, _press: Press) -> bytes:
    """For those who see no drawing: the title and the table."""
    return element("figure", _caption(shown.value), _table(shown.value)).encode()


def _caption(chart: Chart) -> Markup:
    pieces = [element("b", french_text(chart.title))]
    if chart.unit:
        pieces.append(element("span", french_text(f"({chart.unit})")))
    if chart.note:
        pieces.append(element("small", french_text(chart.note)))
    return element("figcaption", Markup(" ").join(pieces))


def _table(chart: Chart) -> Markup:
    head = [element("th", french_text(name), scope="col") if name else element("td", "") for name in chart.header]
    rows = [
        element(
            "tr",
            element("th", french_text(label), scope="row"),
            *(element("td", spell(value, chart.unit)) for value in values),
        )
        for label, values in chart.rows
    ]
    return element("table", element("thead", element("tr", *head)), element("tbody", *rows))
