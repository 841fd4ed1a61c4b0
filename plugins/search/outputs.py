"""The page of the search, and the index that it searches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from plugins.agenda.links import department_name
from plugins.agenda.model import Agenda, Event
from plugins.press.bundles import Bundle, Check
from plugins.press.documents import Document
from plugins.press.outputs import Output, Template
from plugins.press.problems import Problem
from plugins.press.site import Site
from plugins.press.views import Head
from plugins.reports.model import Report, Reports
from plugins.search.records import KINDS, build_records, find_documents, find_texts

if TYPE_CHECKING:
    from plugins.press.rendering import Press

FOLDER = "pagefind"


class Choice(Struct, frozen=True, array_like=True):
    """A filter: its name in addresses, its label, and its values, each with the text that is shown."""

    name: str
    label: str
    every: str
    values: tuple[tuple[str, str], ...]


class SearchView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/search.html. ``index`` is the address of Pagefind's script; empty when there is no index."""

    head: Head
    index: str
    choices: tuple[Choice, ...]


def build_bundle(site: Site) -> Bundle:
    return Bundle(
        folder=FOLDER,
        name="la recherche",
        material=_find_material(site),
        lacks=_lacks,
        make=partial(_make, site),
        outputs=partial(_build_page, site),
    )


def _find_material(site: Site) -> tuple[Any, ...]:
    """All that the index is made of; nothing when there is nothing to search."""
    agenda, reports, texts = site.get(Agenda), site.get(Reports), find_texts(site)
    own = agenda.announced.tally("all")
    others = [e.whole for e in agenda.open if e.has_page and (e.source or e.path in agenda.also)]
    if not (own.count or others or texts):
        return ()
    phrases = [reports.phrases(report) for report in reports.reports]
    return (own.whole, others, [text.whole for text in texts], phrases)


def check(site: Site) -> Iterator[Problem]:
    """The addresses of the index are its own: its files come with names that nobody knows beforehand."""
    for path in site.others:
        if path.startswith(f"static/{FOLDER}/"):
            message = f"les adresses /{FOLDER}/… sont celles de la recherche. Ranger ce fichier ailleurs."
            yield Problem(path=f"{site.shown_root}/{path}", message=message)


def _lacks() -> str:
    from plugins.search.indexing import find_program

    return "" if find_program() else "le programme pagefind n'est pas installé. Lancer « ./site », qui l'installe."


def _make(site: Site, press: Press, still: Check) -> Mapping[str, bytes]:
    from plugins.search.indexing import build_index

    return build_index(build_records(site, find_documents(site)), press, still)


def _build_page(site: Site, is_there: bool) -> Iterator[Output]:  # noqa: FBT001
    view = SearchView(
        head=Head("Recherche", "Chercher dans les articles, les dossiers, l'agenda, les rapports et les pages."),
        index=f"/{FOLDER}/pagefind.js" if is_there else "",
        choices=tuple(_build_choices(site, find_documents(site))) if is_there else (),
    )
    yield Output("/recherche/", Template("search.html"), view, "la recherche")


def _build_choices(site: Site, documents: Sequence[Document]) -> Iterator[Choice]:
    agenda = site.get(Agenda)
    found = {KINDS[type(document)] for document in documents}
    kinds = [kind for kind in dict.fromkeys(KINDS.values()) if kind in found]
    years = {document.date.year for document in documents if document.date and not isinstance(document, Event)}
    years |= agenda.by_year.keys() | {report.year for report in site.of(Report)}
    departments = [(code, f"{department_name(code, site)} ({code})") for code in sorted(agenda.by_department)]
    yield Choice("genre", "Genre", "Tout", tuple((kind, kind) for kind in kinds))
    yield Choice("departement", "Département", "Tous", tuple(departments))
    yield Choice("annee", "Année", "Toutes", tuple((str(year), str(year)) for year in sorted(years, reverse=True)))
