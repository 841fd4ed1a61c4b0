"""check: what was just rendered is looked at before anything is published."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from html import unescape
from urllib.parse import unquote

from plugins.press.outputs import Output, leads
from plugins.press.problems import Problem

_ADDRESS = re.compile(r'\s(?:href|src|action)="([^"]*)"')
# each begins with a plain sign: the engine of regular expressions then jumps from one to the next
_SRCSET = re.compile(r'srcset="(?<=\ssrcset=")([^"]*)"')
_CUT = re.compile(rb"\n(?<=\r\n) ?[\x80-\xbf]")
_COMPONENT = re.compile(rb"\n(BEGIN|END):([^\r\n]*)")
_OUTSIDE = ("http://", "https://", "mailto:", "tel:", "webcal:", "data:")


def check_output(output: Output, data: bytes, paths: Collection[str]) -> Iterator[Problem]:
    """What is wrong with the bytes of one output, given the paths of all outputs."""
    path = output.path
    if path.endswith(".html"):
        yield from _check_html(output, data, paths)
    elif path.endswith((".xml", ".svg")):
        yield from _check_xml(output, data)
    elif path.endswith(".ics"):
        yield from _check_calendar(output, data)


def _check_html(output: Output, data: bytes, paths: Collection[str]) -> Iterator[Problem]:
    try:
        html = data.decode()
    except UnicodeDecodeError as error:  # a file of static/
        yield _problem(output, f"ce fichier n'est pas en UTF-8 (octet {error.start}). L'enregistrer en UTF-8.")
        return
    for address in dict.fromkeys(_ADDRESS.findall(html)):
        if not address.startswith(_OUTSIDE) and not _leads_somewhere(address, html, paths):
            yield _problem(
                output,
                f"le lien « {unescape(address)} » ne mène à aucune page du site. Corriger son adresse.",
            )
    for sources in _SRCSET.findall(html):
        for address, *_ in filter(None, map(str.split, sources.split(","))):
            if not address.startswith(_OUTSIDE) and not _leads_somewhere(address, html, paths):
                yield _problem(output, f"l'image « {address} » n'existe pas sur le site.")


def _leads_somewhere(address: str, html: str, paths: Collection[str]) -> bool:
    plain = unescape(address) if "&" in address else address
    page, _, anchor = plain.partition("#")
    if not page:
        return not anchor or f'id="{anchor}"' in html or f'id="{unquote(anchor)}"' in html
    return leads(page, paths)


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
