"""A figure in words: « 11 lettres d'information », « plus de 1 400 abonné·e·s », « une soixantaine d'acteurs »."""

import re
from collections.abc import Mapping

from msgspec import Struct

from plugins.press import french

_ABOUT = {
    8: "huitaine",
    10: "dizaine",
    12: "douzaine",
    15: "quinzaine",
    20: "vingtaine",
    30: "trentaine",
    40: "quarantaine",
    50: "cinquantaine",
    60: "soixantaine",
    100: "centaine",
}
_REFERENCE = re.compile(r"\[\[chiffre:([^\]]*)\]\]")
_ELIDED = "aeiouyàâéèêëîïôùûüœæh"


class Figure(Struct, frozen=True, array_like=True, gc=False):
    """A figure of the year, how exact it is, and where it comes from."""

    id: str
    label: str
    value: int | float
    unit: str
    qualifier: str
    source: str
    history: tuple[tuple[int, int | float], ...]
    computed: str
    line: int


def phrase(figure: Figure) -> str:
    """The figure as it stands in a sentence, qualifier and unit included."""
    if figure.qualifier == "about" and figure.value in _ABOUT:
        words = f"une {_ABOUT[int(figure.value)]}"
        return f"{words} {_of(figure.unit)}" if figure.unit else words
    return " ".join(filter(None, (qualifier(figure), french.number(figure.value)))) + (
        f"{french.SOLID}{figure.unit}" if figure.unit else ""
    )


def fill(text: str, phrases: Mapping[str, str]) -> str:
    """A plain text with each ``[[chiffre:id]]`` in words."""
    return _REFERENCE.sub(lambda found: phrases.get(found[1], ""), text)


def qualifier(figure: Figure) -> str:
    """« plus de », « environ », or nothing when the figure is exact."""
    return {"at-least": "plus de", "about": "environ"}.get(figure.qualifier, "")


def _of(unit: str) -> str:
    return f"d'{unit}" if unit[:1].lower() in _ELIDED else f"de {unit}"
