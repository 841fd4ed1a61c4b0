"""The plain text of written HTML. It comes in pieces, and a piece is text unless it begins with « < »."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

_FIGURE = re.compile('<data value="figure:([a-z0-9:-]+)"></data>')
_SIGNS = frozenset("!?:;«»–—-%€…/|=+×()&*.")
SUMMARY_LENGTH = 300


def plain_text(pieces: Sequence[str]) -> str:
    """The text on one line, entities decoded, without figures."""
    return " ".join(_split(pieces))


def has_text(pieces: Sequence[str]) -> bool:
    """Whether ``plain_text`` would give anything."""
    text = _join(pieces)
    return text != "" and not text.isspace()


def count_words(pieces: Sequence[str]) -> int:
    """The words of the text; in French, signs stand alone between spaces and are no words."""
    words = _split(pieces)
    return len(words) - sum(map(_SIGNS.__contains__, words))


def summarise(pieces: Sequence[str]) -> str:
    """The text on one line, cut at a word with « … » at 300 characters; figures stand as they were typed."""
    text = plain_text([_FIGURE.sub(r"[[chiffre:\1]]", piece) if piece[:5] == "<data" else piece for piece in pieces])
    if len(text) <= SUMMARY_LENGTH:
        return text
    head, _, _ = text[:SUMMARY_LENGTH].rpartition(" ")
    return (head or text[: SUMMARY_LENGTH - 1]).rstrip(" ,;:.–—-") + "…"


def _split(pieces: Sequence[str]) -> list[str]:
    return _join(pieces).split()


def _join(pieces: Sequence[str]) -> str:
    text = "".join([piece for piece in pieces if piece[:1] != "<"])
    return unescape(text) if "&" in text else text
