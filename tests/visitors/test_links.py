"""Every address that any file of a site names: pages, anchors in them, pictures, feeds, calendars, data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import html

from tests import sites
from tests.visitors import built

EMBEDDED = re.compile(r"url\(\s*['\"]?([^'\")]+)")
ATTRIBUTES = ("href", "src", "action", "poster", "data", "cite", "formaction")
ADDRESSES = {"og:image", "og:url", "twitter:image"}
HOSTS = {"own": sites.CONF["SITEURL"], "others": "https://essaimees.example"}
HOSTS |= dict.fromkeys(("extreme", "empty"), sites.settings().url)


class Tree:
    """The files of a site by address, and the places in its pages."""

    def __init__(self, name: str) -> None:
        self.host = HOSTS[name]
        found = sites.tree(getattr(built, name)().folder)
        self.files = {"/" + re.sub(r"(^|/)index\.html$", r"\1", path): data for path, data in found.items()}
        self.pages = {
            url: html.document_fromstring(data.decode())
            for url, data in self.files.items()
            if url.endswith(("/", ".html"))
        }
        self.places = {url: {*page.xpath("//@id")} for url, page in self.pages.items()}

    def leads(self, address: str) -> bool:
        """Whether a whole address of the site is one of its files, with that place in it."""
        parts = urlsplit(address)
        path, place = unquote(parts.path) or "/", unquote(parts.fragment)
        return path in self.files and (not place or path not in self.places or place in self.places[path])


def named_in_page(page: html.HtmlElement) -> Iterator[str]:
    for element in page.iter("*"):
        yield from (element.get(name) for name in ATTRIBUTES if element.get(name) and element.tag != "data")
        for candidates in (element.get("srcset", ""), element.get("imagesrcset", "")):
            yield from (candidate.split()[0] for candidate in candidates.split(",") if candidate.strip())
    for meta in page.iter("meta"):
        if meta.get("property") in ADDRESSES:
            yield meta.get("content")
        if meta.get("http-equiv") == "refresh":
            yield meta.get("content").partition("url=")[2]


def named_in_file(data: bytes, host: str) -> Iterator[str]:
    """The whole addresses of the site in a feed, a calendar, a table, a list."""
    text = data.decode(errors="replace").replace("\r\n ", "").replace("&amp;", "&")
    yield from re.findall(re.escape(host) + r"[^\s\"'<>()\[\],;&\\]*", text)


def broken(tree: Tree) -> Iterator[str]:
    for url, data in tree.files.items():
        if url in tree.pages:
            addresses = named_in_page(tree.pages[url])
        elif url.endswith(".css"):
            addresses = iter(EMBEDDED.findall(data.decode()))
        elif url.endswith((".xml", ".ics", ".csv", ".json", ".txt", ".webmanifest")):
            addresses = named_in_file(data, tree.host)
        else:
            continue
        for address in dict.fromkeys(addresses):
            target = urljoin(tree.host + url, address)
            if target.startswith(f"{tree.host}/") and not tree.leads(target):
                yield f"{url}: {address}"


@pytest.mark.parametrize("name", sorted(HOSTS))
def test_no_address_of_any_file_is_broken(name):
    tree = Tree(name)
    assert [*broken(tree)] == []
    assert sum(len([*named_in_page(page)]) for page in tree.pages.values()) > 300


def test_a_broken_address_of_any_sort_is_found():
    tree = Tree("empty")
    head = '<meta http-equiv="refresh" content="0; url=/rien/1/"><meta property="og:image" content="{}/rien/2.png">'
    body = '<a href="/rien/3/">x</a><a href="/agenda/#rien-4">x</a>'
    body += '<img srcset="/ 1x, /rien/5.png 2x"><a href="rien6">x</a>'
    tree.pages["/"] = html.document_fromstring(head.format(tree.host) + body)
    tree.files["/x.css"] = b'a{background:url("rien7.png")}'
    tree.files["/x.ics"] = f"URL:{tree.host}/ri\r\n en8/\r\n".encode()
    found = re.findall(r"rien\W?(\d)", " ".join(broken(tree)))
    assert sorted(found) == [*"12345678"]
