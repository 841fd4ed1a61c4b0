"""A report holds together: its sections count without gap, what it names is there, its figures agree with the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from plugins.press import french
from plugins.press.documents import Document, Mark
from plugins.press.markdown.figuremarks import FIGURE, read_figure
from plugins.press.problems import Problem
from plugins.press.site import Site
from plugins.reports.assembly import Assemblies, Assembly, AssemblyPaper
from plugins.reports.assemblychecks import check_assemblies
from plugins.reports.figures import EVOLUTION, Figure
from plugins.reports.lock import NAME, compare
from plugins.reports.model import Report, Reports, Section

PLACES = ("chiffres", "dates-cles", "finances", "graphiques", "tous-les-chiffres")
"""The anchors of the parts that the page of a report writes itself."""


def check(site: Site) -> Iterator[Problem]:
    reports = site.get(Reports)
    known = {report.folder for report in reports.reports}
    for section in site.of(Section):
        if section.folder not in known and f"{section.folder}/index.md" not in site.broken:
            yield site.problem(
                section,
                f"cette section n'a pas de rapport. Créer {site.shown_root}/{section.folder}/index.md.",
            )
    for document in site.open:
        if not document.text.figures or isinstance(document, Report | Section | AssemblyPaper):
            continue
        for figure in document.text.figures:
            message = "un chiffre de rapport ([[chiffre:…]]) n'est lu que dans un rapport. Écrire le nombre."
            yield site.problem(document, message, mark=(figure.line, figure.column))
    yield from check_assemblies(site)
    for report in reports.reports:
        sections = reports.sections(report)
        yield from _check_numbers(site, sections)
        yield from _check_anchors(site, report, sections)
        yield from _check_funders(site, report, reports)
        yield from _check_references(site, report, reports)
        yield from _check_counts(site, report, reports)
        yield from _check_dates(site, report, reports)


def advise(site: Site, path: str) -> Iterator[Problem]:
    """What differs now from the key dates that were voted: the report keeps them, but somebody should know."""
    reports = site.get(Reports)
    for report in reports.reports if not path else ():
        lock = reports.lock(report)
        if lock is None or not reports.is_frozen(report):
            continue
        for difference in compare(lock, reports.live_dates(report)):
            message = f"depuis le vote : {difference.message} Le rapport garde la liste votée."
            yield site.problem(lock, message, mark=(difference.line or 1, 1), warning=True)


def _check_numbers(site: Site, sections: tuple[Section, ...]) -> Iterator[Problem]:
    seen: dict[int, Section] = {}
    for rank, section in enumerate(sections, 1):
        if section.number in seen:
            other = f"{site.shown_root}/{seen[section.number].path}"
            yield site.problem(
                section,
                f"la section {section.number} existe déjà : {other}. Renommer l'un des deux fichiers.",
            )
            return
        seen[section.number] = section
        if section.number != rank:
            yield site.problem(
                section,
                f"la section {rank} manque : celle-ci porte le numéro {section.number}. "
                "Numéroter les fichiers sans trou, à partir de 01.",
            )
            return


def _check_anchors(site: Site, report: Report, sections: tuple[Section, ...]) -> Iterator[Problem]:
    """All that the page of the report holds has an anchor of its own, which links from elsewhere rely on."""
    taken: dict[str, str] = dict.fromkeys(PLACES, "le site lui-même")
    for section in sections:
        if section.slug in taken:
            message = f"le repère « #{section.slug} » est déjà pris par {taken[section.slug]}."
            yield site.problem(section, f"{message} Donner un autre « slug » ou un autre nom de fichier.", field="slug")
        taken.setdefault(section.slug, f"{site.shown_root}/{section.path}")
    for document, place in ((report, ""), *((section, f"{section.slug}-") for section in sections)):
        for anchor in document.text.anchors:
            if f"{place}{anchor}" in taken:
                message = f"le repère « #{place}{anchor} » est déjà pris par {taken[f'{place}{anchor}']}."
                yield site.problem(document, f"{message} Changer ce titre, ou lui ajouter {{: #autre-repère }}.")
            taken.setdefault(f"{place}{anchor}", f"{site.shown_root}/{document.path}")


def _check_funders(site: Site, report: Report, reports: Reports) -> Iterator[Problem]:
    """Who is named as a funder is one of the report's; with several, an axis says whose it is."""
    sections = reports.sections(report)
    for section in sections:
        yield from _refuse_funders(site, report, section, section.funders)
        if section.axis and not section.funders and len(report.funders) > 1:
            names = " ou ".join(f"« {name} »" for name in report.funders)
            message = f"cet axe n'apparaîtra dans la vue d'aucun financeur. Ajouter « funder: … » ({names})."
            yield site.problem(section, message, field="axis", warning=True)
    if figures := reports.figures_document(report):
        for figure in figures.figures:
            yield from _refuse_funders(site, report, figures, figure.funders, mark=(figure.line, 1))
    if finances := reports.finances(report):
        for entry in (*finances.expenses.entries, *finances.income.entries):
            yield from _refuse_funders(site, report, finances, filter(None, [entry.funder]), mark=(entry.line, 1))


