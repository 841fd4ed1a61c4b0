"""The pictures of a document: files of the content by their addresses on the site, drawings of the page."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from lxml import etree
from msgspec import Struct

from plugins.press.documents import Document
from plugins.press.paper.nodes import Node
from plugins.press.site import Site
from plugins.press.sources import Stamp, digest, read_source

_SVG = "{http://www.w3.org/2000/svg}"


class Photo(Struct, frozen=True, array_like=True, gc=False):
    """A picture of the content: its address on the site, and the file, whose stamp stands for its bytes."""

    url: str
    path: str
    stamp: Stamp


def find_photos(site: Site, documents: Iterable[Document]) -> tuple[Photo, ...]:
    """The pictures that these texts show, each once."""
    found: dict[str, str] = {}
    for document in documents:
        if document.image:
            found.setdefault(document.image.path, site.image_url(document))
        for link, target in zip(document.text.links, site.targets(document), strict=True):
            if link.image:
                found.setdefault(link.path, target.partition("#")[0])
    return tuple(Photo(url, path, site.files[path]) for path, url in found.items() if path in site.files)


class Pictures:
    """The files that a sheet shows, of these ``photos`` those that its texts ask for."""

    def __init__(self, photos: Iterable[Photo], content: Path) -> None:
        self.files: dict[str, bytes] = {}
        self.origins: dict[str, str] = {}
        """Which file of the content each is."""
        self._paths = {photo.url: photo.path for photo in photos}
        self._content = content

    def add(self, address: str) -> str:
        """The name of the file of a picture."""
        path = self._paths[address]
        name = self._keep(read_source(self._content, path), path.rpartition(".")[2].lower())
        self.origins[name] = path
        return name

    def show(self, address: str, alt: str, caption: str = "") -> Node:
        """The node of a picture that stands alone."""
        return ["picture", {"name": self.add(address), "alt": alt, "title": caption}, []]

    def draw(self, svg: str) -> Node:
        """The node of a drawing of the page. What one sees on it is its description, or its title."""
        root = etree.fromstring(svg.encode())
        said = [root.findtext(_SVG + name) for name in ("desc", "title")]
        return ["image", {"name": self._keep(svg.encode(), "svg"), "alt": next(filter(None, said), "")}, []]

    def _keep(self, data: bytes, extension: str) -> str:
        name = f"{digest(data).hex()[:16]}.{extension}"
        self.files[name] = data
        return name
