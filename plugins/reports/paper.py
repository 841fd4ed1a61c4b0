"""The report as a PDF: what its page says, with the data files of the page inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from plugins.charts.model import CHART, tabulate
from plugins.press import french
from plugins.press.blocks import name_block, read_value
from plugins.press.csvfiles import render_csv
from plugins.press.documents import Document
from plugins.press.outputs import Function, Output, Paper
from plugins.press.paper import documents
from plugins.press.paper.documents import Attachment, Cover, Printed
from plugins.press.paper.nodes import Node, paragraph, words
from plugins.press.paper.pictures import Pictures
from plugins.press.pictures.copies import Copy, find_copies
from plugins.press.site import Site
from plugins.reports.model import Report, Reports, published
from plugins.reports.pages import ReportView, short_title
from plugins.reports.printing import print_report
from plugins.reports.tables import DataFile

if TYPE_CHECKING:
    from plugins.press.paper.sheets import Sheet
    from plugins.press.rendering import Press


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


def build_sheet(view: ReportPaper, press: Press) -> Sheet:
    """What is printed of a report."""
    report = view.report
    pictures = Pictures(view.photos, press)
    printed = Printed(
        title=report.title,
        cover=build_cover(report),
        nodes=[*print_report(report, view.paths, press, pictures)],
        page=report.url,
        published=view.published,
        description=report.summary,
        authors=view.authors,
        keywords=view.keywords,
        lang=view.lang,
        pictures=pictures,
        attachments=tuple(Attachment(f.name, render_csv(f.table, press), f.title) for f in view.files),
        sources=tuple(view.paths.values()),
        colophon=(_tell_origin(view, press.settings.name),),
        is_large=view.is_large,
    )
    return documents.build_sheet(printed, press)


def build_cover(report: ReportView) -> Cover:
    """The title of the report and its year, as on its page."""
    year = str(report.year)
    funders = french.enumerate_words([funder.label for funder in report.funders])
    lines = (
        f"Présenté à l'assemblée générale du {french.long_day(report.assembly)}." if report.assembly else "",
        f"Actions financées par {funders}." if funders else "",
    )
    return Cover(title=short_title(report), big=year, slug=year, ground="sun", lines=tuple(filter(None, lines)))


def _tell_origin(view: ReportPaper, site: str) -> Node:
    large = " en grands caractères" if view.is_large else ""
    when = french.long_day(view.published)
    return paragraph(*words(f"« {view.report.title} »{large}, de {site}, publié le {when}."))


_PDF = Paper("document.typ", Function("plugins.reports.paper:build_sheet"))
