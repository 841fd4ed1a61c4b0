"""The pictures of a document: those of the content by their addresses on the site, drawings of the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lxml import etree

from plugins.press.paper.nodes import Node
from plugins.press.pictures.copies import Copy, read_copy
from plugins.press.sources import digest

if TYPE_CHECKING:
    from plugins.press.rendering import Press

_SVG = "{http://www.w3.org/2000/svg}"


class Pictures:
    """The files that a sheet shows, of these ``photos`` those that its texts ask for."""

    def __init__(self, photos: Iterable[Copy], press: Press) -> None:
        self.files: dict[str, bytes] = {}
        self.origins: dict[str, str] = {}
        """Which file of the content each is."""
        self._photos = {photo.url: photo for photo in photos}
        self._press = press

    def add(self, address: str) -> str:
        """The name of the file of a picture."""
        photo = self._photos[address]
        name = self._keep(read_copy(photo, self._press), photo.extension)
        self.origins[name] = photo.path
        return name

    def show(self, address: str, alt: str, caption: str = "") -> Node:
        """The node of a picture that stands alone."""
        return ["picture", {"name": self.add(address), "alt": alt, "title": caption}, []]

    def draw(self, svg: str) -> Node:
        """The node of a drawing of the page. What one sees on it is its description, or its title."""
        svg = self._press.theme.tokens.resolve(svg)
        root = etree.fromstring(svg.encode())
        said = [root.findtext(_SVG + name) for name in ("desc", "title")]
        return ["image", {"name": self._keep(svg.encode(), ".svg"), "alt": next(filter(None, said), "")}, []]

    def _keep(self, data: bytes, extension: str) -> str:
        name = f"{digest(data).hex()[:16]}{extension}"
        self.files[name] = data
        return name
