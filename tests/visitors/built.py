"""The sites that visitors' browsers are shown, each built once: the association's own, and imagined ones."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

import msgspec

from plugins.press.building import Result
from plugins.press.outputs import Template
from plugins.press.settings import read_settings
from tests import sites
from tests.visitors import association, extremes


class Built(msgspec.Struct, frozen=True):
    """A site on disk, and the template of each of its pages."""

    folder: Path
    result: Result
    templates: dict[str, str]

    def pages(self, template: str) -> list[str]:
        """The addresses of the pages made with a template, the heaviest first."""
        found = [url for url, name in self.templates.items() if name == template]
        return sorted(found, key=lambda url: (-len(self.read(url)), url))

    def read(self, url: str) -> bytes:
        return (self.folder / (url[1:] + "index.html" if url.endswith("/") else url[1:])).read_bytes()


@cache
def own() -> Built:
    """The association's own site, as its settings have it."""
    root = _folder()
    places = msgspec.structs.replace(sites.places(root), root=sites.ROOT, content=sites.ROOT / "content")
    return _build(root, places=places, settings=read_settings(sites.CONF), bundles="small")


@cache
def others() -> Built:
    """Another association, elsewhere, with something of everything."""
    root = _folder()
    association.write(root)
    places = msgspec.structs.replace(sites.places(root), look=root / "look")
    return _build(root, settings=association.SETTINGS, places=places, bundles="small")


@cache
def extreme() -> Built:
    """What nobody expected."""
    return _build(sites.write(_folder(), {f"content/{path}": text for path, text in extremes.files().items()}))


@cache
def empty() -> Built:
    root = _folder()
    (root / "content").mkdir()
    return _build(root)


def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="visitors-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _build(root: Path, **options: object) -> Built:
    result = sites.build(root, **options)
    build, *_ = result.held
    outputs = build.paths.composed.values()
    made = [output for output in outputs if isinstance(output.renderer, Template) and output.path.endswith(".html")]
    return Built(root / "output", result, {output.url: output.renderer.name for output in made})
