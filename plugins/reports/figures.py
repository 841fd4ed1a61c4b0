"""A figure in words: « 11 lettres d'information », « plus de 1 400 abonné·e·s », « deux de moins qu'en 2016 »."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from plugins.press import french
from plugins.press.typography import french_text

_ROUND = {
    8: "une huitaine",
    10: "une dizaine",
    12: "une douzaine",
    15: "une quinzaine",
    20: "une vingtaine",
    30: "une trentaine",
    40: "une quarantaine",
    50: "une cinquantaine",
    60: "une soixantaine",
    100: "une centaine",
    1000: "un millier",
}
_SMALL = (
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
)
"""Two to fourteen: « un » would have to know whether the unit is a feminine word."""
_REFERENCE = re.compile(r"\[\[chiffre:([^\]]*)\]\]")
SYMBOLS = ("%", "€")
"""Units that are signs: they stand behind a number without a word of their own."""
EVOLUTION = ":evolution"
"""What a reference ends with that wants the trend too: ``[[chiffre:lettres:evolution]]``."""


class Figure(Struct, frozen=True, array_like=True, gc=False):
    """A figure of the year, how exact it is, where it comes from, and whom it concerns.

    ``unit`` is a plural, ``singular`` the same for one or none when that is another word. ``value`` is None when the
    site counts it (``computed``). ``audience``: it counts people who took part.
    """

    id: str
    label: str
    value: int | float | None
    unit: str
    qualifier: str
    source: str
    history: tuple[tuple[int, int | float], ...]
    computed: str
    line: int
    singular: str = ""
    funders: tuple[str, ...] = ()
    audience: bool = False

    @property
    def amount(self) -> int | float:
        """The value; none yet of a figure that the site counts and has not counted."""
        return self.value or 0


class Past(Struct, frozen=True, array_like=True, gc=False):
    """The same figure in an earlier year."""

    year: int
    value: int | float
    qualifier: str = "exact"


def phrase(figure: Figure) -> str:
    """The figure as it stands in a sentence, qualifier and unit included."""
    if figure.qualifier == "about" and figure.amount in _ROUND:
        words = _ROUND[int(figure.amount)]
        return french_text(f"{words} {french.of(figure.unit)}" if figure.unit else words)
    return french_text(" ".join(filter(None, (qualifier(figure), _measure(figure.amount, figure)))))


def trend(figure: Figure, before: Past | None) -> str:
    """How it changed: « deux de moins qu'en 2016 », « plus qu'en 2016 (1 200) » when it is not exact, or ``""``."""
    if before is None:
        return ""
    gap = round(figure.amount - before.value, 6)
    if not gap:
        return f"autant qu’en {before.year}"
    direction = "plus" if gap > 0 else "moins"
    if figure.qualifier == before.qualifier == "exact":
        return f"{_spell_gap(abs(gap), figure.unit)} de {direction} qu’en {before.year}"
    return f"{direction} qu’en {before.year} ({number(before.value, figure.unit)})"


def evolution(figure: Figure, before: Past | None) -> str:
    """« 11 lettres d'information, deux de moins qu'en 2016 »."""
    return ", ".join(filter(None, (phrase(figure), trend(figure, before))))


def fill(text: str, phrases: Mapping[str, str]) -> str:
    """A plain text with each ``[[chiffre:id]]`` in words."""
    return _REFERENCE.sub(lambda found: phrases.get(found[1], ""), text)


def qualifier(figure: Figure | Past) -> str:
    """« plus de », « environ », or nothing when the figure is exact."""
    return {"at-least": "plus de", "about": "environ"}.get(figure.qualifier, "")


def unit(figure: Figure) -> str:
    """The unit as it stands behind the number: in French zero and one are singular."""
    return (figure.singular or figure.unit) if abs(figure.amount) < 2 else figure.unit


def number(value: float, unit: str = "") -> str:
    """« 1 400 », « 12,50 » of euros; the signs € and % follow."""
    shown = french.money(value) if unit in {"€", "euros"} else french.number(value)
    return f"{shown}{french.NARROW}{unit}" if unit in SYMBOLS else shown


def has_singular(unit: str) -> bool:
    """Whether a unit may have to lose an « s » or an « x » for one: those without are the same for any number."""
    return any(word.endswith(("s", "x", "S")) for word in unit.split())


def _measure(value: float, figure: Figure) -> str:
    if figure.unit in SYMBOLS or not figure.unit:
        return number(value, figure.unit)
    return f"{number(value, figure.unit)}{french.SOLID}{unit(figure)}"


def _spell_gap(gap: float, unit: str) -> str:
    if unit == "%":
        return f"{french.number(gap)}{french.SOLID}point{'s' if gap >= 2 else ''}"
    if unit in SYMBOLS or gap not in range(2, len(_SMALL) + 2):
        return number(int(gap) if gap == int(gap) else gap, unit)
    return _SMALL[int(gap) - 2]
