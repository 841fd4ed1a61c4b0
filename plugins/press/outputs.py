"""An Output is one thing the site publishes: its address, who renders it, and the view it is made of."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import msgspec
from msgspec import Struct

from plugins.press.paths import find_folders
from plugins.press.problems import Problem
from plugins.press.sources import fold

if TYPE_CHECKING:
    from plugins.press.rendering import Press
    from plugins.press.settings import Settings
    from plugins.press.site import Site


class Template(Struct, frozen=True):
    """Renders a view with a template of the theme, which sees it as ``page``."""

    name: str


class Function(Struct, frozen=True):
    """Renders a view with a function of the code, named ``package.module:function`` and imported when it is used.

    The function is ``render(view, press) -> bytes``. An edit that touches no calendar never pays for the
    library that writes them. ``templates`` are those of the theme that it uses, in the colours of the theme.

    What takes long has a ``recipe``: all that its bytes depend on besides the view, which are files of ``plugins/``
    (``press/covers.py``), of the theme (``theme:paper/``), its colours (``theme:tokens``) and installed packages
    (``pillow``). Its bytes are kept by that, and no other change of the code makes it run again. One that is ``sure``
    cannot fail: its view was looked at before, and a check that publishes nothing need not run it.
    """

    name: str
    templates: tuple[str, ...] = ()
    recipe: tuple[str, ...] = ()
    sure: bool = False

    def __call__(self, view: Any, press: Press) -> Any:
        return _load(self.name)(view, press)


class Paper(Struct, frozen=True):
    """Sets a view as a PDF, with a template of the theme's ``paper/`` folder.

    ``build`` is ``build(view, press) -> Sheet``: what the template reads.
    """

    name: str
    build: Function

    def __call__(self, view: Any, press: Press) -> bytes:
        return press.print_sheet(self.name, self.build(view, press))


@dataclass(frozen=True, slots=True)
class Deferred:
    """A view that is only built when it is rendered; its key holds all that it is made of, and is quick to make.

    ``made_of`` is that key, or a function that gives it: what is published for the first time is rendered in any case,
    and its key is made beside it, by the process that renders it.
    """

    made_of: Any
    build: Callable[[], Any] = field(compare=False)

    @property
    def key(self) -> Any:
        return self.made_of() if callable(self.made_of) else self.made_of


class Output(Struct, frozen=True):
    """``url`` ends with ``/`` for a page. ``source`` is the content file it comes from, or what made it."""

    url: str
    renderer: Template | Function | Paper
    view: Any
    source: str = ""

    def build_view(self) -> Any:
        """The view itself."""
        return self.view.build() if isinstance(self.view, Deferred) else self.view

    @property
    def takes_long(self) -> bool:
        return isinstance(self.renderer, Function) and bool(self.renderer.recipe)

    @property
    def is_sure(self) -> bool:
        return isinstance(self.renderer, Function) and self.renderer.sure

    @property
    def path(self) -> str:
        """Where it lies below the output folder."""
        return find_path(self.url)


def find_path(url: str) -> str:
    """The path of the output of that address."""
    return url[1:] + "index.html" if url.endswith("/") else url[1:]


@dataclass(frozen=True, slots=True)
class Batch:
    """Many outputs of one kind that are only composed when ``key``, all that they are made of, is not as it was.

    ``name`` is the batch's from one build to the next. None of its pages asks not to be listed.
    """

    name: str
    key: Any
    build: Callable[[], Iterable[Output]] = field(compare=False)


@cache
def _load(name: str) -> Callable[[Any, Press], Any]:
    module, _, function = name.partition(":")
    found: Callable[[Any, Press], Any] = getattr(importlib.import_module(module), function)
    return found


_ENCODER = msgspec.msgpack.Encoder()


def leads(url: str, paths: Collection[str]) -> bool:
    """Whether an address of the site (``/agenda/#x``, ``/theme/a.css?b``) is one of its outputs."""
    page = unquote(url.partition("#")[0].partition("?")[0])
    return page.startswith("/") and (f"{page[1:]}index.html" if page.endswith("/") else page[1:]) in paths


def check_menus(settings: Settings, paths: Collection[str]) -> Iterator[Problem]:
    """An entry that leads nowhere is left out: who wrote it should know."""
    for name, items in (("MENU", settings.menu), ("FOOTER", settings.footer)):
        for item in items:
            if not leads(item.url, paths):
                message = f"« {item.label} » mène à {item.url}, qui n'existe pas : l'entrée n'est pas montrée."
                yield Problem(path="pelicanconf.py", field=name, message=message, severity="warning")


def fingerprint(output: Output, salt: bytes) -> bytes:
    """What the bytes depend on, as 16 bytes: the renderer (``salt``) and a stable serialisation of the view.

    Views are ``array_like``: their fields in order, without names, which halves what is to be hashed. A field
    that comes or goes changes the code, hence the salt.
    """
    return hash_value(output.view.key if isinstance(output.view, Deferred) else output.view, salt)


def hash_value(value: Any, salt: bytes) -> bytes:
    """16 bytes that are another for another value or another salt."""
    return blake2b(_ENCODER.encode(value), digest_size=16, key=salt).digest()


def check_urls(outputs: Sequence[Output], site: Site) -> Iterator[Problem]:
    """No two outputs on one address, case and Unicode form folded; no file where a folder must be."""
    first: dict[str, Output] = {}
    for output in outputs:
        key = fold(output.path)
        if key in first:
            yield _refuse(first[key], output, site)
        else:
            first[key] = output
    for key in find_folders("\n".join(first)) & first.keys():
        inside = next(output for other, output in first.items() if other.startswith(f"{key}/"))
        yield _refuse(inside, first[key], site)


def _refuse(first: Output, second: Output, site: Site) -> Problem:
    if second.source not in site.by_path and first.source in site.by_path:
        first, second = second, first
    other = f"{site.shown_root}/{first.source}" if first.source in site.files else first.source or "le site"
    taken = f"l'adresse {second.url} est déjà prise par {other}."
    document = site.by_path.get(second.source)
    if document is None:
        path = f"{site.shown_root}/{second.source}" if second.source in site.files else second.source
        return Problem(path=path, message=f"{taken} Renommer ce fichier.")
    if second.url in document.aliases:
        return site.problem(document, f"{taken} Retirer cette ancienne adresse.", field="aliases")
    field = "slug" if "slug" in document.marks else "title"
    return site.problem(document, f"{taken} Donner un autre « slug » ou un autre nom de fichier.", field=field)
