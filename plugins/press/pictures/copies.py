"""The pictures that a document takes along where no page of the site is: in a book, on paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

from plugins.press.documents import Document
from plugins.press.pictures.facts import EXTENSIONS, Facts, address, fallback_format
from plugins.press.pictures.outputs import build_fallback
from plugins.press.site import Site
from plugins.press.sources import Stamp, read_source

if TYPE_CHECKING:
    from plugins.press.rendering import Press


class Copy(Struct, frozen=True, array_like=True, gc=False):
    """A picture to take along: its address on the site, and the file, whose stamp stands for its bytes.

    A photo is taken along as every program reads it, made from the file of which these are the ``facts``.
    """

    url: str
    path: str
    stamp: Stamp
    facts: Facts | None = None

    @property
    def extension(self) -> str:
        """The ending that says what its bytes are."""
        if self.facts and self.facts.is_raster:
            return EXTENSIONS[fallback_format(self.facts)][0]
        return f".{self.path.rpartition('.')[2].lower()}"


def find_copies(site: Site, documents: Iterable[Document]) -> tuple[Copy, ...]:
    """The pictures that these texts show, each once."""
    found: dict[str, str] = {}
    for document in documents:
        if document.image:
            found.setdefault(document.image.path, site.image_url(document))
        for link, target in zip(document.text.links, site.targets(document), strict=True):
            if link.image:
                found.setdefault(link.path, address(target))
    known = ((path, url) for path, url in found.items() if path in site.files)
    return tuple(Copy(url, path, site.files[path], site.pictures.get(path)) for path, url in known)


def read_copy(copy: Copy, press: Press) -> bytes:
    """A drawing as it is; a photo as every program reads it, and without the place where it was taken."""
    if copy.facts and copy.facts.is_raster:
        return press.render(build_fallback(copy.path, copy.facts))
    return read_source(press.places.content, copy.path)
