"""The parts of a dossier count from 1 without gap nor repeat, and each text is worth a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plugins.blog.model import Article
from plugins.dossiers.book import SMALL
from plugins.dossiers.model import Dossier, Dossiers, Part
from plugins.press.problems import Problem
from plugins.press.site import Site


def check(site: Site) -> Iterator[Problem]:
    dossiers = site.get(Dossiers)
    known = {dossier.folder for dossier in dossiers.dossiers}
    for folder in dossiers.folders():
        if folder in known or f"{folder}/index.md" in site.broken:
            yield from _check_numbers(site, folder)
        else:
            message = _miss_dossier(site, folder)
            for _, _, part in dossiers.numbered(folder):
                yield site.problem(part, message, field="dossier")
    for dossier in dossiers.dossiers:
        yield from _check_texts(site, dossier)
        for text in dossiers.texts(dossier):
            yield from _check_pictures(site, text)


def _check_texts(site: Site, dossier: Dossier) -> Iterator[Problem]:
    """A text that says nothing is forgotten more often than meant."""
    dossiers = site.get(Dossiers)
    if not dossiers.words(dossier) and not _find(site.broken, f"{dossier.folder}/"):
        message = "ce dossier est vide. Écrire l'éditorial ou une partie, ou ajouter « status: draft » en attendant."
        yield site.problem(dossier, message, field="title", warning=True)
    for part in dossiers.parts(dossier):
        if not part.text.words and not part.text.links:
            message = "cette partie n'a pas de texte. L'écrire, ou ajouter « status: draft » en attendant."
            yield site.problem(part, message, field="title", warning=True)


def _miss_dossier(site: Site, folder: str) -> str:
    index = f"{folder}/index.md"
    if index in site.hidden:
        return (
            f"le dossier est un brouillon ({site.shown_root}/{index}) : le publier, "
            "ou écrire ici aussi « status: draft »."
        )
    return f"le dossier « {folder.rpartition('/')[2]} » n'existe pas. Créer {site.shown_root}/{index}."


def _check_numbers(site: Site, folder: str) -> Iterator[Problem]:
    """Only the first number that is wrong: those that follow are, because it is."""
    before: tuple[int, str] = (0, "")
    for rank, (number, path, part) in enumerate(site.get(Dossiers).numbered(folder), 1):
        if number != rank:
            twin = before[1] if before[0] == number else ""
            if twin or not _find(site.broken, f"{folder}/{rank:02}-"):
                yield site.problem(part, _refuse_number(site, folder, number, rank, twin), field="part")
            return
        before = (number, path)


def _refuse_number(site: Site, folder: str, number: int, rank: int, twin: str) -> str:
    if twin:
        return f"la partie {number} existe déjà : {site.shown_root}/{twin}. Donner à l'une des deux un autre numéro."
    if draft := _find(site.hidden, f"{folder}/{rank:02}-"):
        return (
            f"la partie {rank} est un brouillon ({site.shown_root}/{draft}), et celle-ci porte le numéro {number}. "
            "Publier l'autre, ou échanger leurs numéros."
        )
    return (
        f"la partie {rank} manque : celle-ci porte le numéro {number}. Numéroter les parties sans trou, à partir de 1."
    )


def _find(paths: Iterable[str], start: str) -> str:
    """The first path, by name, that begins so."""
    return min((path for path in paths if path.startswith(start)), default="")


def _check_pictures(site: Site, text: Dossier | Part | Article) -> Iterator[Problem]:
    """A drawing that is too large for the book is not lost in silence; photos are made small."""
    for link in text.text.links:
        if link.image and (message := _refuse_picture(site, link.path)):
            yield site.problem(text, message, mark=(link.line, link.column), warning=True)
    if text.image and (message := _refuse_picture(site, text.image.path)):
        yield site.problem(text, message, field="image", warning=True)


def _refuse_picture(site: Site, path: str) -> str:
    facts = site.pictures.get(path)
    if path not in site.files or (facts and facts.is_raster) or site.files[path][0] <= SMALL:
        return ""
    return (
        f"le dessin « {path.rpartition('/')[2]} » n'entre pas dans le livre numérique (EPUB), où sa description le "
        "remplace. En donner un de 2 Mo au plus."
    )
