"""The bytes of sitemap.xml (sitemaps.org), robots.txt and build.json."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from lxml import etree

from plugins.press.views import Link

if TYPE_CHECKING:
    from plugins.press.rendering import Press
    from plugins.sitemap.outputs import BuildInfo, UrlSet

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def render_sitemap(view: UrlSet, press: Press) -> bytes:  # noqa: ARG001
    outer, inner = ("sitemapindex", "sitemap") if view.index else ("urlset", "url")
    root = etree.Element(
        outer, nsmap=cast("dict[str, str]", {None: _NAMESPACE})
    )  # the stubs forget the default namespace
    for url, changed in view.urls:
        entry = etree.SubElement(root, inner)
        etree.SubElement(entry, "loc").text = url
        if changed:
            etree.SubElement(entry, "lastmod").text = changed
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def render_robots(view: Link, press: Press) -> bytes:
    return f"User-agent: *\nAllow: /\n\nSitemap: {press.absolute(view.url)}\n".encode()


def render_build(view: BuildInfo, press: Press) -> bytes:  # noqa: ARG001
    record = {"now": view.now, "commit": view.commit or None, **view.counts}
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()
