"""Files that go with documents: pictures and papers they refer to (``/media/…``), and ``content/static/`` as it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from plugins.press.drawings import find_code
from plugins.press.outputs import Function, Output
from plugins.press.pictures import outputs as pictures
from plugins.press.problems import Problem
from plugins.press.site import Site
from plugins.press.sources import STATIC, Stamp, read_source

if TYPE_CHECKING:
    from plugins.press.rendering import Press


_PAGES = (".html", ".htm", ".xhtml", ".xml", ".js")
_TEXTS = (".rst", ".html", ".htm", ".docx", ".doc", ".odt", ".txt", ".markdown")


class File(Struct, frozen=True, array_like=True):
    """A file to copy; its stamp stands for its bytes."""

    path: str
    stamp: Stamp


def build_outputs(site: Site) -> Iterator[Output]:
    """The files that documents refer to, and those of ``content/static/`` at the root of the site."""
    for url, path in site.assets.items():
        facts = site.pictures.get(path)
        if facts and facts.is_raster:
            yield from pictures.build_outputs(path, facts)
        else:
            yield Output(url, _COPY, File(path, site.files[path]), path)
    for path in site.others:
        if path.startswith(STATIC):
            yield Output("/" + path.removeprefix(STATIC), _COPY, File(path, site.files[path]), path)


def check(site: Site, root: Path) -> Iterator[Problem]:
    """Files that could run code on the site, or call another; files of formats that nobody would find on the site."""
    published = {*site.assets.values(), *(path for path in site.others if path.startswith(STATIC))}
    for path in sorted(published):
        if path.lower().endswith(".svg") and (message := _refuse_drawing(read_source(root, path))):
            yield Problem(path=f"{site.shown_root}/{path}", message=message)
        elif path.lower().endswith(_PAGES) and not path.startswith(STATIC):
            message = "ce fichier est une page, qui peut porter du code. L'enregistrer en Markdown (.md) ou en PDF."
            yield Problem(path=f"{site.shown_root}/{path}", message=message)
    for path in site.others:
        if not path.endswith(".md") and path not in published and path.lower().endswith(_TEXTS):
            message = (
                "ce fichier n'est pas publié : seuls les fichiers .md le sont. L'enregistrer en texte Markdown (.md)."
            )
            yield Problem(path=f"{site.shown_root}/{path}", message=message, severity="warning")


def _refuse_drawing(data: bytes) -> str:
    try:
        found = find_code(data)
    except ValueError as error:
        return f"ce dessin n'est pas du XML bien formé ({error}). L'exporter à nouveau."
    remedy = "L'exporter en SVG simple, ou en PNG."
    return f"ce dessin contient du code ou appelle un autre site (« {found} »). {remedy}" if found else ""


def render_copy(view: File, press: Press) -> bytes:
    """The bytes of the file."""
    return read_source(press.places.content, view.path)


_COPY = Function("plugins.press.media:render_copy")
