"""The kit of an assembly as one document: its agenda, the reports, the resolutions, the forms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from plugins.press import french
from plugins.press.paper import documents
from plugins.press.paper.documents import Cover, Printed, build_text
from plugins.press.paper.nodes import Node, heading, paragraph, piece, words
from plugins.press.paper.pictures import Pictures
from plugins.reports.assembly import RESULTS, Resolution
from plugins.reports.kit import KitPaper, PaperView
from plugins.reports.printing import print_report

if TYPE_CHECKING:
    from plugins.press.paper.sheets import Sheet
    from plugins.press.rendering import Press

_REPORT = "_rapport"
_BEFORE = ("ordre-du-jour", "rapport-moral")
"""What is read before the report; the account comes after it."""


def build_sheet(view: KitPaper, press: Press) -> Sheet:
    """What is printed of a kit."""
    kit = view.kit
    pictures = Pictures(view.photos, press)
    printed = Printed(
        title=kit.title,
        cover=Cover(
            title=kit.title,
            slug=str(kit.year),
            ground="sun",
            lines=tuple(filter(None, (_capital(kit.when), kit.place, f"Avec le rapport d'activité {kit.year}"))),
        ),
        nodes=[*_build_nodes(view, press, pictures)],
        page=kit.url,
        inside={view.report.url: _REPORT},
        published=datetime.fromisoformat(view.published),
        description=kit.head.description,
        pictures=pictures,
        sources=tuple(view.paths.values()),
    )
    return documents.build_sheet(printed, press)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _build_nodes(view: KitPaper, press: Press, pictures: Pictures) -> Iterator[Node]:
    printed = {paper.id: _print_paper(view, paper, press, pictures) for paper in view.kit.papers}
    for name in _BEFORE:
        yield from printed.pop(name, ())
    yield heading(1, view.report.title, _REPORT, page=True)
    yield from print_report(view.report, view.paths, press, pictures, level=2)
    for nodes in printed.values():
        yield from nodes
    yield from _print_resolutions(view.kit.resolutions)
    if view.has_proxy:
        yield from _print_proxy(view, press.settings.name)
    if view.attendance:
        yield heading(1, "Feuille de présence", page=True)
        head = ("Nom et prénom", "Structure", "Pouvoir reçu de", "Signature")
        yield piece("blank-rows", head=[*head], rows=view.attendance)


def _print_paper(view: KitPaper, paper: PaperView, press: Press, pictures: Pictures) -> Iterator[Node]:
    yield heading(1, paper.title, paper.id, page=True)
    if paper.authors:
        yield piece("byline", *words(f"Par {french.enumerate_words(paper.authors)}"))
    html = press.body(paper.text, paper.targets, view.kit.phrases, page=view.kit.url, place=paper.id)
    yield from build_text(html, view.paths[paper.id], pictures, press, top=2)


def _print_resolutions(resolutions: tuple[Resolution, ...]) -> Iterator[Node]:
    """Each with room for its vote, or what that was."""
    if resolutions:
        yield heading(1, "Résolutions", "resolutions", page=True)
    for number, resolution in enumerate(resolutions, 1):
        yield heading(2, f"Résolution {number} : {resolution.title}")
        yield paragraph(*words(resolution.text))
        if resolution.majority:
            yield paragraph(["small", {}, words(f"Majorité : {resolution.majority}")])
        votes = [french.number(count) for count in resolution.votes] if resolution.votes else ["", "", ""]
        yield piece("ballot", cells=[*votes, RESULTS[resolution.result]])


def _print_proxy(view: KitPaper, site: str) -> Iterator[Node]:
    where = f", {view.kit.place}" if view.kit.place else ""
    when = f" ({view.kit.when}{where})" if view.kit.when else ""
    title = view.kit.title[0].lower() + view.kit.title[1:]
    yield heading(1, "Pouvoir", page=True)
    yield piece("form-line", label="Je soussigné·e")
    yield piece("form-line", label=f"membre de {site}, donne pouvoir à")
    yield paragraph(*words(f"pour me représenter et voter en mon nom à l'{title}{when}."))
    yield piece("form-line", label="Fait à")
    yield piece("form-line", label="le")
    yield paragraph(*words("Signature, précédée de « bon pour pouvoir » :"))
    yield piece("form-box")
