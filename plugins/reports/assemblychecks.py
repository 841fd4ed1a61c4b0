"""The papers of an assembly go with a report, its day is one day, and none is empty."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.press import french
from plugins.press.problems import Problem
from plugins.press.site import Site
from plugins.reports.assembly import Assemblies, Assembly
from plugins.reports.model import Report, Reports


def check_assemblies(site: Site) -> Iterator[Problem]:
    reports = {report.folder: report for report in site.get(Reports).reports}
    for folder, assembly in site.get(Assemblies).by_folder.items():
        report = reports.get(folder)
        if report:
            yield from _check_day(site, report, assembly)
        elif f"{folder}/index.md" not in site.broken:
            message = f"ces papiers d'assemblée n'ont pas de rapport. Créer {site.shown_root}/{folder}/index.md."
            for document in assembly.documents:
                yield site.problem(document, message)
        yield from _check_empty(site, assembly)


def _check_day(site: Site, report: Report, assembly: Assembly) -> Iterator[Problem]:
    agenda = assembly.agenda
    if report.assembly is None:
        message = (
            f"la date de l'assemblée manque. Ajouter « assembly: AAAA-MM-JJ » dans {site.shown_root}/{report.path}."
        )
        yield site.problem(assembly.documents[0], message, warning=True)
    elif agenda and agenda.start and agenda.start.date() != report.assembly:
        said = french.long_day(agenda.start)
        message = f"l'assemblée est le {said} ici, le {french.long_day(report.assembly)} dans {report.path}. Corriger."
        yield site.problem(agenda, message, field="start")


def _check_empty(site: Site, assembly: Assembly) -> Iterator[Problem]:
    for paper in assembly.papers.values():
        if not (paper.text.words or paper.text.links or paper.text.blocks):
            message = "ce texte est vide. L'écrire, ou ajouter « status: draft » en attendant."
            yield site.problem(paper, message, field="title", warning=True)
    if assembly.resolutions and not assembly.resolutions.resolutions:
        message = "aucune résolution. En écrire une, « - title: … », ou retirer le fichier."
        yield site.problem(assembly.resolutions, message, warning=True)
