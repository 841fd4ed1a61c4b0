"""The report as a PDF: what its page says, with the data files of the page inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from plugins.charts.model import CHART, tabulate
from plugins.press.blocks import name_block, read_value
from plugins.press.documents import Document
from plugins.press.outputs import Function, Output, Paper
from plugins.press.pictures.copies import Copy, find_copies
from plugins.press.site import Site
from plugins.reports.model import Report, Reports, published
from plugins.reports.pages import ReportView
from plugins.reports.tables import DataFile


class ReportPaper(Struct, frozen=True, kw_only=True, array_like=True):
    """A report and what goes with it on paper. ``paths`` gives the file of each of its texts, by its anchor."""

    report: ReportView
    paths: dict[str, str]
    files: tuple[DataFile, ...]
    photos: tuple[Copy, ...]
    published: datetime
    authors: tuple[str, ...]
    keywords: tuple[str, ...]
    lang: str
    is_large: bool = False


def build_outputs(site: Site, report: Report, view: ReportView, files: Sequence[DataFile]) -> Iterator[Output]:
    """The report, and the same in large print."""
    texts: tuple[Document, ...] = (report, *site.get(Reports).sections(report))
    for url, is_large in ((view.pdf, False), (view.large_pdf, True)):
        paper = ReportPaper(
            report=view,
            paths={"": report.path} | {text.slug: text.path for text in texts[1:]},
            files=(*files, *_find_charts(texts)),
            photos=find_copies(site, texts),
            published=max(text.modified or published(report) for text in texts),
            authors=report.authors,
            keywords=report.tags,
            lang=report.lang,
            is_large=is_large,
        )
        yield Output(url, _PDF, paper, report.path)


def _find_charts(texts: Iterable[Document]) -> Iterator[DataFile]:
    """The numbers of the charts that the texts ask for."""
    for text in texts:
        place = text.url.partition("#")[2]
        for rank, block in enumerate(text.text.blocks, 1):
            if block.kind == CHART.name:
                chart = read_value(block, {CHART.name: CHART})
                yield DataFile(f"{name_block(CHART, rank, place)}.csv", chart.title, tabulate(chart))


_PDF = Paper("document.typ", Function("plugins.reports.sheet:build_sheet"))
