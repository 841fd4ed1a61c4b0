"""The pictures of a document: files of the content by their addresses on the site, drawings of the page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from plugins.press.paper.nodes import Node
from plugins.press.sources import digest, read_source

_SVG = "{http://www.w3.org/2000/svg}"


class Pictures:
    """The files that a sheet shows. ``paths`` gives the file of each address that the texts may show."""

    def __init__(self, paths: Mapping[str, str], content: Path) -> None:
        self.files: dict[str, bytes] = {}
        self.origins: dict[str, str] = {}
        """Which file of the content each is."""
        self._paths = paths
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
