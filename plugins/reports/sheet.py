"""What is printed of a report: its page as nodes, with a cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.press import french
from plugins.press.csvfiles import render_csv
from plugins.press.paper import documents
from plugins.press.paper.documents import Attachment, Cover, Printed
from plugins.press.paper.nodes import Node, paragraph, words
from plugins.press.paper.pictures import Pictures
from plugins.reports.pages import ReportView, short_title
from plugins.reports.printing import print_report

if TYPE_CHECKING:
    from plugins.press.paper.sheets import Sheet
    from plugins.press.rendering import Press
    from plugins.reports.paper import ReportPaper


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
