"""The numbers of each chart that a text asks for, as CSV beside the page."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.charts.model import CHART, tabulate
from plugins.press.blocks import name_block, read_value
from plugins.press.csvfiles import CSV
from plugins.press.outputs import Output
from plugins.press.site import Site


def build_outputs(site: Site) -> Iterator[Output]:
    for document in site.drawing:
        for rank, block in enumerate(document.text.blocks, 1):
            if block.kind == CHART.name and document.url:
                page, _, place = document.url.partition("#")
                url = f"{page}{name_block(CHART, rank, place)}.csv"
                yield Output(url, CSV, tabulate(read_value(block, {CHART.name: CHART})), document.path)
