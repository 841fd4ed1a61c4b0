"""A report holds together: its sections count without gap, its figures exist and agree with what the site counts."""

from __future__ import annotations

from collections.abc import Iterator

from plugins.blog.model import Article
from plugins.dossiers.model import Dossier
from plugins.press import french
from plugins.press.documents import Document
from plugins.press.problems import Problem
from plugins.press.site import Site
from plugins.reports.figures import Figure
from plugins.reports.model import Report, Reports, Section


def check(site: Site) -> Iterator[Problem]:
    reports = site.get(Reports)
    known = {report.folder for report in reports.reports}
    for section in site.of(Section):
        if section.folder not in known and f"{section.folder}/index.md" not in site.broken:
            yield site.problem(
                section,
                f"cette section n'a pas de rapport. Créer {site.shown_root}/{section.folder}/index.md.",
            )
    for report in reports.reports:
        yield from _check_numbers(site, reports.sections(report))
        yield from _check_references(site, report, reports)
        yield from _check_counts(site, report, reports)


def count(kind: str, report: Report, site: Site) -> int:
    """What the site itself counts for a report: its key dates, or the articles or dossiers published in its period."""
    if kind == "events":
        return len(site.get(Reports).key_dates(report))
    documents: tuple[Article, ...] | tuple[Dossier, ...] = site.of(Article) if kind == "articles" else site.of(Dossier)
    return sum(report.start <= document.date.date() <= report.end for document in documents)


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


def _check_references(site: Site, report: Report, reports: Reports) -> Iterator[Problem]:
    known = {figure.id for figure in reports.figures(report)}
    documents: tuple[Document, ...] = (report, *reports.sections(report))
    if f"{report.folder}/chiffres.yaml" in site.broken:
        return
    for document in documents:
        for reference in document.text.figures:
            if reference.target not in known:
                hint = _nearest(reference.target, known)
                message = f"le chiffre « {reference.target} » n'est pas dans {report.folder}/chiffres.yaml. {hint}"
                yield site.problem(document, message, mark=(reference.line, reference.column))


def _nearest(name: str, known: set[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, sorted(known), n=1, cutoff=0.5)
    return f"Vouliez-vous écrire « {near[0]} » ?" if near else "L'y ajouter."


def _check_counts(site: Site, report: Report, reports: Reports) -> Iterator[Problem]:
    document = reports.figures_document(report)
    if document is None:
        return
    for figure in document.figures:
        if figure.computed and (found := count(figure.computed, report, site)) != figure.value:
            yield site.problem(document, _refuse(figure, found), mark=(figure.line, 1), field=figure.id)


def _refuse(figure: Figure, found: int) -> str:
    said, counted = french.number(figure.value), french.number(found)
    return f"le rapport dit {said}, le site en compte {counted}. Corriger « value », ou l'agenda."
