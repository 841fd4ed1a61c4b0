"""The HTML of a body where it is shown: tokens become addresses, words and drawings; anchors become its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

from plugins.press.pictures import markup
from plugins.press.pictures.facts import Target, address

_LINK = re.compile(r'(?<=")link:(\d+)(?=")')
_FIGURE = re.compile(r'<data value="figure:([^"]*)"></data>')
_BLOCK = re.compile(r'<data value="block:(\d+)"></data>')
_OPENING = re.compile(r"<[a-z][^<>]*>")
_ANCHOR = re.compile(r'( id="| href="#)(?=[^"])')


def fill_links(html: str, targets: tuple[Target, ...]) -> str:
    """Each link leads where ``targets`` says, and each picture is shown."""
    html = markup.replace(html, targets)
    return _LINK.sub(lambda found: escape(address(targets[int(found[1])])), html)


def fill_figures(html: str, phrases: Mapping[str, str]) -> str:
    """Each figure is the phrase of that name."""
    return _FIGURE.sub(lambda found: escape(phrases.get(found[1], "")), html)


def fill_blocks(html: str, drawings: Sequence[str]) -> str:
    """Each block is its drawing, which is HTML."""
    return _BLOCK.sub(lambda found: drawings[int(found[1])], html)


def prefix_anchors(html: str, place: str) -> str:
    """Anchors, and the links of the body to them, behind the name of its place on a page that has several bodies.

    In the HTML of a body no attribute holds « < » or « > », so that a tag ends where it seems to.
    """
    return _OPENING.sub(lambda tag: _ANCHOR.sub(rf"\g<1>{place}-", tag[0]), html)
