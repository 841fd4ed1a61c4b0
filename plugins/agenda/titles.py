"""What two announcements of one event have in common: their title and town, without the ways of writing them."""

import re
import unicodedata
from functools import lru_cache

from msgspec import Struct

_STATUS = "annulee?s?|reportee?s?|complete?s?|deplacee?s?|cancell?ed|postponed|nouvelle date|rappel"
_AHEAD = re.compile(rf"\A[\W_]*(?:(?:{_STATUS})\s*[\])!:|/–—-][\W_]*)+")
_BEHIND = re.compile(rf"[\[(–—-]\s*(?:{_STATUS})[\W_]*$")
_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})
_SMALL = frozenset(["a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "un", "une"])


class Title(Struct, frozen=True, gc=False):
    """A title as it is compared: ``key`` for equality, ``words`` (in the singular) for likeness."""

    key: str
    words: frozenset[str]


def read_title(text: str) -> Title:
    """« ANNULÉ – La Fête du Vélo 2026 ! » → « fete velo »; a title without anything else keeps what it has."""
    folded = _fold(text)
    bare = _BEHIND.sub("", _AHEAD.sub("", folded))
    every = _WORD.findall(bare) or _WORD.findall(folded)
    kept = [word for word in every if word not in _SMALL and not _YEAR.fullmatch(word)] or every
    return Title(
        key=" ".join(kept) or " ".join(folded.split()) or text,
        words=frozenset(singular(word) for word in kept),
    )


@lru_cache(maxsize=4096)
def read_town(text: str) -> str:
    """« Saint-Pierre des Corps », « St Pierre-des-Corps » → « saint pierre des corps »."""
    words = _WORD.findall(_fold(text))
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words if word != "cedex")


def singular(word: str) -> str:
    """Without the mark of the plural: « vélos » and « vélo » are one word of two titles."""
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


def _fold(text: str) -> str:
    """Case, accents and ligatures away; letters of other alphabets stay."""
    if not text.isascii():
        apart = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
        text = "".join(c for c in apart if not unicodedata.combining(c))
    return text.casefold()
