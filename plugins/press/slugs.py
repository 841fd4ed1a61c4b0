"""Slugs: ASCII, lower case, « œ » → « oe », apostrophes and other signs → « - », at most 80 characters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MAX_LENGTH = 80
_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l"}
)
_NUMERO = re.compile(r"\b[nN]\s?[°º]\s*(?=\d)")
_OTHER = re.compile(r"[^a-z0-9]+")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@lru_cache(maxsize=16384)
def build_slug(text: str) -> str:
    """The slug of a title; ``""`` when the text has neither letter nor digit that ASCII can carry."""
    # composed first and taken apart after: a file name that macOS took apart gives the same slug
    whole = _NUMERO.sub("no ", unicodedata.normalize("NFC", text))
    plain = unicodedata.normalize("NFKD", whole).translate(_LIGATURES)
    return _cut(_OTHER.sub("-", (plain if plain.isascii() else _fold(plain)).lower()).strip("-"))


def is_slug(text: str) -> bool:
    """Whether an editor's own ``slug`` can stand in an address as it is."""
    return len(text) <= MAX_LENGTH and _SLUG.fullmatch(text) is not None


def _fold(decomposed: str) -> str:
    """Accents dropped, typographic signs (’ – · €) turned into a separator rather than glued away."""
    return "".join(c if c.isascii() else "" if unicodedata.combining(c) else " " for c in decomposed)


def _cut(slug: str) -> str:
    if len(slug) <= MAX_LENGTH:
        return slug
    head, _, _ = slug[: MAX_LENGTH + 1].rpartition("-")
    return head or slug[:MAX_LENGTH]