def _refuse_funders(
    site: Site, report: Report, document: Document, names: Iterable[str], mark: Mark | None = None
) -> Iterator[Problem]:
    for name in names:
        if name not in report.funders:
            message = f"« {name} » n'est pas un financeur de ce rapport. {_nearest(name, report.funders)}"
            yield site.problem(document, message, field="funder", mark=mark)


def _check_references(site: Site, report: Report, reports: Reports) -> Iterator[Problem]:
    if f"{report.folder}/chiffres.yaml" in site.broken:
        return
    known = {figure.id: figure for figure in reports.figures(report)}
    papers = site.get(Assemblies).by_folder.get(report.folder, Assembly({})).papers
    documents: tuple[Document, ...] = (report, *reports.sections(report), *papers.values())
    for document in documents:
        for reference in document.text.figures:
            if message := _refuse_reference(reference.target, report, reports, known):
                yield site.problem(document, message, mark=(reference.line, reference.column))
    if "summary" in report.marks and "[[" in report.summary:
        for typed in re.findall(FIGURE, report.summary):
            message = _refuse_reference(read_figure(typed), report, reports, known)
            if message:
                yield site.problem(report, message, field="summary")


def _refuse_reference(target: str, report: Report, reports: Reports, known: Mapping[str, Figure]) -> str:
    """Why a figure cannot stand in words, with the remedy; ``""`` when it can."""
    name = target.removesuffix(EVOLUTION)
    if not name:
        return "écrire [[chiffre:identifiant]], sans espace, accent ni majuscule."
    if name not in known:
        return f"le chiffre « {name} » n'est pas dans {report.folder}/chiffres.yaml. {_nearest(name, known)}"
    if target != name and reports.before(report, known[name]) is None:
        said = f"l'évolution du chiffre « {name} » n'est pas connue."
        return f"{said} Ajouter son « history », ou écrire [[chiffre:{name}]]."
    return ""


def _nearest(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.5)
    return f"Vouliez-vous écrire « {near[0]} » ?" if near else "L'y ajouter."


def _check_counts(site: Site, report: Report, reports: Reports) -> Iterator[Problem]:
    document = reports.figures_document(report)
    if document is None:
        return
    for figure in document.figures:
        if figure.computed and figure.value is not None:
            found = reports.count(figure.computed, report)
            if not _agrees(figure, found):
                yield site.problem(document, _refuse_count(figure, found), mark=(figure.line, 1), field=figure.id)
        for other in reports.reports:
            yield from _check_history(site, document, figure, other, reports)


def _agrees(figure: Figure, found: int) -> bool:
    if figure.qualifier == "at-least":
        return found >= figure.amount
    return abs(found - figure.amount) <= (figure.amount / 10 if figure.qualifier == "about" else 0)


def _refuse_count(figure: Figure, found: int) -> str:
    said, counted = french.number(figure.amount), french.number(found)
    return f"le rapport dit {said}, le site en compte {counted}. Corriger « value », ou l'agenda."


def _check_history(
    site: Site, document: Document, figure: Figure, other: Report, reports: Reports
) -> Iterator[Problem]:
    """What a figure says of an earlier year, against what the report of that year said."""
    said = dict(figure.history).get(other.year)
    for same in reports.figures(other) if said is not None else ():
        if (same.id, same.unit) == (figure.id, figure.unit) and same.amount != said:
            message = f"« history » dit {french.number(said or 0)} pour {other.year}, le rapport {other.year} "
            message += f"dit {french.number(same.amount)}. Retirer l'année de « history », ou corriger."
            yield site.problem(document, message, mark=(figure.line, 1), field=figure.id, warning=True)


def _check_dates(site: Site, report: Report, reports: Reports) -> Iterator[Problem]:
    path = f"{report.folder}/{NAME}"
    if reports.is_frozen(report) and reports.lock(report) is None and path not in site.broken:
        message = f"la liste votée {site.shown_root}/{path} manque. La faire avec ./site freeze {report.year}."
        yield site.problem(report, message, field="frozen")
    if milestones := reports.milestones(report):
        for one in milestones.milestones:
            if not report.start <= one.start <= report.end:
                message = f"« {one.title} » ({one.start}) n'est pas dans la période du rapport, "
                message += f"du {french.long_day(report.start)} au {french.long_day(report.end)}."
                yield site.problem(milestones, message, mark=(one.line, 1))
