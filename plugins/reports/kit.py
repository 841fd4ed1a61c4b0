"""The kit of an assembly: a page with all that is read and voted there, and one PDF with the report in its place."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from plugins.press import french
from plugins.press.documents import Document, Text
from plugins.press.outputs import Function, Output, Paper, Template
from plugins.press.pictures.copies import Copy, find_copies
from plugins.press.pictures.facts import Target
from plugins.press.site import Site
from plugins.press.views import Head, Link
from plugins.reports.assembly import ORDER, Assemblies, Assembly, AssemblyPaper, Resolution
from plugins.reports.model import Report, Reports, published
from plugins.reports.pages import HOME, ReportView


class PaperView(Struct, frozen=True, array_like=True, gc=False):
    """A text of the assembly: its anchor, title, authors and text."""

    id: str
    title: str
    authors: tuple[str, ...]
    text: Text
    targets: tuple[Target, ...]


class KitView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/assembly.html: ``papers`` in the order in which they are read; ``pdf`` is ``""`` without."""

    head: Head
    url: str
    pdf: str
    year: int
    title: str
    when: str
    place: str
    report: Link
    papers: tuple[PaperView, ...]
    resolutions: tuple[Resolution, ...]
    phrases: dict[str, str]


class KitPaper(Struct, frozen=True, kw_only=True, array_like=True):
    """All that is printed of a kit. ``paths`` gives the file of each text, by its anchor (``""`` is the report's)."""

    kit: KitView
    report: ReportView
    paths: dict[str, str]
    photos: tuple[Copy, ...]
    published: str
    has_proxy: bool
    attendance: int


def build_outputs(site: Site, report: Report, view: ReportView) -> Iterator[Output]:
    """The page, and the PDF."""
    assembly = site.get(Assemblies).by_folder.get(report.folder)
    if assembly:
        kit = _build_kit(site, report, assembly, view)
        yield Output(kit.url, Template("assembly.html"), kit, "le dossier de l'assemblée")
        if kit.pdf:
            yield Output(kit.pdf, _PDF, _build_paper(site, report, assembly, kit, view), "le dossier de l'assemblée")


def _build_kit(site: Site, report: Report, assembly: Assembly, view: ReportView) -> KitView:
    url = view.kit
    title = f"Assemblée générale du {french.long_day(report.assembly)}" if report.assembly else "Assemblée générale"
    lead = f"Ce qui sera lu et voté, avec le rapport d'activité {report.year}."
    return KitView(
        head=Head(title, lead, crumbs=(HOME, Link(report.title, report.url))),
        url=url,
        pdf=f"{url}assemblee-generale-rapport-{report.year}.pdf" if site.settings.pdf else "",
        year=report.year,
        title=title,
        when=_tell_when(report, assembly.agenda),
        place=assembly.agenda.place if assembly.agenda else "",
        report=Link(report.title, report.url),
        papers=tuple(_build_view(site, assembly.papers[name]) for name in ORDER if name in assembly.papers),
        resolutions=assembly.resolutions.resolutions if assembly.resolutions else (),
        phrases=view.phrases,
    )


def _tell_when(report: Report, agenda: AssemblyPaper | None) -> str:
    start = agenda.start if agenda else None
    if start and agenda and agenda.has_hour:
        return f"{french.full_day(start)}, à {french.hour(start)}"
    day = start or report.assembly
    return french.full_day(day) if day else ""


def _build_view(site: Site, paper: AssemblyPaper) -> PaperView:
    return PaperView(paper.name, paper.title, paper.authors, paper.text, site.targets(paper))


def _build_paper(site: Site, report: Report, assembly: Assembly, kit: KitView, view: ReportView) -> KitPaper:
    sections, papers = site.get(Reports).sections(report), tuple(assembly.papers.values())
    texts: tuple[Document, ...] = (report, *sections, *papers)
    agenda = assembly.agenda
    return KitPaper(
        kit=kit,
        report=view,
        paths={"": report.path} | {text.slug: text.path for text in texts[1:]},
        photos=find_copies(site, texts),
        published=max(text.modified or published(report) for text in texts).isoformat(),
        has_proxy=bool(agenda and agenda.proxy),
        attendance=agenda.attendance if agenda else 0,
    )


_PDF = Paper("document.typ", Function("plugins.reports.kitpaper:build_sheet"))
