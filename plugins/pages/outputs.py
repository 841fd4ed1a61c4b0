"""One output for each free page."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from plugins.pages.model import Page
from plugins.press.documents import Text
from plugins.press.outputs import Output, Template
from plugins.press.pictures.facts import Target
from plugins.press.sharing import build_face
from plugins.press.site import Site
from plugins.press.views import Head, Picture, document_head, picture


class PageView(Struct, frozen=True, kw_only=True, array_like=True):
    """templates/page.html"""

    head: Head
    title: str
    text: Text
    targets: tuple[Target, ...]
    picture: Picture | None


def build_outputs(site: Site) -> Iterator[Output]:
    for page in site.of(Page):
        face = build_face(site, page, None)
        view = PageView(
            head=document_head(site, page, face),
            title=page.title,
            text=page.text,
            targets=site.targets(page),
            picture=picture(site, page),
        )
        yield Output(page.url, Template("page.html"), view, page.path)
        yield from face.outputs
