"""An Output is one thing the site publishes: its address, who renders it, and the view it is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from plugins.press.problems import Problem
from plugins.press.sources import fold

if TYPE_CHECKING:
    from plugins.press.rendering import Press
    from plugins.press.site import Site

Render = Callable[[Any, "Press"], bytes]


class Template(Struct, frozen=True):
    """Renders a view with a template of the theme, which sees it as ``page``."""

    name: str


class Function(Struct, frozen=True):
    """Renders a view with a function of the code: ``render(view, press) -> bytes``."""

    name: str
    render: Render


class Output(Struct, frozen=True, gc=False):
    """``url`` ends with ``/`` for a page. ``source`` is the content file it comes from, or what made it."""

    url: str
    renderer: Template | Function
    view: Any
    source: str = ""

    @property
    def path(self) -> str:
        """Where it lies below the output folder."""
        return self.url[1:] + "index.html" if self.url.endswith("/") else self.url[1:]


def fingerprint(output: Output, salt: bytes) -> bytes:
    """What the bytes depend on, as 16 bytes: the renderer (``salt``) and a stable serialisation of the view."""
    return blake2b(msgspec.msgpack.encode(output.view), digest_size=16, key=salt).digest()


def check_urls(outputs: Iterable[Output], site: Site) -> Iterator[Problem]:
    """No two outputs on one address, case and Unicode form folded; no file where a folder must be."""
    first: dict[str, Output] = {}
    for output in outputs:
        key = fold(output.path)
        if key in first:
            yield _refuse(first[key], output, site)
        else:
            first[key] = output
    for key in _folders(first) & first.keys():
        inside = next(output for other, output in first.items() if other.startswith(f"{key}/"))
        yield _refuse(inside, first[key], site)


def _folders(paths: Iterable[str]) -> set[str]:
    folders: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def _refuse(first: Output, second: Output, site: Site) -> Problem:
    if second.source not in site.by_path and first.source in site.by_path:
        first, second = second, first
    other = f"{site.shown_root}/{first.source}" if first.source in site.files else first.source or "le site"
    message = f"l'adresse {second.url} est déjà prise par {other}. Donner un autre « slug » ou un autre nom de fichier."
    if second.source in site.by_path:
        return site.problem(site.by_path[second.source], message, field="slug" if "slug" in site.by_path[second.source].marks else "title")
    path = f"{site.shown_root}/{second.source}" if second.source in site.files else second.source
    return Problem(path=path, message=message)
