"""check: what was just rendered is looked at before anything is published."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from html import unescape
from itertools import pairwise
from urllib.parse import unquote

from plugins.press.outputs import Output, Template, leads
from plugins.press.problems import Problem

_CUT = re.compile(rb"\n(?<=\r\n) ?[\x80-\xbf]")
_COMPONENT = re.compile(rb"\n(BEGIN|END):([^\r\n]*)")
_SHARED = 5000
"""How many addresses are kept in mind: those of menus, tags and departments come first, and come again."""
_OUTSIDE = (b"http://", b"https://", b"mailto:", b"tel:", b"webcal:", b"data:")


class Addresses:
    """Where the links of the site may lead, given the paths of all outputs. What pages share is looked up once."""

    def __init__(self, paths: Collection[str]) -> None:
        self._paths = paths
        self._good: set[bytes] = set()

    def find_lost(self, addresses: Iterable[bytes]) -> list[str]:
        """Those that neither lead out of the site nor to one of its outputs; as they stand in HTML."""
        good = self._good
        return [address.decode() for address in addresses if address not in good and not self._leads(address)]

    def _leads(self, address: bytes) -> bool:
        if address.startswith(_OUTSIDE):
            return True
        text = address.decode()
        found = leads(unescape(text) if "&" in text else text, self._paths)
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
    """On the bytes, which are looked through more quickly than letters."""
    if not isinstance(output.renderer, Template):  # a file of static/
        try:
            data.decode()
        except UnicodeDecodeError as error:
            yield _problem(output, f"ce fichier n'est pas en UTF-8 (octet {error.start}). L'enregistrer en UTF-8.")
            return
    links = _find_values(data, b'href="') | _find_values(data, b'src="') | _find_values(data, b'action="')
    for address in addresses.find_lost(links):
        if not _is_anchor(address, data):
            yield _problem(
                output,
                f"le lien « {unescape(address)} » ne mène à aucune page du site. Corriger son adresse.",
            )
    for values in _find_values(data, b'srcset="'):
        named = [value.split()[0] for value in values.split(b",") if value.strip()]
        for address in addresses.find_lost(named):
            yield _problem(output, f"l'image « {address} » n'existe pas sur le site.")


def _find_values(data: bytes, attribute: bytes) -> dict[bytes, None]:
    """The values of an attribute, each once. No pattern: looking for plain text is ten times as quick."""
    return {
        piece.partition(b'"')[0]: None
        for before, piece in pairwise(data.split(attribute))
        if before[-1:].isspace()  # « href », not « data-href »
    }


def _is_anchor(address: str, data: bytes) -> bool:
    """Whether it leads to a place of the page itself, or to its beginning."""
    page, _, anchor = unescape(address).partition("#")
    return not page and (not anchor or any(f'id="{name}"'.encode() in data for name in (anchor, unquote(anchor))))


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
