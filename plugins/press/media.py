"""Files that go with documents: pictures and papers they refer to (``/media/…``), and ``content/static/`` as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from plugins.press.outputs import Function, Output
from plugins.press.problems import Problem
from plugins.press.site import Site
from plugins.press.sources import Stamp, read_source

if TYPE_CHECKING:
    from plugins.press.rendering import Press

_STATIC = "static/"
_ACTIVE_SVG = re.compile(
    rb"<script|<foreignobject|<iframe|<!entity|<!doctype|\son\w+\s*=|javascript:"
    rb"|(?:href|src)\s*=\s*[\"']?\s*(?:https?:)?//",
    re.IGNORECASE,
)


class File(Struct, frozen=True):
    """A file to copy; its stamp stands for its bytes."""

    path: str
    stamp: Stamp


def build_outputs(site: Site) -> Iterator[Output]:
    """The files that documents refer to, and those of ``content/static/`` at the root of the site."""
    for url, path in site.assets.items():
        yield Output(url, _COPY, File(path, site.files[path]), path)
    for path, stamp in site.files.items():
        if path.startswith(_STATIC):
            yield Output("/" + path.removeprefix(_STATIC), _COPY, File(path, stamp), path)


def check(site: Site, root: Path) -> Iterator[Problem]:
    """Drawings that carry scripts or call other sites; files of formats that nobody would find on the site."""
    published = {*site.assets.values(), *(path for path in site.files if path.startswith(_STATIC))}
    for path in sorted(published):
        if path.lower().endswith(".svg") and (found := _ACTIVE_SVG.search(read_source(root, path))):
            what = found[0].decode("utf-8", "replace").strip()
            message = (
                f"ce dessin contient du code ou appelle un autre site (« {what} »). L'exporter en SVG simple ou PNG."
            )
            yield Problem(path=f"{site.shown_root}/{path}", message=message)
    for path in site.files:
        if path not in published and path.lower().endswith(
            (".rst", ".html", ".htm", ".docx", ".doc", ".odt", ".txt", ".markdown")
        ):
            message = (
                "ce fichier n'est pas publié : seuls les fichiers .md le sont. L'enregistrer en texte Markdown (.md)."
            )
            yield Problem(path=f"{site.shown_root}/{path}", message=message, severity="warning")


def render_copy(view: File, press: Press) -> bytes:
    """The bytes of the file."""
    return read_source(press.places.content, view.path)


_COPY = Function("plugins.press.media:render_copy")
