"""check: what was just rendered is looked at before anything is published."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from html import unescape
from itertools import pairwise
from urllib.parse import unquote

from plugins.press.outputs import Output, leads
from plugins.press.problems import Problem

_CUT = re.compile(rb"\n(?<=\r\n) ?[\x80-\xbf]")
_COMPONENT = re.compile(rb"\n(BEGIN|END):([^\r\n]*)")
_SHARED = 5000
"""How many addresses are kept in mind: those of menus, tags and departments come first, and come again."""
_OUTSIDE = ("http://", "https://", "mailto:", "tel:", "webcal:", "data:")


class Addresses:
    """Where the links of the site may lead, given the paths of all outputs. What pages share is looked up once."""

    def __init__(self, paths: Collection[str]) -> None:
        self._paths = paths
        self._good: set[str] = set()

    def lead(self, address: str) -> bool:
        """Whether it leads out of the site, or to one of its outputs; ``address`` as it stands in HTML."""
        if address in self._good or address.startswith(_OUTSIDE):
            return True
        found = leads(unescape(address) if "&" in address else address, self._paths)
        if found and len(self._good) < _SHARED:
            self._good.add(address)
        return found


def check_output(output: Output, data: bytes, addresses: Addresses) -> Iterator[Problem]:
    """What is wrong with the bytes of one output."""
    path = output.path
    if path.endswith(".html"):
        yield from _check_html(output, data, addresses)
    elif path.endswith((".xml", ".svg")):
        yield from _check_xml(output, data)
    elif path.endswith(".ics"):
        yield from _check_calendar(output, data)


def _check_html(output: Output, data: bytes, addresses: Addresses) -> Iterator[Problem]:
    try:
        html = data.decode()
    except UnicodeDecodeError as error:  # a file of static/
        yield _problem(output, f"ce fichier n'est pas en UTF-8 (octet {error.start}). L'enregistrer en UTF-8.")
        return
    for address in _find_values(html, "href", "src", "action"):
        if not addresses.lead(address) and not _is_anchor(address, html):
            yield _problem(
                output,
                f"le lien « {unescape(address)} » ne mène à aucune page du site. Corriger son adresse.",
            )
    for sources in _find_values(html, "srcset"):
        for address, *_ in filter(None, map(str.split, sources.split(","))):
            if not addresses.lead(address):
                yield _problem(output, f"l'image « {address} » n'existe pas sur le site.")


def _find_values(html: str, *names: str) -> Iterable[str]:
    """The values of these attributes, each once. No pattern: looking for plain text is ten times as quick."""
    found: dict[str, None] = {}
    for name in names:
        pieces = html.split(f'{name}="')
        for before, piece in pairwise(pieces):
            if before[-1:].isspace():  # « href », not « data-href »
                found[piece.partition('"')[0]] = None
    return found


def _is_anchor(address: str, html: str) -> bool:
    """Whether it leads to a place of the page itself, or to its beginning."""
    page, _, anchor = unescape(address).partition("#")
    return not page and (not anchor or f'id="{anchor}"' in html or f'id="{unquote(anchor)}"' in html)


def _check_xml(output: Output, data: bytes) -> Iterator[Problem]:
    from lxml import etree

    try:
        etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        yield _problem(output, f"ce fichier n'est pas du XML bien formé ({error}).")


def _check_calendar(output: Output, data: bytes) -> Iterator[Problem]:
    """RFC 5545 §3.1 and §3.4 on the bytes: CRLF, 75 octets a line, characters whole, components closed."""
    if not data.startswith(b"BEGIN:VCALENDAR\r\n"):
        yield _problem(output, "le calendrier ne commence pas par BEGIN:VCALENDAR.")
    lines = data.split(b"\r\n")
    if lines[-1] or not len(lines) - 1 == data.count(b"\r") == data.count(b"\n"):
        yield _problem(output, "une ligne du calendrier ne finit pas par CRLF.")
    if max(map(len, lines)) > 75:
        yield _problem(output, "une ligne du calendrier dépasse 75 octets.")
    if _CUT.search(data):
        yield _problem(output, "une ligne du calendrier est coupée dans un caractère.")
    if not _are_closed(data):
        yield _problem(output, "un composant du calendrier n'est pas fermé.")


def _are_closed(data: bytes) -> bool:
    """Each component is closed by its own name, the last opened first."""
    opened: list[bytes] = []
    for kind, name in _COMPONENT.findall(b"\n" + data):
        if kind == b"BEGIN":
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened


def _problem(output: Output, message: str) -> Problem:
    return Problem(path=output.source or output.url, message=f"page {output.url} : {message}")
